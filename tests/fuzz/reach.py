"""Of which modules it counts what inputs reach: to know of others would cost time and lead away from what a target is about."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from inspect import unwrap
from types import FunctionType

REACH: Mapping[str, Sequence[str]] = {
    "article": ["extract", "edtf", "seeds.normal", "stream_safe"],
    "merge": "base decide match merge migrate ours patch sheet splice splice_names threeway yamlfile yamltext".split(),
    "seed": ["seeds", "yamlbounds", "yamlerrors", "stream_safe", "stretches"],
    "head": ["seeds", "intake.seedfile", "yamltext", "render", "yamlbounds"],
    "markdown": ["inline", "markup", "directives", "literal", "bidi", "stretches", "charts", "maps", "history_chart"],
    "yaml": [
        "yamlfile", "yamlbounds", "yamlerrors", "yamlparts", "yamltext", "facts", "factlist", "validate", "base", "migrate",
        "registry", "registry_entries", "topics", "settings", "problems", "visible",
    ],
}  # fmt: skip
"""Modules and packages of the program."""


def reach(target: str) -> list[str]:
    """Packages and modules by their names."""
    return [f"generator.{name}" for name in REACH[target]]


def functions(names: Sequence[str]) -> Iterator[FunctionType]:
    """All functions and methods of the modules that are imported and bear one of these names, or are below it."""
    for name, module in sorted(sys.modules.items()):
        if any(f"{name}.".startswith(f"{one}.") for one in names):
            for thing in vars(module).values():
                yield from _of(thing, name)


def _of(thing: object, module: str) -> Iterator[FunctionType]:
    if isinstance(thing, type) and thing.__module__ == module:
        for inner in vars(thing).values():
            yield from _of(getattr(inner, "fget", None) or getattr(inner, "func", inner), module)
    elif callable(thing) and getattr(thing, "__module__", "") == module:
        function = unwrap(thing)
        if isinstance(function, FunctionType):
            yield function
