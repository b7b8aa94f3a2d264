"""Years in which a series changed its level or its course, when no date is given."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Breaks", "find_breaks", "partitions"]

# Degrees of lasting (first autocorrelations) that are considered.
_GRID = np.arange(0.0, 0.95, 0.1)
_WIDTH = 2.0


@dataclass(frozen=True, eq=False)
class Breaks:
    """Where a series breaks.

    Attributes
    ----------
    years : ndarray, shape (breaks,)
        First year of each new course, in order; empty where none is found.
    low, high : ndarray, shape (breaks,)
        The years between which each break lies with 95% probability, the others given.
    levels : ndarray, shape (breaks + 1,)
        Mean of each stretch.
    p : float
        Probability of breaks as sharp as these in a series without any that wanders as this one
        does.
    criterion : ndarray, shape (most + 1,)
        Schwarz's criterion (modified, below) for 0, 1, ... breaks; the least is taken.
    """

    years: Floats
    low: Floats
    high: Floats
    levels: Floats
    p: float
    criterion: Floats


def find_breaks(
    years: Floats,
    values: Floats,
    *,
    most: int = 3,
    shortest: int = 3,
    trend: bool = False,
    draws: int = 999,
    seed: int = 1,
) -> Breaks:
    """The breaks of a series with the least sum of squares, their number and whether any is real.

    All partitions are searched by dynamic programming [1]_. Their number is the least of the
    criterion of Liu, Wu and Zidek [2]_, which asks more of each break than Schwarz's and holds
    against some dependence. Whether there is any break is tested by the largest F over all
    years and numbers of breaks [3]_, against simulated series without a break whose deviations
    last as this one's do (AR(1), averaged over how much may last): tabulated critical values
    are for long series.

    Parameters
    ----------
    years, values : ndarray, shape (n,)
        In order, with values.
    most : int
        Breaks at most.
    shortest : int
        Years between breaks at least; three with a trend.
    trend : bool
        Whether each stretch has a line of its own instead of a level.
    draws, seed : int
        Simulated series.

    Returns
    -------
    Breaks

    Raises
    ------
    ValueError
        With too few years for one break.

    References
    ----------
    .. [1] Bai, J., Perron, P. (2003). Journal of Applied Econometrics 18(1), 1-22.
       https://doi.org/10.1002/jae.659
    .. [2] Liu, J., Wu, S., Zidek, J. V. (1997). Statistica Sinica 7(2), 497-525.
       https://www.jstor.org/stable/24306090
    .. [3] Andrews, D. W. K. (1993). Econometrica 61(4), 821-856.
       https://doi.org/10.2307/2951764

    Examples
    --------
    >>> years = np.arange(2000.0, 2024)
    >>> values = np.where(years >= 2012, 3.0, 1.0) + np.sin(5 * years) / 4
    >>> found = find_breaks(years, values)
    >>> found.years.tolist(), found.p < 0.05
    ([2012.0], True)
    """
    n, free = len(values), 2 if trend else 1
    if not np.isfinite(values).all():
        raise ValueError("expected values without gaps; leave out years that are not known")
    least = max(shortest, free + 1)
    if n < 2 * least:
        raise ValueError(f"expected at least {2 * least} years for one break, found {n}")
    costs = _costs(years, values, trend)
    best = partitions(costs, min(most, n // least - 1), least)
    sums = np.array([_sum(costs, cuts, n) for cuts in best])
    criterion = np.array([_criterion(s, n, k, free) for k, s in enumerate(sums)])
    cuts = best[int(np.argmin(criterion))]
    low, high = _likely(costs, cuts, least, n, years)
    edges = [0, *cuts, n]
    levels = np.array([values[a:b].mean() for a, b in itertools.pairwise(edges)])
    p = _chance(years, values, trend, len(best) - 1, least, draws, seed)
    return Breaks(years[list(cuts)], low, high, levels, p, criterion)


def partitions(costs: Floats, most: int, shortest: int) -> list[tuple[int, ...]]:
    """The cuts of least cost, for no cut, one, and so on.

    Parameters
    ----------
    costs : ndarray, shape (n + 1, n + 1)
        Entry (a, b): the cost of the stretch from place a up to, not including, b.
    most, shortest : int
        Cuts at most, and places in a stretch at least.

    Returns
    -------
    list of tuple of int
        Places where new stretches begin.

    Examples
    --------
    >>> values = np.array([0.0, 0, 0, 5, 5, 5])
    >>> partitions(_costs(np.arange(6.0), values, trend=False), 1, 2)
    [(), (3,)]
    """
    n = len(costs) - 1
    best = costs[0].copy()
    best[:shortest] = np.inf
    best[0] = 0.0
    backs: list[Ints] = []
    for _ in range(most):
        # Row a: the best way up to a, then one stretch from a to b.
        through = best[:, None] + costs
        near = np.subtract.outer(np.arange(n + 1), np.arange(n + 1)) > -shortest
        through[near] = np.inf
        through[0] = np.inf
        backs.append(np.argmin(through, axis=0))
        best = through.min(axis=0)
    found: list[tuple[int, ...]] = [()]
    for count in range(1, most + 1):
        cuts, end = [], n
        for back in reversed(backs[:count]):
            end = int(back[end])
            cuts.append(end)
        found.append(tuple(reversed(cuts)))
    return found


def _costs(years: Floats, values: Floats, trend: bool) -> Floats:
    """Sums of squares around the level or the line of every stretch."""
    n = len(values)
    x = (years - years.mean()) / (np.ptp(years) or 1)
    y = values - values.mean()

    def running(part: Floats) -> Floats:
        total = np.concatenate([[0.0], np.cumsum(part)])
        return np.asarray(total[None, :] - total[:, None])

    count = np.maximum(np.subtract.outer(np.arange(n + 1), np.arange(n + 1)).T, 1)
    one, two = running(y), running(y**2)
    cost = two - one**2 / count
    if trend:
        sx, sxx, sxy = running(x), running(x**2), running(x * y)
        spread = sxx - sx**2 / count
        with np.errstate(divide="ignore", invalid="ignore"):
            won = np.where(spread > 1e-14, (sxy - sx * one / count) ** 2 / spread, 0.0)
        cost = cost - won
    cost = np.maximum(cost, 0.0)
    cost[np.tril_indices(n + 1)] = np.inf
    return np.asarray(cost)


def _sum(costs: Floats, cuts: tuple[int, ...], n: int) -> float:
    edges = [0, *cuts, n]
    return float(sum(costs[a, b] for a, b in itertools.pairwise(edges)))


def _criterion(total: float, n: int, breaks: int, free: int) -> float:
    """Liu, Wu and Zidek's, with their constants 0.299 and 2.1."""
    parameters = (breaks + 1) * free + breaks
    left = n - parameters
    if left <= 0:
        return np.inf
    floor = max(total / left, 1e-300)
    return float(np.log(floor) + parameters * 0.299 * np.log(n) ** 2.1 / n)


