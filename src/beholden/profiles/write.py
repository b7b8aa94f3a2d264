"""Write a profile: both files or neither, and never half of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.errors import OutputError
from beholden.profiles.page import page
from beholden.profiles.report import to_json
from beholden.store import write_together

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from beholden.profiles.model import Profile
    from beholden.store import Cache

__all__ = ["write_profile"]


def write_profile(
    profile: Profile,
    cache: Cache,
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Path, Path]:
    """Write index.html and profile.json.

    Parameters
    ----------
    profile : Profile
        From :func:`beholden.profiles.profile`.
    cache : Cache
        Keeps drawn charts.
    folder : Path
        Made where it does not exist.
    progress : callable
        Called with each measure's name before it is drawn.

    Returns
    -------
    tuple of Path
        The page and the data.

    Raises
    ------
    OutputError
        When the folder cannot be written; files of an earlier run stay as they were.
    """
    index, data = folder / "index.html", folder / "profile.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_together({data: to_json(profile), index: page(profile, cache, progress)})
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{folder}: expected a folder that can be written, found: {reason}. "
            "Name another with --out DIR."
        ) from error
    return index, data
