"""A page to render: where it stands, what it is made of, and how; and indexes in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from generator.addresses import part_path
from generator.aggregate.paging import Part
from generator.store import digest, packed

T = TypeVar("T")

HEAD = 30
"""Entries that stand on an index itself where it has parts."""


@dataclass(frozen=True)
class Content:
    """What a page says of itself, and what its template is given."""

    title: str
    description: str
    context: Mapping[str, Any] = field(default_factory=dict)
    day: str = ""
    """The day that it speaks of, `YYYY-MM-DD`; empty where it speaks of none."""
    whole: bool = False
    """Whether it is about the briefing as a whole, so that its day is the briefing's."""
    published: str = ""
    """The day, month or year that the article it shows came out."""
    moved: str = ""
    """The page that stands in its place now."""


@dataclass(frozen=True)
class Page:
    """A page: `make` is called only when it has to be rendered."""

    path: str
    template: str
    needs: bytes
    """A digest of all that it is made of, but for what all pages are: the program, templates, settings, lexicons."""
    make: Callable[[], Content]

    @property
    def kind(self) -> str:
        """What kind of page it is, for the theme: the name of its template."""
        return self.template.partition(".")[0]

    @cached_property
    def content(self) -> Content:
        """What stands on it."""
        return self.make()

    @property
    def title(self) -> str:
        """Its title. Plain text."""
        return self.content.title

    @property
    def context(self) -> Mapping[str, Any]:
        """What its template is given."""
        return self.content.context


@dataclass(frozen=True)
class Index:
    """An index: one page, or, where it is long, one that leads to parts and shows some entries itself."""

    path: str
    template: str
    title: str
    text: str
    """Its description."""

    def pages(
        self,
        groups: Sequence[Part[T]],
        needs: Callable[[Sequence[T]], bytes],
        given: Callable[[Sequence[T]], Mapping[str, Any]],
        day: Callable[[Sequence[T]], str],
        head: tuple[str, Sequence[T]] = ("", ()),
        more: tuple[bytes, Callable[[], Mapping[str, Any]]] = (b"", dict),
    ) -> Iterator[Page]:
        """Its pages. Of some entries, `needs` tells what is shown, `given` what the template gets besides, `day` of which day they are.

        `head` is what stands on the index itself where it has parts, and what that is: `the newest`. `more` stands on the index alone,
        which also lists all parts; a part leads to the one before it and the one after it, so that none changes with another.
        """
        whole = groups[0].entries if len(groups) == 1 and not groups[0].slug else None
        links = [] if whole is not None else [(g.label, part_path(self.path, g.slug), len(g.entries)) for g in groups]
        shown = head[1][:HEAD] if whole is None else whole

        def index() -> Content:
            told = f"{head[0]} {len(shown)}" if whole is None and shown else ""
            own = {"entries": shown, "pages_of": links, "head": told}
            return Content(self.title, self.text, {**own, **given(shown), **more[1]()}, day(shown))

        yield Page(self.path, self.template, digest(needs(shown), more[0], packed(links)), index)
        for at, group in enumerate(groups if whole is None else ()):
            beside = [(label, path, None) for label, path, _ in links[max(0, at - 1) : at + 2]]
            beside.append(("All parts", self.path, None))

            def part(group: Part[T] = group, beside: Sequence[tuple[str, str, None]] = beside) -> Content:
                own = {"entries": group.entries, "pages_of": beside, "part": group.label}
                context = {**own, **given(group.entries)}
                return Content(f"{self.title}: {group.label}", self.text, context, day(group.entries))

            path = part_path(self.path, group.slug)
            yield Page(path, self.template, digest(needs(group.entries), packed(beside)), part)
