"""What was seen of files is what is there, once what was written has been looked at again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.looks import Looks

NAMES = st.sampled_from(("a", "b", ".c", "d/e", "d/f/g", "d/.h/i", "j/k/l"))
EDITS = st.lists(st.tuples(NAMES, st.sampled_from(("write", "remove"))), max_size=12)


@settings(deadline=None)
@given(EDITS, EDITS, st.booleans())
def test_looking_again_at_what_changed_is_looking_anew(
    before: list[tuple[str, str]], after: list[tuple[str, str]], asked: bool
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        changed(root, before)
        looks = Looks(root)
        if asked:
            list(looks.below("x", hidden=True))
        looks.again(changed(root, after))
        now = Looks(root)
        for hidden in (True, False):
            assert sorted(looks.below("x", hidden=hidden)) == sorted(now.below("x", hidden=hidden))
        assert all(looks.seen(f"x/{name}") == now.seen(f"x/{name}") for name in ("a", "d/e", "d/f/g"))


def changed(root: Path, edits: list[tuple[str, str]]) -> list[str]:
    """Carry out edits; the paths concerned."""
    for name, what in edits:
        path = root / "x" / name
        if what == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        else:
            path.unlink(missing_ok=True)
    return [f"x/{name}" for name, _ in edits]


def test_links_to_folders_and_what_is_no_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "x/real").mkdir(parents=True)
    (tmp_path / "x/real/a").write_text("a")
    (tmp_path / "x/way").symlink_to(tmp_path / "x/real")
    (tmp_path / "x/nowhere").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "x/pipe")
    looks = Looks(tmp_path)
    assert [path for path, _ in sorted(looks.below("x"))] == ["real/a", "way/a"]
    assert [within for within, _ in looks.walk("x", links=False)] == ["", "real/"]
    assert looks.folder("x").others == ["nowhere", "pipe"]
    assert [path for path, _ in looks.below("x", without=("real", "way"))] == []
    shutil.rmtree(tmp_path / "x")
    assert list(Looks(tmp_path).below("x")) == []
