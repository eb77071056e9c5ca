"""The rows of the table: each measures one sort of work, and says whether it reaches what it should."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .articles import article
from .briefings import Measured, cold, environment
from .engines import reading
from .lines import Line, kilobytes, megabytes, seconds
from .measuring import MB, Noise, Run, Runs, run
from .pages import BUILDERS, Builder, touch
from .searched import searches
from .served import edits, serving

SHORT = 60.0
"""Seconds; what takes longer is measured once, and that is said."""
PATIENCE = 7200.0


@dataclass
class Bench:
    """What is to be measured, and what was so far: a briefing is built once for all rows."""

    folder: Path
    sources: Sequence[int]
    pages: int
    times: int
    peers: Path | None
    tell: Callable[[str], object]
    noise: Noise = field(default_factory=Noise)
    briefings: dict[int, Measured] = field(default_factory=dict)
    changed: dict[tuple[str, int], Runs] = field(default_factory=dict)

    def briefing(self, sources: int) -> Measured:
        """The briefing of so many sources, built cold."""
        if sources not in self.briefings:
            self.noise.look()
            self.tell(f"{sources:,} sources, cold")
            self.briefings[sources] = cold(self.folder, sources)
        return self.briefings[sources]

    @property
    def most(self) -> Measured:
        """The largest briefing."""
        return self.briefing(max(self.sources))

    def command(self, builder: Builder) -> list[str] | None:
        """The command of a builder; None where it is not installed."""
        program, *options = builder.command
        if program == "python":
            return [sys.executable, *options]
        found = shutil.which(
            program, path=os.pathsep.join(filter(None, (str(self.peers or ""), os.environ.get("PATH"))))
        )
        return [found, *options] if found else None

    def again(self, work: Callable[[], Run]) -> Runs:
        """A work as often as asked for, or once where it takes long."""
        found: list[Run] = []
        while len(found) < self.times and (not found or found[0].wall <= SHORT):
            self.noise.look()
            found.append(work())
        return Runs(tuple(found))


def words(runs: Runs) -> str:
    """`4.9 s (3 runs, spread 4%), 72 MB`."""
    many = f"{len(runs.each)} runs, spread {runs.spread:.0%}" if len(runs.each) > 1 else "once"
    return f"{seconds(runs.wall)} ({many})" + (f", {megabytes(runs.memory)}" if runs.memory else "")


def cold_pages(bench: Bench) -> Iterator[Line]:
    """Equal pages, built for the first time by each builder."""
    work = f"{bench.pages:,} equal pages, cold"
    found: dict[str, Runs] = {}
    for builder in BUILDERS.values():
        command = bench.command(builder)
        if command is None:
            continue
        bench.tell(f"{work}: {builder.name}")
        folder = bench.folder / "pages"
        folder.mkdir()
        builder.prepare(folder, bench.pages)

        def built(builder: Builder = builder, command: list[str] = command, folder: Path = folder) -> Run:
            for made in (builder.site, *builder.kept):
                shutil.rmtree(folder / made, ignore_errors=True)
            return run(command, folder=folder, env=environment())

        found[builder.name] = bench.again(built)
        shutil.rmtree(folder)
    ours = found["briefing"]
    yield Line("cold-pages", f"{work}: briefing", words(ours), values={"wall": ours.wall, "memory": ours.memory})
    for name, most, reach in (
        ("material, 10 in nav", 1 / 3, "≤ 1/3 of it"),
        ("material, all in nav", 1 / 25, "≤ 1/25 of it"),
        ("zensical", None, ""),
        ("hugo", 4.0, "≤ 4 × it"),
    ):
        yield compared("cold-pages", work, name, found.get(name), ours.wall, most, reach)


def compared(row: str, work: str, name: str, peer: Runs | None, ours: float, most: float | None, reach: str) -> Line:
    """Our seconds against those of another builder, of which they are to be `most` as many at most."""
    if peer is None:
        return Line(row, f"{work}: {name}", "not installed", reach=reach)
    share = ours / peer.wall
    told = f"{words(peer)}; briefing {share:.2f} × that"
    values = {"wall": peer.wall, "memory": peer.memory}
    return Line(row, f"{work}: {name}", told, share, most, reach, values=values)


def one_more(bench: Bench) -> Iterator[Line]:
    """One source added, and everything made current in a fresh process."""
    for sources in bench.sources:
        briefing = bench.briefing(sources)
        bench.tell(f"{sources:,} sources, one added")
        runs = briefing.add(bench.times, bench.noise)
        limit = 3.0 if sources == max(bench.sources) else None
        work, reach = f"one source added to {sources:,}", "≤ 3 s" if limit else ""
        yield Line("one-more", work, words(runs), runs.wall, limit, reach, values={"memory": runs.memory})


def one_more_site(bench: Bench) -> Iterator[Line]:
    """The part of that which builders of sites do, too, against one page changed among as many."""
    briefing = bench.most
    briefing.add(bench.times, bench.noise)
    parts = Runs(tuple(Run(built.site, built.site, built.run.memory) for built in briefing.added[: bench.times]))
    pages = briefing.pages
    work = f"one page changed of {pages:,}"
    yield Line("one-more-site", "one source added, the site's part", words(parts), parts.wall)
    for name, most, reach in (("hugo", 1 / 3, "≤ 1/3 of it"), ("zensical", 1 / 20, "≤ 1/20 of it")):
        yield compared("one-more-site", work, name, _changed(bench, BUILDERS[name], pages), parts.wall, most, reach)


def _changed(bench: Bench, builder: Builder, pages: int) -> Runs | None:
    """A builder's runs after one page of its folder changed."""
    command = bench.command(builder)
    if command is None:
        return None
    key = (builder.name, pages)
    if key not in bench.changed:
        bench.tell(f"one page changed of {pages:,}: {builder.name}")
        folder = bench.folder / "changed"
        folder.mkdir()
        builder.prepare(folder, pages)
        run(command, folder=folder, env=environment())
        turns = iter(range(1, 1000))

        def built() -> Run:
            touch(builder, folder, pages, next(turns))
            return run(command, folder=folder, env=environment())

        bench.changed[key] = bench.again(built)
        shutil.rmtree(folder)
    return bench.changed[key]


