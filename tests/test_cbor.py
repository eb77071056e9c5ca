"""Numbers, texts and arrays as RFC 8949 writes them, there and back; all else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cbor import decode, encode

VALUES = st.recursive(st.integers(0, 2**64 - 1) | st.text(), lambda inner: st.lists(inner), max_leaves=40)


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    assert decode(encode(value)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (1000, "1903e8"),
        (1000000, "1a000f4240"),
        (1000000000000, "1b000000e8d4a51000"),
        ("", "60"),
        ("ü", "62c3bc"),
        ([1, [2, 3], "a"], "8301820203" + "6161"),
        (list(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
    ],
)
def test_the_examples_of_the_standard(value: object, raw: str) -> None:
    assert encode(value).hex() == raw  # type: ignore[arg-type]
    assert decode(bytes.fromhex(raw)) == value


@pytest.mark.parametrize("raw", ["", "18", "9f01ff", "f5", "20", "6261", "8201", "0000", "62c328", "4161"])
def test_anything_else_is_refused(raw: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds, that of UTF-8 among them
        decode(bytes.fromhex(raw))
