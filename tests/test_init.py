"""`briefing init`: a folder in which a build works at once; the shipped briefing is such a folder itself."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from builder import HARBOUR, tree
from click.testing import CliRunner, Result

from generator import newbriefing, publish
from generator.about import VERSION
from generator.cli import main
from generator.newbriefing import begin, files
from generator.registry import read_registry
from generator.settings import read_settings
from generator.topics import read_topics

ROOT = Path(__file__).parents[1]


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new briefing that was built before anything was added."""
    root = tmp_path_factory.mktemp("init") / "harbour_works"
    done = run("init", root)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(
        f"Harbour works: {len(files('x'))} files in {root.as_posix()}/\nNext: cd {root}, briefing add"
    )
    built = run("build", "--root", root)
    assert built.exit_code == 0, built.output
    assert built.stdout.startswith("0 sources → 0 facts, 0 to review, 0 errors\n")
    assert "Next: briefing add" in built.stdout
    return root


def test_a_check_of_a_new_briefing_is_clean(begun: Path) -> None:
    done = run("check", "--root", begun, "--strict")
    assert (done.exit_code, done.stderr) == (0, "")


def test_what_is_committed_is_what_people_write(begun: Path) -> None:
    git = ["git", "-C", str(begun)]
    subprocess.run([*git, "init", "-q"], check=True)
    found = subprocess.run([*git, "ls-files", "-o", "--exclude-standard"], check=True, capture_output=True, text=True)
    by_hand = {f"site_src/{name}.md" for name in ("about", "editing", "method")}
    assert set(found.stdout.splitlines()) == set(files("x")) | by_hand


def test_an_article_that_is_added_becomes_facts_beside_the_files_that_are_there(tmp_path: Path) -> None:
    root = tmp_path / "b"
    run("init", root)
    before = (root / "site_src/entities/people.yml").read_text()
    (tmp_path / "a.txt").write_text(HARBOUR)
    assert run("add", "--root", root, tmp_path / "a.txt").exit_code == 0
    assert run("build", "--root", root, "--quiet").exit_code == 0
    after = (root / "site_src/entities/people.yml").read_text()
    assert after.startswith(before)
    assert "mira-tolle:\n" in after
    assert run("check", "--root", root).exit_code == 0


def test_what_the_files_show_is_right(tmp_path: Path) -> None:
    """The examples in comments, without their hash signs, are entries without a problem."""
    begin(tmp_path, "x")
    for path in (tmp_path / "site_src").rglob("*.yml"):
        lines = path.read_text().splitlines()
        assert lines[0].startswith("# yaml-language-server: $schema=")
        schema = (path.parent / lines[0].partition("$schema=")[2]).resolve()
        assert schema.is_file()
        shown = [line.removeprefix("# ") for line in lines if line.startswith("#   ") or line.endswith(":")]
        path.write_text("\n".join(shown))
    registry, problems = read_registry(tmp_path / "site_src" / "entities")
    assert problems == []
    assert {"ada-solvik", "orb-press", "port-ellery", "harbour-plan", "third-harbour-congress"} == set(registry)
    topics, problems = read_topics(tmp_path / "site_src" / "topics.yml")
    assert (problems, [topic.id for topic in topics]) == ([], ["harbour-works"])


@pytest.mark.parametrize(
    "title",
    ["Harbour works", '"Works": yes & {no} #1', "{{ 7 * 7 }} {% x %}", "null", "2031-05-02", "Łódź’s", "a\nb: c"],
)
def test_any_title_is_one(tmp_path: Path, title: str) -> None:
    assert run("init", tmp_path / "b", "--title", title).exit_code == 0
    settings, problems = read_settings(tmp_path / "b")
    assert problems == []
    assert settings.title == " ".join(title.split())
    assert yaml.safe_load((tmp_path / "b/mkdocs.yml").read_text())["site_name"] == " ".join(title.split())


