"""Feeds: what their entries say, in RSS, RDF and Atom, well-formed or not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.feed import Entry, own_article, read_feed

ENTRY = "<title>{title}</title><link>{link}</link><pubDate>{day}</pubDate><description>{text}</description>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Orb Press</title>{}</channel></rss>'
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Orb &amp; Press</title>
<entry><title type="html">Quay &lt;b&gt;opens&lt;/b&gt;</title><link href="/2031/quay?utm_source=feed"/>
<author><name>Ada Solvik</name></author><published>2031-05-02T00:30:00+09:00</published><updated>2031-05-09T00:00:00Z</updated>
<content type="html">&lt;p&gt;The quay opened.&lt;/p&gt;</content></entry></feed>"""
RDF = """<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://orb.example/"><title>Orb</title></channel>
<item rdf:about="https://orb.example/1"><title>Caf\xe9 opens</title><link>https://orb.example/1</link><dc:date>2031-05-02</dc:date></item></rdf:RDF>"""


def entries(raw: str | bytes, url: str | None = "https://orb.example/feed.xml") -> list[Entry]:
    found, problems = read_feed("feed.xml", raw.encode() if isinstance(raw, str) else raw, url)
    assert problems == []
    return found


def item(title: str = "Quay", link: str = "https://orb.example/1", day: str = "", text: str = "") -> str:
    return f"<item>{ENTRY.format(title=title, link=link, day=day, text=text)}</item>"


def test_rss_the_newest_first_and_those_without_a_day_last() -> None:
    days = ["", "Thu, 01 May 2031 09:00:00 +0200", "Fri, 02 May 2031 23:30:00 -0500", "2031-04-30", "no day"]
    found = entries(RSS.format("".join(item(title=f"No {place}", day=day) for place, day in enumerate(days))))
    assert [(entry.title, entry.day) for entry in found] == [
        ("No 2", "2031-05-02"),
        ("No 1", "2031-05-01"),
        ("No 3", "2031-04-30"),
        ("No 0", None),
        ("No 4", None),
    ]
    assert found[0].publisher == "Orb Press"


def test_atom_with_markup_in_its_titles_and_addresses_of_its_own() -> None:
    (entry,) = entries(ATOM)
    assert entry == Entry(
        title="Quay opens",
        url="https://orb.example/2031/quay",
        day="2031-05-02",
        author="Ada Solvik",
        publisher="Orb & Press",
        content="<p>The quay opened.</p>",
    )


def test_rdf_in_another_encoding() -> None:
    (entry,) = entries(RDF.encode("latin-1"))
    assert (entry.title, entry.url, entry.day) == ("Café opens", "https://orb.example/1", "2031-05-02")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "ftp://orb.example/1"])
def test_addresses_that_may_not_be_asked_are_none(link: str) -> None:
    assert entries(RSS.format(item(link=link)))[0].url in (None, "https://orb.example/feed.xml")


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    found = entries(RSS.format(item(title="Fish & chips") + item(title="Second") + "<item><title>cut"))
    assert [entry.title for entry in found][:2] == ["Fish & chips", "Second"]


@pytest.mark.parametrize(
    "raw", [b"", b"no feed", b"/etc/hostname", b"file:///etc/hostname", b"http://127.0.0.1:9/", b"{}"]
)
def test_what_is_no_feed_is_told_and_never_opened(raw: bytes) -> None:
    found, problems = read_feed("feed.xml", raw, None)
    assert found == []
    assert "not a feed that can be read; an RSS or Atom feed, e.g. https://" in problems[0].sentence


def test_entities_neither_unfold_nor_open_files() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 100}">' for n in range(9))
    outer = '<!ENTITY f SYSTEM "file:///etc/passwd">'
    started = time.process_time()
    raw = f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}{outer}]><rss version="2.0"><channel>{item(title="&a8;")}{item(title="&f;")}</channel></rss>'
    found, problems = read_feed("feed.xml", raw.encode(), None)
    assert time.process_time() - started < 5
    assert found or problems
    assert not any("root:" in (entry.title or "") or len(entry.title or "") > 1_000 for entry in found)


@given(st.text(max_size=300), st.sampled_from([RSS, "{}", ATOM.replace("{", "").replace("The quay opened.", "{}")]))
def test_no_text_raises(text: str, frame: str) -> None:
    found, problems = read_feed("feed.xml", frame.format(text).encode("utf-8", "replace"), None)
    assert found or problems or frame != ATOM


LONG = "".join(
    f"<p>The harbour board said on Thursday that quay number {n} would be open to ships from all towns.</p>"
    for n in range(9)
)


def entry(content: str, title: str = "Quay <opens>") -> Entry:
    return Entry(
        title=title, url="https://orb.example/1", day="2031-05-02", author=None, publisher="Orb Press", content=content
    )


def test_a_whole_article_in_a_feed_is_one() -> None:
    article, lacking = own_article(entry(LONG + "<script>alert(1)</script>"), "2031-05-03")
    assert article
    assert lacking == ""
    assert len(article.paragraphs) == 9
    assert (
        article.paragraphs[8]
        == "The harbour board said on Thursday that quay number 8 would be open to ships from all towns."
    )
    assert (article.title, article.date, article.retrieved) == ("Quay <opens>", "2031-05-02", "2031-05-03")


@pytest.mark.parametrize(
    ("content", "lacking"),
    [
        ("", "the feed holds no words of it"),
        ("<p>Short it is.</p>", "the feed holds only 3 words of it"),
        (LONG + "<p>The board said that […]</p>", "what the feed holds of it, 167 words, breaks off"),
        (LONG + "<p>Continue reading →</p>", "what the feed holds of it, 165 words, breaks off"),
        (LONG + "<p>It will…</p>", "what the feed holds of it, 164 words, breaks off"),
    ],
)
def test_a_summary_is_none(content: str, lacking: str) -> None:
    assert own_article(entry(content), None) == (None, lacking)
