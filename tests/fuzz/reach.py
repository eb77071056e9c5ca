"""Of which modules it counts what inputs reach: to know of others would cost time and lead away from what a target is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MERGING = "base decide match merge migrate ours patch sheet splice splice_names threeway".split()
REACH: Mapping[str, Sequence[str]] = {
    "head": ["generator.seeds", "generator.intake.seedfile"],
    "article": ["generator.extract", "generator.edtf"],
    "merge": [f"generator.{name}" for name in MERGING],
}


def reach(target: str) -> list[str]:
    """Packages and modules by their names; all of the program's where nothing is said."""
    return [*REACH.get(target, ["generator"])]
