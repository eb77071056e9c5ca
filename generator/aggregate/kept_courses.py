"""Courses as they are kept from run to run: by the ids of their statements, with all that they depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from generator.aggregate.courses import Course, Stage, State
from generator.statement import Statement


class Settled(Struct, frozen=True, array_like=True):
    """What came of a course."""

    stages: tuple[tuple[str, ...], ...]
    state: State
    told: tuple[str, ...]
    came: tuple[date, date] | None
    timely: bool
    by_hand: bool
    reports: tuple[str, ...]
    needs: tuple[str, ...]
    """Ids of all facts that it depends on, also of such as are not there."""

    def course(self, by_id: Mapping[str, Statement]) -> Course:
        """The course itself."""
        told, reports = (tuple(by_id[id_] for id_ in ids) for ids in (self.told, self.reports))
        stages = tuple(Stage(tuple(by_id[id_] for id_ in ids)) for ids in self.stages)
        return Course(stages, self.state, told, self.came, self.timely, self.by_hand, reports)


def settled(course: Course, needs: Iterable[str]) -> Settled:
    """A course to be kept; its own statements need not be among its `needs`."""
    own = (*course.statements, *course.told, *course.reports)
    return Settled(
        stages=tuple(_ids(stage.statements) for stage in course.stages),
        state=course.state,
        told=_ids(course.told),
        came=course.came,
        timely=course.timely,
        by_hand=course.by_hand,
        reports=_ids(course.reports),
        needs=tuple(dict.fromkeys((*_ids(own), *needs))),
    )


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.fact.id for s in statements)
