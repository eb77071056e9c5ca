"""Whether anything but this program has a hand in the pages: then nobody but MkDocs knows what a page is made of, and all are rendered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

HARMLESS = ("startup", "shutdown", "serve", "config", "build_error")
"""Events at which a plugin or hook may act without having a hand in a page: what it does to settings is seen in these."""
SUFFIXES = (".html", ".htm", ".xml", ".j2", ".jinja2")
FREE = ("page", "config", "meta", "loop")
"""What a template may ask anything of but `OTHERS`: the page itself, the settings, what it calls a page's front matter, and Jinja's own."""
SHOWN = ("title", "url", "file", "src_uri", "is_page", "is_link", "is_section", "children")
"""What it may ask of the entries of the navigation, which are other pages."""
OTHERS = ("pages", "build_date_utc", "update_date", "previous_page", "next_page", "parent", "ancestors", "homepage")
"""What it may ask for nowhere, if a page is to depend on its own source, the settings and the navigation alone."""
INDIRECT = ("attr", "map", "selectattr", "rejectattr", "groupby", "sort", "unique", "sum", "max", "min")
"""Filters that ask by a name which they are given."""


def foreign(config: MkDocsConfig, plugin: BasePlugin[Any], ours: tuple[Path, ...]) -> str:
    """Who else may change a page, in words, or nothing; `ours` are the theme's folders that come with the program."""
    for event, methods in config.plugins.events.items():
        if event in HARMLESS:
            continue
        for method in methods:
            if getattr(method, "__self__", None) is not plugin:
                name = config.plugins._event_origins.get(method, "")
                return f"the plugin '{name}'" if name and not name.endswith(".py") else f"a hook of '{event}'"
    if config.exclude_docs and any(pattern.include is False for pattern in config.exclude_docs.patterns):
        return "exclude_docs, which lets hidden files in,"
    if config.extra_templates:
        return "extra_templates"
    if config.theme.name is not None:
        return f"the theme '{config.theme.name}'"
    for folder in map(Path, config.theme.dirs[:-1]):  # the last one is MkDocs' own
        if folder not in ours:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix in SUFFIXES and not _is_plain(path):
                    return f"the template {path.name}"
    return ""


def _is_plain(path: Path) -> bool:
    """Whether a template asks of MkDocs only what belongs to the page itself and to the navigation."""
    try:
        tree = Environment().parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, TemplateSyntaxError):
        return False
    names = {node.name for node in tree.find_all(nodes.Name)}
    bound = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"} - {"meta"}
    filters = {node.name for node in tree.find_all(nodes.Filter)}
    if names & {*OTHERS, "self", "caller"} or bound & set(FREE) or filters & set(INDIRECT):
        return False
    asked = [(node.node, node.attr) for node in tree.find_all(nodes.Getattr)]
    for node in tree.find_all(nodes.Getitem):
        if isinstance(node.arg, nodes.Const):
            asked.append((node.node, str(node.arg.value)))
        elif not isinstance(node.node, nodes.Dict | nodes.List):
            return False
    return all(_is_own(base, name) for base, name in asked)


def _is_own(base: nodes.Node, name: str) -> bool:
    if name in OTHERS:
        return False
    while isinstance(base, nodes.Getattr):  # page.meta.section.name
        base = base.node
    return name in SHOWN or (isinstance(base, nodes.Name) and base.name in FREE)
