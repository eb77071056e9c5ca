"""What a merge decides: for the source and each fact, what is to change in the file and what the next base knows."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from generator.base import NOWHERE, Base, Conflict, Known
from generator.facts import FactFile, fact_id
from generator.match import Old, akin, match
from generator.model import FACT_TYPES, Extraction, Fact, Found, key, mapping
from generator.ours import Ours, ours_of, renamed, with_names
from generator.patch import Op
from generator.threeway import Clash, Hands, Outcome, Values, hands_of, merge_values, shown
from generator.validate import is_list

BOOKKEEPING = ("id", "seed", "sha256")
"""Keys of a source that are the machine's alone."""


class Decisions:
    """One merge on its way: what is to change in the file, and what the next base knows."""

    def __init__(self, file: FactFile | None, base: Base | None, extraction: Extraction) -> None:
        self.file, self.base, self.extraction = file, base, extraction
        self.source = extraction.source.id
        self.ours = ours_of(file)
        facts = base.facts if base else ()
        names = renamed({k.id: k for k in facts}, [o.fact for o in self.ours.values()], file.bad_ids if file else ())
        self.known = with_names(facts, names)
        self.asked = [replace(c, fact=names.get(c.fact, c.fact)) for c in (base.conflicts if base else ())]
        """Conflicts that were open before."""
        self.corrected = bool(base and base.source.sha256 != extraction.source.sha256)
        """Whether the article's text has changed since."""
        self.machines = {found.fact.id for found in extraction.facts}
        """Ids as the machine makes them."""
        self.unread = bool(file and (file.bad_ids or file.nameless))
        self.ops: list[Op] = []
        self.next: dict[str, Known] = {}
        self.conflicts: list[Conflict] = []
        self.new: list[str] = []
        self.removed: list[str] = []
        self.moved: list[str] = []
        """Facts whose words the article has corrected."""
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
        olds = [
            old_of(known, deleted=id_ not in self.ours, corrected=self.corrected) for id_, known in self.known.items()
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
            self.next[id_] = self._as_it_was(known) if self.unread else replace(known, found=theirs)
            if self.unread:
                self._still_asked(id_, None)
        elif ours.fact.kind != theirs.fact.kind or (known and _of_another(ours.fact, known.found.fact, theirs.fact)):
            # A person made it another kind of fact, or one of other words: all of it is theirs.
            self.next[id_] = replace(known, found=theirs) if known else Known(found=theirs)
            self._still_asked(id_, None)
        elif known is None:
            self.next[id_] = self._adopt(ours, theirs)
        else:
            hands = hands_of(known, ours.commented, ours.fact.review != "unreviewed")
            hands = replace(hands, settled=lambda k, value: self._settled(id_, k, value))
            outcome = merge_values(
                mapping(known.found.fact), mapping(ours.fact), mapping(theirs.fact), hands, _lists(ours.fact)
            )
            self._change(id_, mapping(ours.fact), outcome, mapping(theirs.fact))
            if (
                self.corrected
                and outcome.values.get("quote") == theirs.fact.quote
                and not _cut(known.found.fact, theirs.fact)
            ):
                self.moved.append(id_)
            kept = known.kept and outcome.values.get("quote") != theirs.fact.quote
            self.next[id_] = replace(_known(theirs, outcome), kept=kept)

    def _adopt(self, ours: Ours, theirs: Found) -> Known:
        """A fact that the machine finds where a person wrote it first: every key is the person's."""
        mine, its = mapping(ours.fact), mapping(theirs.fact)
        lists = _lists(ours.fact)
        if self.base is None and ours.fact.id in self.machines:
            # The machine wrote it once, and what it wrote is forgotten: what it still says counts as its own.
            agreed = {key: value for key, value in mine.items() if its.get(key) == value}
            apart = {key for key in mine.keys() | its.keys() if key not in agreed}
            outcome = merge_values(agreed, mine, its, Hands(held=apart, commented=apart | ours.commented), lists)
        else:
            outcome = merge_values({}, mine, its, Hands(held=set(mine) | set(its), reviewed=True), lists)
        both = {key for key in mine.keys() & its.keys() if key not in lists and key != "review"}
        clashes = tuple(replace(clash, rule="edited") for clash in outcome.clashes if clash.key in both)
        self._tell(ours.fact.id, replace(outcome, clashes=clashes), its)
        return _known(theirs, outcome)

    def _leave(self, known: Known) -> None:
        """A fact that the machine states no longer: removed if it was the machine's alone, kept and told otherwise.

        Kept and told, too, where it is the article that was corrected: that it took something back is for people to see.
        """
        ours = self.ours.get(known.id)
        known = self._as_it_was(known)
        if ours is None:
            self.next[known.id] = known
            if self.unread:
                self._still_asked(known.id, None)
            return
        values, was = mapping(ours.fact), mapping(known.found.fact)
        hands = hands_of(known, (), False)
        outcome = merge_values(was, values, was, hands, _lists(ours.fact))
        mine = outcome.touched or ours.remarked or ours.fact.review != "unreviewed" or values != was
        if not (mine or self.corrected or known.kept or self._open(known.id)):
            self.ops.append(Op("remove", known.id))
            self.removed.append(known.id)
            return
        same = ours.fact.kind == known.found.fact.kind
        self.next[known.id] = replace(_known(known.found, outcome), kept=known.kept) if same else known
        self._still_asked(known.id, values if same else None)
        if known.kept:
            return
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
        for old in self.asked:
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

    def _as_it_was(self, known: Known) -> Known:
        return known.displaced() if self.corrected else known

    def _open(self, id_: str) -> bool:
        """Whether it waits for a person to say if a fact that is read no more stays."""
        return any(c.fact == id_ and c.rule == "no-longer-extracted" for c in self.asked)

    def _still_asked(self, id_: str, values: Values | None) -> None:
        """Conflicts over keys of a fact that this reading says nothing about stay open, unless its `values` settle them."""
        for c in self.asked:
            if c.fact == id_ and c.key and c.rule != "withheld":
                ours = c.ours if values is None else shown(values.get(c.key))
                self.conflicts += [replace(c, ours=ours)] if ours != c.theirs else []

    def _settled(self, id_: str, name: str, value: Any) -> bool:
        """Whether the machine's value stood in conflict with a person's before, so that having it means taking it."""
        return any(c.fact == id_ and c.key == name and c.theirs == shown(value) for c in self.asked)


def old_of(known: Known, *, deleted: bool, corrected: bool) -> Old:
    """A fact of a base as matching takes it; `corrected` says that the article is no longer the one it was read from."""
    span = known.found.span if known.found.span != NOWHERE else None
    return Old(known.id, known.found.fact, None if corrected else span, deleted, was=span.start if span else None)


def _of_another(ours: Fact, was: Fact, theirs: Fact) -> bool:
    """Whether a person put quite other words in the place of those that the machine read."""
    return not akin(ours.quote, was.quote) and not akin(ours.quote, theirs.quote)


def _cut(was: Fact, theirs: Fact) -> bool:
    """Whether two quotes are the same words, cut otherwise."""
    return theirs.quote in was.quote or was.quote in theirs.quote


def _lists(fact: Fact) -> frozenset[str]:
    kind = FACT_TYPES[fact.kind]
    return frozenset(key(f.name) for f in fields(kind) if is_list(kind, key(f.name)))


def _known(theirs: Found, outcome: Outcome) -> Known:
    return Known(found=theirs, held=outcome.held, added=outcome.added, dropped=outcome.dropped)
