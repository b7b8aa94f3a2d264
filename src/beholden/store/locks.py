"""One writer at a time per data set, among all processes that share the library."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from beholden.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["locked"]


@contextmanager
def locked(
    path: Path, patience: float = 3600.0, waiting: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the lock file `path`; the system lets go of it when the process ends, however it ends.

    The file itself stays: removing it would let two processes hold two locks of one name.

    Parameters
    ----------
    path : Path
        The lock file; its folder must exist.
    patience : float
        Seconds to wait for another process.
    waiting : callable or None
        Called once when another process holds the lock.

    Raises
    ------
    OutputError
        When another process still holds the lock after `patience`.
    OSError
        When the lock file cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if waiting is not None:
            waiting()
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise OutputError(
                f"{path}: another process has been writing {path.stem} for more than "
                f"{patience:g} seconds. Nothing was changed; try again when it is done."
            ) from error
    try:
        yield
    finally:
        lock.release()
