"""`make eval EVAL=FOLDER`: every layer of extraction on the public sets in FOLDER, beside what is aimed at.

FOLDER holds the sets (`<layer>-<name>.jsonl`), their scorers (`score_<layer>.py`, whose last line is the headline),
`articles/` and `gold/`. Nothing of it is part of this project.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from gold import measure

ROOT = Path(__file__).parents[1]
ARTICLES = Path(__file__).parent / "cases" / "articles"
BRIEFING = [sys.executable, "-m", "generator.cli"]
Row = tuple[str, str, str]
"""What was measured, the figure, the aim."""

AIMS = {
    "times-timebank": {"value": "85", "strict": "89", "relaxed": "94"},
    "times-aquaint": {"value": "80", "strict": "", "relaxed": ""},
    "quotes-polnear-dev": {"R": "98", "speaker": "92", "content": "65"},
    "quantities-newsquant-dev": {"value": "92", "unit": "86", "change": "88"},
    "events-plover-dev": {"located": "", "typed": "", "actors": ""},
}
"""By set, the figures of its headline that are aimed at."""


def annotated(documents: Path, folder: Path) -> bytes:
    """What `briefing annotate` prints for a set."""
    texts = subprocess.run([sys.executable, str(folder / "docs.py"), str(documents)], capture_output=True, check=True)
    run = subprocess.run([*BRIEFING, "annotate"], input=texts.stdout, capture_output=True, check=True, cwd=ROOT)
    return run.stdout


def layers(folder: Path, scratch: Path) -> Iterator[Row]:
    """The figures of each set."""
    for name, aims in AIMS.items():
        documents = folder / f"{name}.jsonl"
        if not documents.is_file():
            yield name, "no such set here", ""
            continue
        (scratch / "out.jsonl").write_bytes(annotated(documents, folder))
        scorer = folder / f"score_{name.partition('-')[0]}.py"
        run = subprocess.run(
            [sys.executable, str(scorer), str(documents), str(scratch / "out.jsonl")],
            capture_output=True,
            text=True,
            check=True,
        )
        headline = run.stdout.strip().splitlines()[-1]
        for figure, aim in aims.items():
            found = re.search(rf"[+ ]{figure} ([0-9.]+)", headline)
            yield f"{name} {figure}", found[1] if found else "?", aim


def facts(folder: Path) -> Iterator[Row]:
    """Whole facts, on the project's own articles and on those of the folder."""
    own = sorted(ARTICLES.glob("*.yml"))
    others = sorted((folder / "gold").glob("*.yml"))
    for name, golds, seeds in (("own articles", own, ARTICLES), ("other articles", others, folder / "articles")):
        score = measure(golds, seeds)
        aims = (("P", score.precision, ".85"), ("R", score.recall, ".85"), ("attributes", score.attributes, ".92"))
        yield from ((f"facts, {len(golds)} {name}: {key}", f"{value:.3f}", aim) for key, value, aim in aims)


def speed(folder: Path) -> Row:
    """Full extraction on one core, articles of the sets with their dates."""
    import json

    from generator.extract.article import Reader
    from generator.lexicon import packaged_lexicons
    from generator.model import Seed

    lines = [line for path in sorted(folder.glob("times-*.jsonl")) for line in path.read_text().splitlines()]
    documents = [json.loads(line) for line in lines[::2]]
    seeds = [Seed(path="a.txt", date=d["date"], text=d["text"], sha256="") for d in documents]
    reader = Reader({}, packaged_lexicons())
    taken = []
    for _ in range(4):
        started = time.process_time()
        for seed in seeds:
            reader.read(seed, "a")
        taken.append(time.process_time() - started)
    size = sum(len(seed.text) for seed in seeds) // max(1, len(seeds))
    return (
        f"articles/s, one core, median of 3 ({size} characters each)",
        f"{len(seeds) / statistics.median(taken[1:]):.0f}",
        "150",
    )


def start(folder: Path) -> Row:
    """`briefing extract` on one seed, whole process."""
    seed = next(iter(sorted((folder / "articles").iterdir())))
    taken = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run([*BRIEFING, "extract", str(seed)], capture_output=True, check=True, cwd=ROOT)
        taken.append(time.perf_counter() - started)
    return "seconds of extract, one seed, median of 7", f"{statistics.median(taken):.2f}", "0.35"


def main() -> int:
    """Print the table."""
    import tempfile

    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "docs.py").is_file():
        print("The public sets are not part of this project. Name the folder that holds them: make eval EVAL=FOLDER")
        print(f"own articles: {measure(sorted(ARTICLES.glob('*.yml')), ARTICLES)}")
        return 0
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        for name, figure, aim in (*layers(folder, Path(scratch)), *facts(folder), speed(folder), start(folder)):
            print(f"{name:62} {figure:>8}   {'aim ' + aim if aim else ''}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
