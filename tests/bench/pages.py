"""Equal pages for builders of sites: about sixty lines of Markdown, ten links to others and a table, and what each builder needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from .drawing import Draw

SECTIONS = 10
LINKS = 10
WORDS = (
    "harbour bridge council winter market engine paper garden signal ferry ledger timber valley copper school lantern "
    "orchard railway station meadow kitchen festival quarry archive window postman barley shelter granite chimney"
).split()
VERBS = (
    "carries follows repairs measures visits paints counts crosses opens draws shelters teaches weighs moves".split()
)


def name(number: int) -> str:
    """The file of a page, without its ending."""
    return f"page-{number:05d}"


def _sentence(draw: Draw, words: int) -> str:
    told = ["The", draw.one(WORDS), draw.one(VERBS), "the", *(draw.one(WORDS) for _ in range(words))]
    return f"{' '.join(told)}."


def page(number: int, count: int, ending: str = "md", mark: str = "") -> str:
    """A page of `count`; its links end in `ending`, and `mark` stands in its first sentence."""
    draw = Draw(0, f"page {number}")
    title = f"{draw.one(WORDS)} {draw.one(WORDS)} {number}".capitalize()
    lines = ["---", f"title: {title}", "---", "", f"# {title}", "", f"{_sentence(draw, 14)}{mark}", ""]
    links = [draw.whole(0, count - 1) for _ in range(LINKS)]
    for at in range(LINKS):
        if at % 4 == 0:
            lines += [f"## {' '.join(draw.one(WORDS) for _ in range(3)).capitalize()}", ""]
        link = f" It *{draw.one(VERBS)}* [{draw.one(WORDS)} {draw.one(WORDS)}]({name(links[at])}.{ending}), and **{draw.one(WORDS)}** too."
        lines += [f"{_sentence(draw, 12)}{link}", ""]
        if at % 3 == 2:
            lines += [*(f"- {_sentence(draw, 6)}" for _ in range(3)), ""]
    lines += ["| thing | count | share |", "|---|---|---|"]
    lines += [
        f"| {draw.one(WORDS)} {draw.one(WORDS)} | {draw.whole(2, 999)} | {draw.whole(1, 99)} % |" for _ in range(8)
    ]
    return "\n".join([*lines, ""])


@dataclass(frozen=True)
class Builder:
    """A builder of sites: how its folder is made, and the command that builds it there."""

    name: str
    prepare: Callable[[Path, int], None]
    command: tuple[str, ...]
    """The first is the program, or `python` for this one."""
    pages: str
    """Where its pages stand."""
    ending: str
    site: str
    """Where it builds to."""
    kept: tuple[str, ...] = ()
    """What it keeps from build to build beside the site."""


def _write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(dedent(text).lstrip("\n"), encoding="utf-8")


def _write_pages(folder: Path, count: int, ending: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{name(number)}.md").write_text(page(number, count, ending), encoding="utf-8")


def touch(builder: Builder, folder: Path, count: int, turn: int) -> None:
    """Change the words of one page."""
    number = count // 2
    text = page(number, count, builder.ending, f" Changed {turn} times.")
    (folder / builder.pages / f"{name(number)}.md").write_text(text, encoding="utf-8")


def _briefing(folder: Path, count: int) -> None:
    settings = "site_name: Equal pages\nsite_url: https://pages.example/\ndocs_dir: site_src\nplugins:\n  - briefing:\n      title: Equal pages\n"
    _write(folder, {"mkdocs.yml": settings, "seeds/.gitkeep": ""})
    _write_pages(folder / "site_src" / "pages", count, "md")


def _sections(count: int, *, whole: bool) -> str:
    each = -(-count // SECTIONS)
    lines = ["nav:", "  - Home: index.md"]
    for section in range(SECTIONS):
        numbers = range(section * each, min(count, (section + 1) * each))
        lines += [f"  - Section {section + 1}:"] if numbers else []
        lines += [f"    - {name(number)}.md" for number in (numbers if whole else numbers[:1])]
    return "\n".join([*lines, ""])


def _material(folder: Path, count: int, *, whole: bool) -> None:
    head = "site_name: Equal pages\nsite_url: https://pages.example/\ntheme:\n  name: material\n  font: false\n"
    head += "markdown_extensions: [tables, attr_list]\nplugins: [search]\n"
    _write(folder, {"mkdocs.yml": head + _sections(count, whole=whole), "docs/index.md": "# Equal pages\n"})
    _write_pages(folder / "docs", count, "md")


def _hugo(folder: Path, count: int) -> None:
    each = -(-count // SECTIONS)
    menu = "".join(
        f"[[menu.main]]\nname = 'Section {at + 1}'\nurl = '/{name(at * each)}.html'\nweight = {at + 1}\n"
        for at in range(SECTIONS)
        if at * each < count
    )
    head = "baseURL = 'https://pages.example/'\ntitle = 'Equal pages'\nuglyURLs = true\ntheme = 'plain'\n"
    head += "disableKinds = ['taxonomy', 'term', 'RSS']\n"
    base = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{{ .Title }} - {{ .Site.Title }}</title>
        <meta name="description" content="{{ .Summary | plainify | truncate 150 }}">
        <link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="{{ "plain.css" | relURL }}"></head>
        <body>
        <header><a href="{{ "/" | relURL }}">{{ .Site.Title }}</a>
        <nav><ul>{{ $at := . }}{{ range .Site.Menus.main }}<li><a href="{{ .URL | relURL }}"{{ if $at.IsMenuCurrent "main" . }} aria-current="page"{{ end }}>{{ .Name }}</a></li>{{ end }}</ul></nav></header>
        <main>{{ block "main" . }}{{ end }}</main>
        <footer><p>{{ .Site.Title }}</p></footer>
        </body></html>
        """
    single = """
        {{ define "main" }}<article>{{ .Content }}</article>
        <nav aria-label="On this page">{{ .TableOfContents }}</nav>
        <p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>{{ end }}
        """
    home = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}"""
    layouts = "themes/plain/layouts/_default"
    files = {f"{layouts}/baseof.html": base, f"{layouts}/single.html": single, f"{layouts}/list.html": home}
    _write(folder, {**files, "config.toml": head + menu, "themes/plain/static/plain.css": "body{max-width:60rem}\n"})
    _write_pages(folder / "content", count, "html")


BUILDERS = {
    builder.name: builder
    for builder in (
        Builder("briefing", _briefing, ("python", "-m", "generator.cli", "build"), "site_src/pages", "md", "site", (".cache",)),
        Builder(
            "material, 10 in nav", lambda folder, count: _material(folder, count, whole=False),
            ("mkdocs", "build", "--quiet"), "docs", "md", "site",
        ),
        Builder(
            "material, all in nav", lambda folder, count: _material(folder, count, whole=True),
            ("mkdocs", "build", "--quiet"), "docs", "md", "site",
        ),
        Builder("zensical", lambda folder, count: _material(folder, count, whole=False), ("zensical", "build"), "docs", "md", "site", (".cache",)),
        Builder("hugo", _hugo, ("hugo", "--quiet"), "content", "html", "public", ("resources",)),
    )
}  # fmt: skip
"""What is compared, by the names in the table."""
