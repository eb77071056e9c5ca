"""Conflicts settled once: the machine's reading taken, or the person's kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_cli import run
from test_preview import built, older


def disputed(folder: Path) -> tuple[Path, Path, Path]:
    """A briefing in which a person changed a date that an older program had read otherwise than this one does."""
    root, path, base = built(folder)
    older(path, base, now="when: 2031-03-11", then="when: 2031-03-09")
    older(path, now="when: 2031-03-09", then="when: 2031-03-10   # mine")
    older(path, now="   # mine", then="")
    assert run("build", "--root", root, "--quiet").exit_code == 0
    return root, path, base


def the_fact(path: Path) -> str:
    return next(line[len("- id: ") :] for line in path.read_text().splitlines() if line.startswith("- id: event"))


def open_(root: Path) -> str:
    return run("settle", "--root", root).stdout


def test_open_conflicts_are_listed(tmp_path: Path) -> None:
    root, path, _ = disputed(tmp_path)
    assert " when: yours '2031-03-10', read anew '2031-03-11' (edited)\nNext: briefing settle ID" in open_(root)
    id_ = open_(root).split()[0]
    for asked in ((id_,), (id_, "when"), (path.stem,)):
        assert run("settle", *asked, "--root", root).stdout.startswith(f"{id_} when: yours ")
    assert "when: 2031-03-10" in path.read_text()
    shown = (root / "site_src/review.md").read_text()
    assert (
        f" When: “2031-03-10” stands; the reader says “2031-03-11”. `briefing settle {open_(root).split()[0]} when`"
        in shown
    )


def test_what_is_kept_is_not_asked_again(tmp_path: Path) -> None:
    root, path, base = disputed(tmp_path)
    id_ = open_(root).split()[0]
    before = path.read_bytes()
    done = run("settle", id_, "when", "--keep", "--root", root)
    assert (done.exit_code, done.stdout.rsplit(": ", 1)[1]) == (0, "kept\n")
    for _ in range(2):
        assert run("build", "--root", root, "--quiet").exit_code == 0
        assert open_(root) == "Nothing is open.\n"
        assert path.read_bytes() == before
    older(base, now="when: 2031-03-11", then="when: 2031-03-08")  # a program in between read it so
    run("build", "--root", root, "--quiet")
    assert "yours '2031-03-10', read anew '2031-03-11'" in open_(root)


def test_what_is_taken_goes_on_with_the_machine(tmp_path: Path) -> None:
    root, path, base = disputed(tmp_path)
    id_ = open_(root).split()[0]
    assert run("settle", id_, "--take", "--root", root).exit_code == 0
    assert "when: 2031-03-11" in path.read_text()
    assert run("build", "--root", root, "--quiet").exit_code == 0
    assert open_(root) == "Nothing is open.\n"
    older(path, base, now="when: 2031-03-11", then="when: 2031-03-08")
    run("build", "--root", root, "--quiet")
    assert "when: 2031-03-11" in path.read_text()


@pytest.mark.parametrize(("how", "stays"), [("--keep", True), ("--take", False)])
def test_a_fact_that_is_read_no_more(tmp_path: Path, how: str, stays: bool) -> None:
    root, path, _ = built(tmp_path)
    older(path, now="what: visit", then="what: tour")
    seed = root / "seeds" / "a.txt"
    seed.write_text(seed.read_text().replace(" She visited the southern yard on Tuesday.", ""))
    run("build", "--root", root, "--quiet")
    id_ = open_(root).split(":")[0]
    assert ": read no longer; yours " in open_(root)
    assert run("settle", id_, how, "--root", root).exit_code == 0
    for _ in range(2):
        run("build", "--root", root, "--quiet")
        assert open_(root) == "Nothing is open.\n"
        assert ("what: tour" in path.read_text()) is stays


@pytest.mark.parametrize("how", ["--keep", "--take"])
def test_what_an_article_took_back_waits_for_a_person_and_is_settled_for_the_whole_source(
    tmp_path: Path, how: str
) -> None:
    root, path, _ = built(tmp_path)
    before = path.read_text()
    seed = root / "seeds" / "a.txt"
    seed.write_text(seed.read_text().replace(" She visited the southern yard on Tuesday.", ""))
    for _ in range(2):
        assert run("build", "--root", root, "--quiet").exit_code == 0
        assert "what: visit" in path.read_text()
    told = run("check", "--root", root)
    assert told.exit_code == 0
    assert "the article is read to state event-" in told.stdout
    assert "is not in seeds/" not in told.stdout, "one thing is told once"
    assert run("settle", path.stem, how, "--root", root).exit_code == 0
    assert ("what: visit" in path.read_text()) is (how == "--keep")
    assert open_(root) == "Nothing is open.\n"
    checked = run("check", "--root", root)
    assert checked.exit_code == 0
    assert ("is not in seeds/a.txt" in checked.output) is (how == "--keep"), (
        "who keeps it is told that no words state it"
    )
    assert path.read_text().count("- id:") == before.count("- id:") - (how == "--take")


def test_what_is_taken_is_settled_at_once(tmp_path: Path) -> None:
    root, path, _ = disputed(tmp_path)
    id_ = open_(root).split()[0]
    run("settle", id_, "when", "--take", "--root", root)
    assert open_(root) == "Nothing is open.\n"
    seed = root / "seeds" / "a.txt"
    seed.write_text(seed.read_text().replace("on Tuesday", "on Wednesday"))
    run("build", "--root", root, "--quiet")
    assert open_(root) == "Nothing is open.\n"
    assert "when: 2031-03-12" in path.read_text()


def test_what_is_kept_and_deleted_later_stays_deleted(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    seed = root / "seeds" / "a.txt"
    whole, cut = seed.read_text(), seed.read_text().replace(" She visited the southern yard on Tuesday.", "")
    seed.write_text(cut)
    run("build", "--root", root, "--quiet")
    assert run("settle", path.stem, "--keep", "--root", root).exit_code == 0
    path.write_text(re.sub(r"- id: \S+\n  kind: event\n  what: visit\n(?:  .*\n)+", "", path.read_text()))
    seed.write_text(whole)
    for _ in range(2):
        run("build", "--root", root, "--quiet")
        assert "what: visit" not in path.read_text()


def test_what_a_person_wrote_in_does_not_go_with_the_others(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    older(path, now="what: visit", then="what: visit   # seen there")
    seed = root / "seeds" / "a.txt"
    seed.write_text("date 2031-03-14 Yards\n\nNothing happened.")
    run("build", "--root", root, "--quiet")
    done = run("settle", path.stem, "--take", "--root", root)
    assert done.exit_code == 1
    assert "so it does not go with the others; settle it by its own id, e.g. briefing settle event-" in done.stderr
    assert [line for line in path.read_text().splitlines() if line.startswith("  what:")] == [
        "  what: visit   # seen there"
    ]
    assert run("settle", open_(root).split(":")[0], "--take", "--root", root).exit_code == 0
    assert "- id:" not in path.read_text()


def test_what_is_not_open_is_told(tmp_path: Path) -> None:
    root, *_ = disputed(tmp_path)
    done = run("settle", "event-zz", "--keep", "--root", root)
    assert (done.exit_code, done.stderr) == (1, "nothing is open of 'event-zz'; briefing settle lists what is open\n")
    id_ = open_(root).split()[0]
    done = run("settle", id_, "text", "--take", "--root", root)
    assert (done.exit_code, done.stderr) == (
        1,
        f"nothing is open of '{id_} text'; open are when\n",
    )
    done = run("settle", f"{id_}x", "--root", root)
    assert (done.exit_code, done.stderr) == (1, f"nothing is open of '{id_}x'; did you mean '{id_}'?\n")


@pytest.mark.parametrize("flags", [("event-a", "--take", "--keep"), ("--take",), ("--keep",)])
def test_a_wrong_command_line(tmp_path: Path, flags: tuple[str, ...]) -> None:
    root, *_ = built(tmp_path)
    assert run("settle", *flags, "--root", root).exit_code == 2
