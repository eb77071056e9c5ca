"""`briefing init`: a new, empty briefing, of the files in `templates/new/`."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from generator import publish
from generator.about import NAME, VERSION
from generator.model import Mark
from generator.problems import Problem, problem
from generator.render import environment, packaged_templates
from generator.schema import source_schema
from generator.schema_names import entities_file_schema, printed, topics_file_schema
from generator.visible import ACTING
from generator.yamltext import scalar_text

FOLDER = "new"
TEMPLATE = ".j2"


def titled(words: str) -> str:
    """Words as a title: one line, without what a terminal acts on and half characters, which no file holds."""
    return " ".join(ACTING.sub(" ", words).split())


def title_of(folder: Path) -> str:
    """What a briefing is called that has no title: as its folder, in words."""
    words = titled(folder.resolve().name.replace("_", " ").replace("-", " "))
    return words[:1].upper() + words[1:] or "Briefing"


def files(title: str) -> dict[str, bytes]:
    """The files of a new briefing by path."""
    base = packaged_templates() / FOLDER
    made: dict[str, bytes] = {
        "site_src/schema/source.json": source_schema().encode(),
        "site_src/schema/entities.json": printed(entities_file_schema()).encode(),
        "site_src/schema/topics.json": printed(topics_file_schema()).encode(),
    }
    for path in sorted(base.rglob("*")):
        name = path.relative_to(base).as_posix()
        if path.is_file() and path.suffix == TEMPLATE:
            made[name.removesuffix(TEMPLATE)] = _filled(f"{FOLDER}/{name}", title).encode()
        elif path.is_file():
            made[name] = path.read_bytes()
    return dict(sorted(made.items()))


def _filled(name: str, title: str) -> str:
    quoted = name.endswith(".yml" + TEMPLATE)
    program = _program()
    given = {
        "title": scalar_text(title) if quoted else title,
        "version": VERSION,
        "program": program,
        "wheel": program.startswith("./"),
    }
    return environment((packaged_templates(),)).get_template(name).render(given).rstrip("\n") + "\n"


def _program() -> str:
    """What pip installs this program by: where it came from (PEP 610), or by name, where it came from an index by that.

    From a folder of this machine it comes nowhere else: then it is a wheel that is to be put beside.
    """
    try:
        found = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        found = "{}"
    if found is None:
        return f"{NAME}=={VERSION}"
    told = json.loads(found)
    url, vcs = str(told.get("url", "")), told.get("vcs_info")
    if vcs:
        return f"{NAME} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"{NAME} @ {url}" if url.startswith("https:") else f"./{NAME}-{VERSION}-py3-none-any.whl"


def wheel_wanted(folder: Path) -> tuple[str, str] | None:
    """The file that `requirements.txt` names and that is not there yet, and the folder it is made from."""
    name = _program()
    if not name.startswith("./") or (folder / name).exists():
        return None
    return name.removeprefix("./"), _installed_from()


def _installed_from() -> str:
    """The folder of this machine that the program was installed from; `FOLDER` where nobody knows."""
    try:
        found = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        found = {}
    url = urlsplit(str(found.get("url", "")))
    path = Path(url2pathname(url.path))
    return str(path) if url.scheme == "file" and path.is_dir() else "FOLDER"


def begin(folder: Path, title: str) -> tuple[list[str], list[Problem]]:
    """Write a new briefing into a folder: the paths, or what is in the way. All is written, or nothing.

    A file that is as it would be written is not in the way. Raises `OSError` where the disk refuses.
    """
    wanted = files(title)
    problems = [found for name, raw in wanted.items() for found in _in_the_way(folder, name, raw)]
    if problems:
        return [], list(dict.fromkeys(problems))
    written: list[Path] = []
    made = [path for path in _folders(folder, wanted) if not path.exists()]
    try:
        for name, raw in wanted.items():
            path = folder / name
            if not path.exists():
                written.append(path)
                publish.replace(path, raw, lambda there: there is None)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        for path in reversed(made):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        raise
    return list(wanted), []


def _folders(folder: Path, wanted: dict[str, bytes]) -> list[Path]:
    """The folders that the files need, outer ones first."""
    inner = {parent for name in wanted for parent in (folder / name).parents if parent.is_relative_to(folder)}
    return [*reversed(folder.parents), *sorted(inner)]


def _in_the_way(folder: Path, name: str, raw: bytes) -> list[Problem]:
    path = folder / name
    for above in reversed(path.relative_to(folder).parents):
        if (folder / above).exists() and not (folder / above).is_dir():
            mark = Mark((folder / above).as_posix())
            return [problem(mark, "a file where a folder is to be", valid="name another folder", check="init")]
    if path.is_symlink() or (path.exists() and not (path.is_file() and path.read_bytes() == raw)):
        valid = "name another folder, or take it away; nothing was written"
        return [problem(Mark(path.as_posix()), "is there already", valid=valid, check="init")]
    return []
