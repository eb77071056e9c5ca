"""A–Z: every name, alias and topic under its letter, the index for readers without a search box."""

from __future__ import annotations

from dataclasses import dataclass

from generator.aggregate.paging import alphabetical, letter, plain
from generator.link import Briefing
from generator.model import Entity, Topic


@dataclass(frozen=True)
class Entry:
    """A line of the index: what it says, and where it leads."""

    name: str
    entity: Entity | None
    topic: Topic | None = None
    see: bool = False
    """Whether it is an alias, which points to the name."""

    @property
    def letter(self) -> str:
        """The letter it stands under."""
        return letter(self.name)


def glossary(briefing: Briefing) -> list[Entry]:
    """All entries in alphabetical order."""
    entries = [Entry(topic.title, None, topic) for topic in briefing.topics]
    for entity in briefing.named:
        entries.append(Entry(entity.name, entity))
        aliases = (alias for alias in entity.aka if _apart(alias, entity.name))
        entries += [Entry(alias, entity, see=True) for alias in aliases]
    return sorted(entries, key=lambda e: (*alphabetical(e.name), e.see, e.entity.id if e.entity else ""))


def _apart(alias: str, name: str) -> bool:
    """Whether an alias is looked for at another place than its name: `Varga` of `Ines Varga`, not `the ministry`."""
    if plain(alias) in plain(name):
        return alias[:1].isupper() and not plain(name).startswith(plain(alias))
    return True
