"""Links, pipes and names made to lead out of a briefing's folder: nothing outside is read, written or published, and the rest goes on."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from builder import HARBOUR, make

from generator import journal, publish
from generator.looks import Looks
from generator.pipeline import generate
from generator.seeds import seed_path

SECRET = "Zanthor Quill"
ARTICLE = f"date 2031-05-04 PORT ELLERY, May 4 (Orb Press) -- Mayor {SECRET} opened a wharf in Port Ellery on Friday.\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that no briefing may reach."""
    folder = tmp_path / "outside"
    folder.mkdir()
    for name in ("secret.txt", "secret.md", "secret.yml"):
        (folder / name).write_text(ARTICLE)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


LINKS = {
    "seeds/x.txt": "secret.txt",
    "seeds/more": "",
    "site_src/facts/2031-05-04-x.yml": "secret.yml",
    "site_src/facts/.base/2031-05-04-x.yml": "secret.yml",
    "site_src/entities/more.yml": "secret.yml",
    "site_src/topics.yml": "secret.yml",
    "site_src/lexicons/events.yml": "secret.yml",
    "site_src/notes": "",
    "site_src/notes.md": "secret.md",
    "site_src/index.md": "secret.md",
    "site_src/sources": "",
    "templates/pages/index.md.j2": "secret.md",
}


@pytest.mark.parametrize("place", LINKS)
def test_a_link_that_leads_out_is_told_and_never_followed(tmp_path: Path, outside: Path, place: str) -> None:
    root, before = make(tmp_path / "root"), bytes_of(outside)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(outside / LINKS[place])
    for write in (False, True):
        report = generate(root, write=write)
        assert report.sources >= 1  # a fact file that is not read stands for its source
        assert [found for found in report.problems if found.path == place and found.severity == "error"]
    assert bytes_of(outside) == before
    for path in (path for path in root.rglob("*") if path.is_file() and not path.is_symlink()):
        if path.resolve().is_relative_to(root):
            assert SECRET.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("place", [".cache", ".cache/journal", "site_src", "site_src/facts", "site_src/facts/.base"])
def test_a_run_does_not_begin_where_it_would_write_outside(tmp_path: Path, outside: Path, place: str) -> None:
    root, before = make(tmp_path / "root"), bytes_of(outside)
    if (root / place).is_dir():
        (root / place).rmdir()
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(outside)
    with pytest.raises(OSError, match="leads out of the briefing's folder"):
        generate(root)
    assert bytes_of(outside) == before


def test_no_file_of_the_cache_is_written_through(tmp_path: Path, outside: Path) -> None:
    root = make(tmp_path / "root")
    with sqlite3.connect(outside / "theirs.sqlite") as theirs:
        theirs.execute("CREATE TABLE kept (a)")
    before = bytes_of(outside)
    (root / ".cache").mkdir()
    (root / ".cache/made.sqlite").symlink_to(outside / "theirs.sqlite")
    assert generate(root).sources == 1
    assert bytes_of(outside) == before
    (root / ".cache/lock").unlink()
    (root / ".cache/lock").symlink_to(outside / "secret.txt")
    with pytest.raises(OSError, match="a link to another file"):
        generate(root)
    assert bytes_of(outside) == before


@pytest.mark.parametrize("target", ["../outside/secret.txt", "/{outside}/secret.txt", "seeds/harbour.txt"])
def test_an_entry_of_the_journal_names_no_file_but_a_base(tmp_path: Path, outside: Path, target: str) -> None:
    root, before = make(tmp_path / "root"), bytes_of(outside)
    entry = root / journal.JOURNAL / "x.done"
    entry.parent.mkdir(parents=True)
    base = target.replace("/{outside}", outside.as_posix())
    entry.write_text(json.dumps([publish.digest(b""), "site_src/facts/x.yml", base, [], []]) + "\nforged")
    journal.recover(root)
    assert bytes_of(outside) == before
    assert (root / "seeds/harbour.txt").read_text() == HARBOUR


@pytest.mark.parametrize("place", ["seeds/x.txt", "site_src/facts/x.yml", "site_src/topics.yml", "site_src/index.md"])
def test_a_pipe_is_never_waited_for(tmp_path: Path, place: str) -> None:
    root = make(tmp_path / "root")
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(root / place)
    assert [found for found in generate(root).problems if found.path == place and found.check == "not-a-file"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "x" / name).mkdir(parents=True)
        for link in range(3):
            (tmp_path / "x" / name / f"up{link}").symlink_to("..")
            (tmp_path / "x" / name / f"over{link}").symlink_to(f"../{'ab'.replace(name, '')}")
    looks = Looks(tmp_path)
    assert len(list(looks.walk("x"))) < 20
    assert len(list(looks.out("x"))) >= 6


@pytest.mark.parametrize("name", ["../outside/secret.txt", "../mkdocs.yml", "/etc/hostname", "more/secret.txt", ""])
def test_a_fact_file_names_no_article_but_a_seed(tmp_path: Path, outside: Path, name: str) -> None:
    root = make(tmp_path / "root")
    (root / "seeds/more").symlink_to(outside)
    assert seed_path(root, name) is None
    assert seed_path(root, "harbour.txt") == root / "seeds/harbour.txt"


