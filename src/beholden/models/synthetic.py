"""Synthetic controls and synthetic differences: the treated unit and every placebo at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.simplex import simplex_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    # From the table and the years fitted to weights, the gaps of all years, and whether unique.
    Fit = Callable[[Floats, Flags, Flags], "tuple[Floats, Floats, Flags]"]

__all__ = [
    "FEWEST_BEFORE",
    "Counterfactual",
    "difference_in_differences",
    "donors_of",
    "leave_one_donor_out",
    "require_panel",
    "synthetic_control",
    "synthetic_differences",
]

FEWEST_BEFORE = 3


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """What every unit would have been as a mix of the others.

    Attributes
    ----------
    paths : ndarray, shape (years, units)
        Outcomes.
    weights : ndarray, shape (units, units)
        Row j: the donors' weights in the mix for unit j.
    gaps : ndarray, shape (years, units)
        Outcome less its counterfactual.
    honest : ndarray, shape (before, units)
        The same before the event, each year predicted by a mix found without it.
    unique : ndarray of bool, shape (units,)
        Whether the mix is the only one that comes as close; of several the shortest is taken.
    before : int
        Years before the event.
    treated : int
        The unit to which it happened.
    """

    paths: Floats
    weights: Floats
    gaps: Floats
    honest: Floats
    unique: Flags
    before: int
    treated: int

    @property
    def after(self) -> Floats:
        """Gaps from the event on, shape (years after, units)."""
        return self.gaps[self.before :]

    @property
    def fit(self) -> float:
        """Share of the treated unit's variance before that mixes foretell for years not seen.

        At or below zero a mix says no more of a year than the mean of the unit's other years.
        """
        path = self.paths[: self.before, self.treated]
        alone = (path - path.mean()) * self.before / (self.before - 1)
        spread = float(np.sum(alone**2))
        lost = float(np.sum(self.honest[:, self.treated] ** 2))
        return 1 - lost / spread if spread > 0 else -np.inf


def donors_of(units: int, treated: int) -> Flags:
    """Who may be in whose mix: nobody in their own, and the treated unit in nobody's.

    Parameters
    ----------
    units, treated : int
        How many units there are, and which of them is treated.

    Returns
    -------
    ndarray of bool, shape (units, units)

    Examples
    --------
    >>> donors_of(3, 0).astype(int).tolist()
    [[0, 1, 1], [0, 0, 1], [0, 1, 0]]
    """
    donors = ~np.eye(units, dtype=bool)
    donors[:, treated] = False
    return donors


def synthetic_control(
    paths: Floats, before: int, treated: int, *, level: bool = True, donors: Flags | None = None
) -> Counterfactual:
    """Each unit as the mix of others that was closest to it before the event.

    Parameters
    ----------
    paths : ndarray, shape (years, units)
        Outcomes without gaps.
    before : int
        Years before the event, at least three.
    treated : int
        The unit to which it happened.
    level : bool
        Whether levels must match [1]_; if not, each unit is taken from its own mean before [2]_,
        which also serves units above or below all donors.
    donors : ndarray of bool, shape (units, units), or None
        Row j: who may be in the mix for unit j; as :func:`donors_of` by default.

    Returns
    -------
    Counterfactual

    Raises
    ------
    ValueError
        With fewer than three years before or none after, gaps, or a unit among its donors.

    References
    ----------
    .. [1] Abadie, A., Diamond, A., Hainmueller, J. (2010). Journal of the American Statistical
       Association 105(490), 493-505. https://doi.org/10.1198/jasa.2009.ap08746
    .. [2] Ferman, B., Pinto, C. (2021). Quantitative Economics 12(4), 1197-1221.
       https://doi.org/10.3982/QE1596

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> donors = random.normal(size=(10, 4)).cumsum(axis=0)
    >>> target = donors[:, :1] * 0.3 + donors[:, 1:2] * 0.7
    >>> target[6:] += 2
    >>> found = synthetic_control(np.hstack([target, donors]), before=6, treated=0)
    >>> found.weights[0].round(2).tolist(), found.after[:, 0].round(2).tolist()
    ([0.0, 0.3, 0.7, 0.0, 0.0], [2.0, 2.0, 2.0, 2.0])
    """

    def fit(table: Floats, seen: Flags, allowed: Flags) -> tuple[Floats, Floats, Flags]:
        return _control(table, seen, allowed, level=level)

    return _every(fit, paths, before, treated, donors)


def synthetic_differences(
    paths: Floats, before: int, treated: int, *, donors: Flags | None = None
) -> Counterfactual:
    """Each unit against a mix of others, both less what a mix of years before had them differ.

    Weights of units are penalised and both weights leave levels free, as in the paper [1]_; the
    mean of the gaps after the event is its estimate for one treated unit.

    Parameters
    ----------
    paths, before, treated, donors
        As for :func:`synthetic_control`.

    Returns
    -------
    Counterfactual

    References
    ----------
    .. [1] Arkhangelsky, D., Athey, S., Hirshberg, D. A., Imbens, G. W., Wager, S. (2021).
       American Economic Review 111(12), 4088-4118. https://doi.org/10.1257/aer.20190159

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> paths = random.normal(size=(14, 12)) + np.arange(12) + np.arange(14)[:, None]
    >>> paths[9:, 3] += 5
    >>> bool(abs(synthetic_differences(paths, before=9, treated=3).after[:, 3].mean() - 5) < 1.5)
    True
    """
    return _every(_differences, paths, before, treated, donors)


def difference_in_differences(
    paths: Floats, before: int, treated: int, *, donors: Flags | None = None
) -> Counterfactual:
    """Each unit against the plain mean of its donors, all taken from their own means before.

    The slope of treated unit and time in a regression with effects of units and years. Its usual
    errors mean nothing with one treated unit; placebos do, as in Conley and Taber [1]_.

    Parameters
    ----------
    paths, before, treated, donors
        As for :func:`synthetic_control`.

    Returns
    -------
    Counterfactual

    References
    ----------
    .. [1] Conley, T. G., Taber, C. R. (2011). Review of Economics and Statistics 93(1), 113-125.
       https://doi.org/10.1162/REST_a_00049

    Examples
    --------
    >>> paths = np.add.outer(np.arange(8.0), np.arange(5.0))
    >>> paths[5:, 2] += 3
    >>> difference_in_differences(paths, before=5, treated=2).after[:, 2].round(6).tolist()
    [3.0, 3.0, 3.0]
    """
    return _every(_plain, paths, before, treated, donors)


def leave_one_donor_out(
    paths: Floats, before: int, treated: int, *, level: bool = True
) -> dict[int, Floats]:
    """The treated unit's gaps without each donor that has weight in its mix.

    Parameters
    ----------
    paths, before, treated, level
        As for :func:`synthetic_control`.

    Returns
    -------
    dict of int to ndarray, shape (years,)
        By donor, the weightiest first.
    """
    seen = np.arange(len(paths)) < before
    every = donors_of(paths.shape[1], treated)
    full, _, _ = _control(paths, seen, every, level=level, only=treated)
    weighty = [int(j) for j in np.argsort(-full[treated], kind="stable") if full[treated, j] > 1e-9]
    found: dict[int, Floats] = {}
    for donor in weighty:
        donors = every.copy()
        donors[:, donor] = False
        if donors[treated].any():
            _, gaps, _ = _control(paths, seen, donors, level=level, only=treated)
            found[donor] = gaps[:, treated]
    return found


def _every(
    fit: Fit, paths: Floats, before: int, treated: int, donors: Flags | None
) -> Counterfactual:
    years, units = paths.shape
    if not 0 <= treated < units:
        raise ValueError(f"expected a treated unit among {units}, received {treated}")
    allowed = donors_of(units, treated) if donors is None else donors
    require_panel(paths, before)
    _require_donors(allowed)
    seen = np.arange(years) < before
    weights, gaps, unique = fit(paths, seen, allowed)
    honest = np.empty((before, units))
    for year in range(before):
        others = seen.copy()
        others[year] = False
        # The year left out stands in the place of the years after.
        kept = others | (np.arange(years) == year)
        _, left, _ = fit(paths[kept], others[kept], allowed)
        honest[year] = left[~others[kept]][0]
    return Counterfactual(paths, weights, gaps, honest, unique, before, treated)


def require_panel(paths: Floats, before: int) -> None:
    """Refuse panels with gaps, or with too few years on a side.

    Parameters
    ----------
    paths : ndarray, shape (years, units)
        Outcomes.
    before : int
        Years before the event.
    """
    years = len(paths)
    if before < FEWEST_BEFORE or before >= years:
        raise ValueError(
            f"expected at least {FEWEST_BEFORE} years before the event and one from it on, "
            f"found {min(before, years)} and {max(years - before, 0)}"
        )
    if not np.isfinite(paths).all():
        raise ValueError("expected outcomes without gaps, found years without a value")


def _require_donors(donors: Flags) -> None:
    if donors.diagonal().any():
        raise ValueError("expected donors other than the unit, found a unit among its own donors")


def _control(
    table: Floats, seen: Flags, allowed: Flags, *, level: bool, only: int | None = None
) -> tuple[Floats, Floats, Flags]:
    units = table.shape[1]
    moved = table if level else table - table[seen].mean(axis=0)
    targets = np.arange(units) if only is None else np.array([only])
    found = simplex_weights(moved[seen], targets, allowed[targets])
    weights, unique = np.zeros((units, units)), np.ones(units, dtype=bool)
    weights[targets], unique[targets] = found.weights, found.unique
    return weights, moved - moved @ weights.T, unique


def _plain(table: Floats, seen: Flags, allowed: Flags) -> tuple[Floats, Floats, Flags]:
    moved = table - table[seen].mean(axis=0)
    weights = allowed / allowed.sum(axis=1, keepdims=True)
    return weights, moved - moved @ weights.T, np.ones(len(weights), dtype=bool)


def _differences(table: Floats, seen: Flags, allowed: Flags) -> tuple[Floats, Floats, Flags]:
    units, first = table.shape[1], table[seen]
    steps = np.diff(first, axis=0)
    moved = first - first.mean(axis=0)
    weights, times = np.zeros((units, units)), np.zeros((units, len(first)))
    for j in range(units):
        noise = float(steps[:, allowed[j]].std(ddof=1)) if steps[:, allowed[j]].size > 1 else 0.0
        size = float(np.sum(~seen)) ** 0.25 * noise
        one = np.array([j])
        weights[j] = simplex_weights(
            moved, one, allowed[one], max(size**2, 1e-12) * len(first)
        ).weights[0]
        times[j] = _year_weights(first, table[~seen], allowed[j], noise)
    gaps = table - table @ weights.T
    shift = np.einsum("js,sj->j", times, gaps[seen])
    return weights, gaps - shift, np.ones(units, dtype=bool)


def _year_weights(first: Floats, later: Floats, donors: Flags, noise: float) -> Floats:
    """Weights of years before that foretell the donors' mean after, up to a common level."""
    rows = np.vstack([first[:, donors], later[:, donors].mean(axis=0)]).T
    rows = rows - rows.mean(axis=0)
    years = len(first)
    allowed = (np.arange(years + 1) < years)[None]
    ridge = max((1e-6 * noise) ** 2 * len(rows), 1e-14)
    return simplex_weights(rows, np.array([years]), allowed, ridge).weights[0, :years]
