"""What is made of a briefing once, and kept for as long as the briefing lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from generator.link import Briefing

T = TypeVar("T")


def once(make: Callable[[Briefing], T]) -> Callable[[Briefing], T]:
    """Have `make` called for each briefing when it is first asked for.

    The briefing itself holds what came of it: all of it goes when the briefing goes, which a cache of the function would keep
    from going, and any number of editions can be asked for in turn.
    """

    def known(briefing: Briefing) -> Any:
        made = briefing.made
        try:
            return made[make]
        except KeyError:
            found = made[make] = make(briefing)
            return found

    return update_wrapper(known, make)
