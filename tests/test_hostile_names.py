"""Names made to lead elsewhere, to clash, or to be no names: each is told, or has a page of its own; nothing stands outside, nothing is lost."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from builder import CONFIG, HARBOUR, make, tree
from test_cli import run
from test_tracked import git

from generator import addresses
from generator.aggregate import paging
from generator.loading import load
from generator.newbriefing import title_of, titled
from generator.pages import pages
from generator.pipeline import Report, generate
from generator.seeds import source_ids
from generator.seeds.reading import load_seed
from generator.visible import ACTING

NAMES = (
    "../x", "..\\x", "/abs/x", "a/b", ".", "..", "a\0b", "a\nb", "a\rb", "x" * 256, "x" * 5000, "é", "e\u0301", "Straße", "STRASSE", "ı",
    "x.", "x ", " ", "-x", "x-", "a--b", "~x", "%2e%2e%2f", "．．／x", "．．", "\x1b[2J", "\u202ex", "\u200bx", "<b>x</b>", "{{x}}", "${x}", "*", "&x",
)  # fmt: skip
"""What is no id."""
IDS = (
    "con",
    "nul",
    "aux",
    "prn",
    "com1",
    "lpt9",
    "index",
    "index-a",
    "index-2031",
    "null",
    "true",
    "1",
    "2031",
    "x" * 100,
)
"""What is one, and the name of something else, too."""
FEW = ("../x", "/abs/x", "a\0b", "a\nb", "x" * 5000, "é", "．．／x", "\x1b[2J", "\u202ex", "-x", " ", "con", "index")
"""Of both, for what takes one at a time."""
KEY = 1000
"""Characters of a key of YAML without a `?` before it, roughly."""
SANE = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.md")
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
ARTICLE = (
    "date 2031-05-04 PORT ELLERY, May 4 (Orb Press) -- The harbour board said on Friday that it opened wharf number {}, "
    "and that works on the next one are expected to take a year.\n"
)
FACT = """\
schema: 1
source: {{id: {id}, date: 2031-05-04, seed: {seed}, sha256: ''}}
facts:
  - id: {fact}
    kind: event
    what: start
    text: A wharf was opened.
    when: 2031-05-04
    quote: opened a wharf
"""


def quoted(name: str) -> str:
    """A YAML scalar in which no sign stands that YAML does not allow."""
    return json.dumps(name)


def fits(name: str) -> bool:
    """Whether a disk can have it in a file's name."""
    return "/" not in name and "\0" not in name and len(name.encode()) < 200


def made(root: Path) -> Report:
    """What two builds and a check make of a briefing, with what holds of each."""
    generate(root)
    report = generate(root)
    assert [path.name for path in root.parent.iterdir()] == [root.name], "nothing stands outside"
    written = [path.relative_to(root / "site_src").as_posix() for path in (root / "site_src").rglob("*.md")]
    assert [path for path in written if not SANE.fullmatch(path)] == []
    assert [path for path in written if DEVICES.fullmatch(Path(path).stem)] == []
    assert len({path.casefold() for path in written}) == len(written)
    return report


def lines_told(report: Report, path: str) -> set[int]:
    return {found.line for found in report.problems if found.path == path}


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("site_src/entities/people.yml", "{}: {{name: Jonas Reed, kind: person, status: confirmed}}"),
        ("site_src/entities/others.yml", "{}: {{name: Ellery, kind: meeting, status: confirmed}}"),
        ("site_src/topics.yml", "{}: {{title: Wharves, facts: {{words: [harbour]}}}}"),
    ],
)
def test_an_id_that_is_none_is_told_at_its_line_and_one_that_is_has_a_page(
    tmp_path: Path, path: str, entry: str
) -> None:
    names = [name for name in (*NAMES, *IDS) if len(name) < KEY]
    text = "".join(entry.format(quoted(name)) + "\n" for name in names)
    report = made(make(tmp_path / "root", files={path: text}))
    assert report.sources == 1
    told = lines_told(report, path)
    assert {number for number, name in enumerate(names, start=1) if name in NAMES} <= told
    registry, topics = report.briefing.registry, {topic.id for topic in report.briefing.topics}
    assert {name for name in IDS if name in registry or name in topics} == set(IDS)


