"""The package that others install: it carries what it needs and makes a briefing out of nothing but a seed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from builder import BRIDGE, make

from generator import __version__

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of the wheel, built from the source tree."""
    from hatchling.builders.wheel import WheelBuilder

    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        wheel.extractall(folder / "installed")
    return folder / "installed"


def test_it_carries_templates_lexicons_schema_and_the_pages_that_people_write(installed: Path) -> None:
    carried = {
        path.relative_to(installed / "generator").as_posix()
        for path in (installed / "generator").rglob("*")
        if path.is_file()
    }
    assert {
        "lexicons/events.yml",
        "lexicons/world/countries.yml",
        "templates/pages/index.md.j2",
        "templates/macros/facts.j2",
        "templates/theme/main.html",
        "templates/theme/assets/briefing.css",
        "templates/new/.ci/propose.sh",
        "templates/new/.github/workflows/briefing.yml",
        "templates/new/.gitlab-ci.yml",
        "templates/by-hand/about.md",
        "templates/by-hand/editing.md",
        "templates/by-hand/schema/source.json",
        "templates/by-hand/schema/entities.json",
        "templates/by-hand/schema/topics.json",
        "templates/new/.gitignore",
        "templates/new/mkdocs.yml.j2",
    } <= carried
    assert {path.name for path in installed.iterdir()} == {"generator", f"briefing-{__version__}.dist-info"}


def briefing(installed: Path, *args: str) -> subprocess.CompletedProcess[str]:
    # -P keeps the source tree out, which an editable install would bring in again by way of site-packages.
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); from generator.cli import main; main()"
    return subprocess.run([sys.executable, "-P", "-c", code, *args], capture_output=True, text=True, check=False)


def test_it_begins_a_briefing_that_builds_at_once(installed: Path, tmp_path: Path) -> None:
    root = tmp_path / "harbour-works"
    run = briefing(installed, "init", str(root))
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("Harbour works: ")
    (tmp_path / "bridge.md").write_text(BRIDGE)
    run = briefing(installed, "add", "--root", str(root), str(tmp_path / "bridge.md"))
    assert run.returncode == 0, run.stderr
    run = briefing(installed, "build", "--root", str(root))
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("1 source → ")
    assert (root / "site/sources/2031-04-17-council-opens-linden-bridge.html").is_file()


def test_it_builds_a_briefing_far_from_the_source_tree(installed: Path, tmp_path: Path) -> None:
    root = make(tmp_path / "b")
    run = briefing(installed, "build", "--root", str(root))
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("1 source → ")
    assert (root / "site/assets/briefing.css").is_file()
    assert (root / "site_src/schema/source.json").is_file()
