"""`briefing diff`: what it prints for people, pull requests and programs, and that hostile text stays text there."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from builder import BRIDGE, HARBOUR, make
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from test_difference import FIRST, PLAN, QUESTION, SECOND, changed, read_as, without
from tiny import empty, tiny, with_policy

from generator import changelog
from generator.aggregate.difference import difference
from generator.changelog.headline import LENGTH, UNCHANGED
from generator.cli import main
from generator.inert import clipped, inert, markdown, printable
from generator.link import Briefing
from generator.pipeline import generate

ROOT = Path(__file__).parents[1]
FACTS = "site_src/facts/2031-05-02-dredging-ellery-harbour-begin-june-harbour.yml"
SCHEMA = json.loads((ROOT / "generator/changelog/difference.schema.json").read_text(encoding="utf-8"))


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Mira", "-c", "user.email=mira@ellery.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, check=True)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing of one article, committed, to which an editor and another article came since."""
    folder = make(tmp_path_factory.mktemp("briefing"), {"harbour.txt": HARBOUR})
    generate(folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "The harbour")
    path = folder / FACTS
    text = path.read_text().replace("value: 40000000", "value: 41000000")
    path.write_text(text.replace("review: unreviewed", "review: confirmed\n  reviewed-by: M. Tolle", 1))
    (folder / "seeds" / "bridge.md").write_text(BRIDGE)
    generate(folder)
    return folder


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(root), *arguments])


def test_people_read_what_changed(root: Path) -> None:
    run = diff(root)
    assert run.exit_code == 0, run.output
    head, *lines = run.stdout.splitlines()
    assert re.match(r"1 source, \d facts, 1 corrected by hand, 1 confirmed, \d new names\.$", head)
    assert "  New: Council opens the Linden Bridge (The Ellery Courier, 17 April 2031)  [2031-04-17-" in run.stdout
    assert any(line.startswith("  Corrected by hand: ") and line.endswith("]") for line in lines)
    assert "      value: 40,000,000 → 41,000,000" in lines
    assert "      Confirmed by M. Tolle" in lines
    assert "\x1b" not in run.stdout


def test_exit_codes_are_those_of_git(root: Path) -> None:
    assert diff(root, "--exit-code").exit_code == 1
    assert diff(root, "HEAD", "--to", "main", "--exit-code").exit_code == 0
    assert diff(root, "HEAD", "--to", "main").stdout == f"{UNCHANGED}.\n"
    for revision in ("never", "-x"):
        run = diff(root, "--", revision)
        assert (run.exit_code, run.stdout) == (2, "")
        assert "git knows no revision" in run.stderr


@pytest.mark.parametrize(
    "revision", ["--output=stolen", "-Ostolen", "HEAD:../stolen", "HEAD\n--all", "@{-1}", "^HEAD", "HEAD..HEAD"]
)
def test_a_revision_is_nothing_but_that(root: Path, revision: str) -> None:
    run = diff(root, "--", revision)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("git knows no revision ")
    assert not list(root.rglob("*stolen*"))


def test_without_git_a_line_says_so_and_a_build_needs_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    run = diff(root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == "there is no git on this machine; install it, or compare by hand\n"
    assert generate(root, write=False).briefing.sources


def test_a_folder_without_a_repository_says_what_is_compared(tmp_path: Path) -> None:
    run = diff(make(tmp_path))
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("not a git repository")
    assert run.stderr.endswith("; briefing diff compares with a commit of the briefing's folder\n")


def test_a_shallow_clone_tells_how_to_get_more(root: Path, tmp_path: Path) -> None:
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(tmp_path / "clone"))
    run = diff(tmp_path / "clone", "HEAD~1")
    assert run.exit_code == 2
    assert run.stderr.endswith("; this clone is shallow, so fetch more of it: git fetch --unshallow\n")


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give files away")
def test_a_repository_of_somebody_else_is_told_in_gits_words(tmp_path: Path) -> None:
    root = make(tmp_path)
    git(root, "init", "--quiet")
    for path in (root, *root.rglob("*")):
        os.chown(path, 65534, 65534)
    run = diff(root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert "dubious ownership" in run.stderr


def test_what_cannot_be_read_is_an_error_not_a_removal(root: Path) -> None:
    path = root / FACTS
    text = path.read_text()
    try:
        path.write_text(text + "\n\t- torn: [\n")
        run = diff(root, "--exit-code")
    finally:
        path.write_text(text)
    assert run.exit_code == 2
    assert "dredging-ellery-harbour" in run.stderr
    assert "Read no longer" not in run.stdout
    assert "Deleted" not in run.stdout


def test_one_line_for_a_commit(root: Path) -> None:
    (title,) = diff(root, "--title").stdout.splitlines()
    assert diff(root).stdout.startswith(title + ", ")
    assert len(title) <= LENGTH


def test_ci_gets_all_at_once(root: Path, tmp_path: Path) -> None:
    run = diff(root, "--write", str(tmp_path / "change"), "--exit-code")
    assert (run.exit_code, run.stdout) == (1, "")
    told = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "change").iterdir()}
    assert told == {
        "title.txt": diff(root, "--title").stdout,
        "body.md": diff(root, "--format", "md").stdout,
        "commit.md": diff(root, "--format", "md", "--limit", "6000").stdout,
        "difference.json": diff(root, "--format", "json").stdout,
    }


