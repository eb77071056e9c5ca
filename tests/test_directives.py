"""Directives: whatever stands in their attributes, the page stays well-formed and inert."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from generator.directives import DIRECTIVES, Link, directive_of

VOID = {"rect", "path", "circle"}


class Balanced(HTMLParser):
    """Fails where an element closes that is not the innermost open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"mark", "time", "span", "s", "svg", "title", "desc", "text"}, tag
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


VALUE = st.sampled_from(
    [
        "",
        "a",
        "a b",
        "b a",
        "a b c",
        "c",
        '"><script>',
        "2031-05",
        "2031-05-02",
        "../2031-12-31",
        "2031-05-02/..",
        "nan",
        "-1",
        "1e9",
        "12",
        "10 01",
        "12 30",
        "M1 2l3 4-5 6z",
        "1 2 end",
    ]
)
ATTRS = st.dictionaries(
    st.sampled_from(
        [
            "id",
            "title",
            "data-in",
            "data-at",
            "data-key",
            "data-chain",
            "data-cells",
            "datetime",
            "data-value",
            "data-high",
            "data-target",
            "data-due",
            "data-when",
            "data-from",
            "data-to",
            "data-as-of",
            "data-ends",
            "data-path",
            "data-height",
            "data-scale",
            "data-label",
        ]
    ),
    VALUE,
)


@given(name=st.sampled_from(sorted(DIRECTIVES)), attrs=st.lists(ATTRS, min_size=1, max_size=5))
def test_any_attributes(name: str, attrs: list[dict[str, str]]) -> None:
    links = [Link("#", "x", "x", {"class": name, **a}) for a in attrs]
    page = Balanced()
    page.feed(DIRECTIVES[name](links))
    page.close()
    assert not page.open
    if name in ("words", "history", "map"):
        assert len(page.ids) == len(set(page.ids))


def test_the_first_class_names_the_directive() -> None:
    assert directive_of(Link("#", "", "", {"class": "tag planned"})) == "tag"
    assert directive_of(Link("#", "", "", {"class": "cite tag"})) is None
    assert directive_of(Link("#", "", "")) is None
