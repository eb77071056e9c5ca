"""Seeds: what is read out of each format, and what is said of bad ones."""

from __future__ import annotations

import pickle
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Seed
from generator.seeds import read_seed, read_seeds, source_id, source_ids
from generator.seeds.kept import whole
from generator.seeds.normal import LIMIT, normalise
from generator.store import Store

CASES = Path(__file__).parent / "cases" / "seeds"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_seed_is_read_or_its_problem_told(case: dict[str, Any]) -> None:
    raw = bytes.fromhex(case["hex"]) if "hex" in case else case["raw"].encode()
    seed, problems = read_seed(case["path"], raw)
    assert [str(problem) for problem in problems] == case.get("problems", [])
    expected = case.get("seed")
    keys = ("date", "text", "title", "publisher", "url", "author")
    found = {key: getattr(seed, key) for key in keys if getattr(seed, key)} if seed else None
    assert found == expected


def test_the_hash_is_of_the_text_alone() -> None:
    one, _ = read_seed("a.txt", b"date 2031-05-02 The works have begun.")
    two, _ = read_seed("b.txt", b"\r\n date 2031-05-03\r\nThe works have begun.\r\n")
    assert one
    assert two
    assert one.sha256 == two.sha256


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md"]))
def test_no_bytes_raise(raw: bytes, suffix: str) -> None:
    seed, problems = read_seed("x" + suffix, raw)
    assert seed or problems


@pytest.mark.parametrize("character", ["a", " ", "(", "[", ".", "\n", "-", "é", "\r"])
def test_a_line_of_ten_megabytes_is_a_problem_at_once_and_one_of_four_is_read_in_seconds(character: str) -> None:
    started = time.process_time()
    seed, problems = read_seed("x.txt", b"date 2031-05-02 " + character.encode() * 10_000_000)
    assert seed is None
    assert "more than 5 MB" in str(problems[0])
    read_seed("x.txt", b"date 2031-05-02 " + (character * 4_000_000).encode()[: LIMIT - 100])
    read_seed("x.txt", (character * 4_000_000).encode()[: LIMIT - 100])
    assert time.process_time() - started < 8


@pytest.mark.parametrize("character", ["<", "*", "a\n", "> ", "|a\n|-\n"])
def test_markdown_costs_no_more_than_its_length(character: str) -> None:
    started = time.process_time()
    read_seed("x.md", f"---\ndate: 2031-05-02\n---\n{character * (100_000 // len(character))}".encode())
    assert time.process_time() - started < 4


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_in_order_and_what_is_no_seed_is_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        b_txt="date 2031-05-02 The second.",
        a__z_txt="date 2031-05-02 The first.",
        README_md="Drop seeds here.",
    )
    (tmp_path / ".draft.txt").write_text("nothing")
    (tmp_path / "a" / ".hidden").mkdir()
    (tmp_path / "a" / ".hidden" / "c.txt").write_text("nothing")
    seeds, problems = read_seeds(tmp_path)
    assert [seed.path for seed in seeds] == ["a/z.txt", "b.txt"]
    assert problems == []


def test_no_folder_holds_no_seeds(tmp_path: Path) -> None:
    assert read_seeds(tmp_path / "seeds") == ([], [])


def test_one_bad_seed_does_not_keep_the_others(tmp_path: Path) -> None:
    write(tmp_path, a_txt="The works have begun.", b_txt="date 2031-05-02 The works have begun.")
    seeds, problems = read_seeds(tmp_path)
    assert [seed.path for seed in seeds] == ["b.txt"]
    assert [problem.path for problem in problems] == ["seeds/a.txt"]


def test_the_second_of_two_seeds_with_one_text_and_publisher_is_a_problem(tmp_path: Path) -> None:
    text = "The works have begun."
    write(
        tmp_path,
        a_txt=f"date 2031-05-02 {text}",
        b_txt=f"date 2031-05-03 {text}",
        c_md=f"---\ndate: 2031-05-02\npublisher: The Courier\n---\n{text}\n",
    )
    seeds, problems = read_seeds(tmp_path)
    assert [seed.path for seed in seeds] == ["a.txt", "c.md"]
    assert str(problems[0]).startswith("seeds/b.txt:1:1: error: the same text and publisher as seeds/a.txt; remove one")


def test_what_is_kept_of_seeds_is_what_is_read(tmp_path: Path) -> None:
    seeds, store = tmp_path / "seeds", Store()
    (seeds / "c").mkdir(parents=True)
    (seeds / "d").symlink_to(seeds / "c")
    (seeds / "e.txt").symlink_to(seeds / "none.txt")
    texts = {
        "a.txt": "date 2031-05-02 One.",
        "b.md": "---\ndate: 2031-05-03\ntitel: B\n---\n# Two\n\nWords.\n",
        "c/d.txt": "No date.",
    }
    changed = {**texts, "a.txt": "date 2031-05-02 A title\n\nOne, and more.", "c/d.txt": "date 2031-05-02 One."}
    for files in (texts, texts, changed, {"a.txt": texts["a.txt"]}, texts):
        for name in texts:
            (seeds / name).unlink(missing_ok=True)
        for name, text in files.items():
            (seeds / name).write_text(text)
        kept, told_kept = read_seeds(seeds, store=store)
        read, told = read_seeds(seeds)
        assert (kept, told_kept) == (read, told)
        assert [seed.text for seed in kept] == [seed.text for seed in read]
    assert [p.path for p in told] == ["seeds/b.md", "seeds/c/d.txt", "seeds/e.txt"]


def test_a_kept_seed_is_a_seed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("date 2031-05-02 A title\n\nThe works have begun.")
    ((kept,), _), ((read,), _) = read_seeds(tmp_path, store=Store()), read_seeds(tmp_path)
    assert kept == read
    assert read == kept
    assert hash(kept) == hash(read)
    assert kept != replace(read, title="B")
    dated = replace(kept, date="2031-05-03")
    assert (dated.date, dated.text, dated == replace(read, date="2031-05-03")) == ("2031-05-03", read.text, True)
    assert pickle.loads(pickle.dumps(kept)) == whole(kept) == read


def seed(text: str, path: str = "a.txt", **more: str) -> Seed:
    return Seed(path=path, date="2031-05-02", text=text, sha256=more.pop("sha256", text), **more)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            seed("The board of the harbour has said that dredging will begin."),
            "2031-05-02-board-harbour-said-dredging-begin",
        ),
        (seed("Text.", title="Łódź's café & 3 über-bridges"), "2031-05-02-odzs-cafe-3-uber-bridges"),
        (seed("VESSIN, June 4 (Orb Press) -- The probe rose."), "2031-05-02-probe-rose"),
        (seed("It was that."), "2031-05-02-it-was-that"),
        (seed("…"), "2031-05-02-article"),
        (seed("Honorificabilitudinitatibus " * 9), "2031-05-02-honorificabilitudinitatibus"),
    ],
)
def test_an_id_is_the_date_and_a_few_words(made: Seed, expected: str) -> None:
    assert source_id(made) == expected
    assert len(source_id(made)) <= 60


def test_ids_are_unique_and_stay_with_path_then_text() -> None:
    one, two = seed("Works begin.", "a.txt"), seed("Works begin.", "b.txt", publisher="Orb Press")
    assert source_ids([one, two], {}) == {"a.txt": "2031-05-02-works-begin", "b.txt": "2031-05-02-works-begin-2"}
    known = {"2031-old": ("a.txt", "other"), "2031-moved": ("gone.txt", "Works begin.")}
    assert source_ids([one, two], known) == {"a.txt": "2031-old", "b.txt": "2031-moved"}