def _likely(
    costs: Floats, cuts: tuple[int, ...], shortest: int, n: int, years: Floats
) -> tuple[Floats, Floats]:
    """For each break the years that hold 95% of its probability, its neighbours given."""
    edges = [0, *cuts, n]
    low, high = np.empty(len(cuts)), np.empty(len(cuts))
    for i in range(len(cuts)):
        a, b = edges[i], edges[i + 2]
        places = np.arange(a + shortest, b - shortest + 1)
        sums = np.maximum(costs[a, places] + costs[places, b], 1e-300)
        logs = -0.5 * (b - a) * np.log(sums)
        chance = np.exp(logs - logs.max())
        chance /= chance.sum()
        order = np.argsort(-chance, kind="stable")
        held = order[: int(np.searchsorted(np.cumsum(chance[order]), 0.95)) + 1]
        low[i], high[i] = years[places[held].min()], years[places[held].max()]
    return low, high


def _sharpest(costs: Floats, most: int, shortest: int, free: int) -> float:
    """The largest F of one, two, ... breaks against none (the double maximum of Bai and Perron)."""
    n = len(costs) - 1
    whole = float(costs[0, n])
    found = 0.0
    for count, cuts in enumerate(partitions(costs, most, shortest)[1:], start=1):
        left = n - (count + 1) * free
        rest = _sum(costs, cuts, n)
        if left > 0:
            found = max(found, (whole - rest) / (count * free) / max(rest / left, 1e-300))
    return found


