"""Pages as Markdown text, from templates that a briefing may replace one by one."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import edtf
from generator.addresses import html_path, placed
from generator.aggregate.shown import shown
from generator.compiled import Compiled
from generator.folders import TEMPLATES
from generator.link import Briefing
from generator.linked_data import linked_data
from generator.literal import literal
from generator.looks import Looks
from generator.page import Content, Page
from generator.pages import pages, section
from generator.phrases import label, number, plural, sentence_case, size
from generator.publish import marked
from generator.source_pages import page_anew
from generator.spool import Place, Spool
from generator.store import digest, packed
from generator.telling import public
from generator.writer import Writer

if TYPE_CHECKING:
    from jinja2 import Environment

STAGE = "pages"
PACKAGED = Path(__file__).parent / "templates"
"""Where the wheel carries the templates; in the source tree they stand beside the package."""
BLANK_LINES = re.compile(r"\n{3,}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML does not allow in a quoted scalar, or a browser in a title."""


def packaged_templates() -> Path:
    """The folder of the templates that come with the program."""
    beside = Path(__file__).parent.parent / "templates"
    return PACKAGED if PACKAGED.is_dir() else beside


def own_templates(root: Path) -> list[Path]:
    """The folder of a briefing's own templates; none where there is none, or a link in it leads out of the briefing's folder, which is told."""
    folder = root / TEMPLATES
    return [folder] if folder.is_dir() and not any(Looks(root).out(TEMPLATES)) else []


@lru_cache(maxsize=4)  # compiling the templates takes longer than rendering a small briefing
def environment(folders: tuple[Path, ...]) -> Environment:
    """Jinja2 over the given folders, first one first. A template that changes on disk is read again.

    `words` is the one filter that lets text of seeds and facts into a page. An unknown name is an error.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context

    @pass_context
    def labelled(context: Mapping[str, Any], value: str, table: str) -> str:
        return literal(label(table, value, context["briefing"].lexicons))

    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the output is Markdown, where `words` escapes
    )
    made.filters["words"] = literal
    made.filters["number"] = number
    made.filters["size"] = lambda count: literal(size(count))
    made.filters["label"] = labelled
    made.filters["sentence_case"] = sentence_case
    made.globals["plural"] = plural
    made.globals["human"] = edtf.human
    return made


def front_matter(values: Mapping[str, Any]) -> str:
    """YAML front matter, each value as JSON in one line: texts are quoted, whatever stands in them."""
    lines = (f"{key}: {json.dumps(_printable(value), ensure_ascii=False)}" for key, value in values.items())
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _printable(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _printable(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_printable(entry) for entry in value]
    return " ".join(UNPRINTABLE.sub(" ", value).split()) if isinstance(value, str) else value


class Texts(Mapping[str, str]):
    """Texts by name, out of the way until they are asked for: none is written before all are made."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._places: dict[str, Place] = {}

    def __setitem__(self, name: str, text: str) -> None:
        self._places[name] = self._spool.put(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))

    def __getitem__(self, name: str) -> str:
        raw: bytes = self._spool.get(self._places[name])
        return zlib.decompress(raw).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places


@dataclass(frozen=True)
class Rendered:
    """The pages of a briefing and its editions, by path below `site_src/`."""

    texts: Mapping[str, str]
    """Those that were made, as Markdown."""
    kept: frozenset[str]
    """Those that stand on disk as they are to be, and were not made."""


def render(briefing: Briefing, templates: Sequence[Path] = ()) -> dict[str, str]:
    """All generated pages, of the present and of its editions: path below `site_src/` → Markdown. `templates` are looked up before the packaged ones."""
    return dict(rendered(briefing, templates).texts)


def rendered(briefing: Briefing, templates: Sequence[Path] = (), there: Mapping[str, bytes] | None = None) -> Rendered:
    """The pages, but for those whose inputs are as they were and whose files, by the digests of `there`, are as they were written.

    A template of the briefing's own may show anything, so with one each page is made anew whenever anything has changed.
    """
    briefing, there = public(briefing), there or {}
    jinja = _jinja(briefing, templates)
    stage = briefing.store.stage(STAGE)
    known = {slot: (key, value) for slot, key, value in stage.values()} if there else {}
    texts = Texts()
    kept: set[str] = set()
    made: list[tuple[str, bytes, bytes]] = []
    for one in (*briefing.editions, briefing):
        common = _common(one, templates)
        for page in pages(one):
            path = placed(page.path, one.edition)
            if path in texts or path in kept:
                continue
            key = digest(common, page.path, page.template, page.needs)
            if path in there and known.get(path) == (key, packed(there[path])):
                kept.add(path)
                continue
            texts[path] = text = _render(page, jinja, one)
            made.append((path, key, packed(digest(marked(path, text).encode()))))
    stage.put(made)
    stage.drop(known.keys() - kept - texts.keys())
    return Rendered(texts, frozenset(kept))


def of_sources(briefing: Briefing, sources: Iterable[str]) -> dict[str, str]:
    """The pages of some sources as they will be, before any other page is made: path below `site_src/` → Markdown."""
    told = public(briefing)
    jinja = _jinja(told, ())
    pages = (page_anew(told.sources[id_], told) for id_ in sources)
    return {page.path: _render(page, jinja, told) for page in pages}


def _jinja(briefing: Briefing, templates: Sequence[Path]) -> Environment:
    folders = dict.fromkeys([*templates, packaged_templates()])
    made = environment(tuple(folder for folder in folders if folder.is_dir()))
    made.bytecode_cache = Compiled(briefing.store)
    return made


def _common(briefing: Briefing, templates: Sequence[Path]) -> bytes:
    """A digest of what all pages are made of; the program's own files are told by the store."""
    settings = replace(briefing.settings, marks={})
    titles = [(topic.id, topic.title) for topic in briefing.topics]
    own = sorted(path for folder in templates if folder.is_dir() for path in folder.rglob("*") if path.is_file())
    read = [(path.as_posix(), path.read_bytes()) for path in own]
    anything = shown(briefing).everything if own else b""
    return digest(
        packed((settings, titles, briefing.outline, briefing.edition, read)), briefing.lexicons.digest, anything
    )


def _render(page: Page, jinja: Environment, briefing: Briefing) -> str:
    template, content = jinja.get_template(f"pages/{page.template}"), page.content
    given = {"part": "", "pages_of": (), "head": "", "day": content.day, **content.context}
    body = template.render(briefing=briefing, say=Writer(briefing, page.path, content.day), page=page, **given)
    ld = None if briefing.edition else linked_data(page, briefing)  # programs are told of the present alone
    moved = html_path(placed(content.moved, briefing.edition), briefing.settings) if content.moved else ""
    head: dict[str, Any] = {
        "title": content.title,
        "description": content.description,
        "kind": page.kind,
        "section": placed(section(page.path), briefing.edition),
        **_days(content, briefing),
    }
    further = {"edition": briefing.edition, "published": content.published, "ld": ld, "moved": moved}
    head |= {name: value for name, value in further.items() if value}
    return front_matter(head) + BLANK_LINES.sub("\n\n", body).strip("\n") + "\n"


def _days(content: Content, briefing: Briefing) -> dict[str, str]:
    """The day that a page speaks of: `as_of` where it is the briefing's, or its edition's, whatever stands on it; else `newest`."""
    day = briefing.as_of if briefing.edition else content.day
    if not day or not briefing.sources:
        return {}
    name = "as_of" if content.whole or briefing.edition else "newest"
    return {name: day, f"{name}_words": edtf.human(day)}
