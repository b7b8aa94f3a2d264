"""Cover in the Universal Periodic Review: how soft a reviewer's recommendations are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "UPR_SOFTNESS", "softness"]

SET = "un_upr_recommendations"
# UPR Info's categories of action: minimal, continue, consider, general and specific action.
_LEAST, _MOST = 1, 5
_UP_TO = {"minimal or continue": 2, "minimal, continue or consider": 3}
_MEAN = "mean action"
_FEWEST = {"one": 1, "three": 3, "five": 5}
_FEW = "few"
_KEYS = ["state", "other", "year"]
_DIRECTION = "higher: the recommendations ask less of the state under review"


def softness(recommendations: pl.DataFrame, soft: str) -> pl.DataFrame:
    """How soft each reviewer was with each state under review.

    Parameters
    ----------
    recommendations : polars.DataFrame
        One row each: `under_review_iso3`, `recommending_iso3`, `year`, `action` from 1
        (minimal) to 5 (specific action).
    soft : str
        ``"minimal or continue"`` or ``"minimal, continue or consider"``: the share in these
        categories; ``"mean action"``: 1 where all are minimal, 0 where all ask for a specific
        action, by the mean category between.

    Returns
    -------
    polars.DataFrame
        `state` under review, `other` that recommends, `year`, `n` recommendations, `x` from 0
        to 1. Recommendations without a category, and those of unknown states, are left out.
    """
    action = pl.col("action")
    x = (
        (_MOST - action.mean()) / (_MOST - _LEAST)
        if soft == _MEAN
        else (action <= _UP_TO[soft]).mean()
    )
    return (
        recommendations.drop_nulls(["under_review_iso3", "recommending_iso3", "action"])
        .group_by(
            pl.col("under_review_iso3").alias("state"),
            pl.col("recommending_iso3").alias("other"),
            pl.col("year").cast(pl.Int64),
        )
        .agg(pl.len().alias("n"), x.alias("x"))
        .sort(_KEYS)
    )


def _softness(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    columns = ("under_review_iso3", "recommending_iso3", "year", "action")
    frame = softness(holdings.frame(SET, columns), picks["soft"])
    enough = pl.col("n") >= _FEWEST[picks["fewest"]]
    values = made(
        holdings,
        frame.select(
            *_KEYS,
            x=pl.when(enough).then(pl.col("x")),
            why=pl.when(~enough).then(pl.lit(_FEW)),
        ),
        (SET,),
        system="iso3",
        scale="0 to 1",
        direction=_DIRECTION,
        step=f"softness of the year's recommendations, {picks['soft']}",
        notes=("A reviewer that recommended nothing has no value: it was neither soft nor hard.",),
    )
    return replace(values, missing={_FEW: "the reviewer made too few recommendations"})


UPR_SOFTNESS = panel_measure(
    "upr_softness",
    "cover",
    "softness of the patron's recommendations to the client in the Universal Periodic Review",
    _softness,
    unit=DYAD_YEAR,
    definition=(
        "Of the recommendations that the patron made when the client was reviewed, the part that "
        "asks little: categories 1 (minimal) and 2 (continue) of UPR Info's five categories of "
        "action."
    ),
    formula="recommendations in the soft categories / all; or (5 - mean category) / 4",
    scale="0 to 1",
    direction=_DIRECTION,
    limits=(
        "A state is reviewed once in four or five years, in 2008-2014 at most twice, and most "
        "reviewers make one to four recommendations each time. A category says what kind of "
        "action is asked for, not how grave the matter is: a recommendation to consider a treaty "
        "is category 3. Who spoke, and how softly for all states alike, is not in it: set it "
        "against the reviewer's softness with others."
    ),
    references=(
        (
            "Terman, R., & Voeten, E. (2018). The relational politics of shame: Evidence from the "
            "Universal Periodic Review. Review of International Organizations, 13(1), 1-23. "
            "https://doi.org/10.1007/s11558-016-9264-x"
        ),
        (
            "McMahon, E. R. (2012). The Universal Periodic Review: A work in progress. "
            "Friedrich-Ebert-Stiftung. https://library.fes.de/pdf-files/bueros/genf/09297.pdf"
        ),
    ),
    choices=(
        Choice(
            "soft",
            "which recommendations are soft",
            (
                Option(
                    "minimal or continue",
                    "counting those that ask for nothing new",
                    "to share experience or to go on as before is no criticism",
                ),
                Option(
                    "minimal, continue or consider",
                    "counting also those that ask to consider a step",
                    "to consider commits the state to nothing",
                ),
                Option(
                    _MEAN,
                    "by the mean category",
                    "uses all five categories, as if they were equally far apart",
                ),
            ),
            "uncertain",
        ),
        Choice(
            "fewest",
            "how many recommendations are enough",
            (
                Option("one", "from one recommendation on", "each is a choice made in public"),
                Option("three", "from three recommendations on", "one or two show little"),
                Option("five", "from five recommendations on", "shares become steadier"),
            ),
            "equivalent",
        ),
    ),
    sets=(SET,),
)
MEASURES: tuple[Measure, ...] = (UPR_SOFTNESS,)
