"""`make bench`: measure what is asked for, side by side in one run, and print one table.

python -m tests.bench.run [--rows NAMES] [--sources 1000,10000] [--pages 5000] [--times 3] [--peers FOLDER] [--write]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .lines import Line, table
from .measuring import CommandFailed
from .method import write_page
from .pages import BUILDERS
from .results import Results, machine, write
from .rows import ROWS, Bench


def measured(bench: Bench, names: Sequence[str]) -> list[Line]:
    """The lines of those rows; a row that fails says so, and the others go on."""
    lines: list[Line] = []
    for name in names:
        try:
            for line in ROWS[name](bench):
                bench.tell(": ".join(filter(None, (line.work, line.measured, line.verdict))))
                lines.append(line)
        except CommandFailed as failed:
            bench.tell(str(failed))
            lines.append(Line(name, name, "failed", failed=True))
    return lines


def numbers(text: str) -> list[int]:
    """`1000,10000` or `1000 10000`."""
    return sorted({int(part) for part in text.replace(",", " ").split()})


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default=" ".join(ROWS), help=f"of: {' '.join(ROWS)}")
    parser.add_argument("--sources", type=numbers, default=[1000, 10000], help="sizes of the briefings")
    parser.add_argument("--pages", type=int, default=5000, help="equal pages for all builders")
    parser.add_argument("--times", type=int, default=3, help="runs of what is short")
    parser.add_argument(
        "--peers", type=Path, help="the bin folder of a virtual environment with mkdocs-material and zensical"
    )
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder otherwise")
    parser.add_argument("--write", action="store_true", help="keep the figures, and write them onto the method page")
    given = parser.parse_args(arguments)
    given.rows = given.rows.replace(",", " ").split()
    unknown = [name for name in given.rows if name not in ROWS]
    if unknown:
        parser.error(f"no row is called {', '.join(unknown)}; there are {', '.join(ROWS)}")
    return given


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where something is not reached."""
    given = asked(arguments)
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        bench = Bench(
            Path(folder),
            given.sources,
            given.pages,
            given.times,
            given.peers,
            lambda text: print(f"… {text}", file=sys.stderr, flush=True),
        )
        absent = [name for name, builder in BUILDERS.items() if bench.command(builder) is None]
        lines = measured(bench, [name for name in ROWS if name in given.rows])
    found = Results(machine(), bench.noise, tuple(lines), tuple(absent), given.times)
    print(table(lines), *found.remarks(), sep="\n")
    if given.write:
        write_page(write(found))
    return int(any(line.met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
