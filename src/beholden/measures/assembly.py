"""How widely the Assembly backs scrutiny of a client, and how far a blocking minority was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures.affinity import held_roll_calls
from beholden.measures.base import Choice, Option
from beholden.measures.country_resolutions import by_target, country_resolutions
from beholden.measures.reading import made
from beholden.measures.rollcalls import NEEDS
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "plenary_votes", "votes_short"]

_TURNED, _ADDED = "yes turned to no", "further no votes"
# The Assembly suspends membership of the Human Rights Council by two thirds (60/251, para. 8).
_TWO_THIRDS = "rights-membership"
_OUTCOMES = {
    "yes votes": pl.col("yes").cast(pl.Float64),
    "yes share": pl.col("yes") / (pl.col("yes") + pl.col("no") + pl.col("abstain")),
    "margin": (pl.col("yes") - pl.col("no")).cast(pl.Float64),
}


def plenary_votes(holdings: Holdings) -> pl.DataFrame:
    """The Assembly's recorded votes on texts, as a whole, that criticise a state over rights.

    Parameters
    ----------
    holdings : Holdings
        The library.

    Returns
    -------
    polars.DataFrame
        One row for each target of each roll call: `id`, `state`, `year`, `yes`, `no`, `abstain`,
        and `two_thirds`, whether the text needed that majority.
    """
    coded = by_target(country_resolutions()).filter(
        (pl.col("body") == "GA")
        & (pl.col("subject") == "rights")
        & (pl.col("motion") == "text")
        & (pl.col("polarity") == "against")
    )
    calls = held_roll_calls(holdings).roll_calls.select("id", "year", "yes", "no", "abstain")
    return coded.join(calls, on="id", validate="m:1").select(
        "id",
        pl.col("target").alias("state"),
        pl.col("year").cast(pl.Int64),
        *("yes", "no", "abstain"),
        two_thirds=pl.col("rule").str.starts_with(_TWO_THIRDS),
    )


def votes_short(
    yes: NDArray[np.int64],
    no: NDArray[np.int64],
    two_thirds: NDArray[np.bool_],
    *,
    turned: bool = True,
) -> NDArray[np.int64]:
    """How many votes a blocking minority fell short of keeping a text from being adopted.

    Parameters
    ----------
    yes, no : ndarray of int, (n,)
        Votes for and against; who abstained or was absent counts on neither side.
    two_thirds : ndarray of bool, (n,)
        Whether the text needed two thirds of the votes for and against; others needed more
        votes for than against, and a tie rejects.
    turned : bool
        Whether votes for are turned into votes against, which counts twice, or further votes
        against come from those who abstained or were absent.

    Returns
    -------
    ndarray of int, (n,)
        The least number of votes; 0 where the text was rejected.

    Notes
    -----
    By simple majority the least k with ``yes - k <= no + k`` is ``ceil((yes - no) / 2)``, and
    the least with ``yes <= no + k`` is ``yes - no``. By two thirds the least k with
    ``yes - k < 2 (no + k)`` is ``floor((yes - 2 no) / 3) + 1``, and the least with
    ``yes < 2 (no + k)`` is ``floor((yes - 2 no) / 2) + 1``.

    Source: Charter of the United Nations, Article 18; Rules of Procedure of the General Assembly
    (A/520), rules 85, 86 and 95.

    Examples
    --------
    >>> import numpy as np
    >>> yes, no, plain = np.array([88, 106]), np.array([21, 20]), np.array([False, False])
    >>> votes_short(yes, no, plain).tolist(), votes_short(yes, no, plain, turned=False).tolist()
    ([34, 43], [67, 86])
    """
    gap, gap_thirds = yes - no, yes - 2 * no
    if turned:
        simple, qualified = -(-gap // 2), gap_thirds // 3 + 1
    else:
        simple, qualified = gap, gap_thirds // 2 + 1
    return np.maximum(np.where(two_thirds, qualified, simple), 0)


def _support(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    outcome = picks["outcome"]
    frame = (
        plenary_votes(holdings)
        .with_columns(x=_OUTCOMES[outcome])
        .drop_nulls("x")
        .group_by("state", "year")
        .agg(pl.col("x").mean())
    )
    return made(
        holdings,
        frame.sort("state", "year"),
        NEEDS,
        system="iso3",
        scale="share" if outcome == "yes share" else "votes",
        direction="higher: more states press",
        step=f"{outcome}, mean over the year's roll calls on rights in the state",
    )


def _short(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    votes = plenary_votes(holdings).drop_nulls(["yes", "no"])
    short = votes_short(
        votes["yes"].to_numpy(),
        votes["no"].to_numpy(),
        votes["two_thirds"].to_numpy(),
        turned=picks["votes"] == _TURNED,
    )
    # Of several texts in a year the one that came closest to failing shows what was possible.
    frame = votes.select("state", "year", x=pl.Series(short.astype(np.float64)))
    return made(
        holdings,
        frame.group_by("state", "year").agg(pl.col("x").min()).sort("state", "year"),
        NEEDS,
        system="iso3",
        scale="votes",
        direction="higher: further from being blocked",
        step="least votes that would have had to change, smallest over the year's roll calls",
    )


_LIMITS = (
    "Recorded votes alone: a year in which the text was adopted without a vote has no value, "
    "though it may show the widest support. Which texts are about a state's rights is decided by "
    "a rule on their titles, docs/country-resolutions.md."
)
_VOETEN = (
    "Voeten, E. (2013). Data and analyses of voting in the United Nations General Assembly. In B. "
    "Reinalda (Ed.), Routledge handbook of international organization. Data at "
    "https://doi.org/10.7910/DVN/LEJUQZ"
)

ASSEMBLY_SUPPORT = panel_measure(
    "assembly_support",
    "cover",
    "support in the Assembly for texts on the state's human rights",
    _support,
    unit=STATE_YEAR,
    definition=(
        "Result of the year's recorded plenary votes on texts that criticise the state over human "
        "rights, as a whole; the mean where there were several."
    ),
    formula="yes; or yes / (yes + no + abstain); or yes - no",
    scale="votes",
    direction="higher: more states press",
    limits=_LIMITS,
    references=(_VOETEN,),
    choices=(
        Choice(
            "outcome",
            "what support is counted by",
            (
                Option("yes votes", "by votes in favour", "the number of states that press"),
                Option("yes share", "by share of the votes cast", "the membership changes"),
                Option("margin", "by yes minus no", "abstainers turning also shows"),
            ),
            "uncertain",
        ),
    ),
    sets=NEEDS,
)
SHORT_OF_BLOCKING = panel_measure(
    "short_of_blocking",
    "cover",
    "votes that those who would keep the Assembly from acting fell short of",
    _short,
    unit=STATE_YEAR,
    definition=(
        "The least number of votes that would have had to go otherwise for the text on the state's "
        "human rights to fail. The Assembly decides by a simple majority of the votes for and "
        "against, and a tie rejects; suspension from the Human Rights Council takes two thirds. Of "
        "several texts in a year the one closest to failing counts."
    ),
    formula="ceil((yes - no) / 2), or yes - no where further votes come from those who cast none",
    scale="votes",
    direction="higher: further from being blocked",
    limits=_LIMITS + " Texts that were withdrawn because they would have failed leave no trace.",
    references=(
        "Charter of the United Nations, Article 18",
        "United Nations, Rules of Procedure of the General Assembly (A/520), rules 85, 86 and 95",
        "General Assembly resolution 60/251, paragraph 8",
    ),
    choices=(
        Choice(
            "votes",
            "where the votes would have come from",
            (
                Option(_TURNED, "turning supporters", "each supporter turned counts twice"),
                Option(
                    _ADDED,
                    "winning those who abstained or stayed away",
                    "they are easier won than supporters, though there may be too few of them",
                ),
            ),
            "not equivalent",
        ),
    ),
    sets=NEEDS,
)
MEASURES: tuple[Measure, ...] = (ASSEMBLY_SUPPORT, SHORT_OF_BLOCKING)
