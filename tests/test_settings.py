"""Settings: read from `mkdocs.yml` without running it, and what is said of those that are not valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.folders import find_root
from generator.model import Mark
from generator.settings import Settings, read_settings, settings_of


def read(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    settings, problems = read_settings(tmp_path)
    return settings, [str(problem) for problem in problems]


def test_all_settings(tmp_path: Path) -> None:
    text = """\
site_name: Harbour
site_url: https://briefing.example/
site_description: From the site.
repo_url: https://git.example/harbour
edit_uri: edit/main/site_src/
plugins:
  - search
  - briefing:
      title: Harbour works
      description: From the plugin.
      publish_source_text: none
      as_of: 2031-05-02
      editions: [2031-04-18]
      map_outline: maps/./harbour.geojson
      map_credit: Orb Survey, public domain
"""
    assert read(tmp_path, text) == (
        Settings(
            title="Harbour works",
            description="From the plugin.",
            publish_source_text="none",
            as_of="2031-05-02",
            editions=("2031-04-18",),
            map_outline="maps/harbour.geojson",
            map_credit="Orb Survey, public domain",
            site_name="Harbour",
            site_url="https://briefing.example/",
            repo_url="https://git.example/harbour",
            edit_uri="edit/main/site_src/",
        ),
        [],
    )


@pytest.mark.parametrize("plugins", ["[briefing]", "{briefing: {}}", "[{briefing: null}]", "briefing"])
def test_the_plugin_may_be_named_in_every_way_that_mkdocs_knows(tmp_path: Path, plugins: str) -> None:
    settings, problems = read(tmp_path, f"site_name: Harbour\nsite_description: All of it.\nplugins: {plugins}\n")
    assert settings == Settings(title="Harbour", description="All of it.", site_name="Harbour")
    assert problems == []


def test_tags_of_mkdocs_are_not_run_and_count_as_not_set(tmp_path: Path) -> None:
    text = """\
site_name: !ENV [SITE, Harbour]
plugins: [briefing: {title: Works}]
markdown_extensions:
  - x: {call: !!python/name:os.system , base: !relative $docs_dir}
