"""The command line: thin over the library, and quick to start, so imports stand where they are used.

Results go to standard output, problems and progress to standard error; of `check`, problems are the result. Exit codes: 0 clean, 1 an error
(under `--strict` a warning too), 2 a wrong command line.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator import ending
from generator.about import NAME, VERSION
from generator.cycles import seldom_collected
from generator.visible import no_command, visible

if TYPE_CHECKING:
    from generator.engines import Engine
    from generator.looks import Looks
    from generator.pipeline import Report
    from generator.problems import Problem
    from generator.sites import Site
    from generator.standing import Last

Command = Callable[..., Any]
T = TypeVar("T")


def _say(text: object, *, nl: bool = True, err: bool = False) -> None:
    """Print what may hold words of others, for people."""
    click.echo(no_command(visible(str(text))), nl=nl, err=err)


def _give(text: object, *, nl: bool = True) -> None:
    """Print the same for programs, which escape what they must."""
    click.echo(visible(str(text)), nl=nl)


def _tell(text: object) -> None:
    _say(text, err=True)


def _tell_all(problems: Iterable[Problem]) -> None:
    """Problems of files with their place, those of the command line without."""
    for found in problems:
        _tell(found if found.path.endswith(".yml") else found.sentence)


def _plural(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"


def _root_option(command: Command) -> Command:
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The briefing's folder; by default the nearest one with a mkdocs.yml.",
    )(command)


def _quiet_option(command: Command) -> Command:
    return click.option("--quiet", is_flag=True, help="No progress bar and no summary.")(command)


def _strict_option(command: Command) -> Command:
    return click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")(command)


def _briefing(root: Path | None) -> Path:
    """The folder of the briefing to work on; a usage error where there is none."""
    from generator.folders import CONFIG, find_root

    found = find_root(Path.cwd()) if root is None else root.resolve() if (root / CONFIG).is_file() else None
    if found is None:
        raise click.UsageError(f"no {CONFIG} in {root or 'this folder or above it'}; name the briefing with --root DIR")
    return found


def _engine_options(command: Command) -> Command:
    for option in (
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="Of a cluster that is there; --engine alone starts one on this machine.",
        ),
        click.option("--engine", "cluster", type=click.Choice(["dask", "ray"]), help="Read articles on a cluster."),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            help="Processes that read articles and render pages; by default one for each core where there are many.",
        ),
    ):
        command = option(command)
    return command


def _engine(jobs: int | None, cluster: str | None, scheduler: str | None) -> Engine:
    """What reads articles; a usage error where it is not installed."""
    from generator.engines import Missing, engine

    if scheduler and not cluster:
        raise click.UsageError(
            "--scheduler is the address of a cluster: say which kind with --engine dask or --engine ray"
        )
    try:
        return engine(cluster, jobs=jobs, scheduler=scheduler)
    except Missing as missing:
        raise click.UsageError(str(missing)) from missing


@contextmanager
def _told_if_refused() -> Iterator[None]:
    """Say what is in the way, another run or the disk, and end with 1."""
    from generator.engines import Failed
    from generator.publish import Busy, refused

    try:
        yield
    except BrokenPipeError:  # who reads along has enough
        raise
    except (Busy, Failed, OSError) as error:
        _tell(refused(error) if isinstance(error, OSError) else error)
        sys.exit(1)


def _bar(quiet: bool) -> Callable[[Sequence[T]], Iterable[T]]:
    """A progress bar over what is read, on a terminal; else nothing."""
    if quiet or not sys.stderr.isatty():
        return iter
    from rich.console import Console
    from rich.progress import track

    return lambda items: track(items, "Reading", console=Console(stderr=True), transient=True)


def _summary(report: Report, errors: int, warnings: int) -> str:
    counts = f"{_plural(report.facts, 'fact')}, {report.to_review:,} to review, {_plural(errors, 'error')}"
    counts += f", {_plural(warnings, 'warning')}" if warnings else ""
    counts += f", {_plural(report.notes, 'note')}" if report.notes else ""
    return f"{_plural(report.sources, 'source')} → {counts}"


class _Command(click.Command):
    """A command that says it where the machine fails it."""

    def invoke(self, context: click.Context) -> Any:
        with ending.told(context.params.get("root") or Path.cwd()):
            return super().invoke(context)


class _Commands(click.Group):
    """Such commands."""

    command_class = _Command

    def main(self, *args: Any, **more: Any) -> Any:
        ending.with_streams()
        return super().main(*args, **more)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name=NAME)
@click.pass_context
def main(context: click.Context) -> None:
    """Turn news articles into a briefing in which every statement leads to its words."""
    context.with_resource(seldom_collected())


@main.command()
@_root_option
@_strict_option
@_quiet_option
@_engine_options
@click.option("--dry-run", is_flag=True, help="Tell which facts would change, with old, new and rule; write nothing.")
@click.option("--no-site", "bare", is_flag=True, help="Write facts and pages, and leave the site as it is.")
@click.option(
    "--single-file",
    "whole",
    is_flag=False,
    flag_value=Path(),
    type=click.Path(path_type=Path, dir_okay=True),
    help="Also write the whole briefing as one HTML file, to mail; FILE is named after the title unless given.",
    metavar="[FILE]",
)
def build(
    root: Path | None,
    strict: bool,
    quiet: bool,
    jobs: int | None,
    cluster: str | None,
    scheduler: str | None,
    dry_run: bool,
    bare: bool,
    whole: Path | None,
) -> None:
    """Read the seeds, write facts and pages, and build the site."""
    folder = _briefing(root)
    by = _engine(jobs, cluster, scheduler) if cluster or scheduler else None
    if whole and (bare or dry_run):
        raise click.UsageError("--single-file is made of the site, so it needs one")
    if dry_run:
        sys.exit(_preview(folder, quiet, by or _engine(jobs, None, None)))
    if bare:
        sys.exit(_generated(folder, strict, quiet, by or _engine(jobs, None, None)))
    from generator import standing
    from generator.looks import Looks

    looks = Looks(folder)
    last = standing.last(folder, looks)
    last = None if whole else last
    for line in last.problems if last else ():
        _tell(line)
    last = last or _built(folder, looks, whole, jobs, by or _engine(jobs, None, None), quiet)
    for line in () if quiet else last.lines:
        _say(line)
    sys.exit(1 if last.errors or (strict and last.warnings) else 0)


def _built(folder: Path, looks: Looks, whole: Path | None, jobs: int | None, by: Engine, quiet: bool) -> Last:
    """Build the site, and the one file of it if that is asked for; what was told, which is noted for the next build."""
    from generator import standing
    from generator.sites import SiteFailed, build_site

    problems: list[str] = []

    def tell(text: object) -> None:
        problems.append(str(text))
        _tell(text)

    try:
        site = build_site(folder, tell=tell, progress=_bar(quiet), by=by, jobs=jobs, looks=looks)
    except SiteFailed as failed:
        _tell(failed)
        sys.exit(1)
    lines = [_summary(site.report, site.errors, site.warnings), (site.folder / "index.html").as_posix()]
    step = _next(folder, site.report)
    told = standing.Last(
        site=str(site.folder.resolve()),
        problems=tuple(problems),
        lines=(*lines, step),
        errors=site.errors,
        warnings=site.warnings,
    )
    if site.is_closed:
        pages = [path for path in site.report.changed if path.endswith(".md")]
        standing.keep(folder, site.looks, site.report.written, pages, told)
    if not whole:
        return told
    path = _whole(folder, site, whole)
    size = f"{path.as_posix()}  ({path.stat().st_size / 1000:,.0f} KB, one file)"
    return told._replace(lines=(*lines, size, step))


def _generated(folder: Path, strict: bool, quiet: bool, by: Engine) -> int:
    """Write facts and pages, and tell the problems; the exit code."""
    from generator.pipeline import generate

    with _told_if_refused():
        report = generate(folder, progress=_bar(quiet), by=by)
    for found in report.problems:
        _tell(found)
    if not quiet:
        _say(_summary(report, report.errors, report.warnings))
    return 1 if report.errors or (strict and report.warnings) else 0


def _whole(folder: Path, site: Site, path: Path) -> Path:
    """Write the one file; into a folder under the name of the briefing."""
    from generator.extract.gazetteer import slug
    from generator.one_file import of_site
    from generator.publish import replace
    from generator.render import own_templates, packaged_templates

    briefing = site.report.briefing
    path = path / f"{slug(briefing.settings.title) or NAME}.html" if path.is_dir() else path
    text = of_site(site.folder, briefing, [*own_templates(folder), packaged_templates()])
    with _told_if_refused():
        replace(path.resolve(), text.encode())
    return path


def _preview(folder: Path, quiet: bool, by: Engine) -> int:
    """Print what a build would change; the exit code."""
    from generator.pipeline import generate
    from generator.preview import summary

    with _told_if_refused():
        report = generate(folder, write=False, progress=_bar(quiet), by=by)
    for found in report.problems:
        _tell(found)
    source = ""
    for change in report.changes:
        if change.source != source:
            source = change.source
            _say(f"{source}:")
        _say("\n".join(f"  {line}" for line in str(change).splitlines()))
    if not quiet:
        files = [*(path for path in report.changed if path.endswith(".yml")), *report.noted]
        if files:
            _say(f"A build would write {', '.join(files)}.")
        _say(summary(list(report.changes)))
    return 1 if report.errors else 0


def _next(folder: Path, report: Report) -> str:
    """What to type next."""
    if not report.sources:
        by_hand = "save one as seeds/NAME.txt that begins with `date 2031-05-02`"
        return f"Next: briefing add FILE|URL|FEED… takes articles in; or {by_hand}. Then build again."
    serve = "make serve" if (folder / "Makefile").is_file() else "briefing serve"
    return f"Next: {serve} shows it at http://127.0.0.1:8000/ while you correct facts in site_src/facts/."


@main.command()
@_root_option
@_strict_option
@_quiet_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="text for people; json, one problem a line, for programs; github, annotations of a pull request.",
)
@click.option("--all", "every", is_flag=True, help="Tell all names that are probably one, not the 20 surest alone.")
@click.option("--fix", "mend", is_flag=True, help="Mend what is safe: slips in keys and values, dates, names for ids.")
def check(root: Path | None, strict: bool, quiet: bool, form: str, every: bool, mend: bool) -> None:
    """Check seeds, facts and registry; write nothing, unless it is to --fix what it finds."""
    from generator.aggregate.share import share, told
    from generator.fixing import fix
    from generator.identity import proposals
    from generator.identity.notes import shortened
    from generator.pipeline import generate
    from generator.reports import FORMS

    folder = _briefing(root)
    with _told_if_refused():
        gone, report = fix(folder) if mend else ([], generate(folder, write=False, progress=_bar(quiet)))
    for found in gone:
        now = ", ".join(edit.new for edit in found.fix if edit.new)
        _tell(f"{found.path}:{found.line}:{found.column}: mended: {found.message}; now {now}")
    kept, more = shortened(report.problems, () if every or form == "json" else proposals(report.briefing))
    for found in sorted(kept):
        _give(FORMS[form](found))
    if not quiet and form == "text":
        _say(_summary(report, report.errors, report.warnings))
        _say(f"published: {told(share(report.briefing), report.briefing.settings.publish_source_text)}")
        by_hand = [path for path in report.changed if path.endswith(".yml")]
        if by_hand:
            _say(f"A build would write {', '.join(by_hand)}. Next: briefing build --dry-run tells what")
        if more:
            _say(f"{_plural(more, 'more name')} may be one with another. Next: briefing check --all")
        safe = sum(bool(found.fix) for found in report.problems)
        if safe and not mend:
            _say(f"{_plural(safe, 'problem')} can be mended safely. Next: briefing check --fix")
    sys.exit(1 if report.errors or (strict and report.warnings) else 0)


@main.command()
@_root_option
@click.argument("revision", default="HEAD", metavar="[REV]")
@click.option("--to", metavar="REV2", default="", help="Compare with this revision; by default with the files on disk.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    help="text for people; md for pull requests, bounded in length; json for programs.",
)
@click.option("--limit", type=click.IntRange(min=1000), help="Bytes of text or md at most; of md 60,000 unless given.")
@click.option("--title", is_flag=True, help="Print one line of at most 72 characters, for a commit.")
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write title.txt, body.md (for a pull request), commit.md (a tenth as long) and difference.json into FOLDER instead.",
    metavar="FOLDER",
)
@click.option("--exit-code", "exits", is_flag=True, help="Exit with 1 where something changed.")
def diff(
    root: Path | None,
    revision: str,
    to: str,
    form: str,
    limit: int | None,
    title: bool,
    folder: Path | None,
    exits: bool,
) -> None:
    """Tell what changed in facts, sources, names and questions since REV, a commit of git (HEAD by default)."""
    from generator import changelog
    from generator.comparing import command, compare
    from generator.revision import NoRevision

    if title and form == "json":
        raise click.UsageError("--title is one line of text; with --format json the key `title` holds it")
    briefing = _briefing(root)
    try:
        found = compare(briefing, revision, to)
    except NoRevision as unknown:
        _tell(unknown)
        sys.exit(2)
    again = command(briefing, revision, to)
    if folder:
        with _told_if_refused():
            changelog.write(found, folder, again, revision, to)
    elif title:
        _give(changelog.headline(found))
    elif form == "json":
        _give(changelog.as_json(found, revision, to), nl=False)
    else:
        _give(changelog.FORMS[form](found, again, limit), nl=False)
    if found.unread:
        _tell(
            f"not compared, since their fact files cannot be read whole: {', '.join(found.unread)}; run: briefing check"
        )
        sys.exit(2)
    sys.exit(1 if exits and found else 0)


@main.command()
@_root_option
@click.option("--name", help="Whose review it is; by default the name that git knows.")
def review(root: Path | None, name: str | None) -> None:
    """Walk the unreviewed facts: quote in its paragraph, one key each. What is decided is written at once."""
    from datetime import date

    from generator.reviewing import reviewer, walk

    folder = _briefing(root)
    with _told_if_refused():
        walked = walk(folder, name or reviewer(folder), date.today())
    _say(f"{walked.done:,} reviewed, {walked.left:,} to review.", nl=False)
    _say(" Next: briefing build" if walked.done or walked.edited else "")


@main.command()
@_root_option
@click.argument("fact", default="", metavar="[ID]")
@click.argument("key", default="", metavar="[KEY]")
@click.option("--take", is_flag=True, help="Write what was read anew into the fact file.")
@click.option("--keep", is_flag=True, help="Keep what stands there, and ask no more.")
def settle(root: Path | None, fact: str, key: str, take: bool, keep: bool) -> None:
    """Settle where you and a new reading differ; without ID, list what is open.

    ID is that of a fact, or of a source for all that is open in it; KEY is one key of the fact.
    """
    from generator.settling import listed
    from generator.settling import settle as settled

    folder = _briefing(root)
    if take and keep:
        raise click.UsageError("--take or --keep, not both")
    if (take or keep) and not fact:
        raise click.UsageError(
            "name the fact or the source that is to be settled; `briefing settle` lists what is open"
        )
    with _told_if_refused():
        deciding = settled(folder, fact, key, take=take) if take or keep else listed(folder, fact, key)
        told, problems = deciding
    for line in told:
        _say(line)
    _tell_all(problems)
    if not fact and not told:
        _say("Nothing is open.")
    elif told and not (take or keep):
        _say("Next: briefing settle ID [KEY] with --take for what was read anew, or --keep for yours")
    sys.exit(1 if problems else 0)


@main.command()
@_root_option
@click.argument("ids", nargs=-1, metavar="[ID]…")
def restore(root: Path | None, ids: tuple[str, ...]) -> None:
    """Bring back facts that were deleted from fact files; without IDs, list them.

    ID is that of a fact, or of a source for all that was deleted of it.
    """
    from generator.restoring import bring_back, listed

    folder = _briefing(root)
    with _told_if_refused():
        told, missing = bring_back(folder, ids) if ids else (listed(folder), [])
    for line in told:
        _say(line)
    _tell_all(missing)
    if not ids and not told:
        _say("No fact was deleted.")
    sys.exit(1 if missing else 0)


@main.command("merge-entities")
@_root_option
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--not", "apart", is_flag=True, help="Say that they are two, so that they are not proposed again.")
@click.option("--dry-run", is_flag=True, help="Tell what would be rewritten; write nothing.")
def merge_entities(root: Path | None, one: str, other: str, apart: bool, dry_run: bool) -> None:
    """Merge entity A into B: B takes A's names, and every reference to A becomes one to B.

    A stays as a stub that leads to B. What is rewritten stays to the byte otherwise.
    """
    from generator.problems import errors
    from generator.uniting import keep_apart
    from generator.uniting import merge_entities as merged

    folder = _briefing(root)
    with _told_if_refused():
        told, problems = (keep_apart if apart else merged)(folder, one, other, write=not dry_run)
    for line in told:
        _say(line)
    _tell_all(problems)
    if not told and not problems:
        _say(f"Nothing is left to rewrite: {one} leads to {other}.")
    elif told and not errors(problems):
        again = " ".join(["briefing merge-entities", *(["--not"] if apart else []), one, other])
        _say(f"Nothing was written. Next: {again}" if dry_run else "Next: briefing build")
    sys.exit(1 if errors(problems) else 0)


def _address(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An address of this machine with a port."""
    from ipaddress import ip_address

    host, _, port = ("localhost:1" if value is None else value).rpartition(":")
    try:
        if host != "localhost":
            ip_address(host.removeprefix("[").removesuffix("]"))
        fits = 0 < int(port) < 1 << 16
    except ValueError:
        fits = False
    if not fits:
        raise click.BadParameter(
            f"'{value}' is no address of a machine with a port from 1 to 65535, e.g. --address 127.0.0.1:8001"
        )
    return value