def _chance(
    years: Floats, values: Floats, trend: bool, most: int, shortest: int, draws: int, seed: int
) -> float:
    """How often a series without a break that wanders alike has breaks as sharp."""
    n, free = len(values), 2 if trend else 1
    costs = _costs(years, values, trend)
    found = _sharpest(costs, most, shortest, free)
    weights = _lasting(years, values, trend, partitions(costs, most, shortest), shortest)
    random = np.random.default_rng(seed)
    counts = np.diff(np.round(np.concatenate([[0.0], np.cumsum(weights)]) * draws).astype(int))
    as_sharp = 0
    for lasting, count in zip(_GRID, counts, strict=True):
        noise = random.standard_normal((count, n))
        noise[:, 0] /= np.sqrt(1 - lasting**2)
        for t in range(1, n):
            noise[:, t] += lasting * noise[:, t - 1]
        each = (_sharpest(_costs(years, row, trend), most, shortest, free) for row in noise)
        as_sharp += sum(sharp >= found for sharp in each)
    return (1 + as_sharp) / (draws + 1)


def _lasting(
    years: Floats,
    values: Floats,
    trend: bool,
    best: list[tuple[int, ...]],
    shortest: int,
) -> Floats:
    """How likely each degree of lasting is, over no break, one in any year, and the best of more.

    A real break looks like lasting where none is allowed, and lasting looks like a break where
    one is; so neither may decide alone, and each counts by what speaks for it (even odds for
    every number of breaks).
    """
    n = len(values)
    x = (years - years.mean()) / (np.ptp(years) or 1)
    y = (values - values.mean()) / (values.std() or 1)
    base = np.column_stack([np.ones(n), *([x] if trend else [])])
    singles = [(place,) for place in range(shortest, n - shortest + 1)]
    shapes = [(), *singles, *best[2:]]
    shares = np.array([1 / len(singles) if len(cuts) == 1 else 1.0 for cuts in shapes])
    logs = np.array(
        [[_evidence(_broken(base, cuts), y, lasting) for cuts in shapes] for lasting in _GRID]
    )
    chance = np.exp(logs - logs.max()) * shares
    return np.asarray(chance.sum(axis=1) / chance.sum())


def _broken(base: Floats, cuts: tuple[int, ...]) -> Floats:
    edges = [0, *cuts, len(base)]
    place = np.arange(len(base))[:, None]
    return np.hstack([base * ((place >= a) & (place < b)) for a, b in itertools.pairwise(edges)])


def _evidence(table: Floats, values: Floats, lasting: float) -> float:
    """Log evidence for a course of a series of size one, coefficients of size two before."""

    def whitened(part: Floats) -> Floats:
        first = np.sqrt(1 - lasting**2) * part[:1]
        return np.concatenate([first, part[1:] - lasting * part[:-1]])

    columns, y = whitened(table), whitened(values)
    products = columns.T @ columns
    rest = y - columns @ np.linalg.solve(products, columns.T @ y)
    free = table.shape[1]
    degrees = len(y) - free
    size = max(float(rest @ rest), 1e-300)
    flat = float(np.log(1 - lasting**2) - np.linalg.slogdet(products)[1]) / 2
    bound = free * math.log(_WIDTH) + degrees / 2 * math.log(math.pi)
    told = math.lgamma(degrees / 2) - degrees / 2 * math.log(size)
    return float(flat - bound + told)
