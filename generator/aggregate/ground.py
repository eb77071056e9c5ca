"""What the ledger stands on, and what of it is another since it was last made: articles, names, and how many events tell a word.

A source is as it was if its text and all its statements are. What else tells of what its statements are: names that other names stand for
(`aggregate.one_name`), places that places lie in, and the weights of words. Whoever depends on one of these that is another is *shaken*,
and judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from msgspec import Struct
from msgspec.msgpack import Decoder
from msgspec.structs import replace

from generator.aggregate.compared import compared
from generator.aggregate.courses import order
from generator.aggregate.node import Finding, Node
from generator.aggregate.one_name import in_stems, one_name
from generator.aggregate.one_thing import OneThing, Weights, lies_in
from generator.aggregate.thing import Thing, Things
from generator.link import Briefing
from generator.statement import Statement
from generator.store import digest, packed

RECENT = 6000
"""Nodes at hand at once."""


TABLES = {
    "ledger_sources": "scope TEXT, id TEXT, key BLOB, facts BLOB, PRIMARY KEY (scope, id)",
    "ledger_nodes": "scope TEXT, id TEXT, value BLOB, PRIMARY KEY (scope, id)",
    "ledger_found": "scope TEXT, mark TEXT, place TEXT, ids BLOB, PRIMARY KEY (scope, mark, place)",
    "ledger_ties": "scope TEXT, id TEXT, value BLOB, PRIMARY KEY (scope, id)",
}
STATES = ("names", "one", "words", "events", "courses", "claims", "aims")
"""What is kept in one piece each."""


class Name(Struct, frozen=True, array_like=True):
    """What is kept of an entity."""

    record: bytes
    words: str


_NODE = Decoder(Node)
_NAMES = Decoder(dict[str, Name])
_ONE = Decoder(dict[str, str])
_COUNTS = Decoder(dict[str, int])
_IDS = Decoder(tuple[str, ...])


class Ground:
    """Statements as the ledger compares them; made once a run, and kept by `keep`."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing, self.scope = briefing, briefing.edition
        self.store = briefing.store
        self._make_tables()
        self.by_id: Mapping[str, Statement] = compared(briefing).statements
        self.touched: set[str] = set()
        """Facts that are there now or were, in sources that are not as they were."""
        self.words_shaken: set[str] = set()
        """Words that weigh more or less than they did."""
        self.names_shaken: set[str] = set()
        """Ids that mean, or lie in, something else than they did."""
        self._orders: dict[str, tuple[object, ...]] = {}
        self._made: dict[str, bytes] = {}
        self._recent: dict[str, Node] = {}
        self._sources: list[tuple[str, bytes, bytes]] = []
        self._gone: list[str] = []
        self._find_sources()
        self._find_names()
        self.things = Things(briefing)
        self.finding = Finding(self.things, briefing.lexicons)
        self.before = {id_: node for id_ in sorted(self.touched) if (node := self._kept(id_))}
        """What was kept of touched facts."""
        self.fresh = {id_ for id_ in self.touched if id_ in self.by_id and self.finding.is_node(self.by_id[id_])}
        """Touched facts that are there and have nodes."""
        counts, events = self._counted()
        weights, kept = Weights(counts, events), self.store.state(f"ledger events {self.scope}")
        self.is_new = kept is None or weights.rare != Weights({}, int(kept)).rare
        """Whether nothing that is kept is of use: there is nothing, or all words weigh more or less than they did."""
        if self.is_new:
            self.fresh = {id_ for id_, s in self.by_id.items() if self.finding.is_node(s)}
        self.one_thing = OneThing(briefing, self.things, self.thing, weights)

    def _make_tables(self) -> None:
        """Make the tables if there are none; empty them if the lexicons are others than those by which they were made."""
        for name, columns in TABLES.items():
            self.store.table(name, columns)
        lexicons = self.briefing.lexicons.digest
        if self.store.state(f"ledger lexicons {self.scope}") != lexicons:
            for name in TABLES:
                self.store.connection.execute(f"DELETE FROM {name} WHERE scope = ?", (self.scope,))
            self.store.stage("").drop(f"ledger {name} {self.scope}" for name in STATES)
            self.store.keep({f"ledger lexicons {self.scope}": lexicons})

    # What is another

    def _find_sources(self) -> None:
        """Compare sources by the digests of their text and statements."""
        found: dict[str, list[Statement]] = {id_: [] for id_ in self.briefing.sources}
        for s in self.briefing.current:
            found[s.source.id].append(s)
        rows = self.store.connection.execute("SELECT id, key FROM ledger_sources WHERE scope = ?", (self.scope,))
        kept = {id_: bytes(key) for id_, key in rows}
        seeds = self.briefing.seeds
        known = {} if self.scope else self.briefing.digests  # an edition leaves links to later facts out
        for id_, statements in found.items():
            seed = seeds.get(id_)
            key = known.get(id_) or digest(
                seed.sha256 if seed else "", b"".join(sorted([s.digest for s in statements]))
            )
            if kept.get(id_) != key:
                ids = [s.fact.id for s in statements]
                self._sources.append((id_, key, packed(ids)))
                self.touched.update(ids)
                self.touched.update(self._facts_of(id_) if id_ in kept else ())
        self._gone = [id_ for id_ in kept if id_ not in found]
        for id_ in self._gone:
            self.touched.update(self._facts_of(id_))

    def _facts_of(self, source: str) -> tuple[str, ...]:
        query = "SELECT facts FROM ledger_sources WHERE scope = ? AND id = ?"
        (facts,) = self.store.connection.execute(query, (self.scope, source)).fetchone()
        return _IDS.decode(facts)

    def _find_names(self) -> None:
        """Compare the registry with that of the last time, and find which names stand for one."""
        registry, state = self.briefing.registry, self.store.state(f"ledger names {self.scope}")
        kept = _NAMES.decode(state) if state else {}
        self._names: dict[str, Name] = {}
        others: set[str] = set(kept) - set(registry)
        for id_, entity in registry.items():
            record, known = (
                packed((entity.name, entity.aka, entity.kind, entity.in_, entity.merged_into)),
                kept.get(id_),
            )
            if known and known.record == record:
                self._names[id_] = known
            else:
                self._names[id_] = Name(record, in_stems(entity))
                others.add(id_)
        self.one: Mapping[str, str] = self._one()
        if others:
            self._shake(others)

    def _one(self) -> Mapping[str, str]:
        words = {id_: name.words for id_, name in self._names.items()}
        found = one_name(self.briefing.registry, words, self.briefing.lexicons)
        state = self.store.state(f"ledger one {self.scope}")
        self._one_before = before = _ONE.decode(state) if state else {}
        self.names_shaken |= {id_ for id_ in (*found, *before) if found.get(id_) != before.get(id_)}
        return found

    def _shake(self, others: Iterable[str]) -> None:
        others = frozenset(others)
        self.names_shaken |= others | {id_ for id_, other in self.one.items() if other in others}
        holding = {entity.in_ for entity in self.briefing.registry.values() if entity.in_}
        if holding & others:
            inside = (id_ for id_, entity in self.briefing.registry.items() if entity.in_)
            self.names_shaken |= {id_ for id_ in inside if lies_in(id_, self.briefing) & others}

    def _counted(self) -> tuple[Mapping[str, int], int]:
        """How many events tell each word, and how many events there are."""
        state = self.store.state(f"ledger words {self.scope}")
        before: dict[str, int] = _COUNTS.decode(state) if state else {}
        events, moved = int(self.store.state(f"ledger events {self.scope}") or 0), Counter[str]()
        for node in self.before.values():
            if node.is_event:
                moved.subtract(node.thing.wider)
                events -= 1
        for id_ in self.fresh:
            if (node := self.node(id_)).is_event:
                moved.update(node.thing.wider)
                events += 1
        counts = dict(before)
        for word, by in moved.items():
            counts[word] = counts.get(word, 0) + by
            if not counts[word]:
                del counts[word]
            if Weights.depth(counts.get(word, 0)) != Weights.depth(before.get(word, 0)):
                self.words_shaken.add(word)
        self._states = {"words": packed(counts), "events": b"%d" % events}
        return counts, events

    # Nodes

    def _kept(self, id_: str) -> Node | None:
        query = "SELECT value FROM ledger_nodes WHERE scope = ? AND id = ?"
        row = self.store.connection.execute(query, (self.scope, id_)).fetchone()
        return _NODE.decode(row[0]) if row else None

    def node(self, id_: str) -> Node:
        """What is to be kept of a fact that has a node."""
        if id_ in self._recent:
            return self._recent[id_]
        if id_ in self._made:
            found = _NODE.decode(self._made[id_])
        elif id_ in self.touched or not (kept := self._kept(id_)):
            found = self.finding.node(self.by_id[id_])
            self._made[id_] = packed(found)
        else:
            found = kept
        if len(self._recent) >= RECENT:
            for old in [*islice(self._recent, RECENT // 2)]:
                del self._recent[old]
        found = self._recent[id_] = _as_one(found, self.one)
        return found

    def node_before(self, id_: str) -> Node:
        """What was kept of a fact that had a node."""
        found = self.before.get(id_) or self._kept(id_)
        assert found
        return _as_one(found, self._one_before)

    def thing(self, id_: str) -> Thing:
        """The thing of a fact that has a node."""
        return self.node(id_).thing

    def order(self, id_: str) -> tuple[object, ...]:
        """Sorts facts by their sources, the earliest first."""
        if id_ not in self._orders:
            self._orders[id_] = order(self.by_id[id_])
        return self._orders[id_]

    def keep(self) -> None:
        """Keep what was made, for the next run; nothing else may ask for nodes then."""
        run, scope = self.store.connection.executemany, self.scope
        gone = self.before.keys() - self.fresh
        run("DELETE FROM ledger_sources WHERE scope = ? AND id = ?", ((scope, id_) for id_ in self._gone))
        run("INSERT OR REPLACE INTO ledger_sources VALUES (?, ?, ?, ?)", ((scope, *row) for row in self._sources))
        run("DELETE FROM ledger_nodes WHERE scope = ? AND id = ?", ((scope, id_) for id_ in gone))
        made = sorted(self._made.items())
        run("INSERT OR REPLACE INTO ledger_nodes VALUES (?, ?, ?)", ((scope, id_, value) for id_, value in made))
        if self.names_shaken:
            self._states |= {"names": packed(self._names), "one": packed(self.one)}
        self.store.keep({f"ledger {name} {scope}": value for name, value in self._states.items()})
        self._made.clear()
        self._recent.clear()


def _as_one(node: Node, one: Mapping[str, str]) -> Node:
    """A node whose names are those that stand for them."""
    names = node.thing.anchors
    if one.keys().isdisjoint(names):
        return node
    anchors = frozenset(one.get(id_, id_) for id_ in names)
    return replace(node, thing=replace(node.thing, anchors=anchors), marks=node.marks | anchors)