@pytest.mark.parametrize("key", ["id", "seed", "fact"])
def test_a_fact_file_says_no_name_that_leads_anywhere(tmp_path: Path, key: str) -> None:
    root = make(tmp_path / "root")
    for number, name in enumerate([*NAMES, *IDS]):
        values = {
            "id": f"2031-05-04-n{number}",
            "seed": "none.txt",
            "fact": f"2031-05-04-n{number}-e1",
            key: quoted(name),
        }
        path = root / f"site_src/facts/2031-05-04-n{number}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(FACT.format(**values))
    before = tree(root / "site_src/facts", ".base")
    report = made(root)
    told = {found.path for found in report.problems if found.severity == "error"}
    for number, name in enumerate(NAMES):
        assert key == "seed" or f"site_src/facts/2031-05-04-n{number}.yml" in told, name
    assert {path: digest for path, digest in tree(root / "site_src/facts", ".base").items() if path in before} == before
    for command in (("review",), ("restore",), ("settle",)):
        assert run(*command, "--root", root, text="q").exit_code in (0, 1)


FORGED = FACT.format(id="2031-05-04-x", seed="a.txt", fact="2031-05-04-x-e1")


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        ("site_src/facts", "["),
        ("site_src/facts", FORGED),
        ("site_src/facts/.base", "["),
        ("site_src/facts/.base", FORGED.replace("source:", "sha256: x\nsource:")),
        ("site_src/entities", "["),
        ("site_src/lexicons", "["),
    ],
)
def test_no_page_is_called_as_a_file_that_somebody_put_there(tmp_path: Path, folder: str, text: str) -> None:
    names = [f"{before}{name}.yml" for name in filter(fits, (*NAMES, *IDS)) for before in ("", "2031-05-04-")]
    root = make(tmp_path / "root", files={f"{folder}/{name}": text for name in names})
    seen = tree(root / folder)
    report = made(root)
    assert {path: digest for path, digest in tree(root / folder).items() if path in seen} == seen
    told = {found.path for found in report.problems}
    hidden = folder.endswith(".base")  # nothing there is looked at that begins with a dot
    assert [n for n in names if f"{folder}/{n}" not in told and not (hidden and n.startswith("."))] == []


def test_seeds_of_any_name_are_read_or_told(tmp_path: Path) -> None:
    names = [*filter(fits, (*NAMES, *IDS))]
    seeds = {f"{name}.txt": ARTICLE.format(n) for n, name in enumerate(names)}
    report = made(make(tmp_path / "root", seeds=seeds))
    unread = {name for name in seeds if not name.isprintable() or "\\" in name or name.startswith(".")}
    assert report.sources == len(seeds) - len(unread)
    assert len({found.path for found in report.problems if found.path.startswith("seeds/")}) >= len(unread) - 3
    assert {source.seed for source in report.briefing.sources.values()} == seeds.keys() - unread


def test_names_that_are_one_to_another_disk_keep_their_ids(tmp_path: Path) -> None:
    """A disk may give a name in another normal form or another case than the one in which it was written."""
    names = ("Café Ålbo.txt", "STRASSE.txt")
    root = make(tmp_path / "root", seeds={name: ARTICLE.format(n) for n, name in enumerate(names)})
    generate(root)
    before = {path.name for path in (root / "site_src/facts").glob("*.yml")}
    for name, other in zip(names, (unicodedata.normalize("NFD", names[0]), "strasse.txt"), strict=True):
        (root / "seeds" / name).rename(root / "seeds" / other)
    assert generate(root).sources == 2
    assert {path.name for path in (root / "site_src/facts").glob("*.yml")} == before


def test_folders_beyond_any_path_are_left_out(tmp_path: Path) -> None:
    root = make(tmp_path / "root")
    for folder in ("seeds", "site_src", "site"):
        (root / folder).mkdir(exist_ok=True)
        at = os.open(root / folder, os.O_RDONLY)
        for _ in range(40):
            os.mkdir("d" * 200, dir_fd=at)
            at, before = os.open("d" * 200, os.O_RDONLY, dir_fd=at), at
            os.close(before)
        os.close(os.open("deep.md", os.O_CREAT | os.O_WRONLY, dir_fd=at))
        os.close(at)
    deep = [
        "/".join([(root / "site").as_posix(), *"e" * depth]) for depth in range(1, 1200)
    ]  # more than Python calls itself
    for path in deep:
        os.mkdir(path)  # noqa: PTH102
    try:
        done = run("build", "--root", root, "--quiet")
        assert done.exit_code in (0, 1)
        assert (root / "site/index.html").is_file()
        assert run("build", "--root", root, "--quiet").exit_code == done.exit_code
    finally:  # what removes temporary folders calls itself, too
        for path in filter(os.path.isdir, reversed(deep)):
            os.rmdir(path)  # noqa: PTH106