@main.command()
@_root_option
@_quiet_option
@click.option("--address", callback=_address, metavar="IP:PORT", help="Where to serve; 127.0.0.1:8000 by default.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(root: Path | None, quiet: bool, address: str | None, open_browser: bool) -> None:
    """Build, serve, and build again after every edit."""
    from generator.sites import SiteFailed, serve_site

    try:
        serve_site(_briefing(root), address=address, open_browser=open_browser, quiet=quiet)
    except SiteFailed as failed:
        _tell(failed)
        sys.exit(1)


@main.command()
@click.option("--title", metavar="WORDS", help="What the briefing is called; by default as its folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(title: str | None, folder: Path) -> None:
    """Begin a new, empty briefing in DIR. No file is overwritten."""
    from generator.newbriefing import begin, title_of, titled, wheel_wanted

    named = titled(title or "") or title_of(folder)
    with _told_if_refused():
        written, problems = begin(folder, named)
    for found in problems:
        _tell(f"{found.path}: {found.sentence}")
    if problems:
        sys.exit(1)
    _say(f"{named}: {_plural(len(written), 'file')} in {folder.as_posix()}/")
    change = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(folder.as_posix())}, "
    _say(f"Next: {change}briefing add FILE|URL|FEED…, briefing build")
    wheel = wheel_wanted(folder)
    if wheel:
        name, origin = wheel
        source, target = shlex.quote(origin), shlex.quote(folder.as_posix())
        _say(f"Next, for CI: pip wheel --no-deps {source} -w {target} makes {name}, which requirements.txt names")


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A date as seeds have it."""
    from generator.edtf import parse

    found = parse(value) if value else None
    if value and not (found and found.precision in ("year", "month", "day")):
        raise click.BadParameter(f"'{value}' is not a date; YYYY-MM-DD, YYYY-MM or YYYY, e.g. --date 2031-05-02")
    return value


@main.command()
@_root_option
@_quiet_option
@click.option("--date", callback=_day, metavar="DATE", help="The day it came out, in place of what it says itself.")
@click.option("--publisher", metavar="NAME", help="Who published it, in place of what it says itself.")
@click.option("--title", metavar="WORDS", help="Its title, in place of its own; of one article.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Entries of a feed, newest first."
)
@click.option("--allow-private", is_flag=True, help="Also ask addresses of this machine and of private nets.")
@click.option("--dry-run", is_flag=True, help="Tell what would be added; write nothing.")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL|FEED…")
def add(
    root: Path | None,
    quiet: bool,
    date: str | None,
    publisher: str | None,
    title: str | None,
    limit: int,
    allow_private: bool,
    dry_run: bool,
    sources: tuple[str, ...],
) -> None:
    """Put articles into seeds/: web pages, saved or by address, .txt, .md, .docx, .pdf, and RSS or Atom feeds."""
    from datetime import UTC, datetime

    from generator.intake.adding import add
    from generator.intake.connecting import Bounds
    from generator.intake.taking import Wanted
    from generator.intake.telling import lines, summary

    folder = _briefing(root)
    if title and len(sources) > 1:
        raise click.UsageError("--title is that of one article; add the others without it")
    wanted = Wanted(
        date=date, publisher=publisher, title=title, limit=limit, bounds=Bounds(private=allow_private), dry=dry_run
    )
    outcomes = []
    with _told_if_refused():
        for outcome in add(folder, sources, wanted, datetime.now(UTC).date().isoformat()):
            outcomes.append(outcome)
            told, problems = lines(outcome)
            for line in problems:
                _tell(line)
            for line in () if quiet else told:
                _say(line)
    if not quiet:
        _say(summary(outcomes, dry=dry_run))
    sys.exit(1 if any(outcome.errors for outcome in outcomes) else 0)


def _printed(results: Iterable[tuple[str | None, list[Problem]]], before: str = "") -> None:
    """Print results and problems as they come, then exit; `before` stands between results."""
    from generator.problems import errors

    problems: list[Problem] = []
    rank = 0
    for text, found in results:
        if text is not None:
            _give((before if rank else "") + text, nl=not text.endswith("\n"))
            rank += 1
        for one in found:
            _tell(one)
        problems += found
    sys.exit(1 if errors(problems) else 0)


@main.command()
@_root_option
@_quiet_option
@click.option(
    "--explain",
    is_flag=True,
    help="Say below each fact by which rule and words it was read: its date, its voucher, its pronouns.",
)
@click.argument("seeds", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def extract(root: Path | None, quiet: bool, explain: bool, seeds: tuple[Path, ...]) -> None:
    """Print what is read out of each SEED as YAML; write nothing."""
    from generator.single import extract_files

    bar = _bar(quiet or len(seeds) < 2 or sys.stdout.isatty())
    _printed(extract_files(bar(seeds), root, explain=explain), "---\n")


@main.command("extract-all")
@_root_option
@_quiet_option
@_engine_options
@click.argument("seeds")
@click.argument("out")
def extract_all(
    root: Path | None, quiet: bool, jobs: int | None, cluster: str | None, scheduler: str | None, seeds: str, out: str
) -> None:
    """Read every seed in SEEDS into a file in OUT, both folders that all workers reach: paths, or addresses with :// for fsspec.

    What is there already is not read again.
    """
    from generator.corpus import take_all
    from generator.reading import ReaderSpec
    from generator.single import Desk

    engine, desk = _engine(jobs, cluster, scheduler), Desk(root and _briefing(root))
    _tell_all(desk.problems)
    counts = {"facts": 0, "read": 0, "there": 0, "unread": 0}
    with _told_if_refused():
        for outcome in take_all(engine, seeds, out, ReaderSpec(desk.registry, desk.lexicons)):
            for found in outcome.problems:
                _tell(found)
            unread = any(found.severity == "error" for found in outcome.problems)
            counts["unread" if unread else "read" if outcome.is_new else "there"] += 1
            counts["facts"] += outcome.facts
    if not quiet:
        told = f"{_plural(counts['read'], 'seed')} read, {counts['there']:,} there already, {counts['unread']:,} unread"
        _say(f"{told} → {_plural(counts['facts'], 'new fact')}")
    sys.exit(1 if counts["unread"] else 0)


@main.command()
@_root_option
@_quiet_option
def annotate(root: Path | None, quiet: bool) -> None:
    """Annotate texts: JSON lines {"id", "date", "text"} from standard input, JSON lines to standard output."""
    from generator.single import annotate_lines

    _printed(annotate_lines(sys.stdin.buffer, root))


if __name__ == "__main__":
    main()
