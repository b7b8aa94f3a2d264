"""How much of a figure's variance over many universes each choice explains."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["MAX_CHOICES", "shapley_shares"]

MAX_CHOICES = 16


def shapley_shares(codes: NDArray[np.int64], figure: NDArray[np.float64]) -> NDArray[np.float64]:
    """Functional ANOVA over universes, also where not every combination exists.

    The worth of a set of choices is the variance of the figure's mean given those choices; parts
    are Shapley effects of that worth and add to one.

    Parameters
    ----------
    codes : ndarray of int, shape (u, choices)
        The option of each choice, from 0.
    figure : ndarray, shape (u,)
        What varies.

    Returns
    -------
    ndarray, shape (choices,)
        Zeros where the figure does not vary.

    Raises
    ------
    ValueError
        With more than 16 choices that vary (2 to the power of 16 sets).

    Notes
    -----
    Universes are summed into the cells of all choices once; the cells of fewer choices are summed
    from the cells of one more, so each set costs the cells of the next larger one at most.

    References
    ----------
    .. [1] Owen, A. B. (2014). Sobol' indices and Shapley value. SIAM/ASA Journal on
       Uncertainty Quantification 2(1), 245-251. https://doi.org/10.1137/130936233

    Examples
    --------
    >>> shapley_shares(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.arange(4.0) // 2)
    array([1., 0.])
    """
    u, choices = codes.shape
    parts = np.zeros(choices)
    total = float(np.var(figure)) if u else 0.0
    if not u or total <= 1e-15 * max(1.0, float(np.mean(figure**2))):
        return parts
    varying = np.flatnonzero([np.ptp(codes[:, k]) > 0 for k in range(choices)])
    if len(varying) > MAX_CHOICES:
        found = len(varying)
        raise ValueError(f"expected at most {MAX_CHOICES} choices that vary, found {found}")
    if not len(varying):
        return parts
    worth = _worths([codes[:, k] for k in varying], figure - figure.mean()) / (u * total)
    parts[varying] = _shapley(worth, len(varying))
    return parts


def _worths(codes: list[Ids], figure: Floats) -> Floats:
    """Sums of squared means over cells, for each set of choices as bits of its place."""
    k = len(codes)
    sizes = [int(code.max()) + 1 for code in codes]
    radix = np.concatenate([[1], np.cumprod(np.array(sizes, dtype=object))])
    if radix[-1] >= 2**62:
        raise ValueError(f"expected fewer than 2^62 combinations of options, found {radix[-1]}")
    cell = sum(code * int(base) for code, base in zip(codes, radix[:-1], strict=True))
    worth = np.zeros(2**k)

    def visit(cell: Ids, count: Floats, total: Floats, sizes: list[int], left: int) -> None:
        """Take choices out, each only after the ones before it, so that no set comes twice."""
        taken = sum(1 << at for at, size in enumerate(sizes) if size > 1)
        worth[taken] = (total**2 / count).sum()
        for at in range(left, k):
            low = int(np.prod(sizes[:at], dtype=object))
            fewer = (cell // (low * sizes[at])) * low + cell % low
            merged = _merged(fewer, count, total)
            visit(*merged, [1 if i == at else size for i, size in enumerate(sizes)], at + 1)

    visit(*_merged(np.asarray(cell), np.ones(len(figure)), figure), sizes, 0)
    return worth


def _merged(cell: Ids, count: Floats, total: Floats) -> tuple[Ids, Floats, Floats]:
    most = int(cell.max()) + 1
    if most <= 4 * len(cell) + 1024:
        counts = np.bincount(cell, count, most).astype(float)
        places = np.flatnonzero(counts).astype(np.int64)
        return places, counts[places], np.bincount(cell, total, most)[places].astype(float)
    places, at = np.unique(cell, return_inverse=True)
    return places, np.bincount(at, count).astype(float), np.bincount(at, total).astype(float)


def _shapley(worth: Floats, k: int) -> Floats:
    sets = np.arange(2**k)
    size = np.array([bin(one).count("1") for one in sets])
    weight = np.array([1 / (k * comb(k - 1, s)) if s < k else 0.0 for s in range(k + 1)])
    parts = np.empty(k)
    for at in range(k):
        without = sets[sets >> at & 1 == 0]
        gain = worth[without | 1 << at] - worth[without]
        parts[at] = (weight[size[without]] * gain).sum()
    return parts
