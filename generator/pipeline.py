"""The whole flow, in order: what is read, what is written, what is shown.

Every stage returns what it made and the problems it met; a bad input is left out and the rest goes on.
Nothing here asks the clock: what is dated takes its date from the newest source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator import journal, publish, store
from generator.aggregate.likeness import keep as keep_stems
from generator.apart import apart, can_be_apart
from generator.check import check
from generator.editions import with_editions
from generator.engines import Engine
from generator.facts import FactFile
from generator.folders import CACHE, TEMPLATES
from generator.gathering import gather
from generator.heads import refused_by_hand
from generator.link import Briefing, newest
from generator.loading import PAGES, SEEDS, Read, Readings, Stand, known_by_base, linked, load, read
from generator.looks import Looks
from generator.merging import Draft
from generator.migrate import line_before
from generator.model import Mark
from generator.naming import Progress
from generator.preview import Change
from generator.problems import Problem, errors, notes, problem, tracked_cache, warnings
from generator.reach import within
from generator.readings import number_of_readings
from generator.registry import RegistryFile, as_written, registry_marks
from generator.render import Rendered, own_templates, packaged_templates, rendered
from generator.reports import with_entries
from generator.store import Store, digest
from generator.tracked import tracked
from generator.unchanged import digests, seen_in

__all__ = ["PAGES", "SCHEMAS", "SEEDS", "TEMPLATES", "Report", "generate", "load"]

BY_HAND = ("about.md", "editing.md", "method.md")
SCHEMAS = ("schema/source.json", "schema/entities.json", "schema/topics.json")
"""What editors check the files of facts, names and topics with while one types; the first line of each names its own."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run made of a briefing."""

    sources: int
    facts: int
    """Those that count: retracted ones do not."""
    to_review: int
    problems: tuple[Problem, ...]
    changed: tuple[str, ...]
    """Paths below the briefing's folder that were written or removed, or would be."""
    newest: str
    """The date of the newest source, `YYYY-MM-DD`."""
    noted: tuple[str, ...] = ()
    """Paths of the bases that would be written, where nothing is; a run that writes leaves it empty."""
    changes: tuple[Change, ...] = ()
    """Facts that would be added, changed or removed, where nothing is written."""
    written: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The hash of every file of facts and names, and every base, that was written, by its path; pages carry their own."""
    briefing: Briefing = field(repr=False, compare=False)
    """All that the pages are made of, for what is made of it beside them."""

    @property
    def errors(self) -> int:
        """Problems that left something out."""
        return len(errors(self.problems))

    @property
    def warnings(self) -> int:
        """Problems that did not, and should not stay."""
        return len(warnings(self.problems))

    @property
    def notes(self) -> int:
        """Problems that may stay."""
        return len(notes(self.problems))


def generate(
    root: Path, *, write: bool = True, settings: Read | None = None, progress: Progress = iter, by: Engine | None = None
) -> Report:
    """Make facts and pages of the briefing in `root`; with `write` False only say what that would give.

    `settings` are those of `mkdocs.yml` unless given; `progress` wraps the seeds while they are read, `by` some engine.
    Raises `publish.Busy` where another run is at work.
    """
    with publish.lock(root) if write else nullcontext():
        return generated(root, write=write, settings=settings, progress=progress, by=by)


def generated(
    root: Path,
    *,
    write: bool = True,
    settings: Read | None = None,
    progress: Progress = iter,
    by: Engine | None = None,
    looks: Looks | None = None,
    soon: Callable[[Briefing], None] | None = None,
) -> Report:
    """The same for who holds the lock; `looks` are how the files look, where somebody has looked and no other run was at work since.

    `soon` is given the briefing once all is linked, before checks and pages are made.
    """
    done = write and journal.recover(root)
    seen = _looked(root) if done or looks is None else looks
    first = None
    if write and _are_many(root, seen) and can_be_apart():
        first = apart(partial(_first, root, settings, progress, by, seen))
        seen = _looked(root)
    report = _done(root, write, settings, progress, by, seen, soon)
    return first.joined(report) if first else report


def _looked(root: Path) -> Looks:
    looks = Looks(root)
    looks.see(SEEDS, PAGES, TEMPLATES)
    return looks


MANY = 1000
"""Articles to be read, new or by another program than before, beyond which all is made apart first."""


def _are_many(root: Path, looks: Looks) -> bool:
    seeds = sum(1 for _ in looks.below(SEEDS))
    if seeds <= MANY or tracked(root):  # then all that is made apart would be lost
        return False
    try:
        with Store(root / CACHE / store.FILE) as kept:
            return seeds > MANY + number_of_readings(kept)
    except store.TORN as error:
        if not store.is_torn(error):
            raise
        return True


@dataclass(frozen=True, slots=True)
class _First:
    """What a run came to that another process did, after which the briefing is loaded as any later run loads it: with three fifths of the memory."""

    changed: tuple[str, ...]
    written: Mapping[str, bytes]
    problems: tuple[Problem, ...]

    def joined(self, report: Report) -> Report:
        """The report of both; what both tell as the second tells it, which knows where names stand that the first has written."""
        told = {(found.check, found.message) for found in report.problems}
        once = (found for found in self.problems if (found.check, found.message) not in told)
        return replace(
            report,
            changed=tuple(dict.fromkeys((*self.changed, *report.changed))),
            written={**self.written, **report.written},
            problems=tuple(sorted({*once, *report.problems})),
        )


def _first(root: Path, settings: Read | None, progress: Progress, by: Engine | None, looks: Looks) -> _First:
    report = _done(root, True, settings, progress, by, looks)
    report.briefing.store.close()
    return _First(report.changed, report.written, report.problems)


def _done(
    root: Path,
    write: bool,
    settings: Read | None,
    progress: Progress,
    by: Engine | None,
    looks: Looks,
    soon: Callable[[Briefing], None] | None = None,
) -> Report:
    """The same in this process. What was made before counts for nothing where it proves to be torn on the way."""
    kept = Store(None if tracked(root) else root / CACHE / store.FILE, write=write)
    try:
        return _kept(root, write, settings, progress, by, looks, soon, kept)
    except store.TORN as error:
        if not store.is_torn(error):
            raise
        if write:
            store.forget(root)
        return _kept(root, write, settings, progress, by, _looked(root), soon, Store(write=write))


def _kept(
    root: Path,
    write: bool,
    settings: Read | None,
    progress: Progress,
    by: Engine | None,
    looks: Looks,
    soon: Callable[[Briefing], None] | None,
    kept: Store,
) -> Report:
    """The same with what was made before."""
    kept.looks = looks
    try:
        report = _generated(root, write, read(root, settings, kept), progress, by, soon)
    except BaseException:
        kept.close()
        raise
    kept.finish()  # but it stays open: the briefing asks it for the texts of articles
    return report


def _generated(
    root: Path,
    write: bool,
    stand: Stand,
    progress: Progress,
    by: Engine | None,
    soon: Callable[[Briefing], None] | None = None,
) -> Report:
    """The same, once all has been read."""
    problems = [*stand.problems, *([tracked_cache(CACHE)] if tracked(root) else [])]

    def told(result: tuple[T, Sequence[Problem]]) -> T:
        problems.extend(result[1])
        return result[0]

    gathered = gather(root, stand, write=write, progress=progress, by=by)
    problems += gathered.problems
    names, bases, lexicons = stand.names, stand.bases, stand.lexicons
    merging, new, listed = gathered.merging, gathered.new, gathered.listed
    drafts = merging.drafts
    bases.turn({id_: draft.base for id_, draft in drafts.items() if draft.base})
    files = known_by_base(merging.files(), bases)
    of_drafts = {id_: draft.conflicts for id_, draft in drafts.items()}
    conflicts = [c for id_ in files for c in of_drafts.get(id_) or (bases.heads[id_].conflicts if id_ in bases else ())]
    registry = as_written(names, new.values(), lexicons)
    briefing = told(linked(stand, files, registry, conflicts=conflicts, readings=Readings(files, bases)))
    briefing = with_editions(briefing)
    if soon:
        soon(briefing)
    problems += check(briefing, registry_marks(names))
    # Where nothing is written, only templates of the briefing's own could be wrong.
    pages = told(made(briefing, root)) if write or (root / TEMPLATES).is_dir() else None
    turned = told(publish.write_pages(root, PAGES, pages.texts, default_pages(), pages.kept)) if write and pages else []
    problems += () if write else refused_by_hand(root, seen_in(stand.store, root))  # a build of the site tells them
    schemas = {f"{PAGES}/{schema}": (carried() / schema).read_bytes() for schema in SCHEMAS} if write else {}
    for path, raw in schemas.items():
        publish.replace(within(root, path), raw)
    written = {**gathered.written, **{path: digest(raw) for path, raw in schemas.items()}}
    if stand.store.looks:
        stand.store.looks.again([*written, *(f"{PAGES}/{path}" for path in turned)])
    keep_stems(stand.store)
    found = with_entries(dict.fromkeys(problems), texts_of(files, names, problems))
    return Report(
        sources=len(briefing.sources),
        facts=len(briefing.current),
        to_review=sum(s.fact.review == "unreviewed" for s in briefing.current),
        problems=tuple(sorted(where_they_stand(found, {} if gathered.is_kept else drafts))),
        changed=(*gathered.changed, *(listed.changed if stand.sound else ()), *(f"{PAGES}/{path}" for path in turned)),
        newest=newest(source.date for source in briefing.sources.values()),
        noted=tuple(gathered.noted),
        changes=tuple(merging.changes()) if stand.sound else (),
        written=written,
        briefing=briefing,
    )


def texts_of(
    files: Mapping[str, FactFile], names: Mapping[str, RegistryFile], problems: Iterable[Problem]
) -> dict[str, str]:
    """The texts of the files that problems stand in, by path."""
    told = {found.path for found in problems}
    texts = {f.path: f.seen if f.broken else f.text for f in files.values() if f.path in told}
    return texts | {f.path: f.text for f in names.values() if f.path in told}


def where_they_stand(problems: Iterable[Problem], drafts: Mapping[str, Draft]) -> Iterator[Problem]:
    """Problems with the lines of the files on disk: those whose drafts are not written have others than the merged text."""
    merged = {draft.path: draft for draft in drafts.values() if draft.changed}
    for found in problems:
        draft = merged.get(found.path)
        yield replace(found, line=line_before(draft.seen or "", draft.text, found.line)) if draft else found


def carried() -> Path:
    """The folder with what every briefing's `site_src` begins with; in the source tree, that of the briefing that it ships."""
    packed = packaged_templates() / "by-hand"
    return packed if packed.is_dir() else packaged_templates().parent / PAGES


