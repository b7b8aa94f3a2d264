"""Exact linear algebra on a chain of blocks: each time is bound to the next and no other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import lapack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Chain", "factor", "pieces"]


@dataclass(frozen=True, eq=False)
class Chain:
    """The Cholesky factor of a symmetric block-tridiagonal matrix.

    Attributes
    ----------
    inverses : list of ndarray
        Inverse lower roots of the pivots, one for each block. Multiplying by them is several
        times as fast as solving by the roots, and the blocks are well conditioned.
    links : list of ndarray
        Each block's bond to the next, solved by its root.
    bounds : ndarray, shape (blocks + 1,)
        Where each block begins.
    """

    inverses: list[Floats]
    links: list[Floats]
    bounds: NDArray[np.int64]

    def solve(self, right: Floats) -> Floats:
        """The solution for one right-hand side, or for each column of several."""
        return self.back(self.forth(right))

    def forth(self, right: Floats) -> Floats:
        """The solution by the lower factor alone."""
        out = np.empty(right.shape)
        for t, (a, b) in enumerate(pieces(self.bounds)):
            rest = right[a:b]
            if t:
                rest = rest - self.links[t - 1].T @ out[self.bounds[t - 1] : a]
            out[a:b] = self.inverses[t] @ rest
        return out

    def back(self, right: Floats) -> Floats:
        """The solution by the upper factor alone; of normal deviates it makes a draw."""
        out = np.empty(right.shape)
        for t, (a, b) in reversed(list(enumerate(pieces(self.bounds)))):
            rest = right[a:b]
            if t + 1 < len(self.inverses):
                rest = rest - self.links[t] @ out[b : self.bounds[t + 2]]
            out[a:b] = self.inverses[t].T @ rest
        return out

    def inverse_blocks(self) -> tuple[list[Floats], list[Floats]]:
        """The blocks of the inverse on the diagonal, and those between neighbours.

        Returns
        -------
        blocks : list of ndarray
            Covariance of each block.
        between : list of ndarray
            Covariance of each block with the next.
        """
        blocks: list[Floats] = []
        between: list[Floats] = []
        for t in reversed(range(len(self.inverses))):
            inner = self.inverses[t]
            own = inner.T @ inner
            if blocks:
                gain = inner.T @ self.links[t]
                cross = gain @ blocks[-1]
                own = own + cross @ gain.T
                between.append(-cross)
            blocks.append(own)
        return blocks[::-1], between[::-1]


def pieces(bounds: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Begin and end of every block."""
    return [(int(a), int(b)) for a, b in itertools.pairwise(bounds)]


def factor(blocks: list[Floats], bonds: list[Floats], bounds: NDArray[np.int64]) -> Chain:
    """Factor a symmetric positive definite block-tridiagonal matrix.

    Parameters
    ----------
    blocks : list of ndarray
        Blocks on the diagonal.
    bonds : list of ndarray
        Blocks between each block (rows) and the next (columns).
    bounds : ndarray, shape (blocks + 1,)
        Where each block begins.

    Raises
    ------
    numpy.linalg.LinAlgError
        When the matrix is not positive definite.

    Examples
    --------
    >>> one = factor([np.eye(1) * 2, np.eye(1) * 2], [-np.eye(1)], np.array([0, 1, 2]))
    >>> one.solve(np.array([1.0, 0.0])).round(4)
    array([0.6667, 0.3333])
    """
    inverses: list[Floats] = []
    links: list[Floats] = []
    for t, block in enumerate(blocks):
        pivot = block - links[-1].T @ links[-1] if t else block
        root = np.linalg.cholesky(pivot)
        inverse, _ = lapack.dtrtri(root, lower=1)
        inverses.append(np.tril(inverse))
        if t + 1 < len(blocks):
            links.append(inverses[-1] @ bonds[t])
    return Chain(inverses, links, bounds)
