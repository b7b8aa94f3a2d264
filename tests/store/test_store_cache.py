"""Finished work: kept whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Barrier, Thread

import pytest

from beholden.store import Cache, write_atomically


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


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    texts = {letter * 200_000 for letter in "abcd"}
    start = Barrier(len(texts) + 1)

    def writes(text: str) -> None:
        start.wait()
        for _ in range(20):
            cache.put("key", text)

    threads = [Thread(target=writes, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    start.wait()
    seen = set()
    while any(thread.is_alive() for thread in threads):
        seen.add(cache.get("key"))
    for thread in threads:
        thread.join()
    seen.add(cache.get("key"))
    assert seen - {None} <= texts
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
