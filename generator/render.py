"""Pages as Markdown text, from templates that a briefing may replace one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import edtf
from generator.addresses import html_path, placed
from generator.link import Briefing
from generator.linked_data import linked_data
from generator.literal import literal
from generator.pages import Page, pages, section
from generator.phrases import label, number, plural, sentence_case, size
from generator.telling import public
from generator.writer import Writer

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGED = Path(__file__).parent / "templates"
"""Where the wheel carries the templates; in the source tree they stand beside the package."""
BLANK_LINES = re.compile(r"\n{3,}")
UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a quoted scalar, or a browser in a title."""


def packaged_templates() -> Path:
    """The folder of the templates that come with the program."""
    beside = Path(__file__).parent.parent / "templates"
    return PACKAGED if PACKAGED.is_dir() else beside


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


def render(briefing: Briefing, templates: Sequence[Path] = ()) -> dict[str, str]:
    """All generated pages, of the present and of its editions: path below `site_src/` → Markdown. `templates` are looked up before the packaged ones."""
    briefing = public(briefing)
    folders = dict.fromkeys([*templates, packaged_templates()])
    jinja = environment(tuple(folder for folder in folders if folder.is_dir()))
    done: dict[str, str] = {}
    for one in (*briefing.editions, briefing):
        for page in pages(one):
            done.setdefault(placed(page.path, one.edition), _render(page, jinja, one))
    return done


def _render(page: Page, jinja: Environment, briefing: Briefing) -> str:
    template = jinja.get_template(f"pages/{page.template}")
    given = {"part": "", "pages_of": (), "head": "", **page.context}
    body = template.render(briefing=briefing, say=Writer(briefing, page.path), page=page, **given)
    head: dict[str, Any] = {
        "title": page.title,
        "description": page.description,
        "kind": page.kind,
        "section": placed(section(page.path), briefing.edition),
        "as_of": briefing.as_of,
        "as_of_words": edtf.human(briefing.as_of) if briefing.sources else "",
    }
    ld = None if briefing.edition else linked_data(page, briefing)  # programs are told of the present alone
    moved = html_path(placed(page.moved, briefing.edition), briefing.settings) if page.moved else ""
    further = {"edition": briefing.edition, "published": page.published, "ld": ld, "moved": moved}
    head |= {name: value for name, value in further.items() if value}
    return front_matter(head) + BLANK_LINES.sub("\n\n", body).strip("\n") + "\n"
