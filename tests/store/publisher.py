"""A publisher of data sets on the loopback, which can be made to fail in every way."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.store.records import Description

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

Answer = "Callable[[Handler, bytes], None]"


@dataclass(frozen=True)
class Published:
    """An original of a made-up data set."""

    file: str
    sha256: str
    size: int
    address: str


class Handler(BaseHTTPRequestHandler):
    """Answers as the publisher's script says, and as a good server after that."""

    server: Server

    def do_GET(self) -> None:
        """One request."""
        publisher = self.server.publisher
        publisher.requests.append((self.path, dict(self.headers.items())))
        body = publisher.files.get(self.path)
        if publisher.script:
            publisher.script.pop(0)(self, body or b"")
        elif body is None:
            status(404)(self, b"")
        else:
            good(self, body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def head(self, code: int, headers: Mapping[str, str]) -> None:
        """Send the status and the headers."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def give(self, piece: bytes) -> None:
        """Send bytes and count them, before the client can have seen them."""
        self.server.publisher.sent += len(piece)
        self.wfile.write(piece)


class Server(ThreadingHTTPServer):
    """On a free port of 127.0.0.1."""

    daemon_threads = True
    block_on_close = False
    publisher: Publisher

    def handle_error(self, *args: Any) -> None:
        """Clients that went away are what is tested here."""


@dataclass
class Publisher:
    """What is published, what was asked for, and how the next requests are answered."""

    files: dict[str, bytes] = field(default_factory=dict)
    script: list[Callable[[Handler, bytes], None]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: int = 0
    base: str = ""

    def publish(self, file: str, body: bytes) -> Published:
        """Put a file on the server."""
        self.files[f"/{file}"] = body
        sha256 = hashlib.sha256(body).hexdigest()
        return Published(file, sha256, len(body), f"{self.base}/{file}")


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A server for the time of a test."""
    server = Server(("127.0.0.1", 0), Handler)
    server.publisher = Publisher(base=f"http://127.0.0.1:{server.server_address[1]}")
    # Looks often whether it should end, so that tests need not wait for it.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def mark(body: bytes) -> str:
    """The ETag of these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:12]}"'


def good(handler: Handler, body: bytes, cut: int | None = None) -> None:
    """The file, or the rest of it; with `cut` only so many bytes of what was declared."""
    asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
    condition = handler.headers.get("If-Range")
    headers = {"Content-Type": "application/octet-stream", "ETag": mark(body)}
    if asked and int(asked[1]) >= len(body):
        handler.head(416, {"Content-Range": f"bytes */{len(body)}", "Content-Length": "0"})
        return
    start = int(asked[1]) if asked and condition in (None, mark(body)) else 0
    rest = body[start:]
    if asked and condition in (None, mark(body)):
        headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        handler.head(206, headers | {"Content-Length": str(len(rest))})
    else:
        handler.head(200, headers | {"Content-Length": str(len(rest))})
    handler.give(rest if cut is None else rest[:cut])


def cut(after: int) -> Callable[[Handler, bytes], None]:
    """The connection ends after so many bytes of the body."""
    return lambda handler, body: good(handler, body, after)


def drip(count: int) -> Callable[[Handler, bytes], None]:
    """So many bytes and then nothing, until the client hangs up."""

    def answer(handler: Handler, body: bytes) -> None:
        good(handler, body, count)
        handler.connection.recv(1)

    return answer


def endless(after: int) -> Callable[[Handler, bytes], None]:
    """The same, by a server that does not say how much there is."""

    def answer(handler: Handler, body: bytes) -> None:
        handler.head(200, {"Content-Type": "text/csv"})
        handler.give(body[:after])

    return answer


def status(
    code: int, body: bytes = b"no", headers: Mapping[str, str] | None = None
) -> Callable[[Handler, bytes], None]:
    """Another status than 200."""

    def answer(handler: Handler, _: bytes) -> None:
        handler.head(code, {"Content-Length": str(len(body)), **(headers or {})})
        handler.give(body)

    return answer


def page(
    body: bytes = b"<!DOCTYPE html>\n<html><body>Please log in</body></html>",
    kind: str = "text/html; charset=utf-8",
) -> Callable[[Handler, bytes], None]:
    """A web page in place of the data."""
    return status(200, body, {"Content-Type": kind})


def no_ranges(handler: Handler, body: bytes) -> None:
    """A server that knows nothing of ranges."""
    handler.head(200, {"Content-Length": str(len(body))})
    handler.give(body)


def described(name: str, version: str, *originals: Published, recipe: str = "") -> Description:
    """A made-up data set whose table has a line per line of its originals."""

    def convert(paths: Mapping[str, Path]) -> pl.DataFrame:
        lines = [
            (file, line)
            for file, path in paths.items()
            for line in path.read_text("utf-8").splitlines()
        ]
        return pl.DataFrame(lines, schema=["file", "line"], orient="row")

    return Description(
        name=name,
        title=f"The set {name}",
        producer="Nobody",
        version=version,
        home="https://example.org",
        doi="",
        licence="CC0",
        redistribution="allowed",
        citation=f"Nobody. The set {name}, {version}.",
        originals=originals,
        convert=convert,
        recipe=recipe,
    )


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, empty folders too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }
