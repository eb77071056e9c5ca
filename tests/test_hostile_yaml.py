"""YAML made to keep a machine busy is refused in bounds by every reader, in words, and costs nothing but itself.

Each reader meets all attacks in a process of its own, whose memory and processor time are measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from builder import HARBOUR, make
from mkdocs.utils.meta import YAML_RE
from test_cli import run

from generator.heads import HEAD
from generator.pipeline import generate

SECONDS, MEGABYTES = 2.0, 500
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGED = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
ATTACKS: dict[str, Callable[[], str]] = {
    "an alias bomb": lambda: LAUGHS,
    "a bomb of merge keys": lambda: MERGED,
    "deep lists in brackets": lambda: "[" * 100_000,
    "deep mappings in braces": lambda: "{a: " * 100_000,
    "deep lists in dashes": lambda: "- " * 100_000,
    "deep keys": lambda: "? " * 100_000,
    "deep blocks": lambda: "".join(" " * n + "a:\n" for n in range(2_000)),
    "a million keys": lambda: "".join(f"k{n}: 1\n" for n in range(1_000_000)),
    "a million keys in braces": lambda: "{" + ", ".join(f"k{n}: 1" for n in range(1_000_000)) + "}",
    "a million times one key": lambda: "k: 1\n" * 1_000_000,
    "a million anchors": lambda: "".join(f"- &a{n} x\n" for n in range(1_000_000)),
    "a million empty lists": lambda: "[" + "[]," * 1_000_000 + "]",
    "a key of a megabyte twice": lambda: f"? {'k' * 1_000_000}\n: 1\n" * 2,
    "a text of 50 MB": lambda: "a: " + "x" * 50_000_000,
    "a line of 50 MB of brackets": lambda: "[" * 50_000_000,
    "a tag": lambda: "a: !!python/object/apply:os.mkdir [canary]\n",
}
TELLING = (
    "an alias bomb",
    "a bomb of merge keys",
    "deep lists in brackets",
    "deep blocks",
    "a million keys",
    "a tag",
    "100 MB of nothing",
)
"""Of these, what every reader meets; one meets all, as it is one module that bounds them."""
SPARSE = "100 MB of nothing"
"""A file of that size that takes no room."""
READERS = {
    "facts": "site_src/facts/2031-05-02-x.yml",
    "base": "site_src/facts/.base/2031-05-02-x.yml",
    "names": "site_src/entities/people.yml",
    "topics": "site_src/topics.yml",
    "words": "site_src/lexicons/events.yml",
    "settings": "mkdocs.yml",
}
CHILD = """
import json, resource, sys, time
from pathlib import Path
from generator.base import read_bases
from generator.facts import read_fact_files
from generator.lexicon import load_lexicons, packaged_lexicons
from generator.registry import read_registry
from generator.settings import read_settings
from generator.topics import read_topics
import generator.lexicon_check, pydantic
root, reader, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
read = {
    "facts": lambda at: read_fact_files(at / "site_src/facts"),
    "base": lambda at: read_bases(at / "site_src/facts/.base"),
    "names": lambda at: read_registry(at / "site_src/entities"),
    "topics": lambda at: read_topics(at / "site_src/topics.yml"),
    "words": lambda at: load_lexicons(at / "site_src/lexicons"),
    "settings": read_settings,
}[reader]
packaged_lexicons()
for name in names:
    start = time.process_time()
    told = [str(found) for found in read(root / name)[1]]
    spent = time.process_time() - start
    # Not ru_maxrss, which begins with what the process that started this one held.
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(json.dumps([name, spent, int(peak) / 1024, told]), flush=True)
"""


@pytest.fixture(scope="module")
def attacks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file of each attack."""
    folder = tmp_path_factory.mktemp("attacks")
    files = {name: folder / f"{number}.yml" for number, name in enumerate([*ATTACKS, SPARSE])}
    for name, made in ATTACKS.items():
        files[name].write_text(made())
    with files[SPARSE].open("wb") as file:
        file.truncate(100_000_000)
    return files


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_refuses_every_attack_in_bounds(reader: str, attacks: dict[str, Path], tmp_path: Path) -> None:
    names = {str(number): name for number, name in enumerate(attacks if reader == "facts" else TELLING)}
    for number, name in names.items():
        place = tmp_path / number / READERS[reader]
        place.parent.mkdir(parents=True)
        os.link(attacks[name], place)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path.as_posix(), reader, *names],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": Path(__file__).parents[1].as_posix()},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(names)
    for number, seconds, megabytes, told in results:
        case = f"{reader}: {names[number]}"
        assert seconds < SECONDS, case
        assert megabytes < MEGABYTES, case
        assert told, case
        assert told[0].startswith(READERS[reader] + ":"), (case, told[0][:200])
        assert ": error: " in told[0], (case, told[0][:200])
        assert all(len(found) < 3_000 for found in told), case
    assert not (tmp_path / "canary").exists()


