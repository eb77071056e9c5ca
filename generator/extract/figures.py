"""Figures: counts, shares, prices, rates and durations that the text states of something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.draft import Draft
from generator.extract.grammar import HARD, RELATIVES, Grammar, grammar
from generator.extract.layers import Layers, Line
from generator.extract.quantities import Quantity
from generator.extract.standing import standing
from generator.extract.vouching import chain, is_unclaimed, voiced
from generator.extract.within import actors, times_in
from generator.extract.wording import clause_text
from generator.extract.words import Word
from generator.lexicon import Lexicons
from generator.model import Span

KINDS = ("count", "money", "percent", "measure", "duration")
"""What makes a figure; ordinals, ages, scores, multiples and model numbers do not."""


CROWDED = 40
"""Numbers of a sentence that are figures. What holds more is a table or a list without its headings, and no sentence says what its numbers count."""
LONGEST = 60
"""Characters of a word with a number in it; what is longer is a code, a table or a joke."""
FORECAST = frozenset(["forecast", "expected", "predicted", "projected", "estimated", "forecasted", "anticipated"])
FORESEEING = frozenset(
    ["forecast", "forecasts", "predicts", "predicted", "expects", "expected", "estimates", "estimated"]
)
FORESEEN = 14
"""Words from who foresees something to its `would`."""
PROMISED = frozenset(["promised", "pledged", "planned", "targeted"])
PUTTING = frozenset(["at", "about", "around", "nearly", "almost", "least", "most", "some"])
"""What stands between `put` and the number, which may have a bound."""
PUT = 18
"""Words from `put` to the number that it puts."""
COPULAS = frozenset(["is", "was", "remains", "are", "were"])
POINTING = frozenset(["the", "these", "those", "his", "her", "its", "their", "our", "both", "'s"])


@dataclass(frozen=True)
class _Aims:
    """The lexicon `figures`, compiled."""

    things: frozenset[str]
    """What a duration may name: `a five-year plan`."""
    targets: frozenset[str]
    estimates: frozenset[str]


@lru_cache(maxsize=4)
def _aims(lexicons: Lexicons) -> _Aims:
    table = lexicons["figures"]
    return _Aims(frozenset(table["named-durations"]), frozenset(table["target"]), frozenset(table["estimate"]))


def figures(layers: Layers) -> Iterator[Draft]:
    """The figures of a text."""
    rules = grammar(layers.lexicons)
    aims = _aims(layers.lexicons)
    for line in layers.lines:
        for quantity in line.quantities if len(line.quantities) <= CROWDED else ():
            if (
                quantity.kind in KINDS
                and not _part_of_name(line, quantity, aims.things)
                and not _known_already(line, quantity)
                and not _difference(line, quantity)
                and not is_unclaimed(line, quantity.start, rules)
                and not any(a.source and a.source.start <= quantity.start < a.source.end for a in line.attributions)
            ):
                yield _figure(layers, line, quantity, rules, aims)


def _known_already(line: Line, quantity: Quantity) -> bool:
    """Whether a small count only points back to those spoken of: `the two leaders`, `his three sons`."""
    at = line.at(quantity.start)
    return (
        quantity.kind == "count"
        and quantity.value <= 10
        and not line.words[at].text[0].isdigit()
        and at > 0
        and line.words[at - 1].lower in POINTING
    )


def _difference(line: Line, quantity: Quantity) -> bool:
    """Whether a bare number only says how much more or less something is: `40 members, five more than last year`."""
    behind = [w.lower for w in line.words[line.at(quantity.end - 1) + 1 :][:2]]
    return not quantity.unit and behind in (["more", "than"], ["fewer", "than"], ["less", "than"])


def _part_of_name(line: Line, quantity: Quantity, things: frozenset[str]) -> bool:
    """Whether a duration only names a thing (`a five-year plan`, `the two-day meeting`), or a number is a name's part."""
    if len(line.words[line.at(quantity.start)].text) > LONGEST:
        return True
    if any(n.start <= quantity.start < n.end for n in line.names if n.via == "name" and n.kind != "programme"):
        return True
    if quantity.kind != "duration":
        return any(t.start <= quantity.start < t.end and t.type in ("DATE", "TIME") for t in line.times)
    if any(t.start <= quantity.start < t.end and t.type in ("DATE", "SET") and t.when for t in line.times):
        return True
    after = line.words[line.at(quantity.end - 1) + 1 :][:6] if "-" in line.words[line.at(quantity.start)].text else ()
    return any(w.lower in things for w in _noun_phrase(after))


def _noun_phrase(words: tuple[Word, ...]) -> list[Word]:
    phrase = []
    for word in words:
        if not word.alphabetic or word.lower in (
            "of",
            "in",
            "on",
            "for",
            "to",
            "at",
            "and",
            "by",
            "with",
            "from",
            "that",
        ):
            break
        phrase.append(word)
    return phrase


