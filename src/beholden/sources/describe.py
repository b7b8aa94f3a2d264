"""A data set in words: what it holds, what to beware of, what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.corrections import CORRECTED, corrections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beholden.sources.base import Column, Dataset

__all__ = ["Part", "applied", "parts"]

Part = tuple[str, tuple[str, ...]]


def parts(dataset: Dataset) -> tuple[Part, ...]:
    """The description of a data set as titled lists of lines.

    Parameters
    ----------
    dataset : Dataset
        Of the registry.

    Returns
    -------
    tuple of (str, tuple of str)
        A heading and its lines; headings without lines are left out.

    Examples
    --------
    >>> from beholden.sources import dataset
    >>> dict(parts(dataset("pts")))["Version"]
    ('PTS-2024, public since 2024',)
    """
    since = f", public since {dataset.released}" if dataset.released else ""
    acts = f"; each row was public on its own day (`{dataset.acts}`)" if dataset.acts else ""
    (first, last), keys = dataset.span, ", ".join(dataset.keys)
    told = {
        "Title": (dataset.title,),
        "Producer": (dataset.producer,),
        "Version": (f"{dataset.version}{since}{acts}",),
        "Address": tuple(part for part in (dataset.home, _doi(dataset)) if part),
        "Licence": (f"{dataset.licence}; passing it on: {dataset.redistribution}",),
        "Rows": (f"one for each {dataset.unit}, {first} to {last}, named by {keys}",),
        "Columns": tuple(_columns(dataset)),
        "Beware": dataset.traps,
        "Corrections": tuple(_corrections(dataset.name)),
    }
    return tuple((title, lines) for title, lines in told.items() if lines)


def applied(name: str) -> tuple[str, ...]:
    """What the applied corrections of a data set change, a line each.

    Parameters
    ----------
    name : str
        The data set.
    """
    return tuple(
        f"{item.id}: {' '.join(item.what.split())}"
        for item in corrections(name)
        if item.status == "applied"
    )


def _doi(dataset: Dataset) -> str:
    return f"https://doi.org/{dataset.doi}" if dataset.doi else ""


def _columns(dataset: Dataset) -> Iterator[str]:
    for name, column in dataset.columns.items():
        yield f"{name}: {_meaning(column)}"
    for code in dataset.states:
        yield f"{code.into}: ISO3 code of the state that bore {code.column} then, if any did"
    if any(item.status == "applied" and not item.drop for item in corrections(dataset.name)):
        yield f"{CORRECTED}: the corrections below that changed the row"


def _meaning(column: Column) -> str:
    missing = f"missing as {', '.join(column.missing)}" if column.missing else ""
    aside = "; ".join(part for part in (column.unit, column.direction, missing) if part)
    return f"{column.meaning} ({aside})" if aside else column.meaning


def _corrections(name: str) -> Iterator[str]:
    for item in corrections(name):
        done = f"{item.rows:,} rows" if item.status == "applied" else "declared, not applied"
        what, why, who = (" ".join(text.split()) for text in (item.what, item.why, item.who))
        yield f"{item.id} ({done}): {what} Why: {why} Who says so: {who}"
