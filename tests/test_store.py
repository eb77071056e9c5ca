"""What is kept between runs, and that nothing in it is ever out of date."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import store as module
from generator import unchanged
from generator.store import Store, digest, digest_of
from generator.unchanged import RACY, digests


def kept(path: Path | None, **values: bytes) -> None:
    with Store(path) as store:
        store.stage("pages").put((slot, digest(slot), value) for slot, value in values.items())


def test_a_value_outlives_its_run_under_its_key(tmp_path: Path) -> None:
    path = tmp_path / ".cache" / "made.sqlite"
    kept(path, a=b"1", b=b"2")
    with Store(path) as store:
        stage = store.stage("pages")
        assert stage.get("a", digest("a")) == b"1"
        assert stage.get("a", digest("b")) is None, "made of something else"
        assert store.stage("other").get("a", digest("a")) is None
        assert stage.keys() == {"a": digest("a"), "b": digest("b")}
        assert [*stage.values()] == [("a", digest("a"), b"1"), ("b", digest("b"), b"2")]


def test_a_slot_holds_one_value_and_can_be_forgotten(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"1", b=b"2", c=b"3")
    with Store(tmp_path / "s") as store:
        stage = store.stage("pages")
        stage.put([("a", digest("new"), b"9")])
        stage.keep_only({"a", "b"})
        stage.drop(["b"])
        assert [*stage.values()] == [("a", digest("new"), b"9")]


def test_a_run_that_fails_keeps_nothing(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"1")

    def fail() -> None:
        with Store(tmp_path / "s") as store:
            store.stage("pages").put([("a", digest("a"), b"half")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with Store(tmp_path / "s") as store:
        assert store.stage("pages").get("a", digest("a")) == b"1"


def test_another_program_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(tmp_path / "s", a=b"1")
    monkeypatch.setattr(module, "look", lambda: b"touched")
    with Store(tmp_path / "s") as store:
        assert store.stage("pages").keys(), "files that only look otherwise are the same program"
    monkeypatch.setattr(module, "look", lambda: b"edited")
    monkeypatch.setattr(module, "code_digest", lambda: b"another")
    with Store(tmp_path / "s") as store:
        assert store.stage("pages").keys() == {}


@pytest.mark.parametrize("torn", [b"", b"no store", b"SQLite format 3\0" + b"x" * 4000])
def test_a_torn_file_is_begun_anew(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "s").write_bytes(torn)
    kept(tmp_path / "s", a=b"1")
    with Store(tmp_path / "s") as store:
        assert store.stage("pages").get("a", digest("a")) == b"1"


def test_a_store_that_another_run_holds_is_left_alone(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"1")
    with Store(tmp_path / "s"):
        kept(tmp_path / "s", a=b"2")
    with Store(tmp_path / "s") as store:
        assert store.stage("pages").get("a", digest("a")) == b"1"


def test_where_nobody_may_write_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    with Store(tmp_path / "file" / "s") as store:
        store.stage("pages").put([("a", digest("a"), b"1")])
        assert store.stage("pages").get("a", digest("a")) == b"1"


def test_a_module_has_tables_and_single_values_of_its_own(tmp_path: Path) -> None:
    with Store(tmp_path / "s") as store:
        store.table("words", "word TEXT, id TEXT, PRIMARY KEY (word, id)", "id")
        store.connection.execute("INSERT INTO words VALUES ('barge', 'x')")
        store.keep({"count": b"1"})
    with Store(tmp_path / "s") as store:
        store.table("words", "word TEXT, id TEXT, PRIMARY KEY (word, id)", "id")
        assert store.connection.execute("SELECT * FROM words").fetchall() == [("barge", "x")]
        assert (store.state("count"), store.state("none")) == (b"1", None)
    with sqlite3.connect(tmp_path / "s") as plain:
        assert plain.execute("SELECT count(*) FROM made").fetchone() == (1,)


@given(st.lists(st.text()), st.lists(st.text()))
def test_parts_are_told_apart(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def old(path: Path) -> None:
    """Let a file look as if it had been written a while ago."""
    at = path.stat().st_mtime_ns - 10 * RACY
    os.utime(path, ns=(at, at))


def test_files_are_read_again_only_where_they_look_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.unchanged.RACY", 0)
    folder = tmp_path / "seeds"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.txt", "a.md", "deep/c.txt", ".hidden.txt"):
        (folder / name).write_text(name)
        old(folder / name)
    read: list[str] = []
    monkeypatch.setattr(unchanged, "digest_of", lambda path: read.append(path.name) or digest_of(path))
    with Store() as store:
        first = digests(store, tmp_path, "seeds")
        assert [*first] == ["a.md", "b.txt", "deep/c.txt"]
        assert first["a.md"] == digest("a.md")
        assert [*digests(store, tmp_path, "seeds", (".txt",))] == ["b.txt", "deep/c.txt"]
        read.clear()
        assert digests(store, tmp_path, "seeds") == first
        assert read == [], "they look as they did"
        (folder / "b.txt").write_text("B.txt")  # as long as before
        (folder / "a.md").unlink()
        second = digests(store, tmp_path, "seeds")
        assert second == {"b.txt": digest("B.txt"), "deep/c.txt": first["deep/c.txt"]}
        assert read == ["b.txt"]


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "seeds" / "a.txt"
    path.write_text("one")
    look = path.stat()
    with Store() as store:
        assert digests(store, tmp_path, "seeds") == {"a.txt": digest("one")}
        path.write_text("two")
        os.utime(path, ns=(look.st_atime_ns, look.st_mtime_ns))
        assert digests(store, tmp_path, "seeds") == {"a.txt": digest("two")}
    assert digests(Store(), tmp_path, "nowhere") == {}