def nothing(bench: Bench) -> Iterator[Line]:
    """Built again, with nothing changed."""
    for sources in bench.sources:
        bench.tell(f"{sources:,} sources, nothing changed")
        runs = bench.briefing(sources).rest(bench.times, bench.noise)
        limit = 0.5 if sources == max(bench.sources) else None
        work, reach = f"nothing changed, {sources:,} sources", "≤ 0.5 s" if limit else ""
        yield Line("nothing", work, words(runs), runs.wall, limit, reach, values={"memory": runs.memory})


def serve(bench: Bench) -> Iterator[Line]:
    """A fact edited while the briefing is served, until a browser that asks for its page gets it fresh."""
    briefing = bench.most
    bench.tell(f"{briefing.sources:,} sources, a fact edited under serve")
    with serving(briefing.root, PATIENCE) as address:
        bench.noise.look()
        runs = Runs(tuple(Run(wall, 0, 0) for wall in edits(briefing.root, address, bench.times)))
    work = f"one fact edited under serve, {briefing.sources:,} sources"
    yield Line("serve", work, words(runs), runs.wall, 2.0, "≤ 2 s")


def extraction(bench: Bench) -> Iterator[Line]:
    """Articles read, and nothing else done."""
    cores = os.cpu_count() or 1
    bench.tell(f"articles read, on 1 and {cores} cores")
    found = reading(min(1200, max(bench.sources)), cores, bench.times, bench.noise.look)
    spread = (max(found.rates) - min(found.rates)) / found.rate
    told = f"{found.rate:.0f} articles/s ({len(found.rates)} runs, spread {spread:.0%})"
    yield Line("extraction", "articles read on one core", told, found.rate, 150.0, "≥ 150/s", least=True)
    told = f"{found.share:.2f}: {cores} read {found.gain:.2f} × as many as one; of plain loops, {cores} run {found.plain:.2f} × as many"
    work, reach = f"articles read by {cores} processes, as share of what as many cores could give", "≥ 0.85"
    values = {"gain": found.gain, "plain": found.plain}
    yield Line("extraction", work, told, found.share, 0.85, reach, least=True, values=values)


def growth(bench: Bench) -> Iterator[Line]:
    """How the time grows from the smallest briefing to the largest."""
    few, many = min(bench.sources), max(bench.sources)
    if few == many:
        yield Line("growth", "from few sources to many", "needs two sizes in SOURCES")
        return
    small, large = bench.briefing(few), bench.briefing(many)
    limit, share = round(1.1 * many / few, 1), large.cold.wall / small.cold.wall
    told = f"{seconds(large.cold.wall)} (once) is {share:.1f} × {seconds(small.cold.wall)}"
    values = {f"cold {few}": small.cold.wall, f"cold {many}": large.cold.wall}
    work = f"cold, {many:,} sources against {few:,}"
    yield Line("growth", work, told, share, limit, f"≤ {limit:g} ×", values=values)
    one, other = small.add(bench.times, bench.noise), large.add(bench.times, bench.noise)
    share = other.wall / one.wall
    told = f"{seconds(other.wall)} is {share:.1f} × {seconds(one.wall)}"
    yield Line("growth", f"one source added, {many:,} against {few:,}", told, share, 3.0, "≤ 3 ×")


def memory(bench: Bench) -> Iterator[Line]:
    """The most that any build of the largest briefing held."""
    large = bench.most
    runs: dict[str, float] = {
        "cold": large.cold.memory,
        "one added": large.add(1, bench.noise).memory,
        "nothing": large.rest(1, bench.noise).memory,
    }
    told = ", ".join(f"{what} {megabytes(size)}" for what, size in runs.items())
    work, most = f"memory of a build with all its processes, {large.sources:,} sources", max(runs.values()) / MB
    yield Line("memory", work, told, most, 600.0, "≤ 600 MB", values=runs)


def search(bench: Bench) -> Iterator[Line]:
    """A reader's first search, and the next."""
    large = bench.most
    bench.tell(f"{large.sources:,} sources, searched by a reader")
    work, reach = f"a reader's first search, {large.sources:,} sources", "≤ 160 KB"
    try:
        first, *more = searches(large.root / "site", ["vaccine", "harbour plan", *_names(large.sources)])
    except (ImportError, LookupError) as missing:
        yield Line("search", work, str(missing), reach=reach)
        return
    told = f"{kilobytes(first.size)} in {len(first.files)} files, engine included; the next {', '.join(kilobytes(s.size) for s in more)}"
    yield Line("search", work, told, first.size / 1024, 160.0, reach, values={"next": more[0].size})


def _names(sources: int) -> list[str]:
    """A word of the title of an article in the middle."""
    title = article(sources // 2)[0].rsplit(".", 1)[0].split("-")[1:]
    return [max(title, key=len)]


ROWS: Mapping[str, Callable[[Bench], Iterator[Line]]] = {
    "extraction": extraction,
    "growth": growth,
    "one-more": one_more,
    "nothing": nothing,
    "memory": memory,
    "search": search,
    "one-more-site": one_more_site,
    "cold-pages": cold_pages,
    "serve": serve,
}
"""By the names by which they are chosen, in the order in which they are measured."""
