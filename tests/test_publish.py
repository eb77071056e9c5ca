"""Publishing: nothing half written, nothing of a person's written over, whatever stops the program when."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator import journal, publish


def test_a_file_is_written_only_when_its_bytes_change(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    assert publish.replace(path, b"one")
    os.utime(path, (1, 1))
    assert publish.replace(path, b"one")
    assert path.stat().st_mtime == 1
    assert publish.replace(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]


def test_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    path.chmod(0o600)
    publish.replace(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"edited")
    assert not publish.replace(path, b"machine", lambda now: now == b"seen")
    assert path.read_bytes() == b"edited"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def pages(root: Path) -> dict[str, str]:
    base = root / "site_src"
    return {p.relative_to(base).as_posix(): p.read_text() for p in sorted(base.rglob("*")) if p.is_file()}


def test_pages_come_change_and_go(tmp_path: Path) -> None:
    write = publish.write_pages
    assert write(tmp_path, "site_src", {"a.md": "1", "people/x.md": "2"}) == (["a.md", "people/x.md"], [])
    assert write(tmp_path, "site_src", {"a.md": "1", "people/x.md": "2"}) == ([], [])
    assert write(tmp_path, "site_src", {"a.md": "3"}) == (["a.md", "people/x.md"], [])
    assert pages(tmp_path) == {"a.md": "3"}
    assert not (tmp_path / "site_src" / "people").exists()


def test_a_page_by_hand_is_never_overwritten_nor_removed(tmp_path: Path) -> None:
    own = tmp_path / "site_src" / "about.md"
    own.parent.mkdir()
    own.write_text("by hand")
    changed, problems = publish.write_pages(tmp_path, "site_src", {"about.md": "generated", "a.md": "1"})
    assert changed == ["a.md"]
    assert str(problems[0]).startswith("site_src/about.md:1:1: error: a page of this name is to be generated")
    publish.write_pages(tmp_path, "site_src", {})
    assert pages(tmp_path) == {"about.md": "by hand"}


def test_a_generated_page_that_a_person_changed_is_theirs(tmp_path: Path) -> None:
    publish.write_pages(tmp_path, "site_src", {"a.md": "1", "b.md": "1"})
    for name in ("a.md", "b.md"):
        (tmp_path / "site_src" / name).write_text("mine")
    changed, problems = publish.write_pages(tmp_path, "site_src", {"a.md": "2"})
    assert (changed, len(problems)) == ([], 1)
    assert pages(tmp_path) == {"a.md": "mine", "b.md": "mine"}


def test_a_default_page_gives_way_to_one_by_hand(tmp_path: Path) -> None:
    write = publish.write_pages
    assert write(tmp_path, "site_src", {}, {"about.md": "default"}) == (["about.md"], [])
    assert write(tmp_path, "site_src", {}, {"about.md": "newer"}) == (["about.md"], [])
    (tmp_path / "site_src" / "about.md").write_text("by hand")
    for default in ("newest", "by hand", "other"):
        assert write(tmp_path, "site_src", {}, {"about.md": default}) == ([], [])
    assert pages(tmp_path) == {"about.md": "by hand"}


def test_without_a_manifest_pages_that_are_the_same_are_known_again(tmp_path: Path) -> None:
    publish.write_pages(tmp_path, "site_src", {"a.md": "1"})
    (tmp_path / ".cache" / "pages.json").write_text("{broken")
    assert publish.write_pages(tmp_path, "site_src", {"a.md": "1"}) == ([], [])
    assert publish.write_pages(tmp_path, "site_src", {"a.md": "2"}) == (["a.md"], [])


def test_without_a_manifest_pages_are_known_by_their_mark(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\n\n# A\n"
    publish.write_pages(tmp_path, "site_src", {"a.md": page, "b.md": page, "c/d.md": page})
    assert publish.is_marked("a.md", (tmp_path / "site_src/a.md").read_bytes())
    edited = (tmp_path / "site_src/b.md").read_text().replace("# A", "# Mine")
    (tmp_path / "site_src/b.md").write_text(edited)
    (tmp_path / "site_src/own.md").write_text(page)
    copy = (tmp_path / "site_src/a.md").read_text()
    (tmp_path / "site_src/copy.md").write_text(copy)
    (tmp_path / ".cache" / "pages.json").unlink()
    newer = page.replace("# A", "# B")
    changed, problems = publish.write_pages(tmp_path, "site_src", {"a.md": newer, "b.md": newer})
    assert (changed, [p.path for p in problems]) == (["a.md", "c/d.md"], ["site_src/b.md"])
    assert pages(tmp_path) == {"a.md": publish.marked("a.md", newer), "b.md": edited, "own.md": page, "copy.md": copy}


def test_pages_are_known_after_a_crash_between_two_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.write_pages(tmp_path, "site_src", {"a.md": "1", "b.md": "1", "c.md": "1"})
    put = publish._put

    def crash(base: Path, name: str, raw: bytes | None) -> None:
        if name == "b.md":
            raise KeyboardInterrupt
        put(base, name, raw)

    monkeypatch.setattr(publish, "_put", crash)
    with pytest.raises(KeyboardInterrupt):
        publish.write_pages(tmp_path, "site_src", {"a.md": "2", "b.md": "2", "d.md": "2"})
    monkeypatch.undo()
    assert publish.write_pages(tmp_path, "site_src", {"a.md": "3", "b.md": "3"})[1] == []
    assert pages(tmp_path) == {"a.md": "3", "b.md": "3"}


HOLDER = """
import sys, time, pathlib
from generator import publish
with publish.lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_tells_its_holder_and_ends_with_it(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(publish.Busy, match=f"process {holder.pid} is at work"),
            publish.lock(tmp_path, patience=0.1),
        ):
            pass
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with publish.lock(tmp_path, patience=1):
        assert (tmp_path / ".cache" / "lock").read_text() == f"{os.getpid()}\n"


