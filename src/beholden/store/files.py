"""Files that are whole or absent, hashes, and faults of a disk in words."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from beholden.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

__all__ = [
    "FULL",
    "discard",
    "disk_words",
    "is_inside",
    "sha256_of",
    "write_durably",
    "write_parquet",
]

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_inside(name: str) -> bool:
    """Whether a file name stays inside the folder that it is put into.

    Examples
    --------
    >>> is_inside("pts/PTS-2024.csv"), is_inside("../x"), is_inside("/x"), is_inside("c:x")
    (True, False, False, False)
    """
    parts = name.replace("\\", "/").split("/")
    drive = re.match("[A-Za-z]:", name) is not None
    return not drive and "\0" not in name and all(part not in ("", ".", "..") for part in parts)


def write_durably(texts: Mapping[Path, str]) -> None:
    """Write text files: all are on the disk before the first takes its place, in their order.

    Raises
    ------
    OSError
        When a place cannot be written; old files stay.
    """
    staged: dict[Path, Path] = {}
    umask = os.umask(0)
    os.umask(umask)
    try:
        for path, text in texts.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
            staged[path] = Path(name)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            staged[path].chmod(0o666 & ~umask)
        for path, temporary in staged.items():
            temporary.replace(path)
    except BaseException:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        raise


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame as Parquet (zstd) and wait until the disk has it.

    Raises
    ------
    OSError
        When the disk refuses, also where the writer wraps that in an error of its own.
    """
    from polars.exceptions import ComputeError

    try:
        frame.write_parquet(path, compression="zstd")
    except ComputeError as error:
        number = re.search(r"\(os error (\d+)\)", str(error))
        if number is None:
            raise
        code = int(number[1])
        raise OSError(code, os.strerror(code), str(path)) from error
    with path.open("rb") as file:
        os.fsync(file.fileno())


def discard(path: Path) -> None:
    """Remove a file or a folder with all it holds; nothing happens where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def disk_words(library: Path) -> Iterator[None]:
    """Turn a fault of the disk under `library` into words.

    Raises
    ------
    OutputError
        In place of every `OSError` from within.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(_words(library, error)) from error


def _words(library: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno in FULL:
        return (
            f"{library}: no room on the disk ({reason}). Nothing half-written was left; the "
            "library is as it was. Make room, or name another folder with --library."
        )
    if error.errno in _CLOSED:
        return (
            f"{library}: the library can be read but not written ({reason}). It is as it was. "
            "Name a folder of your own with --library, or ask its owner."
        )
    return f"{library}: expected a folder that can be written, {reason}"