def test_nothing_is_overwritten_and_nothing_is_half_written(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: mine\n")
    (tmp_path / "site_src").write_text("a file")
    before = tree(tmp_path)
    done = run("init", tmp_path)
    assert done.exit_code == 1
    assert (
        f"{tmp_path}/mkdocs.yml: is there already; name another folder, or take it away; nothing was written"
        in done.stderr
    )
    assert done.stderr.count("site_src: a file where a folder is to be") == 1
    assert tree(tmp_path) == before


def test_other_files_of_a_folder_stay_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run("init", tmp_path, "--title", "x").exit_code == 0
    before = tree(tmp_path)
    assert run("init", tmp_path, "--title", "x").exit_code == 0
    assert tree(tmp_path) == before
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_what_the_disk_refuses_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = publish.replace

    def full(path: Path, *args: object) -> bool:
        if path.name == "topics.yml":
            raise OSError(28, "No space left on device", str(path))
        return replace(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "replace", full)
    done = run("init", tmp_path / "deep" / "b")
    assert done.exit_code == 1
    assert "topics.yml: No space left on device" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_here_is_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ellery-quay").mkdir()
    monkeypatch.chdir(tmp_path / "ellery-quay")
    done = run("init", ".")
    assert done.stdout.startswith("Ellery quay: ")
    assert "\nNext: briefing add" in done.stdout


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (None, f"briefing=={VERSION}"),
        (
            {"url": "file:///home/ada/briefing", "dir_info": {"editable": True}},
            f"./briefing-{VERSION}-py3-none-any.whl",
        ),
        ({"url": "https://code.example/b.whl", "archive_info": {}}, "briefing @ https://code.example/b.whl"),
        (
            {"url": "https://code.example/b.git", "vcs_info": {"vcs": "git", "commit_id": "abc123"}},
            "briefing @ git+https://code.example/b.git@abc123",
        ),
    ],
)
def test_the_program_is_had_from_where_it_came(monkeypatch: pytest.MonkeyPatch, told: object, line: str) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return json.dumps(told) if told else None

    monkeypatch.setattr(newbriefing, "distribution", lambda _: Installed())
    made = files("x")
    assert made["requirements.txt"].decode().splitlines()[-1] == line
    assert ("`pip wheel --no-deps FOLDER -w .`" in made["README.md"].decode()) == line.startswith("./")


def test_a_wheel_that_is_to_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Installed:
        def read_text(self, name: str) -> str:
            return json.dumps({"url": (tmp_path / "pro gram").as_uri(), "dir_info": {}})

    monkeypatch.setattr(newbriefing, "distribution", lambda _: Installed())
    (tmp_path / "pro gram").mkdir()
    made = f"./briefing-{VERSION}-py3-none-any.whl"
    told = f"Next, for CI: pip wheel --no-deps '{tmp_path}/pro gram' -w {tmp_path}/b makes {made[2:]}, which requirements.txt names\n"
    assert run("init", tmp_path / "b").stdout.endswith(told)
    (tmp_path / "b" / made).touch()
    assert "pip wheel" not in run("init", tmp_path / "b").stdout


def test_the_shipped_briefing_is_such_a_folder() -> None:
    new = files("x")
    differ = {"README.md", "mkdocs.yml", "requirements.txt", "seeds/README.md", ".gitignore"}
    for name, raw in new.items():
        shipped = ROOT / name
        if name.startswith("site_src/") and name.endswith(".yml"):
            assert shipped.read_text().splitlines()[0] == raw.decode().splitlines()[0], name
        elif name not in differ:
            assert shipped.read_bytes() == raw, name
    rules = (ROOT / ".gitignore").read_text().splitlines()
    assert [rule for rule in new[".gitignore"].decode().splitlines() if rule not in rules and rule[0] != "#"] == []
    keys = yaml.safe_load(new["mkdocs.yml"])
    assert set(keys) == set(yaml.safe_load((ROOT / "mkdocs.yml").read_text()))
    assert keys["docs_dir"] == "site_src"


def test_files_are_text_that_ends_with_a_line() -> None:
    for name, raw in files("x").items():
        assert raw.endswith(b"\n"), name
        assert b"\r" not in raw, name
        assert not raw.endswith(b"\n\n"), name
    assert os.sep not in "".join(files("x")).replace("/", "")
