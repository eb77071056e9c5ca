"""One build of a site: what is due, what stays, and how the published tree comes to hold it.

A page is due where its source, its frame or its HTML is not what it was, where something is to be told of it, where a file or an anchor
that it links to has gone, and where another file is published in its place. Where others have a hand in the pages, MkDocs builds all of
them, and only the last step, from the staging folder into the published tree, is taken here.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_build_date
from msgspec.msgpack import Decoder

from generator.addresses import edition_of, placed
from generator.engines.processes import cores
from generator.looks import Looks, look
from generator.publish import CACHE
from generator.site.files import MadeFile, SiteFiles, SourceFile, is_shown, source_files
from generator.site.frame import frame
from generator.site.links import Places
from generator.site.memory import Asked, Memory, Row
from generator.site.page import BriefingPage
from generator.site.published import Published
from generator.site.rendering import Ahead, ahead
from generator.site.styles import is_style, make_small, small
from generator.spool import Spool
from generator.store import Store, digest, packed
from generator.unchanged import digests, seen_in

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation

STAGING = "staging"
FEWEST = 200
"""Pages for which it is worth while to start processes."""
SITEMAP = ("sitemap.xml", "sitemap.xml.gz")
PATHS, LISTED = "site/paths", "site/listed"
_PATHS, _LISTED = Decoder(set[str]), Decoder(tuple[bytes, tuple[bytes | None, ...]])


class Building:
    """A build, from the moment when all pages stand in their folder."""

    def __init__(self, root: Path, config: MkDocsConfig, store: Store, tree: Published, *, jobs: int | None) -> None:
        """`tree` is the published one."""
        self.config, self.store, self.jobs = config, store, jobs
        self.site, self.docs = Path(config.site_dir), config.docs_dir
        self.published = tree
        self.staging = root / CACHE / STAGING
        self.memory, self._made = Memory(store), store.stage("site/made")
        self.date = get_build_date()
        self.spool = Spool()
        self.places = Places({}, config.use_directory_urls)
        self.is_alone = False
        """Whether nobody else has a hand in the pages."""
        self.files: SiteFiles | None = None
        """Only then."""
        self.kept: set[str] = set()
        """Files of the published tree that stay."""
        self._sources: dict[str, bytes] = {}
        self.looks = seen_in(store, root)
        """How the briefing's files look."""
        self._seen = Looks(root)
        """How the sources looked when they were hashed."""
        self._copied: dict[str, bytes] = {}
        """The hashes of files in the staging folder that nobody writes again."""
        self._shared: set[str] = set()
        self._lost: dict[str, set[str]] = {}
        self._frame: Callable[[str], bytes] = lambda _: b""
        self._listed: bytes | None = None
        self._ahead: Iterator[tuple[str, Ahead | None]] = iter(())
        self._open = ExitStack()

    def stage(self, *, alone: bool) -> None:
        """Let MkDocs build into the staging folder; where the pages are ours `alone`, it looks for files there, too, and finds none."""
        for left in self.staging.parent.glob(f"{STAGING}*"):  # of a run that was killed: none but this one has the lock
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()
        self.staging.mkdir(parents=True)
        self.config.site_dir = str(self.staging)
        self.is_alone = alone
        if alone:
            self.config.docs_dir = str(self.staging)

    def found(self, theme: Files, apart: tuple[str, ...]) -> SiteFiles:
        """The site's files, in place of those that MkDocs found, which are the theme's; what begins with `apart` is not published."""
        self.config.docs_dir = self.docs
        docs = Path(self.docs)
        folders = [path.rstrip("/") for path in apart]
        self._sources = digests(self.store, docs.parent, docs.name, without=folders)
        self._seen = seen_in(self.store, docs.parent)
        mine = source_files(self._sources, self.config)
        known = {file.src_uri for file in mine}
        self.files = SiteFiles([*mine, *(file for file in theme if file.src_uri not in known)], self.config, apart)
        return self.files

    def begin(self) -> None:
        """Find what is due as far as sources and published files tell."""
        files = self._all
        files.copy = self._copy
        files.settle()
        shown = {file.src_uri: file for file in files if is_shown(file)}
        self.places.urls = {path: file.url for path, file in shown.items()}
        count = Counter(file.dest_uri for file in shown.values())
        count.update({*self.config.theme.static_templates, *SITEMAP})
        self._shared = {place for place, times in count.items() if times > 1}
        kept = self.store.state(PATHS)
        before = _PATHS.decode(kept) if kept else set()
        gone = before - shown.keys()
        linking = self.memory.linking(gone, {})
        self.memory.forget(gone)
        if before != shown.keys():
            self.store.keep({PATHS: packed(sorted(shown))})
        pages = (
            file for file in files if file.is_documentation_page() and file.inclusion is not InclusionLevel.EXCLUDED
        )
        files.due = [file.src_uri for file in pages if file.src_uri in linking or not self._stands(file)]
        self._render_ahead(files.due)

    @property
    def _all(self) -> SiteFiles:
        assert self.files is not None
        return self.files

    def _stands(self, file: File) -> bool:
        """Whether a page is published as it would be built, as far as its own source tells."""
        source, row = self.memory.rows.get(file.src_uri, (b"", None))
        if row is None or not is_shown(file) or file.dest_uri in self._shared:
            return False
        return source == self._sources.get(file.src_uri) and (self.published.digest(file.dest_uri) or b"") == row.output

    def complete(self, nav: Navigation, more: object) -> None:
        """Find what else is due, now that the pages of the navigation have their titles and all anchors are known; `more` goes into every page."""
        files, due = self._all, set(self._all.due)
        self._frame = self._frames(nav, more)
        others = self.memory.linking((), self._lost)
        others |= {path for path, (_, row) in self.memory.rows.items() if row.frame != self._frame(path)}
        others -= due
        self._render(path for path in files.src_uris if path in others)
        files.due = [path for path in files.src_uris if path in due or path in others]
        if others:
            self._frame = self._frames(nav, more)  # a page may have another title in another navigation
        stay = self.memory.rows.keys() - due - others
        self.kept |= {files.src_uris[path].dest_uri for path in stay if self.memory.rows[path][1].output}
        self._list()

    def _render(self, paths: Iterable[str]) -> None:
        paths = list(paths)
        self._render_ahead(paths)
        for path in paths:
            page = self._all.src_uris[path].page
            assert isinstance(page, BriefingPage)
            page.read_source(self.config)
            page.render(self.config, self._all)
            page.let_go()

    def _frames(self, nav: Navigation, more: object) -> Callable[[str], bytes]:
        """The frame of each page, by its path; those of an edition have a navigation of their own."""
        pages = self._all.src_uris
        made: dict[tuple[str, bool], bytes] = {}

        def of(path: str) -> bytes:
            edition, present = edition_of(path)
            key = edition, bool(edition) and present in self.places.urls
            if key not in made:
                within: Iterable[StructureItem] = nav
                if edition:
                    found = (pages.get(placed(item.file.src_uri, edition)) for item in nav if item.is_page)
                    within = [file.page for file in found if file and file.page]
                made[key] = frame(self.config, within, *key, more)
            return made[key]

        return of

    def _list(self) -> None:
        """Leave the sitemap as it is where it would hold the same."""
        theme, files = self.config.theme, self._all
        shown = [(file.src_uri, self.is_moved(file)) for file in files.documentation_pages()]
        self._listed = digest(frame(self.config, (), self.date), packed(shown))
        kept = self.store.state(LISTED)
        listed, hashes = _LISTED.decode(kept) if kept else (b"", ())
        stands = tuple(self.published.digest(path) for path in SITEMAP) == hashes and not self._shared & set(SITEMAP)
        if listed == self._listed and stands and "sitemap.xml" in theme.static_templates:
            theme.static_templates = theme.static_templates - {"sitemap.xml"}
            self.kept |= {path for path, hashed in zip(SITEMAP, hashes, strict=True) if hashed}

    def finish(self) -> None:
        """Publish what is in the staging folder and what stays, and keep how it was built."""
        if self.files is None:
            make_small(self.staging)
            self.memory.build_again([*self.memory.rows])
        self.published.publish(self.staging, self.kept, self._copied)
        made = self.published.digest
        if self.files is not None:
            built: dict[str, tuple[bytes, Row]] = {}
            for path in self.files.due:
                file = self.files.src_uris[path]
                page, source = file.page, self._sources.get(path)
                assert isinstance(page, BriefingPage)
                is_known = source and look(f"{self.docs}/{path}") == self._seen.seen(f"{Path(self.docs).name}/{path}")
                if source and is_known and not page.is_told_of and is_shown(file) and file.dest_uri not in self._shared:
                    built[path] = source, Row(self._frame(path), made(file.dest_uri) or b"", page.is_moved)
            self.memory.build_again(set(self.files.due) - built.keys())
            self.memory.keep(built)
            if self._listed is not None:
                self.store.keep({LISTED: packed((self._listed, [made(path) for path in SITEMAP]))})
        self.memory.close()
        self.end()

    def end(self) -> None:
        """Let go of the staging folder."""
        self._open.close()
        shutil.rmtree(self.staging, ignore_errors=True)
        self.config.site_dir, self.config.docs_dir = str(self.site), self.docs

    def is_moved(self, file: File) -> bool:
        """Whether a page only leads on to another."""
        page = file.page
        if self.files is None or not isinstance(page, BriefingPage):
            return bool(page and page.meta.get("moved"))
        row = self.memory.rows.get(file.src_uri)
        return page.is_moved if page.is_rendered or row is None else row[1].moved

    def _copy(self, file: File) -> None:
        """Put a file that is no page into the staging folder, unless it is published as it is."""
        place, raw = file.dest_uri, None
        hashed = self._sources.get(file.src_uri) if isinstance(file, SourceFile) else None
        if isinstance(file, MadeFile):
            hashed = self._made.get(file.src_uri, file.key)
            if hashed is None or self.published.digest(place) != hashed or place in self._shared:
                raw = file.content_bytes
                hashed = digest(raw)
                self._made.put([(file.src_uri, file.key, hashed)])
        elif hashed is None or is_style(place):
            raw = small(file.content_bytes) if is_style(place) else file.content_bytes
            hashed = digest(raw)
        if place not in self._shared and self.published.digest(place) == hashed:
            self.kept.add(place)
        elif raw is None:
            file.copy_file()
        else:
            target = self.staging / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)
            if place not in self._shared:
                self._copied[place] = hashed

    def _render_ahead(self, paths: Iterable[str]) -> None:
        """Let processes render pages while this one reads, writes and checks them."""
        paths = list(paths)
        self._open.close()
        jobs = (self.jobs or cores()) if len(paths) >= FEWEST else 1
        if jobs > 1:
            self._ahead = self._open.enter_context(ahead(self.docs, self.places, paths, jobs))

    def page(self, title: str | None, file: File) -> BriefingPage:
        """A page for a file, which registers itself with it."""
        return BriefingPage(title, file, self.config, self if self.files is not None else None)

    def ready(self, path: str) -> Ahead | None:
        """A page that was rendered ahead; they are asked for in the order in which they were ordered."""
        return next((made for one, made in self._ahead if one == path), None)

    def asked(self, path: str) -> Asked | None:
        """What is kept of a page."""
        return self.memory.asked(path)

    def settled(self, path: str, asked: Asked) -> None:
        """A page was rendered."""
        if lost := self.memory.settle(path, asked):
            self._lost[path] = lost
