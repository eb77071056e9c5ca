"""`briefing add`: what becomes of files, addresses and feeds, and what is said of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from builder import BRIDGE, HARBOUR, make, tree
from click.testing import CliRunner, Result
from documents import docx, pdf
from misbehaving import Server, moved, ok, server

from generator.cli import main
from generator.intake.adding import add
from generator.intake.connecting import Bounds
from generator.intake.taking import Wanted
from generator.seeds import read_seeds

PARAGRAPHS = (
    "Mayor Jonas Reed opened the Linden Bridge in Port Ellery on Tuesday, after three years of works.",
    "The bridge carries 12,000 vehicles a day, and the city council said that it is likely to carry twice as many by 2035.",
    '*"We have waited long enough,"* said Mira Tolle & others [of the board], who asked for <more> money.',
)


def page(
    *paragraphs: str,
    title: str = "Council opens the Linden Bridge",
    day: str = "2031-04-17",
    site: str = "The Ellery Courier",
    link: str = "",
) -> bytes:
    """A page as newspapers have them."""
    head = [f"<title>{escape(title)}</title>"] + [f'<meta property="og:site_name" content="{site}">'] * bool(site)
    head += [f'<meta property="article:published_time" content="{day}T08:00:00+02:00">'] * bool(day)
    head += [f'<link rel="canonical" href="{link}">'] * bool(link)
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return f"<!doctype html><html lang=en><head>{''.join(head)}</head><body><nav><a href=/>Home</a></nav><article><h1>{escape(title)}</h1>{body}</article><footer>All rights reserved 1999</footer></body></html>".encode()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty briefing; files are named from the folder beside it."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    return make(tmp_path / "b", seeds={})


@pytest.fixture
def web() -> Iterator[Server]:
    with server() as made:
        yield made


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["add", "--root", str(root), "--allow-private", *args], catch_exceptions=False)


def file(name: str, raw: bytes | str) -> str:
    Path(name).write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return name


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "seeds").glob("*"))


BRIDGE_SEED = "2031-04-17-council-opens-linden-bridge.md"


def test_a_saved_page_becomes_a_seed_that_reads_as_the_page(root: Path) -> None:
    link = "https://courier.example/2031/linden-bridge"
    raw = page(link=f"{link}?utm_source=x#top")
    done = run(root, file("page.html", raw))
    assert done.exit_code == 0, done.output
    assert done.stdout == (
        f"seeds/{BRIDGE_SEED}  2031-04-17, The Ellery Courier, 58 words\n1 article added. Next: briefing build\n"
    )
    (seed,), problems = read_seeds(root / "seeds")
    assert problems == []
    assert tuple(seed.text.split("\n\n")) == PARAGRAPHS
    assert (seed.title, seed.date, seed.publisher, seed.url) == (
        "Council opens the Linden Bridge",
        "2031-04-17",
        "The Ellery Courier",
        link,
    )
    assert seed.original == "sha256:" + sha256(raw).hexdigest()
    assert "retrieved" not in (root / "seeds" / BRIDGE_SEED).read_text()


def test_a_page_on_the_web_is_dated_and_has_the_address_it_was_found_at(root: Path, web: Server) -> None:
    web.answers |= {"/old": moved("/2031/bridge?id=7&utm_medium=feed"), "/2031/bridge?id=7": ok(page(site=""))}
    (outcome,) = add(root, [f"{web.url}/old"], Wanted(bounds=Bounds(private=True)), "2031-04-20")
    assert outcome.seed
    assert outcome.seed.url == f"{web.url}/2031/bridge?id=7"
    assert outcome.seed.publisher == "127.0.0.1"
    assert "retrieved: 2031-04-20\n" in (root / outcome.name).read_text()


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("{}/2031/canonical", "{}/2031/canonical"),
        ("{}/", "{}/a"),
        ("https://elsewhere.example/x", "{}/a"),
        ("javascript:x", "{}/a"),
        ("/b", "{}/b|{}/a"),
    ],
)
def test_which_address_is_kept(root: Path, web: Server, link: str, kept: str) -> None:
    web.answers["/a"] = ok(page(link=link.format(web.url)))
    (outcome,) = add(root, [f"{web.url}/a"], Wanted(bounds=Bounds(private=True)), "2031-04-20")
    assert outcome.seed
    assert outcome.seed.url in [one.format(web.url) for one in kept.split("|")]


def test_text_and_markdown_are_copied_to_the_byte(root: Path) -> None:
    done = run(root, file("a.txt", HARBOUR.replace("\n", "\r\n")), file("b.md", BRIDGE))
    assert done.exit_code == 0, done.output
    assert names(root) == [BRIDGE_SEED, "2031-05-02-dredging-ellery-harbour-begin-june-harbour.txt"]
    assert (root / "seeds" / BRIDGE_SEED).read_text() == BRIDGE
    assert (root / "seeds" / names(root)[1]).read_bytes() == HARBOUR.replace("\n", "\r\n").encode()


def test_what_a_text_lacks_is_asked_for_and_may_be_said(root: Path) -> None:
    name = file("a.txt", "Works begin\n\nThe works *begin* in June, the harbour board said.\n")
    done = run(root, name)
    assert done.exit_code == 1
    assert (
        done.stderr
        == "a.txt: error: no date; say on which day it came out, e.g. briefing add a.txt --date 2031-05-02\n"
    )
    assert names(root) == []
    done = run(root, name, "--date", "2031-05-02", "--publisher", "Orb: Press")
    assert done.exit_code == 0, done.output
    (seed,), _ = read_seeds(root / "seeds")
    assert (seed.title, seed.date, seed.publisher) == ("Works begin", "2031-05-02", "Orb: Press")
    assert seed.text == "The works *begin* in June, the harbour board said."


def test_lines_that_are_wrapped_stay_one_paragraph(root: Path) -> None:
    text = "date 2031-05-02\nWorks begin\n\nThe works begin in\nJune, the harbour\n  board said.\n\nThey will take:\n- two years\n- 40 ships\n"
    assert run(root, file("a.txt", text), "--publisher", "Orb Press").exit_code == 0
    (seed,), _ = read_seeds(root / "seeds")
    assert seed.title == "Works begin"
    assert seed.text.split("\n\n") == [
        "The works begin in June, the harbour board said.",
        "They will take:",
        "- two years",
        "- 40 ships",
    ]


def test_a_title_is_that_of_one_article_and_a_date_is_a_date(root: Path) -> None:
    done = run(root, file("a.txt", HARBOUR), file("b.md", BRIDGE), "--title", "x")
    assert done.exit_code == 2
    assert "--title is that of one article" in done.stderr
    done = run(root, "a.txt", "--date", "2031-02-30")
    assert done.exit_code == 2
    assert "'2031-02-30' is not a date; YYYY-MM-DD" in done.stderr
    assert run(root, "b.md", "--title", "Bridge: open").exit_code == 0
    assert names(root) == ["2031-04-17-bridge-open.md"]


def test_documents_become_seeds(root: Path) -> None:
    word = file("a.docx", docx(*PARAGRAPHS, heading="Linden Bridge open"))
    printed = file("b.pdf", pdf(["The harbour board opened the second quay."], title="Second quay", made="20310508"))
    assert "a.docx: error: no date; say on which day" in run(root, word).stderr
    done = run(root, word, "--date", "2031-04-18")
    assert done.exit_code == 0, done.output
    done = run(root, printed)
    assert "its date is that of the file, 2031-05-08; --date says another" in done.stdout
    assert names(root) == ["2031-04-18-linden-bridge-open.md", "2031-05-08-second-quay.md"]


def test_what_is_there_already_is_told_and_not_added(root: Path) -> None:
    link = "https://courier.example/2031/linden-bridge"
    run(root, file("a.html", page(link=link)))
    before = tree(root / "seeds")
    same_text = file("b.html", page(link="", site="") + b"<!-- another day's advertisement -->")
    for name, why in (
        ("a.html", "the same original"),
        (f"{root}/seeds/{BRIDGE_SEED}", "the same original"),
        (same_text, "the same text"),
    ):
        done = run(root, name)
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith(
            f"{name}  is there already: seeds/{BRIDGE_SEED} has {why}\nno articles added, 1 there already."
        )
    assert tree(root / "seeds") == before


def test_what_is_said_of_an_article_that_is_there_is_not_dropped_silently(root: Path) -> None:
    printed = file("b.pdf", pdf(["The harbour board opened the second quay."], title="Second quay", made="20310508"))
    assert run(root, printed).exit_code == 0
    before = tree(root / "seeds")
    for option, said, told in (
        ("date", "2031-05-07", "the date 2031-05-08"),
        ("title", "Third quay", "the title Second quay"),
        ("publisher", "Orb Press", "no publisher"),
    ):
        done = run(root, printed, f"--{option}", said)
        assert done.exit_code == 1
        assert (
            f"seeds/2031-05-08-second-quay.md is this article, with {told}; correct that in the head of the file; "
            f"--{option} is for what is added, e.g. {option}: {said}\n"
        ) in done.stderr
    assert tree(root / "seeds") == before
    assert run(root, printed, "--date", "2031-05-08").exit_code == 0, "it is so already"
    path = root / "seeds/2031-05-08-second-quay.md"
    path.write_text(path.read_text().replace("date: 2031-05-08", "date: 2031-05-07"))
    assert run(root, printed, "--date", "2031-05-07").exit_code == 0, "it was corrected as told"


def test_a_page_whose_text_changed_is_a_question(root: Path) -> None:
    link = "https://courier.example/2031/linden-bridge"
    run(root, file("a.html", page(link=link)))
    done = run(
        root,
        file(
            "b.html",
            page(
                *PARAGRAPHS,
                "Correction: it was opened on Monday.",
                link="http://www.courier.example/2031/linden-bridge/",
            ),
        ),
    )
    assert done.exit_code == 1
    assert f"seeds/{BRIDGE_SEED} has this address, and another text; delete that file and add this again" in done.stderr
    assert names(root) == [BRIDGE_SEED]


def test_a_copy_by_another_outlet_is_added_and_told(root: Path) -> None:
    run(root, file("a.html", page()))
    done = run(
        root,
        file("b.html", page(site="Orb Press")),
        file("c.html", page(*PARAGRAPHS, "More follows.", site="The Vessin Post")),
    )
    assert done.exit_code == 0, done.output
    assert len(re.findall("  a copy of seeds/2031-04-17-.*: it will count as one origin\n", done.stdout)) == 2
    assert len(names(root)) == 3
    seeds, problems = read_seeds(root / "seeds")
    assert problems == []
    assert [seed.publisher for seed in seeds] == ["Orb Press", "The Vessin Post", "The Ellery Courier"]


def test_names_are_never_taken_twice(root: Path) -> None:
    bodies = [
        [
            f"{word} in Port Ellery said on Monday that {word.lower()} had been there, and that the bridge is open to {word}. "
            * 3
        ]
        for word in ("Anglers", "Bakers", "Coopers")
    ]
    for place, body in enumerate(bodies):
        assert run(root, file(f"{place}.html", page(*body))).exit_code == 0
    stem = BRIDGE_SEED.removesuffix(".md")
    assert names(root) == [f"{stem}-2.md", f"{stem}-3.md", f"{stem}.md"]


def test_the_same_article_twice_in_one_call_is_added_once(root: Path) -> None:
    for more in (["--dry-run"], []):
        done = run(root, file("a.html", page()), file("b.html", page()), *more)
        assert done.exit_code == 0
        assert re.search(r"1 article (would be )?added, 1 there already\.", done.stdout)
    assert names(root) == [BRIDGE_SEED]


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = tree(root)
    done = run(root, file("a.html", page()), "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.endswith("58 words\n1 article would be added.\n")
    assert tree(root) == before
    assert not (root / ".cache").exists()


def test_quiet_prints_problems_only(root: Path) -> None:
    done = run(root, file("a.html", page()), "nothing.html", "--quiet")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "nothing.html: error: cannot be read: No such file or directory; a file, or an address"
    )


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.html", page("Please enable JavaScript.", title="x"), "no article in the page"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "no format that is read here|not a text"),
        ("a.html", page(*PARAGRAPHS, day=""), "no date; say on which day it came out, e.g. briefing add a.html --date"),
        ("a.html", page(*PARAGRAPHS, day="2031-02-30"), r"2031-02-30 does not exist .*; say on which day it came out"),
        (
            "a.html",
            page(
                "Der Bürgermeister hat am Dienstag die Brücke über die Elle nach drei Jahren Bauzeit für den Verkehr freigegeben.",
                "Viele kamen, um sie zu sehen, und der Rat sagte, dass sie lange halten wird.",
            ),
            "does not read as English",
        ),
        ("a.html", "<div>" * 60_000, "no article in the page"),
        ("a.html", b"<html>" + b"x" * 5_000_001, "a page of more than 5 MB"),
        (
            "a.html",
            page("The café of " + "the harbour board " * 20).replace(b"\xc3\xa9", b"\xe9\xe9\x81"),
            "characters of the article cannot be read",
        ),
        ("a.txt", b"date 2031-05-02 The works \xff begin.", "1:27: error: byte 27 is 0xFF"),
        ("a.md", "---\ndate: soon\n---\nThe works begin.", "'soon' is not a date; say on which day"),
        ("a.zip", b"PK\x03\x04 zip", "no format that is read here; a web page"),
        ("a.json", b"{}", "no format that is read here; a web page"),
        (
            "a.xml",
            b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>",
            "a feed without entries",
        ),
    ],
)
def test_bad_files_are_told_and_the_others_go_on(root: Path, name: str, raw: bytes | str, told: str) -> None:
    done = run(root, file(name, raw), file("good.md", BRIDGE))
    assert re.search(told, done.stderr), done.stderr
    assert "Traceback" not in done.output
    assert names(root) == [BRIDGE_SEED]


def test_encodings_of_pages(root: Path, web: Server) -> None:
    quoted = "“We have waited long enough for the café,” said Mira Tolle, who chairs the board of the harbour of Port Ellery and five others, on Thursday."
    body = page(quoted, quoted.replace("café", "quay")).decode()
    declared = body.replace("<head>", '<head><meta charset="{}">')
    web.answers |= {
        "/right": ok(body.encode("cp1252"), "text/html; charset=windows-1252"),
        "/latin": ok(body.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        "/wrong": ok(declared.format("windows-1252").encode("cp1252"), "text/html; charset=utf-8"),
        "/unknown": ok(body.encode(), "text/html; charset=no-such"),
        "/bom": ok(b"\xef\xbb\xbf" + body.encode(), "text/html"),
        "/utf16": ok(body.encode("utf-16"), "text/html"),
    }
    for path in web.answers:
        (outcome,) = add(root, [web.url + path], Wanted(bounds=Bounds(private=True), dry=True), "2031-04-20")
        assert outcome.seed, (path, outcome)
        assert outcome.seed.text.startswith(quoted), path


def test_answers_that_are_no_article_are_told(root: Path, web: Server) -> None:
    web.answers |= {
        "/png": ok(b"\x89PNG\0", "image/png"),
        "/json": ok(b"{}", "application/json"),
        "/index": ok(b"<html><ul><li><a href=/1>One</a><li><a href=/2>Two</a></ul></html>"),
        "/empty": ok(b""),
    }
    done = run(root, *(web.url + path for path in (*web.answers, "/none")))
    assert done.exit_code == 1
    assert [line.split(" ", 1)[1] for line in done.stderr.splitlines() if line.startswith("http")] == [
        "error: 'image/png' is nothing that is read here; a web page (.html), .txt, .md, .docx, .pdf, or an RSS or Atom feed",
        "error: 'application/json' is nothing that is read here; a web page (.html), .txt, .md, .docx, .pdf, or an RSS or Atom feed",
        "error: no article in the page, only 2 words; open it in a browser, save what you read as a .txt that begins with its date, and add that",
        "error: no article in the page; open it in a browser, save what you read as a .txt that begins with its date, and add that",
        "error: HTTP 404 Not Found; see whether the address is whole",
    ]
    assert names(root) == []


@pytest.mark.parametrize(
    ("link", "advice"),
    [
        ("", "; the address of an article, or of a feed\n"),
        (
            '<link rel=alternate href="/feed?a=1&amp;b=2" type="application/rss+xml">',
            "; add its feed, or an article, e.g. briefing add '{}/feed?a=1&b=2'\n",
        ),
        (
            '<link rel=alternate type="application/atom+xml" href="javascript:x">',
            "; the address of an article, or of a feed\n",
        ),
        ('<link rel=stylesheet href="/a.css">', "; the address of an article, or of a feed\n"),
    ],
)
def test_a_front_page_leads_to_its_feed(root: Path, web: Server, link: str, advice: str) -> None:
    web.answers["/"] = ok(page(day="").replace(b"<head>", b"<head>" + link.encode()))
    done = run(root, web.url + "/")
    assert done.stderr == f"{web.url}/: error: a front page, and no article" + advice.format(web.url)


def test_without_leave_this_machine_is_not_asked(root: Path, web: Server) -> None:
    done = CliRunner().invoke(main, ["add", "--root", str(root), web.url])
    assert done.exit_code == 1
    assert "an address of this machine or a private net; --allow-private, if it is meant" in done.stderr
    assert web.requests == []


def test_documents_and_texts_come_over_the_net_too(root: Path, web: Server) -> None:
    web.answers |= {
        "/quay.pdf": ok(
            pdf(["The harbour board opened the second quay."], title="Second quay", made="20310508"), "application/pdf"
        ),
        "/a.txt": ok(HARBOUR.encode(), "text/plain"),
    }
    done = run(root, f"{web.url}/quay.pdf", f"{web.url}/a.txt")
    assert done.exit_code == 0, done.output
    seeds, _ = read_seeds(root / "seeds")
    assert [seed.url for seed in seeds] == [f"{web.url}/a.txt", f"{web.url}/quay.pdf"]
    assert all("retrieved: 20" in (root / "seeds" / name).read_text() for name in names(root))


def feed(web: Server, *items: str) -> bytes:
    made = "".join(items).replace("{}", web.url)
    return f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Orb Press</title>{made}</channel></rss>'.encode()


def item(path: str, title: str, day: int, content: str = "") -> str:
    link = f"<link>{{}}{path}</link>" if path else ""
    return f"<item><title>{title}</title>{link}<pubDate>{day:02} May 2031 12:00:00 GMT</pubDate><content:encoded><![CDATA[{content}]]></content:encoded></item>"


def body(what: str) -> list[str]:
    return [
        f"{what} in Port Ellery said on Monday that {what.lower()} number {n} had come to the quay with {n * 7} others, as it was told."
        for n in range(1, 8)
    ]


def test_a_feed_gives_its_articles_and_one_bad_entry_stops_nothing(root: Path, web: Server) -> None:
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in body("Drovers"))
    web.answers |= {
        "/1": ok(page(*body("Anglers"), title="Anglers come", day="2031-05-01", site="")),
        "/2": ok(page(*body("Bakers"), title="", day="", site="")),
        "/3": b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n",
        "/5": ok(b"\x89PNG", "image/png"),
        "/feed": ok(
            feed(
                web,
                item("/1", "Anglers come", 2),
                item("/2", "Bakers &amp; others come", 3),
                item("/3", "Coopers come", 4),
                item("/4", "Drovers come", 5, whole),
                item("/5", "Eelers come", 6),
                item("", "Fishers come", 7),
                "<item><title>Gone</title><link>file:///etc/passwd</link></item>",
            ),
            "application/rss+xml",
        ),
    }
    done = run(root, f"{web.url}/feed")
    assert done.exit_code == 1
    assert "3 articles added, 4 problems. Next: briefing build" in done.stdout
    assert names(root) == [
        "2031-05-01-anglers-come.md",
        "2031-05-03-bakers-others-come.md",
        "2031-05-05-drovers-come.md",
    ]
    seeds, problems = read_seeds(root / "seeds")
    assert problems == []
    assert [seed.publisher for seed in seeds] == ["Orb Press"] * 3
    assert "  taken from the feed itself\n" in done.stdout
    assert "/3: error: HTTP 500 Broken; the feed holds no words of it" in done.stderr
    assert "/5: error: 'image/png' is no web page; the feed holds no words of it" in done.stderr
    assert "(Fishers come): error: an entry without an address; the feed holds no words of it" in done.stderr
    web.requests.clear()
    done = run(root, f"{web.url}/feed", "--quiet")
    assert web.asked == ["/feed", "/5", "/3"], "what is there already is not fetched again"
    assert done.stdout == ""


def test_a_feed_file_and_its_limit(root: Path, web: Server) -> None:
    words = ["Anglers", "Bakers", "Coopers", "Drovers"]
    web.answers |= {
        f"/{n}": ok(page(*body(word), title=f"{word} come", day=f"2031-05-0{n}")) for n, word in enumerate(words, 1)
    }
    name = file("feed.xml", feed(web, *(item(f"/{n}", word, n) for n, word in enumerate(words, 1))))
    done = run(root, name, "--limit", "2")
    assert done.exit_code == 0, done.output
    assert "feed.xml: 2 of 4 entries were looked at, the newest; --limit 4 takes all\n" in done.stdout
    assert web.asked == ["/4", "/3"]
    done = run(root, name)
    assert "2 articles added, 2 there already. Next" in done.stdout


def test_a_page_that_shows_less_than_its_feed_gives_way(root: Path, web: Server) -> None:
    teaser = page(
        "The drovers of Port Ellery have come to the quay, as it was told on Monday by those who stood there and saw them, but to read on you must pay."
    )
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in body("Drovers"))
    web.answers["/1"] = ok(teaser)
    run(root, file("feed.xml", feed(web, item("/1", "Drovers come", 5, whole))))
    (seed,), _ = read_seeds(root / "seeds")
    assert tuple(seed.text.split("\n\n")) == tuple(body("Drovers"))


def test_a_file_that_came_meanwhile_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the start, when what is there is read, and the writing, another run added the same article."""
    from generator.intake import shelf

    reading = shelf.read_shelf

    def then_another(where: Path, known: shelf.Shelf | None = None) -> shelf.Shelf:
        found = reading(where, known)
        if known is None:
            (where / "seeds" / BRIDGE_SEED).write_text(BRIDGE)
        return found

    (root / "seeds").mkdir()
    monkeypatch.setattr(shelf, "read_shelf", then_another)
    done = run(root, file("a.md", BRIDGE))
    assert f"is there already: seeds/{BRIDGE_SEED} has the same original" in done.stdout
    assert names(root) == [BRIDGE_SEED]


def test_add_needs_a_briefing_and_something_to_add(root: Path) -> None:
    done = CliRunner().invoke(main, ["add", "x.html"])
    assert done.exit_code == 2
    assert "name the briefing with --root DIR" in done.stderr
    assert run(root).exit_code == 2
