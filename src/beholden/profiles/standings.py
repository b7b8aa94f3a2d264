"""Who stands where in a year: states ordered by a measure, with what errors leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures.ranks import places
from beholden.panels import DYAD_YEAR
from beholden.profiles.lines import bearer, code_of, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from beholden.measures import Measure
    from beholden.measures.catalogue import MeasureCatalogue
    from beholden.panels import Values
    from beholden.profiles.lines import Line
    from beholden.states.timeline import Code, System

__all__ = [
    "NO_ORDER",
    "Places",
    "Standing",
    "Standings",
    "held_years",
    "lower_is_first",
    "orders",
    "places_of",
    "standings",
    "years_with",
]

NO_ORDER = "a partner that may come first has no value"
_GREAT = ("USA", "RUS", "CHN", "GBR", "FRA")
# What an interval of ranks leaves open, by what it comes from.
_INTERVALS = {
    "se": (
        "95% confidence for the rank, differences tested pair by pair with a Bonferroni correction"
    ),
    "range": "the ranks that overlapping ranges of values leave open",
    "ties": "the ranks that ties leave open",
}


@dataclass(frozen=True)
class Places:
    """Ranks of the members of one field, 1 the first.

    Parameters
    ----------
    rank, low, high : ndarray of int, (n,)
        The rank, and the best and worst that cannot be ruled out.
    kind : str
        What the bounds come from: ``"se"``, ``"range"`` or ``"ties"``.
    """

    rank: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    kind: str


@dataclass(frozen=True)
class Standing:
    """One state's place.

    Parameters
    ----------
    code, name : str
        ISO3, or the number in a list where ISO gave none; the name it bore.
    value, low, high : float or None
        The measure's value with its range, where it has one.
    rank, best, worst : int
        Its rank, and the ranks that ties or errors leave open.
    """

    code: str
    name: str
    value: float
    low: float | None
    high: float | None
    rank: int
    best: int
    worst: int

    @property
    def interval(self) -> str:
        """The ranks left open, or nothing where the rank is sure."""
        return "" if self.best == self.worst else f"{self.best} to {self.worst}"


@dataclass(frozen=True)
class Standings:
    """The order of one year.

    Parameters
    ----------
    year : int
        The year.
    rows : tuple of Standing
        By rank, then by name.
    unknown : str
        Why there is no order, where the source says so; the rows are then empty.
    intervals : str
        What the intervals of ranks mean.
    absent : tuple of str
        Great powers (permanent members of the Security Council) that have no value over the
        client and so no place, though they might stand high.
    """

    year: int
    rows: tuple[Standing, ...]
    unknown: str = ""
    intervals: str = ""
    absent: tuple[str, ...] = ()

    def of(self, code: str) -> Standing | None:
        """The place of one state; None where it has none."""
        return next((row for row in self.rows if row.code == code), None)


def standings(
    values: Values, years: Iterable[int], *, over: Code | None = None, of: Code | None = None
) -> tuple[Standings, ...]:
    """The order of states by a measure, year by year.

    Parameters
    ----------
    values : Values
        Of states; or of pairs, and then either `over` or `of` is given.
    years : iterable of int
        Years wanted; those without a row are left out.
    over : str, int or None
        The client whose patrons are ordered, in the values' own system of codes.
    of : str, int or None
        The patron whose clients are ordered.

    Returns
    -------
    tuple of Standings
        By year.
    """
    wanted = sorted(set(years))
    rows = _field(values, over, of).filter(pl.col("year").is_in(wanted))
    by_year = {int(key[0]): part for key, part in rows.partition_by("year", as_dict=True).items()}
    return tuple(_ordered(values, year, by_year[year], over) for year in wanted if year in by_year)


def years_with(
    values: Values, *, over: Code | None = None, of: Code | None = None
) -> tuple[int, ...]:
    """The years in which any member of a field has a value; see `standings`."""
    known = _field(values, over, of).filter(pl.col("x").is_not_null())
    return tuple(sorted(int(year) for year in known["year"].unique().to_list()))


def held_years(values: Values, client: Line) -> tuple[int, ...]:
    """The years in which any patron has a value over the state that the client then was."""
    parts = [part for stretch in client.stretches for part in stretch.parts]
    codes = {getattr(part, values.system) for part in parts} - {None}
    found = {
        year
        for code in codes
        for year in years_with(values, over=code)
        if client.code_in(values.system, year) == code
    }
    return tuple(sorted(found))


def orders(
    catalogue: MeasureCatalogue, measure: Measure, picks: Mapping[str, str]
) -> Values | None:
    """The measure of ranks that goes with a measure of pairs, where there is one.

    Such a measure leaves out the years in which the order is not known, though single values
    are: a partner that may come first has none.
    """
    ranks = catalogue.measures.get(f"{measure.name}_rank")
    return None if ranks is None or ranks.values is None else catalogue.values(ranks.name, picks)


def lower_is_first(values: Values) -> bool:
    """Whether the first place is the lowest value, as for ranks."""
    return values.direction.startswith("lower")


def places_of(
    x: NDArray[np.float64],
    *,
    se: NDArray[np.float64] | None = None,
    low: NDArray[np.float64] | None = None,
    high: NDArray[np.float64] | None = None,
) -> Places:
    """Ranks with what errors, ranges or ties leave open.

    Parameters
    ----------
    x : ndarray of float, (n,)
        Values; the highest is first.
    se : ndarray of float, (n,) or None
        Standard errors, NaN where unknown; see :func:`beholden.measures.ranks.places`.
    low, high : ndarray of float, (n,) or None
        Ranges; two states whose ranges overlap are not surely apart.

    Returns
    -------
    Places

    Examples
    --------
    >>> import numpy as np
    >>> found = places_of(np.array([3.0, 1.0, 3.0]))
    >>> found.rank.tolist(), found.high.tolist()
    ([1, 3, 1], [2, 3, 2])
    """
    plain = places(x)
    above = plain.others - plain.below - plain.tied
    if se is not None:
        told = places(x, se)
        sure_above, sure_below, kind = told.surely_above, told.surely_below, "se"
    elif low is not None and high is not None:
        ends = np.fmin(low, x), np.fmax(high, x)
        sure_above = (ends[0][None, :] > ends[1][:, None]).sum(axis=1)
        sure_below = (ends[1][None, :] < ends[0][:, None]).sum(axis=1)
        kind = "range"
    else:
        sure_above, sure_below, kind = above, plain.below, "ties"
    best = 1 + np.minimum(above, sure_above)
    worst = 1 + plain.others - np.minimum(plain.below, sure_below)
    return Places(1 + above, best, worst, kind)


def _field(values: Values, over: Code | None, of: Code | None) -> pl.DataFrame:
    """The rows of one field with the member's code as `who`; none without a state to ask of."""
    frame = values.frame
    if values.unit != DYAD_YEAR:
        return frame.rename({"state": "who"})
    if over is None and of is None:
        return frame.clear().rename({"other": "who"})
    given, asked = ("state", "other") if over is not None else ("other", "state")
    code = over if over is not None else of
    parts = [frame.filter(pl.col(given) == code).rename({asked: "who"}).drop(given)]
    if values.symmetric:
        turned = frame.filter(pl.col(asked) == code).rename({given: "who"}).drop(asked)
        parts.append(turned.select(parts[0].columns))
    return pl.concat(parts)


