"""What is mended without a question, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import make
from click.testing import CliRunner, Result

from generator import edtf
from generator.cli import main
from generator.facts import parse_fact_file
from generator.fixing import _sound
from generator.mend import apply, twin
from generator.model import Edit
from generator.pipeline import generate
from generator.problems import did_you_mean, slip

SEED = (
    "date 2031-05-02 Bridge\n\nMayor Jonas Reed opened the Linden Bridge in Port Ellery on Tuesday. "
    "“It carries 12,000 vehicles – a day,” said Mira Tolle, who chairs the board.\n"
)
NAMES = "jonas-reed: {name: Jonas Reed, kind: person, aka: [Mayor Reed], status: confirmed}\nmira-tolle: {name: Mira Tolle, kind: person, status: confirmed}\n"
MINE = """\
# mine
- id: event-mine
  kind: event
  what: opening
  status: happened   # seen
  who: [jonas-reed]
  when: 2031-04-29
  quote: Mayor Jonas Reed opened the Linden Bridge
- id: figure-mine
  kind: figure
  value: 12000
  quote: It carries 12,000 vehicles – a day
  review: confirmed
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make(tmp_path, {"a.txt": SEED}, {"site_src/entities/people.yml": NAMES})
    generate(root)
    path = facts(root)
    path.write_text(path.read_text().rstrip("\n") + "\n" + MINE)
    generate(root)
    return root


def facts(root: Path) -> Path:
    return next((root / "site_src/facts").glob("*.yml"))


def swapped(text: str, right: str, wrong: str) -> str:
    """The text with the last of some words, those of a fact of a person's own, written otherwise."""
    assert right in text
    return wrong.join(text.rsplit(right, 1))


def ran(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", root.as_posix(), *args])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  status: happened   # seen", "  stauts: happened   # seen"),
        ("  status: happened   # seen", "  status: Happened   # seen"),
        ("  status: happened   # seen", "  status: 'hapened'   # seen"),
        ("  status: happened   # seen", "  Status: HAPPENED   # seen"),
        ("- id: figure-mine\n  kind: figure", "- id: figure-mine\n  kind: figur"),
        ("  value: 12000", "  value: 12,000"),
        ("  when: 2031-04-29", "  when: 29 April 2031"),
        ("  kind: event\n  what: opening", "  kindd: event\n  what: opening"),
        ("  quote: Mayor Jonas Reed opened the Linden Bridge", "  quote: ayor Jonas Reed opened the Linden Brid"),
        ("  when: 2031-04-29", "  when: 2031/4/29"),
        ("  who: [jonas-reed]", "  who: [Mayor Reed]"),
        ("  quote: It carries 12,000 vehicles – a day", '  quote: "It carries 12,000 vehicles - a day"'),
        ("  review: confirmed\n", "  review: Confirmed\n"),
        ("facts:\n", "fatcs:\n"),
    ],
)
def test_what_is_sure_is_mended_and_the_rest_stays_to_the_byte(site: Path, right: str, wrong: str) -> None:
    path = facts(site)
    before = path.read_text()
    path.write_text(swapped(before, right, wrong))
    told = ran(site, "--strict")
    assert told.exit_code == 1
    assert "1 problem can be mended safely. Next: briefing check --fix" in told.output
    mended = ran(site, "--fix")
    assert mended.exit_code == 0, mended.output
    assert ": mended: " in mended.output
    after = path.read_text()
    if after != before:  # a value in quotes stays in quotes
        assert [line for line in after.splitlines() if line not in before.splitlines()] == [
            '  quote: "It carries 12,000 vehicles – a day"'
        ]
    assert "mended" not in ran(site, "--fix").output


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  review: confirmed\n", "  review: reviewed\n"),
        ("  when: 2031-04-29", "  when: 4/5/2031"),
        ("  when: 2031-04-29", "  when: 2031-05-29/2031-04-29"),
        ("  who: [jonas-reed]", "  who: [jonas-red]"),
        ("  who: [jonas-reed]", "  who: [Reed]"),
        ("  quote: It carries 12,000 vehicles – a day", "  quote: It carries 13,000 vehicles – a day"),
        ("  value: 12000", "  value: 12.000,5"),
        ("  status: happened   # seen\n", "  status: happened   # seen\n  stauts: planned\n"),
    ],
)
def test_what_may_be_meant_otherwise_is_left_to_people(site: Path, right: str, wrong: str) -> None:
    path = facts(site)
    text = swapped(path.read_text(), right, wrong)
    path.write_text(text)
    assert ran(site, "--fix").exit_code == 1
    assert path.read_text() == text


def test_what_one_mending_brings_to_light_is_mended_too(site: Path) -> None:
    path = facts(site)
    text = path.read_text()
    path.write_text(text.replace("  status: happened   # seen", "  stauts: Happened   # seen"))
    assert ran(site, "--fix").exit_code == 0
    assert path.read_text() == text


def test_the_registry_and_topics_are_mended_too(site: Path) -> None:
    people, topics = site / "site_src/entities/people.yml", site / "site_src/topics.yml"
    people.write_text(people.read_text().replace("mira-tolle: {name:", "mira-tolle: {nmae:"))
    topics.write_text("bridges:  # mine\n  titel: Bridges\n  facts: {who: [jonas-reed]}\n")
    assert ran(site, "--fix").exit_code == 0
    assert people.read_text() == NAMES
    assert topics.read_text() == "bridges:  # mine\n  title: Bridges\n  facts: {who: [jonas-reed]}\n"


