"""Facts that a person deleted, brought back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from builder import tree
from test_cli import run
from test_preview import built

VISIT = re.compile(r"- id: (event-\w+)\n  kind: event\n  what: visit\n(?:  .*\n)*")


def without_visit(path: Path) -> str:
    """Delete the visit from a fact file; its id."""
    text = path.read_text()
    found = VISIT.search(text)
    assert found
    path.write_text(text.replace(found[0], ""))
    return found[1]


def test_a_deleted_fact_stays_deleted_and_comes_back_to_its_place(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    before = path.read_text()
    id_ = without_visit(path)
    assert run("build", "--root", root, "--quiet").exit_code == 0
    assert id_ not in path.read_text()
    told = f"{path.stem}:\n  {id_}  Ada Solvik visited the southern yard on Tuesday.\n"
    assert run("restore", "--root", root).stdout == told
    done = run("restore", id_, "--root", root)
    assert (done.exit_code, done.stdout) == (0, f"{id_} stands in {path.relative_to(root).as_posix()} again\n")
    assert path.read_text() == before
    state = tree(root / "site_src" / "facts")
    assert run("build", "--root", root, "--quiet").exit_code == 0
    assert tree(root / "site_src" / "facts") == state
    assert run("restore", "--root", root).stdout == "No fact was deleted.\n"


def test_comments_and_edits_of_others_stay_to_the_byte(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    path.write_text(path.read_text().replace("  what: opening\n", "  what: start   # mine\n"))
    kept = path.read_text()
    id_ = without_visit(path)
    assert run("restore", id_, "--root", root).exit_code == 0
    assert path.read_text() == kept


def test_facts_of_a_file_that_was_deleted_come_back_in_a_new_one(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    found = VISIT.search(path.read_text())
    assert found
    path.unlink()
    assert run("restore", found[1], "--root", root).exit_code == 0
    assert found[1] in path.read_text()
    assert path.read_text().count("- id: ") == 1


def test_a_fact_that_the_article_states_no_longer_comes_back_as_a_persons_own(tmp_path: Path) -> None:
    root, path, base = built(tmp_path)
    id_ = without_visit(path)
    seed = root / "seeds" / "a.txt"
    seed.write_text(seed.read_text().replace(" She visited the southern yard on Tuesday.", ""))
    assert run("build", "--root", root, "--quiet").exit_code == 0
    assert run("restore", id_, "--root", root).exit_code == 0
    assert id_ not in base.read_text()
    run("build", "--root", root, "--quiet")
    assert id_ in path.read_text()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "event-zzzzzzzzzz",
            "no deleted fact has the id 'event-zzzzzzzzzz'; briefing restore lists those that are\n",
        ),
        ("there", "nothing to bring back"),
    ],
)
def test_an_id_that_is_not_deleted(tmp_path: Path, asked: str, told: str) -> None:
    root, path, _ = built(tmp_path)
    found = VISIT.search(path.read_text())
    assert found
    done = run("restore", found[1] if asked == "there" else asked, "--root", root)
    assert done.exit_code == 1
    assert told in done.stderr


def test_a_renamed_fact_was_not_deleted(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    first = re.search(r"- id: (\S+)", path.read_text())
    assert first
    path.write_text(path.read_text().replace(first[1], "event-mine"))
    assert run("restore", "--root", root).stdout == "No fact was deleted.\n"


def test_all_that_was_deleted_of_a_source_comes_back_by_its_id(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    before = path.read_text()
    path.write_text("")
    assert (
        "bring it back from version control, or by `briefing restore` once it is deleted"
        in run("check", "--root", root).stdout
    )
    path.unlink()
    assert "takes its place" in run("build", "--root", root, "--quiet").stderr
    done = run("restore", path.stem, "--root", root)
    assert (done.exit_code, done.stdout.count(" again\n")) == (0, before.count("- id:"))
    assert path.read_text() == before
