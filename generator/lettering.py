"""Where names stand on a map: beside their dots, within the frame, and over neither each other nor a dot."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LINE = 14.0
"""Height of a line of letters, in units of the drawing."""
LETTER = 6.6
"""Width of a letter at the most, on average; letters of East Asian scripts are twice as wide."""
LONGEST = 24
"""Letters of a name on a map; a longer one is cut there, and stands whole in the list beside."""
Anchor = str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a point."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, width: float, height: float) -> bool:
        """Whether it lies in a frame."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place: `x` and `y` are those of its base line, at the end that `anchor` names."""

    words: str
    x: float
    y: float
    anchor: Anchor
    box: Box


def short(words: str) -> str:
    """A name as a map shows it."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def width(words: str) -> float:
    """How wide words are at the most, in units."""
    return LETTER * sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def _candidates(x: float, y: float, words: str, gap: float) -> Iterator[Label]:
    wide = width(words)
    for left, base, anchor in (
        (x + gap, y + 4, "start"),
        (x - gap - wide, y + 4, "end"),
        (x - wide / 2, y - gap, "middle"),
        (x - wide / 2, y + gap + 9, "middle"),
        (x + gap, y - 4, "start"),
        (x + gap, y + 13, "start"),
        (x - gap - wide, y - 4, "end"),
        (x - gap - wide, y + 13, "end"),
    ):
        at = {"start": left, "end": left + wide, "middle": left + wide / 2}[anchor]
        yield Label(words, at, base, anchor, Box(left, base - 11, left + wide, base - 11 + LINE))


def placed(
    names: Sequence[tuple[float, float, str, float]], frame: tuple[float, float], taken: Iterable[Box] = ()
) -> list[Label | None]:
    """A label for each name, in the order given: `x`, `y`, words, and how far from there it stands; None where there is no room."""
    dots = [Box(x - 5, y - 5, x + 5, y + 5) for x, y, _, _ in names]
    used, found = list(taken), list[Label | None]()
    for rank, (x, y, words, gap) in enumerate(names):
        others = [dot for number, dot in enumerate(dots) if number != rank]
        fitting = (
            label
            for label in _candidates(x, y, words, gap)
            if label.box.within(*frame) and not any(label.box.meets(box) for box in [*used, *others])
        )
        label = next(fitting, None)
        found.append(label)
        used += [label.box] if label else []
    return found
