"""The rim: MkDocs' hooks on one side, `generate` and the site's own build on the other. Only this, `site` and `sites` import MkDocs.

`mkdocs build` and `mkdocs serve` alone do the whole job. What is written for them is written before MkDocs
looks at its pages, so that they see nothing but plain Markdown files.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils.yaml import yaml_load

from generator.addresses import edition_of, placed
from generator.downloads import files as data_files
from generator.engines import Engine, Failed
from generator.indexing import FOLDER, IndexFailed, write_index
from generator.loading import barred_pages, is_barred
from generator.looks import Looks
from generator.model import Mark
from generator.naming import Progress
from generator.pages import EDITIONS_LIST, NAV
from generator.pipeline import PAGES, TEMPLATES, Report, generated
from generator.publish import Busy, lock, refused
from generator.reach import OUT, leads_out
from generator.render import of_sources, own_templates, packaged_templates
from generator.search import findable
from generator.settings import CONFIG, OPTIONS, OWN, PLUGIN, keys_of, read_settings, settings_of
from generator.site.building import Building
from generator.site.early import Frame
from generator.site.files import MadeFile
from generator.site.foreign import foreign
from generator.site.page import listed
from generator.site.published import Published
from generator.store import Store

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

    from generator.link import Briefing
    from generator.serving import Edits

log = logging.getLogger(f"mkdocs.plugins.{PLUGIN}")

SOON = 10
"""Sources whose pages are shown before a site that is served is built again, if no more have changed."""
NOT_PUBLISHED = ("facts/", "entities/", "lexicons/", "topics.yml")
"""What people edit in the pages' folder and readers get through pages and downloads only."""


class BriefingConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """`plugins: briefing:`; what the values must be is `generator.settings`' affair."""

    title = options.Optional(options.Type(object))
    description = options.Optional(options.Type(object))
    publish_source_text = options.Optional(options.Type(object))
    editions = options.Optional(options.Type(object))
    as_of = options.Optional(options.Type(object))
    map_outline = options.Optional(options.Type(object))
    map_credit = options.Optional(options.Type(object))


def _titles(nav: object) -> dict[str, str]:
    """Titles that a `nav` gives to paths."""
    if isinstance(nav, list):
        return {path: title for entry in nav for path, title in _titles(entry).items()}
    if isinstance(nav, dict):
        pairs = ({value: str(key)} if isinstance(value, str) else _titles(value) for key, value in nav.items())
        return {path: title for pair in pairs for path, title in pair.items()}
    return {}


