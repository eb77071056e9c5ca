"""The part of CBOR (RFC 8949) that a search index is written in: natural numbers, texts and arrays of known length."""

from __future__ import annotations

Value = int | str | list["Value"]

NUMBER, TEXT, ARRAY = 0, 3, 4
"""Major types."""


def decode(raw: bytes) -> Value:
    """The one value that `raw` holds. Raises ValueError for anything else."""
    try:
        value, end = _value(raw, 0)
    except IndexError:
        end = -1
    if end != len(raw):
        raise ValueError("not one value of numbers, texts and arrays")
    return value


def _value(raw: bytes, at: int) -> tuple[Value, int]:
    major, size = divmod(raw[at], 32)
    at += 1
    if size > 27 or major not in (NUMBER, TEXT, ARRAY):
        raise ValueError(f"byte {at - 1}: neither number, text nor array of known length")
    width = 1 << (size - 24) if size > 23 else 0
    number = int.from_bytes(raw[at : at + width]) if width else size
    at += width
    if major == NUMBER:
        return number, at
    if major == TEXT:
        return raw[at : at + number].decode(), at + number
    values: list[Value] = []
    for _ in range(number):
        value, at = _value(raw, at)
        values.append(value)
    return values, at


def encode(value: Value) -> bytes:
    """A value in its shortest form."""
    if isinstance(value, int):
        return _head(NUMBER, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(TEXT, len(text)) + text
    return _head(ARRAY, len(value)) + b"".join(map(encode, value))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    width = next(n for n in range(4) if number < 1 << (8 << n))
    return bytes([major << 5 | 24 + width]) + number.to_bytes(1 << width)