def test_a_file_that_a_build_has_yet_to_write_is_left_to_it(site: Path) -> None:
    path = facts(site)
    path.write_text(swapped(path.read_text(), "  when: 2031-04-29", "  when: 29 April 2031"))
    seed = site / "seeds/a.txt"
    seed.write_text(SEED.rstrip("\n") + " A fire broke out in Port Ellery on Wednesday.\n")
    text = path.read_text()
    assert ran(site, "--fix").exit_code == 1
    assert path.read_text() == text
    generate(site)
    assert ran(site, "--fix").exit_code == 0
    assert "  when: 2031-04-29" in path.read_text()


def test_a_fact_in_the_wrong_file_is_told_where_it_belongs(site: Path) -> None:
    (site / "seeds/b.txt").write_text("date 2031-05-09 Fire\n\nA fire broke out in Port Ellery on Wednesday.\n")
    generate(site)
    here, there = sorted((site / "site_src/facts").glob("*.yml"))
    there.write_text(there.read_text() + MINE.partition("- id: figure-mine")[0])
    here.write_text(here.read_text().replace(MINE.partition("- id: figure-mine")[0], ""))
    told = ran(site).output
    assert f"it is in seeds/a.txt: move the fact to site_src/facts/{here.name}" in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-12-3", "2025-12-03"),
        ("2025/12/03", "2025-12-03"),
        ("2025.1", "2025-01"),
        ("3 December 2025", "2025-12-03"),
        ("3rd dec. 2025", "2025-12-03"),
        ("Dec. 3, 2025", "2025-12-03"),
        ("Sept 2025", "2025-09"),
        ("2025-12-03T10:15:00Z", "2025-12-03"),
        ("3/12/2025", None),
        ("2025-2-31", None),
        ("2025-13", None),
        ("December", None),
        ("Marchand 2025", None),
    ],
)
def test_dates_as_people_write_them(written: str, meant: str | None) -> None:
    assert edtf.written(written) == meant


@pytest.mark.parametrize(
    ("quote", "text", "words"),
    [
        ("it's a  “start”", 'x. It’s; it’s a "start" y', 'it’s a "start"'),
        ("a - b", "a – b", "a – b"),
        ("one two", "one\ntwo", "one\ntwo"),
        ("wait...", "they wait… so", "wait…"),
        ("The yards", "then the yards", "the yards"),
        ("“We cheered,”", "so “we cheered,” he said", "we cheered,"),
        ("a b", "a b and a b", None),
        ("a c", "a b", None),
        ("", "a", None),
    ],
)
def test_typographic_twins(quote: str, text: str, words: str | None) -> None:
    found = twin(quote, text)
    assert (found.of(text) if found else None) == words


def test_fixes_that_meet_wait_and_each_is_made_whole() -> None:
    fixes = [(Edit(0, 1, "A"), Edit(4, 5, "E")), (Edit(4, 5, "x"), Edit(2, 3, "C")), (Edit(2, 3, "C"),)]
    assert apply("abcdef", fixes) == ("AbCdEf", [0, 2])


def test_slips() -> None:
    keys = ("when", "when-words", "who", "reviewed-by", "reviewed-on")
    assert [slip(word, keys) for word in ("when_words", "Who", "reviewed", "wehn-words", "x")] == [
        "when-words", "who", None, "when-words", None,
    ]  # fmt: skip
    assert slip("reviewed", ["unreviewed"]) is None
    assert did_you_mean("reviewed", ["unreviewed", "confirmed"]) == ""


def test_a_name_where_a_single_id_belongs(site: Path) -> None:
    path = facts(site)
    path.write_text(path.read_text().replace("speaker: mira-tolle", "speaker: Mira Tolle"))
    assert "speaker: Mira Tolle" in path.read_text()
    assert ran(site, "--fix").exit_code == 0
    assert "speaker: mira-tolle" in path.read_text()
    file, problems = parse_fact_file("f", path.read_text())
    assert file
    assert problems == []


def test_a_file_of_an_older_format_whose_article_is_gone_is_mended_where_it_stands(site: Path) -> None:
    (site / "seeds/a.txt").unlink()
    path = facts(site)
    whole = path.read_text()
    wrong = swapped(whole, "  when: 2031-04-29", "  when: 29 April 2031\n  note: all of it mine, to the letter")
    path.write_text(wrong.replace("schema: 1\n", ""))
    ran(site, "--fix")
    assert path.read_text() == wrong.replace("29 April 2031", "2031-04-29")


def test_a_mended_file_says_what_it_said_but_for_what_was_mended() -> None:
    before = (
        "schema: 1\nsource: {id: 2031-a, date: 2031, seed: s, sha256: x}\nfacts:\n- id: a\n  when: x\n  note: mine\n"
    )
    name = "site_src/facts/2031-a.yml"
    assert _sound(name, before, before.replace("when: x", "when: 2031"), 1)
    assert not _sound(name, before, before.replace("x\n  note: m", ""), 1)
    assert not _sound(name, before, before.replace("when: x", "when: 2031").replace("mine", "hers"), 1)


def test_the_word_source_is_no_id_of_a_fact() -> None:
    _, problems = parse_fact_file(
        "f",
        "schema: 1\nsource: {id: a, date: 2031, seed: s, sha256: x}\nfacts:\n- {id: source, kind: quotation, words: x, quote: x}\n",
    )
    assert [p.message for p in problems] == ["'source' is no id"]