FORGED = """\
schema: 1
source: {{id: 2031-05-0{n}-forged, date: 2031-05-0{n}, seed: {seed}, sha256: ''}}
facts:
  - id: 2031-05-0{n}-forged-e1
    kind: event
    what: start
    text: A wharf was opened.
    when: 2031-05-0{n}
    quote: opened a wharf in Port Ellery
"""
NAMES = (
    "a\nb.txt",
    "\x1b[2J.txt",
    "\u202etxt.md",
    "-rf.txt",
    "~root.txt",
    "%2e%2e%2fx.txt",
    "..x.txt",
    "．．.txt",
    " .txt",
    "a\\..\\b.txt",
)
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("build", "--jobs", "1"),
    ("build", "--jobs", "1"),
    ("diff", "HEAD"),
    ("diff", "HEAD:../outside"),
    ("diff", "--", "--output=../outside/x"),
    ("restore",),
    ("restore", "../outside/secret", "/etc/hostname"),
    ("settle",),
    ("settle", "../outside/secret.yml", "--take"),
    ("merge-entities", "../outside/secret", "secret\n"),
    ("review",),
    ("check", "--fix"),
)


def hostile(root: Path, outside: Path) -> None:
    """A briefing of which everything that could leads out of it, in a repository that has all of that."""
    make(root, files={f"seeds/{name}": ARTICLE.replace(SECRET, "Jonas Reed") + name for name in NAMES})
    where = (
        "../outside/secret.txt",
        (outside / "secret.txt").as_posix(),
        r'"a\0b"',
        "more/secret.txt",
        "../../../etc/hostname",
    )
    for number, seed in enumerate(where, start=1):
        path = root / f"site_src/facts/2031-05-0{number}-forged.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FORGED.format(n=number, seed=seed))
    for place, target in LINKS.items():
        if not place.startswith("templates/"):  # with one there no page is made at all
            (root / place).parent.mkdir(parents=True, exist_ok=True)
            (root / place).symlink_to(outside / target)
    for place, target in {"site/index.html": "secret.txt", "site/data": "", "site/.well-known": ""}.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).symlink_to(outside / target)
    kept = root / ".cache"
    (kept / "journal").mkdir(parents=True)
    (kept / "last").write_text(json.dumps([outside.as_posix(), [], ["forged"], 0, 0, ""]))
    (kept / "pages.json").write_text(json.dumps({"../../outside/secret.md": [publish.digest(ARTICLE.encode())]}))
    (kept / "staging").symlink_to(outside)
    (kept / "journal/x.done").write_text(
        json.dumps(["", "site_src/facts/x.yml", "../outside/secret.yml", [], []]) + "\nforged"
    )
    for arguments in (
        ("init", "-q"),
        ("add", "-A", "--", "seeds", "site_src", "mkdocs.yml"),
        ("commit", "-q", "-m", "All of it."),
    ):
        who = ("-c", "user.name=Mira Tolle", "-c", "user.email=mira@orb.example")
        subprocess.run(["git", *who, *arguments], cwd=root, check=True)


def test_no_command_reads_or_writes_outside_starts_anything_or_asks_the_net(tmp_path: Path, outside: Path) -> None:
    """By Python's own audit events, whatever code is on the way."""
    root, free = tmp_path / "root", tmp_path / "free"
    free.mkdir()
    hostile(root, outside)
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in [*outside.rglob("*"), outside] if path.is_file()
    }
    given = json.dumps([["q", *command[:1], "--root", root.as_posix(), *command[1:]] for command in COMMANDS])
    run = subprocess.run(
        [
            sys.executable,
            Path(__file__).with_name("audited.py").as_posix(),
            root.as_posix(),
            json.dumps([free.as_posix()]),
            given,
        ],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": Path(__file__).parents[1].as_posix(), "TMPDIR": free.as_posix()},
        check=True,
    )
    told, wrong, counts = json.loads(run.stdout.splitlines()[-1])
    assert wrong == []
    for (code, output, raised), command in zip(told, COMMANDS, strict=True):
        assert raised in ("", f"SystemExit({code})"), (command, raised)
        assert SECRET not in output, command
    assert "forged" not in told[0][1].splitlines()
    assert (root / "site/data.html").is_file()
    for event in (
        "open to read",
        "open to write",
        "os.scandir",
        "os.rename",
        "os.remove",
        "sqlite3.connect",
        "subprocess.Popen",
    ):
        assert counts[event] > 3, "else this test sees nothing"
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert sorted(path.name for path in outside.iterdir()) == sorted(path.name for path in before)
    for path in (Path(folder, name) for folder, _, names in os.walk(tmp_path) for name in names):
        if not path.is_symlink() and not path.is_relative_to(outside) and ".git" not in path.parts:
            assert SECRET.encode() not in path.read_bytes(), path


def test_the_audit_sees_what_is_against_the_rules(tmp_path: Path, outside: Path) -> None:
    root = make(tmp_path / "root", files={"templates/pages/index.md.j2": "{{ ''.__class__ }}"})
    given = json.dumps(
        [["", "extract", (outside / "secret.txt").as_posix()], ["", "init", (tmp_path / "new").as_posix()]]
    )
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("audited.py").as_posix(), root.as_posix(), "[]", given],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": Path(__file__).parents[1].as_posix()},
        check=True,
    )
    _, wrong, _ = json.loads(run.stdout.splitlines()[-1])
    assert f"open reads {outside / 'secret.txt'}" in wrong
    assert any(found.startswith("os.mkdir changes ") for found in wrong)
    assert any(found.startswith(("os.link changes ", "os.rename changes ")) for found in wrong)
