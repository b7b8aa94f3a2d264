"""The kinds of test a claim can ask for: what they need, and the choices they add."""

from __future__ import annotations

from dataclasses import dataclass

from beholden.measures import Choice, Option

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True)
class Kind:
    """One kind of test.

    Parameters
    ----------
    name : str
        Its name in claims.
    units : tuple of str
        The units of measure it can be put to.
    scalars : dict
        Quantities that the test itself computes, with their kinds; an expectation may name them.
    choices : tuple of Choice
        Decisions that the test adds to those of the measure.
    words : str
        How it works, for a reader.
    requires : tuple of str
        Fields of the target without which it cannot be planned.
    available : bool
        False for kinds that claims may already name but that no model answers yet.
    related : bool
        Whether it relates two measures, `outcome` and `exposure`, instead of putting an
        expectation to one.
    """

    name: str
    units: tuple[str, ...]
    scalars: dict[str, str]
    choices: tuple[Choice, ...]
    words: str
    requires: tuple[str, ...] = ()
    available: bool = True
    related: bool = False


_NUMBERS = "number"

_TREND = Choice(
    "estimator",
    "how the trend is estimated",
    (
        Option(
            "least squares",
            "by least squares",
            "the usual straight line, with errors robust to neighbouring years (Newey-West)",
        ),
        Option("Theil-Sen", "by the median of slopes", "a single odd year cannot decide it"),
    ),
    "equivalent",
)
_CHANGE = Choice(
    "estimator",
    "what the years after are compared with",
    (
        Option(
            "means",
            "against the mean of the years before",
            "plain and needs few years; unequal variances allowed (Welch)",
        ),
        Option(
            "trend",
            "against the trend of the years before",
            "a change that was under way already is no effect of the event",
        ),
    ),
    "not equivalent",
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "level",
            ("year",),
            {},
            (),
            "The measure is taken for each year and the expectation is put to those values.",
        ),
        Kind(
            "trend",
            ("year",),
            dict.fromkeys(("slope", "slope_low", "slope_high", "change", "p"), _NUMBERS),
            (_TREND,),
            "A line is fitted through the years; the expectation is put to its slope a year with "
            "a 95% interval.",
        ),
        Kind(
            "change",
            ("year",),
            dict.fromkeys(
                (
                    "before",
                    "after",
                    "difference",
                    "difference_low",
                    "difference_high",
                    "ratio",
                    "ratio_low",
                    "ratio_high",
                ),
                _NUMBERS,
            ),
            (_CHANGE,),
            "The years from the event on are compared with the years before it; at least half of "
            "the years on each side, and two of them, must be known.",
            ("event", "window"),
        ),
        Kind(
            "vote",
            ("vote",),
            {},
            (),
            "Each vote is one row; the expectation is put to all of them.",
        ),
        Kind(
            "event count",
            ("event",),
            dict.fromkeys(
                (
                    "before",
                    "after",
                    "rate_before",
                    "rate_after",
                    "ratio",
                    "ratio_low",
                    "ratio_high",
                ),
                _NUMBERS,
            ),
            (),
            "Events are counted; with an event date, those in the years before it against those "
            "after it, with an exact interval for the ratio of rates.",
        ),
        Kind(
            "association",
            (),
            {},
            (),
            "Outcome and exposure are related over states and years in every universe, both in "
            "standard deviations. A universe meets the expectation when its 95% interval lies "
            "wholly beyond the smallest effect that matters, on the expected side.",
            related=True,
        ),
        Kind(
            "counterfactual",
            (),
            {},
            (),
            "What a model predicts for a world in which one thing had been otherwise.",
            available=False,
        ),
        Kind(
            "equilibrium",
            (),
            {},
            (),
            "Which choice is a best reply in a game, over the space of its payoffs.",
            available=False,
        ),
    )
}
