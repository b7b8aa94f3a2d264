"""Places in a field: percentiles and ranks, with what ties and errors leave open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.panels import Values

__all__ = ["Places", "percentiles", "places", "ranks"]

LEVEL = 0.95


@dataclass(frozen=True)
class Places:
    """How each member of a field stands among the others.

    Parameters
    ----------
    below, tied : ndarray of int, (n,)
        How many others lie lower, and how many at the same value.
    surely_below, surely_above : ndarray of int, (n,)
        How many others lie lower, and higher, beyond the errors of both; without errors
        those that lie lower or higher at all.
    others : int or ndarray of int, (n,)
        n - 1, of each value's field.
    """

    below: NDArray[np.int64]
    tied: NDArray[np.int64]
    surely_below: NDArray[np.int64]
    surely_above: NDArray[np.int64]
    others: int | NDArray[np.int64]


def places(x: NDArray[np.float64], se: NDArray[np.float64] | None = None) -> Places:
    """How each value stands among the others of one field.

    Parameters
    ----------
    x : ndarray of float, (n,)
        Values without missing ones.
    se : ndarray of float, (n,) or None
        Standard errors; errors are taken as independent between members.

    Returns
    -------
    Places
        With errors, the numbers surely below and above bound the rank with 95%
        confidence: differences are tested pair by pair at a Bonferroni-corrected level,
        after Mogstad, Romano, Shaikh and Wilhelm (2024),
        https://doi.org/10.1093/restud/rdad006.

    Examples
    --------
    >>> import numpy as np
    >>> places(np.array([1.0, 2.0, 2.0])).below.tolist()
    [0, 1, 1]
    """
    gap = x[:, None] - x[None, :]
    lower, same = gap > 0, gap == 0
    tied = same.sum(axis=1) - 1
    others = len(x) - 1
    if se is None:
        return Places(lower.sum(axis=1), tied, lower.sum(axis=1), (gap < 0).sum(axis=1), others)
    bound = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / max(others, 1))
    spread = bound * np.hypot(se[:, None], se[None, :])
    return Places(
        lower.sum(axis=1), tied, (gap > spread).sum(axis=1), (gap < -spread).sum(axis=1), others
    )


def percentiles(values: Values, *, scale: str = "percentile") -> Values:
    """Values as places among all states of the same year: the share of others that lie lower.

    Parameters
    ----------
    values : Values
        Of single states, higher meaning better; rows without a value stay without.
    scale : str
        The unit's name.

    Returns
    -------
    Values
        `x` counts ties half. `low` and `high` count them not at all and wholly; where the
        values have standard errors, they bound the place with 95% confidence.
    """
    return _placed(values, ("year",), scale, _percentile)


def ranks(values: Values, within: tuple[str, ...], *, scale: str = "rank") -> Values:
    """Values as ranks, 1 the highest, among the rows that share `within`.

    Parameters
    ----------
    values : Values
        Higher meaning a better rank.
    within : tuple of str
        Key columns that make the field, such as ``("state", "year")`` for a client's patrons.
    scale : str
        The unit's name.

    Returns
    -------
    Values
        `x` is one more than the number of those that lie higher; of ties each has the best
        rank in `low` and the worst in `high`.
    """
    return _placed(values, within, scale, _rank)


def _placed(
    values: Values,
    within: tuple[str, ...],
    scale: str,
    place: Callable[[Places], tuple[NDArray[np.float64], ...]],
) -> Values:
    known = values.frame.filter(pl.col("x").is_not_null()).sort(within, maintain_order=True)
    if "se" in known.columns:
        made = place(_with_errors(known, within))
    else:
        made = place(_plain(known, within))
    frame = known.select(*values.keys).with_columns(
        x=pl.Series(made[0]), low=pl.Series(made[1]), high=pl.Series(made[2])
    )
    return replace(
        values, frame=frame, scale=scale, provenance=values.provenance.step(f"{scale} by {within}")
    )


def _plain(known: pl.DataFrame, within: tuple[str, ...]) -> Places:
    """As `places` for every group at once, where there are no errors."""
    best = pl.col("x").rank("min").over(within).cast(pl.Int64)
    worst = pl.col("x").rank("max").over(within).cast(pl.Int64)
    told = known.select(below=best - 1, tied=worst - best, others=pl.len().over(within) - 1)
    below, tied = told["below"].to_numpy(), told["tied"].to_numpy()
    others = told["others"].cast(pl.Int64).to_numpy()
    return Places(below, tied, below, others - below - tied, others)


def _with_errors(known: pl.DataFrame, within: tuple[str, ...]) -> Places:
    x, se = known["x"].cast(pl.Float64).to_numpy(), known["se"].to_numpy()
    sizes = known.group_by(within, maintain_order=True).len()["len"].to_numpy()
    ends = np.cumsum(sizes)
    parts = [
        places(x[end - n : end], se[end - n : end]) for end, n in zip(ends, sizes, strict=True)
    ]
    return Places(
        np.concatenate([part.below for part in parts]),
        np.concatenate([part.tied for part in parts]),
        np.concatenate([part.surely_below for part in parts]),
        np.concatenate([part.surely_above for part in parts]),
        np.repeat(sizes - 1, sizes),
    )


def _percentile(found: Places) -> tuple[NDArray[np.float64], ...]:
    others = np.maximum(found.others, 1)
    above = found.others - found.below - found.tied
    # Without errors ties are what is open; with errors every difference that is not sure.
    return (
        np.asarray((found.below + found.tied / 2) / others),
        np.asarray(np.minimum(found.below, found.surely_below) / others),
        np.asarray((others - np.minimum(above, found.surely_above)) / others),
    )


def _rank(found: Places) -> tuple[NDArray[np.float64], ...]:
    above = found.others - found.below - found.tied
    return (
        np.asarray(1.0 + above),
        np.asarray(1.0 + np.minimum(above, found.surely_above)),
        np.asarray(1.0 + found.others - np.minimum(found.below, found.surely_below)),
    )
