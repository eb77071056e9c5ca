"""Which changes of files are edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import make
from watchdog.events import DirCreatedEvent, FileModifiedEvent, FileMovedEvent, FileOpenedEvent
from watchdog.observers.polling import PollingObserver

from generator.pipeline import generate
from generator.serving import Edits


class Watched:
    """A briefing, the number of edits it saw, and the folders looked at."""

    def __init__(self, root: Path) -> None:
        generate(make(root))
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


def test_a_generated_page_is_an_edit_once_a_person_changes_it_and_not_when_it_goes(watched: Watched) -> None:
    page = watched.root / "site_src/index.md"
    page.unlink()
    assert not watched.edits.is_edit(page)
    page.write_text("Mine.")
    assert watched.edits.is_edit(page)


def test_an_editor_that_renames_is_seen(watched: Watched) -> None:
    root = watched.root
    watched.edits.on_any_event(FileMovedEvent(str(root / "seeds/.harbour.swp"), str(root / "seeds/harbour.txt")))
    assert watched.count == 1


def test_folders_that_come_later_are_looked_at_too(watched: Watched) -> None:
    assert watched.folders() == {".", "seeds", "site_src", "site_src/facts", "site_src/entities"}
    (watched.root / "templates/theme").mkdir(parents=True)
    watched.edits.on_any_event(DirCreatedEvent(str(watched.root / "templates")))
    assert "templates" in watched.folders()
    assert watched.count == 1
    watched.edits.on_any_event(DirCreatedEvent(str(watched.root / "site")))
    assert watched.count == 1
