"""Which changes of files are edits."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from builder import make
from mkdocs.exceptions import Abort, ConfigurationError
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
)
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from generator.mkdocs_plugin import told
from generator.pipeline import generate
from generator.serving import Edits, tells, watching


class Watched:
    """A briefing, the number of edits it saw, and the folders looked at."""

    def __init__(self, root: Path) -> None:
        self.report = generate(make(root))
        self.count = 0
        self.root = root
        self.edits = Edits(root, PollingObserver(), self.saw)

    def saw(self) -> None:
        self.count += 1

    def folders(self) -> set[str]:
        return {folder.relative_to(self.root).as_posix() for folder in self.edits.watched}


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        ("seeds/harbour.txt", True),
        ("seeds/new/more.txt", True),
        ("site_src/topics.yml", True),
        ("site_src/entities/people.yml", True),
        ("site_src/about-us.md", True),
        ("templates/pages/watch.md.j2", True),
        ("site_src/index.md", False),
        ("site_src/people/mira-tolle.md", False),
        ("site_src/schema/source.json", False),
        ("site_src/schema/topics.json", False),
        ("site_src/facts/.x.yml.ab.tmp", False),
        ("README.md", False),
    ],
)
def test_what_is_an_edit(watched: Watched, path: str, edit: bool) -> None:
    assert watched.edits.is_edit(watched.root / path) is edit
    watched.edits.on_any_event(FileModifiedEvent(str(watched.root / path)))
    watched.edits.on_any_event(FileOpenedEvent(str(watched.root / path)))
    assert watched.count == edit


def test_a_generated_page_is_an_edit_once_a_person_changes_it_or_removes_it(watched: Watched) -> None:
    page = watched.root / "site_src/index.md"
    page.unlink()
    assert watched.edits.is_edit(page), "it is to be made anew"
    page.write_text("Mine.")
    assert watched.edits.is_edit(page)


def test_a_page_that_a_run_removes_is_none(watched: Watched) -> None:
    seed, page = watched.root / "seeds/harbour.txt", watched.root / "site_src/people/mira-tolle.md"
    seed.write_text(seed.read_text().replace("Mira Tolle", "Una Tolle"), encoding="utf-8")
    watched.edits.pause()
    written = generate(watched.root).written
    assert not page.exists()
    watched.edits.on_any_event(FileDeletedEvent(str(page)))
    watched.edits.resume(written)
    watched.edits.on_any_event(FileDeletedEvent(str(page)))
    assert watched.count == 0


def test_an_editor_that_renames_is_seen(watched: Watched) -> None:
    root = watched.root
    watched.edits.on_any_event(FileMovedEvent(str(root / "seeds/.harbour.swp"), str(root / "seeds/harbour.txt")))
    assert watched.count == 1


def test_a_folder_that_goes_and_comes_again_is_looked_at_again(watched: Watched) -> None:
    watched.edits.observer.start()
    seeds, away = watched.root / "seeds", watched.root / "away"
    seeds.rename(away)
    watched.edits.on_any_event(DirMovedEvent(str(seeds), str(away)))
    assert (watched.count, "seeds" in watched.folders()) == (1, False)
    away.rename(seeds)
    watched.edits.on_any_event(DirMovedEvent(str(away), str(seeds)))
    assert (watched.count, "seeds" in watched.folders()) == (2, True)
    shutil.rmtree(seeds)
    watched.edits.on_any_event(DirDeletedEvent(str(seeds)))
    assert (watched.count, "seeds" in watched.folders()) == (3, False)
    watched.edits.observer.stop()


def test_folders_that_come_later_are_looked_at_too(watched: Watched) -> None:
    assert watched.folders() == {".", "seeds", "site_src", "site_src/facts", "site_src/entities"}
    (watched.root / "templates/theme").mkdir(parents=True)
    watched.edits.on_any_event(DirCreatedEvent(str(watched.root / "templates")))
    assert "templates" in watched.folders()
    assert watched.count == 1
    watched.edits.on_any_event(DirCreatedEvent(str(watched.root / "site")))
    assert watched.count == 1


def test_what_a_run_writes_is_no_edit_and_what_a_person_writes_meanwhile_is(watched: Watched) -> None:
    edits, facts = watched.edits, next((watched.root / "site_src/facts").glob("*.yml"))
    edits.pause()
    edits.on_any_event(FileModifiedEvent(str(facts)))
    assert watched.count == 0
    edits.resume(watched.report.written)
    assert watched.count == 0
    edits.on_any_event(FileModifiedEvent(str(facts)))
    assert watched.count == 0, "told late"

    edits.pause()
    facts.write_text(facts.read_text(encoding="utf-8") + "# Mine.\n", encoding="utf-8")
    edits.on_any_event(FileModifiedEvent(str(facts)))
    assert watched.count == 0
    edits.resume({})
    assert watched.count == 1
    mine = facts.read_bytes()
    facts.write_bytes(mine.removesuffix(b"# Mine.\n"))
    edits.on_any_event(FileModifiedEvent(str(facts)))
    assert watched.count == 2, "what a run wrote, written again by a person"
    facts.unlink()
    edits.on_any_event(FileModifiedEvent(str(facts)))
    assert watched.count == 3


MOUNTS = """\
overlay / overlay rw,relatime 0 0
/dev/sda1 {root} ext4 rw 0 0
server:/desk {root}/far nfs4 rw 0 0
tmpfs {root}/far/near tmpfs rw 0 0
drive {root}/two\\040words fuse.drive rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        (".", True),
        ("inside/deep", True),
        ("far", False),
        ("far/inside", False),
        ("far/near", True),
        ("two words/here", False),
    ],
)
def test_where_the_system_tells_of_changes(tmp_path: Path, folder: str, told: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS.format(root=tmp_path), encoding="utf-8")
    assert tells(tmp_path / folder, tmp_path / "mounts") is told


def test_where_nobody_knows_what_is_mounted_files_are_looked_at(tmp_path: Path) -> None:
    assert not tells(tmp_path, tmp_path / "none")


def heard(root: Path, polling: BaseObserver) -> int:
    """How often an edit is told within two seconds, where a briefing is watched."""
    count = []
    edits = watching(root, polling, lambda: count.append(1))
    if edits.observer is polling:
        polling.start()
    (root / "seeds/more.txt").write_text("More.", encoding="utf-8")
    until = time.monotonic() + 2
    while not count and time.monotonic() < until:
        time.sleep(0.02)
    edits.observer.stop()
    edits.observer.join()
    return len(count)


def test_an_edit_is_heard_of_without_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.serving.tells", lambda _: True)
    polling = PollingObserver()
    assert heard(make(tmp_path), polling)
    assert not polling.emitters


@pytest.mark.parametrize("why", ["the system tells nothing", "too many folders are watched"])
def test_an_edit_is_seen_by_looking_where_it_is_not_heard_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    class Full(PollingObserver):
        def start(self) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("generator.serving.tells", lambda _: why != "the system tells nothing")
    monkeypatch.setattr("generator.serving.Observer", Full)
    polling = PollingObserver(timeout=0.1)
    assert heard(make(tmp_path), polling)
    assert polling.emitters == set()  # it has stopped


@pytest.mark.parametrize("error", [Abort("told"), ConfigurationError("no title")])
def test_a_build_that_is_none_says_so_in_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def build() -> None:
        raise error

    root = make(tmp_path)
    told(build, root)()
    assert caplog.messages == ([] if isinstance(error, Abort) else ["no title"])
    caplog.clear()
    (root / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    told(build, root)()
    assert [line.partition(" ")[0] for line in caplog.messages] == ["mkdocs.yml:1:13:"]
