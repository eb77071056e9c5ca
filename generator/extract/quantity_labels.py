"""Numbers that count nothing, or that facts may want to leave out: dates, names, ordinals, ages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from generator.extract import counted, units
from generator.extract.number_tokens import DASHES, glued, hyphen
from generator.extract.numerals import Number
from generator.extract.quantity_scene import Item, QuantityKind, Scene

YEARS = range(1551, 2100)
"""Bare numbers of four digits that are years rather than counts."""


def no_quantity(scene: Scene, number: Number) -> Item | None:
    """Decades, times of day, dates, versions, addresses: an item without a kind."""
    if number.form == "digits" and _dated(scene, number):
        return Item(number.first, number.after, number, None, rule="date")
    if number.form == "none" or (number.form == "digits" and _within(scene, number)):
        return Item(number.first, number.after, number, None, rule="none")
    day = number.form == "words" and number.value == 1 and number.first == 0 and scene.lower(number.after) == "day"
    return Item(0, number.after, number, None, rule="none") if day else None  # `One day in May …`


def _within(scene: Scene, number: Number) -> bool:
    """Whether it is a piece of something longer, or a time: `9:35`, `1.2.3`, `24/7`, `#3`, `'90s`, `10 a.m.`."""
    k, n, tokens, clock = number.first, number.after, scene.tokens, scene.known.labels.clock
    if n < len(tokens) and glued(tokens, n) and tokens[n].text in ":/._@×" and scene.digits(n + 1):
        return True
    if glued(tokens, k) and (
        tokens[k - 1].text in "@#_'’" or (tokens[k - 1].text in ":/.×" and scene.digits(k - 2) and glued(tokens, k - 1))
    ):
        return True
    if (
        k > 1
        and tokens[k - 1].kind == "word"
        and tokens[k - 2].text == "/"
        and glued(tokens, k)
        and glued(tokens, k - 1)
    ):
        return True  # `A/cm2`
    if k and tokens[k - 1].text in DASHES and glued(tokens, k) and scene.lower(n) == "-" and glued(tokens, n):
        return not glued(tokens, n + 1)  # `-0-`
    return scene.lower(n) in clock


def _dated(scene: Scene, number: Number) -> bool:
    """Whether it is a day or a year: `4 June`, `Sept. 20`, `in 2018`."""
    if not number.whole or number.scaled:
        return False
    k, months = number.first, scene.known.labels.months
    before = k - 2 if scene.lower(k - 1) == "." else k - 1
    if any(scene.lower(m) in months and scene.capital(m) for m in (before, number.after)):
        return number.value <= 31 or number.value in YEARS
    return _year(scene, number)


def _year(scene: Scene, number: Number) -> bool:
    """Four digits without a unit; before a plural only where "in", "the" and the like, or a name, stand before it."""
    tokens, k = scene.tokens, number.first
    if number.after != k + 1 or not _four(scene, k):
        return False
    if units.currency_before(tokens, k, scene.known.units):
        return False
    if no_year(scene, k):
        return False
    if hyphen(tokens, k + 1):
        return scene.digits(k + 2)
    unit = units.unit_after(tokens, k + 1, scene.known.units, digits=True)
    if unit and not (unit.unit.kind == "measure" and scene.capital(k + 1) and unit.unit.name is None):
        return False
    if not counted.phrase(tokens, k + 1, scene.known.nouns):
        return True
    before = scene.lower(k - 1)
    if before in ("and", "to", "or") and scene.digits(k - 2) and _four(scene, k - 2):  # `between 1900 and 1950`
        return True
    return (
        before in scene.known.labels.year_after
        or before.endswith("'s")
        or scene.digits(k - 1)
        or (k > 1 and scene.capital(k - 1))
    )


def no_year(scene: Scene, k: int) -> bool:
    """Whether the words before token `k` say that a count follows: `an average of 1600`."""
    return scene.lower(k - 1) == "of" and scene.lower(k - 2) in scene.known.labels.of_counts


def _four(scene: Scene, k: int) -> bool:
    text = scene.tokens[k].text
    return len(text) == 4 and text.isdigit() and int(text) in YEARS


def ordinal(scene: Scene, number: Number) -> Item | None:
    """`22nd`, `third`; but nothing in `per second`."""
    if number.form != "ordinal":
        return None
    kind: QuantityKind | None = None if scene.lower(number.first - 1) == "per" else "ordinal"
    return Item(number.first, number.after, number, kind, rule="ordinal")


def age(scene: Scene, number: Number) -> Item | None:
    """`45-year-old`, `45 years old`, `five years of age`, `aged 45`, `the age of 45`, `Ms Harl, 45,`."""
    k, n, tokens, labels = number.first, number.after, scene.tokens, scene.known.labels
    m = n + hyphen(tokens, n)
    unit = scene.lower(m).removesuffix("s")
    if unit in labels.age_units:
        old = m + 1 + hyphen(tokens, m + 1)
        if scene.lower(old) in ("old", "olds"):
            return Item(k, old + 1, number, "age", unit + "s old", rule="years-old")
        if (scene.lower(m + 1), scene.lower(m + 2)) == ("of", "age"):
            return Item(k, m + 3, number, "age", unit + "s old", rule="years-old")
    if not 0 <= number.value < 120 or number.scaled:
        return None
    after = n + (scene.lower(n) == "years")
    if scene.lower(k - 1) == "of" and scene.lower(k - 2) in ("age", "ages"):
        outer = k - 2 - (scene.lower(k - 3) in ("the", "an"))
        return Item(k, after, number, "age", "years old", rule="aged", outer=outer)
    if scene.lower(k - 1) in labels.age_before and not (after == n and counted.phrase(tokens, n, scene.known.nouns)):
        return Item(k, after, number, "age", "years old", rule="aged")
    return Item(k, n, number, "age", "years old", rule="name-age") if _told_age(scene, number) else None


def _told_age(scene: Scene, number: Number) -> bool:
    """`Ms Harl, 45, said`; `she was only 10.`; `children under 12`."""
    k, n, ages = number.first, number.after, scene.known.labels.age
    if number.after != k + 1 or number.form not in ("digits", "words"):
        return False
    alone = n == len(scene.tokens) or scene.lower(n) in ages["told-before"]
    if scene.lower(k - 1) == ",":
        return scene.digits(k) and scene.capital(k - 2) and scene.lower(n) in (",", ".", ";")
    if scene.lower(k - 1) in ages["limits"] and scene.lower(k - 2) in ages["people"]:
        counts = any(scene.known.nouns.plural(scene.lower(m)) for m in (n, n + 1))
        return 1 < number.value <= 100 and not (
            counts or units.unit_after(scene.tokens, n, scene.known.units, digits=True)
        )
    return alone and number.value > 1 and _of_person(scene, k, ages)


def _of_person(scene: Scene, k: int, ages: Mapping[str, frozenset[str]]) -> bool:
    """Whether "she was only" or the like stands before token `k`."""
    verb = False
    for n in range(k - 1, max(-1, k - 6), -1):
        word = scene.lower(n)
        if word in ages["persons"]:
            return verb
        verb = verb or word in ages["be"]
        if word not in ages["be"] and word not in ages["between"]:
            return False
    return False


def label(scene: Scene, number: Number) -> Item | None:
    """A number that is part of a name: `Boeing 737`, `Covid-19`, `S23`, `category 4`, `5G`, `No. 10`."""
    k, n, tokens, known = number.first, number.after, scene.tokens, scene.known
    if number.form not in ("digits", "words") or scene.sign(number) < k:
        return None
    model, digits = Item(k, n, number, "model", rule="label"), number.form == "digits"
    if digits and glued(tokens, k) and _glued_label(scene, k):
        return model
    if units.unit_after(tokens, n, known.units, digits=digits):
        return None
    word = tokens[n] if digits and glued(tokens, n) else None
    if word and word.kind == "word" and word.text not in known.numerals.money_suffixes:
        return replace(model, after=n + 1)
    if not number.whole or number.scaled:
        return None
    if hyphen(tokens, n) and scene.capital(n + 1) and tokens[n + 1].text[1:].islower():  # `the Three-Rivers Pact`
        return replace(model, after=n + 2)
    if _counts_off(scene, number, scene.lower(k - 1)) or _abbreviated(scene, tokens[k].start):
        return model
    return model if digits and _named(scene, number) else None


def _glued_label(scene: Scene, k: int) -> bool:
    """Whether a word is written on to the number, or joined by a hyphen: `S23`, `Covid-19`, but not `3m-4m`."""
    tokens = scene.tokens
    if tokens[k - 1].kind == "word":
        return True
    joined = tokens[k - 1].text in DASHES and glued(tokens, k - 1) and tokens[k - 2].kind == "word"
    return joined and not (glued(tokens, k - 2) and scene.digits(k - 3)) and scene.lower(k - 2) != "to"


ABBREVIATION = re.compile(r"\b([^\W\d_]{1,4})\.\s{1,2}$")


def _abbreviated(scene: Scene, start: int) -> bool:
    """Whether a short form of a noun that takes a number stands before it, in the sentence or out of it: `No. 5`."""
    found = ABBREVIATION.search(scene.text, max(0, start - 8), start)
    return bool(found and found[1].lower() in scene.known.labels.nouns)


def _counts_off(scene: Scene, number: Number, before: str) -> bool:
    """Whether the noun before the number takes it as its name: `category 4`, `chapter two`."""
    labels = scene.known.labels
    if before not in labels.nouns or (number.form == "words" and before in ("no", "one")):
        return False
    return before not in labels.or_counts or not counted.phrase(scene.tokens, number.after, scene.known.nouns)


def _named(scene: Scene, number: Number) -> bool:
    """Whether a small number follows a capitalised word that is no function word: `the Stoxx 600 index`."""
    k, tokens, known = number.first, scene.tokens, scene.known
    if k == 0 or not tokens[k].text.isdigit() or number.after != k + 1 or len(tokens[k].text) > 4:
        return False
    word, plural = tokens[k - 1], counted.phrase(tokens, number.after, known.nouns)
    if word.lower == "of" and scene.capital(k - 2) and k > 2 and not plural:  # `the Group of 20`
        return True
    if hyphen(tokens, number.after) and scene.digits(number.after + 1) and len(tokens[number.after + 1].text) <= 2:
        return len(tokens[k].text) > 2  # `beat Harl 3-2`
    if word.kind != "word" or not any(c.isupper() for c in word.text) or glued(tokens, k):
        return False
    if word.lower.endswith(("'s", "ly")) or word.lower in known.nouns.stops or word.lower in known.nouns.verbs:
        return False
    if (
        word.lower in known.around.before
        or word.lower in known.labels.months
        or (k == 1 and word.lower.endswith("ing"))
    ):
        return False
    # `In Torvik 300 people marched`; and at the start of a sentence any word is capitalised
    clause = k == 2 or (k > 2 and tokens[k - 3].kind == "mark")
    return not plural or (k > 1 and not (clause and scene.lower(k - 2) in ("in", "at", "from", "near")))
