"""What changed from one state of a briefing to another: sources, facts, reviews, questions, names, and what goes beyond older words.

Everything is matched by its id, so the work grows with the two briefings and not with their product. What could not be read
on either side is named, and nothing is told of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from generator.aggregate.changes import Newer, News, changes
from generator.aggregate.contradictions import Contradiction, contradictions
from generator.aggregate.corrections import Turn, turns
from generator.aggregate.subjects import subjects
from generator.base import Conflict
from generator.link import Briefing
from generator.model import NAME_KEYS, Entity, Fact, Source, Topic, key, mapping
from generator.statement import Statement, follow

UNTOLD = ("seed", "sha256")
"""Keys of a source that tell a reader nothing; that its text changed is told in words."""
NAMED = frozenset(map(key, NAME_KEYS))


@dataclass(frozen=True)
class SourceChange:
    """A source that came, went, or is told of otherwise."""

    before: Source | None
    after: Source | None
    turns: tuple[Turn, ...] = ()
    """Keys with what stood there and what stands there now."""
    rewritten: bool = False
    """Whether the text of its article is another."""
    news: News | None = None
    """What a new one brought, with its counts and names."""

    @property
    def what(self) -> str:
        """`new`, `changed` or `removed`."""
        return _what(self.before, self.after)

    @property
    def source(self) -> Source:
        """As it is, or was last."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True)
class FactChange:
    """A fact that came, went, or says something else."""

    before: Statement | None
    after: Statement | None
    turns: tuple[Turn, ...] = ()
    """Keys with what stood there and what stands there now, those of its review left out."""
    by_hand: bool = False
    """Whether a person did it: added or deleted the fact, or gave a key that changed a value that the machine does not read."""

    @property
    def what(self) -> str:
        """`new`, `changed` or `removed`."""
        return _what(self.before, self.after)

    @property
    def statement(self) -> Statement:
        """As it is, or was last."""
        found = self.after or self.before
        assert found
        return found

    @property
    def review(self) -> str:
        """`confirmed`, `disputed`, `retracted`, or `unreviewed` again, where the review is another one; else empty."""
        old, new = (s.fact.review if s else "unreviewed" for s in (self.before, self.after))
        return new if self.after and new != old else ""

    @property
    def is_mere_review(self) -> bool:
        """Whether somebody reviewed it, with a note at most, and changed nothing that it states."""
        return bool(self.before and self.review) and all(turn.key == "note" for turn in self.turns)


@dataclass(frozen=True)
class Settled:
    """A question that was open and is not any more."""

    conflict: Conflict
    taken: bool
    """Whether what the machine read anew stands now."""


@dataclass(frozen=True)
class NameChange:
    """An entry of the registry that came, went, or is another."""

    before: Entity | None
    after: Entity | None

    @property
    def what(self) -> str:
        """`new`, `removed`, `merged`, `confirmed`, `renamed` or `changed`: the weightiest that holds."""
        if not self.before or not self.after:
            return _what(self.before, self.after)
        if self.after.merged_into and not self.before.merged_into:
            return "merged"
        if self.after.status == "confirmed" != self.before.status:
            return "confirmed"
        return "renamed" if self.after.name != self.before.name else "changed"

    @property
    def entity(self) -> Entity:
        """As it is, or was last."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True)
class TopicChange:
    """A curated topic that came, went, or is another."""

    before: Topic | None
    after: Topic | None
    turns: tuple[Turn, ...] = ()
    """Its title, its lead and the keys of its selector, with what stood there and what stands there now."""

    @property
    def what(self) -> str:
        """`new`, `changed` or `removed`."""
        return _what(self.before, self.after)

    @property
    def topic(self) -> Topic:
        """As it is, or was last."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True)
class Beyond:
    """A statement that goes beyond an older one, which it did not before."""

    what: str
    """`newer-figure`, `another-date` or `reported-since`."""
    pair: Newer


