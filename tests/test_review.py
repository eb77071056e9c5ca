"""Unreviewed facts walked in the terminal."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from test_cli import run
from test_preview import built

TODAY = date.today().isoformat()


def ids(path: Path) -> list[str]:
    return re.findall(r"^- id: (\S+)", path.read_text(), re.MULTILINE)


def test_a_verdict_is_written_with_name_and_day_and_the_rest_stays_to_the_byte(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    before = path.read_text()
    done = run("review", "--root", root, "--name", "Ida Renn", text="aq")
    assert done.exit_code == 0
    count = len(ids(path))
    assert f"[1/{count}] " in done.stdout
    assert done.stdout.endswith(f"1 reviewed, {count - 1} to review. Next: briefing build\n")
    said = f"  review: confirmed\n  reviewed-by: Ida Renn\n  reviewed-on: {TODAY}\n"
    assert path.read_text() == before.replace("  review: unreviewed\n", said, 1)


def test_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    first, second, *_ = ids(path)
    run("review", "--root", root, "--name", "Ida Renn", text="aq")
    done = run("review", "--root", root, "--name", "Ida Renn", text="q")
    text = path.read_text()
    assert text.index(first) < text.index("review: confirmed") < text.index(second)
    place = next(n for n, line in enumerate(text.splitlines(), 1) if second in line)
    assert f"{path.relative_to(root).as_posix()}:{place}\n" in done.stdout


def test_what_is_disputed_or_retracted_tells_why_and_what_is_skipped_waits(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    count = len(ids(path))
    done = run("review", "--root", root, "--name", "Ida Renn", text="sdwrong day\nrnot said\nq")
    assert done.stdout.endswith(f"2 reviewed, {count - 2} to review. Next: briefing build\n")
    text = path.read_text()
    assert "  note: wrong day\n  review: disputed\n" in text
    assert "  note: not said\n  review: retracted\n" in text
    assert text.index("review: unreviewed") < text.index("review: disputed")


def test_the_quote_is_shown_in_its_paragraph(tmp_path: Path) -> None:
    root, *_ = built(tmp_path)
    shown = " ".join(run("review", "--root", root, "--name", "x", text="ssssq").stdout.split())
    assert "Minister Ada Solvik opened the northern yard on Monday. She visited the southern yard on Tuesday." in shown


def test_the_build_keeps_a_verdict(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    run("review", "--root", root, "--name", "Ida Renn", text="aaaaaaaaaa")
    text = path.read_text()
    assert "unreviewed" not in text
    assert run("build", "--root", root, "--quiet").exit_code == 0
    assert path.read_text() == text
    assert run("review", "--root", root, "--name", "Ida Renn", text="").stdout == "0 reviewed, 0 to review. \n"
