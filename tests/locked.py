"""What the lock files name: packages with their versions and the hashes of their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pip_requirements_parser import RequirementsFile

ROOT = Path(__file__).parents[1]
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


@dataclass(frozen=True)
class Locked:
    """A line of a lock."""

    name: str
    version: str
    hashes: tuple[str, ...]
    """SHA-256 of every file of that release, in hexadecimal."""
    marker: str
    """Where it is installed, as PEP 508 has it; empty for everywhere."""


def locked(path: Path) -> Sequence[Locked]:
    """The packages of a lock, in its order. Raises `ValueError` for anything else that stands there."""
    found = RequirementsFile.from_file(str(path))
    if found.options or found.invalid_lines:
        raise ValueError(f"{path}: {[*found.options, *found.invalid_lines]}")
    packages = []
    for line in found.requirements:
        kinds, hashes = zip(*(entry.split(":", 1) for entry in line.hash_options), strict=True)
        if set(kinds) != {"sha256"} or not line.is_pinned:
            raise ValueError(f"{path}: {line.name} has no version and SHA-256 of its own")
        packages.append(Locked(line.name, line.get_pinned_version, hashes, str(line.marker or "")))
    return packages
