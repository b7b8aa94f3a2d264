"""Write a brief: both files or neither, and never half of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.brief.page import page
from beholden.brief.verdicts import to_json
from beholden.errors import OutputError
from beholden.store import write_atomically, write_together

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from beholden.brief.model import Brief
    from beholden.store import Cache, Library

__all__ = ["write_brief"]


def write_brief(
    brief: Brief,
    library: Library,
    cache: Cache,
    folder: Path,
    *,
    review: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Path, Path]:
    """Write index.html and verdicts.json.

    Parameters
    ----------
    brief : Brief
        From the engine.
    library : Library
        For titles and citations.
    cache : Cache
        Keeps drawn charts.
    folder : Path
        Made where it does not exist.
    review : bool
        Whether to add ClaimReview data.
    progress : callable
        Called with each claim's id before its card is drawn.

    Returns
    -------
    tuple of Path
        The page and the verdicts.

    Raises
    ------
    OutputError
        When the folder cannot be written; files of an earlier run stay as they were.
    """
    _require_writable(folder)
    # Everything is made before anything is written.
    html = page(brief, library, cache, review=review, progress=progress)
    data = to_json(brief)
    index, verdicts = folder / "index.html", folder / "verdicts.json"
    try:
        write_together({verdicts: data, index: html})
    except OSError as error:
        raise _refused(folder, error) from error
    return index, verdicts


def _require_writable(folder: Path) -> None:
    """Fail before the work, not after it."""
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".beholden-probe"
        write_atomically(probe, "")
        probe.unlink()
    except OSError as error:
        if made and folder.is_dir():
            folder.rmdir()
        raise _refused(folder, error) from error


def _refused(folder: Path, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(
        f"{folder}: expected a folder that can be written, found: {reason}. "
        "Name another with --out DIR."
    )
