"""A build that would find all as the last one left it is left out, and no other."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builder import CONFIG, make
from test_cli import run

from generator import loading, program, standing, store
from generator.looks import Looks
from generator.standing import Last


def seed(root: Path) -> Path:
    return next((root / "seeds").iterdir())


def facts(root: Path) -> Path:
    return next((root / "site_src" / "facts").glob("*.yml"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("standing"))
    assert run("build", "--root", root).exit_code == 0
    return root


def is_left_out(root: Path) -> bool:
    return standing.last(root, Looks(root)) is not None


def test_a_build_after_a_first_one_does_nothing_and_tells_the_same(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_left_out(built)
    monkeypatch.setattr("generator.sites.build_site", lambda *_, **__: pytest.fail("nothing has changed"))
    told = run("build", "--root", built)
    assert told.exit_code == 0
    assert "1 source" in told.stdout
    assert told.stdout.splitlines()[1].endswith("site/index.html")
    assert run("build", "--root", built, "--quiet").stdout == ""


def rewritten(path: Path) -> None:
    """Other bytes, as many, with the old time of change."""
    at = path.stat()
    raw = path.read_bytes()
    path.write_bytes(raw[:-2] + b"#\n")
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))


EDITS: dict[str, Callable[[Path], object]] = {
    "a seed": lambda root: rewritten(seed(root)),
    "a new seed": lambda root: (root / "seeds" / "new.txt").write_text("date 2031-05-03\n\nA pier opened."),
    "a fact file": lambda root: rewritten(facts(root)),
    "a base": lambda root: rewritten(root / "site_src" / "facts" / ".base" / facts(root).name),
    "a page": lambda root: rewritten(root / "site_src" / "index.md"),
    "a page that is gone": lambda root: (root / "site_src" / "index.md").unlink(),
    "a template": lambda root: (
        (root / "templates").mkdir(),
        (root / "templates" / "index.md.j2").write_text("x"),
    ),
    "the configuration": lambda root: rewritten(root / "mkdocs.yml"),
    "a file of the site that is gone": lambda root: (root / "site" / "index.html").unlink(),
    "the site": lambda root: (root / "site").rename(root / "moved"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_whatever_is_changed_is_looked_at(tmp_path: Path, edit: Callable[[Path], object]) -> None:
    root = make(tmp_path)
    told = Last(site=str(root / "site"), problems=(), lines=(), errors=0, warnings=0)
    for name in ("site/index.html", "site_src/index.md", "site_src/facts/a.yml", "site_src/facts/.base/a.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("as it was\n")
    (root / ".cache").mkdir(exist_ok=True)
    assert standing.keep(root, Looks(root), {}, (), told)
    assert is_left_out(root)
    edit(root)
    assert not is_left_out(root)


def test_another_program_builds(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "look", lambda: b"another")
    assert not is_left_out(built)


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_a_person_did_meanwhile_is_not_taken_for_the_build_s_own(tmp_path: Path, by_hand: bool) -> None:
    root = make(tmp_path)
    (root / ".cache").mkdir(exist_ok=True)
    before = Looks(root)
    assert standing.last(root, before) is None
    path = root / "site_src" / "facts" / "a.yml"
    path.parent.mkdir(parents=True)
    path.write_text("by hand" if by_hand else "written")
    told = Last(site=str(root / "site"), problems=(), lines=(), errors=0, warnings=0)
    written = {"site_src/facts/a.yml": store.digest("written")}
    assert standing.keep(root, before, written, (), told) is not by_hand
    assert is_left_out(root) is not by_hand


@pytest.mark.parametrize("config", ["site_name: !ENV NAME\n", "INHERIT: ../mkdocs.yml\n"])
def test_a_configuration_that_asks_its_surroundings_is_read_each_time(tmp_path: Path, config: str) -> None:
    root = make(tmp_path)
    (root / ".cache").mkdir(exist_ok=True)
    (root / "mkdocs.yml").write_text(config)
    told = Last(site=str(root / "site"), problems=(), lines=(), errors=0, warnings=0)
    assert not standing.keep(root, Looks(root), {}, (), told)
    (root / standing.FILE).write_bytes(b"torn")
    assert not is_left_out(root)


OUTLINE = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'
BESIDE = {
    "a map": ("      map_outline: maps/o.geojson\n      map_credit: Drawn here.\n", {"maps/o.geojson": OUTLINE}),
    "a theme": ("theme: {name: null, custom_dir: over}\n", {"over/assets/own.css": "p {color: red}"}),
    "a hook": ("hooks: [hook.py]\n", {"hook.py": "def on_startup(command, dirty): pass\n"}),
}


@pytest.mark.parametrize(("lines", "files"), BESIDE.values(), ids=BESIDE)
def test_what_is_made_of_other_folders_too_is_built_each_time(
    tmp_path: Path, lines: str, files: dict[str, str]
) -> None:
    root = make(tmp_path, files={"mkdocs.yml": CONFIG + lines, **files})
    assert run("build", "--root", root, "--quiet").exit_code == 0
    assert not is_left_out(root)


def test_what_changes_while_a_first_build_runs_is_seen_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path / "b")
    topics = root / "site_src" / "topics.yml"
    topics.write_text("works:\n  title: Works\n  facts: {words: [harbour]}\n")
    read = loading.read_topics

    def edited(*given: Any) -> Any:
        told = read(*given)
        topics.write_text(topics.read_text().replace("Works", "Docks"))
        return told

    monkeypatch.setattr(loading, "read_topics", edited)
    assert run("build", "--root", root).exit_code == 0
    monkeypatch.undo()
    assert not is_left_out(root)
    assert run("build", "--root", root).exit_code == 0
    assert "Docks" in (root / "site" / "topics" / "works.html").read_text()
