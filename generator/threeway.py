"""One record merged key by key: what the machine said (base), what stands in the file (ours), what it says now (theirs).

A person's change stands, for ever; the machine's arrives where the person touched nothing. Values are
YAML mappings as `model.mapping` makes them: an absent key and an empty value are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.base import Known, Names

IDENTITY = frozenset(["id", "kind"])
"""Keys that do not change: records that differ in them are not merged."""

Values = Mapping[str, Any]
Shown = str | Names | None


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that both changed, each in their way; the person's value stands."""

    key: str
    ours: Any
    theirs: Any
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A record after merging, and what of it is a person's."""

    values: Values
    clashes: tuple[Clash, ...] = ()
    held: Names = ()
    added: Mapping[str, Names] = field(default_factory=dict)
    dropped: Mapping[str, Names] = field(default_factory=dict)

    @property
    def touched(self) -> bool:
        """Whether anything in it is a person's."""
        return bool(self.held or self.added or self.dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What is known of a person's doings beside the values."""

    held: Collection[str] = ()
    added: Mapping[str, Names] = field(default_factory=dict)
    dropped: Mapping[str, Names] = field(default_factory=dict)
    commented: Collection[str] = ()
    reviewed: bool = False
    """A person vouched for, or against, the record as it stands."""
    settled: Callable[[str, Any], bool] = lambda key, value: False
    """Whether a value is one that the person was asked to take, and took."""


def hands_of(known: Known, commented: Collection[str], reviewed: bool) -> Hands:
    """What a base remembers of a fact, with what the file shows."""
    return Hands(held=known.held, added=known.added, dropped=known.dropped, commented=commented, reviewed=reviewed)


def shown(value: Any) -> Shown:
    """A value as a conflict tells it: text, a list of texts, or None."""
    return None if value is None else tuple(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def merge_values(base: Values, ours: Values, theirs: Values, hands: Hands, lists: Collection[str]) -> Outcome:
    """The three merged; `lists` are the keys that hold sets of names."""
    values: dict[str, Any] = dict(ours)
    clashes: list[Clash] = []
    held: set[str] = set(IDENTITY & set(hands.held))
    added: dict[str, Names] = {}
    dropped: dict[str, Names] = {}
    known = [*ours, *base, *theirs, *hands.held, *hands.added, *hands.dropped]
    for key in [k for k in dict.fromkeys(known) if k not in IDENTITY]:
        b, o, t = base.get(key), ours.get(key), theirs.get(key)
        why = _protected(key, hands) or ("edited" if key == "nth" and _edited("quote", base, ours, hands) else "")
        if key in lists:
            plus, minus = _items(b or [], o or [], hands.added.get(key, ()), hands.dropped.get(key, ()))
            left = [n for n in b or [] if n not in hands.dropped.get(key, ())]
            if not o and (left or key in hands.held):  # the whole key is gone, and not only names taken out before
                why = why or "deleted-key"
                held.add(key)
            result = o if why else _set(b or [], o or [], t or [], plus, minus) or None
            plus, minus = _items(t or [], result or [], plus, minus)  # as the next merge will find them
            added |= {key: plus} if plus else {}
            dropped |= {key: minus} if minus else {}
        else:
            taken = o == t and hands.settled(key, t)
            edited = _edited(key, base, ours, hands) and not (key in hands.held and o == b and taken)
            why = ("edited" if o is not None else "deleted-key") if edited and not taken else why
            result = o if why else t
            if why and (edited or result != t):
                held.add(key)
        if why and t not in (b, o):
            clashes.append(Clash(key, o, t, why))
        values[key] = result
    values = {key: value for key, value in values.items() if value not in (None, [], "")}
    return Outcome(values=values, clashes=tuple(clashes), held=tuple(sorted(held)), added=added, dropped=dropped)


def _edited(key: str, base: Values, ours: Values, hands: Hands) -> bool:
    """Whether a person ever gave the key a value. `nth` goes with the quote it counts."""
    return ours.get(key) != base.get(key) or key in hands.held


def _protected(key: str, hands: Hands) -> str:
    """Why a key stays as it stands even where its value is the machine's."""
    if key in hands.commented:
        return "commented"
    return "reviewed" if hands.reviewed else ""


def _items(b: Sequence[str], o: Sequence[str], added: Names, dropped: Names) -> tuple[Names, Names]:
    """Which items a person ever added that still stand, and which they ever removed that still do not."""
    plus = [n for n in added if n in o] + [n for n in o if n not in b and n not in added]
    minus = [n for n in dropped if n not in o] + [n for n in b if n not in o and n not in dropped]
    return tuple(dict.fromkeys(plus)), tuple(dict.fromkeys(minus))


def _set(b: Sequence[str], o: Sequence[str], t: Sequence[str], plus: Names, minus: Names) -> list[str]:
    """The machine's list where nobody touched it, in its order; else the file's, with what the machine changed."""
    if list(o) == list(b) and not plus and not minus:
        return list(t)
    kept = [n for n in o if n not in b or n in t or n in plus]
    return kept + [n for n in t if n not in b and n not in o and n not in minus]