def _figure(layers: Layers, line: Line, quantity: Quantity, rules: Grammar, aims: _Aims) -> Draft:
    span = Span(quantity.start, quantity.end)
    quote = standing(line, quantity.start, quantity.end, rules)
    role = _role(line, quantity, rules, aims)
    dates = [t for t in times_in(line, quote) if t.start >= quantity.end and t.type in ("DATE", "TIME")]
    dates = [t for t in dates if not t.words.of(layers.text).lower().startswith("from ")]  # what it is compared with
    when = dates[0] if dates else None
    about = [n.id for n in line.names if n.kind in ("programme", "meeting")]
    where = [
        n.id
        for n in line.names
        if quote.start <= n.start < quote.end and n.kind == "place" and n.via == "name" and not n.possessive
    ]
    return Draft(
        kind="figure",
        quote=quote,
        rule=f"figure-{quantity.kind}",
        trigger=span,
        text=voiced(clause_text(layers, line, quote), line, quantity.start, layers),
        proof=when.account if when else "",
        values={
            "value": quantity.value,
            "high": quantity.high,
            "unit": quantity.unit,
            "per": quantity.per,
            "bound": quantity.bound,
            "role": role,
            "measure": _measure(layers, line, quantity),
            "where": tuple(dict.fromkeys(where)),
            "about": tuple(dict.fromkeys(about)),
            "when": when.when if when else None,
            "when_words": " ".join(when.words.of(layers.text).split()) if when else None,
            "according_to": chain(line, quantity.start, layers) or _put_by(line, quantity),
        },
    )


def _role(line: Line, quantity: Quantity, rules: Grammar, aims: _Aims) -> str:
    """Whether the number is aimed at, reported, or estimated."""
    targets, estimates, words = aims.targets, aims.estimates, line.words
    at = line.at(quantity.start)
    behind = [w.lower for w in words[line.at(quantity.end - 1) + 1 :][:6]]
    if any(w in FORECAST for w in behind) and behind[0] in (
        "it",
        "that",
        "analysts",
        "economists",
        "they",
        "he",
        "she",
    ):
        return "estimate"  # `the 1.8 percent it forecast in May`
    if behind[:1] in (["that"], ["which"], ["it"]) and set(behind[:5]) & PROMISED:
        return "target"  # `short of the 40 that were promised`
    if at > 1 and words[at - 1].lower == "from" and words[at - 2].lower in ("up", "down"):
        return "reported"
    if _put_by(line, quantity):
        return "estimate"
    index, aimed = at - 1, False
    while index >= 0 and at - index < 24:
        word = words[index]
        if word.text in (";", ":") or (
            word.text in ('"', "“") and line.in_quotation(word.end + 1) != line.in_quotation(quantity.start)
        ):
            break
        if word.lower in estimates and not word.capital:
            return "estimate"
        if word.lower in targets or word.lower in rules.demand or word.lower in rules.demand_for:
            return "target"
        if rules.noun_governors.get(word.lower) == "called-for" and words[index + 1].lower == "for":
            return "target"
        if word.lower == "to" and index + 1 < at and words[index + 1].lower in rules.verbs_base:
            aimed = True  # `expects the economy to grow`: its governor tells
        if word.lower in ("will", "would", "shall", "must") and not (word.lower == "would" and at - index > 12):
            said = words[max(0, index - FORESEEN) : index]
            return "estimate" if any(w.lower in FORESEEING for w in said) else "target"
        if aimed and (word.lower == "," or word.lower in RELATIVES):
            return "target"
        if word.lower in COPULAS and index and words[index - 1].lower in targets:
            return "target"  # `the bank's target is 2 percent`
        finite = word.lower in rules.finite and not _governed(words, index)
        if word.lower == "have" and index and words[index - 1].lower in ("will", "would", "to"):
            index -= 1
            continue
        if finite or word.lower in ("has", "have", "had", "was", "were", "is", "are"):
            return "target" if aimed else "reported"
        index -= 1
    if aimed:
        return "target"
    after = {w.lower for w in words[line.at(quantity.end - 1) + 1 :][:3]}
    return "target" if after & {"target", "goal"} else "reported"


def _put_by(line: Line, quantity: Quantity) -> tuple[str, ...]:
    """Who puts a number: `the council | puts the cost at 48 million`."""
    words, at = line.words, line.at(quantity.start)
    if not at or words[at - 1].lower not in PUTTING:
        return ()
    verb = next((i for i in range(at - 2, max(-1, at - PUT), -1) if words[i].lower in ("put", "puts")), 0)
    if not verb:
        return ()
    edge = _before_relative(words, verb)
    first = next((i + 1 for i in range(edge - 1, -1, -1) if words[i].lower in HARD or words[i].text == ","), 0)
    return tuple(n.id for n in actors(line, first, edge))[-1:]


def _before_relative(words: Sequence[Word], verb: int) -> int:
    """Where the subject of a verb ends: before the relative clause between them, `the council, | whose clerks had counted, put …`."""
    if verb and words[verb - 1].text == ",":
        comma = next((i for i in range(verb - 2, 0, -1) if words[i].text == ","), 0)
        if comma and (words[comma + 1].lower in RELATIVES or words[comma + 1].lower == "whose"):
            return comma
    return verb


def _governed(words: Sequence[Word], at: int) -> bool:
    """Whether a form is no past but a base or a participle: `will | cut`, `is to be | tested`."""
    return at > 0 and words[at - 1].lower in ("will", "would", "shall", "must", "to", "be")


def _measure(layers: Layers, line: Line, quantity: Quantity) -> str | None:
    """What a share, price or duration is of: the noun phrase that its `of` or the noun after it names."""
    if quantity.kind == "count":
        return None
    words = line.words
    after = line.at(quantity.end - 1) + 1
    if after < len(words) and words[after].lower == "of":
        phrase = _noun_phrase(words[after + 1 : after + 8])
        return Span(phrase[0].start, phrase[-1].end).of(layers.text) if phrase else None
    return None
