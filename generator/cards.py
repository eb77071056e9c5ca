"""What files of facts and bases say, kept so that one that is as it was is not parsed again.

A card stands in the store under the hash of the file's bytes. Files with anything unusual about them, another format or what could not
be read, have none and are read each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import Decoder

from generator.base import FOLDER as BASES
from generator.base import Base, Conflict, Known, out_of_reach, read_base
from generator.facts import FOLDER as FACTS
from generator.facts import FactFile, Written, read_fact_file
from generator.model import Assessment, Event, Fact, Figure, Found, Quotation, Role, Source, Span
from generator.problems import Problem, link_out
from generator.reach import contents
from generator.store import UNKEPT, Store, digest, packed
from generator.unchanged import digests, seen_in
from generator.yamlbounds import BYTES

SUFFIX = ".yml"
LETTERS = {"event": "e", "figure": "f", "quotation": "q", "assessment": "a", "role": "r"}


class Facts(Struct, frozen=True, array_like=True):
    """Facts of several kinds, in order."""

    order: str
    """The kind of each, as a letter."""
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]
    assessments: tuple[Assessment, ...]
    roles: tuple[Role, ...]

    def __iter__(self) -> Iterator[Fact]:
        kinds: tuple[tuple[Fact, ...], ...] = (self.events, self.figures, self.quotations, self.assessments, self.roles)
        left = dict(zip("efqar", map(iter, kinds), strict=True))
        return (next(left[letter]) for letter in self.order)


def facts_of(facts: Iterable[Fact]) -> Facts:
    """Some facts, to be kept."""
    given = tuple(facts)
    by = {kind: tuple(fact for fact in given if fact.kind == kind) for kind in LETTERS}
    return Facts("".join(LETTERS[fact.kind] for fact in given), *by.values())  # type: ignore[arg-type]


class FactCard(Struct, frozen=True, array_like=True):
    """What a fact file says."""

    source: Source
    facts: Facts
    places: tuple[tuple[int, int], ...]
    bad_ids: tuple[str, ...]
    nameless: int
    problems: tuple[Problem, ...]


class BaseCard(Struct, frozen=True, array_like=True):
    """What of a base every run needs."""

    source: Source
    sha256: str
    kept: tuple[str, ...]
    """Facts that a person keeps."""
    entities: tuple[str, ...]
    held: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    broken: bool = False


class WholeBase(Struct, frozen=True, array_like=True):
    """All of a base."""

    facts: Facts
    read: tuple[tuple[Span, str, str], ...]
    """Span, rule and proof of each."""
    people: tuple[tuple[tuple[str, ...], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], bool], ...]
    """What of each people hold, added, dropped, and whether they keep it."""


_FACTS, _BASE, _WHOLE = Decoder(FactCard), Decoder(BaseCard), Decoder(WholeBase)


class FactCards:
    """The fact files of a briefing, each parsed only where its bytes are new."""

    def __init__(self, store: Store, root: Path) -> None:
        self.stage = store.stage("facts")
        self.root = root
        self.looks = digests(store, root, FACTS, (SUFFIX,))
        """The hash of each file by its name."""
        self._kept = {name: (key, value) for name, key, value in self.stage.values()}
        self.stage.drop(self._kept.keys() - self.looks.keys())

    def read(self, name: str) -> tuple[FactFile | None, list[Problem]]:
        """The file of a name, and what is wrong with it."""
        key, (kept, value) = self.looks.get(name), self._kept.get(name, (None, b""))
        if key is not None and key == kept:
            card = _FACTS.decode(value)
            return self._file(name, card), list(card.problems)
        file, problems = read_fact_file(f"{FACTS}/{name}", contents(self.root / FACTS / name, BYTES))
        if key is not None and file and key == file.key and _has_card(file):
            self.keep([(file, problems)])
            file = self._file(name, _fact_card(file, problems))  # without its text, of which there may be ten thousand
        return file, problems

    def _file(self, name: str, card: FactCard) -> FactFile:
        return FactFile(
            path=f"{FACTS}/{name}",
            source=card.source,
            facts=tuple(card.facts),
            places=card.places,
            bad_ids=frozenset(card.bad_ids),
            nameless=card.nameless,
            key=self.looks[name],
            written=_OnDisk(self.root, f"{FACTS}/{name}"),
        )

    def fresh(self, file: FactFile) -> FactFile:
        """A file as it stands on disk now, for who will write it."""
        if not isinstance(file.written, _OnDisk):
            return file
        text = file.written()  # read now: what it says and its text must be of one moment
        if digest(text.text) == file.key:
            return file
        now, _ = read_fact_file(file.path, contents(self.root / file.path, BYTES))
        return now or file

    def keep(self, read: Iterable[tuple[FactFile, Iterable[Problem]]]) -> None:
        """Keep what files say, as they stand on disk or will once this run ends."""
        self.stage.put(
            (file.path.rpartition("/")[2], file.key, packed(_fact_card(file, problems)))
            for file, problems in read
            if _has_card(file)
        )


def _has_card(file: FactFile) -> bool:
    return not file.broken and file.before is None


class _OnDisk:
    """The text of a fact file, read when it is asked for."""

    __slots__ = ("_path", "_read", "_root")

    def __init__(self, root: Path, path: str) -> None:
        self._root, self._path = root, path
        self._read: Written | None = None

    def __call__(self) -> Written:
        if self._read is None:
            file, _ = read_fact_file(self._path, contents(self._root / self._path, BYTES))
            self._read = file.written() if file else Written("")
        return self._read


def _fact_card(file: FactFile, problems: Iterable[Problem]) -> FactCard:
    bad = tuple(sorted(file.bad_ids))
    return FactCard(file.source, facts_of(file.facts), file.places, bad, file.nameless, tuple(problems))


HELD = 256
"""Bases that are held in memory."""
NONE = Base(source=Source(id="", date="", seed="", sha256=""), sha256="", broken=True)


class Bases(Mapping[str, Base]):
    """The bases of a briefing by source id, each decoded when asked."""

    def __init__(self, store: Store, root: Path) -> None:
        self.heads: dict[str, BaseCard] = {}
        """What every run needs of each."""
        self.keys_of: dict[str, bytes] = {}
        """The hash of each file."""
        self.problems: list[Problem] = []
        self._whole: dict[str, Base] = {}
        """Those that were asked for last."""
        self._large: dict[str, tuple[bytes, Base]] = {}
        """Those that the store does not take, with the hashes of their files: they hold a number of more than 64 bits."""
        self._folder = root / BASES
        self._stages = store.stage("bases"), store.stage("bases/whole")
        looks = {file: key for file, key in digests(store, root, BASES, (SUFFIX,)).items() if "/" not in file}
        self._read(root, looks, [name for name in seen_in(store, root).folder(BASES).out if name.endswith(SUFFIX)])

    def _read(self, root: Path, looks: Mapping[str, bytes], out: Iterable[str]) -> None:
        kept = {name: (key, value) for name, key, value in self._stages[0].values()}
        new: dict[str, tuple[bytes, Base]] = {}
        for file, key in looks.items():
            name = file.removesuffix(SUFFIX)
            known, value = kept.get(name, (None, b""))
            if known == key:
                self.heads[name], self.keys_of[name] = _BASE.decode(value), key
                continue
            base, found = read_base(file, contents(root / BASES / file, BYTES))
            self.problems += found
            if base:
                self.heads[name], self.keys_of[name] = _card(base), key
                new |= {} if base.broken else {name: (key, base)}
        self.keep(new)
        for name in (file.removesuffix(SUFFIX) for file in out):
            base, found = out_of_reach(f"{name}{SUFFIX}", link_out(f"{BASES}/{name}{SUFFIX}"))
            self.heads[name], self.keys_of[name], self._whole[name] = _card(base), b"", base
            self.problems += found
        for stage in self._stages:
            stage.drop(kept.keys() - {file.removesuffix(SUFFIX) for file in looks})

    def keep(self, bases: Mapping[str, tuple[bytes, Base]]) -> None:
        """Keep bases under the hashes of their files."""
        self._stages[0].put((name, key, packed(_card(base))) for name, (key, base) in bases.items())
        for name, (key, base) in bases.items():
            raw = packed(_whole(base))
            self._stages[1].put([(name, key, raw)])
            if raw.startswith(UNKEPT):
                self._large[name] = key, base

    def turn(self, keys: Mapping[str, bytes]) -> None:
        """Have bases be those that were kept under some hashes."""
        for name, key in keys.items():
            if (card := self._stages[0].get(name, key)) is not None:
                self.heads[name], self.keys_of[name] = _BASE.decode(card), key
                self._whole.pop(name, None)

    def __getitem__(self, name: str) -> Base:
        if name not in self._whole:
            if len(self._whole) >= HELD:
                self._whole.clear()
            key, kept = self.keys_of[name], self._stages[1].get(name, self.keys_of[name])
            if not key:  # out of reach
                return NONE
            if kept is not None:
                self._whole[name] = _joined(self.heads[name], _WHOLE.decode(kept))
            elif self._large.get(name, (b"",))[0] == key:
                self._whole[name] = self._large[name][1]
            else:  # broken, or about to be another one
                path = self._folder / f"{name}{SUFFIX}"
                self._whole[name] = read_base(path.name, contents(path, BYTES))[0] or NONE
        return self._whole[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)

    def __contains__(self, name: object) -> bool:
        return name in self.heads


def _card(base: Base) -> BaseCard:
    kept = tuple(known.id for known in base.facts if known.kept)
    return BaseCard(base.source, base.sha256, kept, base.entities, base.held, base.conflicts, base.broken)


def _whole(base: Base) -> WholeBase:
    return WholeBase(
        facts_of(known.found.fact for known in base.facts),
        tuple((known.found.span, known.found.rule, known.found.proof) for known in base.facts),
        tuple((known.held, dict(known.added), dict(known.dropped), known.kept) for known in base.facts),
    )


def _joined(card: BaseCard, whole: WholeBase) -> Base:
    known = (
        Known(
            found=Found(fact=fact, span=span, rule=rule, proof=proof),
            held=held,
            added=added,
            dropped=dropped,
            kept=kept,
        )
        for fact, (span, rule, proof), (held, added, dropped, kept) in zip(
            whole.facts, whole.read, whole.people, strict=True
        )
    )
    return Base(
        source=card.source,
        sha256=card.sha256,
        facts=tuple(known),
        entities=card.entities,
        held=card.held,
        conflicts=card.conflicts,
    )
