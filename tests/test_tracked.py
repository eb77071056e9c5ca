"""What the program keeps for itself is not believed where it came with the repository; git itself makes each of these repositories."""

from __future__ import annotations

import json
import marshal
import os
import pickle
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from builder import make, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.bccache import bc_magic
from test_cli import run

from generator import journal, publish, standing, tracked
from generator.compiled import STAGE
from generator.looks import Looks
from generator.pipeline import generate
from generator.store import FILE


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    settings = ("-c", "user.name=Mira Tolle", "-c", "user.email=mira@orb.example", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, input=given, capture_output=True, check=True)
    return done.stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A briefing under version control that has a store, which is not."""
    made = make(tmp_path / "root", files={".gitignore": "/.cache/\n/site/\n", f".cache/{FILE}": b""})
    git(made, "init", "-q")
    git(made, "add", "-A")
    return made


def listed(folder: Path, *paths: str) -> None:
    """Put paths into the index, whether there are such files or not."""
    blob = git(folder, "hash-object", "-w", "--stdin").decode().strip()
    git(folder, "update-index", "--index-info", given="".join(f"100644 {blob}\t{path}\n" for path in paths).encode())


def split(root: Path) -> None:
    git(root, "add", "-f", ".cache/made.sqlite")
    git(root, "update-index", "--split-index")


def subfolder(root: Path) -> None:
    (root / ".git").rename(root.parent / ".git")
    git(root.parent, "add", "-A", "-f", "root/.cache/made.sqlite")


def inner(root: Path) -> None:
    """A repository that was begun within another one, which has the store."""
    subfolder(root)
    git(root, "init", "-q")


def worktree(root: Path) -> None:
    (root / ".git").rename(root.parent / "elsewhere")
    (root / ".git").write_text("gitdir: ../elsewhere\n")
    git(root, "--work-tree=.", "add", "-f", ".cache/made.sqlite")


def linked(root: Path) -> None:
    (root / ".cache").rename(root / "assets")
    (root / ".cache").symlink_to("assets")
    git(root, "add", "-f", ".cache")


def led(root: Path) -> None:
    """Only where the link leads, which nobody added, is something under version control."""
    (root / ".cache").rename(root / "assets")
    (root / ".cache").symlink_to("assets")
    git(root, "add", "-f", "assets")


def compressed(root: Path) -> None:
    """Version 4, with names beside it that leave next to nothing of its own."""
    (root / ".cache/made.sqlit").touch()
    (root / ".cach").touch()
    git(root, "add", "-f", ".cach", ".cache/made.sqlit", ".cache/made.sqlite")
    git(root, "update-index", "--index-version", "4")


def marked(root: Path) -> None:
    """Version 3, whose entries may have more flags."""
    (root / ".cache/made.sqlite-wal").touch()
    git(root, "add", "-f", "-N", ".cache/made.sqlite-wal")


def long_hashes(root: Path, *more: str) -> None:
    for path in sorted((root / ".git").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    git(root, "init", "-q", "--object-format=sha256")
    git(root, "add", "-f", ".cache/made.sqlite")


def long_and_compressed(root: Path) -> None:
    long_hashes(root)
    git(root, "update-index", "--index-version", "4")


def torn(root: Path) -> None:
    (root / ".git/index").write_bytes(b"DIRC\0\0\0\4\0\0\0\1" + b"x" * 100)


TRACKED: dict[str, Callable[[Path], object]] = {
    "the store": lambda root: git(root, "add", "-f", ".cache/made.sqlite"),
    "a log beside the store": lambda root: listed(root, ".cache/made.sqlite-wal"),
    "what is not even on disk": lambda root: listed(root, ".cache/journal/x.yml"),
    "a path of many bytes": lambda root: listed(root, ".cache/" + "x/" * 3000 + "y"),
    "the folder as a link": linked,
    "what the folder leads to": led,
    "a folder below the top": subfolder,
    "a repository within another": inner,
    "a work tree of several": worktree,
    "an index of version 3": marked,
    "an index of version 4": compressed,
    "an index that is split": split,
    "an index of SHA-256": long_hashes,
    "an index of both": long_and_compressed,
    "an index that nobody can read": torn,
}
NOT_TRACKED: dict[str, Callable[[Path], object]] = {
    "only the rest": lambda root: None,
    "no index": lambda root: (root / ".git/index").unlink(),
    "names that are alike": lambda root: listed(
        root, ".cache-x", ".cachex/y", "x.cache/made.sqlite", "x/.cache/made.sqlite"
    ),
    "the same in version 4": lambda root: [
        listed(root, ".cache-x", ".cachex/y", "x.cache/made.sqlite", "x/.cache/made.sqlite"),
        git(root, "update-index", "--index-version", "4"),
    ],
    "a file that points nowhere": lambda root: [
        (root / ".git").rename(root / "git"),
        (root / ".git").write_bytes(b"gitdir: \0\n"),
    ],
    "no repository": lambda root: (root / ".git").rename(root / "git"),
}


@pytest.mark.parametrize("case", TRACKED)
def test_it_is_seen_that_the_cache_came_with_the_repository(root: Path, case: str) -> None:
    assert not tracked.tracked(root)
    TRACKED[case](root)
    assert tracked.tracked(root)
    assert tracked.tracked(os.path.relpath(root))


@pytest.mark.parametrize("case", NOT_TRACKED)
def test_a_cache_of_this_machine_is_believed(root: Path, case: str) -> None:
    NOT_TRACKED[case](root)
    assert not tracked.tracked(root)


def test_letters_of_another_case_count_where_the_disk_does_not_tell_them_apart(root: Path) -> None:
    listed(root, ".CACHE/Made.sqlite")
    assert not tracked.tracked(root)
    (root / ".git/INDEX").touch()  # as such a disk looks
    assert tracked.tracked(root)
    git(root, "update-index", "--index-version", "4")
    assert tracked.tracked(root)


@settings(max_examples=5)
@given(st.sets(st.text(st.sampled_from("abc./x"), min_size=1, max_size=12).filter(lambda name: ".." not in name)))
def test_every_path_of_a_compressed_index_is_read(tmp_path_factory: pytest.TempPathFactory, paths: set[str]) -> None:
    found = {path.strip("/.").replace("//", "/") or "x" for path in paths}
    whole = sorted(name for name in found if not any(name.startswith(other + "/") for other in found if other != name))
    names = [name for name in whole if not {"", ".", ".."} & set(name.split("/"))]
    folder = tmp_path_factory.mktemp("index")
    git(folder, "init", "-q")
    listed(folder, *names)
    git(folder, "update-index", "--index-version", "4")
    read = list(tracked.names((folder / ".git/index").read_bytes(), 20)) if names else []
    assert [name.decode() for name in read] == sorted(names)


def poisoned(store: Path, canary: Path) -> None:
    """Let every compiled template of a store write a file, and let every page be made anew."""
    code = compile(f"open({canary.as_posix()!r}, 'w').close()", "<template>", "exec")
    with sqlite3.connect(store) as made:
        rows = made.execute("SELECT rowid, value FROM made WHERE stage = ?", (STAGE,)).fetchall()
        assert rows
        for row, value in rows:
            stream = BytesIO(value[len(bc_magic) :])
            checksum = pickle.load(stream)
            made.execute(
                "UPDATE made SET value = ? WHERE rowid = ?",
                (bc_magic + pickle.dumps(checksum, 2) + marshal.dumps(code), row),
            )
        made.execute("DELETE FROM made WHERE stage = 'pages'")


def commands(root: Path, *names: str) -> list[tuple[int, str]]:
    """Commands one after the other in a process of their own, which has no template in memory: exit code and output of each."""
    code = (
        "import json, sys; from click.testing import CliRunner; from generator.cli import main\n"
        "for name in sys.argv[2:]:\n"
        "    done = CliRunner().invoke(main, [name, '--root', sys.argv[1]])\n"
        "    print(json.dumps([done.exit_code, done.output]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, root.as_posix(), *names],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": Path(__file__).parents[1].as_posix()},
        check=True,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_a_store_that_was_committed_runs_nothing(tmp_path: Path) -> None:
    root, canary = make(tmp_path / "root", files={"templates/README": "None yet.\n"}), tmp_path / "canary"
    assert run("build", "--root", root).exit_code == 0
    site = tree(root / "site")
    poisoned(root / ".cache" / FILE, canary)
    (root / ".cache/last").unlink()
    ready = (root / ".cache" / FILE).read_bytes()
    commands(root, "check")
    assert canary.exists(), "else this test shows nothing"
    canary.unlink()
    (root / ".cache" / FILE).write_bytes(ready)
    git(root, "init", "-q")
    git(root, "add", "-f", f".cache/{FILE}")
    for code, told in commands(root, "check", "build"):
        assert code == 0, told
        assert told.count(".cache:1:1: warning: it is under version control") == 1
        assert "git rm -r -f .cache" in told
        assert "1 warning" in told
    assert not canary.exists()
    assert tree(root / "site") == site
    assert (root / ".cache" / FILE).read_bytes() == ready
    git(root, "rm", "-r", "-f", "-q", ".cache")
    assert not (root / ".cache" / FILE).exists(), "the advice takes it away, too: else it would be believed"
    assert not tracked.tracked(root)


def test_nothing_else_of_a_cache_that_was_committed_is_believed(root: Path) -> None:
    generate(root)
    (root / "site_src/wharves.md").write_text("The wharves.\n")
    base, facts = (next((root / folder).glob("*.yml")) for folder in ("site_src/facts/.base", "site_src/facts"))
    known = base.read_bytes()
    manifest = {"wharves.md": [publish.digest(b"The wharves.\n")]}
    (root / ".cache/pages.json").write_text(json.dumps(manifest))
    pair = [publish.digest(facts.read_bytes()), *(path.relative_to(root).as_posix() for path in (facts, base)), [], []]
    entry = root / journal.JOURNAL / "x.done"
    entry.parent.mkdir(exist_ok=True)
    entry.write_text(json.dumps(pair) + "\n" + known.decode().replace("harbour", "HARBOUR"))
    looks = Looks(root)
    told = standing.Last((root / "site").as_posix(), (), ("forged",), 0, 0)
    assert standing.keep(root, looks, {}, (), told)
    assert standing.last(root, Looks(root))
    listed(root, ".cache/lock")
    assert standing.last(root, Looks(root)) is None
    before = (root / ".cache/last").read_bytes()
    assert not standing.keep(root, looks, {}, (), told)
    assert (root / ".cache/last").read_bytes() == before
    report = generate(root)
    assert [found.check for found in report.problems if found.severity == "warning"] == ["cache-tracked"]
    assert (root / "site_src/wharves.md").read_text() == "The wharves.\n"
    assert base.read_bytes() == known
    assert entry.exists()


@pytest.mark.parametrize("site", ["/", "..", "site/../..", "seeds"])
def test_a_note_of_the_last_build_has_no_folder_listed_but_the_site(root: Path, site: str) -> None:
    told = standing.Last(os.path.realpath(root / site), (), ("forged",), 0, 0)
    assert not standing.keep(root, Looks(root), {}, (), told)
    (root / standing.FILE).write_text(json.dumps(told))
    asked: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "_folders", lambda folder: asked.append(folder) or iter(()))
        assert standing.last(root, Looks(root)) is None
    assert asked == [""]


NAMED = {
    "": "site",
    "site_dir: public": "public",
    "site_dir: 'my site'  # to read": "my site",
    'site_dir: "../site"': "../site",
    "site_dir: /srv/site": "/srv/site",
    "site_dir: &a public": None,
    "site_dir: >\n  public": None,
    "site_dir: a\nsite_dir: b": None,
    "{site_dir: public}": None,
}


@pytest.mark.parametrize("config", NAMED)
def test_the_folder_of_the_site_is_read_as_mkdocs_reads_it_or_not_at_all(root: Path, config: str) -> None:
    named = NAMED[config]
    found = standing._site(root, f"site_name: x\n{config}\n".encode())
    assert found == ("" if named is None else os.path.realpath(root / named))
    if named is not None and config:
        assert yaml.safe_load(config) == {"site_dir": named}


def test_a_large_index_takes_no_time(tmp_path: Path) -> None:
    root = make(tmp_path)
    (root / ".cache").mkdir()
    git(root, "init", "-q")
    listed(root, *(f"site_src/facts/2031-05-02-harbour-works-begin-in-port-ellery-{n}.yml" for n in range(20_000)))
    spent = []
    for _ in range(5):
        tracked._read.cache_clear()
        start = time.process_time()
        assert not tracked.tracked(root)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.02, "about 2 ms, and much less once it was read"
