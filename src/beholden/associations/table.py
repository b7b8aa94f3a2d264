"""Finished work to a frame with one row a universe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.associations.result import COLUMNS
from beholden.associations.verdict import met
from beholden.models.curve import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from beholden.associations.blocks import Block
    from beholden.associations.universes import Universes
    from beholden.associations.work import Arrays, Task

    Figures = dict[str, NDArray[Any]]

__all__ = ["FEW_CLUSTERS", "MESSAGES", "gathered", "table"]

FEW_CLUSTERS = 30
MESSAGES: Mapping[str, str] = {
    "unidentified": "fixed effects and controls determine the exposure, or the outcome does not "
    "vary within the fixed effects",
    "empty": "no row has all the columns",
    "saturated": "no more rows than parameters, or a single cluster",
    "no variance": "the errors have no variance above zero",
    "separated": "exposure or controls separate the outcome's values",
    "not converged": "the likelihood found no maximum",
    "refused": "the form cannot be estimated with these fixed effects or this outcome",
}
"""What each status without an estimate means."""


def gathered(
    planned: Universes, packed: Sequence[Block], tasks: Sequence[Task], done: Sequence[Arrays]
) -> Figures:
    """Finished pieces of work as columns over the whole plan.

    Parameters
    ----------
    planned : Universes
    packed : sequence of Block
    tasks : sequence of Task
    done : sequence of mapping
        In the order of the tasks, which together cover every universe.

    Returns
    -------
    dict of str to ndarray
        The first axis is that of the plan.
    """
    figures: Figures = {}
    for task, part in zip(tasks, done, strict=True):
        places = packed[task.block].universes[task.places]
        for name, values in part.items():
            if name not in figures:
                shape = (len(planned), *values.shape[1:])
                figures[name] = np.empty(shape, dtype=values.dtype)
            figures[name][places] = values
    return figures


def table(planned: Universes, figures: Figures) -> pl.DataFrame:
    """The universes with their figures, as :data:`~beholden.associations.result.COLUMNS` says.

    Parameters
    ----------
    planned : Universes
    figures : dict of str to ndarray
        Of :func:`gathered`.

    Returns
    -------
    polars.DataFrame
    """
    grid, frame = planned.grid, planned.frame()
    meets, contradicts = met(
        figures["effect_low"], figures["effect_high"], grid.sign, grid.smallest
    )
    status = figures["status"]
    # Figures of a universe without an estimate are missing, not not-a-number.
    known = pl.Series(np.isfinite(figures["effect"]))
    numbers = (
        *("coefficient", "error", "low", "high", "p"),
        *("effect", "effect_low", "effect_high"),
    )
    added = {name: pl.Series(figures[name]).fill_nan(None) for name in numbers}
    nothing = np.full(len(planned), np.nan)
    added["adjusted_p"] = pl.Series(figures.get("adjusted_p", nothing)).fill_nan(None)
    added |= {name: pl.Series(figures[name]) for name in ("rows", "clusters")}
    added["status"] = pl.Series(list(STATUS), dtype=pl.String).gather(status.astype(np.int64))
    added["message"] = _messages(planned, figures)
    for name, holds in (("meets", meets), ("contradicts", contradicts)):
        added[name] = pl.select(
            pl.when(known).then(pl.Series(holds)).otherwise(None).alias(name)
        ).to_series()
    added["weight"] = pl.Series(planned.weight)
    frame = frame.with_columns(series.alias(name) for name, series in added.items())
    controls = [name for name in frame.columns if name not in COLUMNS]
    return frame.select(*COLUMNS, *controls)


def _messages(planned: Universes, figures: Figures) -> pl.Series:
    """Why there is no estimate, which controls were left out, whether clusters are few."""
    status = figures["status"].astype(np.int64)
    first = pl.Series([MESSAGES.get(word, "") for word in STATUS], dtype=pl.String).gather(status)
    dropped = figures["dropped"].astype(bool) & (status <= STATUS.index("collinear"))[:, None]
    patterns, which = np.unique(_keys(dropped), return_inverse=True)
    shown = np.array([np.flatnonzero(which.ravel() == k)[0] for k in range(len(patterns))])
    labels = np.array([one.label for one in planned.grid.controls], dtype=object)
    words = [
        f"without {' and '.join(labels[dropped[at]])}, which other columns determine"
        if dropped[at].any()
        else ""
        for at in shown
    ]
    second = pl.Series(words, dtype=pl.String).gather(which.ravel())
    ordinary = np.array([kind == "CR1" for kind in planned.grid.errors])[planned.codes["errors"]]
    few = ordinary & (figures["clusters"].astype(np.int64) < FEW_CLUSTERS)
    few &= np.isfinite(figures["effect"].astype(float))
    third = pl.select(
        pl.when(pl.Series(few))
        .then(
            pl.lit("CR1 errors rest on ")
            + pl.Series(figures["clusters"]).cast(pl.String)
            + pl.lit(" clusters and may be too small; CR3 is offered")
        )
        .otherwise(pl.lit(""))
    ).to_series()
    parts = pl.DataFrame({"a": first, "b": second, "c": third})
    filled = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in parts.columns]
    return parts.select(pl.concat_str(filled, separator="; ", ignore_nulls=True)).to_series()


def _keys(flags: NDArray[np.bool_]) -> NDArray[np.generic]:
    """Rows of truth values as one value each."""
    if not flags.shape[1]:
        return np.zeros(len(flags), dtype=np.int64)
    packed = np.ascontiguousarray(np.packbits(flags, axis=1))
    return packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
