"""Null-imposed wild cluster bootstrap of a whole curve, its draws shared by all universes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

from beholden.models.design import plan
from beholden.models.stage import TOLERANCE, Solved, scores, solved, staged
from beholden.models.within import compact, crossing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.models.design import Design, Specifications
    from beholden.models.stage import Stage

__all__ = ["Wild", "draw_weights", "wild_bootstrap"]

WEBB = np.sqrt(np.array([0.5, 1.0, 1.5]))


@dataclass(frozen=True)
class Wild:
    """What every universe would have found where its exposure does nothing.

    Attributes
    ----------
    coefficients : ndarray, shape (u, draws)
        Slopes; NaN where a universe has no estimate.
    ratios : ndarray, shape (u, draws), or None
        Slopes over their CR1 errors; None where not asked for.
    weights : str
        ``"rademacher"`` or ``"webb"``.
    seed : int
        Of the draws.
    """

    coefficients: NDArray[np.float64]
    ratios: NDArray[np.float64] | None
    weights: str
    seed: int


def draw_weights(kind: str, clusters: int, draws: int, seed: int) -> NDArray[np.float64]:
    """Weights of the clusters in each draw, of mean 0 and variance 1.

    Parameters
    ----------
    kind : str
        ``"rademacher"``: -1 or 1. ``"webb"``: six points, for fewer than about a dozen clusters,
        where there are few different draws of signs.
    clusters, draws : int
        Shape of the result.
    seed : int
        The same seed gives the same weights.

    Returns
    -------
    ndarray, shape (clusters, draws)

    Raises
    ------
    ValueError
        When the kind is another.

    References
    ----------
    .. [1] Webb, M. D. (2023). Reworking wild bootstrap-based inference for clustered errors.
       Canadian Journal of Economics 56(3), 839-858. https://doi.org/10.1111/caje.12661

    Examples
    --------
    >>> sorted(set(draw_weights("rademacher", 5, 9, 1).ravel().tolist()))
    [-1.0, 1.0]
    """
    points = {"rademacher": np.array([-1.0, 1.0]), "webb": np.concatenate([-WEBB[::-1], WEBB])}
    if kind not in points:
        raise ValueError(f"expected weights 'rademacher' or 'webb', found {kind!r}")
    random = np.random.default_rng(seed)
    return points[kind][random.integers(len(points[kind]), size=(clusters, draws))]


def wild_bootstrap(
    design: Design,
    specs: Specifications,
    *,
    draws: int = 999,
    weights: str = "rademacher",
    seed: int = 0,
    ratios: bool = True,
    singletons: str = "keep",
    tolerance: float = TOLERANCE,
) -> Wild:
    """Draw every universe's slope, and its t ratio, under its own null hypothesis.

    Parameters
    ----------
    design : Design
        With one column of clusters, in which all fixed effects of a universe but one are nested.
    specs : Specifications
        u universes.
    draws : int
        With 5% tests, one less than a multiple of 20.
    weights : str
        As in :func:`draw_weights`.
    seed : int
        Kept in the result.
    ratios : bool
        Whether t ratios are drawn; slopes alone are far cheaper.
    singletons, tolerance
        As in :func:`~beholden.models.curve.estimate`.

    Returns
    -------
    Wild

    Raises
    ------
    ValueError
        When two fixed effects cross the clusters, or clusters go two ways.

    Notes
    -----
    Residuals of the regression without the exposure are multiplied by one weight a cluster; a
    cluster has the same weight in every universe, so what universes have in common stays in common
    in the draws. Slopes of all draws are one product of the clusters' scores with the weights.
    For the t ratios the residuals are taken again within those effects that cross clusters.

    References
    ----------
    .. [1] Cameron, A. C., Gelbach, J. B., and Miller, D. L. (2008). Bootstrap-based improvements
       for inference with clustered errors. Review of Economics and Statistics 90(3), 414-427.
       https://doi.org/10.1162/rest.90.3.414
    .. [2] Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis.
       Nature Human Behaviour 4, 1208-1214. https://doi.org/10.1038/s41562-020-0912-z

    Examples
    --------
    >>> from beholden.models.design import Design, every_subset
    >>> x = np.arange(12.0)[:, None] % 5
    >>> design = Design(x**2, x, np.empty((12, 0)), {}, np.arange(12) // 3)
    >>> wild_bootstrap(design, every_subset(design), draws=19).ratios.shape
    (1, 19)
    """
    clusters = int(design.cluster_codes.max()) + 1
    signs = draw_weights(weights, clusters, draws, seed)
    # Every universe is in one group, which writes its row; large arrays are filled only once.
    slopes = np.empty((len(specs), draws))
    found = np.empty((len(specs), draws)) if ratios else None
    cells = None
    for group in plan(design, specs, singletons=singletons):
        if not len(group.rows):
            _leave_out(group.universes, slopes, found)
            continue
        mine = specs.take(group.universes)
        stage = staged(design, mine, group, "CR1", cells)
        cells = stage.cells
        here = signs[compact(design.cluster_codes[group.rows])[1]]
        null = without_exposure(solved(design, mine, stage, tolerance))
        own = scores(null, stage.packed[0])
        usable = (null.pivots > tolerance) & enough(stage, null)
        _leave_out(group.universes[~usable], slopes, found)
        slopes[group.universes[usable]] = own[usable] @ here
        if found is not None:
            at = np.flatnonzero(usable)
            cross = Crossed.of(stage)
            for some in np.array_split(at, len(at) // 32 + 1):
                variance = _variances(cross, stage, null, some, own, here)
                places = group.universes[some]
                # Rounding can leave less than nothing of a perfect fit.
                found[places] = slopes[places] / np.sqrt(np.where(variance > 0, variance, np.nan))
    return Wild(slopes, found, weights, seed)


def _leave_out(
    universes: NDArray[np.int64], slopes: NDArray[np.float64], found: NDArray[np.float64] | None
) -> None:
    slopes[universes] = np.nan
    if found is not None:
        found[universes] = np.nan


def without_exposure(found: Solved) -> Solved:
    """The same universes, their slopes those of the regression without the exposure."""
    first = np.where(found.effects[:, 0] > 0, found.effects[:, 0], 1.0)
    slopes = found.slopes - found.effects * (found.slopes[:, 0] / first)[:, None]
    # Exactly zero: what is left by rounding would be multiplied by the exposure.
    slopes[:, 0] = 0.0
    return Solved(found.members, found.outcome, slopes, found.effects, found.pivots)


def enough(stage: Stage, found: Solved) -> NDArray[np.bool_]:
    """Universes with more rows than parameters, in more than one cluster."""
    k = (found.members >= 0).sum(axis=1) + stage.fixed
    result: NDArray[np.bool_] = (len(stage.table) > k) & (stage.grouping.clusters > 1)
    return result


@dataclass(frozen=True)
class Crossed:
    """The one effect that crosses clusters: its levels, and what solves for them."""

    levels: NDArray[np.int64] | None
    blocks: NDArray[np.float64]
    factor: tuple[NDArray[np.float64], bool] | None

    @classmethod
    def of(cls, stage: Stage) -> Crossed:
        """That of a group; `ValueError` where two effects cross."""
        p = stage.table.shape[1]
        full = np.empty((len(stage.packed[0]), p, p))
        i, j = np.triu_indices(p)
        full[:, i, j] = full[:, j, i] = stage.packed[0]
        pairs = list(zip(stage.effect_codes, stage.nested, strict=True))
        crossing_clusters = [codes for codes, inside in pairs if not inside]
        inside = [codes for codes, nested in pairs if nested]
        if len(crossing_clusters) > 1:
            raise ValueError("expected at most one fixed effect that crosses clusters, found two")
        if not stage.effect_codes:
            # The intercept is an effect with one level, which crosses all clusters.
            crossing_clusters = [np.zeros(len(stage.table), dtype=np.int64)]
        if not crossing_clusters:
            return cls(None, full, None)
        levels, weights = crossing_clusters[0], stage.cells.weights
        if inside:
            return cls(levels, full, crossing(inside[0], levels, weights).factor)
        return cls(levels, full, linalg.cho_factor(np.diag(np.bincount(levels, weights)), True))

    def pieces(
        self, stage: Stage, null: Solved, u: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What slopes and levels take back from a weighted score, as two thin factors.

        With weights w and scores s of the clusters, a draw's scores are w s - before (after w).
        """
        taken = null.members[u] >= 0
        members = null.members[u][taken]
        c = np.zeros(stage.table.shape[1])
        c[members], c[null.outcome[u]] = -null.slopes[u][taken], 1.0
        a = np.zeros_like(c)
        a[members] = null.effects[u][taken]
        gram = stage.gram[np.ix_(members, members)]
        before = (self.blocks @ a)[:, members]
        after = linalg.solve(gram, (self.blocks @ c)[:, members].T, assume_a="pos")
        if self.levels is None or self.factor is None:
            return before, after
        solved_levels = linalg.cho_solve(self.factor, self.sums_of(stage, c).T)
        return np.hstack([before, self.sums_of(stage, a)]), np.vstack([after, solved_levels])

    def sums_of(self, stage: Stage, mix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighted sums of a mix of columns by cluster and level."""
        clusters, levels = stage.grouping.parts[0][0], self.levels
        if levels is None:
            raise ValueError("expected an effect that crosses clusters")
        k = int(levels.max()) + 1
        size = stage.grouping.clusters * k
        cells = stage.cells.weights * (stage.table @ mix)
        sums: NDArray[np.float64] = np.bincount(clusters * k + levels, cells, size).astype(float)
        return sums.reshape(-1, k)


def _variances(
    cross: Crossed,
    stage: Stage,
    null: Solved,
    some: NDArray[np.int64],
    own: NDArray[np.float64],
    signs: NDArray[np.float64],
) -> NDArray[np.float64]:
    """CR1 variances of some universes' slopes in each draw, shape (some, draws)."""
    n, g = len(stage.table), stage.grouping.clusters
    pieces = [cross.pieces(stage, null, int(u)) for u in some]
    if pieces and max(len(after) for _, after in pieces) > g // 4:
        squares = np.array(
            [_full(*piece, own[u], signs) for u, piece in zip(some, pieces, strict=True)]
        )
    else:
        squares = _thin(pieces, own[some], signs)
    k = (null.members[some] >= 0).sum(axis=1) + stage.fixed
    result: NDArray[np.float64] = squares * ((n - 1) / (n - k) * g / (g - 1))[:, None]
    return result


def _full(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    own: NDArray[np.float64],
    signs: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Squares of a universe's scores in each draw: one product of clusters by clusters."""
    drawn = (np.diag(own) - before @ after) @ signs
    squares: NDArray[np.float64] = np.einsum("gb,gb->b", drawn, drawn)
    return squares


def _thin(
    pieces: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
    own: NDArray[np.float64],
    signs: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The same squares multiplied out, so that no draw's scores are written down."""
    squares: NDArray[np.float64] = own**2 @ signs**2
    if not pieces:
        return squares
    heads = np.vstack([after for _, after in pieces]) @ signs
    scored = [(before * score[:, None]).T for (before, _), score in zip(pieces, own, strict=True)]
    tails = np.vstack(scored) @ signs
    at = 0
    for place, (before, after) in enumerate(pieces):
        head, tail = heads[at : at + len(after)], tails[at : at + len(after)]
        squares[place] += np.einsum("kb,kb->b", head, (before.T @ before) @ head - 2 * tail)
        at += len(after)
    return squares
