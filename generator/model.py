"""The records that travel from seed to page.

All are immutable; a stage makes new ones. Field names are the YAML keys with `_` for `-`. Offsets
count characters of the *normalised text* of one seed (see `generator.seeds`); a span is half-open.
Dates are EDTF strings (ISO 8601-2 level 1, see `generator.edtf`), names are registry ids.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal, cast, get_args

from msgspec import Struct

Kind = Literal["event", "figure", "quotation", "assessment", "role"]
Status = Literal["happened", "planned", "expected", "called-for", "denied"]
Bound = Literal["at-least", "at-most", "more-than", "less-than", "about"]
FigureRole = Literal["target", "reported", "estimate"]
Review = Literal["unreviewed", "confirmed", "disputed", "retracted"]
Rank = Literal["preferred", "deprecated"]
EntityStatus = Literal["candidate", "confirmed"]

KINDS: tuple[Kind, ...] = get_args(Kind)
SCHEMA = 1
"""Version of the fact file format that this program reads and writes."""
MOST_FACTS = 5000
"""Of one article, its first ones: more make a file that nobody can edit, and a long report has a tenth of them."""


class Span(
    Struct, frozen=True, order=True, gc=False
):  # made by the hundred for each article: a dataclass takes four times as long
    """A half-open stretch `text[start:end]` of a normalised text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The words the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file, for messages: 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A change within a text: `text[start:end]` gives way to `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """An article as read: its header, and the normalised text that offsets refer to."""

    path: str
    """File name inside `seeds/`, with `/`."""
    date: str
    """The date in its header: EDTF, year, month or day precision."""
    text: str
    sha256: str
    """Of the normalised text, UTF-8, in hexadecimal."""
    title: str | None = None
    publisher: str | None = None
    """As written, such as `Orb Press`: not yet a registry id."""
    url: str | None = None
    author: str | None = None
    original: str | None = None
    """Of the bytes that the article was taken from when it was added, as `sha256:` and hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a fact file says of the article its facts come from."""

    id: str
    date: str
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    seed: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every kind of fact has. Keys are written in the order of `KEY_ORDER`."""

    id: str
    kind: Kind
    text: str = ""
    """The clause, trimmed, pronouns resolved; the machine's until a person rewrites it."""
    quote: str
    """Verbatim in the normalised text: the authority for all the rest."""
    nth: int | None = None
    """Which occurrence of `quote` is meant, from 1; None when it occurs once."""
    who: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    when: str | None = None
    when_words: str | None = None
    according_to: tuple[str, ...] = ()
    """The chain of attribution, nearest first; the outlet itself is not in it."""
    note: str | None = None
    review: Review = "unreviewed"
    reviewed_by: str | None = None
    reviewed_on: str | None = None
    rank: Rank | None = None
    """Which side a person takes where sources differ, as Wikidata ranks statements; `note` says why."""
    same_as: tuple[str, ...] = ()
    """Ids of facts that a person says state the same; it holds both ways."""
    outcome: tuple[str, ...] = ()
    """Of something ahead, ids of the facts by which a person says it was met, moved or missed."""
    unrelated: tuple[str, ...] = ()
    """Ids of facts that are not to be paired with it, whatever the machine finds; it holds both ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """Something somebody did or that befell, or is set, expected, demanded or denied."""

    kind: Literal["event"] = "event"
    what: str
    """A sort of event that the lexicon `events` names, such as `visit`."""
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Fact):
    """A count, share, price, rate or duration."""

    kind: Literal["figure"] = "figure"
    value: int | float
    high: int | float | None = None
    """The upper end where the text gives a range; `value` is then the lower."""
    unit: str | None = None
    per: str | None = None
    bound: Bound | None = None
    role: FigureRole = "reported"
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Fact):
    """Direct speech, or a phrase in quotation marks, with its speaker."""

    kind: Literal["quotation"] = "quotation"
    words: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Fact):
    """A judgement that its holder hedges."""

    kind: Literal["assessment"] = "assessment"
    hedge: str
    by: tuple[str, ...] = ()
    likelihood: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Fact):
    """Who holds, or held, what post where."""

    kind: Literal["role"] = "role"
    title: str
    org: str | None = None


FACT_TYPES: Mapping[Kind, type[Fact]] = {
    "event": Event,
    "figure": Figure,
    "quotation": Quotation,
    "assessment": Assessment,
    "role": Role,
}

LINK_KEYS = ("same_as", "outcome", "unrelated")
"""Fields that hold ids of other facts; a person writes them."""

NAME_KEYS = ("who", "where", "about", "according_to", "by", "speaker", "org")
"""Fields that hold registry ids (`about` may also hold topic ids)."""

KEY_ORDER = [
    "id",
    "kind",
    "what",
    "role",
    "value",
    "high",
    "unit",
    "per",
    "bound",
    "measure",
    "title",
    "org",
    "speaker",
    "words",
    "hedge",
    "likelihood",
    "by",
    "text",
    "who",
    "where",
    "about",
    "when",
    "when_words",
    "status",
    "according_to",
    "quote",
    "nth",
    "note",
    "review",
    "reviewed_by",
    "reviewed_on",
    "rank",
    "same_as",
    "outcome",
    "unrelated",
]
"""Order in which the machine writes the keys of a fact."""


def key(name: str) -> str:
    """The YAML key of a field: `when_words` → `when-words`, `in_` → `in`."""
    return name.rstrip("_").replace("_", "-")


def mapping(record: Any) -> dict[str, Any]:
    """The YAML mapping of a record: hyphenated keys, lists for tuples, nothing empty.

    Facts come in `KEY_ORDER`, other records in field order.
    """
    values = ((name, getattr(record, field)) for field, name in _keys(cast(Hashable, type(record))))
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values if v not in (None, (), "", {})}


@cache
def _keys(record: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a record with their YAML keys, in the order in which they are written."""
    names = [f.name for f in fields(record)]
    if issubclass(record, Fact):
        names.sort(key=KEY_ORDER.index)
    return tuple((name, key(name)) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, place, programme or meeting, as the registry has it."""

    id: str
    name: str
    kind: str
    """`person`, `organisation`, `place`, `programme`, `meeting`, or a kind of one that lexicon `kinds` knows."""
    aka: tuple[str, ...] = ()
    in_: str | None = None
    at: tuple[float, float] | None = None
    """Latitude and longitude in degrees, WGS 84."""
    ids: Mapping[str, str | int] = field(default_factory=dict)
    status: EntityStatus = "candidate"
    not_: tuple[str, ...] = ()
    merged_into: str | None = None
    note: str | None = None

    def names(self) -> Iterator[str]:
        """Everything it goes by, its name first."""
        yield self.name
        yield from self.aka


Registry = Mapping[str, Entity]
"""All entities by id, in the order of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Facts that hold any of the values in any of the keys; `words` are looked for in `quote` and `text`."""

    who: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A page that a person curates over facts."""

    id: str
    title: str
    facts: Selector
    lead: str | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict, compare=False, repr=False)
    """Where it stands in its file (under the empty key), and each key of its selector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact as the extractor states it, and how it came to."""

    fact: Fact
    span: Span
    """Of the quote."""
    rule: str
    """The rule's name, such as `event-verb`."""
    proof: str = ""
    """In words, how its date was read: `Wednesday: the last one before 2025-12-05, a Friday → 2025-12-03 (weekday-past)`."""
    trigger: str = field(default="", compare=False)
    """The words that the fact hangs on; kept no longer than the reading."""


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """The day that an article seems to be of, where its header has another, and why, in words."""

    likely: str
    """`YYYY-MM-DD`."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was read out of one seed."""

    source: Source
    facts: tuple[Found, ...]
    candidates: tuple[Entity, ...]
    """Names that facts use and the registry does not know, each once, with every alias seen."""
    doubt: DateDoubt | None = None
    """What speaks against the date in the seed's header."""
