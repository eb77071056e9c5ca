"""Reading the folder of seeds: bytes → `Seed`, or a problem that says what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path, PurePosixPath

from generator.edtf import parse
from generator.lexicon import packaged_lexicons
from generator.looks import Look, Looks
from generator.model import Mark, Seed
from generator.problems import Problem, errors, link_out, not_a_file, problem
from generator.reach import OutOfReach, contents, leads_out
from generator.seeds.draft import Draft
from generator.seeds.english import is_english
from generator.seeds.kept import KeptSeeds, Read
from generator.seeds.markdown import read_markdown
from generator.seeds.normal import LIMIT, LIMITS, decode
from generator.seeds.page import encoding_of, read_page
from generator.seeds.plain import read_plain
from generator.seeds.publisher import publisher_of
from generator.store import Store, digest
from generator.unchanged import digests_of, seen_in

EXAMPLES = {
    ".txt": "date 2031-05-02 The harbour board said on Friday …",
    ".md": "date: 2031-05-02 in the front matter",
    ".html": '<meta property="article:published_time" content="2031-05-02">',
}
"""Formats, each with a date as it is written there."""
NOT_SEEDS = ("readme", "license", "licence")
FOLDER = "seeds"


def read_draft(path: str, suffix: str, raw: bytes) -> tuple[Draft | None, list[Problem]]:
    """What a file of one of the formats holds; problems are those of its encoding and its front matter."""
    encoding = encoding_of(raw) if suffix == ".html" else "utf-8"
    content, problems = decode(Mark(path), raw, encoding, LIMITS.get(suffix, LIMIT))
    if content is None:
        return None, problems
    if suffix == ".md":
        return read_markdown(path, content)
    return (read_page if suffix == ".html" else read_plain)(path, content), []


def _date(draft: Draft, suffix: str) -> list[Problem]:
    if draft.date is None:
        wrong = "no date"
    elif (found := parse(draft.date)) and found.precision in ("year", "month", "day"):
        return []
    else:
        wrong = f"'{draft.date[:40]}' is not a date" if not draft.date[:4].isdigit() else _why(draft.date[:40])
    valid = "a seed says its date as YYYY, YYYY-MM or YYYY-MM-DD"
    return [problem(draft.date_mark, wrong, valid=valid, example=EXAMPLES[suffix], check="seed-date")]


def _why(written: str) -> str:
    try:
        date.fromisoformat(written)
    except ValueError as error:
        reason = str(error)
        return (
            f"{written} does not exist ({reason})"
            if "must be in" in reason or "out of range" in reason
            else (f"'{written}' is not a date")
        )
    return f"'{written}' is not a date"


def _text(path: str, draft: Draft) -> list[Problem]:
    if not any(map(str.isalpha, draft.text)):
        return [problem(Mark(path), "no text", valid="the article follows its date", check="seed-empty")]
    if is_english(draft.text, packaged_lexicons()["english"]):
        return []
    return [
        problem(
            Mark(path),
            "this does not read as English",
            valid="seeds are in English; give a translation and say so in it",
            entry=draft.text[:80],
            check="seed-language",
        )
    ]


def read_seed(name: str, raw: bytes) -> tuple[Seed | None, list[Problem]]:
    """The seed in a file; None, with problems, where it cannot be used.

    `name` is the file's path inside `seeds/`, with `/`; its suffix is the format.
    """
    path, suffix = f"{FOLDER}/{name}", PurePosixPath(name).suffix.lower()
    suffix = ".html" if suffix == ".htm" else suffix
    if suffix not in EXAMPLES:
        known = ", ".join(EXAMPLES)
        what = f"'{suffix}' is not a format of seeds" if suffix else "a file without a suffix"
        return None, [problem(Mark(path), what + "; ignored", valid=known, severity="warning", check="seed")]
    if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
        example = EXAMPLES[suffix]
        return None, [
            problem(Mark(path), "an empty file", valid="a date, then the text", example=example, check="seed")
        ]
    draft, problems = read_draft(path, suffix, raw)
    if draft is not None and not errors(problems):
        problems += _date(draft, suffix) or _text(path, draft)
    if draft is None or draft.date is None or errors(problems):
        return None, problems
    publisher = draft.publisher or publisher_of(draft.text, packaged_lexicons()["seeds"]["not-publishers"])
    return Seed(
        path=name,
        date=draft.date,
        text=draft.text,
        sha256=sha256(draft.text.encode()).hexdigest(),
        title=draft.title,
        publisher=publisher,
        url=draft.url,
        author=draft.author,
        original=draft.original,
    ), problems


def seed_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every file that is to be a seed: none that is hidden, nor a README or a licence; links to folders are not followed."""
    for name, _ in sorted(_entries(Looks(folder.parent), folder.name)):
        yield name, folder / name


