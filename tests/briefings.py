"""The briefings that the bars are measured on, built as a maintainer builds them: the shipped one, and a larger one.

The larger one is made of the invented articles of `tests/cases/articles`, as an editor leaves it after some work: facts
confirmed, doubted, struck out and corrected by hand, a topic, coordinates, links to originals and to the repository.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.pipeline import generate
from generator.sites import build_site

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "cases" / "articles"
ADDRESS = "https://briefing.example/sub/path/"
BY_HAND = ("about.md", "method.md", "editing.md")

CONFIG = f"""\
site_name: Larger Briefing
site_url: {ADDRESS}
repo_url: https://code.example/larger
docs_dir: site_src
plugins:
  - briefing:
      title: Larger Briefing
      description: What thirty invented newspapers say about places that do not exist.
"""
TOPICS = """\
after-the-quake:
  title: After the quake
  lead: What became of the valley after the earthquake.
  facts: {words: [earthquake, aftershocks, tents]}
"""
EDITED = "zaren-quake.txt"
"""The article whose facts an editor went through."""
PLACES = {"kharval": "[41.2, 69.8]", "upper-hazra": "[41.5, 70.1]", "danistar": "[41.3, 70.0]"}


def _generated(folder: str, names: list[str]) -> set[str]:
    """Pages that an earlier build left in the working tree."""
    return {name for name in names if name.endswith(".md") and name not in BY_HAND and "site_src" in folder}


def _build(root: Path) -> Path:
    told: list[str] = []
    site = build_site(root, tell=told.append)
    assert site.errors == 0, "\n".join(map(str, told))
    return site.folder


def shipped(root: Path, address: str = "") -> Path:
    """The site of the briefing in this repository, built in `root`; with `address` as its `site_url`, if any."""
    for folder in ("seeds", "site_src", "templates"):
        shutil.copytree(ROOT / folder, root / folder, ignore=_generated)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    line = f"site_url: {address}\n" if address else ""
    (root / "mkdocs.yml").write_text(line + text, encoding="utf-8")
    return _build(root)


def larger(root: Path) -> Path:
    """The site of the larger briefing, built in `root`."""
    (root / "site_src").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "site_src" / "topics.yml").write_text(TOPICS, encoding="utf-8")
    shutil.copy(ARTICLES / EDITED, root / "seeds")
    generate(root)
    _edit(root)
    for path in sorted([*ARTICLES.glob("*.txt"), *ARTICLES.glob("*.md")]):
        text = path.read_text(encoding="utf-8")
        head = f"---\nurl: https://press.example/{path.stem}?a=1&b=2\n"
        (root / "seeds" / path.name).write_text(text.replace("---\n", head, 1) if path.suffix == ".md" else text)
    return _build(root)


def _edit(root: Path) -> None:
    """What an editor does to the facts and the registry of one article."""
    (facts,) = (root / "site_src" / "facts").glob("*.yml")
    reviews = iter(
        (
            "confirmed\n  reviewed-by: Ada Solvik\n  reviewed-on: 2034-05-02",
            "disputed\n  note: Two agencies give other numbers.",
            "retracted\n  note: The agency withdrew this.",
        )
    )
    text = facts.read_text(encoding="utf-8")
    text = re.sub(r"(?<=review: )unreviewed", lambda _: next(reviews, "unreviewed"), text)
    text, corrected = re.subn(r"(?m)^  text: .*aftershocks.*$", "  text: More than 120 aftershocks followed.", text)
    assert corrected, "the article has changed"
    facts.write_text(text, encoding="utf-8")
    registry = root / "site_src" / "entities" / "places.yml"
    names = registry.read_text(encoding="utf-8")
    for place, at in PLACES.items():
        assert f"{place}:\n" in names, place
        names = names.replace(f"{place}:\n", f"{place}:\n  at: {at}\n")
    registry.write_text(names, encoding="utf-8")
