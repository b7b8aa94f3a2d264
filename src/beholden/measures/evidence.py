"""Cut tables to what was known on a day and to what is sourced; pick among alternatives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Evidence, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from beholden.core import Table
    from beholden.panels import Holdings

__all__ = ["best", "known"]

# What a note "tally from memory" covers.
_FIELDS = {"tally": ("yes", "no", "abstain", "absent")}


def known(
    tables: Mapping[str, Table],
    as_of: date,
    *,
    memory: bool = False,
    data: Holdings | None = None,
) -> Evidence:
    """The evidence known on a day.

    Parameters
    ----------
    tables : mapping of str to Table
        As the library holds them.
    as_of : date
        Rows known later, or not known to have been known by then, are left out. The
        day `date.max` keeps every row, dated or not.
    memory : bool
        Whether rows and fields that rest on memory count. Where they do not, whole
        rows are left out and single fields are missing.
    data : Holdings or None
        The library's data sets; they are cut to the same day.

    Returns
    -------
    Evidence
        Tables with the same columns and fewer rows.
    """
    kept = {}
    for name, table in tables.items():
        frame = table.frame
        if as_of != date.max:
            frame = frame.filter(pl.col("known_from") <= as_of)
        if not memory:
            frame = _sourced(frame)
        kept[name] = replace(table, frame=frame)
    ends = [table.covers_to for table in tables.values() if table.covers_to]
    return Evidence(kept, as_of, min([as_of, *ends]), data.seen_on(as_of) if data else None)


def _sourced(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.filter(~pl.col("memory").list.contains("*"))
    flagged = {field for fields in frame["memory"].to_list() for field in fields}
    for field in flagged:
        for column in _FIELDS.get(field, (field,)):
            if column in frame.columns:
                frame = frame.with_columns(
                    pl.when(pl.col("memory").list.contains(field))
                    .then(None)
                    .otherwise(pl.col(column))
                    .alias(column)
                )
    return frame


def best(rows: Iterable[Row], fits: Callable[[Row], bool]) -> Row | None:
    """The row to take among alternatives: preferred first, then the one published last.

    Parameters
    ----------
    rows : iterable of Row
        Candidates.
    fits : callable
        Which of them are alternatives for the figure sought.

    Returns
    -------
    Row or None
        None when no row fits.
    """
    candidates = [row for row in rows if fits(row)]
    return max(candidates, key=_rank, default=None)


def _rank(row: Row) -> tuple[object, ...]:
    published = row.get("known_from")
    day = published if isinstance(published, date) else date.min
    return (row.get("preferred") == 1, row.get("confidence") != "low", day)
