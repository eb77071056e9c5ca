"""EDTF: what is read, what is refused, how it is told to readers and ordered on a timeline."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025-12-03", date(2025, 12, 3), date(2025, 12, 3), "day"),
        ("2034-21", date(2034, 3, 1), date(2034, 5, 31), "season"),
        ("2034-23", date(2034, 9, 1), date(2034, 11, 30), "season"),
        ("2034-24", date(2034, 12, 1), date(2035, 2, 28), "season"),
        ("9999-24", date(9999, 12, 1), date.max, "season"),
        ("2026-01/2026-04", date(2026, 1, 1), date(2026, 4, 30), "interval"),
        ("../2025-12-31", date.min, date(2025, 12, 31), "interval"),
        ("2030-06-21/..", date(2030, 6, 21), date.max, "interval"),
        ("2030-22/..", date(2030, 6, 1), date.max, "interval"),
    ],
)
def test_parse(text: str, earliest: date, latest: date, precision: str) -> None:
    read = edtf.parse(text)
    assert read is not None
    assert (read.earliest, read.latest, read.precision) == (earliest, latest, precision)
    assert (read.open_start, read.open_end) == (earliest == date.min, text.endswith("/.."))


@pytest.mark.parametrize(
    "text",
    [
        *("", "..", "../..", "/", "2025/", "/2025", "0000", "25", "2025-00", "2025-13", "2025-25", "2025-00-01"),
        *("2025-02-29", "2025-04-31", "2025-04-00", "2034-21-01", "2025-1-1", "2025-12-03T10", "2026/2025", " 2025"),
        *("2025\n", "٢٠٢٥", "2025/2026/2027", "2025-12-03/../x", "last year"),
    ],
)
def test_parse_refuses(text: str) -> None:
    assert edtf.parse(text) is None


@pytest.mark.parametrize(
    ("text", "human"),
    [
        ("2021", "2021"),
        ("0867", "867"),
        ("2024-01", "January 2024"),
        ("2025-12-03", "3 December 2025"),
        ("2034-21", "spring 2034"),
        ("2025-12-11/2025-12-20", "11–20 December 2025"),
        ("2025-11-29/2025-12-03", "29 November – 3 December 2025"),
        ("2025-12-29/2026-01-03", "29 December 2025 – 3 January 2026"),
        ("2026-01/2026-04", "January–April 2026"),
        ("2025-11/2026-04", "November 2025 – April 2026"),
        ("1990/1999", "1990–1999"),
        ("2025/2026-04", "2025 – April 2026"),
        ("2025-12-03/2025-12", "3 December – December 2025"),
        ("2034-21/2034-22", "spring–summer 2034"),
        ("../2025-12-31", "by 31 December 2025"),
        ("2030-06-21/..", "from 21 June 2030"),
        ("2030-06/2030-06", "June 2030"),
        ("soon", "soon"),
    ],
)
def test_human(text: str, human: str) -> None:
    assert edtf.human(text) == human


def test_writers() -> None:
    assert edtf.day(date(825, 1, 2)) == "0825-01-02"
    assert edtf.month(2025, 3) == "2025-03"
    assert edtf.interval("2025", edtf.OPEN) == "2025/.."
    assert edtf.interval("2025", "2025") == "2025"


def test_order_on_a_timeline() -> None:
    dates = ["../2024-06-30", "2024-07-01", "2024-07", "2024-07/2024-09", "2024-07-02/..", "2030", "", None]
    assert sorted([*dates[4:], *dates[:4]], key=edtf.sort_key)[:6] == dates[:6]
    assert edtf.sort_key(None) > edtf.sort_key("2030")


dates = st.dates().map(edtf.day)
points = st.one_of(
    dates,
    dates.map(lambda text: text[:7]),
    dates.map(lambda text: text[:4]),
    st.tuples(st.integers(1, 9999), st.integers(21, 24)).map(lambda pair: edtf.month(*pair)),
)
opened = st.one_of(points, st.just(edtf.OPEN))
valid = st.one_of(points, st.tuples(opened, opened).map("/".join)).filter(lambda text: edtf.parse(text) is not None)
near_valid = st.text("0123456789-/.", max_size=22)


@given(st.one_of(valid, near_valid, st.text(max_size=30)))
def test_whatever_is_read_keeps_its_text_and_ordered_bounds(text: str) -> None:
    read = edtf.parse(text)
    assert isinstance(edtf.human(text), str)
    if read:
        assert read.text == text
        assert read.earliest <= read.latest
        assert read.open_start == text.startswith("../")
        assert edtf.human(text) != ""


@given(points)
def test_points_are_read(text: str) -> None:
    assert edtf.parse(text) is not None


@given(st.lists(st.one_of(st.none(), valid, near_valid), max_size=6))
def test_sort_key_is_total(texts: list[str | None]) -> None:
    keys = sorted(map(edtf.sort_key, texts))
    assert keys == sorted(map(edtf.sort_key, reversed(texts)))
    assert all((edtf.sort_key(a) == edtf.sort_key(b)) == ((a or "") == (b or "")) for a in texts for b in texts)
