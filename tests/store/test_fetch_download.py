"""One file over a network that fails in every way: whole with the right hash, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publisher import (
    Handler,
    Published,
    Publisher,
    cut,
    drip,
    endless,
    mark,
    no_ranges,
    page,
    publishing,
    status,
)

from beholden.store.answers import FetchError, asked_wait, without_login
from beholden.store.download import Courier, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = b"".join(f"line {number}\n".encode() for number in range(40))


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with publishing() as opened:
        yield opened


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def courier(waits: list[float]) -> Iterator[Courier]:
    with Courier(Policy(sleep=waits.append)) as opened:
        yield opened


@pytest.fixture
def original(publisher: Publisher) -> Published:
    return publisher.publish("folder/a.csv", BODY)


def test_file_arrives_with_progress(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    seen: list[tuple[str, int, int]] = []
    target = tmp_path / "a.csv"
    courier.bring(original, original.address, target, lambda *told: seen.append(told))
    assert target.read_bytes() == BODY
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert seen[0] == ("folder/a.csv", 0, len(BODY))
    assert seen[-1] == ("folder/a.csv", len(BODY), len(BODY))
    path, headers = publisher.requests[0]
    assert path == "/folder/a.csv"
    assert headers["User-Agent"].startswith("beholden/")
    assert headers["Accept-Encoding"] == "identity"


def test_connection_cut_at_every_byte_goes_on_from_there(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    for place in range(len(BODY) + 1):
        target = tmp_path / str(place)
        publisher.script = [cut(place)]
        publisher.requests.clear()
        publisher.sent = 0
        courier.bring(original, original.address, target)
        assert target.read_bytes() == BODY
        # No byte was asked for twice.
        assert publisher.sent == len(BODY)
        if 0 < place < len(BODY):
            again = publisher.requests[1][1]
            assert again["Range"] == f"bytes={place}-"
            assert again["If-Range"] == mark(BODY)
    assert len(list(tmp_path.iterdir())) == len(BODY) + 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    places=st.lists(st.integers(0, len(BODY)), max_size=5),
    silent=st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_cuts_in_any_number_and_manner(
    tmp_path: Path,
    courier: Courier,
    original: Published,
    publisher: Publisher,
    places: list[int],
    silent: list[bool],
) -> None:
    target = tmp_path / "a.csv"
    target.unlink(missing_ok=True)
    publisher.script = [
        endless(place) if still else cut(place)
        for place, still in zip(places, silent, strict=False)
    ]
    courier.bring(original, original.address, target)
    publisher.script = []
    assert target.read_bytes() == BODY
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_next_run_goes_on_where_the_last_one_gave_up(
    tmp_path: Path, original: Published, publisher: Publisher
) -> None:
    target = tmp_path / "a.csv"
    publisher.script = [cut(100), cut(50)]
    with (
        Courier(Policy(tries=2, sleep=lambda _: None)) as courier,
        pytest.raises(FetchError, match=f"150 of {len(BODY)} bytes arrived and are kept"),
    ):
        courier.bring(original, original.address, target)
    assert not target.exists()
    publisher.sent = 0
    with Courier(Policy(sleep=lambda _: None)) as courier:
        courier.bring(original, original.address, target)
    assert target.read_bytes() == BODY
    assert publisher.sent == len(BODY) - 150


def test_part_that_was_whole_when_its_run_died_is_only_verified(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    (tmp_path / "a.csv.part").write_bytes(BODY)
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert publisher.requests == []
    assert (tmp_path / "a.csv").read_bytes() == BODY


def test_server_that_ignores_ranges_is_asked_for_the_whole(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [cut(100), no_ranges]
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY
    assert "Range" in publisher.requests[1][1]
    assert publisher.sent == 100 + len(BODY)


def test_file_that_changed_meanwhile_is_not_pieced_together(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    old = bytes(reversed(BODY))
    publisher.files["/folder/a.csv"] = old
    publisher.script = [cut(100), lambda handler, _: status(503)(handler, b"")]
    with Courier(Policy(tries=2, sleep=lambda _: None)) as once, pytest.raises(FetchError):
        once.bring(original, original.address, tmp_path / "a.csv")
    publisher.files["/folder/a.csv"] = BODY
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY
    # If-Range named the old file, so the server sent the whole new one.
    assert publisher.requests[-1][1]["If-Range"] == mark(old)


def test_wrong_bytes_of_an_earlier_try_are_fetched_anew(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher, waits: list[float]
) -> None:
    (tmp_path / "a.csv.part").write_bytes(b"x" * 100)
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY
    assert [headers.get("Range") for _, headers in publisher.requests] == ["bytes=100-", None]
    assert len(waits) == 1


def test_other_range_than_asked_for_is_not_used(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    def wrong(handler: Handler, body: bytes) -> None:
        handler.head(206, {"Content-Range": f"bytes 7-{len(body) - 1}/{len(body)}"})
        handler.give(body[7:])

    publisher.script = [cut(100), wrong]
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY


def test_range_that_is_refused_is_given_up(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [cut(100), status(416)]
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY


def refusal(courier: Courier, original: Published, tmp_path: Path) -> str:
    """The words of a refusal that leaves nothing behind."""
    with pytest.raises(FetchError) as caught:
        courier.bring(original, original.address, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []
    return str(caught.value)


def test_wrong_hash_is_refused_at_once(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher, waits: list[float]
) -> None:
    wrong = replace(original, sha256="0" * 64)
    words = refusal(courier, wrong, tmp_path)
    assert f"SHA-256 {'0' * 64}, found SHA-256 {hashlib.sha256(BODY).hexdigest()}" in words
    assert "newer beholden" in words
    assert len(publisher.requests) == 1
    assert waits == []


def test_other_size_is_refused_before_it_is_read(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.files["/folder/a.csv"] = BODY + b"more"
    assert f"expected {len(BODY)} bytes" in refusal(courier, original, tmp_path)
    publisher.files["/folder/a.csv"] = BODY[:-1]
    assert f"found {len(BODY) - 1} bytes" in refusal(courier, original, tmp_path)


def test_size_is_capped_where_the_server_does_not_declare_it(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    taken = threading.Event()

    def flood(handler: Handler, body: bytes) -> None:
        handler.head(200, {})
        try:
            for _ in range(10_000):
                handler.give(b"x" * 65536)
        finally:
            taken.set()

    publisher.script = [flood]
    assert "found at least" in refusal(courier, original, tmp_path)
    assert taken.wait(10)
    assert publisher.sent < 10_000 * 65536


@pytest.mark.parametrize(
    "answer",
    [
        page(),
        page(b"<!-- hello -->\n<html lang='en'>" + b" " * 500),
        page(b"\xef\xbb\xbf  <!doctype HTML><p>choose a format", "application/octet-stream"),
        page(b'<?xml version="1.0"?>\n<html xmlns="x">', "text/plain"),
        page(b"You must log in first", "text/html"),
        page(b"<html>".ljust(len(BODY)), "text/csv"),
        lambda handler, _: (handler.head(200, {}), handler.give(b"<html><p>no length"))[0],
        lambda handler, _: (handler.head(200, {}), handler.give(b"<html>" + b" " * 5000))[0],
    ],
)
def test_page_in_place_of_data_is_refused(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher, answer: object
) -> None:
    publisher.script = [answer]  # type: ignore[list-item]
    words = refusal(courier, original, tmp_path)
    assert "expected the data, found a web page" in words
    assert "--from DIR" in words
    assert len(publisher.requests) == 1


def test_page_after_a_redirect_is_refused(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [status(302, b"", {"Location": f"{publisher.base}/login"}), page()]
    assert "found a web page" in refusal(courier, original, tmp_path)


def test_redirect_to_the_file_is_followed(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [status(302, b"", {"Location": "/folder/a.csv"})]
    moved = replace(original, address=f"{publisher.base}/old")
    courier.bring(moved, moved.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY


def test_redirects_without_end_are_refused(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [status(302, b"", {"Location": "/folder/a.csv"})] * 40
    assert "redirects" in refusal(courier, original, tmp_path)


def test_data_that_is_called_a_page_and_a_page_that_is_data_are_taken(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [page(BODY)]
    courier.bring(original, original.address, tmp_path / "a.csv")
    html = publisher.publish("b.html", b"<html>a table</html>")
    publisher.script = [page(b"<html>a table</html>")]
    courier.bring(html, html.address, tmp_path / "b.html")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (404, "no longer there"),
        (410, "no longer there"),
        (403, "refuses programs"),
        (401, "asks for a login"),
        (400, "Bad Request"),
        (204, "No Content"),
    ],
)
def test_refusals_of_the_server_are_final(
    tmp_path: Path,
    courier: Courier,
    original: Published,
    publisher: Publisher,
    code: int,
    words: str,
) -> None:
    publisher.script = [status(code, b"")]
    found = refusal(courier, original, tmp_path)
    assert words in found
    assert str(code) in found
    assert len(publisher.requests) == 1


def test_too_many_requests_waits_as_long_as_asked(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher, waits: list[float]
) -> None:
    publisher.script = [
        status(429, headers={"Retry-After": "7"}),
        status(503, headers={"Retry-After": "Fri, 01 Jan 1999 00:00:00 GMT"}),
        status(429, headers={"Retry-After": "soon"}),
    ]
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY
    assert waits[:2] == [7.0, 0.0]
    assert 0.5 <= waits[2] <= 30


def test_server_that_asks_for_a_day_is_not_waited_for(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher, waits: list[float]
) -> None:
    publisher.script = [status(429, headers={"Retry-After": "86400"})]
    assert "asks to wait 86400 seconds" in refusal(courier, original, tmp_path)
    assert waits == []


@pytest.mark.parametrize("code", [500, 502, 503, 504, 408])
def test_faults_of_the_server_are_tried_again(
    tmp_path: Path,
    courier: Courier,
    original: Published,
    publisher: Publisher,
    waits: list[float],
    code: int,
) -> None:
    publisher.script = [status(code)] * 4
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY
    # Each wait is twice the last, and a little at random.
    least = [0.5, 1, 2, 4]
    assert all(low <= wait <= low + 0.5 for low, wait in zip(least, waits, strict=True))


def test_tries_are_bounded(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher, waits: list[float]
) -> None:
    publisher.script = [status(500)] * 100
    assert "500 Internal Server Error (6 tries)" in refusal(courier, original, tmp_path)
    assert len(publisher.requests) == 6
    assert len(waits) == 5


def test_waits_are_capped(
    tmp_path: Path, waits: list[float], original: Published, publisher: Publisher
) -> None:
    publisher.script = [status(500)] * 20
    with Courier(Policy(tries=12, sleep=waits.append, longest_wait=3.0)) as courier:
        refusal(courier, original, tmp_path)
    assert len(waits) == 11
    assert max(waits) == 3.0


def test_server_that_is_not_there_is_asked_once_per_run(
    tmp_path: Path, waits: list[float], original: Published, publisher: Publisher
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Courier(Policy(tries=3, sleep=waits.append)) as courier:
        gone = replace(original, address=f"http://127.0.0.1:{port}/a.csv")
        assert "the connection failed" in refusal(courier, gone, tmp_path)
        assert len(waits) == 2
        assert "did not answer before in this run" in refusal(courier, gone, tmp_path)
        assert len(waits) == 2


def test_slow_drip_is_broken_off_and_goes_on(
    tmp_path: Path, waits: list[float], original: Published, publisher: Publisher
) -> None:
    ticks = itertools.count()
    publisher.script = [drip(40)] * 6
    # A clock on which a minute passes between two looks: nothing here depends on real time.
    slow = Policy(sleep=waits.append, window=60, least=100, clock=lambda: next(ticks) * 60.0)
    with Courier(slow) as courier, pytest.raises(FetchError) as caught:
        courier.bring(original, original.address, tmp_path / "a.csv")
    words = str(caught.value)
    assert "only 40 bytes came in 60 seconds, fewer than 100 (6 tries)" in words
    assert f"240 of {len(BODY)} bytes arrived and are kept" in words
    publisher.script = []
    with Courier(Policy(sleep=waits.append)) as courier:
        courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY


def test_silence_is_broken_off(
    tmp_path: Path, waits: list[float], original: Published, publisher: Publisher
) -> None:
    publisher.script = [drip(200)]
    with Courier(Policy(sleep=waits.append, silence=0.2)) as courier:
        courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY
    assert publisher.requests[1][1]["Range"] == "bytes=200-"


def test_bytes_that_are_packed_on_the_way_are_unpacked(
    tmp_path: Path, courier: Courier, original: Published, publisher: Publisher
) -> None:
    publisher.script = [
        status(200, gzip.compress(BODY), {"Content-Encoding": "gzip", "Content-Type": "text/csv"})
    ]
    courier.bring(original, original.address, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == BODY


def test_packed_original_that_the_server_calls_an_encoding_stays_packed(
    tmp_path: Path, courier: Courier, publisher: Publisher
) -> None:
    packed = gzip.compress(BODY)
    original = publisher.publish("a.csv.gz", packed)
    publisher.script = [status(200, packed, {"Content-Encoding": "gzip"})]
    courier.bring(original, original.address, tmp_path / "a.csv.gz")
    assert (tmp_path / "a.csv.gz").read_bytes() == packed


@pytest.mark.parametrize(
    "address", ["", "ftp://example.org/a", "nothing", "http://", "http://host:x/a"]
)
def test_what_is_no_address_is_refused(tmp_path: Path, courier: Courier, address: str) -> None:
    original = Published("a.csv", "0" * 64, 3, address)
    assert "address" in refusal(courier, original, tmp_path)


def test_waits_asked_for_in_either_form() -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert asked_wait("120", now) == 120
    assert asked_wait("Mon, 01 Jan 2024 00:00:30 GMT", now) == 30
    assert asked_wait("Mon, 01 Jan 2023 00:00:30 GMT", now) == 0
    assert asked_wait("", now) is None
    assert asked_wait("-1", now) is None


def test_login_in_an_address_is_not_repeated() -> None:
    assert without_login("see https://me:pw@host/a and http://you@host/b") == (
        "see https://host/a and http://host/b"
    )
    assert str(FetchError("https://me:pw@host/a: no")) == "https://host/a: no"
