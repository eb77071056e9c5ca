"""Records are what `dataclasses` would make of the same class."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from generator import records


def of(dataclass: Any) -> dict[str, Any]:
    """The same classes by one decorator or the other."""

    @dataclass(frozen=True, slots=True, order=True)
    class Point:
        """Two numbers."""

        x: int
        y: int = 2

    @dataclass(frozen=True)
    class Named:
        """With what is neither compared nor shown."""

        name: str
        seen: list[int] = dataclasses.field(default_factory=list, compare=False, repr=False)

    @dataclass(frozen=True, kw_only=True)
    class Kept(Named):
        """One more."""

        place: str = "here"

    @dataclass(frozen=True, eq=False)
    class Alone:
        """Equal to itself only."""

        x: int

    @dataclass(frozen=True)
    class Empty:
        """Nothing."""

    return {c.__name__: c for c in (Point, Named, Kept, Alone, Empty)}


OURS, THEIRS = of(records.dataclass), of(dataclasses.dataclass)
GIVEN: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Point", (1,), {}),
    ("Point", (1, 3), {}),
    ("Point", (), {"y": 1, "x": 4}),
    ("Named", ("a",), {}),
    ("Named", ("a", [1]), {}),
    ("Kept", ("a",), {"place": "there"}),
    ("Alone", (1,), {}),
    ("Empty", (), {}),
]


@pytest.mark.parametrize(("name", "args", "given"), GIVEN)
def test_a_record_is_made_compared_and_shown_alike(name: str, args: tuple[Any, ...], given: dict[str, Any]) -> None:
    ours, theirs = OURS[name](*args, **given), THEIRS[name](*args, **given)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert (OURS[name](*args, **given) == ours) == (THEIRS[name](*args, **given) == theirs)
    assert (len({ours, OURS[name](*args, **given)})) == len({theirs, THEIRS[name](*args, **given)})
    for method in ("__slots__", "__match_args__"):
        assert getattr(ours, method, None) == getattr(theirs, method, None)
    assert dataclasses.replace(ours) is not ours
    with pytest.raises(dataclasses.FrozenInstanceError):
        ours.x = 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        del ours.x


@pytest.mark.parametrize(("args", "given"), [((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1})])
def test_what_does_not_fit_is_refused_alike(args: tuple[Any, ...], given: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as theirs:
        THEIRS["Point"](*args, **given)
    with pytest.raises(TypeError) as ours:
        OURS["Point"](*args, **given)
    assert str(ours.value) == str(theirs.value)


def test_records_have_their_order_and_are_equal_to_none_of_another_class() -> None:
    point = OURS["Point"]
    assert sorted([point(2, 1), point(1, 5), point(1, 2)]) == [point(1, 2), point(1, 5), point(2, 1)]
    assert point(1) <= point(1)
    assert point(1) >= point(1)
    assert point(2) > point(1)
    assert not point(1) < point(1)
    assert OURS["Empty"]() == OURS["Empty"]() != OURS["Alone"](1)
    with pytest.raises(TypeError):
        point(1) < 3  # noqa: B015


def test_no_default_is_shared() -> None:
    one, two = OURS["Named"]("a"), OURS["Named"]("a")
    assert one.seen is not two.seen


@records.dataclass(frozen=True, slots=True)
class Sent:
    """To another process."""

    x: int
    y: tuple[int, ...] = ()


def test_records_travel() -> None:
    for made in (Sent(1), Sent(1, (2, 3))):
        assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == copy.copy(made) == made


def test_what_is_not_frozen_is_left_to_dataclasses() -> None:
    @records.dataclass
    class Counted:
        """It changes."""

        n: int = 0

    made = Counted()
    made.n += 1
    assert made == Counted(1)
