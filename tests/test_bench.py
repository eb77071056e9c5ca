"""The invented articles that the product is measured on, and the table of what was measured."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest
from bench import run as bench_run
from bench.articles import article, casts, write_briefing
from bench.briefings import Built, Measured
from bench.lines import Line, table
from bench.measuring import CommandFailed, Noise, Run, Runs, run
from bench.method import write_page
from bench.pages import BUILDERS, page
from bench.results import Results, write
from bench.rows import Bench, compared
from bench.sampling import stage
from bench.stories import telling

from generator.markup import to_html
from generator.pipeline import generate

COUNT = 60


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bench")
    write_briefing(root, COUNT)
    return root


def test_an_article_depends_on_its_number_and_the_seed_alone() -> None:
    alone = article(777)
    told = [article(index) for index in range(770, 780)]
    assert told[7] == alone
    assert article(777, seed=2) != alone
    assert len({name for name, _ in told}) == len(told)


def test_a_smaller_briefing_is_the_beginning_of_a_larger(briefing: Path, tmp_path: Path) -> None:
    write_briefing(tmp_path, 20)
    small = {path.name: path.read_bytes() for path in (tmp_path / "seeds").iterdir()}
    large = {path.name: path.read_bytes() for path in (briefing / "seeds").iterdir()}
    assert small.items() <= large.items()
    assert (len(small), len(large)) == (20, COUNT)


def test_their_lengths_are_those_of_a_wire() -> None:
    words = [len(article(index)[1].split()) for index in range(400)]
    assert 170 <= mean(words) <= 215
    assert 0.5 <= sum(count <= 150 for count in words) / len(words) <= 0.7
    assert 0.05 <= sum(count >= 450 for count in words) / len(words) <= 0.15


def test_names_grow_with_their_number() -> None:
    def names(count: int) -> int:
        values = (telling(index, 1, casts()).story.values for index in range(count))
        return len({told[letter] for told in values for letter in "ABCOPQXYG"})

    few, many = names(1000), names(3000)
    assert 0.25 <= (many - few) / 2000 <= 0.4


def test_stories_go_on_and_are_told_again() -> None:
    told = [telling(index, 1, casts()) for index in range(2000)]
    steps = Counter(t.step for t in told if t.copy_of is None and t.again is None)
    assert set(steps) == {0, 1, 2, 3}
    copies = sum(t.copy_of is not None for t in told) / len(told)
    again = sum(t.again is not None and not t.contrary for t in told) / len(told)
    contrary = sum(t.contrary for t in told) / len(told)
    assert 0.035 <= copies <= 0.065
    assert 0.02 <= again <= 0.04
    assert 0.005 <= contrary <= 0.015


def test_no_slot_stays_open_and_no_choice() -> None:
    for index in range(0, 3000, 7):
        assert not re.search(r"[{}\[\]|]", article(index)[1]), article(index)[0]


def test_the_reader_finds_every_kind_of_fact_in_them(briefing: Path) -> None:
    report = generate(briefing, write=False)
    assert report.errors == 0
    assert report.sources == COUNT
    assert 4 <= report.facts / report.sources <= 6
    kinds = Counter(s.fact.kind for s in report.briefing.current)
    assert min(kinds[kind] for kind in ("event", "figure", "quotation", "role", "assessment")) >= COUNT / 10


def test_equal_pages_are_equal_but_for_the_endings_of_links() -> None:
    ours, theirs = page(7, 50), page(7, 50, "html")
    assert theirs == re.sub(r"(page-\d{5})\.md", r"\1.html", ours)
    assert len(re.findall(r"\]\(page-\d{5}\.md\)", ours)) == 10
    assert "|---|---|---|" in ours
    assert 55 <= ours.count("\n") <= 65


def test_every_builder_gets_the_pages(tmp_path: Path) -> None:
    for at, builder in enumerate(BUILDERS.values()):
        folder = tmp_path / str(at)
        folder.mkdir()
        builder.prepare(folder, 12)
        assert len(list((folder / builder.pages).glob("page-*.md"))) == 12, builder.name


def test_a_command_is_measured(tmp_path: Path) -> None:
    busy = [sys.executable, "-c", "import time\nheld = bytearray(60_000_000)\ntime.sleep(0.3)"]
    found = run(busy, folder=tmp_path)
    assert found.wall >= 0.3
    assert found.cpu < found.wall
    assert found.memory >= 60e6  # on Linux at least what the process that began it held
    with pytest.raises(CommandFailed, match="no good"):
        run([sys.executable, "-c", "raise SystemExit('no good')"], folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_share_of_a_peer_is_judged() -> None:
    peer = Runs((measured(8.0), measured(10.0), measured(30.0)))
    assert peer.wall == 10.0
    assert peer.spread == pytest.approx(2.2)
    assert compared("row", "work", "peer", peer, 3.0, 1 / 3, "").met is True
    assert compared("row", "work", "peer", peer, 3.5, 1 / 3, "").met is False
    absent = compared("row", "work", "peer", None, 3.5, 1 / 3, "")
    assert (absent.measured, absent.met) == ("not installed", None)


def measured(wall: float) -> Run:
    return Run(wall, wall, 1)


def test_rows_are_chosen_and_sizes_are_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    given = bench_run.asked(["--rows", "nothing, one-more", "--sources", "10000,1000"])
    assert (given.rows, given.sources) == (["nothing", "one-more"], [1000, 10000])
    with pytest.raises(SystemExit):
        bench_run.asked(["--rows", "nothing else"])
    assert "no row is called else" in capsys.readouterr().err


def test_the_table_is_made_of_measurements(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [4], 10, 1, None, lambda text: None)
    (line,) = bench_run.measured(bench, ["nothing"])
    built = bench.briefings[4]
    assert line.value == built.idle[0].wall
    assert line.met == (built.idle[0].wall <= 0.5)
    assert built.pages == len(list((built.root / "site").rglob("*.html")))
    assert line.measured in table([line])
    assert len(bench.noise.loops) == 2
    bench_run.measured(bench, ["one-more"])
    (added,) = built.added
    assert 0 < added.site < added.run.wall * 0.8, "the site's part alone, without that of facts and pages"


def test_growth_is_told_from_the_smallest_briefing_to_the_largest(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [10, 100], 10, 1, None, lambda text: None)
    for sources, wall in ((10, 2.0), (100, 21.0)):
        added = [Built(measured(wall / 2), 0.1)]
        bench.briefings[sources] = Measured(tmp_path, sources, measured(wall), added)
    cold, added_to = bench_run.measured(bench, ["growth"])
    assert (cold.value, cold.met) == (10.5, True)
    assert (added_to.value, added_to.met) == (10.5, False)


def test_a_row_that_fails_is_told_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(bench: Bench) -> Iterator[Line]:
        raise CommandFailed("ended")
        yield

    def fine(bench: Bench) -> Iterator[Line]:
        yield Line("memory", "work", "1 MB", 1.0, 2.0)

    monkeypatch.setattr(bench_run, "ROWS", {"nothing": failing, "memory": fine})
    told: list[str] = []
    lines = bench_run.measured(Bench(tmp_path, [1], 1, 1, None, told.append), ["nothing", "memory"])
    assert [line.met for line in lines] == [False, True]
    assert told[0] == "ended"


def test_results_of_other_rows_stay(tmp_path: Path) -> None:
    def found(row: str, words: str) -> Results:
        line = Line(row, "work", words, 0.51239, 1.0, "≤ 1 s")
        return Results({"processor": "plain", "cores": 1}, Noise(), (line,), ("hugo",), 3)

    for results in (found("nothing", "1 s"), found("memory", "2 MB"), found("nothing", "3 s")):
        write(results, tmp_path / "results.json")
    kept = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [(line["row"], line["measured"]) for line in kept["lines"]] == [("memory", "2 MB"), ("nothing", "3 s")]
    assert (kept["lines"][1]["value"], kept["lines"][1]["verdict"]) == (0.5124, "reached")
    assert "Not installed: hugo." in found("nothing", "").remarks()


def test_the_method_page_tells_what_was_measured(tmp_path: Path) -> None:
    lines = (
        Line("memory", "memory, 10 sources", "700 MB", 700, 600, "≤ 600 MB"),
        Line("cold-pages", "9 equal pages, cold: briefing", "2 s", values={"wall": 2.0, "memory": 3e6}),
        Line(
            "cold-pages", "9 equal pages, cold: hugo", "1 s", 2.0, 4.0, "≤ 4 × it", values={"wall": 1.0, "memory": 9e6}
        ),
    )
    noise = Noise()
    noise.loops = [0.2, 0.21, 0.22]
    found = Results({"processor": "Plain_processor", "cores": 2}, noise, lines, (), 3)
    page = tmp_path / "method.md"
    page.write_text("# Method\n\n## Maps\n\nDots.\n\n## For editors and programs\n\nYAML.\n", encoding="utf-8")
    for _ in range(2):
        write_page(found.mapping(), page)
    told = page.read_text(encoding="utf-8")
    assert [line for line in told.splitlines() if line.startswith("#")] == [
        "# Method",
        "## Maps",
        "## What a build takes",
        "## For editors and programs",
    ]
    html = to_html(told, lambda address: address).content
    assert html.count('<svg class="bullet"') == 4
    assert "Plain_processor, 2 cores" in html
    assert "≤ 600 MB, not reached" in html
    assert re.search(r"<td[^>]*>3 MB</td>", html)


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        (
            [
                ("generator/pipeline.py", "generate"),
                ("generator/pipeline.py", "_generated"),
                ("generator/loading.py", "read"),
            ],
            "facts and pages: loading.read",
        ),
        ([("generator/pipeline.py", "generate")], "facts and pages: pipeline.generate"),
        (
            [
                ("mkdocs/commands/build.py", "build"),
                ("mkdocs/plugins.py", "run"),
                ("generator/pipeline.py", "generate"),
                ("generator/render.py", "render"),
                ("jinja2/environment.py", "Template.render"),
            ],
            "facts and pages: render.render",
        ),
        (
            [
                ("mkdocs/commands/build.py", "build"),
                ("mkdocs/plugins.py", "run"),
                ("generator/mkdocs_plugin.py", "P.on_env"),
            ],
            "site: mkdocs_plugin.P.on_env",
        ),
        (
            [("mkdocs/commands/build.py", "build"), ("mkdocs/structure/pages.py", "Page.render")],
            "site: mkdocs.structure.pages.Page.render",
        ),
        ([("generator/cli.py", "main")], "start and end"),
    ],
)
def test_a_stack_is_of_a_stage(stack: list[tuple[str, str]], expected: str) -> None:
    assert stage(stack[::-1]) == expected