def test_programs_read_what_the_schema_says(root: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    run = diff(root, "--format", "json")
    told = json.loads(run.stdout)
    Draft202012Validator(SCHEMA).validate(told)
    assert run.stdout.isascii()
    assert (told["from"], told["to"]) == ("HEAD", None)
    (corrected,) = [fact for fact in told["facts"] if fact["called"] == "corrected"]
    assert corrected["keys"] == [{"key": "value", "old": 40000000, "new": 41000000}]
    assert [source["change"] for source in told["sources"]] == ["new"]


def test_every_sort_of_change_fits_the_schema() -> None:
    registry = dict(tiny().registry)
    one, two, three = list(registry)[:3]
    registry[one] = replace(registry[one], merged_into=two)
    registry[two] = replace(registry[two], name="Another")
    del registry[three]
    asked = replace(tiny(), conflicts=(QUESTION,))
    for before, after in (
        (empty(), tiny()),
        (tiny(), empty()),
        (tiny(), replace(tiny(), registry=registry)),
        (asked, tiny()),
        (tiny(), asked),
        (tiny(), changed(PLAN, when="2031-07", review="disputed", note="No.")),
        (tiny(), read_as(without(SECOND), tiny())),
    ):
        found = difference(before, after)
        assert found
        Draft202012Validator(SCHEMA).validate(json.loads(changelog.as_json(found, "HEAD~1", "HEAD")))
        assert changelog.as_text(found, "briefing diff")
        assert changelog.as_markdown(found, "briefing diff")


def test_a_name_that_is_confirmed_says_what_else_of_it_changed() -> None:
    one, two, three = list(tiny().registry)[:3]
    candidates = {id_: replace(tiny().registry[id_], status="candidate", kind="group") for id_ in (one, two)}
    before = replace(tiny(), registry={**tiny().registry, **candidates})
    other = replace(candidates[one], status="confirmed", kind="ministry", aka=("X", "Y"), not_=(three,), at=(1.5, 2.0))
    after = {**before.registry, one: other, two: replace(candidates[two], status="confirmed")}
    told = changelog.as_text(difference(before, replace(before, registry=after)), "briefing diff")
    names = told.partition("\nNames\n")[2]
    assert f"  Confirmed: {other.name}  [{one}]\n" in names
    assert "      kind: group → ministry\n" in names
    assert "→ X, Y\n" in names
    assert f"      not: nothing → {three}\n" in names
    assert "→ 1.5, 2.0\n" in names
    assert f"  Confirmed: {candidates[two].name} (organisation)\n" in names


def test_topics_are_told_by_their_titles() -> None:
    gone, kept, *others = tiny().topics
    other = replace(kept, lead="A lead.", facts=replace(kept.facts, words=("quay", "dry dock")))
    new = replace(gone, id="brand-new", title="Brand new")
    found = difference(tiny(), replace(tiny(), topics=(other, *others, new)))
    told = changelog.as_text(found, "briefing diff").partition("\nTopics\n")[2]
    assert f"  Changed: {kept.title}  [{kept.id}]\n" in told
    assert "→ quay, dry dock\n" in told
    assert "→ A lead.\n" in told
    assert f"  Removed: {gone.title}  [{gone.id}]\n" in told
    assert "  New: Brand new  [brand-new]\n" in told
    made = json.loads(changelog.as_json(found, "HEAD"))
    Draft202012Validator(SCHEMA).validate(made)
    assert [topic["change"] for topic in made["topics"]] == ["changed", "new", "removed"]
    assert changelog.headline(found) == "1 topic changed, 1 removed"
    assert not difference(tiny(), tiny()).topics


def test_a_title_is_no_json(root: Path) -> None:
    run = diff(root, "--title", "--format", "json")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "the key `title` holds it" in run.stderr


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        (tiny(), tiny(), UNCHANGED),
        (without(SECOND), tiny(), "1 source, 6 facts: Auditors doubt pace of <village> clinics | a report"),
        (tiny(), read_as(changed(PLAN, when="2031-07"), changed(PLAN, when="2031-07")), "1 fact read anew"),
        (read_as(tiny(), tiny()), read_as(changed(PLAN, when="2031-07"), tiny()), "1 fact corrected by hand"),
        (tiny(), changed(PLAN, review="confirmed"), "1 fact confirmed"),
        (tiny(), replace(tiny(), conflicts=(QUESTION,)), "1 question to settle"),
        (replace(tiny(), conflicts=(QUESTION,)), tiny(), "1 question settled"),
        (tiny(), without(SECOND), "6 facts read no longer, 1 source removed"),
    ],
)  # fmt: skip
def test_titles(before: Briefing, after: Briefing, title: str) -> None:
    assert changelog.headline(difference(before, after)) == title


