"""The net is asked within bounds, and a server that misbehaves is told and nothing else."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Server, moved, ok, server

from generator.intake.address import clean, is_public, same
from generator.intake.connecting import Bounds
from generator.intake.fetch import Fetched, fetch

OWN = Bounds(size=1_000_000, seconds=5, private=True)
START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def web() -> Iterator[Server]:
    with server() as made:
        yield made


def refused(url: str, bounds: Bounds = OWN) -> str:
    """What is said of an address that gives nothing."""
    got, problems = fetch(url, bounds)
    assert got is None
    (told,) = problems
    assert told.path == url
    assert told.valid, f"nobody is told what to do: {told}"
    return told.message


def fetched(url: str, bounds: Bounds = OWN) -> Fetched:
    got, problems = fetch(url, bounds)
    assert problems == []
    assert got is not None
    return got


def test_what_stands_there_comes_with_its_type_and_its_encoding(web: Server) -> None:
    web.answers["/a?b=c"] = ok(b"<html>x", "Text/HTML; Charset=windows-1252")
    got = fetched(f"{web.url}/a?b=c&utm_source=feed#part")
    assert got == Fetched(url=f"{web.url}/a?b=c", raw=b"<html>x", media="text/html", charset="windows-1252")


def test_the_request_says_who_asks_and_carries_no_cookie_and_no_password(web: Server) -> None:
    web.answers["/1"] = b"HTTP/1.1 302 x\r\nSet-Cookie: a=b\r\nLocation: /2\r\nContent-Length: 0\r\n\r\n"
    web.answers["/2"] = ok(b"x")
    host = web.url.removeprefix("http://")
    fetched(f"http://ada:secret@{host}/1")
    assert web.asked == ["/1", "/2"]
    for request in web.requests:
        assert re.search(r"^User-Agent: briefing/\d", request, re.MULTILINE)
        assert f"Host: {host}\r\n" in request
        assert not re.search("cookie|authorization|secret", request, re.IGNORECASE)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "gopher://x/",
        "http://",
        "http://[::1",
        "http:///a",
        "https://a b/",
    ],
)
def test_other_schemes_and_no_addresses_are_refused(url: str) -> None:
    assert re.search(r"leads to '\w+:'|is no address", refused(url))


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:alert(1)", "data:text/html,x"]
)
def test_a_redirect_to_another_scheme_is_not_followed(web: Server, where: str) -> None:
    web.answers["/"] = moved(where)
    assert refused(f"{web.url}/") == f"leads to '{where.split(':', 1)[0]}:'"


def test_redirects_are_counted(web: Server) -> None:
    web.answers |= {f"/{step}": moved(f"/{step + 1}", [301, 302, 303, 307, 308][step % 5]) for step in range(6)}
    web.answers |= {"/6": ok(b"x"), "/round": moved("/round")}
    assert fetched(f"{web.url}/1").url == f"{web.url}/6"
    assert refused(f"{web.url}/0") == "more than 5 redirects"
    web.requests.clear()
    assert refused(f"{web.url}/round") == "more than 5 redirects"
    assert len(web.requests) == 6


def test_a_redirect_without_a_place_is_told(web: Server) -> None:
    web.answers["/"] = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"
    assert refused(f"{web.url}/") == "HTTP 302 without a place to go on to"


def test_an_address_in_utf8_is_followed(web: Server) -> None:
    web.answers |= {"/": moved("/caf\u00e9"), "/caf%C3%A9": ok(b"x")}
    assert fetched(f"{web.url}/").raw == b"x"


@pytest.mark.parametrize("status", [404, 410, 401, 403, 429, 500, 503, 204, 304])
def test_other_answers_are_told_by_their_number(web: Server, status: int) -> None:
    web.answers["/"] = f"HTTP/1.1 {status} Why\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    assert refused(f"{web.url}/") == f"HTTP {status} Why"


def test_a_body_without_end_is_cut_off(web: Server) -> None:
    web.answers["/length"] = START + b"Content-Length: 99999999999\r\n\r\n"
    web.answers["/close"] = web.flood(START + b"\r\n", b"x" * 65_536)
    web.answers["/chunked"] = web.flood(
        START + b"Transfer-Encoding: chunked\r\n\r\n", b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    )
    for path in web.answers:
        assert refused(web.url + path) == "more than 1 MB"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_compressed_bomb_is_cut_off_while_it_unfolds(web: Server, coding: str) -> None:
    bomb = b"\0" * 60_000_000
    body = gzip.compress(bomb, 9) if coding == "gzip" else zlib.compress(bomb, 9)
    web.answers["/"] = ok(body, more=f"Content-Encoding: {coding}\r\n")
    assert refused(f"{web.url}/") == "more than 1 MB"


def test_compression_is_undone_and_what_is_broken_or_unasked_is_told(web: Server) -> None:
    web.answers["/good"] = ok(gzip.compress(b"The works begin."), more="Content-Encoding: gzip\r\n")
    web.answers["/broken"] = ok(b"no gzip at all", more="Content-Encoding: gzip\r\n")
    web.answers["/twice"] = ok(gzip.compress(gzip.compress(b"x")), more="Content-Encoding: gzip, gzip\r\n")
    web.answers["/br"] = ok(b"\x0b\x02", more="Content-Encoding: br\r\n")
    assert fetched(f"{web.url}/good").raw == b"The works begin."
    assert refused(f"{web.url}/broken") == "its compression is broken"
    assert refused(f"{web.url}/twice") == "compressed as 'gzip, gzip', which was not asked for"
    assert refused(f"{web.url}/br") == "compressed as 'br', which was not asked for"


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (START + b"\r\n", b"x"),
        (START + b"Content-Length: 5000\r\n\r\n", b"x"),
        (START + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
def test_a_server_that_drips_ends_in_time(web: Server, start: bytes, drop: bytes) -> None:
    web.answers["/"] = web.drip(start, drop)
    began = time.monotonic()
    assert refused(f"{web.url}/", Bounds(seconds=0.6, private=True)) == "not whole within 0.6 seconds"
    assert time.monotonic() - began < 3


def test_a_server_that_says_nothing_ends_in_time(web: Server) -> None:
    web.answers["/"] = lambda _: web.closing.wait(9) and None
    assert refused(f"{web.url}/", Bounds(seconds=0.5, private=True)) in (
        "not whole within 0.5 seconds",
        "no answer in time",
    )


def test_time_counts_over_redirects(web: Server) -> None:
    def slowly(client: socket.socket) -> None:
        web.closing.wait(0.3)
        client.sendall(moved("/"))

    web.answers["/"] = slowly
    assert refused(f"{web.url}/", Bounds(seconds=0.8, private=True)) == "not whole within 0.8 seconds"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"", "the answer is broken"),
        (b"\x00\x01\x02 binary \xff", "the answer is broken"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort",
            "ended before it was whole",
        ),
        (START + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", "ended before it was whole|the answer is broken"),
        (START + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab", "the answer is broken"),
        (b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 200_000 + b"\r\n\r\n", "the answer is broken"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 500 + b"\r\n", "the answer is broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", ""),
        (b"HTTP/1.1 302 x\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", ""),
        (b"HTTP/1.1 302 x\r\nLocation: http://127.0.0.1:99999/\r\nContent-Length: 0\r\n\r\n", ""),
        (b"HTTP/1.1 302 x\r\nLocation: http://" + b"a" * 300 + b"/\r\nContent-Length: 0\r\n\r\n", ""),
    ],
)
def test_broken_answers_are_told(web: Server, answer: bytes, message: str) -> None:
    web.answers["/"] = answer
    got, problems = fetch(f"{web.url}/", OWN)
    if message:
        assert got is None
        assert re.match(message, problems[0].message), problems[0].message
    else:
        assert got or problems


def test_no_word_of_a_server_steers_the_terminal(web: Server) -> None:
    escape = b"\x1b]0;x\x07\x1b[2J"
    web.answers["/reason"] = b"HTTP/1.1 500 " + escape + b"\r\nContent-Length: 0\r\n\r\n"
    web.answers["/coding"] = b"HTTP/1.1 200 OK\r\nContent-Encoding: " + escape + b"\r\nContent-Length: 0\r\n\r\n"
    web.answers["/place"] = b"HTTP/1.1 302 x\r\nLocation: x" + escape + b":\r\nContent-Length: 0\r\n\r\n"
    web.answers["/broken"] = escape + b"\r\n\r\n"
    for path in web.answers:
        assert refused(web.url + path).isprintable()
    web.answers["/media"] = b"HTTP/1.1 200 OK\r\nContent-Type: a/" + escape + b"\r\nContent-Length: 0\r\n\r\n"
    assert fetched(f"{web.url}/media").media.isprintable()


def test_a_proxy_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for proxy in ("http://127.0.0.1:1", "gopher://127.0.0.1:1"):
        monkeypatch.setenv("all_proxy", proxy)
        assert refused("http://8.8.8.8/").startswith("the proxy that the environment names")


def test_nobody_listens() -> None:
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    assert refused(f"http://127.0.0.1:{port}/") == "cannot be reached"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of `localhost` and its key, vouched for by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    run = ["openssl", "req", "-x509", *key, *name, "-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    subprocess.run(run, check=True, capture_output=True)
    return path


def test_a_certificate_must_be_vouched_for_and_name_the_host(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    with server({"/": ok(b"x")}, context) as web:
        port = web.url.rpartition(":")[2]
        assert refused(f"https://localhost:{port}/").startswith("its certificate cannot be trusted: self")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetched(f"https://localhost:{port}/").raw == b"x"
        assert "its certificate cannot be trusted: IP address mismatch" in refused(f"https://127.0.0.1:{port}/")
    with server({"/": ok(b"x")}) as web:
        port = web.url.rpartition(":")[2]
        assert refused(f"https://localhost:{port}/", Bounds(seconds=1, private=True)) in (
            "no secure connection comes about",
            "not whole within 1 seconds",
        )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"]
)
def test_this_machine_is_not_asked_unless_that_is_allowed(web: Server, host: str) -> None:
    port = web.url.rpartition(":")[2]
    assert "an address of this machine or a private net" in refused(f"http://{host}:{port}/", Bounds(seconds=5))
    assert web.requests == []


def test_each_redirect_is_checked_anew(web: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public host that leads on to a private one; here, both are this machine, by two names."""
    answers = {"news.example": "127.0.0.1", "inside.example": "127.0.0.1"}
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: resolve(answers.get(host, host), *a, **k))
    monkeypatch.setattr("generator.intake.connecting.is_public", lambda _: len(web.requests) == 0)
    port = web.url.rpartition(":")[2]
    web.answers["/"] = moved(f"http://inside.example:{port}/secret")
    assert "'inside.example' is 127.0.0.1" in refused(f"http://news.example:{port}/", Bounds(seconds=5))
    assert web.asked == ["/"]


