"""A site on the loopback, below a path of its own and compressed, as a host of static pages serves it."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

BELOW = "/sub/path/"
TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".ics": "text/calendar", ".json": "application/json"}
PACKED = ("text/", "application/json", "application/xml", "image/svg+xml")


@cache
def _read(path: Path) -> tuple[str, bytes, bool]:
    """Media type, bytes as they travel, and whether those are packed."""
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    raw = path.read_bytes()
    packed = kind.startswith(PACKED)
    return kind, gzip.compress(raw, 9) if packed else raw, packed


@contextmanager
def serving(site: Path, sent: Callable[[str, int], object] = lambda path, size: None) -> Iterator[str]:
    """The address of the site, ending in a slash; `sent` is told the path and the bytes, with headers, of each answer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = unquote(urlsplit(self.path).path)
            path = site / asked.removeprefix(BELOW)
            path = path / "index.html" if path.is_dir() else path
            found = asked.startswith(BELOW) and path.is_file()
            kind, body, packed = _read(path if found else site / "404.html")
            self.send_response_only(200 if found else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            sent(asked.removeprefix(BELOW), self.head + len(body))
            self.wfile.write(body)

        def end_headers(self) -> None:
            self.head = sum(map(len, self._headers_buffer))
            super().end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()