def test_a_title_names_who_brought_it_out_where_there_is_room() -> None:
    one = without(SECOND)
    one = replace(one, statements=tuple(s for s in one.statements if s.fact.kind != "figure"))
    alone = changelog.headline(difference(empty(), one))
    assert alone == "1 source, 9 facts: Health Minister Ines Varga opened three village…"
    two = replace(tiny(), statements=tuple(s for s in tiny().statements if s.fact.kind != "figure"))
    assert changelog.headline(difference(empty(), two)) == "2 sources, 14 facts: The Brenn Post, Tessaly Wire"


def test_a_deleted_fact_is_told_by_its_kind_alone() -> None:
    fewer = replace(tiny(), statements=tuple(s for s in tiny().statements if s.fact.id != PLAN))
    found = difference(tiny(), read_as(fewer, tiny()))
    words = next(s for s in tiny().statements if s.fact.id == PLAN).fact.text
    for told in (changelog.as_text(found, ""), changelog.as_markdown(found, ""), changelog.as_json(found, "HEAD")):
        assert PLAN in told
        assert words[:20] not in told


def test_the_policy_of_publication_holds(root: Path) -> None:
    hidden = difference(replace(empty(), registry=tiny().registry), with_policy("none"))
    told = [changelog.as_text(hidden, ""), changelog.as_markdown(hidden, ""), changelog.as_json(hidden, "HEAD")]
    seed = tiny().seeds[FIRST].text
    asked = (replace(QUESTION, key=key, ours=seed[100:200], theirs=seed[:300]) for key in ("text", "quote", ""))
    questions = difference(with_policy("none"), replace(with_policy("none"), conflicts=tuple(asked)))
    assert len(questions.opened) == 3
    told += [changelog.as_markdown(questions, ""), changelog.as_json(questions, "HEAD")]
    for text in (seed.text for seed in tiny().seeds.values()):
        words = text.split()
        runs = {" ".join(words[at : at + 8]) for at in range(len(words) - 7)}
        assert not [run for run in runs for form in told if run in form]


HOSTILE = "@mira #12 GH-3 !4 ~bug %5 $6 www.e.example https://e.example <img src=x> ![a](http://e.example/b) `c` \x1b[31m\u202e [skip ci] **d** _e_ a@b.example\n/close\n# head"


