"""How much of the articles' text is published, and that `check` says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from builder import BRIDGE, CONFIG, HARBOUR, make
from click.testing import CliRunner
from tiny import empty, tiny, with_policy

from generator.aggregate.share import Share, share, told
from generator.cli import main


def test_all_or_nothing_or_what_the_pages_show() -> None:
    articles = tiny().seeds.values()
    words = sum(len(seed.text.split()) for seed in articles)
    assert share(with_policy("full")) == Share(len(articles), words, words)
    assert share(with_policy("none")) == Share(len(articles), words, 0)
    some = share(with_policy("excerpts"))
    assert (some.articles, some.words) == (len(articles), words)
    assert 0 < some.published < words
    assert share(empty()) == Share(0, 0, 0)


@pytest.mark.parametrize(
    ("found", "policy", "line"),
    [
        (Share(1, 421, 318), "excerpts", "318 of 421 words of 1 article (76%), excerpts of at most 25 words"),
        (Share(75, 34958, 34958), "full", "34,958 of 34,958 words of 75 articles (100%), in full"),
        (Share(2, 90, 0), "none", "0 of 90 words of 2 articles (0%), none, by policy"),
        (Share(0, 0, 0), "excerpts", "0 of 0 words of no articles, excerpts of at most 25 words"),
    ],
)
def test_the_line(found: Share, policy: str, line: str) -> None:
    assert told(found, policy) == line


@pytest.mark.parametrize("policy", ["excerpts", "full", "none"])
def test_check_tells_it_to_people_and_not_to_programs(policy: str, tmp_path: Path) -> None:
    config = CONFIG + f"      publish_source_text: {policy}\n"
    make(tmp_path, seeds={"harbour.txt": HARBOUR, "bridge.md": BRIDGE}, files={"mkdocs.yml": config})
    words = len(HARBOUR.split()) + len(BRIDGE.split("---")[2].split())
    (line,) = re.findall(r"(?m)^published: (.*)$", CliRunner().invoke(main, ["check", "--root", str(tmp_path)]).stdout)
    published, of = (int(number) for number in re.findall(r"\d+", line)[:2])
    assert line.endswith(told(Share(2, of, published), policy).partition(", ")[2])
    assert words - 10 < of <= words
    assert 0 <= published <= of
    assert (published == 0) == (policy == "none")
    assert published == of or policy != "full"
    for quiet in (["--quiet"], ["--format", "json"], ["--format", "github"]):
        done = CliRunner().invoke(main, ["check", "--root", str(tmp_path), *quiet])
        assert "published" not in done.stdout