HEADS = {"an alias bomb": LAUGHS, "a bomb of merge keys": MERGED, "deep lists in dashes": "a:\n" + "- " * 4_000 + "x\n"}


def test_front_matter_of_a_page_by_hand_is_refused_and_the_site_is_built(tmp_path: Path) -> None:
    pages = {f"wharves-{number}": attack for number, attack in enumerate(HEADS.values())}
    files = {f"site_src/{name}.md": f"---\ntitle: W\n{attack}---\n\nThe wharves.\n" for name, attack in pages.items()}
    root = make(tmp_path, files={**files, "site_src/sound.md": "---\ntitle: Sound\ntags: [a, [b]]\n---\n\nWharves.\n"})
    told = {}
    for command in ("build", "check"):
        done = run(command, "--quiet", "--root", root)
        assert done.exit_code == 1, done.output
        told[command] = sorted(line for line in done.output.splitlines() if "front matter: " in line)
    assert told["build"] == told["check"]
    assert [line.partition(":")[0] for line in told["build"]] == sorted(files)
    assert all("The wharves." in (root / f"site/{name}.html").read_text() for name in pages)


def test_front_matter_is_found_as_mkdocs_finds_it() -> None:
    assert HEAD.pattern == YAML_RE.pattern
    assert HEAD.flags == YAML_RE.flags


@pytest.mark.parametrize("attack", HEADS)
def test_front_matter_of_a_seed_is_refused_and_the_others_go_on(tmp_path: Path, attack: str) -> None:
    seed = f"---\ndate: 2031-05-02\n{HEADS[attack]}---\n\nThe board met on Friday.\n"
    report = generate(make(tmp_path, {"harbour.txt": HARBOUR, "bomb.md": seed}))
    assert report.sources == 1
    assert [found for found in report.problems if found.path == "seeds/bomb.md"]


@pytest.mark.parametrize("attack", ["a million keys", "a text of 50 MB", SPARSE])
def test_nothing_is_lost_with_a_file_that_is_refused(tmp_path: Path, attacks: dict[str, Path], attack: str) -> None:
    other = "date 2031-05-03 PORT ELLERY, May 3 (Orb Press) -- The harbour board opened a new wharf on Friday.\n"
    root = make(tmp_path / "root", {"harbour.txt": HARBOUR, "wharf.txt": other})
    generate(root)
    first, second = sorted((root / "site_src/facts").glob("*.yml"))
    base = root / "site_src/facts/.base" / first.name
    kept, known, beside = first.read_bytes(), base.read_bytes(), second.read_bytes()
    first.unlink()
    os.link(attacks[attack], first)
    there = (first.stat().st_size, first.stat().st_mtime_ns)
    report = generate(root)
    (found,) = [found for found in report.problems if found.path == first.relative_to(root).as_posix()]
    assert found.severity == "error"
    assert (first.stat().st_size, first.stat().st_mtime_ns) == there
    assert (base.read_bytes(), second.read_bytes()) == (known, beside)
    first.unlink()
    first.write_bytes(kept)
    assert generate(root).errors == 0
    assert (first.read_bytes(), base.read_bytes()) == (kept, known)


def test_no_tag_of_the_settings_is_acted_on_but_by_mkdocs_in_a_build(tmp_path: Path) -> None:
    """The file is the maintainer's own, as templates are; what only looks at a briefing does not even construct what stands there."""
    root = make(tmp_path / "root")
    config = root / "mkdocs.yml"
    config.write_text(f"extra: !!python/object/apply:os.mkdir ['{tmp_path / 'canary'}']\n{config.read_text()}")
    generate(root)
    generate(root, write=False)
    assert not (tmp_path / "canary").exists()
