"""Vocabulary: the packaged `lexicons/**/*.yml`, and a briefing's own additions to them.

A lexicon is named after its file (`times`, `events`, `world/countries`). A briefing extends one with
a file of the same name in `site_src/lexicons/`: mappings are merged key by key, lists are appended.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.model import Mark
from generator.problems import Problem, problem

PACKAGED = Path(__file__).parent / "lexicons"


class Lexicons:
    """All lexicons by name; read-only, compared by identity so that rules can cache what they compile from it."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> Any:
        """The table of that name; KeyError where there is none."""
        return self._tables[name]

    def extended(self, tables: Mapping[str, Any]) -> Lexicons:
        """These lexicons with a briefing's own entries added."""
        return Lexicons({**self._tables, **{name: _merged(self._tables.get(name), t) for name, t in tables.items()}})


def _merged(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {**ours, **{k: _merged(ours.get(k), v) for k, v in theirs.items()}}
    if isinstance(ours, list) and isinstance(theirs, list):
        return [*ours, *(entry for entry in theirs if entry not in ours)]
    return theirs


class _Words(yaml.CSafeLoader):
    """A safe loader, the C one, to which `no`, `on` and `yes` are the words that they are in YAML 1.2."""

    yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in many if letter in "tTfF" or not tag.endswith(":bool")]
        for letter, many in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _read(root: Path, path: Path) -> tuple[str, Any]:
    name = path.relative_to(root).with_suffix("").as_posix()
    return name, yaml.load(path.read_text(encoding="utf-8"), Loader=_Words)


@cache
def packaged_lexicons() -> Lexicons:
    """The vocabulary that comes with the program."""
    return Lexicons(dict(_read(PACKAGED, path) for path in sorted(PACKAGED.rglob("*.yml"))))


FOLDER = "site_src/lexicons"
SORTS = {dict: "a mapping", list: "a list", type(None): "nothing"}


def _misfit(known: Any, table: Any, place: str = "it") -> str:
    """Why entries cannot be added to those of the program: they are of another sort; empty where they can.

    A key that the program does not have takes the sort that the others beside it have, if they have one.
    """
    if type(table) is not type(known) and (type(known) in SORTS or type(table) in SORTS):
        found, due = (SORTS.get(type(value), "a word or number") for value in (table, known))
        return f"{place} is {found}, where {due} is due"
    if isinstance(known, dict):
        like = [*known.values()]
        common = like[0] if like and all(type(value) is type(like[0]) for value in like) else None
        always = set.intersection(*map(set, like)) if isinstance(common, dict) else set()
        for key, value in table.items():
            if isinstance(value, dict) and key not in known and (lacking := always - set(value)):
                return f"'{key}' lacks " + ", ".join(sorted(map(str, lacking)))
            beside = known.get(key, common)
            if beside is not None and (wrong := _misfit(beside if key in known else _shape(beside), value, f"'{key}'")):
                return wrong
    if isinstance(known, list) and known and isinstance(known[0], dict):
        for value in table:
            if not isinstance(value, dict) or not set(known[0]) <= set(value):
                return f"an entry of {place} lacks " + ", ".join(sorted(map(str, known[0])))
    return ""


def _shape(value: Any) -> Any:
    """The sort of a value without what it holds: what a new key beside it must be."""
    return type(value)() if isinstance(value, dict | list) else value


def load_lexicons(folder: Path) -> tuple[Lexicons, list[Problem]]:
    """The packaged vocabulary extended with the lexicons in `folder`, which need not exist.

    Problems are files that are not YAML, are named like no packaged lexicon, or hold another type.
    """
    lexicons, problems, tables = packaged_lexicons(), [], {}
    for path in sorted(folder.rglob("*.yml")) if folder.is_dir() else ():
        shown = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
        try:
            name, table = _read(folder, path)
        except UnicodeDecodeError as error:
            message = f"byte {error.start + 1} is not UTF-8"
            problems.append(problem(Mark(shown), message, valid="save the file as UTF-8", check="lexicon"))
            continue
        except (yaml.YAMLError, ValueError, RecursionError) as error:  # `2025-13-01` is no date, nor anything else
            place, why = getattr(error, "problem_mark", None), getattr(error, "problem", None)
            mark = Mark(shown, place.line + 1, place.column + 1) if place else Mark(shown)
            message = f"not YAML: {why or str(error).splitlines()[0]}"
            example = "visit: {verbs: [call on]}"
            problems.append(
                problem(mark, message, valid="entries like those of the program", example=example, check="lexicon")
            )
            continue
        try:
            known = lexicons[name]
        except KeyError:
            problems.append(
                problem(
                    Mark(shown),
                    f"no lexicon is called '{name}'",
                    valid="name the file after one that the program has",
                    example="site_src/lexicons/events.yml",
                    check="lexicon",
                )
            )
            continue
        if wrong := _misfit(known, table):
            valid = f"as in the program's own {name}.yml"
            problems.append(problem(Mark(shown), wrong, valid=valid, check="lexicon"))
            continue
        tables[name] = table
    return (lexicons.extended(tables) if tables else lexicons), problems
