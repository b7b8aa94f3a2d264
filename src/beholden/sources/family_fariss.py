"""What the three editions of the latent human rights scores have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.tidying import columns_of, csv_as_text, typed

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = [
    "CITATION",
    "COLUMNS",
    "HOME",
    "KEYS",
    "LICENCE",
    "NORTH_KOREA",
    "PRODUCER",
    "TRAPS",
    "lhrs_table",
]

PRODUCER = "Christopher J. Fariss and co-authors"
HOME = "https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/RQ85GK"
LICENCE = (
    "scores CC BY-NC-SA 3.0 US by the producer's README, CC0 1.0 as their deposit at Harvard "
    "Dataverse is reported; the indicators carry their own terms"
)
KEYS = ("cow", "year")
CITATION = (
    "Fariss, C. J., Kenwick, M. R., & Reuning, K. (2020). Estimating one-sided-killings from a "
    "robust measurement model of human rights. Journal of Peace Research, 57(6), 801-814. "
    "https://doi.org/10.1177/0022343320965670"
)
_WHOLE = ("year", "ciri", "cow", "id")
_TEXT = ("cow_year", "country_name")

COLUMNS = columns_of("""
year | calendar year
ciri | number in the CIRI data
cow | Correlates of War number
disap | CIRI: disappearances, 2 none reported | 0 to 2 | higher = better | NA
kill | CIRI: extrajudicial killing, 2 none reported | 0 to 2 | higher = better | NA
polpris | CIRI: political imprisonment, 2 none | 0 to 2 | higher = better | NA
tort | CIRI: torture, 2 none reported | 0 to 2 | higher = better | NA
amnesty | Political Terror Scale from Amnesty International | 1 to 5 | higher = worse | NA
state | Political Terror Scale from the US State Department | 1 to 5 | higher = worse | NA
hrw | Political Terror Scale from Human Rights Watch | 1 to 5 | higher = worse | NA
hathaway | torture, after Hathaway 2002 | 1 to 5 | higher = more torture | NA
itt | level of torture alleged, Ill-Treatment and Torture data | 1 to 6 | higher = worse | NA
genocide | genocide, after Harff 2003 | 0 or 1 | 1 = happened | NA
rummel | genocide or politicide, after Rummel | 0 or 1 | 1 = happened | NA
massive_repression | massive repression, after Harff and Gurr 1988 | 0 or 1 | 1 = happened | NA
executions | political executions, World Handbook | 0 or 1 | 1 = happened | NA
negative_sanctions | negative sanctions, World Handbook | 0 or 1 | 1 = happened | NA
mass_killing | mass killing, after Ulfelder and Valentino 2008 | 0 or 1 | 1 = happened | NA
killing_low | UCDP one-sided violence, low estimate | deaths | higher = worse | NA
killing_best | UCDP one-sided violence, best estimate | deaths | higher = worse | NA
killing_high | UCDP one-sided violence, high estimate | deaths | higher = worse | NA
killing_present | whether UCDP has one-sided violence | 0 or 1 | 1 = happened | NA
cow_year | Correlates of War number and year together
id | number of the row in the model
theta_mean | latent score: mean | standard deviations | higher = better protection
theta_sd | latent score: standard deviation
""")
TRAPS = (
    "Scores of different editions are not comparable and must never be mixed.",
    (
        "Germany stands twice in 1990, as 260 and as 255, and so does Yemen, as 678 (beside 680 in "
        "the south) and as 679."
    ),
    (
        "Serbia stays 345, beside Montenegro as 341; 365 is Russia and the Soviet Union, 316 the "
        "Czech Republic and Czechoslovakia; Vietnam is 816, South Vietnam 817."
    ),
    "Inputs from Amnesty and the State Department are the reports that CIRIGHTS codes too.",
    "No item on freedom of movement is in the score.",
)
NORTH_KOREA = (
    "North Korea has no score from Amnesty's reports before 2002 and none from the State "
    "Department's before 1996; it has 0 on genocide and 1 on mass_killing in every year."
)


def lhrs_table(path: Path) -> pl.DataFrame:
    """One edition of the scores with the indicators behind them.

    Parameters
    ----------
    path : Path
        The original.
    """
    frame = csv_as_text(path)
    # The first column of one edition only numbers the rows and has no name.
    named = [name for name in frame.columns if name]
    frame = frame.select(named)
    return typed(frame, keys=KEYS, text=_TEXT, whole=_WHOLE)
