"""What a server's answer means: go on, try again, or give up in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from beholden.errors import BeholdenError

if TYPE_CHECKING:
    import httpx

    from beholden.store.parts import Part
    from beholden.store.records import OriginalFile

__all__ = [
    "AgainError",
    "FetchError",
    "asked_wait",
    "body_start",
    "is_page",
    "without_login",
    "wrong_bytes",
]

_PAGE = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head)\b", re.I)
_LATER = frozenset({408, 425, 429})


class FetchError(BeholdenError):
    """An original that could not be had; `status` is the server's answer where it gave one."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(without_login(message))
        self.status = status


class AgainError(Exception):
    """A fault that another try may mend; `wait` is what the server asked for, in seconds."""

    def __init__(
        self, message: str, wait: float | None = None, *, unreachable: bool = False
    ) -> None:
        super().__init__(message)
        self.wait = wait
        self.unreachable = unreachable


def body_start(
    response: httpx.Response, original: OriginalFile, part: Part, longest_ask: float
) -> int:
    """The place in the file at which the body of an answer begins: 0, or what `part` has.

    Raises
    ------
    AgainError
        When another try may bring it.
    FetchError
        When it will not.
    """
    status = response.status_code
    if status == 416:
        part.discard()
        raise AgainError("the server has not the bytes that are missing")
    if status in _LATER or status >= 500:
        raise _later(response, original, longest_ask)
    if status not in (200, 206):
        raise _refused(response, original)
    start = 0
    if status == 206:
        start = _range_start(response)
        if start != part.have:
            part.discard()
            raise AgainError("the server sent other bytes than those asked for")
    _check_length(response, original, start)
    return start


def _later(
    response: httpx.Response, original: OriginalFile, longest: float
) -> AgainError | FetchError:
    words = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
    wait = asked_wait(response.headers.get("retry-after", ""), datetime.now(UTC))
    if wait is not None and wait > longest:
        return FetchError(
            f"{original.file}: {response.url}: {words} and asks to wait {wait:.0f} seconds. "
            "Run the same command again after that.",
            response.status_code,
        )
    return AgainError(words, wait)


def asked_wait(text: str, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` asks for, given as a number or a date; None if unreadable.

    Examples
    --------
    >>> asked_wait("120", datetime(2024, 1, 1, tzinfo=UTC))
    120.0
    >>> asked_wait("Mon, 01 Jan 2024 00:00:30 GMT", datetime(2024, 1, 1, tzinfo=UTC))
    30.0
    """
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", text):
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _refused(response: httpx.Response, original: OriginalFile) -> FetchError:
    status = response.status_code
    meanings = {
        401: "it asks for a login",
        403: "it refuses programs, or asks for a login",
        404: "the file is no longer there",
        410: "the file is no longer there",
    }
    reason = meanings.get(status, f"it answered {response.reason_phrase or 'nothing else'}")
    return FetchError(
        f"{original.file}: {response.url}: expected the file, the server answered {status}: "
        f"{reason}. Nothing was kept. Save the file by hand, or find a mirror, and name the place "
        "with --from DIR or --from URL.",
        status,
    )


def _range_start(response: httpx.Response) -> int:
    match = re.match(r"bytes (\d+)-\d+/(\d+|\*)$", response.headers.get("content-range", ""))
    return int(match[1]) if match else -1


def _check_length(response: httpx.Response, original: OriginalFile, start: int) -> None:
    """Refuse an answer that declares another size, before its body is read."""
    length = response.headers.get("content-length", "")
    encoded = "content-encoding" in response.headers
    if not length.isdecimal() or start + int(length) == original.size or encoded:
        return
    kind = response.headers.get("content-type", "")
    page = "html" in kind.lower() and not _may_be_page(original)
    head = b"<html" if page else next(response.iter_raw(), b"")
    raise wrong_bytes(original, str(response.url), f"{start + int(length)} bytes", head)


def without_login(text: str) -> str:
    """The text without the name and password that an address in it may carry.

    Examples
    --------
    >>> without_login("https://me:secret@mirror.example/x: no")
    'https://mirror.example/x: no'
    """
    return re.sub(r"(https?://)[^/\s@]*@", r"\1", text)


def is_page(head: bytes, original: OriginalFile) -> bool:
    """Whether these first bytes are a web page where the file should not be one."""
    return (
        not _may_be_page(original) and _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None
    )


def _may_be_page(original: OriginalFile) -> bool:
    return original.file.lower().endswith((".html", ".htm", ".xhtml"))


def wrong_bytes(original: OriginalFile, where: str, found: str, head: bytes) -> FetchError:
    """The refusal of other bytes than those described, a web page among them."""
    if is_page(head, original):
        return FetchError(
            f"{original.file}: {where}: expected the data, found a web page, perhaps for a login "
            "or a choice. Nothing was kept. Open the address in a browser, save the file, and "
            "name its folder with --from DIR."
        )
    return FetchError(
        f"{original.file}: {where}: expected {original.size} bytes with SHA-256 "
        f"{original.sha256}, found {found}. The file there is another than the one this beholden "
        "describes; nothing was kept. Its producers may have changed it: look for a newer "
        "beholden, or name a folder or mirror that has the old file with --from."
    )