"""
    assert read(tmp_path, text) == (Settings(title="Works"), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "plugins:\n  - briefing:\n      titel: Works\n",
            "mkdocs.yml:3:7: error: no setting is called 'titel'; did you mean 'title'?, "
            "e.g. plugins: [{briefing: {title: Harbour works}}]",
        ),
        (
            "plugins:\n  - briefing:\n      publish_source_text: excerpt\n",
            "mkdocs.yml:3:7: error: publish_source_text: 'excerpt' is not a policy; did you mean 'excerpts'?, "
            "e.g. publish_source_text: excerpts",
        ),
        (
            "plugins: [briefing: {as_of: 2031-02-30}]\n",
            "mkdocs.yml:1:22: error: as_of: '2031-02-30' is not a day; YYYY-MM-DD, e.g. as_of: 2031-05-02",
        ),
        (
            "plugins: [search]\n",
            "mkdocs.yml:1:1: error: the plugin 'briefing' is not among the plugins; add it, "
            "e.g. plugins: [{briefing: {title: Harbour works}}]",
        ),
        (
            "plugins:\n\t- briefing\n",
            "mkdocs.yml:2:1: error: not YAML: found character that cannot start any token; "
            "a mkdocs.yml that names the plugin, e.g. plugins: [{briefing: {title: Harbour works}}]",
        ),
    ],
)
def test_bad_settings_are_told_and_defaults_used(tmp_path: Path, text: str, problem: str) -> None:
    settings, problems = read(tmp_path, text)
    assert problems == [problem]
    assert settings == Settings()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("map_outline: maps/a.geojson", "map_outline without map_credit; say whose outline it is, and its licence, e.g. map_credit: "),
        ("map_outline: ../a.geojson, map_credit: Orb", "map_outline: '../a.geojson' is no file below this folder; a path below it"),
        ("map_outline: /etc/a.geojson, map_credit: Orb", "map_outline: '/etc/a.geojson' is no file below this folder"),
        ("map_outline: 'maps\\a.geojson', map_credit: Orb", "is no file below this folder"),
        ("map_outline: 'C:a.geojson', map_credit: Orb", "is no file below this folder"),
        ("map_outline: maps/a.svg, map_credit: Orb", "map_outline: 'maps/a.svg' is no GeoJSON; a file in .geojson, e.g. map_outline: maps/"),
        ("map_credit: Orb, map_outline: [a.geojson]", "1:39: error: map_outline: a list where text is due"),
        ("map_outlin: a.geojson", "no setting is called 'map_outlin'; did you mean 'map_outline'?"),
    ],
)  # fmt: skip
def test_an_outline_is_a_file_below_the_folder_with_its_licence(tmp_path: Path, options: str, problem: str) -> None:
    settings, problems = read(tmp_path, f"plugins: [briefing: {{{options}}}]\n")
    assert len(problems) == 1
    assert problem in problems[0]
    assert settings.map_outline == ""


@pytest.mark.parametrize("editions", ["[2031-06-20, '2031-05-02']", "\n      - 2031-05-02\n      - 2031-06-20"])
def test_editions_stand_in_the_order_of_their_days(tmp_path: Path, editions: str) -> None:
    settings, problems = read(tmp_path, f"plugins:\n  - briefing:\n      editions: {editions}\n")
    assert settings.editions == ("2031-05-02", "2031-06-20")
    assert {day: mark.path for day, mark in settings.marks.items()} == dict.fromkeys(settings.editions, "mkdocs.yml")
    assert problems == []


@pytest.mark.parametrize(("editions", "days"), [("2031-05-02", ("2031-05-02",)), ("[]", ()), ("", ()), ("null", ())])
def test_one_edition_or_none(tmp_path: Path, editions: str, days: tuple[str, ...]) -> None:
    settings, problems = read(tmp_path, f"plugins:\n  - briefing:\n      editions: {editions}\n")
    assert (settings.editions, problems) == (days, [])


@pytest.mark.parametrize(
    ("editions", "problem"),
    [
        ("[2031-06-20, 2031-06]", "2:37: error: editions: '2031-06' is not a day; days, each once, as YYYY-MM-DD, e.g. editions: [2031-05-02, "),
        ("[2031-02-30, 2031-06-20]", "2:25: error: editions: '2031-02-30' is not a day"),
        ("[2031-06-20, 2031-05-02/..]", "2:37: error: editions: '2031-05-02/..' is not a day"),
        ("[2031-06-20, 2031-06-20]", "2:37: error: editions: 2031-06-20 stands there twice"),
        ("[2031-06-20, ]", ""),
        ("[2031-06-20, [2031-06-21]]", "2:37: error: editions: an entry is not a day"),
        ("[2031-06-20, null]", "2:37: error: editions: an entry is not a day"),
        ("&a [2031-06-20, *a]", "error: editions: an entry is not a day"),
    ],
)  # fmt: skip
def test_what_is_no_edition_is_told_with_its_place(tmp_path: Path, editions: str, problem: str) -> None:
    settings, problems = read(tmp_path, f"plugins:\n- briefing: {{editions: {editions}}}\n")
    assert [problem in found for found in problems] == [True] * bool(problem)
    assert settings.editions == ("2031-06-20",)


def test_editions_are_no_mapping(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "plugins: [briefing: {editions: {day: 2031-05-02}}]\n")
    assert "mkdocs.yml:1:22: error: editions: a mapping where text is due" in problems[0]
    assert (settings.editions, len(problems)) == ((), 1)


def test_no_file(tmp_path: Path) -> None:
    _, problems = read_settings(tmp_path)
    assert "no mkdocs.yml here" in str(problems[0])


def test_what_mkdocs_resolved_is_read_the_same_way() -> None:
    from datetime import date

    settings, problems = settings_of(
        {"site_name": "Harbour"},
        {"as_of": date(2031, 5, 2), "title": None, "editions": [date(2031, 5, 2), "2031-04-01"]},
        lambda _: Mark("x"),
    )
    days = ("2031-04-01", "2031-05-02")
    assert settings == Settings(title="Harbour", site_name="Harbour", as_of="2031-05-02", editions=days)
    assert problems == []


def test_the_root_is_the_nearest_folder_with_a_config(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "seeds" / "deep").mkdir(parents=True)
    assert find_root(tmp_path / "seeds" / "deep") == tmp_path.resolve()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "site_url: briefing.example/x",
            "site_url: 'briefing.example/x' is no address on the web; did you mean 'https://briefing.example/x'?",
        ),
        (
            "repo_url: ellery/harbour",
            "repo_url: 'ellery/harbour' is no address on the web; one that begins with https:// or http://",
        ),
        (
            "repo_url: ssh://git@git.example/harbour",
            "repo_url: 'ssh://git@git.example/harbour' is no address on the web; one that",
        ),
        ("site_url: https://", "site_url: 'https://' is no address on the web; one that"),
        ("site_url: 'https://[x/'", "site_url: 'https://[x/' is no address on the web; one that"),
    ],
)
def test_addresses_that_lead_nowhere_are_told_with_their_place(tmp_path: Path, line: str, told: str) -> None:
    settings, (problem,) = read(tmp_path, f"site_name: Harbour\n{line}\nplugins: [briefing]\n")
    assert problem.startswith(f"mkdocs.yml:2:1: error: {told}")
    assert (settings.site_url, settings.repo_url) == (None, None)


@pytest.mark.parametrize("address", ["http://localhost:8000", "HTTPS://Briefing.Example/a/b/?q=1#x", "https://[::1]/"])
def test_addresses_with_a_host_are_taken_as_they_are(tmp_path: Path, address: str) -> None:
    settings, problems = read(tmp_path, f"site_url: {address}\nrepo_url: {address}\nplugins: [briefing]\n")
    assert (settings.site_url, settings.repo_url, problems) == (address, address, [])
