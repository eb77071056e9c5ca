"""What a build would change, told before anything is written."""

from __future__ import annotations

import re
from pathlib import Path

from builder import make
from test_cli import run

TEXT = "date 2031-03-14 Yards\n\nMinister Ada Solvik opened the northern yard on Monday. She visited the southern yard on Tuesday."


def built(folder: Path) -> tuple[Path, Path, Path]:
    """A built briefing, its fact file and its base."""
    root = make(folder, seeds={"a.txt": TEXT})
    assert run("build", "--root", root, "--quiet").exit_code == 0
    (path,) = (root / "site_src/facts").glob("*.yml")
    return root, path, path.parent / ".base" / path.name


def older(*paths: Path, now: str, then: str) -> None:
    """Let files say what an earlier program read."""
    for path in paths:
        path.write_text(path.read_text().replace(now, then))


def test_nothing_would_change_after_a_build(tmp_path: Path) -> None:
    root, *_ = built(tmp_path)
    assert run("build", "--root", root, "--dry-run").stdout == "No fact would change.\n"


def files_of(root: Path) -> dict[Path, bytes]:
    """All files of a briefing but for what is kept between runs, which SQLite looks after."""
    return {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and not p.name.startswith("made.sqlite")}


def test_a_new_reading_is_told_with_old_new_and_rule_and_nothing_is_written(tmp_path: Path) -> None:
    root, path, base = built(tmp_path)
    older(path, base, now="what: opening", then="what: launch")
    older(path, base, now="what: visit", then="what: tour")
    older(path, now="when: 2031-03-11", then="when: 2031-03-10")  # a person's
    before = files_of(root)
    told = run("build", "--root", root, "--dry-run")
    assert "changed event-" in told.stdout
    assert "(event-verb-happened)\n    what: launch → opening\n" in told.stdout
    assert "    what: tour → visit\n" in told.stdout
    assert told.stdout.endswith("2 facts would change, 1 of them edited by hand. Nothing was written.\n")
    assert files_of(root) == before


def test_facts_that_a_person_wrote_in_are_counted_apart(tmp_path: Path) -> None:
    root, path, base = built(tmp_path)
    older(path, now="when: 2031-03-11", then="when: 2031-03-10")
    assert run("build", "--root", root, "--quiet").exit_code == 0
    older(path, base, now="what: visit", then="what: tour")
    told = run("build", "--root", root, "--dry-run").stdout
    assert ", edited by hand (event-verb-happened)\n    what: tour → visit\n" in told
    assert told.endswith("1 fact would change, 1 of them edited by hand. Nothing was written.\n")


def test_a_fact_that_comes_and_one_that_goes(tmp_path: Path) -> None:
    root, *_ = built(tmp_path)
    seed = root / "seeds" / "a.txt"
    seed.write_text(
        seed.read_text().replace("She visited the southern yard on Tuesday.", "A fire broke out on Friday.")
    )
    told = run("build", "--root", root, "--dry-run").stdout
    assert "  new event-" in told
    assert "A fire broke out on Friday.\n" in told
    assert re.search(
        r"  to settle event-\w+ \(.*\)\n    fact: She visited the southern yard on Tuesday → nothing\n", told
    )
    assert told.endswith(
        "1 fact would change, 0 of them edited by hand; 1 reading would wait to be settled. Nothing was written.\n"
    )


def test_a_fact_that_only_the_machine_knew_goes(tmp_path: Path) -> None:
    root, path, base = built(tmp_path)
    gone = next(block for block in re.split(r"(?m)^(?=- id: )", path.read_text()) if "what: visit" in block)
    old = next(block for block in re.split(r"(?m)^(?=- id: )", base.read_text()) if "what: visit" in block)
    extra = "is said by nobody"
    for file, block in ((path, gone), (base, old)):
        again = re.sub(r"id: \S+", "id: event-older", block)
        again = re.sub(r"quote: .*", f"quote: {extra}", again).replace("start: ", "start: 9").replace("end: ", "end: 9")
        file.write_text(file.read_text() + again)
    told = run("build", "--root", root, "--dry-run").stdout
    assert "  removed event-older\n" in told
    assert told.endswith("1 fact would change, 0 of them edited by hand. Nothing was written.\n")


def test_what_is_said_of_the_source_is_told_and_counts_as_no_fact(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    older(path, now="seed: a.txt", then="seed: b.txt")
    told = run("build", "--root", root, "--dry-run").stdout
    assert "  changed source\n    seed: b.txt → a.txt\n" in told
    assert f"A build would write {path.relative_to(root).as_posix()}.\n" in told
    assert told.endswith("No fact would change. Nothing was written.\n")


def test_dates_that_follow_another_date_of_the_article_are_told(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    (root / "seeds/a.txt").write_text(TEXT.replace("2031-03-14", "2031-03-21"))
    told = run("build", "--root", root, "--quiet").stderr
    assert "the article is of 2031-03-21 now, not of 2031-03-14, and dates that count from it follow: event-" in told
    assert "when: 2031-03-17" in path.read_text()


def test_a_build_notes_what_a_person_changed(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    older(path, now="when: 2031-03-11", then="when: 2031-03-10")
    noted = f"A build would write site_src/facts/.base/{path.name}.\nNo fact would change.\n"
    assert run("build", "--root", root, "--dry-run").stdout == noted
    run("build", "--root", root, "--quiet")
    assert run("build", "--root", root, "--dry-run").stdout == "No fact would change.\n"
