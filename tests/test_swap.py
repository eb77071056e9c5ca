"""A file in the place of another: what somebody saves at that moment is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import swap


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    temporary, path = tmp_path / "t", tmp_path / "p"
    temporary.write_bytes(b"new")
    path.write_bytes(b"old")
    return temporary, path


def test_what_was_there_is_in_hand_afterwards(pair: tuple[Path, Path]) -> None:
    temporary, path = pair
    asked: list[bytes] = []
    assert swap.put(temporary, path, b"new", lambda was: not asked.append(was))
    assert (path.read_bytes(), asked) == (b"new", [b"old"])


def test_what_was_saved_meanwhile_stays(pair: tuple[Path, Path]) -> None:
    temporary, path = pair
    assert not swap.put(temporary, path, b"new", lambda was: False)
    assert path.read_bytes() == b"old"


def test_what_was_saved_once_more_while_it_was_put_back_stays(pair: tuple[Path, Path]) -> None:
    temporary, path = pair

    def saved_again(was: bytes) -> bool:
        path.write_bytes(b"newer")
        return False

    assert not swap.put(temporary, path, b"new", saved_again)
    assert path.read_bytes() == b"newer"


def test_what_was_taken_away_meanwhile_stays_away(pair: tuple[Path, Path]) -> None:
    temporary, path = pair
    path.unlink()
    assert not swap.put(temporary, path, b"new", lambda was: True)
    assert not path.exists()


def test_a_question_that_fails_puts_things_back(pair: tuple[Path, Path]) -> None:
    temporary, path = pair

    def fails(was: bytes) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        swap.put(temporary, path, b"new", fails)
    assert path.read_bytes() == b"old"


def test_where_the_system_cannot_exchange_files_one_takes_the_place_of_the_other(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, path = pair
    monkeypatch.setattr(swap, "_exchange", lambda: None)
    assert swap.put(temporary, path, b"new", lambda was: True)
    assert path.read_bytes() == b"new"
    assert not temporary.exists()


def test_a_new_file_takes_the_name_of_none_that_is_there(pair: tuple[Path, Path]) -> None:
    temporary, path = pair
    assert not swap.created(temporary, path)
    assert path.read_bytes() == b"old"
    path.unlink()
    assert swap.created(temporary, path)
    assert path.read_bytes() == b"new"
