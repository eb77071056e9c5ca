"""Headers whose date the text speaks against."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import make
from test_extract_article import read

from generator.model import DateDoubt
from generator.pipeline import generate

WIRE = "TARROW, {day} (Orb Press) -- The board met and chose a chair. It will meet again on Friday."
SAID = (
    "The yards will reopen, the ministry said on Friday.\n\n"
    "“It went well,” Mira Tolle told reporters on Friday. Works had stopped on Tuesday."
)


@pytest.mark.parametrize(
    ("text", "header", "likely"),
    [
        (WIRE.format(day="March 14"), "2031-03-14", None),
        (WIRE.format(day="March 12"), "2031-03-14", None),
        (WIRE.format(day="Dec. 31"), "2031-01-01", None),
        (WIRE.format(day="March 7"), "2031-03-14", "2031-03-07"),
        (WIRE.format(day="March 20"), "2031-03-14", "2031-03-20"),
        (SAID, "2031-03-14", None),  # a Friday
        (SAID, "2031-03-16", None),
        (SAID, "2031-03-18", "2031-03-14"),
        (SAID, "2031-03", None),
        ("The yards will reopen, the ministry said on Friday.", "2031-03-18", None),  # once is too little to tell
        ("The yards reopened on Friday. The docks reopened on Friday.", "2031-03-18", None),
    ],
)
def test_doubt(text: str, header: str, likely: str | None) -> None:
    found = read(text, header).doubt
    assert (found and found.likely) == likely
    assert found is None or isinstance(found, DateDoubt)


def test_a_doubtful_date_is_a_warning_that_a_person_settles_in_the_fact_file(tmp_path: Path) -> None:
    root = make(tmp_path, seeds={"a.txt": f"date 2031-03-18 {SAID}"})
    report = generate(root)
    (told,) = (str(found) for found in report.problems)
    assert told.startswith("seeds/a.txt:1:1: warning: the date 2031-03-18 is doubtful: nothing in it is said on")
    assert told.endswith("e.g. date: 2031-03-14")
    (path,) = (root / "site_src/facts").glob("*.yml")
    path.write_text(path.read_text().replace("date: 2031-03-18", "date: 2031-03-14"))
    for _ in range(2):
        assert generate(root).problems == ()
        assert "date: 2031-03-14" in path.read_text()
    (root / "seeds/b.txt").write_text("date 2031-03-20 Ada Solvik visited the yards on Friday.")
    generate(root)
    (other,) = (root / "site_src/facts").glob("2031-03-20*.yml")
    assert "when: 2031-03-14" in other.read_text()
    other.write_text(other.read_text().replace("date: 2031-03-20", "date: 2031-03-23"))
    for _ in range(2):
        generate(root)
        assert "when: 2031-03-21" in other.read_text()  # counted anew from the date that a person gave
