"""What a likelihood is built from: the rows of one outcome, and how its kind is estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import linalg

from beholden.models.within import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from scipy import sparse

    from beholden.models.likelihood import Derivatives, Fit

__all__ = ["Method", "Model", "Sample", "indicators"]


class Model(Protocol):
    """A likelihood of one outcome on one set of rows."""

    @property
    def start(self) -> NDArray[np.float64]:
        """First nuisances, shape (l,)."""
        ...

    @property
    def fixed(self) -> int:
        """What nuisances add to K."""
        ...

    @property
    def noise(self) -> float:
        """Variance of the latent error."""
        ...

    def derivatives(
        self, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Derivatives:
        """As :class:`~beholden.models.likelihood.Likelihood` has it."""
        ...

    def feasible(self, nuisance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """The same."""
        ...

    def contributions(
        self,
        fit: Fit,
        slopes: NDArray[np.float64],
        nuisance: NDArray[np.float64],
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Rows, and each row's score along a direction of each universe, shape (rows, u)."""
        ...

    def spread(self, fit: Fit) -> NDArray[np.float64]:
        """Variance over the rows of each universe's linear predictor."""
        ...

    def recession(self) -> sparse.csr_array:
        """Rows along which the likelihood rises, as `separated` wants them."""
        ...


@dataclass(frozen=True)
class Sample:
    """Rows of one outcome.

    Attributes
    ----------
    outcome : ndarray, shape (n,)
    table : ndarray, shape (n, p)
        Standardised columns, then indicators of effects.
    weights : ndarray, shape (n,)
    codes : ndarray of int, shape (n,)
        The effect that is left to the model; all zero where there is none.
    rows : ndarray of int, shape (n,)
        Places in the design.
    """

    outcome: NDArray[np.float64]
    table: NDArray[np.float64]
    weights: NDArray[np.float64]
    codes: NDArray[np.int64]
    rows: NDArray[np.int64]


@dataclass(frozen=True)
class Method:
    """How one kind of outcome is estimated.

    Attributes
    ----------
    build : callable
        From a sample to its model.
    levels : bool
        Whether the model takes an effect itself; otherwise all enter as indicators.
    conditional : tuple of str
        Effects that are conditioned on.
    build_conditional : callable or None
        The model that does so; None where there is none, and such universes are refused.
    varying : bool
        Whether levels of effects in which the outcome never varies are left out.
    counted : bool
        Whether variances are multiplied by (N - 1) / (N - K).
    constant : bool
        Whether an outcome of ones alone still tells something, as when they differ in time.
    """

    build: Callable[[Sample], Model]
    levels: bool
    conditional: tuple[str, ...] = ()
    build_conditional: Callable[[Sample], Model] | None = None
    varying: bool = True
    counted: bool = True
    constant: bool = False


def indicators(
    codes: list[NDArray[np.int64]],
    taken: list[NDArray[np.int64]],
    weights: NDArray[np.float64],
    tolerance: float,
) -> NDArray[np.float64]:
    """Indicator columns, centred, without those that the others and `taken` determine."""
    parts = [(code[:, None] == np.arange(int(code.max()) + 1)).astype(float) for code in codes]
    whole = np.hstack(parts) if parts else np.zeros((len(weights), 0))
    if not whole.shape[1]:
        return whole
    whole -= (weights @ whole) / weights.sum()
    left = within(whole, taken, weights)[0]
    _, factor, order = linalg.qr(left * np.sqrt(weights)[:, None], mode="economic", pivoting=True)
    size = np.abs(np.diagonal(factor))
    kept = np.sort(order[: int((size**2 > tolerance * size[0] ** 2).sum())])
    some = whole[:, kept]
    return np.asarray(some / np.sqrt((weights @ some**2) / weights.sum()))
