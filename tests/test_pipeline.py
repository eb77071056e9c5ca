"""The whole flow on temporary briefings: what is written, what is kept, what one bad input does to the others."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from builder import BRIDGE, CONFIG, HARBOUR, make, tree

from generator import gathering, merging, pipeline, publish, update
from generator.fixing import fix
from generator.pipeline import Report, generate
from generator.settings import Settings

FACTS = "site_src/facts/2031-05-02-dredging-ellery-harbour-begin-june-harbour.yml"
GOOD = {"bridge.md": BRIDGE}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A briefing of one seed, generated without a problem."""
    report = generate(make(tmp_path))
    assert told(report) == []
    return tmp_path


def told(report: Report) -> list[str]:
    return [str(found) for found in report.problems]


def facts(root: Path) -> str:
    return (root / FACTS).read_text(encoding="utf-8")


def edit(root: Path, path: str, old: str, new: str) -> str:
    text = (root / path).read_text(encoding="utf-8")
    assert re.search(old, text), f"{old!r} is not in\n{text}"
    changed = re.sub(old, new, text, count=1)
    (root / path).write_text(changed, encoding="utf-8")
    return changed


def test_a_seed_becomes_facts_names_and_pages(site: Path) -> None:
    report = generate(site)
    assert (report.sources, report.errors, report.warnings) == (1, 0, 0)
    assert report.facts == report.to_review > 3
    assert report.newest == "2031-05-02"
    assert "value: 40000000" in facts(site)
    assert "mira-tolle:\n" in (site / "site_src/entities/people.yml").read_text()
    assert "Mira Tolle" in (site / "site_src/people/mira-tolle.md").read_text()


def test_a_second_run_changes_nothing(site: Path) -> None:
    before = tree(site, ".cache")
    assert generate(site).changed == ()
    assert tree(site, ".cache") == before


def test_no_seeds_make_an_empty_site_that_says_how_to_begin(tmp_path: Path) -> None:
    report = generate(make(tmp_path, seeds={}))
    assert told(report) == []
    assert (report.sources, report.facts, report.newest) == (0, 0, "1970-01-01")
    assert "How to begin" in (tmp_path / "site_src/index.md").read_text()


def test_without_write_nothing_is_written(tmp_path: Path) -> None:
    make(tmp_path)
    before = tree(tmp_path)
    report = generate(tmp_path, write=False)
    assert report.facts > 3
    assert FACTS in report.changed
    assert tree(tmp_path) == before


BAD_SEEDS = {
    "no date": ("bad.txt", b"The works have begun.", "bad.txt:1:1: error: no date"),
    "no such day": (
        "bad.txt",
        b"date 2031-02-30 The works have begun.",
        "bad.txt:1:6: error: 2031-02-30 does not exist",
    ),
    "empty": ("bad.txt", b"", "bad.txt:1:1: error: an empty file"),
    "not UTF-8": ("bad.txt", b"date 2031-05-02 The caf\xe9 is open.", "bad.txt:1:24: error: byte 24 is 0xE9"),
    "NUL": ("bad.txt", b"date 2031-05-02 The\x00works.", "bad.txt:1:20: error: a NUL character"),
    "a line of 10 MB": ("bad.txt", b"date 2031-05-02 " + b"a" * 10_000_000, "bad.txt:1:1: error: more than 5 MB"),
    "another language": (
        "bad.txt",
        b"date 2031-05-02 Der Hafenrat teilte mit, dass die Arbeiten im Juni beginnen sollen und teuer werden.",
        "bad.txt:1:1: error: this does not read as English",
    ),
    "a twin": ("twin.md", BRIDGE.encode(), "twin.md:1:1: error: the same text and publisher as seeds/bridge.md"),
}


