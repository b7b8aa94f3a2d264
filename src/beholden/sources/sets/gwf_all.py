"""Geddes, Wright and Frantz: all states, to 2010."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
gwf_casename | name of the regime
gwf_country | name of the country
gwf_cowcode | Correlates of War number
gwf_spell | years that the regime lasted | years
year | calendar year
gwf_regimetype | type of the autocratic regime; empty for what is none
gwf_next | type of the next regime
gwf_prior | type of the regime before
gwf_duration | years of the regime so far | years
gwf_fail | whether the regime broke down in the year | 0 or 1
gwf_party | rule of a party, hybrids included | 0 or 1
gwf_military | rule of the military | 0 or 1
gwf_monarchy | monarchy | 0 or 1
gwf_personal | personal rule | 0 or 1
gwf_nonautocracy | what it is if no autocracy
gwf_disagree | disagreement with other codings | count
""")

SOURCE = Source(
    name="gwf_all",
    title="Autocratic regimes, all states",
    producer="Barbara Geddes, Joseph Wright and Erica Frantz",
    version="2014, extended by democracyData 0.6.0",
    home="https://sites.psu.edu/dictators/",
    citation=(
        "Geddes, B., Wright, J., & Frantz, E. (2014). Autocratic breakdown and regime "
        "transitions. Perspectives on Politics, 12(2), 313-331. "
        "https://doi.org/10.1017/S1537592714000851"
    ),
    bibtex="""@article{gwf_all,
  author = {Geddes, Barbara and Wright, Joseph and Frantz, Erica},
  title = {Autocratic Breakdown and Regime Transitions: A New Data Set},
  journal = {Perspectives on Politics},
  volume = {12},
  number = {2},
  pages = {313--331},
  year = {2014},
  doi = {10.1017/S1537592714000851}
}""",
    doi="10.1017/S1537592714000851",
    # Rows before 1946 follow from the durations in the edition of 2014.
    released="2014",
)

DATASET = Regimes(
    table="gwf_all_extended",
    sha256="d9de617f15c991b82c2c96ad852dc4a9b0f4457f61d1a3e58b7d36782d40fbe6",
    size=20851,
    keys=("gwf_country", "year"),
    span=(1742, 2010),
    columns=COLUMNS,
    text=(
        "gwf_casename",
        "gwf_country",
        "gwf_regimetype",
        "gwf_next",
        "gwf_prior",
        "gwf_nonautocracy",
    ),
    whole=("gwf_cowcode",),
    traps=(
        "The data end in 2010.",
        "party-personal is a hybrid type that the dummies code as party.",
    ),
).dataset(SOURCE)