@dataclass(frozen=True)
class Difference:
    """All that changed, each part in the order in which pages show it."""

    before: Briefing = field(repr=False, compare=False)
    after: Briefing = field(repr=False, compare=False)
    sources: tuple[SourceChange, ...] = ()
    """New ones first, the newest before older ones."""
    facts: tuple[FactChange, ...] = ()
    opened: tuple[Conflict, ...] = ()
    """Questions between a person and the machine that were not open before."""
    settled: tuple[Settled, ...] = ()
    names: tuple[NameChange, ...] = ()
    topics: tuple[TopicChange, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    differing: tuple[Contradiction, ...] = ()
    """Contradictions of sources that are new, or have another side."""
    unread: tuple[str, ...] = ()
    """Sources whose fact files could not be read whole, before or now."""

    def __bool__(self) -> bool:
        told = (self.sources, self.facts, self.opened, self.settled, self.names, self.topics)
        return any((*told, self.beyond, self.differing))

    def only(self, what: str) -> tuple[FactChange, ...]:
        """The facts that are `new`, `changed` or `removed`."""
        return tuple(change for change in self.facts if change.what == what)


def difference(before: Briefing, after: Briefing) -> Difference:
    """What changed from `before` to `after`; words of both are told as the settings of `after` have it."""
    before = before if before.settings == after.settings else replace(before, settings=after.settings)
    unread = tuple(dict.fromkeys([*_unread(before), *_unread(after)]))
    facts, names = tuple(_facts(before, after, unread)), tuple(_names(before, after))
    # What follows from facts and names is the same where they are; it takes most of the time.
    moved = bool(facts or names) or before.sources != after.sources
    news = changes(after) if moved else ()
    return Difference(
        before=before,
        after=after,
        sources=tuple(_sources(before, after, news, unread)),
        facts=facts,
        opened=tuple(_opened(before, after)),
        settled=tuple(_settled(before, after)),
        names=names,
        topics=tuple(_topics(before, after)),
        beyond=tuple(_beyond(changes(before), news)) if moved else (),
        differing=tuple(_differing(before, after)) if moved else (),
        unread=unread,
    )


def by_topic(found: Difference, facts: Iterable[FactChange]) -> list[tuple[str, list[FactChange]]]:
    """Changes of facts under the titles of their topics, each under its first; those of none under an empty title, last."""
    now, then = subjects(found.after), subjects(found.before)
    groups: dict[str, list[FactChange]] = {topic.title: [] for topic in found.after.topics}
    for change in facts:
        id_ = change.statement.fact.id
        known = now.get(id_) or then.get(id_) or ()
        groups.setdefault(next((s.title for s in known if s.group == "topic"), ""), []).append(change)
    none = groups.pop("", [])
    return [(title, group) for title, group in (*groups.items(), ("", none)) if group]


def _differing(before: Briefing, after: Briefing) -> Iterator[Contradiction]:
    known = {found.id: len(found.sides) for found in contradictions(before)}
    return (found for found in contradictions(after) if len(found.sides) > known.get(found.id, 0))


def _what(before: object, after: object) -> str:
    return "changed" if before and after else "new" if after else "removed"


def _unread(briefing: Briefing) -> Iterator[str]:
    return (id_ for id_, file in briefing.files.items() if file.broken or file.bad_ids or file.nameless)


def _sources(
    before: Briefing, after: Briefing, brought: Iterable[News], unread: Collection[str]
) -> Iterator[SourceChange]:
    for news in brought:
        if news.source.id not in before.sources:
            yield SourceChange(None, news.source, news=news)
    for id_, now in after.sources.items():
        was = before.sources.get(id_)
        if was and was != now and id_ not in unread:
            yield SourceChange(was, now, _turned(mapping(was), mapping(now), UNTOLD), was.sha256 != now.sha256)
    for id_, was in before.sources.items():
        if id_ not in after.sources:
            yield SourceChange(was, None)


def _turned(old: Mapping[str, object], new: Mapping[str, object], without: Iterable[str]) -> tuple[Turn, ...]:
    names = (name for name in dict.fromkeys([*new, *old]) if name not in without and old.get(name) != new.get(name))
    return tuple(Turn(name, old.get(name), new.get(name)) for name in names)


def _written(briefing: Briefing) -> dict[str, Fact]:
    """Facts as they stand in their files, whatever a view of the briefing leaves out of them."""
    return {fact.id: fact for file in briefing.files.values() for fact in file.facts}


def _facts(before: Briefing, after: Briefing, unread: Collection[str]) -> Iterator[FactChange]:
    old = {s.fact.id: s for s in before.statements}
    was, now = _written(before), _written(after)
    there = {s.fact.id for s in after.statements}
    for s in after.statements:
        id_, known = s.fact.id, old.get(s.fact.id)
        fact = now.get(id_, s.fact)
        if not known:
            if s.source.id not in unread or s.source.id not in before.sources:
                yield FactChange(None, s, by_hand=_is_added(s, after))
            continue
        one = was.get(id_, known.fact)
        if one != fact:
            turned = tuple(turn for turn in turns(one, fact) if not _is_merged(turn, after))
            if turned or one.review != fact.review:
                yield FactChange(known, s, turned, _is_edited(turned, s, after))
    for s in before.statements:
        if s.fact.id not in there and (s.source.id not in unread or s.source.id not in after.sources):
            yield FactChange(s, None, by_hand=s.fact.id in after.readings.get(s.source.id, ()))


def _is_added(statement: Statement, after: Briefing) -> bool:
    read = after.readings.get(statement.source.id)
    return bool(read) and statement.fact.id not in (read or ())


def _is_edited(turned: Iterable[Turn], statement: Statement, after: Briefing) -> bool:
    """Whether a key that changed has a value that the machine does not read."""
    found = after.readings.get(statement.source.id, {}).get(statement.fact.id)
    read = mapping(found.fact) if found else {}
    return any(read.get(turn.key) != turn.stands for turn in turned)


def _is_merged(turn: Turn, after: Briefing) -> bool:
    """Whether a key names the same as before, since an entry became part of another."""

    def followed(value: object) -> list[str]:
        ids = value if isinstance(value, list) else [value]
        found = ((id_, follow(str(id_), after.registry)) for id_ in ids)
        return list(dict.fromkeys(entity.id if entity else str(id_) for id_, entity in found))

    return turn.key in NAMED and bool(turn.read) and followed(turn.read) == followed(turn.stands)


def _opened(before: Briefing, after: Briefing) -> Iterator[Conflict]:
    known = {(c.source, c.fact, c.key, c.ours, c.theirs) for c in before.conflicts}
    return (c for c in after.conflicts if (c.source, c.fact, c.key, c.ours, c.theirs) not in known)


def _settled(before: Briefing, after: Briefing) -> Iterator[Settled]:
    left = {(c.source, c.fact, c.key) for c in after.conflicts}
    facts = _written(after)
    for c in before.conflicts:
        if (c.source, c.fact, c.key) not in left:
            yield Settled(c, _is_taken(c, after, facts.get(c.fact)))


def _is_taken(conflict: Conflict, after: Briefing, fact: Fact | None) -> bool:
    record: Fact | Source | None = after.sources.get(conflict.source) if conflict.fact == "source" else fact
    if not conflict.key or not record:  # the whole fact: read no longer, and gone
        return not record
    stands = mapping(record).get(conflict.key)
    told = tuple(map(str, stands)) if isinstance(stands, list) else None if stands is None else str(stands)
    return told == conflict.theirs


def _names(before: Briefing, after: Briefing) -> Iterator[NameChange]:
    for id_, now in after.registry.items():
        was = before.registry.get(id_)
        if was != now:
            yield NameChange(was, now)
    for id_, was in before.registry.items():
        if id_ not in after.registry:
            yield NameChange(was, None)


def _topics(before: Briefing, after: Briefing) -> Iterator[TopicChange]:
    old, new = ({topic.id: topic for topic in briefing.topics} for briefing in (before, after))
    for id_, now in new.items():
        was = old.get(id_)
        if was != now:
            yield TopicChange(was, now, _turned(_said(was), _said(now), ()) if was else ())
    for id_, was in old.items():
        if id_ not in new:
            yield TopicChange(was, None)


def _said(topic: Topic) -> dict[str, object]:
    """What a topic's entry says by key; of an absent key nothing."""
    selected = {key(field.name): getattr(topic.facts, field.name) for field in fields(topic.facts)}
    return {k: v for k, v in {"title": topic.title, "lead": topic.lead, **selected}.items() if v}


def _beyond(before: Iterable[News], after: Iterable[News]) -> Iterator[Beyond]:
    known = {(what, pair.new.fact.id, pair.old.fact.id) for news in before for what, pair in news.beyond()}
    for news in after:
        for what, pair in news.beyond():
            if (what, pair.new.fact.id, pair.old.fact.id) not in known:
                yield Beyond(what, pair)