@pytest.mark.parametrize("case", BAD_SEEDS)
def test_a_bad_seed_is_told_and_the_others_build(tmp_path: Path, case: str) -> None:
    name, raw, expected = BAD_SEEDS[case]
    report = generate(make(tmp_path, seeds={**GOOD, name: raw}))
    about_seeds = [found for found in told(report) if found.startswith("seeds/")]
    assert len(about_seeds) == 1
    assert about_seeds[0].startswith(f"seeds/{expected}")
    assert (report.sources, report.errors) == (1, 1)
    assert [p.name for p in (tmp_path / "site_src/facts").glob("*.yml")] == [
        "2031-04-17-council-opens-linden-bridge.yml"
    ]
    assert (tmp_path / "site_src/sources/2031-04-17-council-opens-linden-bridge.md").exists()


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    generate(make(one))
    report = generate(make(two, seeds={"harbour.txt": b"\xef\xbb\xbf" + HARBOUR.replace("\n", "\r\n").encode()}))
    assert told(report) == []
    assert tree(one, "seeds", ".cache") == tree(two, "seeds", ".cache")


def test_a_seed_that_cannot_be_read_any_more_keeps_its_facts_and_pages(site: Path) -> None:
    before = tree(site / "site_src" / "facts")
    (site / "seeds" / "harbour.txt").write_bytes(b"date 2031-05-02 \xff")
    report = generate(site)
    assert (report.sources, report.errors) == (1, 1)
    assert report.facts > 3
    assert tree(site / "site_src" / "facts") == before
    assert (site / "site_src" / "people" / "mira-tolle.md").exists()


def test_an_article_that_is_gone_leaves_its_facts_in_place_and_marked(site: Path) -> None:
    before = facts(site)
    (site / "seeds" / "harbour.txt").unlink()
    assert [found.check for found in generate(site).problems if found.severity != "note"] == ["seed"]
    assert facts(site) == before
    cited = re.findall(r"\[([^\]]*)\]\([^)]*\)\{ \.cite \}", (site / "site_src" / "index.md").read_text())
    assert cited
    assert all(label.endswith("(the article is not at hand)") for label in cited)
    (page,) = (site / "site_src" / "sources").glob("2031*.md")
    assert "Until an editor decides, its facts stay" in page.read_text()


def test_what_a_corrected_article_took_back_stays_and_is_marked_wherever_it_is_cited(site: Path) -> None:
    (site / "seeds" / "harbour.txt").write_text(HARBOUR.replace("will begin in June", "was put off"))
    assert "dredging" in facts(site).lower()
    report = generate(site)
    assert report.errors == 0
    assert "the article is read to state event-" in "".join(told(report))
    assert "(the article does not hold these words)" in (site / "site_src" / "timeline.md").read_text()


BAD_FACTS = {
    "a tab": (r"\n- id", "\n\t- id", r":\d+:1: error: .*tab"),
    "a key twice": (
        r"\n  kind: event",
        "\n  kind: event\n  kind: event",
        r":\d+:3: error: the key 'kind' stands twice",
    ),
    "an unknown key": (r"\n  status:", "\n  statsu:", r":\d+:3: error: .*'statsu'.*did you mean 'status'"),
    "an unknown id": (
        r"according-to: \[[a-z-]+\]",
        "according-to: [harbour-bord]",
        r":\d+:17: error: according-to: .*'harbour-bord'; did you mean 'harbour-board'",
    ),
    "a quote that is not there": (
        r"\n  quote: [^\n]+",
        "\n  quote: The harbour is closed",
        r":\d+:10: error: the quote of .* is not in seeds/harbour.txt",
    ),
}


