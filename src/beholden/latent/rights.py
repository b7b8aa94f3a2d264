"""Latent human rights: the indicators of reports and events as answers."""

from __future__ import annotations

import polars as pl

from beholden.latent.model import Anchors, Model
from beholden.latent.observed import Answers, answers
from beholden.latent.problems import AnswersError

__all__ = ["EVENTS", "RIGHTS", "STANDARDS", "rights_answers"]

# Scored by reading yearly reports, whose standard may move; their cutpoints drift.
STANDARDS = ("disap", "kill", "tort", "polpris", "amnesty", "state", "hrw", "hathaway")
# Recorded long after the event, on one standard for all years; their cutpoints stay.
EVENTS = (
    "itt",
    "genocide",
    "rummel",
    "massive_repression",
    "executions",
    "negative_sanctions",
    "mass_killing",
    "killing_present",
)
# The widths are those of Fariss (2014, 2019): logit, nearly free cutpoints from year to year.
RIGHTS = Model(
    link="logit",
    load_sd=2.0,
    cut_sd=4.0,
    gap_mean=0.7,
    gap_sd=1.0,
    drift_sd=1.0,
    shock_sd=0.0,
    adapt=False,
    anchors=Anchors(positive=(920, 20, 380), negative=(731,)),
)


def rights_answers(frame: pl.DataFrame, *, unit: str = "cow", drift: bool = True) -> Answers:
    """State-years with their indicators as answers.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns `year`, the state, and any of the indicators in `STANDARDS` and `EVENTS`; an
        empty cell is missing.
    unit : str
        The column of the state.
    drift : bool
        Whether cutpoints of standards-based indicators move over years.

    Raises
    ------
    AnswersError
        When the frame has none of the indicators.

    References
    ----------
    .. [1] Fariss, C. J. (2014). Respect for human rights has improved over time. American
       Political Science Review 108(2), 297-318. https://doi.org/10.1017/S0003055414000070

    Examples
    --------
    >>> table = pl.DataFrame({"cow": [1, 2, 3], "year": [1980] * 3, "tort": [0, 1, 2],
    ...     "genocide": [1, 0, 0]})
    >>> rights_answers(table).items
    ('genocide', 'tort')
    """
    known = [name for name in (*STANDARDS, *EVENTS) if name in frame.columns]
    if not known:
        raise AnswersError(
            f"expected some of the indicators {', '.join((*STANDARDS, *EVENTS))}, found none"
        )
    long = frame.select(pl.col(unit).alias("unit"), pl.col("year").alias("time"), *known).unpivot(
        known, index=["unit", "time"], variable_name="item", value_name="answer"
    )
    moving = [name for name in STANDARDS if drift and frame_has(frame, name)]
    return answers(long, drift=moving)


def frame_has(frame: pl.DataFrame, name: str) -> bool:
    """Whether a column is there with at least one value."""
    return name in frame.columns and frame[name].null_count() < frame.height
