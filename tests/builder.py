"""Temporary briefings for tests: a folder with settings, seeds and whatever else a test puts there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

CONFIG = """\
site_name: Harbour Briefing
site_url: https://briefing.example/
docs_dir: site_src
plugins:
  - briefing:
      title: Harbour Briefing
      description: What is known about the works in Port Ellery.
"""

HARBOUR = (
    "date 2031-05-02 PORT ELLERY, May 2 (Orb Press) -- Dredging of the Ellery harbour will begin in June, "
    "the harbour board said on Thursday.\n\n"
    '"We have waited long enough for this," said Mira Tolle, who chairs the board.\n\n'
    "The works are expected to cost at least 40 million crowns and to last two years, the Harbour Board of Ellery said.\n"
)
BRIDGE = """\
---
title: Council opens the Linden Bridge
date: 2031-04-17
publisher: The Ellery Courier
---

Mayor Jonas Reed opened the Linden Bridge in Port Ellery on Tuesday, after three years of works.

The bridge carries *12,000* vehicles a day, the city council said.
"""


def make(
    root: Path, seeds: Mapping[str, str | bytes] | None = None, files: Mapping[str, str | bytes] | None = None
) -> Path:
    """A briefing in `root` with these seeds (by name) and other files (by path below `root`)."""
    seeds = {"harbour.txt": HARBOUR} if seeds is None else seeds
    everything = {"mkdocs.yml": CONFIG, **{f"seeds/{name}": text for name, text in seeds.items()}, **(files or {})}
    (root / "site_src").mkdir(parents=True, exist_ok=True)
    for name, text in everything.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Every file below a folder and the hash of its bytes; `without` are first parts of paths to leave out."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in without
    }