def _ordered(values: Values, year: int, rows: pl.DataFrame, over: Code | None) -> Standings:
    known, names = _named(rows.filter(pl.col("x").is_not_null()), values.system, year)
    if not names:
        return Standings(year, (), _reason(values, rows))
    x = known["x"].cast(pl.Float64).to_numpy()
    sign = -1.0 if lower_is_first(values) else 1.0
    extras = {name: _array(known, name) for name in ("se", "low", "high")}
    if sign < 0:
        low, high = extras["low"], extras["high"]
        extras["low"] = None if high is None else -high
        extras["high"] = None if low is None else -low
    found = places_of(sign * x, **extras)
    ranges = _ranges(known, x)
    rows_of = [
        Standing(code, name, float(x[at]), *ranges[at], *_ranks(found, at))
        for at, (code, name) in enumerate(names)
    ]
    ordered = tuple(sorted(rows_of, key=lambda row: (row.rank, row.name)))
    absent = () if over is None else _absent({code for code, _ in names}, values.system, over, year)
    return Standings(year, ordered, "", _INTERVALS[found.kind], absent)


def _absent(there: set[str], system: System, over: Code, year: int) -> tuple[str, ...]:
    """The great powers of a year that are neither there nor the client itself."""
    found = []
    for code in _GREAT:
        power = line(code)
        place = power.place(year)
        stretch = power.stretches[place] if place is not None else None
        if stretch and stretch.label not in there and stretch.code(system, year) != over:
            found.append(power.name_in(year))
    return tuple(found)


def _ranks(found: Places, at: int) -> tuple[int, int, int]:
    return int(found.rank[at]), int(found.low[at]), int(found.high[at])


def _named(
    rows: pl.DataFrame, system: System, year: int
) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """The rows of states that existed, with their codes and names."""
    states = [bearer(system, code, year) for code in rows["who"].to_list()]
    kept = rows.filter(pl.Series([state is not None for state in states], dtype=pl.Boolean))
    return kept, [(code_of(state), state.name) for state in states if state is not None]


def _reason(values: Values, rows: pl.DataFrame) -> str:
    """Why no member has a value: what the source says of most of them."""
    given = rows["why"].drop_nulls() if "why" in rows.columns else pl.Series([], dtype=pl.String)
    if given.is_empty():
        return "no value in the source"
    most = str(given.value_counts(sort=True)["why"][0])
    return values.missing.get(most, most)


def _array(rows: pl.DataFrame, name: str) -> NDArray[np.float64] | None:
    return rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() if name in rows else None


def _ranges(
    rows: pl.DataFrame, x: NDArray[np.float64]
) -> Sequence[tuple[float | None, float | None]]:
    if "se" in rows.columns:
        half = [None if error is None else 1.959964 * error for error in rows["se"].to_list()]
        return [
            (None, None) if h is None else (float(v) - h, float(v) + h)
            for v, h in zip(x, half, strict=True)
        ]
    if "low" in rows.columns and "high" in rows.columns:
        return list(zip(rows["low"].to_list(), rows["high"].to_list(), strict=True))
    return [(None, None)] * rows.height
