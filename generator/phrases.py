"""Values of facts as readers are told them: numbers, figures, labels, short names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.lexicon import Lexicons
from generator.model import Entity, Figure


def number(value: int | float) -> str:
    """`1,140`, `0.5`: thousands apart, no needless decimals."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.6f}".rstrip("0")
    return f"{int(value):,}"


def digits(value: int | float) -> str:
    """A number for programs: no exponent, at most six decimals."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def plural(count: int, one: str, many: str = "") -> str:
    """`1 source`, `2 sources`, `no sources`."""
    return f"{number(count) if count else 'no'} {one if count == 1 else many or one + 's'}"


def size(count: int) -> str:
    """Bytes for readers: `810 bytes`, `14 KB`, `1.2 MB`; a KB has 1,000 of them."""
    if count < 1000:
        return plural(count, "byte")
    return f"{round(count / 1000)} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def label(table: str, value: str, lexicons: Lexicons) -> str:
    """The word for a value, such as `called for` for the status `called-for`; the value itself, spaced, if it has none."""
    words: Mapping[str, Any] = lexicons["labels"].get(table) or {}
    return str(words.get(value) or value.replace("-", " "))


def sentence_case(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def unit(name: str | None, value: int | float, lexicons: Lexicons) -> str:
    """A unit beside a number: `years`, `cities and counties`; empty where there is none."""
    labels = lexicons["labels"]
    if not name or value == 1 or name not in labels["plural"]:
        return name or ""
    return str(labels["irregular"].get(name) or name + "s")


def is_measure(name: str, lexicons: Lexicons) -> bool:
    """Whether a unit measures rather than counts: `metre`, `tonnes`."""
    measures = lexicons["quantities"]["measures"]
    return name in measures or name.removesuffix("s") in measures


def is_duration(name: str | None, lexicons: Lexicons) -> bool:
    """Whether a unit measures time."""
    return name in lexicons["labels"]["duration"]


def is_currency(name: str | None) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return bool(name) and len(name or "") == 3 and (name or "").isupper()


def amount(value: int | float, high: int | float | None, name: str | None, lexicons: Lexicons) -> str:
    """A number with its unit: `40 cities and counties`, `USD 9,000,000–11,000,000`, `40%`, `10 years`."""
    digits = number(value) + (f"–{number(high)}" if high is not None else "")
    if is_currency(name):
        return f"{name} {digits}"
    after = lexicons["labels"]["sign_after"].get(name)
    return f"{digits}{after}" if after else f"{digits} {unit(name, high or value, lexicons)}".rstrip()


def figure(fact: Figure, lexicons: Lexicons) -> str:
    """A figure in words: `at least 9 written warnings`, `20 cities and counties each year`."""
    bound = label("bound", fact.bound, lexicons) if fact.bound else ""
    per = label("per", fact.per, lexicons) if fact.per else ""
    if per == fact.per and per:
        per = f"per {per}"
    counted = fact.measure if not fact.unit and fact.measure else None
    return " ".join(
        part for part in (bound, amount(fact.value, fact.high, fact.unit or counted, lexicons), per) if part
    )


def short(entity: Entity) -> str:
    """The name for tight places: initials it goes by, else an alias that is how its name begins, else its name.

    A person keeps the whole of it.
    """
    if entity.kind == "person":
        return entity.name
    initials = [name for name in entity.aka if 2 <= len(name) <= 6 and name.isupper() and name.isalpha()]
    beginnings = [name for name in entity.aka if len(name) > 3 and entity.name.startswith(f"{name} ")]
    return min(initials or beginnings, key=lambda name: (len(name), name), default=entity.name)
