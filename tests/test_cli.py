"""The command line: what each command prints where, and its exit code."""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from builder import BRIDGE, HARBOUR, make, tree
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli import main

GOOD = {"bridge.md": BRIDGE}


def run(*args: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=text, catch_exceptions=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing of two sources, built."""
    root = make(tmp_path_factory.mktemp("cli"), seeds={**GOOD, "harbour.txt": HARBOUR})
    assert run("build", "--root", root, "--quiet").exit_code == 0
    return root


def test_build_tells_counts_the_site_and_what_to_type_next(tmp_path: Path) -> None:
    done = run("build", "--root", make(tmp_path))
    assert done.exit_code == 0, done.output
    first, second, third = done.stdout.splitlines()
    counts = first.removeprefix("1 source → ").split(", ")
    assert [word.split(" ", 1)[1] for word in counts] == ["facts", "to review", "errors"]
    assert counts[2] == "0 errors"
    assert Path(second) == tmp_path / "site" / "index.html"
    assert Path(second).is_file()
    assert third.startswith("Next: briefing serve")
    assert done.stderr == ""


def test_an_empty_briefing_builds_and_says_how_to_begin(tmp_path: Path) -> None:
    done = run("build", "--root", make(tmp_path, seeds={}))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == "0 sources → 0 facts, 0 to review, 0 errors"
    assert "seeds/" in done.stdout.splitlines()[2]


def test_build_with_a_bad_seed_builds_the_others_and_ends_with_1(tmp_path: Path) -> None:
    done = run("build", "--root", make(tmp_path, seeds={**GOOD, "bad.txt": "The works have begun."}))
    assert done.exit_code == 1
    assert done.stderr.startswith("seeds/bad.txt:1:1: error: no date; a seed says its date as YYYY")
    assert done.stdout.startswith("1 source → ")
    assert done.stdout.splitlines()[0].endswith("1 error")
    assert (tmp_path / "site" / "sources" / "2031-04-17-council-opens-linden-bridge.html").exists()


def test_a_warning_ends_with_1_only_if_strict(tmp_path: Path) -> None:
    make(tmp_path, seeds={**GOOD, "notes.docx": "x"})
    for command in ("build", "check"):
        assert run(command, "--root", tmp_path).exit_code == 0
        strict = run(command, "--root", tmp_path, "--strict")
        assert strict.exit_code == 1
        assert "warning: '.docx' is not a format of seeds" in strict.output


def test_a_bad_link_in_a_page_by_hand_is_told(tmp_path: Path) -> None:
    make(tmp_path, seeds=GOOD, files={"site_src/about.md": "# About\n\n[x](nowhere.md) [y](index.md#no-such)\n"})
    done = run("build", "--root", tmp_path, "--strict")
    assert done.exit_code == 1
    assert "mkdocs: warning: Doc file 'about.md' contains a link 'nowhere.md'" in done.stderr
    assert "does not contain an anchor '#no-such'" in done.stderr


def test_check_writes_nothing_and_says_what_is_not_written(tmp_path: Path) -> None:
    make(tmp_path)
    before = tree(tmp_path)
    done = run("check", "--root", tmp_path)
    assert done.exit_code == 0
    assert "A build would write site_src/facts/2031-05-02-" in done.stdout
    assert tree(tmp_path) == before


def test_quiet_prints_problems_only(site: Path) -> None:
    done = run("check", "--root", site, "--quiet")
    assert (done.exit_code, done.output) == (0, "")


def test_without_a_briefing_the_command_line_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("build", "check", "serve"):
        done = run(command)
        assert done.exit_code == 2
        assert "name the briefing with --root DIR" in done.stderr
    assert run("extract").exit_code == 2
    assert run("extract", "no-such.txt").exit_code == 2
    assert run("no-such-command").exit_code == 2


def test_a_config_that_mkdocs_refuses_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    make(tmp_path, files={"mkdocs.yml": "site_name: x\ndocs_dir: site_src\nplugins: [search]\n"})
    done = run("build", "--root", tmp_path)
    assert done.exit_code == 1
    assert "the plugin 'briefing' is not among the plugins" in done.stderr


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (
            "site_name: x\ndocs_dir: site_src\nplugins:\n- brefing:\n    title: X\n",
            "mkdocs.yml:4:3: error: no plugin is called 'brefing'; did you mean 'briefing'?, e.g. plugins: [{briefing",
        ),
        ("site_name: x\nplugins: [briefing\ndocs_dir: site_src\n", "mkdocs.yml:3:9: error: not YAML: "),
    ],
)
def test_build_and_serve_teach_as_check_does(tmp_path: Path, config: str, told: str) -> None:
    make(tmp_path, files={"mkdocs.yml": config})
    for command in ("check", "build", "serve"):
        done = run(command, "--root", tmp_path)
        assert done.exit_code == 1
        assert told in done.output, command


@pytest.mark.parametrize("address", ["127.0.0.1:80000", "127.0.0.1:0", "127.0.0.1", "harbour:80", "[::1]:x", ""])
def test_an_address_that_is_none_is_told(tmp_path: Path, address: str) -> None:
    done = run("serve", "--root", make(tmp_path, {}), "--address", address)
    assert done.exit_code == 2
    assert f"'{address}' is no address of a machine with a port from 1 to 65535, e.g. --address 127" in done.stderr


def test_a_port_of_the_settings_that_is_none_is_told(tmp_path: Path) -> None:
    config = "site_name: x\ndocs_dir: site_src\nplugins: [briefing]\ndev_addr: 127.0.0.1:80000\n"
    done = run("serve", "--root", make(tmp_path, {}, {"mkdocs.yml": config}))
    assert done.exit_code == 1
    assert "mkdocs.yml: 80000 is no port; one of 1 to 65535, e.g. dev_addr: 127.0.0.1:8001\n" in done.stderr


def test_a_busy_port_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        where = f"127.0.0.1:{busy.getsockname()[1]}"
        done = run("serve", "--root", make(tmp_path, {"harbour.txt": HARBOUR}), "--address", where)
    assert done.exit_code == 1
    assert f"cannot serve at {where}: Address already in use; name another place" in done.stderr
    assert not (tmp_path / "site_src/facts").exists()


def test_version() -> None:
    assert run("--version").output == f"briefing, version {__version__}\n"


def test_extract_prints_source_facts_and_every_entity_they_use(tmp_path: Path) -> None:
    path = tmp_path / "harbour.txt"
    path.write_text(HARBOUR, encoding="utf-8")
    done = run("extract", path)
    assert done.exit_code == 0, done.output
    found = yaml.safe_load(done.stdout)
    assert list(found) == ["source", "facts", "entities"]
    assert found["source"]["publisher"] == "orb-press"
    assert {fact["kind"] for fact in found["facts"]} >= {"event", "figure", "quotation"}
    keys = ("who", "where", "according-to", "by")
    used = {id_ for fact in found["facts"] for key in keys for id_ in fact.get(key, ())} | {"orb-press"}
    used |= {fact["speaker"] for fact in found["facts"] if "speaker" in fact}
    assert used <= set(found["entities"])
    assert found["entities"]["mira-tolle"]["name"] == "Mira Tolle"
    assert [p.name for p in tmp_path.iterdir()] == ["harbour.txt"]


def test_extract_explains_each_fact(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("date 2031-03-14 Ada Solvik visited the yards on Wednesday.")
    done = run("extract", path, "--explain")
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("  # when: "))
    assert "2031-03-14" in line
    assert "Friday" in line
    assert "  # rule: event-verb-happened\n  # trigger: visited\n" in done.stdout
    assert yaml.safe_load(done.stdout) == yaml.safe_load(run("extract", path).stdout)


def test_explanations_tell_who_vouches_and_whom_a_pronoun_means(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("date 2031-03-14 Minister Mark Penn left. He told reporters that he would resign in May.")
    told = run("extract", path, "--explain").stdout
    assert "  # according-to: He … told\n  # he: Mark Penn, named before\n" in told


def test_a_doubtful_date_is_told_with_the_path_that_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("date 2027-03-02 It rained.\n\nA tank exploded on Saturday, police said Sunday, March 7, 2027.")
    done = run("extract", path)
    assert (
        f"{path.as_posix()}:1:1: warning: the date 2027-03-02 is doubtful: something in it was said on" in done.stderr
    )
    assert "e.g. date: 2027-03-07" in done.stderr


def test_extract_uses_the_registry_and_the_ids_of_the_briefing_that_holds_the_seed(site: Path) -> None:
    before = tree(site)
    people = (site / "site_src/entities/people.yml").read_text()
    (site / "site_src/entities/people.yml").write_text(people.replace("mira-tolle:", "tolle:"))
    done = run("extract", site / "seeds" / "harbour.txt")
    (site / "site_src/entities/people.yml").write_text(people)
    found = yaml.safe_load(done.stdout)
    assert "tolle" in found["entities"]
    assert (site / f"site_src/facts/{found['source']['id']}.yml").exists()
    assert tree(site) == before


def test_extract_tells_bad_seeds_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("No date at all.")
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text(HARBOUR, encoding="utf-8")
    done = run("extract", *(tmp_path / name for name in ("a.txt", "b.txt", "c.txt")))
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{tmp_path.as_posix()}/a.txt:1:1: error: no date")
    assert len(list(yaml.safe_load_all(done.stdout))) == 2


def test_annotate_gives_offsets_of_the_text_as_given() -> None:
    text = "On Tuesday,\r\nMira Tolle said “the works may cost at least 40 million crowns” and would begin in June."
    done = run("annotate", text=json.dumps({"id": 7, "date": "2031-05-02", "text": text}) + "\n\n")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert list(found) == ["id", "times", "names", "quantities", "quotations", "hedges", "events"]
    assert found["id"] == 7
    words = {key: [text[one["start"] : one["end"]] for one in found[key]] for key in list(found)[1:]}
    assert words["times"] == ["Tuesday", "June"]
    assert [time["when"] for time in found["times"]] == ["2031-04-29", "2031-06"]
    assert words["names"] == ["Mira Tolle"]
    assert words["hedges"] == ["may"]
    (quantity,) = found["quantities"]
    assert (quantity["value"], quantity["bound"]) == (40_000_000, "at-least")
    quotation = found["quotations"][0]
    assert text[quotation["speaker"]["start"] : quotation["speaker"]["end"]] == "Mira Tolle"
    assert text[quotation["cue"]["start"] : quotation["cue"]["end"]] == "said"


def test_annotate_tells_both_ends_of_a_range_and_leaves_out_numbers_that_count_nothing() -> None:
    text = 'The 2nd of the Rovers 3-1 wins cost $20 to $30 million. "The works," Lund said, "are nearly done."'
    found = json.loads(run("annotate", text=json.dumps({"id": 1, "date": "2031-05-02", "text": text})).stdout)
    assert [(q["value"], q["unit"]) for q in found["quantities"]] == [([20_000_000, 30_000_000], "USD")]
    (whole,) = (q for q in found["quotations"] if "spans" in q)
    assert [text[a:b].strip('",.') for a, b in whole["spans"]] == ["The works", "are nearly done"]


def test_annotate_puts_what_a_speaker_attributes_inside_what_the_article_does() -> None:
    text = "Mira Tolle said the council wants to close the works. The owners denied it."
    found = json.loads(run("annotate", text=json.dumps({"id": 1, "date": "2031-05-02", "text": text})).stdout)
    outer, other = found["quotations"]
    assert text[outer["start"] : outer["end"]] == "the council wants to close the works"
    (inner,) = outer["inside"]
    assert text[inner["start"] : inner["end"]] == "to close the works"
    assert "inside" not in other


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (b"{", "not JSON"),
        (b"[]", "a list where an object is due"),
        (b'{"id": 1, "date": "2031-05-02"}', "no 'text'"),
        (b'{"id": 1, "text": "x"}', "no 'date'"),
        (b'{"id": 1, "text": "x", "date": "last May"}', "'last May' is not a date"),
        (b'{"id": "\xff", "text": "x", "date": "2031"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(line: bytes, wrong: str) -> None:
    good = b'{"id": "g", "date": "2031-05-02", "text": "The works begin in June."}'
    done = run("annotate", text=b"\n".join([good, line, good]))
    assert done.exit_code == 1
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == ["g", "g"]
    assert done.stderr.startswith(f"<stdin>:2:1: error: {wrong}")


def test_extract_starts_fast(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR, encoding="utf-8")
    code = "from generator.cli import main; main()"
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, "-c", code, "extract", str(tmp_path / "a.txt")], check=True, capture_output=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert spent < 3  # seconds of the processor: 0.6 on an idle core, twice that where others use it too
