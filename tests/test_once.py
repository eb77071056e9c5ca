"""What is made of a briefing: once, for each its own, and gone with it."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path

from builder import make

from generator.link import Briefing
from generator.loading import load
from generator.once import once


class Made:
    """Something that holds what it was made of, as most such things do."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing


@once
def made(briefing: Briefing) -> Made:
    """Something."""
    return Made(briefing)


def test_each_briefing_has_its_own_once(tmp_path: Path) -> None:
    briefing, _ = load(make(tmp_path))
    edition = replace(briefing, edition="2031-05-02")
    assert made(briefing) is made(briefing)
    assert made(edition) is not made(briefing)
    assert made(edition).briefing is edition
    assert made.__name__ == "made"


def test_what_was_made_goes_with_the_briefing(tmp_path: Path) -> None:
    briefing, _ = load(make(tmp_path))
    held = weakref.ref(made(briefing))
    del briefing
    gc.collect()
    assert held() is None
