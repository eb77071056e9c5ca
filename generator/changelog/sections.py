"""A difference as sections of entries in plain words; the forms only write them down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import edtf, phrases, telling, telling_changes
from generator.aggregate.corrections import Turn
from generator.aggregate.difference import Difference, FactChange, NameChange, SourceChange, by_topic
from generator.base import Conflict
from generator.model import Entity, mapping
from generator.registry import family

NAMES = 12
"""Names that one entry lists."""
ORDER = (
    "retracted",
    "disputed",
    "deleted",
    "corrected",
    "added",
    "removed",
    "changed",
    "confirmed",
    "unreviewed",
    "new",
)
"""What a reviewer should see first, among the changes of facts."""


@dataclass(frozen=True)
class Entry:
    """One change: how it is called, what it is, and what stands below it."""

    label: str
    words: str
    citation: str = ""
    id: str = ""
    """What to look for in the files: the id of a fact or source."""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Changes of one sort, or of one topic's facts."""

    title: str
    entries: tuple[Entry, ...]


def sections(found: Difference) -> tuple[Section, ...]:
    """All that changed; what a person has to do comes first."""
    made = [
        Section("To settle", tuple(_asked(conflict, found) for conflict in found.opened)),
        Section("Sources", tuple(_source(change, found) for change in found.sources)),
        Section("Where sources differ", tuple(_differing(found))),
        Section("Beyond what older sources say", tuple(_beyond(found))),
        *(Section(title, tuple(_facts(group, found))) for title, group in _topics(found)),
        Section("Settled", tuple(_settled(found))),
        Section("Names", tuple(_names(found))),
        Section("Topics", tuple(_curated(found))),
        Section("Not compared", tuple(_unread(found))),
    ]
    return tuple(section for section in made if section.entries)


def _topics(found: Difference) -> Iterator[tuple[str, list[FactChange]]]:
    for title, group in by_topic(found, found.facts):
        yield (f"Facts: {title}" if title else "Facts of no topic"), group


def _asked(conflict: Conflict, found: Difference) -> Entry:
    """A question, and how it is answered."""
    ours, theirs = map(_shown, telling_changes.sides(conflict, found))
    if conflict.rule == "no-longer-extracted":
        words = "read no longer; yours stands"
    else:
        words = f"{conflict.key or 'the whole fact'}: yours {ours}, read anew {theirs}"
    command = " ".join(filter(None, ("briefing settle", conflict.subject, conflict.key)))
    return Entry(telling_changes.label("to-settle", found.after), words, "", command, _of(conflict, found))


def _shown(value: telling_changes.Shown) -> str:
    if value is None:
        return "nothing"
    text = ", ".join(value) if isinstance(value, tuple) else value
    return text if text.startswith("“") or text == telling.WITHHELD else f"“{text}”"


def _of(conflict: Conflict, found: Difference) -> tuple[str, ...]:
    """The sentence of the fact that a question is about."""
    s = telling_changes.asked(conflict, found)
    return (f"{telling_changes.said(s, found.after)} ({telling.citation(s)})",) if s else ()


def _settled(found: Difference) -> Iterator[Entry]:
    for settled in found.settled:
        conflict = settled.conflict
        label = telling_changes.label("taken" if settled.taken else "kept", found.after)
        words = f"{conflict.key or 'the whole fact'}: {_shown(telling_changes.sides(conflict, found)[settled.taken])}"
        yield Entry(label, words, "", conflict.subject, _of(conflict, found))


def _source(change: SourceChange, found: Difference) -> Entry:
    source, briefing = change.source, found.after if change.after else found.before
    label = telling_changes.label("new", briefing) if change.what == "new" else phrases.sentence_case(change.what)
    title = telling.source_title(source.id, briefing)
    cited = f"{telling.publisher_name(source.id, briefing)}, {edtf.human(source.date)}"
    more = [f"{turn.key}: {_value(turn.read)} → {_value(turn.stands)}" for turn in change.turns]
    more += ["the text of the article is another"] if change.rewritten else []
    if change.news:
        counts = change.news.counts.items()
        kinds = (phrases.plural(n, phrases.label("kind", kind, briefing.lexicons).lower()) for kind, n in counts)
        more.append(", ".join(kinds) or "no facts")
        if change.news.names:
            first = telling_changes.label("first-named", briefing)
            more.append(f"{first}: {_listed([entity.name for entity in change.news.names])}")
    return Entry(label, title, "" if title == cited else cited, source.id, tuple(more))


