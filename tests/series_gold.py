"""The gold of a series: what its articles tell together, in the words of the articles.

A folder `tests/series/NAME` is a briefing of seeds alone, with `gold.yml` beside them. A *statement* of it is a mapping
`k01 k02: words`: of each seed whose file name begins with one of these keys and a hyphen, the one place where the words stand. It means
the facts whose quotes overlap that place, of the `kind`s and the `value`s that its item names, if it does.

- `stories`: lists of keys of seeds that are copies of one text.
- `names`: lists of names that one person or body goes by.
- `facts`: what two or more articles tell. `origins` lists, for each independent origin, its statements; where how many origins
  there are is not asked, `statements` lists them all. `kind` is one kind of fact or a list; `value`, of figures, one or a list.
- `either`: lists of statements of which two may be put together or not.
- `contradictions`: `differs` is `value`, `day` or `place`; `sides` lists the statements of each side. Statements of two sides contradict.
- `outcomes`: everything told ahead, with a date. `sort` is plan, forecast, deadline, demand or target, `by` who expects it, `at` the statements
  that tell it with this date, `state` one of met, late, moved, missed and open (a list where sources differ), `days` how late it is
  (a list again), `moved` the statements that give it another date, `progress` reports short of a target, `told` the
  statements any of which tells what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.model import Seed, Span
from generator.seeds import read_seeds

SERIES = Path(__file__).parent / "series"
STATES = ("met", "late", "moved", "missed", "open")


@dataclass(frozen=True, order=True)
class Place:
    """Words of a seed, where they stand; `kinds` and `values` narrow which facts there are meant."""

    seed: str
    """Its file's name."""
    span: Span
    kinds: tuple[str, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Thing:
    """What two or more articles tell."""

    name: str
    origins: tuple[tuple[Place, ...], ...]
    counted: bool
    """Whether the number of its origins is known."""

    @property
    def places(self) -> tuple[Place, ...]:
        """All its statements."""
        return tuple(place for origin in self.origins for place in origin)


@dataclass(frozen=True)
class Difference:
    """A contradiction."""

    name: str
    differs: str
    sides: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True)
class Ahead:
    """Something told ahead, and what came of it."""

    name: str
    sort: str
    by: tuple[str, ...]
    at: tuple[Place, ...]
    states: tuple[str, ...]
    days: tuple[int, ...]
    moved: tuple[Place, ...]
    progress: tuple[Place, ...]
    told: tuple[Place, ...]


@dataclass(frozen=True)
class Gold:
    """All that the articles of a series tell together."""

    stories: tuple[tuple[str, ...], ...]
    """Of seeds, by their files' names."""
    names: tuple[tuple[str, ...], ...]
    things: tuple[Thing, ...]
    either: tuple[tuple[Place, ...], ...]
    differences: tuple[Difference, ...]
    outcomes: tuple[Ahead, ...]


def read_gold(folder: Path) -> Gold:
    """The gold of a series. Raises ValueError, with all that is wrong, where its words do not stand once in their seeds."""
    seeds, problems = read_seeds(folder / "seeds")
    reading = _Reading({seed.path.rsplit("/")[-1].split("-")[0]: seed for seed in seeds})
    made = reading.gold(yaml.safe_load((folder / "gold.yml").read_text(encoding="utf-8")))
    if wrong := [*map(str, problems), *reading.wrong]:
        raise ValueError("\n".join(wrong))
    return made


def _listed(value: Any) -> tuple[Any, ...]:
    return () if value is None else tuple(value) if isinstance(value, list) else (value,)


class _Reading:
    def __init__(self, seeds: Mapping[str, Seed]) -> None:
        self.seeds = seeds
        self.wrong: list[str] = []

    def gold(self, tree: Mapping[str, Any]) -> Gold:
        return Gold(
            stories=tuple(tuple(self._seed(key, "stories") for key in keys) for keys in tree["stories"]),
            names=tuple(map(tuple, tree["names"])),
            things=tuple(map(self._thing, tree["facts"])),
            either=tuple(self._places(item, "either") for item in tree["either"]),
            differences=tuple(
                Difference(
                    item["name"], item["differs"], tuple(self._places(side, item["name"]) for side in item["sides"])
                )
                for item in tree["contradictions"]
            ),
            outcomes=tuple(map(self._ahead, tree["outcomes"])),
        )

    def _thing(self, item: Mapping[str, Any]) -> Thing:
        narrow = {"kinds": _listed(item["kind"]), "values": _listed(item.get("value"))}
        origins = item.get("origins", [item.get("statements", [])])
        made = Thing(
            item["name"],
            tuple(self._places(origin, item["name"], **narrow) for origin in origins),
            "origins" in item,
        )
        if len({place.seed for place in made.places}) < 2:
            self.wrong.append(f"{made.name}: told by one article alone")
        return made

    def _ahead(self, item: Mapping[str, Any]) -> Ahead:
        name, states = item["name"], _listed(item["state"])
        if (
            not set(states) <= set(STATES)
            or ("late" in states) != ("days" in item)
            or ("told" in item) == (states in (("open",), ("moved",)))
        ):
            self.wrong.append(f"{name}: state, days and told do not fit each other")
        places = (self._places(item.get(key, []), name) for key in ("moved", "progress", "told"))
        return Ahead(
            name,
            item["sort"],
            _listed(item["by"]),
            self._places(item["at"], name),
            states,
            _listed(item.get("days")),
            *places,
        )

    def _seed(self, key: str, name: str) -> str:
        if key in self.seeds:
            return Path(self.seeds[key].path).name
        self.wrong.append(f"{name}: no seed begins with {key}-")
        return key

    def _places(self, statements: Sequence[Mapping[str, str]], name: str, **narrow: Any) -> tuple[Place, ...]:
        return tuple(place for statement in statements for place in self._of(statement, name, narrow))

    def _of(self, statement: Mapping[str, str], name: str, narrow: Mapping[str, Any]) -> Iterator[Place]:
        for keys, words in statement.items():
            for key in keys.split():
                seed = self.seeds.get(key)
                if not seed or (times := seed.text.count(words)) != 1:
                    told = f"stands {times} times" if seed else "no such seed"
                    self.wrong.append(f"{name}: {key}: {words!r}: {told}")
                else:
                    start = seed.text.index(words)
                    yield Place(Path(seed.path).name, Span(start, start + len(words)), **narrow)


def folders() -> list[Path]:
    """Those of all series, by name."""
    return sorted(path.parent for path in SERIES.glob("*/gold.yml"))
