"""Estimates to a verdict, by a rule that is fixed before anything runs and printed with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.multiverse.anova import variance_shares
from beholden.multiverse.words import decisive_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.core import Estimate
    from beholden.multiverse.plan import Plan
    from beholden.multiverse.words import Style

__all__ = ["RULE", "Decisive", "Verdict", "judge", "untestable"]

SUPPORTED = 0.9
CONTRADICTED = 0.1
RULE = (
    "Supported when the expectation holds in at least 90% of the universes, contradicted when in "
    "at most 10%, contested in between, untestable when no universe has the data it needs. A "
    "universe that fails stays in the denominator and counts for neither side. Universes for "
    "which a source has no figures, or whose data sets are not at hand, are listed but not "
    "counted. Rows from memory never decide: "
    "where counting them would change the answer, that becomes one of the choices, and the verdict "
    "is at most contested."
)


@dataclass(frozen=True)
class Decisive:
    """One choice and how much hangs on it.

    Parameters
    ----------
    choice : str
        Its name.
    share_of_variance : float
        Its Shapley part in the variance over the universes.
    words : str
        What depends on it, as a sentence.
    of : str
        ``"verdict"``: variance of whether the expectation holds; ``"figure"``: of the
        figure, where the verdict does not vary.
    """

    choice: str
    share_of_variance: float
    words: str
    of: str


@dataclass(frozen=True)
class Verdict:
    """The answer to a claim on one body of evidence.

    Parameters
    ----------
    answer : str
        supported, contested, contradicted or untestable.
    share : float or None
        Share of the universes in which the expectation holds.
    universes, failed, no_data : int
        Universes counted (failed ones among them), failed, and without data.
    decisive : tuple of Decisive
        The choices by what hangs on them, the greatest first.
    missing : tuple of str
        What would have to be known.
    caveats : tuple of str
        What a careful reader should know.
    """

    answer: str
    share: float | None
    universes: int
    failed: int
    no_data: int
    decisive: tuple[Decisive, ...] = ()
    missing: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


def untestable(missing: Sequence[str], caveats: Sequence[str] = ()) -> Verdict:
    """The verdict where nothing could be computed."""
    return Verdict("untestable", None, 0, 0, 0, (), tuple(missing), tuple(caveats))


def judge(
    plan: Plan,
    estimates: Sequence[Estimate],
    style: Style,
    missing: Sequence[str] = (),
    caveats: Sequence[str] = (),
    *,
    telling: bool = True,
) -> Verdict:
    """Judge one claim.

    Parameters
    ----------
    plan : Plan
        With the choices that vary.
    estimates : sequence of Estimate
        One for each universe.
    style : Style
        How the figure is written.
    missing : sequence of str
        What the claim still waits for.
    caveats : sequence of str
        Known beforehand.
    telling : bool
        Whether the figure is what the expectation compares, so that it explains the answer.

    Returns
    -------
    Verdict
        By :data:`RULE`. Of universes that lack data sets it says nothing: what is missing there
        is told for all of them together, see :mod:`beholden.multiverse.lacking`.
    """
    counted = [estimate for estimate in estimates if estimate.status != "no data"]
    answered = [estimate for estimate in counted if estimate.status == "ok"]
    without = len(estimates) - len(counted)
    failed = len(counted) - len(answered)
    silent = [item for item in estimates if item.status == "no data" and not item.lacks]
    if not answered:
        told = [item for item in estimates if item.message and not item.lacks]
        reasons = sorted({item.message for item in told})
        return Verdict(
            "untestable", None, len(counted), failed, without, (), (*missing, *reasons), (*caveats,)
        )
    share = sum(bool(estimate.meets) for estimate in answered) / len(counted)
    answer = "contested"
    if share >= SUPPORTED:
        answer = "supported"
    elif share + failed / len(counted) <= CONTRADICTED:
        # Failures are no evidence against a claim either.
        answer = "contradicted"
    notes = list(caveats)
    if silent:
        reason = _first_reason(silent)
        notes.append(f"{len(silent)} of {len(estimates)} planned universes have no data: {reason}")
    if failed:
        notes.append(f"{failed} of {len(counted)} universes failed and count for neither side.")
    decisive = _decisive(plan, answered, style, telling=telling)
    return Verdict(
        answer, share, len(counted), failed, without, decisive, tuple(missing), tuple(notes)
    )


def _first_reason(silent: Sequence[Estimate]) -> str:
    reasons = [estimate.message for estimate in silent]
    return max(set(reasons), key=lambda reason: (reasons.count(reason), reason)) + "."


def _decisive(
    plan: Plan, answered: Sequence[Estimate], style: Style, *, telling: bool
) -> tuple[Decisive, ...]:
    """The choices that move the verdict; where it does not move, those that move the figure."""
    names = [choice.name for choice in plan.choices]
    if not names:
        return ()
    picks = [{name: estimate.picks[name] for name in names} for estimate in answered]
    holds = np.array([float(bool(estimate.meets)) for estimate in answered])
    figures = np.array(
        [np.nan if estimate.value is None else estimate.value for estimate in answered]
    )
    of, outcome = "verdict", holds
    if np.ptp(holds) == 0:
        of, outcome = "figure", figures
        # Figures in different units are not compared.
        if not np.isfinite(figures).all() or len({item.scale for item in answered}) > 1:
            return ()
    shares = variance_shares(picks, outcome)
    ranked = sorted(names, key=lambda name: -shares.shapley[name])
    choices = {choice.name: choice for choice in plan.choices}
    return tuple(
        Decisive(
            name,
            round(shares.shapley[name], 6),
            decisive_words(choices[name], answered, style, of, telling=telling),
            of,
        )
        for name in ranked
        if shares.shapley[name] > 0.005
    )
