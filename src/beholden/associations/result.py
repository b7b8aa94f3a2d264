"""What a grid of associations found: a row a universe, joint tests, a verdict, what decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from beholden.associations.grid import Grid
    from beholden.associations.universes import Excluded

__all__ = ["COLUMNS", "AssociationVerdict", "Associations", "Deciding", "JointTests"]

COLUMNS = {
    "universe": "number of the universe, from 0, in the order of the plan",
    "outcome": "label of the outcome",
    "exposure": "label of the exposure",
    "form": "linear, logit, ordered or hazard",
    "lag": "years by which exposure and controls come before the outcome",
    "effects": "label of the fixed effects",
    "period": "label of the period",
    "sample": "label of the sample",
    "weights": "label of the weights",
    "missing": "listwise or imputed",
    "errors": "CR1, CR3, two-way or dyadic",
    "controls": "label of the set of controls",
    "coefficient": "slope of the exposure, in the units of the model",
    "error": "its cluster-robust standard error",
    "low": "lower end of its interval",
    "high": "upper end of its interval",
    "p": "two-sided probability of the slope if there were no association",
    "effect": "standard deviations of the outcome for one of the exposure, in these rows",
    "effect_low": "lower end of the interval of the effect",
    "effect_high": "upper end of the interval of the effect",
    "adjusted_p": "two-sided, for all universes together (family-wise); null where not drawn",
    "rows": "observations used",
    "clusters": "clusters of the errors",
    "status": "what became of the universe",
    "message": "why it has no estimate, or what to know about it",
    "meets": "interval wholly beyond the smallest effect that matters; null without estimate",
    "contradicts": "interval wholly short of it; null without estimate",
    "weight": "weight of the universe where equivalent options share one option's weight; mean 1",
}
"""Columns of `Associations.universes`, with their meaning. After them come columns of truth values
named ``with LABEL``, one for each control: whether it enters."""


@dataclass(frozen=True)
class JointTests:
    """What the whole curve would look like if no universe had an association.

    Parameters
    ----------
    median, share, average_z : float
        Median standardised effect; share of the universes significant with the expected sign;
        mean z in the expected direction.
    median_p, share_p, average_z_p : float
        One-sided in the expected sign.
    regressions : int
        Distinct regressions behind the median. Universes that differ only in their errors are one.
    sampled : int
        Regressions behind share and average z: all, or a random set drawn with the seed.
    method : str
        In words.
    draws, seed : int
        Of the bootstrap.
    permutation_p : float or None
        Of the median, with exposures exchanged between units; None where not asked for, or no unit
        has another with the same years to exchange with.
    """

    median: float
    share: float
    average_z: float
    median_p: float
    share_p: float
    average_z_p: float
    regressions: int
    sampled: int
    method: str
    draws: int
    seed: int
    permutation_p: float | None = None

    @property
    def p(self) -> float:
        """The joint p-value of the verdict: that of the median effect."""
        return self.median_p


@dataclass(frozen=True)
class AssociationVerdict:
    """The answer, by :data:`~beholden.associations.verdict.RULE`.

    Parameters
    ----------
    answer : str
        supported, contested, contradicted or untestable; all universes weigh the same.
    share, contradicting : float
        Shares of all planned universes that meet the expectation, and that contradict it.
    answer_by_label, share_by_label, contradicting_by_label
        The same where equivalent options share one option's weight.
    median_effect : float or None
        Over the universes with an estimate.
    low, high : float or None
        Between these lie the effects of the middle 95% of them.
    joint_p : float or None
        None where there is no joint test.
    universes, estimated, failed : int
        Planned, with an estimate, without.
    words : str
        The verdict in one or two sentences.
    """

    answer: str
    share: float
    contradicting: float
    answer_by_label: str
    share_by_label: float
    contradicting_by_label: float
    median_effect: float | None
    low: float | None
    high: float | None
    joint_p: float | None
    universes: int
    estimated: int
    failed: int
    words: str


@dataclass(frozen=True)
class Deciding:
    """One choice and how much hangs on it.

    Parameters
    ----------
    choice : str
        Its name.
    share : float
        Its Shapley part in the variance over the universes with an estimate.
    of : str
        ``"effect"``, the standardised effect, or ``"meets"``.
    """

    choice: str
    share: float
    of: str


@dataclass(frozen=True)
class Associations:
    """What a grid found.

    Parameters
    ----------
    grid : Grid
        What was asked for.
    universes : polars.DataFrame
        One row a universe, with `COLUMNS` and the columns of the controls.
    excluded : tuple of Excluded
        Combinations that were not planned, with reasons and counts.
    joint : JointTests or None
        None where no draws were asked for or no universe can be drawn.
    verdict : AssociationVerdict
        The answer.
    deciding : tuple of Deciding
        What the verdict hangs on (or, where it does not vary, the effect); greatest first.
    deciding_effect : tuple of Deciding
        What the standardised effect hangs on; greatest first.
    notes : tuple of str
        What a careful reader should know.
    """

    grid: Grid
    universes: pl.DataFrame
    excluded: tuple[Excluded, ...]
    joint: JointTests | None
    verdict: AssociationVerdict
    deciding: tuple[Deciding, ...]
    deciding_effect: tuple[Deciding, ...]
    notes: tuple[str, ...] = ()

    @property
    def control_columns(self) -> dict[str, str]:
        """Label of each control to the column that says whether it enters."""
        return {one.label: f"with {one.label}" for one in self.grid.controls}