def _seconds(day: str) -> int:
    """The start of a day in UTC, in seconds since 1970."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


LAST_SECOND = 2**32 - 1
"""In 2106: files that are packed by gzip can tell of none later (RFC 1952)."""


class BriefingPlugin(BasePlugin[BriefingConfig]):  # type: ignore[no-untyped-call]
    """Generates a briefing's pages before MkDocs reads them, and renders them."""

    def __init__(self) -> None:
        self.report: Report | None = None
        """Of the last run."""
        self.progress: Progress = iter
        self.engine: Engine | None = None
        self.jobs: int | None = None
        """Processes that render pages; one for each core unless given."""
        self.looks: Looks | None = None
        """How the briefing's files look, where somebody has looked."""
        self._building: Building | None = None
        self._lock = ExitStack()
        self._server: LiveReloadServer | None = None
        self._edits: Edits | None = None
        """Of people, while a site is served."""
        self._frame: Frame | None = None
        """What the last build put its pages into, while a site is served."""
        self._is_early = False
        """Whether pages of this build were shown before its end."""
        self._served: Store | None = None
        """What is kept of the tree of a site that is served, which stands elsewhere than the one that is built."""
        self.others = ""
        """Who else has a hand in the pages."""
        self._addresses: dict[str, str] = {}
        self._pages: dict[str, Page] = {}
        self._epoch: str | None = None
        self._clock_is_set = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keeps this object over the builds of one `mkdocs serve`, and for the next command in the same process."""
        self._served = Store() if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set what `mkdocs.yml` leaves open: the theme, file addresses, checks of anchors."""
        root = _root(config)
        if Path(config.docs_dir).resolve() != (root / PAGES).resolve():
            raise PluginError(f"{CONFIG}: a briefing's pages stand in {PAGES}; write: docs_dir: {PAGES}")
        own = keys_of(Path(config.config_file_path))
        site = Path(config.site_dir).absolute()
        home = Path(config.config_file_path).absolute().parent
        if any(site.is_relative_to(at) and leads_out(at, site) for at in (root, home)):
            raise PluginError(f"{site}: {OUT}; take it away, or name the folder itself in {CONFIG} as site_dir")
        folders = (*(folder / "theme" for folder in own_templates(root)), packaged_templates() / "theme")
        themes = list(dict.fromkeys(str(folder.resolve()) for folder in folders if folder.is_dir()))
        if "theme" not in own and config.theme.name == "mkdocs":  # MkDocs' default, not one asked for with --theme
            config.theme = Theme(name=None, custom_dir=themes[0], static_templates=["404.html"])
        if config.theme.name is None:
            config.theme.dirs[-1:-1] = [folder for folder in themes if folder not in config.theme.dirs]
        if "use_directory_urls" not in own:
            config.use_directory_urls = False
        if "validation" not in own:
            config.validation.links.anchors = logging.WARNING
            config.validation.nav.omitted_files = logging.DEBUG
        if self._served:  # so that pages are those that a build makes: MkDocs puts the address of its server here
            url = _configured(config, "site_url")
            config.site_url = options.URL(is_dir=True).run_validation(url) if url else None
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Generate, tell the problems, and stop MkDocs' clock at the newest source."""
        root = _root(config)
        if self._edits:
            self._edits.pause()
        site = {name: config.get(name) for name in OWN}
        given = {name: self.config[name] for name in OPTIONS if self.config[name] is not None}
        settings, problems = settings_of(site, given, lambda _: Mark(CONFIG))
        if Path(config.config_file_path).resolve() == root / CONFIG:
            read, problems = read_settings(root)  # the same, each with its place
            settings = replace(settings, marks=read.marks)
        looks, self.looks = self.looks, None
        try:
            # To the end of the build: another run would build in the same place, and keep what it made there.
            before = self._lock.enter_context(lock(root))
            seen = looks if looks and looks.before == before else None
            self.report = generated(
                root,
                settings=(settings, problems),
                progress=self.progress,
                by=self.engine,
                looks=seen,
                soon=None if self._frame is None or (root / TEMPLATES).is_dir() else self._soon,
            )
        except (Busy, Failed) as error:
            raise PluginError(str(error)) from None
        except OSError as error:
            raise PluginError(refused(error)) from error
        for found in self.report.problems:
            if found.severity != "note":
                log.log(logging.ERROR if found.severity == "error" else logging.WARNING, "%s", found)
        if self.report.notes:
            log.info("briefing check has notes: %d", self.report.notes)
        self._stop_clock(_seconds(self.report.newest))
        self._begin(root, config)

    def _soon(self, briefing: Briefing) -> None:
        """Show the pages of sources that a person has just changed, before all else is made."""
        if self._frame and self._server and 0 < len(briefing.changed) <= SOON:
            self._stop_clock(_seconds(briefing.newest_day))
            if self._frame.show(of_sources(briefing, sorted(briefing.changed))):
                from generator.serving import let_see

                self._is_early = True
                let_see(self._server)

    def _begin(self, root: Path, config: MkDocsConfig) -> None:
        """Let MkDocs build into a staging folder."""
        assert self.report
        store = self.report.briefing.store
        tree = Published(Path(config.site_dir).absolute(), self._served or store, (FOLDER,))
        if self._served:  # what the last build made need not be made again
            tree.take(Published(root / (_configured(config, "site_dir") or "site"), store, (FOLDER,)))
        self._building = Building(root, config, store, tree, jobs=self.jobs)
        others = foreign(config, self, ((packaged_templates() / "theme").resolve(),))
        if others != self.others:
            self.others = others
            log.info("all pages are rendered each time, since %s may change them", others or "nobody else")
        self._building.stage(alone=not others)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what is not published; preset a page for every document, with its title from the navigation."""
        assert self.report
        building = self._at_work
        if building.is_alone:
            files = building.found(files, NOT_PUBLISHED)
        if config.nav is None:
            config.nav = [{title: path} for title, path in NAV if path in files.src_uris] or None
        for data in data_files(self.report.briefing):
            files.append(MadeFile(data.path, data.key, partial(getattr, data, "content"), config))
        titles = _titles(config.nav)
        barred = barred_pages(building.looks)
        outline = self.report.briefing.settings.map_outline
        for file in files:
            if (
                file.src_uri.startswith(NOT_PUBLISHED)
                or (barred and is_barred(file.src_uri, barred))
                or f"{PAGES}/{file.src_uri}" == outline
            ):
                file.inclusion = InclusionLevel.EXCLUDED
            elif file.page is None and file.is_documentation_page():
                building.page(titles.get(edition_of(file.src_uri)[1]), file)
        if building.is_alone:
            building.begin()
        made = files.documentation_pages()
        self._addresses = {file.src_uri: file.url for file in made}
        self._pages = {file.src_uri: file.page for file in made if file.page}
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for when its pages have titles."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let every page know whether there are editions."""
        self._env = env
        env.globals["has_editions"] = has_editions = EDITIONS_LIST in files.src_uris
        if self._at_work.is_alone:
            self._at_work.complete(self._nav, has_editions)
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """On a page of an edition: a navigation that stays within it, and the way to the same page of today, if there `is_kept` one."""
        edition, path = edition_of(page.file.src_uri)
        if not edition:
            return context
        files = (item.file.src_uri if isinstance(item, Page) else "" for item in nav)
        pages = (self._pages.get(placed(file, edition)) for file in files)
        is_kept = path in self._addresses
        today = self._addresses[path if is_kept else "index.md"]
        told: Any = {**context, "nav": [*filter(None, pages)], "today": today, "is_kept": is_kept}
        return told  # type: ignore[no-any-return]

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """No edition in the sitemap, and nothing that has moved: who searches the web should find the present."""
        if template_name == "sitemap.xml":
            present = [file for file in context["pages"] if self._is_present(file)]
            theirs = any(Path(folder, template_name).is_file() for folder in config.theme.dirs[:-1])
            context["pages"] = present if theirs else listed(present, config)
        return context

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """No sitemap without `site_url`: its addresses would have no host, and search engines refuse such a one."""
        return "" if template_name == "sitemap.xml" and not config.site_url else output

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what people edit and not what is generated, which would build twice."""
        from generator.serving import let_reload, watching

        self._server = server
        server.unwatch(config.docs_dir)  # mkdocs.yml stays watched: with nothing to watch, MkDocs reloads no page

        def rebuild() -> None:
            # MkDocs' own watch() takes whole folders and asks nobody; this is what its callback does.
            with server._rebuild_cond:
                server._want_rebuild = True
                server._rebuild_cond.notify_all()

        self._edits = watching(_root(config), server.observer, rebuild)
        let_reload(server)
        server.builder = told(server.builder, _root(config))
        return server

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish what was built, index what can be found on the site's pages, and let the clock go on."""
        self._at_work.finish()
        self._index(Path(config.site_dir))
        files = self._at_work.files if self._served else None
        if files is not None:
            self._frame = Frame(Path(config.site_dir), config, files, self._nav, self._env, self._at_work.places)
        if self._is_early and self._server:
            from generator.serving import let_see_again

            let_see_again(self._server)
        self._close(keep=True)
        if files is not None:
            self._let_go(files)

    def _let_go(self, files: Files) -> None:
        """Forget the briefing, while the site that was made of it is served: the next build makes another."""
        for file in files:
            if isinstance(file, MadeFile):
                file.let_go()
        self.report = None
        gc.collect()

    def _index(self, site: Path) -> None:
        """Bring the search index up to date, in the published tree itself."""
        assert self.report
        briefing = self.report.briefing
        found = (page for page in findable(briefing) if page.path in self._addresses)
        try:
            write_index(found, site, self._addresses.__getitem__, briefing.store, self._served)
        except IndexFailed as failed:
            log.warning("%s", failed)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site as it is, and let the clock go on."""
        self._close()

    def on_shutdown(self) -> None:
        """Look at files no longer; a build in the same process, for which MkDocs takes this object again, serves nothing."""
        if self._edits:
            self._edits.observer.stop()
        self._served = self._server = self._edits = self._frame = None

    @property
    def _at_work(self) -> Building:
        assert self._building
        return self._building

    def _is_present(self, file: File) -> bool:
        return not edition_of(file.src_uri)[0] and not self._at_work.is_moved(file)

    def _close(self, *, keep: bool = False) -> None:
        """End a build, and `keep` what was made in it."""
        if self._building and self.report:
            self._building.end()
            if keep:
                self._building.store.finish()
                self.report.briefing.store.finish()
            else:
                self.report.briefing.store.close()
        self._building, self._is_early = None, False
        self._lock.close()
        self._restore_clock()
        if self._edits:
            self._edits.resume(self.report.written if self.report else {})

    def _stop_clock(self, seconds: int) -> None:
        if not self._clock_is_set:
            self._epoch, self._clock_is_set = os.environ.get("SOURCE_DATE_EPOCH"), True
        os.environ["SOURCE_DATE_EPOCH"] = str(min(max(seconds, 0), LAST_SECOND))

    def _restore_clock(self) -> None:
        if self._clock_is_set:
            self._clock_is_set = False
            os.environ.pop("SOURCE_DATE_EPOCH", None)
            if self._epoch is not None:
                os.environ["SOURCE_DATE_EPOCH"] = self._epoch


def told(build: Callable[[], None], root: Path) -> Callable[[], None]:
    """A build that says in a line why there was none, and leaves what is served as it is."""

    def built() -> None:
        try:
            build()
        except MkDocsException as error:
            why = [] if isinstance(error, Abort) else [error.format_message()]  # else it was told
            for found in read_settings(root)[1] or why:
                log.error("%s", found)

    return built


def _configured(config: MkDocsConfig, name: str) -> Any:
    """A setting as `mkdocs.yml` has it, where a server has put another in its place."""
    with Path(config.config_file_path).open("rb") as file:
        return yaml_load(file).get(name)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
