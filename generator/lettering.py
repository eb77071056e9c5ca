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
DOT = 5.0
"""From the middle of a dot to its rim, and a little more."""
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
    """Right, left, above and below, then a little higher or lower at the sides."""
    for over, base, anchor in (
        (gap, 4.0, "start"),
        (-gap, 4.0, "end"),
        (0.0, -gap, "middle"),
        (0.0, gap + 9, "middle"),
        *((gap, base, "start") for base in (-4.0, 13.0)),
        *((-gap, base, "end") for base in (-4.0, 13.0)),
    ):
        yield _label(x + over, y + base, words, anchor)


def _stretch(x: float, y: float, words: str, gap: float) -> Iterator[Label]:
    """The name of a stretch: on its middle, else above or below, ever farther."""
    yield _label(x, y + 4, words, "middle")
    for far in (gap, gap + LINE, gap + 2 * LINE, gap + 3 * LINE):
        yield _label(x, y - far, words, "middle")
        yield _label(x, y + far + 9, words, "middle")


def _label(x: float, base: float, words: str, anchor: Anchor) -> Label:
    wide = width(words)
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return Label(words, x, base, anchor, Box(left, base - 11, left + wide, base - 11 + LINE))


def placed(
    names: Sequence[tuple[float, float, str, bool]], frame: tuple[float, float], taken: Iterable[Box] = ()
) -> list[Label | None]:
    """A label for each name, in the order given: `x`, `y`, words, and whether it has a dot there; None where there is no room."""
    used = [*taken, *(Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y, _, is_dot in names if is_dot)]
    found: list[Label | None] = []
    for x, y, words, is_dot in names:
        candidates = _candidates(x, y, words, DOT + 3) if is_dot else _stretch(x, y, words, DOT + 3)
        fitting = (c for c in candidates if c.box.within(*frame) and not any(c.box.meets(box) for box in used))
        label = next(fitting, None)
        found.append(label)
        used += [label.box] if label else []
    return found
