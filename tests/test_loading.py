"""A briefing as its files stand, on disk and in a revision of git, without reading its articles anew."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from builder import BRIDGE, HARBOUR, make, tree

from generator.loading import load
from generator.pipeline import generate
from generator.revision import NoRevision, checked_out, load_revision

SEEDS = {"harbour.txt": HARBOUR, "bridge.md": BRIDGE}
FACTS = "site_src/facts/2031-05-02-dredging-ellery-harbour-begin-june-harbour.yml"


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Mira", "-c", "user.email=mira@ellery.example", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing below the top of a repository, committed once, and edited since."""
    top = tmp_path_factory.mktemp("top")
    root = make(top / "harbour", SEEDS)
    generate(root)
    git(top, "init", "--quiet", "--initial-branch=main")
    (root / "seeds" / "outside.txt").symlink_to("/etc/hostname")
    (root / "seeds" / "ünïcode.txt").write_text("date 2031-05-03\n\nThe board met on Friday.\n")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "The harbour")
    path = root / FACTS
    path.write_text(path.read_text().replace("review: unreviewed", "review: confirmed", 1))
    return root


def test_what_stands_is_what_a_run_made(tmp_path: Path) -> None:
    root = make(tmp_path, SEEDS)
    made = generate(root).briefing
    before = tree(root)
    loaded, problems = load(root)
    assert not problems
    assert tree(root) == before
    for name in ("settings", "sources", "seeds", "statements", "registry", "topics", "conflicts", "as_of", "readings"):
        assert getattr(loaded, name) == getattr(made, name), name


def test_nothing_is_read_out_of_articles(tmp_path: Path) -> None:
    briefing, problems = load(make(tmp_path, SEEDS))
    assert (briefing.statements, briefing.sources, problems) == ((), {}, [])


def test_problems_come_with_what_could_be_read(tmp_path: Path) -> None:
    root = make(tmp_path, SEEDS)
    generate(root)
    path = root / FACTS
    path.write_text(path.read_text().replace("kind: event", "kind: happening", 1))
    briefing, problems = load(root)
    assert [found.path for found in problems] == [FACTS]
    assert briefing.statements


def test_a_revision_is_what_was_committed(repository: Path) -> None:
    now, _ = load(repository)
    then = load_revision(repository, "HEAD", now.settings)
    assert [s.fact.review for s in then.statements].count("confirmed") == 0
    assert [s.fact.review for s in now.statements].count("confirmed") == 1
    assert [s.fact.id for s in then.statements] == [s.fact.id for s in now.statements]
    assert then.seeds == now.seeds


def test_links_and_pages_stay_behind(repository: Path) -> None:
    with checked_out(repository, "main") as folder:
        there = tree(folder)
    assert {"mkdocs.yml", "seeds/harbour.txt", "seeds/ünïcode.txt", FACTS} <= there.keys()
    assert FACTS.replace("facts/", "facts/.base/") in there
    assert "seeds/outside.txt" not in there
    assert not [name for name in there if name.endswith(".md") and not name.startswith("seeds/")]
    assert not folder.exists()


@pytest.mark.parametrize("revision", ["never", "--output=x", "", "HEAD~7", "HEAD:mkdocs.yml"])
def test_an_unknown_revision_is_told(repository: Path, revision: str) -> None:
    with pytest.raises(NoRevision, match=r"e\.g\. briefing diff HEAD~1"), checked_out(repository, revision):
        pass
    assert not (repository / "x").exists()


def test_a_folder_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoRevision, match="not a git repository"), checked_out(make(tmp_path), "HEAD"):
        pass
    git(tmp_path, "init", "--quiet")
    with pytest.raises(NoRevision, match="no commit yet"), checked_out(tmp_path, "HEAD"):
        pass
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoRevision, match="no git on this machine"), checked_out(tmp_path, "HEAD"):
        pass
