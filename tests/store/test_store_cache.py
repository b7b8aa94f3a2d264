"""Finished work: kept whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from beholden.store import Cache, write_atomically, write_together


def test_what_is_put_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "cache")
    assert cache.get("a") is None
    cache.put("a", "Σ one\n")
    assert cache.get("a") == "Σ one\n"
    cache.put("a", "two")
    assert cache.get("a") == "two"
    assert [path.name for path in (tmp_path / "deep" / "cache").iterdir()] == ["a"]


def test_no_folder_keeps_nothing() -> None:
    cache = Cache(None)
    cache.put("a", "text")
    assert cache.get("a") is None


def test_folder_that_cannot_be_written_is_silent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    cache.put("a", "text")
    assert cache.get("a") is None
    assert (tmp_path / "file").read_text() == "in the way"


def test_full_disk_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache = Cache(tmp_path)
    cache.put("a", "text")
    assert cache.get("a") is None
    assert list(tmp_path.iterdir()) == []


def test_damaged_piece_counts_as_absent(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe")
    assert Cache(tmp_path).get("a") is None


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")

    def fails(self: Path, target: Path) -> Path:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fails)
        with pytest.raises(error):
            write_atomically(path, "new")
    assert [item.name for item in tmp_path.iterdir()] == ["page.html"]
    assert path.read_text() == "old"
    write_atomically(path, "new")
    assert path.read_text() == "new"


def test_several_files_are_written_together(tmp_path: Path) -> None:
    write_together({tmp_path / "a": "one", tmp_path / "b": "two"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "one", "b": "two"}


@pytest.mark.parametrize("second", ["nowhere/b", "b"])
def test_one_of_several_that_fails_leaves_all_as_they_were(tmp_path: Path, second: str) -> None:
    (tmp_path / "a").write_text("old")
    text = "new" if "/" in second else "\ud800"
    with pytest.raises((FileNotFoundError, UnicodeEncodeError)):
        write_together({tmp_path / "a": "new", tmp_path / second: text})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_text_that_cannot_be_encoded_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "a", "\ud800")
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "nowhere" / "a", "text")


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_permissions_follow_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_atomically(tmp_path / "a", "text")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~umask


def test_lines_end_alike_everywhere(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "one\ntwo\n")
    assert (tmp_path / "a").read_bytes() == b"one\ntwo\n"


WRITER = """
import sys
from pathlib import Path
from beholden.store import Cache
for _ in range(30):
    Cache(Path(sys.argv[1])).put("key", sys.argv[2] * 200_000)
"""


def test_two_processes_may_share_a_folder_and_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), letter]) for letter in "ab"
    ]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        seen.add(Cache(tmp_path).get("key"))
    assert [writer.returncode for writer in writers] == [0, 0]
    seen.add(Cache(tmp_path).get("key"))
    assert seen - {None} <= {"a" * 200_000, "b" * 200_000}
    assert seen != {None}
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
