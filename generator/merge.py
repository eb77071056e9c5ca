"""A new extraction merged into a fact file that people edit.

For each fact and key the file is compared with what the machine last wrote there (the base). What a
person changed, added, commented or deleted stays so; what only the machine changed is updated; where
both changed the same key the person's value stands and the machine's becomes a conflict.

Pure, and a second merge of the same extraction changes neither file nor base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any

from generator.base import FOLDER as BASES
from generator.base import Base, Conflict, Known, write_base
from generator.facts import FOLDER, FactFile, fact_id, write_fact_file
from generator.match import Old, head, match
from generator.model import FACT_TYPES, NAME_KEYS, Extraction, Fact, Found, Mark, Source, key, mapping
from generator.patch import Op, patch
from generator.problems import Problem, problem
from generator.splice import Sheet, commented_keys, item_commented
from generator.threeway import Clash, Hands, Outcome, Values, hands_of, merge_values, shown
from generator.validate import is_list
from generator.yamlfile import Items, Table

__all__ = ["Conflict", "Merged", "merge"]

BOOKKEEPING = ("id", "seed", "sha256")
"""Keys of a source that are the machine's alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What to write, and what it changes. For a broken file or base nothing is to be written."""

    text: str
    """Of the fact file."""
    base_text: str
    conflicts: tuple[Conflict, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = True
    """False where file and base are to stay as they are, because one of them could not be read."""


def merge(file: FactFile | None, base: Base | None, extraction: Extraction) -> Merged:
    """The file's new text and the new base.

    No file but a base: a person deleted it, so all facts it had stay deleted. A file but no base: all in it
    is a person's. A file or base that could not be read stays as it is, and so does the other.
    """
    if (file and file.broken) or (base and base.broken):
        conflicts = base.conflicts if base else ()
        return Merged(text=file.text if file else "", base_text="", conflicts=conflicts, written=False)
    work = _Merge(file, base, extraction)
    work.run()
    return work.merged()


@dataclass(frozen=True, slots=True)
class _Ours:
    """A fact as it stands in the file."""

    fact: Fact
    commented: frozenset[str]
    """Keys with comments."""
    remarked: bool
    """Whether any comment belongs to it."""


def ours_of(file: FactFile | None) -> dict[str, _Ours]:
    """The facts of a file by id, with what people noted beside them."""
    if not file or not file.root:
        return {}
    sheet, nodes = Sheet(file.text, file.root), nodes_of(file.root)
    listed = file.root.get("facts")
    items = listed.value if listed else None
    assert isinstance(items, Items) or not file.facts
    found = {}
    for fact in file.facts:
        at, node = nodes[fact.id]
        keys = frozenset(commented_keys(sheet, node))
        remarked = bool(keys) or (isinstance(items, Items) and item_commented(sheet, items, at))
        found[fact.id] = _Ours(fact, keys, remarked)
    return found


def nodes_of(root: Table) -> dict[str, tuple[int, Table]]:
    """Place and node of each fact by id; of facts with one id the first."""
    listed = root.get("facts")
    items = listed.value.items if listed and isinstance(listed.value, Items) else ()
    found: dict[str, tuple[int, Table]] = {}
    for at, node in enumerate(items):
        entry = node.get("id") if isinstance(node, Table) else None
        if isinstance(node, Table) and entry:
            found.setdefault(getattr(entry.value, "value", None) or "", (at, node))
    return found


class _Merge:
    """One merge on its way: what is to change in the file, and what the next base knows."""

    def __init__(self, file: FactFile | None, base: Base | None, extraction: Extraction) -> None:
        self.file, self.base, self.extraction = file, base, extraction
        self.source = extraction.source.id
        self.ours = ours_of(file)
        self.known = _renamed({known.id: known for known in base.facts} if base else {}, self.ours, file)
        self.unread = bool(file and (file.bad_ids or file.nameless))
        self.ops: list[Op] = []
        self.next: dict[str, Known] = {}
        self.conflicts: list[Conflict] = []
        self.new: list[str] = []
        self.removed: list[str] = []
        self.held: tuple[str, ...] = ()

    def run(self) -> None:
        """Decide for the source, for each fact of the extraction, and for each that it no longer has."""
        self._source()
        news = self.extraction.facts
        met = match(self._olds(), news)
        before: str | None = None
        for at, found in enumerate(news):
            id_ = met.get(at) or self._fresh(found)
            theirs = replace(found, fact=replace(found.fact, id=id_))
            if at not in met:
                self._insert(theirs, before)
            else:
                self._meet(theirs)
            before = id_ if id_ in self.ours or id_ in self.new else before
        gone = set(met.values())
        for id_, known in self.known.items():
            if id_ not in gone:
                self._leave(known)

    def _olds(self) -> list[Old]:
        """Facts known, those of the file that only a person wrote last. Offsets hold for the same text only."""
        same = bool(self.base and self.base.source.sha256 == self.extraction.source.sha256)
        olds = [
            Old(id_, known.found.fact, known.found.span if same else None, deleted=id_ not in self.ours)
            for id_, known in self.known.items()
        ]
        return olds + [Old(id_, o.fact, None) for id_, o in self.ours.items() if id_ not in self.known]

    def _fresh(self, found: Found) -> str:
        """An id for a new fact that nothing in file or base has."""
        rank, id_ = 0, found.fact.id
        bad = self.file.bad_ids if self.file else frozenset()
        while id_ in self.ours or id_ in self.known or id_ in bad or id_ in self.next:
            id_ = fact_id(self.source, found.fact.kind, found.fact.quote, rank)
            rank += 1
        return id_

    def _insert(self, theirs: Found, before: str | None) -> None:
        self.ops.append(Op("insert", theirs.fact.id, value=theirs.fact, after=before))
        self.next[theirs.fact.id] = Known(found=theirs)
        self.new.append(theirs.fact.id)

    def _meet(self, theirs: Found) -> None:
        """A fact that is known already: in base and file, in the base alone (deleted), or in the file alone."""
        id_ = theirs.fact.id
        known, ours = self.known.get(id_), self.ours.get(id_)
        if ours is None:
            assert known
            # Where facts could not be read, this one may be among them: what it was based on must not move.
            self.next[id_] = known if self.unread else replace(known, found=theirs)
        elif ours.fact.kind != theirs.fact.kind:  # a person made it another kind of fact: all of it is theirs
            self.next[id_] = replace(known, found=theirs) if known else Known(found=theirs)
        elif known is None:
            self.next[id_] = self._adopt(ours, theirs)
        else:
            hands = hands_of(known, ours.commented, ours.fact.review != "unreviewed")
            hands = replace(hands, settled=lambda k, value: self._settled(id_, k, value))
            outcome = merge_values(
                mapping(known.found.fact), mapping(ours.fact), mapping(theirs.fact), hands, _lists(ours.fact)
            )
            self._change(id_, mapping(ours.fact), outcome, mapping(theirs.fact))
            self.next[id_] = _known(theirs, outcome)

    def _adopt(self, ours: _Ours, theirs: Found) -> Known:
        """A fact that the machine finds where a person wrote it first: every key is the person's."""
        mine, its = mapping(ours.fact), mapping(theirs.fact)
        lists = _lists(ours.fact)
        outcome = merge_values({}, mine, its, Hands(held=set(mine) | set(its), reviewed=True), lists)
        both = {key for key in mine.keys() & its.keys() if key not in lists}
        clashes = tuple(replace(clash, rule="edited") for clash in outcome.clashes if clash.key in both)
        self._tell(ours.fact.id, replace(outcome, clashes=clashes), its)
        return _known(theirs, outcome)

    def _leave(self, known: Known) -> None:
        """A fact that the machine states no longer: removed if it was the machine's alone, kept and told otherwise."""
        ours = self.ours.get(known.id)
        if ours is None:
            self.next[known.id] = known
            return
        values, was = mapping(ours.fact), mapping(known.found.fact)
        hands = hands_of(known, (), False)
        outcome = merge_values(was, values, was, hands, _lists(ours.fact))
        if not (outcome.touched or ours.remarked or ours.fact.review != "unreviewed" or values != was):
            self.ops.append(Op("remove", known.id))
            self.removed.append(known.id)
            return
        self.next[known.id] = _known(known.found, outcome) if ours.fact.kind == known.found.fact.kind else known
        self.conflicts.append(
            Conflict(
                source=self.source,
                fact=known.id,
                key="",
                ours=ours.fact.quote,
                theirs=None,
                rule="no-longer-extracted",
            )
        )

    def _source(self) -> None:
        """The file's own words on its source; id, seed and hash are the machine's."""
        if not self.file:
            return
        ours, theirs = mapping(self.file.source), mapping(self.extraction.source)
        was = mapping(self.base.source) if self.base else {}
        hands = Hands(
            held=self.base.held if self.base else tuple(ours) + tuple(theirs),
            settled=lambda k, value: self._settled("source", k, value),
        )
        was, mine, its = ({k: v for k, v in m.items() if k not in BOOKKEEPING} for m in (was, ours, theirs))
        outcome = merge_values(was, mine, its, hands, ())
        if not self.base:
            outcome = replace(outcome, clashes=tuple(c for c in outcome.clashes if c.key in mine and c.key in its))
        values = {"id": ours["id"], **outcome.values, "seed": theirs.get("seed"), "sha256": theirs.get("sha256")}
        self.held = outcome.held
        self._change("source", ours, replace(outcome, values=values), theirs)

    def _change(self, id_: str, ours: Values, outcome: Outcome, theirs: Values) -> None:
        self._tell(id_, outcome, theirs)
        for name in dict.fromkeys([*ours, *outcome.values]):
            now, was = outcome.values.get(name), ours.get(name)
            if now != was:
                self.ops.append(Op("remove-key" if now is None else "set" if name in ours else "add", id_, name, now))

    def _tell(self, id_: str, outcome: Outcome, theirs: Values) -> None:
        """New conflicts of a record, and older ones that nobody settled yet."""
        fresh = {clash.key: self._conflict(id_, clash) for clash in outcome.clashes}
        for old in self.base.conflicts if self.base else ():
            if old.fact != id_ or not old.key or old.key in fresh:
                continue
            ours, its = outcome.values.get(old.key), theirs.get(old.key)
            if shown(its) == old.theirs and ours != its and old.rule != "withheld":
                fresh[old.key] = replace(old, ours=shown(ours))
        self.conflicts += fresh.values()

    def _conflict(self, id_: str, clash: Clash) -> Conflict:
        return Conflict(
            source=self.source,
            fact=id_,
            key=clash.key,
            ours=shown(clash.ours),
            theirs=shown(clash.theirs),
            rule=clash.rule,
        )

    def _settled(self, id_: str, name: str, value: Any) -> bool:
        """Whether the machine's value stood in conflict with a person's before, so that having it means taking it."""
        asked = self.base.conflicts if self.base else ()
        return any(c.fact == id_ and c.key == name and c.theirs == shown(value) for c in asked)

    def _deleted(self) -> Iterator[Problem]:
        """A fact file that is gone while its base is there: said, because nothing of it will be written again."""
        if self.base and self.base.facts and not self.file:
            yield problem(
                Mark(f"{FOLDER}/{self.source}.yml"),
                "this fact file was deleted, so its facts stay deleted; a file without them was written",
                valid=f"to begin anew delete {BASES}/{self.source}.yml too",
                severity="warning",
                check="file-deleted",
            )

    def merged(self) -> Merged:
        """The texts, once everything is decided."""
        if not self.file:
            facts = [op.value for op in self.ops if op.do == "insert"]
            text, withheld = write_fact_file(self.extraction.source, facts), list[Op]()
        else:
            text, withheld = patch(self.file, self.ops)
        source = self._back(withheld)
        base = Base(
            source=source,
            sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            facts=tuple(self.next.values()),
            entities=self._entities(),
            held=self.held,
            conflicts=tuple(self.conflicts),
        )
        done = [op for op in self.ops if op not in withheld]
        inserted, removed = ({op.id for op in done if op.do == do} for do in ("insert", "remove"))
        changed = dict.fromkeys(op.id for op in done if op.key)
        return Merged(
            text=text,
            base_text=write_base(base),
            conflicts=base.conflicts,
            new=tuple(id_ for id_ in self.new if id_ in inserted),
            changed=tuple(changed),
            removed=tuple(id_ for id_ in self.removed if id_ in removed),
            problems=tuple(self._deleted()),
        )

    def _back(self, withheld: Sequence[Op]) -> Source:
        """Changes that could not be spliced in are told, and the base does not know of them: the next merge tries again."""
        source = self.extraction.source
        was = {known.id: known for known in self.base.facts} if self.base else {}
        for op in withheld:
            ours = self.ours.get(op.id)
            if op.do == "insert":
                del self.next[op.id]
            elif op.do == "remove":
                self.next[op.id] = was[op.id]
            elif op.id == "source":
                old = self.base.source if self.base else self.file.source if self.file else source
                source = replace(source, **{op.field: getattr(old, op.field)})
            elif ours and op.id in was:
                known = self.next[op.id]
                fact = replace(known.found.fact, **{op.field: getattr(was[op.id].found.fact, op.field)})
                self.next[op.id] = replace(known, found=replace(known.found, fact=fact))
            there = getattr(ours.fact, op.field, None) if ours and op.key else None
            theirs = shown(op.value) if op.key else ("added" if op.do == "insert" else None)
            self.conflicts.append(
                Conflict(source=self.source, fact=op.id, key=op.key, ours=shown(there), theirs=theirs, rule="withheld")
            )
        return source

    def _entities(self) -> tuple[str, ...]:
        """Candidates that facts of this source use, and what they lie in, with those of earlier times."""
        candidates = {entity.id: entity for entity in self.extraction.candidates}
        wanted = list(_names(self.extraction.source, [known.found.fact for known in self.next.values()]))
        wanted += _names(self.extraction.source, [ours.fact for ours in self.ours.values()])
        used = set(self.base.entities if self.base else ())
        while wanted:
            id_ = wanted.pop()
            if id_ in candidates and id_ not in used:
                used.add(id_)
                wanted.append(candidates[id_].in_ or "")
        return tuple(sorted(used))


def _lists(fact: Fact) -> frozenset[str]:
    kind = FACT_TYPES[fact.kind]
    return frozenset(key(f.name) for f in fields(kind) if is_list(kind, key(f.name)))


def _known(theirs: Found, outcome: Outcome) -> Known:
    return Known(found=theirs, held=outcome.held, added=outcome.added, dropped=outcome.dropped)


def _names(source: Source, facts: Iterable[Fact]) -> Iterable[str]:
    yield source.publisher or ""
    for fact in facts:
        for name in NAME_KEYS:
            value = getattr(fact, name, None) or ()
            yield from (value,) if isinstance(value, str) else value


def _renamed(known: Mapping[str, Known], ours: Mapping[str, _Ours], file: FactFile | None) -> dict[str, Known]:
    """The base with the ids that people gave its facts: one gone from the file, one new there, quote and gist the same."""
    bad = file.bad_ids if file else frozenset()
    missing = [k for id_, k in known.items() if id_ not in ours and id_ not in bad]
    names: dict[str, str] = {}
    for id_, our in ours.items():
        if id_ in known:
            continue
        same = [
            k
            for k in missing
            if k.id not in names and k.found.fact.kind == our.fact.kind and k.found.fact.quote == our.fact.quote
        ]
        same = [k for k in same if head(k.found.fact) == head(our.fact)]
        if same:
            names[max(same, key=lambda k: _alike(k.found.fact, our.fact)).id] = id_
    result = {}
    for id_, k in known.items():
        new = names.get(id_, id_)
        result[new] = replace(k, found=replace(k.found, fact=replace(k.found.fact, id=new)))
    return result


def _alike(a: Fact, b: Fact) -> int:
    one, other = mapping(a), mapping(b)
    return sum(one[name] == other.get(name) for name in one)
