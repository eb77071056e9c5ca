"""Sites built and served as `mkdocs build` and `mkdocs serve` do it, with problems told in the briefing's own words."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.base import load_config
from mkdocs.exceptions import Abort, MkDocsException

from generator import standing
from generator.engines import Engine
from generator.looks import Looks
from generator.mkdocs_plugin import BriefingPlugin, log
from generator.naming import Progress
from generator.pipeline import TEMPLATES, Report
from generator.publish import refused
from generator.render import packaged_templates
from generator.settings import CONFIG, PLUGIN, read_settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

UNREAD = ("link-out", "too-large", "yaml")
"""What is wrong with a `mkdocs.yml` that MkDocs had better not be given."""
UNSERVED = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


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
    looks: Looks
    """How the briefing's files looked when the build began."""
    is_closed: bool
    """Whether it is made by the program alone, of nothing but the folders that every briefing has."""


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
        if wrong := [found for found in read_settings(root)[1] if found.check in UNREAD]:
            raise SiteFailed("\n".join(map(str, wrong)))
        config = load_config(str(root / CONFIG), config_file_path=str(root / CONFIG), dev_addr=address)
        plugin = config.plugins.get(PLUGIN)
        if isinstance(plugin, BriefingPlugin):
            return config, plugin
        why = f"{CONFIG}: the plugin 'briefing' is not among the plugins; add it"
    except (Abort, MkDocsException) as error:
        why = error.format_message() if isinstance(error, MkDocsException) else "no site was built"
    raise SiteFailed("\n".join(map(str, read_settings(root)[1])) or why)


def build_site(
    root: Path,
    *,
    tell: Callable[[str], None],
    progress: Progress = iter,
    by: Engine | None = None,
    jobs: int | None = None,
    looks: Looks | None = None,
) -> Site:
    """Build the briefing in `root` as `mkdocs build` does; problems and MkDocs' own warnings go to `tell`. `by` reads articles.
    Where many pages are to be rendered, `jobs` processes do it, one for each core unless given. `looks` are how all looks, where
    somebody has looked.

    Raises `SiteFailed` where there is no site in the end.
    """
    from mkdocs.commands.build import build

    told = _Told(tell)
    try:
        with _telling(told):
            config, plugin = _configured(root)
            config.plugins.on_startup(command="build", dirty=False)
            plugin.progress, plugin.engine, plugin.jobs, plugin.looks = progress, by, jobs, looks
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
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
    seen = plugin.report.briefing.store.looks
    assert seen
    closed = _is_closed(root, config, plugin)
    return Site(plugin.report, Path(config.site_dir), told.errors, told.warnings, seen, closed)


def _is_closed(root: Path, config: MkDocsConfig, plugin: BriefingPlugin) -> bool:
    """Whether no other plugin, hook, or theme, and no map from elsewhere has a part in a site."""
    own = {(root / TEMPLATES / "theme").resolve(), (packaged_templates() / "theme").resolve()}
    themes = {Path(folder).resolve() for folder in config.theme.dirs[:-1]}  # the last one is MkDocs' own
    outline = plugin.report.briefing.settings.map_outline if plugin.report else ""
    others = plugin.others or config.hooks or set(config.plugins) != {PLUGIN} or themes - own
    return not others and (not outline or outline.partition("/")[0] in standing.READ)


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
