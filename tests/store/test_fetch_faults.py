"""Death, full disks, rivals and closed doors: the library is in its old state or in its new."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publisher import Handler, Publisher, described, good, listing, publishing

from beholden.errors import OutputError
from beholden.store.download import Courier, Policy
from beholden.store.fetching import fetch, remove
from beholden.store.origins import Folder, Official
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()} | {
    "PYTHONPATH": str(HERE)
}
NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as opened:
        yield opened


def reported(tmp_path: Path, publisher: Publisher, mode: str, count: int = 0) -> dict[str, object]:
    """What the program that stops fetches has seen."""
    files = [publisher.publish("one.csv", b"a\nb\n"), publisher.publish("two.csv", b"c\n" * 2000)]
    described_files = [
        asdict(item) | {"address": item.address.removeprefix(publisher.base)} for item in files
    ]
    (tmp_path / "files.json").write_text(json.dumps(described_files))
    done = subprocess.run(
        [sys.executable, HERE / "killing.py", tmp_path, publisher.base, mode, str(count), "20"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@NEEDS_FORK
def test_kill_at_two_hundred_random_moments(tmp_path: Path, publisher: Publisher) -> None:
    found = reported(tmp_path, publisher, "random", 220)
    assert found["harm"] == []
    assert found["stopped"] == 220
    assert found["old"]
    assert found["new"]


@NEEDS_FORK
@pytest.mark.parametrize("mode", ["steps", "remove"])
def test_kill_at_every_step(tmp_path: Path, publisher: Publisher, mode: str) -> None:
    found = reported(tmp_path, publisher, mode)
    assert found["harm"] == []
    assert found["old"]
    assert found["new"]


@NEEDS_FORK
def test_disk_full_from_any_step_on(tmp_path: Path, publisher: Publisher) -> None:
    found = reported(tmp_path, publisher, "full")
    assert found["harm"] == []
    assert isinstance(found["stopped"], int)
    assert found["stopped"] > 10


SMALL_FILES = """
import resource, sys
from dataclasses import replace
from pathlib import Path
import polars as pl
from publisher import Published, described
from beholden.errors import OutputError
from beholden.store.fetching import fetch
from beholden.store.origins import Folder, Official
from beholden.store.download import Courier
from beholden.store.shelf import Shelf
library, place, sha256, size, limit = sys.argv[1:]
original = Published("a.csv", sha256, int(size), place + "/a.csv")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
with Courier() as courier:
    source = Official(courier) if place.startswith("http") else Folder(Path(place))
    try:
        wide = described("wide", "1", original)
        table = pl.int_range(50_000, eager=True).hash().to_frame("a")
        fetch(replace(wide, convert=lambda paths: table), Shelf(Path(library)), source)
    except OutputError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")
@pytest.mark.parametrize("way", ["folder", "network"])
@pytest.mark.parametrize("limit", [1000, 30_000])
def test_file_that_does_not_fit(tmp_path: Path, publisher: Publisher, way: str, limit: int) -> None:
    # The original has 20,000 bytes, its table far more than 30,000.
    lines = b"x" * 20_000
    original = publisher.publish("a.csv", lines)
    (tmp_path / "a.csv").write_bytes(lines)
    library = tmp_path / "library"
    place = str(tmp_path) if way == "folder" else publisher.base
    numbers = [original.sha256, str(original.size), str(limit)]
    done = subprocess.run(
        [sys.executable, "-c", SMALL_FILES, library, place, *numbers],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=True,
    )
    assert "no room on the disk (File too large). Nothing half-written was left" in done.stdout
    assert [name for name in listing(library / "data") if not name.startswith(".locks")] == []


RIVAL = """
import sys
from pathlib import Path
from publisher import Published, described
from beholden.store.fetching import fetch
from beholden.store.origins import Official
from beholden.store.download import Courier
from beholden.store.shelf import Shelf
library, address, sha256, size = sys.argv[1:]
with Courier() as courier:
    outcome = fetch(
        described("small", "1", Published("a.csv", sha256, int(size), address)),
        Shelf(Path(library)), Official(courier),
        waiting=lambda: print("waiting", flush=True),
    )
print(outcome.what, flush=True)
"""


def test_two_processes_fetch_the_same_set_once(tmp_path: Path, publisher: Publisher) -> None:
    asked, go = threading.Event(), threading.Event()

    def held_up(handler: Handler, body: bytes) -> None:
        asked.set()
        go.wait(60)
        good(handler, body)

    original = publisher.publish("a.csv", b"a\n" * 1000)
    publisher.script = [held_up]
    command = [
        *(sys.executable, "-c", RIVAL, str(tmp_path)),
        *(original.address, original.sha256, str(original.size)),
    ]
    with rival(command) as first:
        assert asked.wait(60)
        with rival(command) as second:
            assert second.stdout is not None
            assert second.stdout.readline() == "waiting\n"
            go.set()
            assert second.communicate()[0] == "held\n"
        assert first.communicate()[0] == "fetched\n"
    assert len(publisher.requests) == 1
    assert Shelf(tmp_path).open("small")[0].collect().height == 1000


@contextmanager
def rival(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that fetches."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        yield process


@pytest.fixture
def closed(publisher: Publisher) -> Iterator[Shelf]:
    """A library with one set that this process may read but not write."""
    if not hasattr(os, "geteuid"):
        pytest.skip("needs the rights of POSIX")
    with tempfile.TemporaryDirectory() as name, Courier() as courier:
        shelf = Shelf(Path(name) / "library")
        original = publisher.publish("a.csv", b"a\nb\n")
        fetch(described("small", "1", original), shelf, Official(courier))
        folders = [Path(name), *[path for path in Path(name).rglob("*") if path.is_dir()]]
        root = os.geteuid() == 0
        for folder in folders:
            folder.chmod(0o755 if root else 0o555)
        # The rights of files do not bind root, so root is somebody else for a while.
        if root:
            os.seteuid(65534)
        try:
            yield shelf
        finally:
            if root:
                os.seteuid(0)
            for folder in folders:
                folder.chmod(0o755)


def test_read_only_library_can_be_read(closed: Shelf, publisher: Publisher) -> None:
    assert closed.open("small")[0].collect().height == 2
    assert closed.names() == ("small",)
    (record,) = closed.records("small")
    assert closed.damage(record) == ""


def test_read_only_library_says_so_when_written(closed: Shelf, publisher: Publisher) -> None:
    before = listing(closed.folder)
    held = described("small", "1", publisher.publish("a.csv", b"a\nb\n"))
    newer = described("small", "2", publisher.publish("b.csv", b"c\n"))
    other = described("other", "1", publisher.publish("b.csv", b"c\n"))
    words = "the library can be read but not written"
    with Courier(Policy(sleep=lambda _: None)) as courier:
        source = Official(courier)
        # What is there need not be written.
        assert fetch(held, closed, source).what == "held"
        for description in (newer, other):
            with pytest.raises(OutputError, match=words):
                fetch(description, closed, source)
    with pytest.raises(OutputError, match=words):
        remove(closed, "small")
    assert listing(closed.folder) == before


@pytest.mark.parametrize("number", [13, 30])
def test_refusals_of_the_disk_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"can be read but not written .*--library"):
        fetch(described("small", "1"), Shelf(tmp_path / "library"), Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []
