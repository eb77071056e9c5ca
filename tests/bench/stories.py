"""What the articles tell of: stories that begin, are reported on, and come to an end some months later.

Articles come in rows of `ROW`. The first of a row begins a story; the next three carry on stories that began some rows ago, in an
order that is shuffled within blocks of rows; the others are stories of one article, or tell again what another article has told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .drawing import Draw, pool
from .names import Body, body, person, place, programme, speaker

ROW = 8
BLOCK = 8
"""Rows within which steps of stories are shuffled."""
BEFORE = (0, 1, 3, 10)
"""How many blocks of rows ago a story began that has come to its second, third, last step."""
FIRST = date(2031, 3, 3)
PEOPLE, BODIES, PLACES, PROGRAMMES = (30, 0.22), (30, 0.11), (20, 0.12), (8, 0.08)
"""How many are known from the beginning, and how many each article adds; not all of them are ever drawn."""


@dataclass(frozen=True)
class Cast:
    """What a kind of story is of, one of its `things` each, and which sorts of bodies it needs, by the letter that stands for one."""

    bodies: Mapping[str, Sequence[str]]
    things: Sequence[str]
    goods: Sequence[str]


TRIES = 60
SHARES = ("s", "v", "r", "r2")


@dataclass(frozen=True)
class Story:
    """Who and what it is about: the values of the letters and words in `articles.yml`."""

    kind: str
    late: bool
    values: Mapping[str, object]


@dataclass(frozen=True)
class Telling:
    """What one article has to tell: a story's step, and whether that was told before."""

    story: Story
    step: int
    copy_of: int | None = None
    """The article whose text this is a copy of."""
    again: int | None = None
    """The article that told the same, in other words."""
    contrary: bool = False
    """Whether its numbers are others than those of `again`."""


def day(index: int) -> date:
    """The day of an article: eleven every four days."""
    return FIRST + timedelta(days=index * 4 // 11)


def telling(index: int, seed: int, casts: Mapping[str, Cast]) -> Telling:
    """What the article of that index has to tell; `casts` says of every kind of story which sorts of bodies it needs."""
    row, at = divmod(index, ROW)
    if at < len(BEFORE):
        block = row // BLOCK - BEFORE[at]
        if block < 0:
            return _alone(index, seed, casts)
        turned = (row % BLOCK * (1, 3, 5, 7)[at] + at) % BLOCK
        return Telling(_story((block * BLOCK + turned) * ROW, seed, casts), at)
    draw = Draw(seed, f"again {index}")
    chance = draw.share()
    if row == 0 or chance >= 0.18:  # of half the articles: 5 % are copies, 3 % tell the same, 1 % tell it otherwise
        return _alone(index, seed, casts)
    of = (row - 1) * ROW + draw.whole(0, len(BEFORE) - 1)
    told = telling(of, seed, casts)
    if chance < 0.10:
        return replace(told, copy_of=of)
    return replace(told, again=of, contrary=chance >= 0.16)


def _alone(index: int, seed: int, casts: Mapping[str, Cast]) -> Telling:
    return Telling(_story(index, seed, casts), Draw(seed, f"alone {index}").whole(0, len(BEFORE) - 1))


def _story(began: int, seed: int, casts: Mapping[str, Cast]) -> Story:
    """The story that began with the article of that index; every value is drawn from what is known by then."""
    draw = Draw(seed, f"story {began}")
    kind = draw.one(list(casts))
    cast = casts[kind]
    chief = outsider = person(draw.rank(pool(began, *PEOPLE)))
    for _ in range(TRIES):
        if chief.body.noun in cast.bodies["O"]:
            break
        chief = person(draw.rank(pool(began, *PEOPLE)))
    bodies = {"O": chief.body}
    for letter in ("P", "Q"):
        bodies[letter] = _body(draw, began, cast.bodies[letter], list(bodies.values()))
    while outsider.body == chief.body or outsider == chief:
        outsider = person(draw.rank(pool(began, *PEOPLE)))
    here, there = (place(draw.rank(pool(began, *PLACES))) for _ in range(2))
    while there == here:
        there = place(draw.rank(pool(began, *PLACES)))
    late = draw.share() < 0.4
    return Story(
        kind,
        late,
        {
            **bodies,
            "A": chief,
            "B": speaker(bodies["O"]),
            "C": outsider,
            "X": here,
            "Y": there,
            "N": here.country,
            "t": draw.one(cast.things),
            "g": draw.one(cast.goods),
            "G": programme(draw.rank(pool(began, *PROGRAMMES))),
            **_numbers(draw),
            **_days(draw, day(began), day(began + BEFORE[-1] * BLOCK * ROW), late),
        },
    )


def _body(draw: Draw, began: int, sorts: Sequence[str], taken: Sequence[Body]) -> Body:
    """One that is not taken, and of those sorts if such a one turns up soon."""
    found: list[Body] = []
    for _ in range(TRIES):
        one = body(draw.rank(pool(began, *BODIES)))
        if one not in taken:
            found.append(one)
            if one.noun in sorts:
                break
    return found[-1]


def _numbers(draw: Draw) -> dict[str, object]:
    target = draw.whole(2, 95) * 10 ** draw.whole(2, 3)
    money, dead = draw.whole(2, 900), draw.whole(3, 90)
    return {
        "n": target,
        "n2": draw.whole(11, 99) * 1000,
        "m": target * draw.whole(5, 45) // 100,
        "m2": target * draw.whole(46, 75) // 100,
        "m3": target * draw.whole(76, 99) // 100,
        "k": draw.whole(3, 11),
        "k2": draw.whole(12, 24),
        "s": draw.whole(12, 92),
        "s2": draw.whole(20, 900),
        "v": draw.whole(21, 58),
        "r": draw.whole(4, 19),
        "r2": draw.whole(1, 3),
        "c": money,
        "c2": money * draw.whole(105, 160) // 100,
        "d": dead,
        "d2": dead + draw.whole(1, 40),
    }


def _days(draw: Draw, begun: date, out: date, late: bool) -> dict[str, object]:
    return {
        "begun": begun,
        "due": out - timedelta(days=draw.whole(20, 90) if late else draw.whole(-40, 3)),
        "past": begun - timedelta(days=draw.whole(25, 150)),
        "old2": date(draw.whole(2018, 2028), 1, 1),
        "last": date(begun.year - 1, 1, 1),
        "next": date(begun.year + 1, 1, 1),
    }


def told_otherwise(story: Story, draw: Draw) -> Story:
    """The same story with other numbers, but for shares."""
    factor = draw.whole(125, 190)
    changed = {
        name: max(value + 2, value * factor // 100) if isinstance(value, int) and name not in SHARES else value
        for name, value in story.values.items()
    }
    return replace(story, values=changed)
