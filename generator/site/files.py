"""The files of a briefing's site as MkDocs' records, made without looking at what is not published, nor at any setting twice."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.utils import markdown_extensions

from generator.settings import PLUGIN
from generator.site.page import BriefingPage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.structure.files")

QUOTED = re.compile(r"[^A-Za-z0-9_.~/-]")
"""What an address holds only in another form."""
INDEXES = ("index", "README")


class SourceFile(File):
    """A file of the pages' folder; what MkDocs works out of its path is known from the start."""

    def __init__(self, path: str, docs_dir: str, site_dir: str, directory_urls: bool) -> None:
        made: dict[str, object] = self.__dict__
        made["src_uri"], made["src_dir"], made["dest_dir"] = path, docs_dir, site_dir
        made["use_directory_urls"], made["inclusion"] = directory_urls, InclusionLevel.UNDEFINED
        made["dest_uri"] = place = destination(path, directory_urls)
        made["url"] = address(place, directory_urls)


class MadeFile(File):
    """A file of the site that is made where somebody asks for its content; `key` is the hash of all that it is made of."""

    def __init__(self, path: str, key: bytes, make: Callable[[], bytes], config: MkDocsConfig) -> None:
        super().__init__(path, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        self.generated_by = PLUGIN
        self.key, self._make = key, make

    @property
    def _content(self) -> bytes:  # type: ignore[override]
        return self._make()

    def let_go(self) -> None:
        """Hold no longer what it is made of: it stands where it is published."""
        self._make = bytes


def destination(path: str, directory_urls: bool) -> str:
    """Where MkDocs puts what it makes of a file, below the site's root."""
    if not path.endswith(markdown_extensions):
        return path
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name  # of one that is nothing but an extension, the whole name
    stem = "index" if stem == "README" else stem
    name = f"{stem}/index.html" if directory_urls and stem != "index" else f"{stem}.html"
    return f"{folder}/{name}" if folder else name


def address(made: str, directory_urls: bool) -> str:
    """The address of a destination, as MkDocs writes it."""
    folder, _, name = made.rpartition("/")
    url = (folder or ".") + "/" if directory_urls and name == "index.html" else made
    return quote(url) if QUOTED.search(url) else url


def order(path: str) -> tuple[tuple[str, ...], bool, str]:
    """The order in which MkDocs finds files: those of a folder before the folders in it, its index first."""
    *folders, name = path.split("/")
    is_index = name.startswith(INDEXES) and posixpath.splitext(name)[0] in INDEXES
    return tuple(folders), not is_index, name


def is_shown(file: File) -> bool:
    """Whether a file is part of the built site."""
    return file.inclusion is not InclusionLevel.EXCLUDED and file.inclusion is not InclusionLevel.DRAFT


def source_files(paths: Iterable[str], config: MkDocsConfig) -> list[File]:
    """The records of files by their paths below the pages' folder, in MkDocs' order, each with its inclusion."""
    given = config.docs_dir, config.site_dir, config.use_directory_urls
    files: list[File] = [SourceFile(path, *given) for path in sorted(paths, key=order)]
    if config.exclude_docs or config.draft_docs or config.not_in_nav:
        set_exclusions(files, config)
    else:
        for file in files:
            hidden = "/." in f"/{file.src_uri}" or file.src_uri.startswith("templates/")
            file.inclusion = InclusionLevel.EXCLUDED if hidden else InclusionLevel.INCLUDED
    return _apart(files)


def _apart(files: list[File]) -> list[File]:
    """Of two pages of a folder that would be one on the site, README.md and index.md, only the second that is included."""
    first: dict[str, File] = {}
    out: set[str] = set()
    for file in files:
        other = first.setdefault(file.dest_uri, file)
        if other is file or posixpath.dirname(other.src_uri) != posixpath.dirname(file.src_uri):
            continue
        if is_shown(file):
            if is_shown(other):
                log.warning(f"Excluding '{other.src_uri}' from the site because it conflicts with '{file.src_uri}'.")
            out.add(other.src_uri)
        else:
            out.add(file.src_uri)
    return [file for file in files if file.src_uri not in out]


class SiteFiles(Files):
    """All files of a site, of which only what changed is worked on.

    MkDocs asks for documentation pages by their inclusion when it is about to read, write and check them: then it is told
    those that are `due`. Of all other questions all pages are the answer.
    """

    def __init__(self, files: Iterable[File], config: MkDocsConfig, apart: tuple[str, ...]) -> None:
        super().__init__(files)
        self.config, self.apart = config, apart
        self.due: list[str] = []
        self._shown: list[File] | None = None
        self.copy: Callable[[File], None] = File.copy_file
        """Puts a file that is no page where it is published."""

    def get_file_from_path(self, path: str) -> File | None:
        """The record of a path, also of one that is there and not published, so that links to it are told as such."""
        found = super().get_file_from_path(path)
        inside = posixpath.normpath(path)
        is_apart = not inside.startswith("..") and (inside.startswith(self.apart) or "/." in f"/{inside}")
        if found is None and is_apart and Path(self.config.docs_dir, inside).is_file():
            config = self.config
            found = SourceFile(inside, config.docs_dir, config.site_dir, config.use_directory_urls)
            found.inclusion = InclusionLevel.EXCLUDED
        return found

    def documentation_pages(self, *, inclusion: Callable[[InclusionLevel], bool] | None = None) -> Sequence[File]:
        """All documentation pages, or, by their `inclusion`, those that are due."""
        if inclusion is None:
            return self._shown if self._shown is not None else [file for file in self._pages() if is_shown(file)]
        files = (self._src_uris[path] for path in self.due)
        return Released([file for file in files if inclusion(file.inclusion)])

    def settle(self) -> None:
        """No file comes or goes from now on."""
        self._shown = [file for file in self._pages() if is_shown(file)]

    def _pages(self) -> list[File]:
        return [file for file in self if file.src_uri.endswith(markdown_extensions)]

    def copy_static_files(
        self, dirty: bool = False, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> None:
        """Put every file that is no page where it is published."""
        for file in self:
            if not file.is_documentation_page() and inclusion(file.inclusion):
                self.copy(file)


class Released(list[File]):
    """Files whose pages let go of what they hold as soon as the next one is asked for."""

    def __iter__(self) -> Iterator[File]:
        for file in super().__iter__():
            yield file
            if isinstance(file.page, BriefingPage):
                file.page.let_go()