def test_a_name_is_resolved_once_and_its_checked_address_is_asked(web: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that has another address the second time (DNS rebinding) gains nothing by it."""
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def rebinding(host: Any, *args: Any, **more: Any) -> Any:
        asked.append(str(host))
        names = asked.count("news.example")
        return resolve("127.0.0.1" if host == "news.example" and names == 1 else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = web.url.rpartition(":")[2]
    web.answers["/"] = ok(b"x")
    assert fetched(f"http://news.example:{port}/").raw == b"x"
    assert asked.count("news.example") == 1
    assert f"Host: news.example:{port}\r\n" in web.requests[0]


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert "'news.example' is 10.0.0.1" in refused("http://news.example/", Bounds(seconds=5))


def test_a_proxy_of_the_environment_is_asked_and_names_are_its_affair(
    web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", web.url)
    monkeypatch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))
    web.answers["http://news.example/a"] = ok(b"by proxy")
    assert fetched("http://news.example/a", Bounds(seconds=5)).raw == b"by proxy"
    assert "this machine" in refused("http://127.0.0.1/a", Bounds(seconds=5))


INNER = (
    "127.0.0.1.",
    "localhost.",
    "LOCALHOST.",
    "a.localhost",
    "127.0.0.0x1.",
    "1.2.3.4.5",
    "2130706433.",
    "router",
    "db.internal",
    "printer.local",
    "metadata.google.internal.",
    "4.3.2.1.in-addr.arpa",
)


@pytest.mark.parametrize("host", INNER)
def test_a_proxy_is_not_asked_for_names_of_its_own_net(web: Server, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """What this machine cannot look up the proxy would, as a name or a number of the net where it stands."""
    monkeypatch.setenv("http_proxy", web.url)
    monkeypatch.setattr(socket, "getaddrinfo", _no_names(socket.getaddrinfo, web))
    assert refused(f"http://{host}/a", Bounds(seconds=5)) == f"'{host.lower()}' is no name of the open net"
    assert web.requests == []
    web.answers[f"http://{host.lower()}/a"] = ok(b"x")
    assert fetched(f"http://{host}/a").raw == b"x", "where that is allowed it is asked"


def _no_names(resolve: Any, web: Server) -> Any:
    """A machine that can look up its proxy and nothing else."""
    return lambda host, *a, **k: resolve(host, *a, **k) if host == web.socket.getsockname()[0] else _nowhere()


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "0177.0.0.1",
        "017700000001",
        "0x7f000001",
        "127.000.000.001",
        "0",
        "good@127.0.0.1",
        "8.8.8.8:80@127.0.0.1",
        "127.0.0.1#@8.8.8.8",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::127.0.0.1]",
        "[fe80::1%25lo]",
        "127.0.0.1%09",
        "127。0。0。1",
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "127.0.0.1\\@8.8.8.8",
        "169.254.169.254",
    ],
)
def test_no_spelling_and_no_redirect_leads_to_this_machine(
    web: Server, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    port = web.url.rpartition(":")[2]
    inside = f"http://{host}:{port}/secret"
    asked: list[str] = []
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda s, where: asked.append(str(where)) or connect(s, where))
    assert re.search("this machine or a private net|no address|no host is called", refused(inside, Bounds(seconds=5)))
    assert (asked, web.requests) == ([], [])
    monkeypatch.setattr("generator.intake.connecting.is_public", _public_at_first(web))
    web.answers["/"] = moved(inside)
    assert re.search("this machine|no address|no host", refused(f"{web.url}/", Bounds(seconds=5)))
    assert web.asked == ["/"]


def _public_at_first(web: Server) -> Any:
    """The first host counts as one of the open net, since here it is this machine, too."""
    return lambda address: is_public(address) if web.requests else True


def test_a_redirect_takes_no_password_and_no_answer_leads_on_by_itself(web: Server) -> None:
    host = web.url.removeprefix("http://")
    web.answers["/"] = moved(f"http://ada:secret@{host}/next")
    page = b"<html><head><meta http-equiv=refresh content='0;url=/secret'></head><body>x</body></html>"
    web.answers["/next"] = ok(page, more="Refresh: 0; url=/secret\r\nLink: </secret>; rel=preload\r\n")
    assert fetched(f"{web.url}/").raw == page
    assert web.asked == ["/", "/next"]
    assert "authorization" not in "".join(web.requests).lower()


def test_a_handshake_that_drips_ends_in_time() -> None:
    """A server of which the greeting for a secure connection never ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ends = threading.Event()

        def drip() -> None:
            client, _ = listening.accept()
            with client, suppress(OSError):
                client.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
                while not ends.wait(0.05):
                    client.sendall(b"\0")

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        told = refused(f"https://localhost:{listening.getsockname()[1]}/", Bounds(seconds=0.6, private=True))
        ends.set()
    assert told in ("not whole within 0.6 seconds", "no answer in time")
    assert time.monotonic() - began < 3


def _only_numbers(resolve: Any) -> Any:
    def answer(host: Any, *args: Any, **more: Any) -> Any:
        if not re.fullmatch(r"[\d.:]+", str(host)):
            raise socket.gaierror("no such host")
        return resolve(host, *args, **more)

    return answer


def test_a_host_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))
    assert refused("http://news.example/") == "no host is called 'news.example'"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2002:a00:1::", False),
        ("2002:808:808::", True),
        ("192.0.0.192", False),
        ("192.88.99.1", False),
        ("168.63.129.16", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("::7f00:1", False),
        ("::ffff:0:7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2001:0:7f00:1::", False),
        ("2606:4700::5efe:7f00:1", False),
        ("2606:4700::200:5efe:a00:1", False),
        ("2606:4700::5efe:808:808", True),
        ("fec0::1", False),
        ("fd00:ec2::254", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("100::1", False),
        ("4000::1", False),
        ("ff0e::1", False),
    ],
)
def test_addresses_of_the_open_net(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("HTTPS://ada:pw@News.Example:443/a/?utm_source=x&id=7&fbclid=y#top", "https://news.example/a/?id=7"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("http://[2001:db8::1]:80/a", "http://[2001:db8::1]/a"),
        ("ftp://news.example/a", None),
        ("javascript:alert(1)", None),
        ("/2031/a.html", None),
        ("https://news.example/a b", None),
        ("https://news.example:port/", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_kept_without_what_is_not_its_own(written: str | None, kept: str | None) -> None:
    assert clean(written) == kept
    assert clean(kept) == kept


def test_addresses_of_one_page_are_the_same() -> None:
    one = same("https://www.news.example/a/?utm_campaign=x#top")
    assert one == same("http://news.example:80/a") == same("https://news.example/a/")
    assert one != same("https://news.example/a?id=2")
    assert one != same("https://news.example/b")
    assert same("no address") is None


HOSTS = st.sampled_from(
    [
        "news.example",
        "bücher.example",
        "xn--bcher-kva.example",
        "a" * 64 + ".example",
        "..",
        "-",
        "1.2.3.4.5",
        "[v1.x]",
        "%41.example",
    ]
)


@given(HOSTS | st.text(max_size=20), st.text(max_size=20), st.sampled_from(["", ":80", ":", ":0", ":x", ":99999"]))
def test_no_address_raises(host: str, path: str, port: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", _nowhere)
        for url in (f"http://{host}{port}/{path}", f"http://{host}{port}{path}", host + path):
            got, problems = fetch(url, OWN)
            assert got is None
            assert problems
            kept = clean(url)
            assert clean(kept) == kept
            same(url)


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40))
def test_no_redirect_raises(where: str) -> None:
    with server(
        {
            "/": b"HTTP/1.1 302 x\r\nLocation: "
            + where.encode("latin-1")
            + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        }
    ) as web:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))
            got, problems = fetch(f"{web.url}/", Bounds(seconds=5, private=True, redirects=1))
        assert got is None
        assert problems


def _nowhere(*_: Any, **__: Any) -> Any:
    raise socket.gaierror("no such host")
