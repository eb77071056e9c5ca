"""Pages of a served site that are shown before it is built again, in the frame of the last build.

Whoever corrects a fact looks at the page of its source. That is made as it will stand as soon as all is linked, and put in its place; all else follows
with the build. A page with a link of which something is to be told waits for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.utils import meta

from generator import publish
from generator.site.links import Places, rendered
from generator.site.page import BriefingPage, toc_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


@dataclass(frozen=True)
class Frame:
    """What a build put its pages into."""

    site: Path
    """The folder that is served."""
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    places: Places

    def show(self, texts: Mapping[str, str]) -> list[str]:
        """Put pages, by path below the pages' folder, into the site; gives those that it showed: they were there before, and nothing is to be told of them."""
        return [path for path, text in texts.items() if path in self.places.urls and self._show(path, text)]

    def _show(self, path: str, text: str) -> bool:
        markdown, head = meta.get_data(text)
        made = rendered(markdown, path, self.places)
        if made is None:
            return False
        config = self.config
        page = BriefingPage(None, File(path, config.docs_dir, str(self.site), config.use_directory_urls), config)
        page.markdown, page.meta, page.content, page.toc = markdown, dict(head), made[0].content, toc_of(made[0].toc)
        context = get_context(self.nav, self.files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        html = self.env.get_template("main.html").render(context)
        # The file may be one with that of the built site, which a build puts others in the place of, and never writes to.
        return publish.replace(self.site / page.file.dest_uri, html.encode("utf-8", "xmlcharrefreplace"))
