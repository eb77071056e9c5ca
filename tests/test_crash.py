"""A regeneration over edited files killed at random moments, then run again: no edit lost, nothing half-written, one end state.

`CRASHES` says how often (20 unless it is set; `make soak` asks for 1,000).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from builder import make, tree

from generator.pipeline import generate
from generator.yamlfile import read_yaml

CRASHES = int(os.environ.get("CRASHES", "20"))
BEFORE = "date 2031-03-14 Yards\n\nMinister Ada Solvik opened the {} yard on Monday. She visited {} on Tuesday. The works cost 40 million marks."
AFTER = BEFORE + "\n\nA fire broke out in {} on Wednesday. The mayor, Odo Brant, promised 12 new pumps."
YARDS = ("northern", "southern", "eastern")
EDITS = (
    ("when: 2031-03-11", "when: 2031-03-10   # said so by phone"),
    ("what: opening", "what: start"),
    ("facts:\n", "facts:\n# the editor's own\n"),
)


@pytest.fixture(scope="module")
def pending(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing with edited fact files whose articles have changed since."""
    root = make(tmp_path_factory.mktemp("crash"), seeds={f"{yard}.txt": BEFORE.format(yard, "Dray") for yard in YARDS})
    generate(root)
    for path in (root / "site_src/facts").glob("*.yml"):
        text = path.read_text()
        for now, mine in EDITS:
            assert now in text
            text = text.replace(now, mine, 1)
        path.write_text(text)
    for yard in YARDS:
        (root / "seeds" / f"{yard}.txt").write_text(AFTER.format(yard, "Dray", yard.title()))
    return root


def state(root: Path) -> dict[str, str]:
    return tree(root, ".cache")


def killed(root: Path, after: float) -> bool:
    """Run a regeneration in a process of its own and kill it after some seconds; whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            generate(root)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_kill_at_any_moment_loses_nothing(pending: Path, tmp_path: Path) -> None:
    whole = shutil.copytree(pending, tmp_path / "whole")
    started = time.monotonic()
    generate(whole)
    lasts = time.monotonic() - started
    wanted = state(whole)
    chance, hit = random.Random(1), 0
    for _ in range(CRASHES):
        root = tmp_path / "root"
        shutil.copytree(pending, root)
        hit += killed(root, chance.uniform(0, lasts * 1.1))
        for path in (root / "site_src/facts").glob("*.yml"):
            text = path.read_text()
            assert read_yaml(path.name, text)[1] == []
            assert all(mine in text for _, mine in EDITS), path.name
        generate(root)
        assert state(root) == wanted
        shutil.rmtree(root)
    assert hit > CRASHES / 3, "too few were killed at work to show anything"
