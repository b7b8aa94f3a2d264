"""Answers from a known truth, of any shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent import Answers, Fit

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Truth:
    """Answers with the positions, by time and unit, and the items that they came from."""

    table: pl.DataFrame
    theta: Floats
    items: dict[int, tuple[float, Floats]]

    def at(self, answers: Answers) -> Floats:
        """True positions of a table's nodes with mean 0 and standard deviation 1."""
        raw = self.theta[answers.times[answers.node_time].astype(int), self._units(answers)]
        answered = answers.node_answers > 0
        return np.asarray((raw - raw[answered].mean()) / raw[answered].std())

    def size(self, answers: Answers) -> float:
        """The standard deviation of true positions of a table's nodes."""
        raw = self.theta[answers.times[answers.node_time].astype(int), self._units(answers)]
        return float(raw[answers.node_answers > 0].std())

    def _units(self, answers: Answers) -> NDArray[Any]:
        return np.array(answers.units)[answers.node_unit]

    def extremes(self) -> tuple[int, int]:
        """The units with the highest and lowest mean position."""
        mean = self.theta.mean(axis=0)
        return int(np.argmax(mean)), int(np.argmin(mean))


def simulate(
    seed: int,
    units: int = 60,
    times: int = 8,
    items: int = 40,
    *,
    bridged: float = 0.25,
    step: float = 0.1,
    shock: float = 0.1,
    categories: int = 3,
    load: float = 1.5,
    cut: float = 2.0,
    middle: float = 0.0,
    missing: float = 0.15,
) -> Truth:
    """Probit answers of units that walk, to items of which some are put again."""
    draw = np.random.default_rng(seed)
    theta = np.empty((times, units))
    theta[0] = draw.normal(size=units)
    for t in range(1, times):
        theta[t] = theta[t - 1] + step * draw.normal(size=units) + shock * draw.normal()
    known: dict[int, tuple[float, Floats]] = {}
    rows: list[tuple[int, int, int, int]] = []
    last: list[int] = []
    for t in range(times):
        again = [item for item in last if draw.random() < bridged]
        for _ in range(items - len(again)):
            gaps = np.exp(draw.normal(-0.7, 1.0, categories - 2))
            cuts = np.cumsum(np.append(middle + cut * draw.normal(), gaps))
            again.append(len(known))
            known[len(known)] = (load * float(draw.normal()), cuts)
        for item in again:
            a, cuts = known[item]
            code = np.searchsorted(cuts, a * theta[t] + draw.normal(size=units))
            there = np.flatnonzero(draw.random(units) >= missing)
            rows += [(int(u), t, item, int(code[u])) for u in there]
        last = again
    names = ["unit", "time", "item", "answer"]
    return Truth(pl.DataFrame(rows, schema=names, orient="row"), theta, known)


def misses(fit: Fit, truth: Truth) -> Floats:
    """Errors of positions in standard errors."""
    return np.asarray((fit.mean - truth.at(fit.answers)) / fit.sd)
