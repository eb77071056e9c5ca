"""A web server on this machine that answers each path as it is told to, byte for byte."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = bytes | Callable[[socket.socket], None]


def ok(body: bytes, media: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    """A plain answer."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    return head.encode("latin-1") + body


def moved(where: str, status: int = 302) -> bytes:
    """A redirect."""
    return f"HTTP/1.1 {status} Moved\r\nLocation: {where}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


class Server:
    """Counts what was asked; `requests` holds the head of every request."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.answers, self.tls = answers, tls
        self.requests: list[str] = []
        self.closing = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self.closing.is_set():
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        try:
            self._talk(self.tls.wrap_socket(client, server_side=True) if self.tls else client)
        except OSError:
            client.close()

    def _talk(self, client: socket.socket) -> None:
        with client:
            asked = b""
            while b"\r\n\r\n" not in asked:
                got = client.recv(65_536)
                if not got:
                    return
                asked += got
            self.requests.append(asked.decode("latin-1"))
            path = asked.split(b" ")[1].decode("latin-1")
            answer = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if isinstance(answer, bytes):
                client.sendall(answer)
            else:
                answer(client)

    @property
    def asked(self) -> list[str]:
        """The paths, in order."""
        return [request.split(" ")[1] for request in self.requests]

    def drip(self, start: bytes, drop: bytes) -> Callable[[socket.socket], None]:
        """An answer that goes on for ever, a drop every twentieth of a second."""

        def answer(client: socket.socket) -> None:
            client.sendall(start)
            while not self.closing.wait(0.05):
                client.sendall(drop)

        return answer

    def flood(self, start: bytes, chunk: bytes) -> Callable[[socket.socket], None]:
        """An answer that goes on for ever, as fast as it is read."""

        def answer(client: socket.socket) -> None:
            client.sendall(start)
            while not self.closing.is_set():
                client.sendall(chunk)

        return answer


@contextmanager
def server(answers: dict[str, Answer] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the time of a test."""
    made = Server(answers or {}, tls)
    try:
        yield made
    finally:
        made.closing.set()
        made.socket.close()