OF_THE_PROGRAM = re.compile(r"^## What (?:a build takes|was tried against it)\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
"""What a page of the shipped briefing says of the program alone, measured with other articles than a briefing's own."""


def default_pages() -> dict[str, str]:
    """The pages that people write by hand, as the program brings them for briefings that have none."""
    return {name: OF_THE_PROGRAM.sub("", (carried() / name).read_text(encoding="utf-8")) for name in BY_HAND}


def made(briefing: Briefing, root: Path) -> tuple[Rendered | None, list[Problem]]:
    """All pages, but for those that stand as they are to be; none, and a problem, where one of the briefing's own templates is wrong."""
    from jinja2 import TemplateError

    own = own_templates(root)
    if not own and (root / TEMPLATES).is_dir():
        return None, []  # a link in them leads out, which is told
    try:
        there = digests(briefing.store, root, PAGES, (".md",))
        return rendered(briefing, own, there), []
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        if not isinstance(error, TemplateError) and not (root / TEMPLATES).is_dir():
            raise  # no template of anybody's: a fault of the program
        path, line = getattr(error, "filename", None), getattr(error, "lineno", None)
        place = Path(path) if path else root / TEMPLATES
        mark = Mark(place.relative_to(root).as_posix() if place.is_relative_to(root) else place.name, line or 1)
        return None, [
            problem(
                mark,
                f"template: {getattr(error, 'message', None) or error}",
                valid="the pages stay as they were",
                check="template",
            )
        ]