@pytest.mark.parametrize("case", BAD_FACTS)
def test_a_bad_fact_is_told_kept_in_its_file_and_the_other_sources_build(site: Path, case: str) -> None:
    old, new, expected = BAD_FACTS[case]
    (site / "seeds" / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    edited = edit(site, FACTS, old, new)
    report = generate(site)
    assert re.search(re.escape(FACTS) + expected, "\n".join(told(report)))
    assert report.errors
    assert facts(site) == edited
    assert report.sources >= 1
    assert (site / "site_src/sources/2031-04-17-council-opens-linden-bridge.md").exists()


@pytest.mark.parametrize("text", ["mira-tolle:\n\tname: Mira\n", "mira-tolle:\n  name: Mira Tolle\n  kind: captain\n"])
def test_a_registry_that_cannot_be_read_changes_no_facts(site: Path, text: str) -> None:
    (site / "site_src/entities/people.yml").write_text(text, encoding="utf-8")
    before = tree(site / "site_src" / "facts"), tree(site / "site_src" / "entities")
    report = generate(site)
    assert report.errors
    assert (tree(site / "site_src" / "facts"), tree(site / "site_src" / "entities")) == before


def test_a_fact_file_that_cannot_be_read_gives_no_false_advice_and_its_page_says_why(site: Path) -> None:
    edit(site, FACTS, r"\n  review", "\n\treview")
    report = generate(site)
    assert len(told(report)) == 1
    assert "tab" in told(report)[0]
    page = (site / "site_src/sources" / f"{Path(FACTS).stem}.md").read_text()
    assert "Orb Press" in page
    assert "The fact file of this source has an error" in page


def test_one_bad_fact_makes_no_candidate_an_orphan(site: Path) -> None:
    edit(site, FACTS, r"speaker: mira-tolle", "speeker: mira-tolle")
    assert [line for line in told(generate(site)) if "named by no fact" in line] == []


def test_a_stub_that_leads_nowhere_changes_no_facts(site: Path) -> None:
    people = site / "site_src/entities/people.yml"
    people.write_text(people.read_text() + "  merged-into: mira-tole\n", encoding="utf-8")
    before = facts(site)
    report = generate(site)
    assert any("merged-into: no entity has the id 'mira-tole'" in line for line in told(report))
    assert facts(site) == before


def test_a_copy_of_a_seed_does_not_take_its_place(site: Path) -> None:
    before = facts(site)
    (site / "seeds/a-copy.txt").write_text(HARBOUR, encoding="utf-8")
    report = generate(site)
    assert [line.split(":")[0] for line in told(report)] == ["seeds/a-copy.txt"]
    assert facts(site) == before


def test_the_schema_that_fact_files_name_is_there(site: Path) -> None:
    named = re.search(r"\$schema=(\S+)", facts(site))
    assert named
    assert json.loads(((site / FACTS).parent / named[1]).read_text())["title"] == "Facts of one source"


def test_a_kill_between_names_and_facts_loses_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(make(tmp_path / "whole"))

    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    for module, stage in ((gathering, "update_registry"), (merging, "write_facts")):
        root = make(tmp_path / stage)
        with monkeypatch.context() as patched:
            patched.setattr(module, stage, kill)
            with pytest.raises(Killed):
                generate(root)
        assert told(generate(root)) == []
        assert tree(root / "site_src") == tree(tmp_path / "whole" / "site_src")


@pytest.mark.parametrize("raw", [b"", b"# \xe9\n", "schema: 1".encode("utf-16")])
def test_a_fact_file_that_is_no_text_is_an_error_every_time(site: Path, raw: bytes) -> None:
    (site / FACTS).write_bytes(raw)
    for _ in range(2):
        report = generate(site)
        assert report.errors == 1
        assert told(report)[0].startswith(FACTS)
        assert (site / FACTS).read_bytes() == raw


def test_a_deleted_fact_file_is_told_once_and_stays_without_its_facts(site: Path) -> None:
    (site / FACTS).unlink()
    assert "this fact file was deleted" in "\n".join(told(generate(site)))
    assert not [line for line in told(generate(site)) if "deleted" in line]
    assert "facts: []" in facts(site)


def test_a_source_id_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    root = make(tmp_path / "a" / "b" / "c")
    generate(root)
    edit(root, FACTS, r"id: 2031\S+", "id: ../../../evil")
    assert "'../../../evil' is no id of a source" in "\n".join(told(generate(root)))
    assert not [path for path in tree(tmp_path) if "evil" in path]


def test_a_damaged_cache_is_made_anew(site: Path) -> None:
    victim = site / "victim.md"
    victim.write_text("mine")
    hashed = publish.digest(b"mine")
    for text in (f'{{"../victim.md": ["{hashed}"]}}', '{"a.md": 5, "b.md": null}', "[1]", "\0"):
        (site / ".cache/pages.json").write_text(text)
        (site / ".cache/journal").mkdir(exist_ok=True)
        (site / ".cache/journal/x.yml").write_text(text)
        assert told(generate(site)) == []
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("path", ["site_src/facts/x.yml", "site_src/entities/people.yml", "seeds/link.txt"])
def test_what_is_no_file_is_told_and_the_others_build(tmp_path: Path, path: str) -> None:
    root = make(tmp_path)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(root / "nowhere")
    report = generate(root)
    assert f"{path}:1:1: error: not a file; put a file there, or take this away" in told(report)
    assert report.sources == 1


@pytest.mark.parametrize("day", ["9999-12-31", "9999", "0001-01-01"])
def test_the_ends_of_time_are_no_obstacle(tmp_path: Path, day: str) -> None:
    assert generate(make(tmp_path, seeds={"a.txt": HARBOUR.replace("2031-05-02", day)})).errors == 0


def test_long_articles_cost_what_they_are_long(tmp_path: Path) -> None:
    def seconds(times: int) -> float:
        body = "".join(
            f"In phase {i} the board will build {i + 20} quays each year over {i + 3} years, Mira Tolle said.\n\n"
            for i in range(times)
        )
        root = make(tmp_path / str(times), seeds={"a.txt": f"date 2031-05-02 {body}"})
        started = time.process_time()
        generate(root)
        return time.process_time() - started

    seconds(20)
    assert seconds(240) < 4 * 2.3 * seconds(60) + 0.5


def test_hand_edits_comments_and_deletions_stay(site: Path) -> None:
    edited = edit(site, FACTS, r"\n  text: [^\n]+", "\n  text: In the words of a person.  # checked")
    generate(site)
    assert facts(site) == edited
    first = re.search(r"\n- id: (\S+)", edited)
    assert first
    gone = re.sub(rf"\n- id: {first[1]}\n(?:  [^\n]*\n)+", "\n", edited, count=1)
    (site / FACTS).write_text(gone, encoding="utf-8")
    generate(site)
    assert facts(site) == gone


def test_a_fact_moved_to_another_source_stays_there_and_is_not_written_again(site: Path) -> None:
    (site / "seeds" / "bridge.md").write_text(BRIDGE)
    generate(site)
    bridge = next((site / "site_src/facts").glob("2031-04-17*.yml"))
    found = re.search(r"(?m)^- id: (\S+)\n(?:  .*\n)+", facts(site))
    assert found
    (site / FACTS).write_text(facts(site).replace(found[0], "", 1))
    bridge.write_text(bridge.read_text() + found[0].rstrip("\n") + "  # hers\n")
    here, there = facts(site), bridge.read_text()
    for _ in range(2):
        problems = told(generate(site))
        assert (facts(site), bridge.read_text()) == (here, there)
        assert any(f"it is in seeds/harbour.txt: move the fact to {FACTS}" in problem for problem in problems)


def test_a_fact_copied_to_another_source_stays_in_both_and_is_told(site: Path) -> None:
    (site / "seeds" / "bridge.md").write_text(BRIDGE)
    generate(site)
    bridge = next((site / "site_src/facts").glob("2031-04-17*.yml"))
    found = re.search(r"(?m)^- id: (\S+)\n(?:  .*\n)+", facts(site))
    assert found
    bridge.write_text(bridge.read_text() + found[0])
    here, there = facts(site), bridge.read_text()
    for _ in range(2):
        problems = told(generate(site))
        assert (facts(site), bridge.read_text()) == (here, there)
        assert any(f"{found[1]} stands in " in p and "give the copy an id of its own" in p for p in problems)


def test_a_candidate_that_a_person_took_out_stays_out(site: Path) -> None:
    people = site / "site_src/entities/people.yml"
    people.write_text("", encoding="utf-8")
    for _ in range(2):
        generate(site)
        assert people.read_text() == ""
        assert "mira-tolle" not in facts(site)


def test_problems_are_told_at_the_lines_of_the_file_as_it_is(site: Path) -> None:
    text = facts(site).rstrip("\n")
    last = text.rindex("  quote: ")
    text = text[:last] + re.sub(r"  quote: .*", "  quote: nowhere", text[last:], count=1) + "\n"
    (site / FACTS).write_text(text)
    (site / "seeds" / "harbour.txt").write_text(
        HARBOUR.replace('"We have', 'A fire broke out in Port Ellery on Wednesday.\n\n"We have')
    )
    line = text[: text.index("  quote: nowhere")].count("\n") + 1
    (found,) = [p for p in generate(site, write=False).problems if p.check == "quote-in-source"]
    assert (found.line, found.entry.splitlines()[-1]) == (line, "  quote: nowhere")


def test_a_copy_beside_a_fact_file_takes_nothing_from_it(site: Path) -> None:
    copy = site / FACTS.replace(".yml", "-old.yml")
    copy.write_text(facts(site))
    (site / "seeds" / "harbour.txt").write_text(HARBOUR + "A fire broke out in Port Ellery on Friday.\n")
    before = copy.read_text()
    problems = told(generate(site))
    assert any(f"{copy.name}:" in p and f"has the file {FACTS} already; this one is left out" in p for p in problems)
    assert "A fire broke out" in facts(site)
    assert copy.read_text() == before


def test_a_copy_of_a_base_takes_nothing_from_it(site: Path) -> None:
    base = site / "site_src/facts/.base" / Path(FACTS).name
    base.with_name(base.stem + "~.yml").write_text(base.read_text().partition("facts:")[0] + "facts: []\n")
    before = facts(site)
    assert any("it is left out" in p for p in told(generate(site))), told(generate(site))
    assert facts(site) == before


@pytest.mark.parametrize("slip", [("  id: 2031", "\tid: 2031"), ("facts:\n", "facts:\n\t\n")])
def test_a_fact_file_of_another_name_that_cannot_be_read_is_not_deleted(site: Path, slip: tuple[str, str]) -> None:
    mine = site / "site_src/facts/harbour.yml"
    (site / FACTS).rename(mine)
    text = mine.read_text().replace("review: unreviewed", "review: confirmed   # seen", 1)
    mine.write_text(text)
    generate(site)
    mine.write_text(text.replace(*slip))
    assert any(found.severity == "error" for found in generate(site).problems)
    assert not (site / FACTS).exists()
    mine.write_text(text)
    assert told(generate(site)) == []
    assert mine.read_text() == text


@pytest.mark.parametrize("torn", ["both", "file, no base", "base, no file"])
def test_an_article_whose_files_cannot_be_read_is_no_new_one(site: Path, torn: str) -> None:
    (site / "seeds" / "harbour.txt").write_text(HARBOUR.replace("2031-05-02", "2031-05-09").replace("May 2", "May 9"))
    generate(site)
    path, base = site / FACTS, site / "site_src/facts/.base" / Path(FACTS).name
    whole = path.read_text(), base.read_text()
    path.write_text("<<<<<<< a\n" + whole[0])
    base.write_text("<<<<<<< a\n" + whole[1])
    if torn == "file, no base":
        base.unlink()
    if torn == "base, no file":
        path.unlink()
    report = generate(site)
    assert any("resolve the merge first" in p or "take the side that was built last, whole" in p for p in told(report))
    assert {p.name for p in path.parent.glob("*.yml")} <= {path.name}
    path.write_text(whole[0])
    base.write_text(whole[1])
    assert told(generate(site)) == []
    assert facts(site) == whole[0]


def test_two_fact_files_of_one_article_are_told(site: Path) -> None:
    other = site / "site_src/facts/2031-05-09-other.yml"
    other.write_text(facts(site).replace("  id: 2031-05-02-", "  id: 2031-05-09-").replace("- id: ", "- id: x-"))
    assert any("seeds/harbour.txt has the fact file" in p for p in told(generate(site)))


def test_without_its_base_what_the_machine_still_says_is_the_machines(site: Path) -> None:
    mine = (
        facts(site).replace("value: 40000000", "value: 41000000").replace("review: unreviewed", "review: confirmed", 1)
    )
    assert mine != facts(site)
    (site / FACTS).write_text(mine)
    generate(site)
    (site / "site_src/facts/.base" / Path(FACTS).name).unlink()
    problems = generate(site).problems
    assert [p.check for p in problems] == ["base-gone", "conflict"]
    assert problems[1].message.startswith("value: here '41000000'")
    assert facts(site) == mine
    (site / "seeds" / "harbour.txt").write_text(HARBOUR.replace("last two years", "last three years"))
    generate(site)
    assert "last three years" in facts(site)
    assert "value: 41000000" in facts(site)
    assert "review: confirmed" in facts(site)


@pytest.mark.parametrize("which", ["file", "base"])
def test_a_fact_file_and_a_base_of_two_states_are_not_merged(site: Path, which: str) -> None:
    path, base = site / FACTS, site / "site_src/facts/.base" / Path(FACTS).name
    old = path.read_text(), base.read_text()
    (site / "seeds" / "harbour.txt").write_text(HARBOUR.replace("40 million", "50 million"))
    generate(site)
    new = path.read_text(), base.read_text()
    (path if which == "file" else base).write_text(old[which == "base"])
    problems = generate(site).problems
    assert [(found.check, found.severity) for found in problems if found.check != "seed"] == [("base-apart", "error")]
    assert (path.read_text(), base.read_text()) == ((old[0], new[1]) if which == "file" else (new[0], old[1]))
    path.write_text(new[0])
    base.write_text(new[1])
    assert told(generate(site)) == []


def test_the_id_of_a_source_does_not_change(site: Path) -> None:
    text = re.sub(r"- id: (\S+)\n(?:  .*\n)+", "", facts(site), count=1)  # one is deleted
    changed = text.replace("  id: 2031-05-02-dredging", "  id: 2031-05-02-digging")
    (site / FACTS).write_text(changed)
    pages = tree(site / "site_src" / "sources")
    assert any("the id of a source does not change; write it as it was" in p for p in told(generate(site)))
    assert facts(site) == changed
    assert tree(site / "site_src" / "sources").keys() == pages.keys()
    gone, report = fix(site)
    assert [p.check for p in gone] == ["source-id"]
    assert report.errors == 0
    generate(site)
    assert facts(site) == text


MIRA = "mira-tolle"
NO_PLACE = {
    "flow": "{ada: {name: Ada, kind: person, status: confirmed}}\n",
    "the end of the document": "ada: {name: Ada, kind: person, status: confirmed}\n...\n",
    "read-only": "ada: {name: Ada, kind: person, status: confirmed}\n",
    "a link": "ada: {name: Ada, kind: person, status: confirmed}\n",
}


@pytest.mark.parametrize("case", NO_PLACE)
def test_names_that_find_no_place_in_the_registry_are_told_and_stay_in_the_facts(tmp_path: Path, case: str) -> None:
    root = make(tmp_path, files={"site_src/entities/people.yml": NO_PLACE[case]})
    people = root / "site_src/entities/people.yml"
    if case == "read-only":
        people.chmod(0o444)
    if case == "a link":
        people.rename(root / "people.yml")
        people.symlink_to(root / "people.yml")
    for _ in range(3):
        report = generate(root)
        assert [p.path for p in report.problems if p.path.startswith("site_src/entities")] == [
            "site_src/entities/people.yml"
        ]
        assert people.read_text() == NO_PLACE[case]
        assert MIRA in facts(root)
    people.unlink()
    people.write_text(NO_PLACE["read-only"])
    assert told(generate(root)) == []
    assert MIRA in people.read_text()
    assert MIRA in facts(root)


def test_a_fact_file_that_is_a_link_stays_one(site: Path) -> None:
    path, there = site / FACTS, site / "kept.yml"
    path.rename(there)
    path.symlink_to(there)
    before = facts(site)
    (site / "seeds" / "harbour.txt").write_text(HARBOUR.replace("40 million", "50 million"))
    assert any("is a link to another file" in problem for problem in told(generate(site)))
    assert path.is_symlink()
    assert there.read_text() == before


def test_a_file_saved_while_the_generator_works_is_merged_once_more(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / FACTS).write_text(facts(site).replace("harbour.txt", "x.txt"), encoding="utf-8")  # so that it is written
    merge, calls = update.merge, []

    def slow(*args: object) -> object:
        merged = merge(*args)  # type: ignore[arg-type]
        if not calls:
            edit(site, FACTS, r"\n- id", "\n# a person was here\n- id")
        calls.append(merged)
        return merged

    monkeypatch.setattr(update, "merge", slow)
    generate(site)
    assert "# a person was here" in facts(site)


def test_a_file_that_changes_all_the_time_is_left_as_it_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "seeds" / "harbour.txt").write_text(HARBOUR.replace("40 million", "50 million"), encoding="utf-8")
    merge = update.merge

    def slow(*args: object) -> object:
        merged = merge(*args)  # type: ignore[arg-type]
        with (site / FACTS).open("a", encoding="utf-8") as file:
            file.write("# still writing\n")
        return merged

    monkeypatch.setattr(update, "merge", slow)
    report = generate(site)
    assert any("changed twice" in problem for problem in told(report))
    assert facts(site).endswith("# still writing\n# still writing\n")


