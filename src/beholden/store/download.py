"""Bring one published file over an unreliable network: whole and with the right hash, or not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from beholden import __version__
from beholden.store.answers import AgainError, FetchError, body_start, is_page, wrong_bytes
from beholden.store.files import sha256_of
from beholden.store.parts import Part

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from beholden.store.records import OriginalFile

__all__ = ["Courier", "Policy", "Progress"]

Progress = Callable[[str, int, int], None]
"""Told the file, the bytes that have arrived and the bytes there are."""


@dataclass(frozen=True)
class Policy:
    """How patient and how polite a download is.

    Parameters
    ----------
    tries : int
        Attempts per file and run; each goes on where the last one broke.
    first_wait, longest_wait : float
        Seconds before the second attempt, doubled for each later one, and their cap.
    longest_ask : float
        The longest wait that a server may ask for; beyond it the run ends in words.
    connect, silence : float
        Seconds to wait for a connection, and for the next byte.
    window, least : float, int
        A download that brings fewer than `least` bytes in `window` seconds counts as broken.
    sleep, clock : callable
        For tests.
    """

    tries: int = 6
    first_wait: float = 0.5
    longest_wait: float = 30.0
    longest_ask: float = 300.0
    connect: float = 20.0
    silence: float = 60.0
    window: float = 60.0
    least: int = 16 * 1024
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class _Order:
    """One file to bring."""

    original: OriginalFile
    address: str
    part: Part
    progress: Progress


@dataclass
class Courier:
    """Downloads files, remembers servers that do not answer, and closes its connections.

    Parameters
    ----------
    policy : Policy
        How patient and polite to be.
    """

    policy: Policy = field(default_factory=Policy)

    def __post_init__(self) -> None:
        self._client: httpx.Client | None = None
        self._silent: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def bring(
        self,
        original: OriginalFile,
        address: str,
        target: Path,
        progress: Progress | None = None,
    ) -> None:
        """Download `original` from `address` to `target`, resuming what lies beside it.

        Raises
        ------
        FetchError
            When it could not be had; what arrived stays beside `target` where it is of use.
        OSError
            When the disk refuses.
        """
        host = _host(original, address)
        if host in self._silent:
            raise FetchError(f"{original.file}: {host} did not answer before in this run")
        order = _Order(original, address, Part(target), progress or _silent)
        retrying = Retrying(
            retry=retry_if_exception_type(AgainError),
            stop=stop_after_attempt(self.policy.tries),
            wait=self._wait,
            sleep=self.policy.sleep,
            reraise=True,
        )
        try:
            retrying(self._attempt, order)
        except AgainError as error:
            if error.unreachable:
                self._silent.add(host)
            raise self._given_up(order, error) from error

    def _given_up(self, order: _Order, error: AgainError) -> FetchError:
        have = order.part.have
        kept = (
            f" {have} of {order.original.size} bytes arrived and are kept: the same command goes "
            "on from there."
            if have
            else " Nothing was kept."
        )
        tries = f"{self.policy.tries} tries"
        return FetchError(f"{order.original.file}: {order.address}: {error} ({tries}).{kept}")

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, AgainError) and error.wait is not None:
            return error.wait
        policy = self.policy
        usual = wait_exponential(policy.first_wait, max=policy.longest_wait)(state)
        return min(policy.longest_wait, usual + wait_random(0, policy.first_wait)(state))

    def _attempt(self, order: _Order) -> None:
        part, original = order.part, order.original
        if part.have > original.size:
            part.discard()
        resumed = part.have > 0
        if part.have < original.size or not resumed:
            resumed = self._request(order)
        found = sha256_of(part.path)
        if found == original.sha256:
            part.finish()
            return
        head = part.head
        part.discard()
        if resumed:
            raise AgainError("the bytes of an earlier try do not go with those of this one")
        raise wrong_bytes(original, order.address, f"SHA-256 {found}", head)

    def _request(self, order: _Order) -> bool:
        """Receive what is missing; returns whether bytes of an earlier try were used."""
        try:
            with self._open().stream("GET", order.address, headers=_headers(order)) as response:
                start = body_start(response, order.original, order.part, self.policy.longest_ask)
                if start == 0:
                    order.part.begin(order.address, _mark(response))
                self._receive(response, order)
                return start > 0
        except (httpx.TooManyRedirects, httpx.UnsupportedProtocol, httpx.DecodingError) as error:
            raise FetchError(f"{order.original.file}: {order.address}: {error}") from error
        except httpx.TransportError as error:
            words = str(error) or type(error).__name__
            unreachable = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout))
            raise AgainError(f"the connection failed, {words}", unreachable=unreachable) from error

    def _receive(self, response: httpx.Response, order: _Order) -> None:
        size, have = order.original.size, order.part.have
        meter = _Meter(self.policy)
        order.progress(order.original.file, have, size)
        length = response.headers.get("content-length")
        plain = "content-encoding" not in response.headers or length == str(size - have)
        # No fixed size of chunks: bytes are counted as they drip in.
        chunks = response.iter_raw() if plain else response.iter_bytes()
        with order.part.append() as file:
            for chunk in chunks:
                have += len(chunk)
                early = file.tell() == 0 and is_page(chunk, order.original)
                if have > size or early:
                    head = chunk if file.tell() == 0 else order.part.head
                    order.part.discard()
                    found = f"at least {have} bytes" if have > size else "a page"
                    raise wrong_bytes(order.original, order.address, found, head)
                file.write(chunk)
                order.progress(order.original.file, have, size)
                if have < size:
                    meter.count(len(chunk))
        if have < size:
            raise AgainError(f"the connection ended after {have} of {size} bytes")

    def _open(self) -> httpx.Client:
        if self._client is None:
            policy = self.policy
            self._client = httpx.Client(
                follow_redirects=True,
                timeout=httpx.Timeout(policy.silence, connect=policy.connect),
                headers={"User-Agent": f"beholden/{__version__}", "Accept-Encoding": "identity"},
            )
        return self._client


class _Meter:
    """Notices a download that only drips."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._since = policy.clock()
        self._bytes = 0

    def count(self, arrived: int) -> None:
        """Note more bytes."""
        self._bytes += arrived
        now = self._policy.clock()
        if now - self._since < self._policy.window:
            return
        if self._bytes < self._policy.least:
            raise AgainError(
                f"only {self._bytes} bytes came in {now - self._since:.3g} seconds, fewer than "
                f"{self._policy.least}"
            )
        self._since, self._bytes = now, 0


def _silent(file: str, have: int, size: int) -> None:
    """Tell nobody."""


def _host(original: OriginalFile, address: str) -> str:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise FetchError(f"{original.file}: {address!r} is no address, {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(
            f"{original.file}: expected an address that begins with https://, found {address!r}"
        )
    return url.host


def _headers(order: _Order) -> dict[str, str]:
    have = order.part.have
    if not have:
        return {}
    mark = order.part.mark(order.address)
    return {"Range": f"bytes={have}-"} | ({"If-Range": mark} if mark else {})


def _mark(response: httpx.Response) -> str:
    """A strong ETag or else the date; only those may ask for the rest of the same bytes."""
    tag: str = response.headers.get("etag", "")
    return tag if tag.startswith('"') else str(response.headers.get("last-modified", ""))
