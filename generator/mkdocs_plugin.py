"""The rim: MkDocs' hooks on one side, `generate` and `to_html` on the other. No other module imports MkDocs.

`mkdocs build` and `mkdocs serve` alone do the whole job. What is written for them is written before MkDocs
looks at its pages, so that they see nothing but plain Markdown files.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as options
from mkdocs.config.base import Config, load_config
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.theme import Theme

from generator.addresses import edition_of, placed
from generator.downloads import downloads
from generator.engines import Engine, Failed
from generator.indexing import IndexFailed, write_index
from generator.markup import to_html
from generator.model import Mark
from generator.naming import Progress
from generator.pages import EDITIONS_LIST, NAV
from generator.pipeline import PAGES, TEMPLATES, Report, generate
from generator.publish import Busy, refused
from generator.render import packaged_templates
from generator.search import findable
from generator.serving import Edits
from generator.settings import CONFIG, OPTIONS, OWN, PLUGIN, keys_of, read_settings, settings_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger(f"mkdocs.plugins.{PLUGIN}")

UNSERVED = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)
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


def _toc(headings: Iterable[tuple[int, str, str]]) -> TableOfContents:
    """Headings as (level, id, text), in order, as MkDocs nests them."""
    top: list[AnchorLink] = []
    path: list[AnchorLink] = []
    for level, anchor, text in headings:
        item = AnchorLink(escape(text), anchor, level)
        while path and path[-1].level >= level:
            path.pop()
        (path[-1].children if path else top).append(item)
        path.append(item)
    return TableOfContents(top)


class BriefingPage(Page):
    """A page rendered by `generator.markup` instead of Python-Markdown: raw HTML in its text stays text.

    Targets go through MkDocs' own resolver, which logs bad ones and notes anchors for its later check.
    """

    def render(self, config: MkDocsConfig, files: Files) -> None:
        links = _RelativePathTreeprocessor(self.file, files, config)
        html = to_html(self.markdown or "", links.path_to_url)
        self.content = html.content
        self.toc = _toc(html.toc)
        self._title_from_render = html.title
        self.present_anchor_ids = set(html.ids)
        self.links_to_anchors = links.links_to_anchors


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


class BriefingPlugin(BasePlugin[BriefingConfig]):  # type: ignore[no-untyped-call]
    """Generates a briefing's pages before MkDocs reads them, and renders them."""

    def __init__(self) -> None:
        self.report: Report | None = None
        """Of the last run."""
        self.progress: Progress = iter
        self.engine: Engine | None = None
        self._addresses: dict[str, str] = {}
        self._pages: dict[str, Page] = {}
        self._epoch: str | None = None
        self._clock_is_set = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keeps this object over the builds of one `mkdocs serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set what `mkdocs.yml` leaves open: the theme, file addresses, checks of anchors."""
        root = _root(config)
        if Path(config.docs_dir).resolve() != (root / PAGES).resolve():
            raise PluginError(f"{CONFIG}: a briefing's pages stand in {PAGES}; write: docs_dir: {PAGES}")
        own = keys_of(Path(config.config_file_path))
        folders = (root / TEMPLATES / "theme", packaged_templates() / "theme")
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
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Generate, tell the problems, and stop MkDocs' clock at the newest source."""
        root = _root(config)
        site = {name: config.get(name) for name in OWN}
        given = {name: self.config[name] for name in OPTIONS if self.config[name] is not None}
        settings, problems = settings_of(site, given, lambda _: Mark(CONFIG))
        if Path(config.config_file_path).resolve() == root / CONFIG:
            read, problems = read_settings(root)  # the same, each with its place
            settings = replace(settings, marks=read.marks)
        try:
            self.report = generate(root, settings=(settings, problems), progress=self.progress, by=self.engine)
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

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what is not published; preset a page for every document, with its title from the navigation."""
        if config.nav is None:
            config.nav = [{title: path} for title, path in NAV if path in files.src_uris] or None
        assert self.report
        for path, raw in downloads(self.report.briefing).items():
            files.append(File.generated(config, path, content=raw))
        titles = _titles(config.nav)
        outline = self.report.briefing.settings.map_outline
        for file in files:
            if file.src_uri.startswith(NOT_PUBLISHED) or f"{PAGES}/{file.src_uri}" == outline:
                file.inclusion = InclusionLevel.EXCLUDED
            elif file.is_documentation_page() and file.page is None:
                _preset(file, titles.get(edition_of(file.src_uri)[1]), config)
        made = files.documentation_pages()
        self._addresses = {file.src_uri: file.url for file in made}
        self._pages = {file.src_uri: file.page for file in made if file.page}
        return files

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let every page know whether there are editions."""
        env.globals["has_editions"] = EDITIONS_LIST in files.src_uris
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
            context["pages"] = [file for file in context["pages"] if _is_present(file)]
        return context

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """No sitemap without `site_url`: its addresses would have no host, and search engines refuse such a one."""
        return "" if template_name == "sitemap.xml" and not config.site_url else output

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what people edit and not what is generated, which would build twice."""
        server.unwatch(config.docs_dir)  # mkdocs.yml stays watched: with nothing to watch, MkDocs reloads no page

        def rebuild() -> None:
            # MkDocs' own watch() takes whole folders and asks nobody; this is what its callback does.
            with server._rebuild_cond:
                server._want_rebuild = True
                server._rebuild_cond.notify_all()

        Edits(_root(config), server.observer, rebuild)
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the style small, index what can be found on the site's pages, and let the clock go on."""
        _make_small(Path(config.site_dir) / "assets")
        assert self.report
        briefing = self.report.briefing
        found = (page for page in findable(briefing) if page.path in self._addresses)
        try:
            write_index(found, Path(config.site_dir), self._addresses.__getitem__, briefing.store)
            briefing.store.finish()
        except IndexFailed as failed:
            log.warning("%s", failed)
        self._restore_clock()

    def on_build_error(self, *, error: Exception) -> None:
        """Let the clock go on."""
        self._restore_clock()

    def _stop_clock(self, seconds: int) -> None:
        if not self._clock_is_set:
            self._epoch, self._clock_is_set = os.environ.get("SOURCE_DATE_EPOCH"), True
        os.environ["SOURCE_DATE_EPOCH"] = str(seconds)

    def _restore_clock(self) -> None:
        if self._clock_is_set:
            self._clock_is_set = False
            os.environ.pop("SOURCE_DATE_EPOCH", None)
            if self._epoch is not None:
                os.environ["SOURCE_DATE_EPOCH"] = self._epoch


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _is_present(file: File) -> bool:
    return not edition_of(file.src_uri)[0] and not (file.page and file.page.meta.get("moved"))


def _preset(file: File, title: str | None, config: MkDocsConfig) -> None:
    BriefingPage(title, file, config)  # it registers itself with its file


def _make_small(folder: Path) -> None:
    """Style sheets without their comments and blanks."""
    from rcssmin import cssmin

    for path in sorted(folder.glob("*.css")):
        path.write_text(cssmin(path.read_text(encoding="utf-8")), encoding="utf-8")


class SiteFailed(Exception):
    """MkDocs could not build; the message says why."""


class _Told(logging.Handler):
    """Passes on MkDocs' warnings and errors as text, and the briefing's problems as they are."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self.tell = tell
        self.errors = 0
        self.warnings = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith(f"Plugin '{PLUGIN}' value"):
            return  # told by the briefing itself, with its place
        failed = record.levelno >= logging.ERROR
        self.errors += failed
        self.warnings += not failed
        text = record.getMessage()
        self.tell(text if record.name == log.name else f"mkdocs: {record.levelname.lower()}: {text}")


@dataclass(frozen=True)
class Site:
    """A site that was built."""

    report: Report
    folder: Path
    errors: int
    """Told by the generator and by MkDocs."""
    warnings: int


@contextmanager
def _telling(handler: logging.Handler) -> Iterator[None]:
    """MkDocs' log goes to `handler` alone."""
    logger = logging.getLogger("mkdocs")
    before = logger.propagate, logger.level
    logger.propagate = False
    logger.setLevel(handler.level)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate, logger.level = before


def _configured(root: Path, address: str | None = None) -> tuple[MkDocsConfig, BriefingPlugin]:
    """What MkDocs makes of `mkdocs.yml`; `SiteFailed` with what is wrong there, in the briefing's own words where it has them."""
    try:
        config = load_config(str(root / CONFIG), config_file_path=str(root / CONFIG), dev_addr=address)
        plugin = config.plugins.get(PLUGIN)
        if isinstance(plugin, BriefingPlugin):
            return config, plugin
        why = f"{CONFIG}: the plugin 'briefing' is not among the plugins; add it"
    except (Abort, MkDocsException) as error:
        why = error.format_message() if isinstance(error, MkDocsException) else "no site was built"
    raise SiteFailed("\n".join(map(str, read_settings(root)[1])) or why)


def build_site(root: Path, *, tell: Callable[[str], None], progress: Progress = iter, by: Engine | None = None) -> Site:
    """Build the briefing in `root` as `mkdocs build` does; problems and MkDocs' own warnings go to `tell`.

    Raises `SiteFailed` where there is no site in the end.
    """
    from mkdocs.commands.build import build

    told = _Told(tell)
    try:
        with _telling(told):
            config, plugin = _configured(root)
            plugin.progress, plugin.engine = progress, by
            build(config)
    except Abort as error:  # why was told
        raise SiteFailed("no site was built") from error
    except MkDocsException as error:
        raise SiteFailed(error.format_message()) from error
    except OSError as error:
        raise SiteFailed(refused(error, "facts and pages are whole, but the site is not")) from error
    except (ValueError, RecursionError) as error:
        if read_settings(root)[1] or isinstance(error, RecursionError):  # MkDocs could not take its own file
            raise SiteFailed(f"{CONFIG}: {error}") from error
        raise
    assert plugin.report
    return Site(plugin.report, Path(config.site_dir), told.errors, told.warnings)


def _free(host: str, port: int) -> None:
    """Look whether one can serve at an address, before all is built; raises `OSError` where not."""
    if not 0 < port < 1 << 16:
        raise SiteFailed(f"{CONFIG}: {port} is no port; one of 1 to {(1 << 16) - 1}, e.g. dev_addr: 127.0.0.1:8001")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        probe.bind((host, port))


def serve_site(root: Path, *, address: str | None = None, open_browser: bool = False, quiet: bool = False) -> None:
    """Serve the briefing in `root` as `mkdocs serve` does, until interrupted."""
    from mkdocs.commands.serve import serve

    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING if quiet else logging.INFO)
    where = address or "127.0.0.1:8000"
    try:
        with _telling(handler):
            config, _ = _configured(root, address)
            where = "{}:{}".format(*config.dev_addr)
            _free(*config.dev_addr)
            serve(str(root / CONFIG), dev_addr=address, open_in_browser=open_browser)
    except MkDocsException as error:
        raise SiteFailed(error.format_message()) from error
    except OSError as error:
        if error.errno not in UNSERVED:
            raise
        message = (
            f"cannot serve at {where}: {error.strerror or error}; name another place, e.g. --address 127.0.0.1:8001"
        )
        raise SiteFailed(message) from error
