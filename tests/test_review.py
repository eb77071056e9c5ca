"""Unreviewed facts walked in the terminal."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from test_cli import run
from test_preview import built

from generator import reviewing


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
    said = f"  review: confirmed\n  reviewed-by: Ida Renn\n  reviewed-on: {date.today().isoformat()}\n"
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
    assert run("review", "--root", root, "--name", "Ida Renn", text="").stdout == "0 reviewed, 0 to review.\n"


def test_the_editor_opens_the_file_and_the_fact_is_shown_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, path, _ = built(tmp_path)
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nsed -i "s/what: opening/what: launch   # mine/" "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", script.as_posix())
    monkeypatch.delenv("VISUAL", raising=False)
    done = run("review", "--root", root, "--name", "x", text="eeeaq")
    assert "what: launch   # mine" in path.read_text()
    assert re.findall(r"\[(\d+)/\d+\]", done.stdout) == ["1", "1", "1", "1", "2"]
    assert "  what: launch\n" in done.stdout
    assert "1 reviewed" in done.stdout


def test_nobody_vouches_for_what_changed_while_they_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, path, _ = built(tmp_path)
    answers = iter("aaq")

    def slow() -> str:
        path.write_text(path.read_text().replace("title: minister", "title: mayor", 1))
        return next(answers)

    monkeypatch.setattr(reviewing, "_asked", slow)
    done = run("review", "--root", root, "--name", "x")
    assert "The fact changed meanwhile; here it is again." in done.stdout
    assert done.stdout.index("title: minister") < done.stdout.index("title: mayor")
    assert path.read_text().count("review: confirmed") == 1


def test_each_answer_reads_one_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, *_ = built(tmp_path)
    text = (root / "seeds/a.txt").read_text()
    for name in "bcdefgh":
        (root / f"seeds/{name}.txt").write_text(text.replace("northern", f"{name}-side"))
    run("build", "--root", root, "--quiet")
    read: list[str] = []
    load = reviewing.load_seed
    monkeypatch.setattr(reviewing, "load_seed", lambda name, path: read.append(name) or load(name, path))
    run("review", "--root", root, "--name", "x", text="q")
    few = len(read)
    read.clear()
    run("review", "--root", root, "--name", "x", text="ssq")
    assert len(read) == few + 2


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, *commands: str) -> None:
    """An editor that does one thing after another, each time that it is called."""
    script = folder / "editor.sh"
    turns = "".join(f"{n}) {command};;\n" for n, command in enumerate(commands))
    script.write_text(
        f"#!/bin/sh\nn=$(cat {folder}/n 2>/dev/null || echo 0)\necho $((n+1)) > {folder}/n\ncase $n in\n{turns}esac\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", script.as_posix())
    monkeypatch.delenv("VISUAL", raising=False)


def test_a_slip_in_the_editor_is_told_and_can_be_mended_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, path, _ = built(tmp_path)
    editor(
        tmp_path, monkeypatch, 'sed -i "s/^  kind/\tkind/" "$1"', 'sed -i "s/^\tkind/  kind/; s/minister/mayor/" "$1"'
    )
    before = path.read_text()
    done = run("review", "--root", root, "--name", "x", text="eeq")
    assert "a tab used for indentation" in done.stderr
    assert path.read_text() == before.replace("minister", "mayor")
    assert done.stdout.endswith(f"0 reviewed, {len(ids(path))} to review. Next: briefing build\n")


def test_an_editor_that_is_not_there_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, path, _ = built(tmp_path)
    monkeypatch.setenv("EDITOR", (tmp_path / "none").as_posix())
    monkeypatch.delenv("VISUAL", raising=False)
    done = run("review", "--root", root, "--name", "x", text="eaq")
    assert "set EDITOR to an editor that is there" in done.stderr
    assert done.stdout.endswith(f"1 reviewed, {len(ids(path)) - 1} to review. Next: briefing build\n")


def test_without_a_reason_nothing_is_disputed(tmp_path: Path) -> None:
    root, path, _ = built(tmp_path)
    before = path.read_text()
    done = run("review", "--root", root, "--name", "x", text="r\n.\nd\n\n.\nq")
    assert path.read_text() == before
    assert done.stdout.count("[1/") == 3
