"""What is tried with arbitrary bytes, and the laws that hold for all of them: `TARGETS` is the whole list.

A target is a function of bytes that raises where a law does not hold. It knows nothing of who calls it: `run` has atheris
choose the bytes by what they reach, `tests/test_fuzz.py` has hypothesis choose them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fuzz import material
from fuzz.articles import article, seed
from fuzz.heads import head
from fuzz.markdown import markdown
from fuzz.merging import merging
from fuzz.yaml_files import yaml_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something to try."""

    check: Callable[[bytes], None]
    starts: Callable[[], Iterator[bytes]]
    """Small inputs to begin with."""
    tokens: Callable[[], Iterator[str]]
    """What means something to it."""
    longest: int
    """Bytes of an input: what takes long is given short ones, so that many are tried."""


TARGETS: Mapping[str, Target] = {
    "article": Target(check=article, starts=material.sentences, tokens=material.vocabulary, longest=160),
    "merge": Target(check=merging, starts=material.choices, tokens=material.nothing, longest=400),
    "seed": Target(check=seed, starts=material.seeds, tokens=material.seed_marks, longest=600),
    "head": Target(check=head, starts=material.heads, tokens=material.head_marks, longest=500),
    "markdown": Target(check=markdown, starts=material.pages, tokens=material.markdown_marks, longest=400),
    "yaml": Target(check=yaml_file, starts=material.yaml_files, tokens=material.yaml_marks, longest=600),
}
"""By name, the slowest first."""