def _value(value: object) -> str:
    """A value as people read it, whatever YAML holds it in."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_value(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return "nothing" if value is None else str(value)


def _listed(names: list[str]) -> str:
    left = len(names) - NAMES
    return ", ".join(names[:NAMES]) + (f" and {phrases.plural(left, 'other')}" if left > 0 else "")


def _beyond(found: Difference) -> Iterator[Entry]:
    briefing = found.after
    for beyond in found.beyond:
        new, gist = beyond.pair.new, telling_changes.gist(beyond.what, beyond.pair, briefing)
        words = f"{gist} {telling_changes.said(new, briefing)}"
        yield Entry(telling_changes.label(beyond.what, briefing), words, telling.citation(new), new.fact.id)


def _differing(found: Difference) -> Iterator[Entry]:
    """What cannot all be right, each side with its sources."""
    for differing in found.differing:
        sides = []
        for side in differing.sides:
            first, others = side.first, len(side.sources) - 1
            cited = telling.citation(first) + (f" and {phrases.plural(others, 'other source')}" if others else "")
            sides.append(f"{telling_changes.said(first, found.after)} ({cited})")
        label, on = telling_changes.label("differ", found.after), " and ".join(differing.differ)
        yield Entry(label, f"on the {on}", "", differing.sides[0].first.fact.id, tuple(sides))


def _facts(group: Iterable[FactChange], found: Difference) -> Iterator[Entry]:
    ranked = ((ORDER.index(telling_changes.change(change)), change) for change in group)
    for _, change in sorted(ranked, key=lambda pair: pair[0]):
        yield _fact(change, found)


def _fact(change: FactChange, found: Difference) -> Entry:
    """A fact; of one that a person deleted only its kind, as whoever wants its reason told retracts it."""
    s, briefing, what = change.statement, found.after if change.after else found.before, telling_changes.change(change)
    label = telling_changes.label(what, briefing)
    if what == "deleted":
        return Entry(label, phrases.label("kind", s.fact.kind, briefing.lexicons), telling.citation(s), s.fact.id)
    more = [telling_changes.turned(turn, change, found) for turn in change.turns]
    if change.review and change.after:
        by = telling_changes.reviewed(change.review, s.fact.reviewed_by, s.fact.reviewed_on, briefing)
        more = [*([by] if by != label else []), *more]
    return Entry(label, telling_changes.said(s, briefing), telling.citation(s), s.fact.id, tuple(more))


def _names(found: Difference) -> Iterator[Entry]:
    for what in ("merged", "renamed", "confirmed", "changed", "removed", "new"):
        changes = [(change, _keys(change)) for change in found.names if change.what == what]
        label = phrases.sentence_case(what)
        alone = [(c, keys) for c, keys in changes if keys or what in ("merged", "renamed", "changed")]
        yield from (Entry(label, _renamed(c, found), "", c.entity.id, keys) for c, keys in alone)
        others = [_kind(change.entity, found) for change, keys in changes if (change, keys) not in alone]
        if others:
            yield Entry(label, _listed(others))


def _renamed(change: NameChange, found: Difference) -> str:
    was, now = change.before, change.after
    assert was
    assert now
    if change.what == "merged":
        into = found.after.registry.get(now.merged_into or "")
        return f"{was.name} into {into.name if into else now.merged_into}"
    return f"{was.name} → {now.name}" if change.what == "renamed" else now.name


def _keys(change: NameChange) -> tuple[str, ...]:
    """What else of an entry is another."""
    if change.what == "merged" or not change.before or not change.after:
        return ()
    old, new = mapping(change.before), mapping(change.after)
    told = {"renamed": "name", "confirmed": "status"}.get(change.what)
    names = (name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name) and name != told)
    turned = (Turn(name, old.get(name), new.get(name)) for name in names)
    return tuple(f"{turn.key}: {_value(turn.read)} → {_value(turn.stands)}" for turn in turned)


def _curated(found: Difference) -> Iterator[Entry]:
    for what in ("changed", "removed", "new"):
        for change in found.topics:
            if change.what == what:
                more = tuple(f"{turn.key}: {_value(turn.read)} → {_value(turn.stands)}" for turn in change.turns)
                yield Entry(phrases.sentence_case(what), change.topic.title, "", change.topic.id, more)


def _kind(entity: Entity, found: Difference) -> str:
    return f"{entity.name} ({family(entity.kind, found.after.lexicons) or entity.kind})"


def _unread(found: Difference) -> Iterator[Entry]:
    for id_ in found.unread:
        words = "its fact file cannot be read whole, now or before; briefing check tells what is wrong"
        yield Entry("Unread", words, "", id_)