def test_a_template_of_the_briefing_that_is_wrong_leaves_the_pages_as_they_were(site: Path) -> None:
    before = tree(site / "site_src")
    own = site / "templates" / "pages" / "index.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# Mine\n\n{% for %}\n", encoding="utf-8")
    assert told(generate(site))[0].startswith("templates/pages/index.md.j2:3:1: error: template: ")
    assert tree(site / "site_src") == before
    own.write_text("# Mine\n", encoding="utf-8")
    generate(site)
    assert (site / "site_src/index.md").read_text().endswith("# Mine\n")


def test_a_page_by_hand_is_told_and_left(tmp_path: Path) -> None:
    make(tmp_path, files={"site_src/timeline.md": "# My own timeline\n"})
    assert told(generate(tmp_path))[0].startswith("site_src/timeline.md:1:1: error: a page of this name")
    assert (tmp_path / "site_src/timeline.md").read_text() == "# My own timeline\n"


def test_a_page_goes_with_what_it_was_about(site: Path) -> None:
    (site / "site_src/people/mira-tolle.md").stat()
    for path in (site / "site_src/facts").glob("*.yml"):
        path.unlink()
    for path in (site / "site_src/facts/.base").glob("*.yml"):
        path.unlink()
    (site / "seeds/harbour.txt").unlink()
    generate(site)
    assert not (site / "site_src/people/mira-tolle.md").exists()