class Crash(BaseException):
    """The power goes."""


FILE, BASE = "site_src/facts/a.yml", "site_src/facts/.base/a.yml"


def contents(root: Path) -> tuple[str, str]:
    return (root / FILE).read_text(), (root / BASE).read_text()


@pytest.mark.parametrize("step", range(9))
def test_a_crash_at_any_write_leaves_file_and_base_belonging_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    assert journal.write(tmp_path, FILE, BASE, "old", "old base", None)
    done = 0

    def counted(name: str) -> None:
        original = getattr(Path, name)

        def operation(self: Path, *args: object, **kwargs: object) -> object:
            nonlocal done
            done += 1
            if done == step + 1:
                raise Crash
            return original(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, operation)

    for name in ("replace", "unlink"):
        counted(name)
    with contextlib.suppress(Crash):
        journal.write(tmp_path, FILE, BASE, "new", "new base", "old")
    monkeypatch.undo()
    journal.recover(tmp_path)
    assert contents(tmp_path) in [("old", "old base"), ("new", "new base")]
    assert not [path for path in (tmp_path / journal.JOURNAL).iterdir() if path.suffix in (".yml", ".done")]


OLD = "- id: a\n  when: 2031\n"
NEW = "- id: a\n  when: 2032\n- id: b\n  when: 2033\n"


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize(
    ("edited", "arrived"),
    [
        (NEW.replace("2032", "2031"), True),  # what the machine changed, changed back
        (NEW.partition("- id: b")[0], True),  # what the machine added, deleted
        (OLD + "# mine\n", False),
        (NEW + "# mine\n", True),
    ],
)
def test_an_edit_between_a_crash_and_the_next_run_is_an_edit_of_what_arrived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, edited: str, arrived: bool
) -> None:
    assert journal.write(tmp_path, FILE, BASE, OLD, "old base", None)
    done = 0
    original = publish.replace

    def counted(path: Path, raw: bytes, *args: Any) -> bool:
        nonlocal done
        done += 1
        if done == step + 1:
            raise Crash
        return original(path, raw, *args)

    monkeypatch.setattr(journal, "replace", counted)
    with contextlib.suppress(Crash):
        journal.write(tmp_path, FILE, BASE, NEW, "new base", OLD)
    monkeypatch.undo()
    there = (tmp_path / FILE).read_text() == NEW
    if there is not arrived:
        return  # nobody edits what they do not see
    (tmp_path / FILE).write_text(edited)
    journal.recover(tmp_path)
    assert contents(tmp_path) == (edited, "new base" if there else "old base")


def test_an_edit_after_a_crash_drops_the_journal(tmp_path: Path) -> None:
    journal.write(tmp_path, FILE, BASE, "old", "old base", None)
    entry = tmp_path / journal.JOURNAL / "a.yml"
    entry.write_text(f"{publish.digest(b'new')} {FILE} {BASE}\nnew base")
    (tmp_path / FILE).write_text("edited")
    journal.recover(tmp_path)
    assert contents(tmp_path) == ("edited", "old base")
    assert not entry.exists()


def test_a_fact_file_that_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "site_src/facts").mkdir(parents=True)
    (tmp_path / FILE).write_text("edited")
    assert not journal.write(tmp_path, FILE, BASE, "machine", "base", "seen")
    assert (tmp_path / FILE).read_text() == "edited"
    assert not (tmp_path / BASE).exists()
    assert not list((tmp_path / journal.JOURNAL).iterdir())


@pytest.mark.parametrize(
    "outside", ["../outside.yml", "/tmp/outside.yml", "mkdocs.yml", "site_src/../mkdocs.yml", "site_src/a.md", 7]
)
def test_a_journal_that_leads_elsewhere_is_dropped(tmp_path: Path, outside: object) -> None:
    """It is a file that came with the folder, so it is nobody's word: what it names besides facts and bases is not written."""
    root = tmp_path / "root"
    entry = root / journal.JOURNAL / "a.done"
    entry.parent.mkdir(parents=True)
    for path, base in ((FILE, outside), (outside, BASE)):
        entry.write_text(json.dumps(["", path, base, [], []]) + "\nowned")
        assert journal.recover(root)
        assert [found for found in tmp_path.rglob("*") if found.is_file()] == []