def hostile(text: str) -> Briefing:
    """The tiny briefing with some text wherever anybody may write one."""
    made = changed(PLAN, note=text, review="disputed", text=text, reviewed_by=text)
    title = replace(made.sources[SECOND], title=text)
    registry = {id_: replace(entity, name=text) for id_, entity in made.registry.items()}
    topics = tuple(replace(topic, title=text) for topic in made.topics)
    asked = replace(QUESTION, theirs=text)
    return replace(made, sources={**made.sources, SECOND: title}, registry=registry, topics=topics, conflicts=(asked,))


ACTED_ON = re.compile(
    r"(?<![\w`])@\w|(?<!\w)#\d|\bGH-\d|\b[A-Z]{2,}-\d|https?://|\bwww\.|\w@\w|[!~%$&^]\w|\[skip ci\]", re.IGNORECASE
)
"""What GitHub and GitLab make links, mentions and commands of, once Markdown is rendered."""


def assert_inert(told: str, title: str) -> None:
    gfm = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = gfm.parse(told)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "strong_open", "strong_close", "code_inline", "softbreak"}
    assert {token.type for token in tokens} <= {
        f"{name}{end}" for name in ("paragraph", "heading", "bullet_list", "list_item") for end in ("_open", "_close")
    } | {"inline"}
    seen = "\n".join(child.content for child in inline if child.type == "text")
    for text in (seen, title):
        assert not ACTED_ON.search(text), ACTED_ON.search(text)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert not [line for line in told.splitlines() if line.lstrip().startswith("/")]


def test_hostile_text_stays_text() -> None:
    for before in (tiny(), empty(), without(SECOND)):
        found = difference(before, hostile(HOSTILE))
        assert_inert(changelog.as_markdown(found, "briefing diff"), changelog.headline(found))
        text = changelog.as_text(found, "briefing diff")
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert [line for line in text.splitlines() if "/close" in line and not line.lstrip().startswith("/close")]


@settings(max_examples=40)
@given(st.text(alphabet="ab1@#!~%$&^`*_[]()<>|\\/:.-+ \n\r\t\x1b\u202e\u2060\ufeffGHwci", max_size=40))
def test_any_text_stays_text(text: str) -> None:
    told = f"- **x**: {markdown(text)}"
    (inline,) = [token for token in MarkdownIt("commonmark").parse(told) if token.type == "inline"]
    shown = "".join(child.content for child in inline.children or () if child.type == "text")
    assert shown == f"x: {inert(text)}".strip()
    assert not re.search(r"(?<!\w)@\w|#\d|https?://|\bwww\.", shown)
    assert inert(text).replace("\u2060", "") == printable(text)
    assert "\n" not in inert(text)


def test_markdown_is_bounded_and_counts_what_it_leaves_out() -> None:
    many = tuple(
        replace(s, fact=replace(s.fact, id=f"{s.fact.id}{n}", about=()))
        for n in range(600)
        for s in tiny().statements
        if s.fact.kind in ("role", "quotation")
    )
    found = difference(empty(), replace(tiny(), statements=many))
    for limit in (1_000, 5_000, 60_000):
        told = changelog.as_markdown(found, "briefing diff 1a2b3c4", limit)
        assert len(told.encode()) <= limit
        left, all_ = re.search(r"Left out here: ([\d,]+) of ([\d,]+) changes\. All of them: `briefing diff 1a2b3c4`", told).groups()  # type: ignore[union-attr]  # fmt: skip
        shown = len(re.findall(r"^- \*\*", told, re.MULTILINE))
        assert shown + int(left.replace(",", "")) == int(all_.replace(",", ""))
    assert "Left out" not in changelog.as_text(found, "briefing diff")
    heads = re.findall(r"^### (.*)", changelog.as_markdown(found, "", 5_000), re.MULTILINE)
    assert len(heads) >= 3, "every section gives something"


@given(st.text(max_size=60), st.integers(min_value=8, max_value=60))
@settings(max_examples=40)
def test_a_clipped_text_is_no_longer_than_it_may_be(text: str, length: int) -> None:
    assert len(clipped(text, length)) <= length
    assert clipped(text, 60) == text or len(text) > 60


def test_both_ends_are_named_by_hash(root: Path) -> None:
    run = diff(root, "HEAD", "--format", "md", "--limit", "1000")
    assert re.search(r"`briefing diff [0-9a-f]{7,}`", run.stdout), run.stdout
    assert len(run.stdout.encode()) <= 1000
