"""The data: one definition of the columns, the same values in every format, nothing that policy keeps back."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import policy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_render import told
from tiny import empty, tiny, with_policy, wordy

from generator.aggregate.claims import claims
from generator.downloads import DOWNLOADS, as_csv, as_json, as_sqlite, downloads, files, references
from generator.downloads.claim_table import CLAIMS
from generator.downloads.columns import Value
from generator.downloads.columns import empty as is_empty
from generator.downloads.fact_table import FACTS
from generator.downloads.figure_table import FIGURES
from generator.downloads.portion import portions, whole
from generator.downloads.tables import BRIEFING, TABLES, rows_of
from generator.link import Briefing
from generator.model import Figure
from generator.render import render
from generator.statement import Statement
from generator.store import Store

EVIL = "=1+1|'\"{}\\%#&~^$_@\t;,\r\n<b>[x](y)￼é"
MADE: dict[str, Callable[[], Briefing]] = {
    "tiny": tiny,
    "none": lambda: with_policy("none"),
    "full": lambda: with_policy("full"),
    "empty": empty,
    "evil": lambda: told(EVIL),
    "no seeds": lambda: replace(tiny(), seeds={}, statements=tuple(replace(s, span=None) for s in tiny().statements)),
}


@pytest.fixture(params=sorted(MADE))
def briefing(request: pytest.FixtureRequest) -> Briefing:
    return MADE[request.param]()


def opened(raw: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(raw)
    return connection


def texts(path: str, raw: bytes) -> str:
    """All that a file says, its values apart from each other."""
    if path.endswith(".sqlite"):
        connection = opened(raw)
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [str(c) for n in names if "search" not in n for row in connection.execute(f'SELECT * FROM "{n}"') for c in row]  # fmt: skip
        return " ¶ ".join([*cells, raw.decode("utf-8", "replace")])
    if path.endswith(".csv"):
        return " ¶ ".join(cell for row in csv.reader(io.StringIO(raw.decode(), newline="")) for cell in row)
    return raw.decode()


@pytest.mark.parametrize("name", sorted(policy.ALLOWED))
@pytest.mark.parametrize("make", [with_policy, wordy])
def test_no_file_publishes_more_than_it_may(name: str, make: Callable[[str], Briefing]) -> None:
    made = make(name)
    for path, raw in downloads(made).items():
        assert policy.most(texts(path, raw), made) <= policy.ALLOWED[name], path


def test_with_everything_published_the_measure_finds_it() -> None:
    made = wordy("full")
    assert (
        max(policy.most(texts(path, raw), made) for path, raw in downloads(made).items()) > policy.ALLOWED["excerpts"]
    )


def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing) -> None:
    one, other = downloads(briefing), downloads(replace(briefing))
    assert one is not other
    assert dict(one) == dict(other)


def test_every_row_has_the_columns_that_are_defined(briefing: Briefing) -> None:
    for table in TABLES:
        for row in rows_of(table, whole(briefing)):
            assert list(row) == [column.name for column in table.columns], table.name
            for column in table.columns:
                value = row[column.name]
                assert not column.needed or value is not None, (table.name, column.name)
                assert not column.values or is_empty(value) or value in column.values, (table.name, column.name)
    assert all(re.fullmatch(r"[A-Z“].*[.]", c.about, re.DOTALL) for t in TABLES for c in t.columns)


def test_the_json_is_what_its_schema_says(briefing: Briefing) -> None:
    made = downloads(briefing)
    schema, data = json.loads(made[as_json.SCHEMA]), json.loads(made[as_json.DATA])
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    facts = schema["$defs"]["facts"]
    assert "Holds ids of `sources`" in facts["properties"]["source"]["description"]
    if data["facts"]:
        wrong = {**data, "facts": [{**data["facts"][0], "review": "perhaps", "more": 1}]}
        assert len(list(Draft202012Validator(schema).iter_errors(wrong))) == 2


def test_the_json_says_all_that_is_known() -> None:
    data = json.loads(downloads(tiny())[as_json.DATA])
    for table in TABLES:
        if table.json and table is not BRIEFING:
            for told_, row in zip(data[table.name], rows_of(table, whole(tiny())), strict=True):
                known = {name: value for name, value in row.items() if not is_empty(value)}
                given = {name: tuple(v) if isinstance(v, list) else v for name, v in told_.items() if not is_empty(v)}
                assert {k: v for k, v in given.items() if v != ()} == known


def unguarded(cell: str) -> str:
    return cell.removeprefix(as_csv.GUARD)


def read(value: str, kind: str) -> Value:
    """The value of a cell, as the dictionary says to read it."""
    if kind in ("integer", "number"):
        return (float(value) if "." in value or "e" in value else int(value)) if value else None
    return value == "true" if kind == "yes or no" else unguarded(value)


def test_a_csv_file_gives_back_the_values(briefing: Briefing) -> None:
    for table in TABLES:
        if not table.csv:
            continue
        raw = downloads(briefing)[table.csv]
        assert not raw.startswith(b"\xef\xbb\xbf")
        reader = csv.reader(io.StringIO(raw.decode(), newline=""), strict=True)
        assert next(reader) == [column.name for column in table.columns]
        lines = list(reader)
        for line, row in zip(lines, rows_of(table, whole(briefing)), strict=True):
            for cell, column in zip(line, table.columns, strict=True):
                value = row[column.name]
                if column.type in ("list", "pairs"):
                    continue
                assert read(cell, column.type) == ("" if value is None and column.type == "text" else value)
                if column.type == "text":
                    assert not cell.startswith(as_csv.FORMULA), column.name
    assert re.search(rb"(?<!\r)\n", re.sub(rb'"[^"]*"', b"", downloads(tiny())["data/facts.csv"])) is None


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5 degrees", "'-5 degrees"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'quoted'", "''quoted'"),
        ("a=b", "a=b"),
        (-5, -5),
        (0.5, 0.5),
        (False, "false"),
        (None, ""),
        (("a", "=b"), "a; =b"),
        ({"geonames": "1"}, "geonames=1"),
    ],
)
def test_a_cell_is_no_formula_and_a_number_stays_one(value: Value, cell: object) -> None:
    assert as_csv.cell(value) == cell


@given(st.text())
def test_a_guard_can_be_taken_off(text: str) -> None:
    safe = as_csv.guarded(text)
    assert not safe.startswith(as_csv.FORMULA)
    assert unguarded(safe) == text


def test_the_database_is_sound(briefing: Briefing) -> None:
    connection = opened(downloads(briefing)["data/briefing.sqlite"])
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO facts_search(facts_search, rank) VALUES ('integrity-check', 1)")
    for table in TABLES:
        names = ", ".join(f'"{column.name}"' for column in table.flat)
        found = connection.execute(f'SELECT {names} FROM "{table.name}"').fetchall()
        expected = [tuple(row[column.name] for column in table.flat) for row in rows_of(table, whole(briefing))]
        assert [tuple(v or "" if isinstance(v, str) or v is None else v for v in row) for row in found] == [
            tuple(v or "" if isinstance(v, str) or v is None else v for v in row) for row in expected
        ]
    columns = connection.execute('SELECT "table", "column" FROM dictionary ORDER BY rowid').fetchall()
    assert columns == [(t.name, c.name) for t in TABLES for c in t.flat]


def test_the_database_answers() -> None:
    connection = opened(as_sqlite.database(whole(tiny())))
    asked = "SELECT f.id FROM facts_search JOIN facts f ON f.rowid = facts_search.rowid WHERE facts_search MATCH ?"
    assert ("event-aaaaaaaaa3",) in connection.execute(asked, ("clinics AND opened",)).fetchall()
    row = connection.execute("SELECT publisher, chain FROM cited_facts WHERE id = 'event-aaaaaaaaa3'").fetchone()
    assert row == ("Tessaly Wire", "Halvora News Service → Tessaly Wire")
    who = "SELECT entity FROM fact_entities WHERE fact = 'event-aaaaaaaaa3' AND relation = ?"
    assert connection.execute(who, ("who",)).fetchall() == [("ines-varga",)]
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT fact FROM fact_entities WHERE entity = 'x'").fetchall()
    assert "USING INDEX" in plan[0][3]


def test_the_examples_on_the_data_page_run() -> None:
    briefing = repeated(tiny())[1]
    connection = opened(as_sqlite.database(whole(briefing)))
    queries = re.findall(r"(?m)^(?:    .+\n)+", render(briefing)["data.md"])
    assert len(queries) == 4
    for query in queries:
        assert connection.execute(query).fetchall(), query


def test_a_number_beyond_those_of_a_database_is_kept_as_near_as_can_be() -> None:
    huge = 10**30
    statements = tuple(
        replace(s, fact=replace(s.fact, value=huge)) if isinstance(s.fact, Figure) else s for s in tiny().statements
    )
    made = replace(tiny(), statements=statements)
    connection = opened(as_sqlite.database(whole(made)))
    assert connection.execute("SELECT max(value) FROM figures WHERE NOT derived").fetchone() == (1e30,)
    assert json.loads(as_json.data(whole(made)))["figures"][0]["value"] == huge


def test_retracted_facts_are_there_and_marked() -> None:
    by_id = {fact["id"]: fact for fact in json.loads(as_json.data(whole(tiny())))["facts"]}
    assert set(by_id) == {s.fact.id for s in tiny().statements}
    gone = by_id["event-baaaaaaaa7"]
    assert (gone["review"], gone["note"]) == ("retracted", "Read wrongly: the officials only spoke of the meeting.")


def test_the_place_of_the_words_is_exact() -> None:
    texts_ = {id_: seed.text for id_, seed in tiny().seeds.items()}
    for fact in json.loads(as_json.data(whole(with_policy("full"))))["facts"]:
        assert texts_[fact["source"]][fact["start"] : fact["end"]] == fact["words"]


def test_a_derived_total_says_so_and_shows_its_sum() -> None:
    (total,) = [row for row in rows_of(FIGURES, whole(tiny())) if row["derived"]]
    assert (total["value"], total["sum"]) == (60, "12 clinics each year × 5 years = 60")
    assert (total["fact"], total["times"]) == ("figure-aaaaaaaaa6", "figure-aaaaaaaaa7")


def test_what_a_person_corrected_is_told() -> None:
    from generator.model import Found, Span

    def reading(of: Any, **machine: Any) -> Mapping[str, Found]:
        return {of.id: Found(fact=replace(of, **machine), span=Span(0, 1), rule="event-verb", proof="Wednesday: …")}

    statement = next(s for s in tiny().statements if s.fact.id == "event-aaaaaaaaa3")
    source = statement.source.id
    same = replace(tiny(), readings={source: reading(statement.fact, review="unreviewed", reviewed_by=None)})
    other = replace(tiny(), readings={source: reading(statement.fact, when="2031-05-01", who=())})

    def told_of(made: Briefing) -> tuple[Value, ...]:
        row = next(row for row in rows_of(FACTS, whole(made)) if row["id"] == statement.fact.id)
        return row["reading"], row["corrected"], row["rule"]

    assert told_of(same) == ("machine", "", "event-verb")
    assert told_of(other) == ("corrected", "who, when", "event-verb")
    assert told_of(tiny()) == ("by hand", None, None)


def test_two_sources_with_the_same_fact_id_lose_nothing() -> None:
    first, *others = tiny().statements
    twin = next(s for s in others if s.source.id != first.source.id)
    made = replace(tiny(), statements=(first, replace(twin, fact=replace(twin.fact, id=first.fact.id))))
    ids = [row["id"] for row in rows_of(FACTS, whole(made))]
    assert ids == [first.fact.id, f"{twin.source.id}/{first.fact.id}"]
    as_sqlite.database(whole(made))


def test_references_name_every_source() -> None:
    items = json.loads(references.csl(whole(tiny())))
    assert [item["id"] for item in items] == list(tiny().sources)
    assert items[1] == {
        "id": "2031-05-20-auditors-doubt-pace-village-clinics-report",
        "type": "article-newspaper",
        "title": "Auditors doubt pace of <village> clinics | a report",
        "container-title": "The Brenn Post",
        "issued": {"date-parts": [[2031, 5, 20]]},
        "URL": "https://post.example/2031/05/clinics?id=1&view=full",
        "note": "Cited in: Lantern Clinics Briefing, as of 20 May 2031, https://lantern.example/briefing/sources/"
        "2031-05-20-auditors-doubt-pace-village-clinics-report.html",
    }


def entries(text: str) -> list[str]:
    """The entries of a BibTeX file, found as BibTeX does: by braces, a backslash before one means nothing."""
    found, depth, start = [], 0, 0
    for at, mark in enumerate(text):
        if mark == "@" and not depth:
            start = at
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
        if mark == "}" and not depth:
            found.append(text[start : at + 1])
    assert not depth
    return found


def test_bibtex_holds_whatever_words_there_are() -> None:
    found = entries(references.bibtex(whole(told(EVIL))).decode())
    assert len(found) == len(tiny().sources)
    assert (
        r"\textbraceleft{}\textbraceright{}\textbackslash{}\%\#\&\textasciitilde{}\textasciicircum{}\$\_@ ;,"
        in found[0]
    )
    assert len(entries(references.bibtex(whole(tiny())).decode())) == 2
    ids = [re.match(r"@\w+\{([^,\s]+),", entry) for entry in found]
    assert all(ids)


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.text())
def test_escaped_text_keeps_braces_in_pairs(text: str) -> None:
    plain = re.sub(r"\\[a-z]+\{\}", "", references.escaped(text))
    assert "{" not in plain
    assert "}" not in plain
    assert not re.search(r"(?<!\\)[%#&$_~^]", plain)


def test_llms_txt_leads_to_pages_and_files_that_there_are() -> None:
    text = downloads(tiny())["llms.txt"].decode()
    assert text.startswith("# Lantern Clinics Briefing\n\n> What is known")
    paths = {path.removesuffix(".md") + ".html" for path in render(tiny())} | {d.path for d in DOWNLOADS}
    root = "https://lantern.example/briefing/"
    links = re.findall(r"(?m)^- \[.*\]\((\S+)\)", text)
    by_hand = {"method.html"}
    assert {link.removeprefix(root) for link in links} <= paths | by_hand
    assert {root + download.path for download in DOWNLOADS if download.path != "llms.txt"} <= set(links)


def test_hostile_words_end_no_line_of_llms_txt() -> None:
    lines = downloads(told(EVIL + "\n# Header\n- [a](b)"))["llms.txt"].decode().splitlines()
    assert [line for line in lines if line.startswith("#")][1:] == ["## Pages", "## Data", "## Topics", "## Optional"]


def test_every_download_has_words_of_its_own() -> None:
    assert len({d.path for d in DOWNLOADS}) == len(DOWNLOADS)
    assert all(d.title and d.about and "/" in d.media_type for d in DOWNLOADS)


def two_years() -> Briefing:
    """The tiny briefing as if its older source had come out the year before."""
    made = tiny()
    older = {id_: replace(source, date="2030-05-02") for id_, source in list(made.sources.items())[:1]}
    sources = {**made.sources, **older}
    return replace(
        made,
        sources=sources,
        statements=tuple(replace(s, source=sources[s.source.id]) for s in made.statements),
        digests={},  # of files that say something else
    )


@pytest.fixture
def yearly(monkeypatch: pytest.MonkeyPatch) -> Briefing:
    monkeypatch.setattr("generator.downloads.portion.LARGE", 1)
    return two_years()


def test_a_large_briefing_gives_its_data_by_year(yearly: Briefing) -> None:
    made = downloads(yearly)
    assert {path for path in made if "facts" in path} == {"data/2030/facts.csv", "data/2031/facts.csv"}
    assert {"data/entities.csv", "data/briefing.schema.json", "feed.xml", "watch.ics", "llms.txt"} <= made.keys()
    assert "data/briefing.json" not in made
    assert "(https://lantern.example/briefing/data/2030/briefing.sqlite)" in made["llms.txt"].decode()
    by_year = [rows_of(FACTS, portion) for portion in portions(yearly)]
    assert [row for part in by_year for row in part] == [*rows_of(FACTS, whole(yearly))]
    validator = Draft202012Validator(json.loads(made[as_json.SCHEMA]))
    for year in ("2030", "2031"):
        data = json.loads(made[f"data/{year}/briefing.json"])
        assert data["$schema"] == "../briefing.schema.json"
        assert list(validator.iter_errors(data)) == []
        assert data["briefing"]["as_of"].startswith(year)
        connection = opened(made[f"data/{year}/briefing.sqlite"])
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM facts").fetchone() == (len(data["facts"]),)
        named = connection.execute("SELECT DISTINCT entity FROM fact_entities").fetchall()
        assert {id_ for (id_,) in named} <= {entity["id"] for entity in data["entities"]}


OUTCOMES_TOO = {"data/2030/outcomes.csv", "data/2030/briefing.sqlite", "data/2030/briefing.json"}


def test_what_is_told_of_a_source_changes_the_files_of_its_year_and_what_came_of_older_plans(yearly: Briefing) -> None:
    newest = list(yearly.sources)[-1]
    before, made = {file.path: file.key for file in files(yearly)}, downloads(yearly)
    for noted in yearly.by_source[newest]:
        other = replace(noted, fact=replace(noted.fact, note="Seen."))
        changed_too = replace(yearly, statements=tuple(other if s is noted else s for s in yearly.statements))
        changed = {file.path for file in files(changed_too) if file.key != before[file.path]}
        assert {path for path, raw in downloads(changed_too).items() if raw != made[path]} <= changed
        assert "data/2031/facts.csv" in changed
        assert {path for path in changed if "/2030/" in path} <= OUTCOMES_TOO


def repeated(briefing: Briefing) -> tuple[Statement, Briefing]:
    """A fact of the oldest source, and the briefing with the newest source telling it, too."""
    older, newer = (list(briefing.sources)[n] for n in (0, -1))
    first = next(s for s in briefing.by_source[older] if s.fact.review != "retracted" and s.span)
    fact = replace(first.fact, id="told-again", same_as=(first.fact.id,))
    again = replace(first, fact=fact, source=briefing.sources[newer])
    return first, replace(briefing, statements=(*briefing.statements, again))


def test_a_claim_is_told_once_with_all_its_facts_and_origins() -> None:
    first, briefing = repeated(tiny())
    [row] = [row for row in rows_of(CLAIMS, whole(briefing)) if row["id"] == first.fact.id]
    assert row["facts"] == (first.fact.id, "told-again")
    assert (row["sources"], row["origins"]) == (2, len(claims(briefing).of(first).origins))
    assert (row["first_told"], row["last_told"]) == ("2031-05-02", "2031-05-20")
    of_facts = {row["id"]: row["claim"] for row in rows_of(FACTS, whole(briefing))}
    assert of_facts["told-again"] == first.fact.id == of_facts[first.fact.id]
    connection = opened(as_sqlite.database(whole(briefing)))
    told = connection.execute("SELECT fact FROM claim_facts WHERE claim = ? ORDER BY position", (first.fact.id,))
    assert told.fetchall() == [(first.fact.id,), ("told-again",)]


def test_who_repeats_an_older_fact_changes_its_claim_and_not_its_row(yearly: Briefing) -> None:
    first, more = repeated(yearly)
    assert len(claims(more).of(first).statements) > len(claims(yearly).of(first).statements)
    before, made = {file.path: file.key for file in files(yearly)}, downloads(yearly)
    changed = {file.path for file in files(more) if file.key != before[file.path]}
    assert {path for path, raw in downloads(more).items() if raw != made[path]} <= changed
    assert {path for path in changed if "/2030/" in path and "outcomes" not in path} == {
        "data/2030/claims.csv",
        "data/2030/briefing.sqlite",
        "data/2030/briefing.json",
    }


def test_rows_that_were_kept_are_those_that_would_be_made(yearly: Briefing) -> None:
    store = Store()
    with_store = replace(yearly, store=store)
    cold = downloads(with_store)
    assert all(
        store.stage(f"pieces/{name}").keys().keys() == yearly.sources.keys()
        for name in ("csv/facts", "sqlite/facts", "bibtex", "csl")
    )
    assert downloads(replace(yearly, store=store)) == cold == downloads(yearly)
    assert [file.size for file in files(replace(yearly, store=store))] == [len(raw) for raw in cold.values()]


def test_what_is_kept_of_a_source_that_is_gone_is_forgotten(yearly: Briefing) -> None:
    store = Store()
    downloads(replace(yearly, store=store))
    assert {len(stage) for stage in store.stages("pieces/")} == {len(yearly.sources)}
    left = list(yearly.sources)[:1]
    fewer = replace(yearly.only(left), files={id_: yearly.files[id_] for id_ in left}, store=store)
    downloads(fewer)
    assert {frozenset(stage.keys()) for stage in store.stages("pieces/")} == {frozenset(left)}
