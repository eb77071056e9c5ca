"""Ties between statements that may be of one thing: how alike each two are, kept from run to run.

What meets whom is told by `aggregate.node`, and how alike two are by `aggregate.one_thing`: a tie depends on the two alone, and on the weights
of their words. So only what came, went or was shaken (`aggregate.ground`) is tied anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from msgspec.msgpack import Decoder

from generator.aggregate.courses import apart, is_newer
from generator.aggregate.figures import SHARES, fact, unit
from generator.aggregate.ground import Ground
from generator.aggregate.likeness import containment, stems
from generator.aggregate.node import Node
from generator.aggregate.one_thing import NONE, Likeness
from generator.model import Event
from generator.phrases import is_currency, is_measure
from generator.registry import family
from generator.statement import Statement
from generator.store import packed, whole

ALIKE, SURE, TWIN = 0.5, 0.75, 0.75
"""How much of the shorter of two statements must lie in the other; how much where less else speaks for it; of the longer, where nothing does."""
FEW = 0.3
"""How much is enough where much else speaks for it."""
NOWHERE = frozenset[str]()
_IDS = Decoder(list[str])
_TIES = Decoder(dict[str, Likeness])


class Ties:
    """All ties of a briefing."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.scope = ground, ground.scope
        self._sql = ground.store.connection
        self._lexicons = ground.briefing.lexicons
        self._meetings = frozenset(ground.finding.sorts.assemblies)
        self._found: dict[tuple[str, str], list[str]] = {}
        self._places: dict[str, set[str]] = {}
        """Groups by the marks under which something is found there, where all are new."""
        self._ties: dict[str, dict[str, Likeness]] = {}
        self._before: dict[str, dict[str, Likeness]] = {}
        if ground.is_new:
            self._run("DELETE FROM ledger_found WHERE scope = ?", (self.scope,))
            self._run("DELETE FROM ledger_ties WHERE scope = ?", (self.scope,))
        self.shaken = frozenset() if ground.is_new else self._shaken()
        """Facts that are as they were, but are to be tied anew."""
        self._tie()
        self.changed = frozenset(id_ for id_, known in self._before.items() if known != self._ties[id_])
        """Facts whose ties are others than they were; where nothing was kept, none is named."""

    def of(self, id_: str) -> Mapping[str, Likeness]:
        """How alike a fact and others are, by their ids."""
        return self._ties[id_] if id_ in self._ties else self._kept(id_)

    def _run(self, sql: str, values: tuple[str, ...]) -> sqlite3.Cursor:
        """A statement of SQL; half a character, which no database takes, is another one there."""
        return self._sql.execute(sql, [whole(value) for value in values])

    def _kept(self, id_: str) -> dict[str, Likeness]:
        if self.ground.is_new:
            return {}
        row = self._run("SELECT value FROM ledger_ties WHERE scope = ? AND id = ?", (self.scope, id_)).fetchone()
        return _TIES.decode(row[0]) if row else {}

    def _own(self, id_: str) -> dict[str, Likeness]:
        """The ties of a fact, to be changed."""
        if id_ not in self._ties:
            known = self._kept(id_)
            if not self.ground.is_new:
                self._before[id_] = dict(known)
            self._ties[id_] = known
        return self._ties[id_]

    def _under(self, mark: str, group: str) -> list[str]:
        """Who is found under a mark of a group."""
        key = (mark, group)
        if key not in self._found:
            query = "SELECT ids FROM ledger_found WHERE scope = ? AND mark = ? AND place = ?"
            row = None if self.ground.is_new else self._run(query, (self.scope, *key)).fetchone()
            self._found[key] = _IDS.decode(row[0]) if row else []
        return self._found[key]

    def _shaken(self) -> frozenset[str]:
        found: set[str] = set()
        for mark in self.ground.words_shaken | self.ground.names_shaken:
            rows = self._run("SELECT ids FROM ledger_found WHERE scope = ? AND mark = ?", (self.scope, mark))
            for (ids,) in rows:
                found.update(_IDS.decode(ids))
        return frozenset(found - self.ground.before.keys())

    def _tie(self) -> None:
        """Take out whatever went or is to be tied anew, and put in what is there."""
        ground = self.ground
        if not ground.is_new:
            for id_ in (*ground.before, *self.shaken):
                self._take_out(id_, ground.node_before(id_))
        again = sorted({*ground.fresh, *self.shaken}, key=ground.order)
        newest = next(iter([*ground.briefing.sources][-1:]), "")
        for id_ in again:
            node = ground.node(id_)
            if not node.role:
                continue
            self._meet(id_, node, later=not ground.is_new and ground.by_id[id_].source.id != newest)
            for mark in node.marks:
                if ground.is_new:
                    self._places.setdefault(mark, set()).update(node.groups)
                for group in node.groups:
                    self._under(mark, group).append(id_)
        self._places.clear()

    def _take_out(self, id_: str, node: Node) -> None:
        known = self._own(id_)
        for other in known.keys() - {id_}:
            self._own(other).pop(id_, None)
        known.clear()
        for mark in node.marks:
            for group in node.groups:
                found = self._under(mark, group)
                if id_ in found:
                    found.remove(id_)

    def _meet(self, id_: str, node: Node, *, later: bool) -> None:
        """Tie a fact to all that are there."""
        ground = self.ground
        one, by_id, order = ground.by_id[id_], ground.by_id, ground.order
        here, own = order(id_), self._own(id_)
        groups = frozenset(ground.finding.seeks(one, node, later=later))
        if ground.is_new:  # all that is found is at hand
            near = {
                other
                for mark in node.marks
                for group in groups & self._places.get(mark, NOWHERE)
                for other in self._found[mark, group]
            }
        else:
            near = {other for mark in node.marks for group in groups for other in self._under(mark, group)}
        near.discard(
            id_
        )  # two marks that no database takes as they are may be one there, and it be left under the other
        for other_id in near & by_id.keys():
            other = by_id[other_id]
            earlier, late = (one, other) if here < order(other_id) else (other, one)
            tie = self._judged(earlier, late)
            if tie:
                own[other_id] = tie
                self._own(other_id)[id_] = tie

    def _judged(self, earlier: Statement, later: Statement) -> Likeness | None:
        """The tie of two; None where there is none."""
        if isinstance(earlier.fact, Event):
            return self._events(earlier, later) if isinstance(later.fact, Event) else None
        return self._figures(earlier, later)

    def _events(self, plan: Statement, later: Statement) -> Likeness | None:
        assert isinstance(plan.fact, Event)
        assert isinstance(later.fact, Event)
        finding = self.ground.finding
        if finding.role(plan) != "plan":
            return None
        if finding.role(later) == "plan" and plan.fact.what not in finding.near(later.fact.what):
            return None
        found = self.ground.one_thing.likeness(plan, later, least=FEW - 1e-9)
        if found.whole >= TWIN or (not found.spoken and found.items and (not found.bare or found.share >= SURE)):
            return found
        return NONE if self.same_meeting(plan, later) else None

    def same_meeting(self, one: Statement, other: Statement) -> bool:
        """Whether both are of one meeting itself, and not of what is done there."""
        sort = getattr(one.fact, "what", "")
        if sort not in self._meetings or sort != getattr(other.fact, "what", ""):
            return False
        meetings = {e.id for e in one.about if family(e.kind, self._lexicons) == "meeting"}
        return bool(meetings & {e.id for e in other.about})

    def _figures(self, one: Statement, other: Statement) -> Likeness | None:
        """A tie of two figures that count the same of one thing."""
        roles = {self.ground.finding.role(s) for s in (one, other)}
        if "aim" not in roles or unit(one) != unit(other) or apart(one, other):
            return None
        if "number" in roles:
            aim, number = (one, other) if self.ground.finding.role(one) == "aim" else (other, one)
            if is_newer(aim, number):
                return None
        elif fact(one).value != fact(other).value:
            return None
        measure = fact(one).measure
        vague = unit(one) in SHARES or is_currency(unit(one).upper()) or is_measure(unit(one), self._lexicons)
        if vague and not self._same_measure(measure, fact(other).measure, shares=unit(one) in SHARES):
            return None
        like = self.ground.one_thing.likeness(one, other, besides=stems(unit(one), self._lexicons))
        if {e.id for e in one.about} & {e.id for e in other.about}:
            return like if like.share > 0.0 else None
        return like if like.share >= ALIKE and like.items > (vague and not measure) else None

    def _same_measure(self, one: str | None, other: str | None, *, shares: bool) -> bool:
        """Whether two measures are one; a share may have none, where words tell what it is a share of."""
        if not one or not other:
            return shares and not one and not other
        known = stems(one, self._lexicons), stems(other, self._lexicons)
        return one == other or (shares and containment(*known) == 1.0)

    def keep(self) -> None:
        """Keep what was made, for the next run."""
        run, scope = self.ground.store.connection.executemany, self.scope
        found = sorted(self._found.items())
        empty = ((scope, *map(whole, key)) for key, ids in found if not ids)
        run("DELETE FROM ledger_found WHERE scope = ? AND mark = ? AND place = ?", empty)
        full = ((scope, *map(whole, key), packed(ids)) for key, ids in found if ids)
        run("INSERT OR REPLACE INTO ledger_found VALUES (?, ?, ?, ?)", full)
        ties = sorted(self._ties.items())
        run("DELETE FROM ledger_ties WHERE scope = ? AND id = ?", ((scope, id_) for id_, known in ties if not known))
        run(
            "INSERT OR REPLACE INTO ledger_ties VALUES (?, ?, ?)",
            ((scope, id_, packed(known)) for id_, known in ties if known),
        )
        self._found.clear()
        self._ties.clear()
        self._before.clear()