def test_two_runs_at_once_wait_for_each_other(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.lock.__wrapped__, "__defaults__", (0.1,))  # type: ignore[attr-defined]
    with publish.lock(site), pytest.raises(publish.Busy):
        generate(site)


def test_settings_come_from_the_caller_if_given(tmp_path: Path) -> None:
    make(tmp_path, files={"mkdocs.yml": CONFIG.replace("title:", "titel:")})
    assert "did you mean 'title'" in told(generate(tmp_path))[0]
    assert told(generate(tmp_path, settings=(Settings(title="Mine"), []))) == []
    assert "Mine" in (tmp_path / "site_src/index.md").read_text()


HUGE = HARBOUR.rstrip() + "\n\nThe port counted 90000000000000000000000 tonnes of grain in 2030.\n"


@pytest.mark.parametrize("write", [True, False])
def test_a_reading_is_known_at_once_whatever_numbers_it_holds(tmp_path: Path, write: bool) -> None:
    root = make(tmp_path, seeds={"harbour.txt": HUGE})
    for _ in range(2):
        briefing = generate(root, write=write).briefing
        (source,) = briefing.sources
        assert any(getattr(s.fact, "value", 0) > 2**64 for s in briefing.statements)
        assert briefing.readings[source].keys() == {s.fact.id for s in briefing.statements}


def test_a_source_that_is_gone_is_forgotten_as_merged(tmp_path: Path) -> None:
    root = make(tmp_path, seeds={"harbour.txt": HARBOUR, **GOOD})
    stage = generate(root).briefing.store.stage("merged")
    assert len(stage.keys()) == 2
    (root / "seeds/harbour.txt").unlink()
    (root / FACTS).unlink()
    assert len(generate(root).briefing.store.stage("merged").keys()) == 1


def test_the_method_page_of_a_new_briefing_says_nothing_of_how_the_program_was_measured(site: Path) -> None:
    method = (site / "site_src/method.md").read_text(encoding="utf-8")
    shipped = (pipeline.carried() / "method.md").read_text(encoding="utf-8")
    measured = {"## What a build takes", "## What was tried against it"}
    assert set(re.findall("(?m)^## .+", shipped)) - set(re.findall("(?m)^## .+", method)) == measured
    assert "make bench" not in method
