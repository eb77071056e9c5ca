"""What a run would change in the fact files, fact by fact, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.base import Base
from generator.facts import FactFile
from generator.model import Fact, Source, mapping
from generator.threeway import shown
from generator.update import Plan

TO_SETTLE = "to settle"
SOURCE = "source"
Value = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that would be added, changed or removed."""

    source: str
    fact: str
    what: str
    """`new`, `changed`, `removed`, or `to settle` where what stands would stay and a person be asked."""
    keys: tuple[tuple[str, Value, Value], ...] = ()
    """Key, what stands there, what would stand there."""
    rule: str = ""
    """By which rule the fact is read now; empty where it is read no more."""
    by_hand: bool = False
    """Whether a person wrote in this fact before; what they wrote stays."""

    def __str__(self) -> str:
        head = f"{self.what} {self.fact}" + (", edited by hand" if self.by_hand else "")
        head += f" ({self.rule})" if self.rule else ""
        return "\n".join([head, *(f"  {key}: {_told(old)} → {_told(new)}" for key, old, new in self.keys)])


def _told(value: Value) -> str:
    return "nothing" if value is None else ", ".join(value) if isinstance(value, tuple) else value


def changes(plans: Mapping[str, Plan], files: Mapping[str, FactFile], bases: Mapping[str, Base]) -> Iterator[Change]:
    """The changes that plans would make in `files`, by source, in the order of the text."""
    for source, plan in sorted(plans.items()):
        was = _facts(files.get(source))
        now = _facts(plan.file)
        rules = {known.id: known.found.rule for known in (bases[source].facts if source in bases else ())}
        rules |= {found.fact.id: found.rule for found in plan.extraction.facts}
        hand = plan.merged.by_hand
        if sourced := _keys(_source(files.get(source)), _source(plan.file)):
            yield Change(source=source, fact=SOURCE, what="changed", keys=sourced)
        for id_ in plan.merged.new:
            yield Change(source=source, fact=id_, what="new", keys=_keys(None, now.get(id_)), rule=rules.get(id_, ""))
        for id_ in plan.merged.changed:
            if keys := _keys(was.get(id_), now.get(id_)):
                yield Change(
                    source=source, fact=id_, what="changed", keys=keys, rule=rules.get(id_, ""), by_hand=id_ in hand
                )
        for id_ in plan.merged.removed:
            yield Change(source=source, fact=id_, what="removed", keys=_keys(was.get(id_), None), by_hand=id_ in hand)
        known = bases[source].conflicts if source in bases else ()
        for conflict in plan.conflicts:
            if conflict not in known:
                yield Change(
                    source=source,
                    fact=conflict.subject,
                    what=TO_SETTLE,
                    keys=((conflict.key or "fact", conflict.ours, conflict.theirs),),
                    rule=rules.get(conflict.fact, ""),
                    by_hand=conflict.rule != "no-longer-extracted" or conflict.fact in hand,
                )


def _facts(file: FactFile | None) -> dict[str, Fact]:
    return {fact.id: fact for fact in file.facts} if file else {}


def _source(file: FactFile | None) -> Source | None:
    """What a file says of its source; a hash tells nobody anything."""
    return replace(file.source, sha256="") if file else None


def _keys(was: Fact | Source | None, now: Fact | Source | None) -> tuple[tuple[str, Value, Value], ...]:
    old, new = (mapping(record) if record else {} for record in (was, now))
    if not (was and now):  # what comes or goes is told by its sentence
        return tuple((name, shown(old.get(name)), shown(new.get(name))) for name in ("text",) if name in old | new)
    names = dict.fromkeys([*old, *new])
    return tuple((name, shown(old.get(name)), shown(new.get(name))) for name in names if old.get(name) != new.get(name))


def summary(found: list[Change]) -> str:
    """`37 facts would change, 4 of them edited by hand; 2 readings would wait to be settled. Nothing was written.`"""
    asked = sum(change.what == TO_SETTLE for change in found)
    changed = [change for change in found if change.what != TO_SETTLE and change.fact != SOURCE]
    hand = sum(change.by_hand for change in changed)
    count = "1 fact" if len(changed) == 1 else f"{len(changed):,} facts"
    told = f"{count} would change, {hand:,} of them edited by hand" if changed else "No fact would change"
    told += f"; {asked:,} {'reading' if asked == 1 else 'readings'} would wait to be settled" if asked else ""
    return f"{told}. Nothing was written." if found else f"{told}."