def test_no_page_stands_in_the_place_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where indexes have parts, these stand beside the pages of ids."""
    monkeypatch.setattr(paging, "ENTRIES", 2)
    names = {f"index-{letter}": f"{letter.upper()}ara Reed" for letter in "bcdfgklm"}
    names |= {"index": "Tara Nolle", "index-other": "Vera Nolle", "index-b-2": "Bara Nolle", "con": "Zara Nolle"}
    people = "".join(f"{id_}: {{name: {name}, kind: person, status: confirmed}}\n" for id_, name in names.items())
    topics = "".join(f"{id_}: {{title: {name}, facts: {{who: [{id_}]}}}}\n" for id_, name in names.items())
    meeting = "index-c: {name: Harbour Congress, kind: meeting, status: confirmed}\n"
    said = "\n\n".join(f"{name} said on Friday that the harbour of the town was closed." for name in names.values())
    root = make(
        tmp_path / "root",
        {"harbour.txt": HARBOUR, "said.txt": f"date 2031-05-04 PORT ELLERY, May 4 (Orb Press) -- {said}\n"},
        {
            "site_src/entities/people.yml": people,
            "site_src/entities/meetings.yml": meeting.replace("index-c", "harbour-congress"),
            "site_src/topics.yml": topics + "harbour-congress: {title: The congress, facts: {words: [harbour]}}\n",
            "mkdocs.yml": CONFIG.replace("      title:", "      editions: [2031-05-02]\n      title:"),
        },
    )
    found = [page.path for page in pages(made(root).briefing)]
    parts = {path for path in found if re.fullmatch(r"people/index-[a-z0-9-]+(?<!-)\.md", path)}
    own = {f"people/{id_}-.md" for id_ in names}
    assert own <= {*found}
    assert {path.replace("-.md", ".md") for path in own} & parts, "else this test shows nothing"
    assert len({path.casefold() for path in found}) == len(found)


@pytest.mark.parametrize("name", IDS[:9])
def test_an_id_that_is_taken_gives_another_page(name: str) -> None:
    assert addresses.topic_path(name) == f"topics/{name}-.md"
    assert addresses.source_path(name) == f"sources/{name}-.md"
    assert addresses.topic_path(f"x-{name}") == f"topics/x-{name}.md"


def commands(name: str) -> Iterable[tuple[str, ...]]:
    yield ("restore", "--", name)
    yield ("settle", "--keep", "--", name, name)
    yield ("merge-entities", "--", name, f"{name}x")
    yield ("diff", "--", name)
    yield ("diff", "HEAD", "--to", name)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing under version control, whose tree of folders holds files beside it, too."""
    root = make(tmp_path_factory.mktemp("names") / "root")
    generate(root)
    git(root, "init", "-q")
    git(root, "add", "seeds", "site_src", "mkdocs.yml")
    git(root, "commit", "-q", "-m", "Begun.")
    return root


@pytest.mark.parametrize(
    "name", [*FEW, "--output=x", "-O", "HEAD:../x", ":/x", "HEAD^{/x}", "@{-1}"], ids=lambda name: repr(name)[:20]
)
def test_no_name_on_the_command_line_does_anything_but_name(built: Path, name: str) -> None:
    before = tree(built, ".git")
    for command in commands(name):
        done = run(*command[:1], "--root", built, *command[1:])
        assert done.exit_code in (1, 2), command
        assert done.output.strip()
        assert len(done.output) < 20_000
        assert not set(re.findall(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", done.output)), command
    assert tree(built, ".git") == before
    assert [path.name for path in built.parent.iterdir()] == [built.name]


@pytest.mark.parametrize("name", [*filter(fits, FEW)], ids=lambda name: repr(name)[:20])
def test_a_briefing_begins_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / name
    done = run("init", "--", folder)
    assert done.exit_code == 0, done.output
    assert folder.joinpath("mkdocs.yml").is_file()
    assert load(folder)[1] == []
    assert titled(title_of(folder)) == title_of(folder)
    assert not ACTING.search((folder / "mkdocs.yml").read_text())


@pytest.mark.parametrize("title", FEW, ids=lambda name: repr(name)[:20])
def test_an_article_of_any_title_becomes_a_seed_of_a_name_that_any_disk_has(tmp_path: Path, title: str) -> None:
    root = make(tmp_path / "root", seeds={})
    (tmp_path / "x.txt").write_text(ARTICLE.format(7))
    done = run("add", "--root", root, "--title", title, "--", tmp_path / "x.txt")
    assert done.exit_code in (0, 1)
    for path in (root / "seeds").rglob("*"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*\.md", path.name)
        seed, problems = load_seed(path.name, path)
        assert seed, problems
        assert re.fullmatch(r"2031-05-04-[a-z0-9-]+", source_ids([seed], {})[path.name])
    assert {path.name for path in tmp_path.iterdir()} == {"root", "x.txt"}
