"""Vocabulary: the packaged `lexicons/**/*.yml`, and a briefing's own additions to them.

A lexicon is named after its file (`times`, `events`, `world/countries`). A briefing extends one with
a file of the same name in `site_src/lexicons/`: mappings are merged key by key, lists are appended.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec.msgpack import Decoder, Encoder

from generator.model import Mark
from generator.problems import Problem, did_you_mean, link_out, not_a_file, problem, too_large
from generator.reach import contents, leads_out
from generator.store import Store, digest

PACKAGED = Path(__file__).parent / "lexicons"


class Lexicons:
    """All lexicons by name; read-only, compared by identity so that rules can cache what they compile from it."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> Any:
        """The table of that name; KeyError where there is none."""
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return iter(self._tables)

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    @cached_property
    def digest(self) -> bytes:
        """A hash of all that they hold, in its order."""
        return digest(msgspec.msgpack.encode(self._tables))

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


_Words.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in many if letter in "tTfF" or not tag.endswith(":bool")]
    for letter, many in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _read(root: Path, path: Path) -> tuple[str, Any]:
    name = path.relative_to(root).with_suffix("").as_posix()
    return name, yaml.load(path.read_text(encoding="utf-8"), Loader=_Words)


_PACKAGED: list[Lexicons] = []
_TABLES, _KEPT = Decoder(dict[str, Any]), Encoder()  # in the order of the files, which rules may go by
STATE = "lexicons"


def packaged_lexicons() -> Lexicons:
    """The vocabulary that comes with the program."""
    if not _PACKAGED:
        _PACKAGED.append(Lexicons(dict(_read(PACKAGED, path) for path in sorted(PACKAGED.rglob("*.yml")))))
    return _PACKAGED[0]


def recall(store: Store) -> None:
    """Take the packaged vocabulary from a store, which forgets it when the program changes, or let it be kept there; parsing takes a while."""
    kept = store.state(STATE)
    if kept and not _PACKAGED:
        _PACKAGED.append(Lexicons(_TABLES.decode(kept)))
    elif not kept:
        store.keep({STATE: _KEPT.encode({name: packaged_lexicons()[name] for name in packaged_lexicons()})})


FOLDER = "site_src/lexicons"


def load_lexicons(folder: Path) -> tuple[Lexicons, list[Problem]]:
    """The packaged vocabulary extended with the lexicons in `folder`, which need not exist.

    Problems are files that are not YAML, are named like no packaged lexicon, or hold another type.
    """
    lexicons, problems, tables = packaged_lexicons(), list[Problem](), dict[str, Any]()
    for path in _own(folder):
        shown = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
        name = path.relative_to(folder).with_suffix("").as_posix()
        if path.is_symlink() and leads_out(folder.parents[1], path):
            problems.append(link_out(shown))
        elif not path.is_file():
            problems.append(not_a_file(Mark(shown)))
        elif path.suffix != ".yml":
            problems.append(_unread(shown, "only files in .yml are read", f"rename it to {path.stem}.yml"))
        elif name not in lexicons:
            near = did_you_mean(name, lexicons) or "name it after one of: " + ", ".join(sorted(lexicons))
            problems.append(_unread(shown, f"no lexicon is called '{name}'", near))
        else:
            table, found = _entries(path, shown, name, lexicons[name])
            problems += found
            if not found:
                tables[name] = table
    return (lexicons.extended(tables) if tables else lexicons), problems


def _own(folder: Path) -> Iterator[Path]:
    """What may be a lexicon, in order of paths; behind links nothing is looked for."""
    if folder.is_dir() and not leads_out(folder.parents[1], folder):
        found = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
        yield from sorted(path for path in found if fnmatch(path.name, "*.y*ml"))


def _unread(shown: str, found: str, valid: str) -> Problem:
    return problem(Mark(shown), found, valid=valid, example=f"{FOLDER}/events.yml", check="lexicon")


def _entries(path: Path, shown: str, name: str, known: Any) -> tuple[Any, list[Problem]]:
    """What a file adds to a lexicon, and what is wrong with it."""
    from generator.lexicon_check import misfits
    from generator.yamlbounds import BYTES, overdone

    try:
        raw = contents(path, BYTES)
        if len(raw) > BYTES:
            return None, [too_large(shown, len(raw), BYTES)]
        text = raw.decode("utf-8")
        if wrong := overdone(shown, text):
            return None, [wrong]
        node, table = yaml.compose(text, Loader=_Words), yaml.load(text, Loader=_Words)
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8"
        return None, [problem(Mark(shown), message, valid="save the file as UTF-8", check="lexicon")]
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # `2025-13-01` is no date, nor anything else
        place, why = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        mark = Mark(shown, place.line + 1, place.column + 1) if place else Mark(shown)
        message = f"not YAML: {why or str(error).splitlines()[0]}"
        example = "visit: {verbs: [call on]}"
        return None, [
            problem(mark, message, valid="entries like those of the program", example=example, check="lexicon")
        ]
    if node is None or table is None:
        return {}, []
    valid = f"as in the program's own {name}.yml"
    return table, [
        problem(mark, found, valid=valid, example=example, check="lexicon")
        for mark, found, example in misfits(node, table, known, name, shown)
    ]
