"""Finished work kept by digest, so that a second run need not do it again."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Cache", "write_atomically", "write_together"]


class Cache:
    """A folder of finished pieces, each named by the digest of all that went into it.

    A piece is written to a temporary file and then renamed, so two processes may share
    the folder and an interrupted run leaves nothing half-written. Where the folder
    cannot be written the cache is merely empty: work is done again, never lost.

    Parameters
    ----------
    folder : Path or None
        None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> str | None:
        """The piece of that name, or None."""
        if self._folder is None:
            return None
        try:
            return (self._folder / key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, text: str) -> None:
        """Keep a piece under its name, atomically."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / key, text)


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never a part.

    Raises
    ------
    OSError
        When the place cannot be written; nothing is left behind.
    """
    write_together({path: text})


def write_together(texts: Mapping[Path, str]) -> None:
    """Write several text files: all are complete on the disk before any takes its place.

    Parameters
    ----------
    texts : mapping of Path to str
        Where to write what; folders must exist.

    Raises
    ------
    OSError
        When a place cannot be written; nothing is left behind, and old files stay.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            staged[path] = _staged(path, text)
        for path, temporary in staged.items():
            temporary.replace(path)
    except BaseException:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        raise


def _staged(path: Path, text: str) -> Path:
    """A temporary file beside `path` that holds the text."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # Temporary files are private; a finished page is as readable as its neighbours.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
