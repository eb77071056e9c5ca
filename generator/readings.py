"""What was read of each seed, kept with what it was read by: a seed is read again only where that has become another.

A seed's reading depends on the seed, the vocabulary, and what the registry answers to it (`extract.answers`). The answers of one registry are
compared with those of the one before; an index of words and ids finds the seeds that ask for what differs. Of each seed the last readings
are kept, each under a hash of the answers that it got, so that a registry which goes back and forth costs nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, json, structs, to_builtins
from msgspec.msgpack import Decoder

from generator.extract.answers import Answers, Asked, Known, turned
from generator.lexicon import Lexicons
from generator.model import FACT_TYPES, NAME_KEYS, DateDoubt, Entity, Extraction, Fact, Found, Kind, Seed, Source, Span
from generator.postings import Postings
from generator.seeds.kept import header
from generator.store import Store, digest, packed, whole

STAGE = "readings"
MOST = 2
"""Readings of one seed that are kept: with the names of the registry alone, and with those that this run finds."""


class _Found(Struct, frozen=True, array_like=True):
    kind: Kind
    fact: bytes
    """As JSON, which holds numbers of any size."""
    span: Span
    rule: str
    proof: str
    trigger: str


class Variant(Struct, frozen=True, array_like=True):
    """One reading of a seed."""

    told: bytes
    """The hash of what the registry answered."""
    ids: tuple[str, ...]
    """Those it asked for."""
    names: tuple[str, ...]
    """Those that its facts and its source name."""
    candidates: tuple[Entity, ...]
    doubt: DateDoubt | None
    source: Source
    facts: tuple[_Found, ...]

    @property
    def digest(self) -> bytes:
        """A hash of source and facts."""
        return digest(packed((self.source, self.facts)))


class Row(Struct, frozen=True, array_like=True):
    """The readings of one seed, the present one first, and what it asks a registry for."""

    words: str
    publisher: str | None
    indexed: tuple[str, ...]
    """Ids by which the index finds it."""
    variants: tuple[Variant, ...]

    def asked(self, variant: Variant) -> Asked:
        """The questions of one of the readings."""
        return Asked(self.publisher, variant.ids, [line.split(" ") for line in self.words.split("\n")])

    def keys(self, ids: Iterable[str]) -> Iterator[str]:
        """What the index finds it by, with some ids."""
        yield from dict.fromkeys(self.words.split())
        yield from map(_of_id, ids)
        if self.publisher:
            yield _of_publisher(self.publisher.casefold())


class Head(Struct, array_like=True):
    """What every run needs of a seed."""

    key: bytes
    """The hash of the seed and the vocabulary."""
    number: int
    candidates: tuple[Entity, ...]
    doubt: DateDoubt | None
    merged_by: bytes
    """The hash of all that merging has of the reading."""


class _State(Struct, array_like=True):
    heads: dict[str, Head]
    uses: dict[str, int]
    """How many seeds name an id."""
    open: dict[str, str]
    """Candidates, and what they lie in."""


_STATE, _ROW, _ANSWERS = Decoder(_State), Decoder(Row), Decoder(Answers)
_FACTS: Mapping[Kind, json.Decoder[Any]] = {kind: json.Decoder(record) for kind, record in FACT_TYPES.items()}


def _of_id(id_: str) -> str:
    return f"#{id_}"


def _of_publisher(name: str) -> str:
    return f"@ {name}"  # no word has a space


def number_of_readings(store: Store) -> int:
    """Of how many seeds readings are kept."""
    return len(store.stage(STAGE))


class Extractions:
    """The readings of all seeds, as they are with one registry, then with another."""

    def __init__(self, seeds: Mapping[str, Seed], lexicons: Lexicons, store: Store) -> None:
        """`seeds` are by the ids of their sources."""
        self._seeds, self._lexicons, self._store = seeds, lexicons, store
        self._rows, self._index = store.stage(STAGE), Postings(store, "reading_words")
        kept, answers = store.state("readings"), store.state("readings/answers")
        state = _STATE.decode(kept) if kept else _State({}, {}, {})
        self._heads, self._uses, self._open = state.heads, state.uses, state.open
        self._answers = answers
        self._known: Known | None = None
        self._names: dict[str, tuple[str, ...]] = {}
        """What the seeds name that were looked at in this run."""
        keys = {id_: digest(packed((id_, header(seed))), lexicons.digest) for id_, seed in seeds.items()}
        for id_ in [id_ for id_, head in self._heads.items() if keys.get(id_) != head.key]:
            self._forget(id_)
        self._keys = keys
        self._due = [id_ for id_ in seeds if id_ not in self._heads]
        taken = {head.number for head in self._heads.values()}
        free = (number for number in range(len(taken) + len(self._due)) if number not in taken)
        self._numbers = dict(zip(self._due, free, strict=False))
        self._by_number = {head.number: id_ for id_, head in self._heads.items()}

    def _row(self, id_: str) -> Row:
        return _ROW.decode(zlib.decompress(self._rows.get(id_, self._heads[id_].key) or b""))

    def _forget(self, id_: str) -> None:
        row = self._row(id_)
        self._index.remove(self._heads[id_].number, row.keys(row.indexed))
        self._count(row.variants[0].names, -1)
        self._rows.drop([id_])
        del self._heads[id_]

    def _count(self, names: Iterable[str], by: int) -> None:
        for name in names:
            count = self._uses.get(name, 0) + by
            if count:
                self._uses[name] = count
            else:
                del self._uses[name]

    def due(self, known: Known) -> list[str]:
        """The ids of the sources that must be read with a registry; the others' readings are as they are with it from here on."""
        told = packed(known.answers)
        concerned = self._concerned(known.answers) if self._answers != told else set()
        self._answers, self._known = told, known
        due = {*self._due, *(id_ for id_ in sorted(concerned) if not self._turn(id_, known))}
        self._due = []
        return [id_ for id_ in self._seeds if id_ in due]

    def _concerned(self, answers: Answers) -> set[str]:
        """Sources that ask for what this registry and the one before answer otherwise."""
        if not self._answers or not self._heads:
            return set()
        before = self._known.answers if self._known else _ANSWERS.decode(self._answers)
        differing = turned(before, answers)
        asked: list[Sequence[str]] = [*differing.names, *([_of_id(id_)] for id_ in differing.ids)]
        asked += [[_of_publisher(name)] for name in differing.publishers]
        return {self._by_number[number] for keys in asked for number in self._index.holding(keys)}

    def _turn(self, id_: str, known: Known) -> bool:
        """Make the reading of a source that which it is with a registry, if that is kept."""
        row = self._row(id_)
        for variant in row.variants:
            if known.told(row.asked(variant)) == variant.told:
                if variant is not row.variants[0]:
                    others = tuple(other for other in row.variants if other is not variant)
                    self._put(id_, structs.replace(row, variants=(variant, *others)), row.variants[0])
                return True
        return False

    def _put(self, id_: str, row: Row, before: Variant | None) -> None:
        now, head = row.variants[0], self._heads[id_]
        self._count(before.names if before else (), -1)
        self._count(now.names, 1)
        head.candidates, head.doubt = now.candidates, now.doubt
        self._names[id_] = now.names
        self._rows.put([(id_, head.key, zlib.compress(packed(row), 1))])

    def take(self, id_: str, extraction: Extraction, ids: tuple[str, ...], words: str) -> None:
        """Keep what was read of a source that was due: facts, the ids it asked for, and the words of its sentences."""
        assert self._known is not None
        fresh = id_ not in self._heads
        if fresh:
            self._heads[id_] = Head(self._keys[id_], self._numbers[id_], (), None, b"")
            self._by_number[self._numbers[id_]] = id_
        publisher = self._seeds[id_].publisher
        row = Row(words, publisher, (), ()) if fresh else self._row(id_)
        names = tuple(dict.fromkeys(named(extraction.source, (found.fact for found in extraction.facts))))
        told = self._known.told(Asked(publisher, ids, [line.split(" ") for line in words.split("\n")]))
        facts = tuple(
            _Found(f.fact.kind, _as_json(f.fact), f.span, f.rule, f.proof, f.trigger) for f in extraction.facts
        )
        now = Variant(told, ids, names, extraction.candidates, extraction.doubt, extraction.source, facts)
        more = [i for i in dict.fromkeys((*ids, *names)) if i not in set(row.indexed)]
        variants = (now, *row.variants)[:MOST]
        self._index.add(self._heads[id_].number, row.keys(more) if fresh else map(_of_id, more))
        before = row.variants[0] if row.variants else None
        self._put(id_, structs.replace(row, indexed=(*row.indexed, *more), variants=variants), before)

    @property
    def named(self) -> Collection[str]:
        """Every id that a source or one of its facts names."""
        return self._uses.keys()

    def candidates(self) -> dict[str, Entity]:
        """What sources name that the registry lacks, by id; of an entity that several introduce, as the first has it."""
        held = [head.candidates for id_ in self._seeds if (head := self._heads[id_]).candidates]
        return {entity.id: entity for candidates in reversed(held) for entity in candidates}

    def settle(self, known: Mapping[str, Entity]) -> None:
        """End the run; `known` are all candidates."""
        lies = {id_: entity.in_ or "" for id_, entity in known.items()}
        turned_ = {id_ for id_, in_ in lies.items() if self._open.get(id_) != in_}
        touched = {*self._names, *self._naming(turned_, known)}
        self._candidates = known
        for id_ in touched:
            variant = self._row(id_).variants[0]
            attached = with_surroundings(variant.names, known).values()
            self._heads[id_].merged_by = digest(variant.digest, packed([(e.id, e.in_) for e in attached]))
        self._open = lies
        self._index.close()
        state = packed(_State(self._heads, self._uses, self._open))
        self._store.keep({"readings": state, "readings/answers": self._answers or b""})

    def _naming(self, ids: Collection[str], known: Mapping[str, Entity]) -> set[str]:
        """Sources that may name one of some ids, or what lies in one."""
        within: dict[str, list[str]] = {}
        for entity in known.values():
            within.setdefault(entity.in_ or "", []).append(entity.id)
        due, found = list(ids), set[str]()
        while due:
            id_ = due.pop()
            if id_ not in found:
                found.add(id_)
                due += within.get(id_, [])
        return {self._by_number[number] for id_ in sorted(found) for number in self._index.holding([_of_id(id_)])}

    # What has been read, once it is settled.

    @property
    def keys(self) -> dict[str, bytes]:
        """By source, the hash of all that merging has of its reading: it is merged again where that is another one than before."""
        return {id_: self._heads[id_].merged_by for id_ in self._seeds}

    def extraction(self, id_: str) -> Extraction:
        """What was read out of a seed, with the candidates that its facts name and what those lie in."""
        kept = self._row(id_).variants[0]
        return Extraction(
            source=kept.source,
            facts=tuple(
                Found(fact=_fact(f), span=f.span, rule=f.rule, proof=f.proof, trigger=f.trigger) for f in kept.facts
            ),
            candidates=tuple(with_surroundings(kept.names, self._candidates).values()),
            doubt=kept.doubt,
        )

    def naming(self, ids: Collection[str]) -> list[str]:
        """The sources that name any of some candidates, or what lies in one."""
        near = self._naming(ids, self._candidates)
        return [id_ for id_ in self._seeds if id_ in near]

    def doubts(self) -> Iterator[tuple[Seed, DateDoubt]]:
        """Seeds whose dates are doubtful."""
        for id_, seed in self._seeds.items():
            if doubt := self._heads[id_].doubt:
                yield seed, doubt


def _as_json(fact: Fact) -> bytes:
    try:
        return json.encode(fact)
    except UnicodeEncodeError:  # half a character, as in `packed`
        return json.encode(whole(to_builtins(fact)))


def _fact(found: _Found) -> Fact:
    fact: Fact = _FACTS[found.kind].decode(found.fact)
    return fact


def named(source: Source, facts: Iterable[Fact]) -> Iterator[str]:
    """Every id that a source and its facts name, as often as they do."""
    if source.publisher:
        yield source.publisher
    for fact in facts:
        for key in NAME_KEYS:
            value = getattr(fact, key, None) or ()
            yield from (value,) if isinstance(value, str) else value


def with_surroundings(ids: Iterable[str], known: Mapping[str, Entity]) -> dict[str, Entity]:
    """Those of the ids that are known, and what they lie in, by id."""
    due, done = {id_ for id_ in ids if id_ in known}, set[str]()
    while due:
        done |= due
        due = ({known[id_].in_ or "" for id_ in due} & known.keys()) - done
    return {id_: known[id_] for id_ in sorted(done)}
