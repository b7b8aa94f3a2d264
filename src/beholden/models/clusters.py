"""How errors go together: which sums of scores make up the variance of an estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.within import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["ERRORS", "Clustering", "clustering", "parameters"]

ERRORS = ("CR1", "CR3", "two-way", "dyadic")


@dataclass(frozen=True)
class Clustering:
    """Sums of scores whose squares, with their signs, add up to the variance.

    Attributes
    ----------
    parts : tuple of tuple of ndarray
        Codes of each part; a part with two columns counts each row in two clusters.
    signs : tuple of int
        +1 or -1 for each part.
    clusters : int
        The number that makes the correction and the degrees of freedom: clusters, the fewer of
        two ways, or the members of the dyads.
    nesting : tuple of ndarray
        Partitions in which a fixed effect may be nested.
    jackknife : bool
        Whether each cluster is left out in turn instead.
    """

    parts: tuple[tuple[NDArray[np.int64], ...], ...]
    signs: tuple[int, ...]
    clusters: int
    nesting: tuple[NDArray[np.int64], ...]
    jackknife: bool = False


def clustering(codes: NDArray[np.int64], errors: str) -> Clustering:
    """The sums for one kind of errors.

    Parameters
    ----------
    codes : ndarray of int, shape (n,) or (n, 2)
        Clusters of the rows in the sample.
    errors : str
        ``"CR1"`` or ``"CR3"`` with one column; ``"two-way"`` and ``"dyadic"`` with two.

    Returns
    -------
    Clustering

    Raises
    ------
    ValueError
        When the columns do not fit the kind.

    Notes
    -----
    Two ways: V1 + V2 - V12, all with the correction of the way with fewer clusters. Dyads: rows
    are dependent when their dyads share a member; summing over the members counts rows of one
    dyad twice, so the dyads are taken off once. Both directions of a pair are one dyad.

    References
    ----------
    .. [1] Cameron, A. C., Gelbach, J. B., and Miller, D. L. (2011). Robust inference with multiway
       clustering. Journal of Business & Economic Statistics 29(2), 238-249.
       https://doi.org/10.1198/jbes.2010.07136
    .. [2] Aronow, P. M., Samii, C., and Assenova, V. A. (2015). Cluster-robust variance estimation
       for dyadic data. Political Analysis 23(4), 564-577. https://doi.org/10.1093/pan/mpv018

    Examples
    --------
    >>> clustering(np.array([[0, 1], [1, 2]]), "dyadic").clusters
    3
    """
    if errors not in ERRORS:
        raise ValueError(f"expected errors to be one of {', '.join(ERRORS)}, found {errors!r}")
    wanted = 2 if errors in ("two-way", "dyadic") else 1
    if codes.ndim != wanted:
        raise ValueError(
            f"expected {wanted} cluster ids a row for {errors} errors, found {codes.ndim}"
        )
    if wanted == 1:
        one, seen = compact(codes)
        return Clustering(((one,),), (1,), len(seen), (one,), errors == "CR3")
    if errors == "two-way":
        return _two_way(codes)
    members = compact(codes.ravel())
    sides = members[0].reshape(codes.shape)
    if (sides[:, 0] == sides[:, 1]).any():
        raise ValueError("expected dyads of two members, found one of a member with itself")
    dyad = _joined(sides.min(axis=1), sides.max(axis=1))
    pair = (np.ascontiguousarray(sides[:, 0]), np.ascontiguousarray(sides[:, 1]))
    return Clustering((pair, (dyad,)), (1, -1), len(members[1]), (dyad,))


def _joined(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(first):
        return first
    both: NDArray[np.int64] = np.unique(
        first * (int(second.max()) + 1) + second, return_inverse=True
    )[1].astype(np.int64)
    return both


def _two_way(codes: NDArray[np.int64]) -> Clustering:
    first, seen = compact(np.ascontiguousarray(codes[:, 0]))
    second, other = compact(np.ascontiguousarray(codes[:, 1]))
    both = _joined(first, second)
    clusters = min(len(seen), len(other))
    return Clustering(((first,), (second,), (both,)), (1, 1, -1), clusters, (first, second))


def _nested(effect: NDArray[np.int64], clusters: NDArray[np.int64]) -> bool:
    home = np.empty(int(effect.max()) + 1, dtype=np.int64)
    home[effect] = clusters
    return bool((home[effect] == clusters).all())


def parameters(
    effects: Sequence[NDArray[np.int64]], grouping: Clustering
) -> tuple[int, tuple[bool, ...]]:
    """What fixed effects add to the count K of parameters, and which of them are nested.

    Parameters
    ----------
    effects : sequence of ndarray of int, shape (n,)
        Codes from 0 without gaps.
    grouping : Clustering
        Of the same rows.

    Returns
    -------
    count : int
        1 without effects (the intercept); otherwise levels less one for each effect after the
        first, where all nested effects count one each instead of their levels.
    nested : tuple of bool
        For each effect.

    Notes
    -----
    This is the count of fixest with its defaults, ``fixef.K = "nonnested"``; components beyond the
    first are not taken off there, and not here.

    Examples
    --------
    >>> units, years = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> parameters([units, years], clustering(units, "CR1"))
    (2, (True, False))
    """
    if not effects:
        return 1, ()
    levels = [int(codes.max()) + 1 for codes in effects]
    nested = tuple(any(_nested(codes, part) for part in grouping.nesting) for codes in effects)
    count = sum(1 if inside else k for inside, k in zip(nested, levels, strict=True))
    return count - (len(effects) - 1), nested
