"""A difference for programs; `difference.schema.json` beside this module says what every key holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator import telling, telling_changes
from generator.aggregate.corrections import Turn
from generator.aggregate.difference import Difference, FactChange, NameChange, SourceChange, TopicChange, by_topic
from generator.base import Conflict
from generator.changelog.headline import headline
from generator.model import mapping

FORMAT = 1
"""Version of the format; it changes where a key goes or means something else."""


def as_json(found: Difference, revision: str, to: str = "") -> str:
    """One JSON object, in ASCII so that no terminal acts on it; `to` is empty where it is the files on disk."""
    topics = {c.statement.fact.id: title for title, group in by_topic(found, found.facts) for c in group}
    made = {
        "format": FORMAT,
        "from": revision,
        "to": to or None,
        "title": headline(found),
        "sources": [_source(change) for change in found.sources],
        "facts": [_fact(change, found, topics) for change in found.facts],
        "opened": [_conflict(conflict, found) for conflict in found.opened],
        "settled": [_conflict(settled.conflict, found) | {"taken": settled.taken} for settled in found.settled],
        "names": [_name(change) for change in found.names],
        "topics": [_topic(change) for change in found.topics],
        "beyond": [{"change": b.what, "fact": b.pair.new.fact.id, "older": b.pair.old.fact.id} for b in found.beyond],
        "differing": [
            {"on": list(c.differ), "sides": [[s.fact.id for s in side.statements] for side in c.sides]}
            for c in found.differing
        ],
        "unread": list(found.unread),
    }
    return json.dumps(made, indent=2) + "\n"


def _source(change: SourceChange) -> dict[str, Any]:
    source, turned = change.source, ((t.key, t.read, t.stands) for t in change.turns)
    return {
        "change": change.what,
        "id": source.id,
        "date": source.date,
        "publisher": source.publisher,
        "title": source.title,
        "facts": dict(change.news.counts) if change.news else {},
        "names": [entity.id for entity in change.news.names] if change.news else [],
        "rewritten": change.rewritten,
        "keys": _keys(turned),
    }


def _fact(change: FactChange, found: Difference, topics: dict[str, str]) -> dict[str, Any]:
    s, briefing, what = change.statement, found.after if change.after else found.before, telling_changes.change(change)
    return {
        "change": change.what,
        "called": what,
        "by_hand": change.by_hand,
        "id": s.fact.id,
        "kind": s.fact.kind,
        "source": s.source.id,
        "topic": topics.get(s.fact.id) or None,
        "text": None if what == "deleted" else telling_changes.said(s, briefing),
        "citation": telling.citation(s),
        "review": change.review or None,
        "keys": _keys((turn.key, *_sides(turn, change, found)) for turn in change.turns),
    }


def _sides(turn: Turn, change: FactChange, found: Difference) -> tuple[object, object]:
    """The values of a key; those that may hold an article's words as far as these are published."""
    if turn.key not in telling.MAY_QUOTE:
        return turn.read, turn.stands
    old, new = (change.before or change.statement, found.before), (change.statement, found.after)
    sides = ((turn.read, *old), (turn.stands, *new))
    read, stands = (None if v is None else telling.value(turn.key, v, s, briefing) for v, s, briefing in sides)
    return read, stands


def _keys(turned: Iterable[tuple[str, object, object]]) -> list[dict[str, object]]:
    return [{"key": key, "old": old, "new": new} for key, old, new in turned]


def _conflict(conflict: Conflict, found: Difference) -> dict[str, Any]:
    stands, reads = telling_changes.sides(conflict, found)
    return {
        "source": conflict.source,
        "fact": None if conflict.fact == "source" else conflict.fact,
        "key": conflict.key or None,
        "stands": stands,
        "reads": reads,
        "rule": conflict.rule,
    }


def _topic(change: TopicChange) -> dict[str, Any]:
    keys = _keys((turn.key, turn.read, turn.stands) for turn in change.turns)
    return {"change": change.what, "id": change.topic.id, "title": change.topic.title, "keys": keys}


def _name(change: NameChange) -> dict[str, Any]:
    old, new = (mapping(entity) if entity else {} for entity in (change.before, change.after))
    changed = [key for key in dict.fromkeys([*new, *old]) if old.get(key) != new.get(key)]
    return {
        "change": change.what,
        "id": change.entity.id,
        "name": change.entity.name,
        "kind": change.entity.kind,
        "keys": _keys((key, old.get(key), new.get(key)) for key in changed) if old and new else [],
    }