def _entries(looks: Looks, folder: str) -> Iterator[tuple[str, Look | None]]:
    for above, found in looks.walk(folder, links=False):
        others: Iterable[tuple[str, Look | None]] = ((name, None) for name in found.others)
        for name, seen in chain(found.looks(), others):
            if not name.startswith(".") and not name.endswith("~") and not _is_about(name):
                yield above + name, seen


def is_seed_name(path: str) -> bool:
    """Whether the file of a path below a folder of seeds is to be one."""
    *_, name = parts = path.split("/")
    return not any(part.startswith(".") for part in parts) and not name.endswith("~") and not _is_about(name)


def _is_about(name: str) -> bool:
    return name.casefold().startswith(NOT_SEEDS) and PurePosixPath(name).stem.casefold() in NOT_SEEDS


def load_seed(name: str, path: Path) -> tuple[Seed | None, list[Problem]]:
    """The seed in a file on disk, which is read no further than a seed may reach."""
    raw, problems = _bytes(name, path)
    return (None, problems) if raw is None else read_seed(name, raw)


def _bytes(name: str, path: Path) -> tuple[bytes | None, list[Problem]]:
    if not name.isprintable() or "\\" in name:
        shown = name.encode("utf-8", "backslashreplace").decode()
        valid = "rename it: letters, digits and hyphens"
        return None, [
            problem(Mark(f"{FOLDER}/{shown}"), "a file name that cannot be written", valid=valid, check="seed")
        ]
    try:
        return contents(path, LIMIT), []  # one more says that it is too large
    except (OutOfReach, FileNotFoundError, IsADirectoryError):
        return None, [not_a_file(Mark(f"{FOLDER}/{name}"))]
    except OSError as error:
        return None, [problem(Mark(f"{FOLDER}/{name}"), f"cannot be read: {error.strerror}", check="seed")]


def seed_path(root: Path, name: str) -> Path | None:
    """Where the seed of a name stands, as a fact file gives it; None where that leads out of the folder of seeds."""
    path = root / FOLDER / name
    return None if not name or leads_out(root / FOLDER, path) or leads_out(root, path) else path


def read_seeds(
    folder: Path, known: Collection[str] = (), store: Store | None = None
) -> tuple[list[Seed], list[Problem]]:
    """All seeds of a folder and those below it, by path; a missing folder holds none.

    Names that begin with a dot, and README and licence files, are not seeds. Of two with the same text
    and publisher the one whose path is `known` is kept, else the first. What the `store` holds is not read again.
    """
    read: list[Seed] = []
    problems: list[Problem] = []
    if leads_out(folder.parent, folder):
        return [], [link_out(FOLDER)]
    if folder.exists() and not folder.is_dir():
        problems.append(problem(Mark(FOLDER), "not a folder", valid="a folder with the articles", check="seed"))
    kept = KeptSeeds(store) if store else None
    looks = seen_in(store, folder.parent) if store else Looks(folder.parent)
    entries = sorted(_entries(looks, folder.name)) if folder.is_dir() else []
    keys = digests_of(store, FOLDER, folder, ((name, seen) for name, seen in entries if seen)) if store else {}
    for name, _ in entries:
        seed, found = _seed(name, folder, keys.get(name), kept)
        problems += found
        read += [seed] if seed else []
    if kept:
        kept.close()
    seeds, twins = _once(read, known)
    return seeds, problems + twins


def _seed(name: str, folder: Path, key: bytes | None, kept: KeptSeeds | None) -> Read:
    """What the file of a name holds, `key` being the hash of its bytes."""
    if not kept or not key:
        return load_seed(name, folder / name)
    if before := kept.get(name, key):
        return before
    raw, problems = _bytes(name, folder / name)
    read = (None, problems) if raw is None else read_seed(name, raw)
    return kept.put(name, key, read) if raw is not None and digest(raw) == key else read


def _once(read: Sequence[Seed], known: Collection[str]) -> tuple[list[Seed], list[Problem]]:
    """Seeds without those that repeat another."""
    first: dict[tuple[str, str | None], str] = {}
    for seed in sorted(read, key=lambda seed: seed.path not in known):
        first.setdefault((seed.sha256, seed.publisher), seed.path)
    seeds, problems = [], []
    for seed in read:
        twin = first[seed.sha256, seed.publisher]
        if twin == seed.path:
            seeds.append(seed)
            continue
        problems.append(
            problem(
                Mark(f"{FOLDER}/{seed.path}"),
                f"the same text and publisher as {FOLDER}/{twin}",
                valid="remove one of the two, or name the other publisher",
                example="publisher: The Harbour Post in the front matter of a .md seed",
                check="seed-twin",
            )
        )
    return seeds, problems
