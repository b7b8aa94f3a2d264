"""Geddes, Wright and Frantz: autocratic regimes, to 2010."""

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
gwf_startdate | day on which the regime began
gwf_enddate | day on which the regime ended
gwf_duration | years of the regime so far | years
gwf_fail | whether the regime broke down in the year | 0 or 1
gwf_fail_subsregime | what came after, as a code
gwf_fail_type | how it broke down, as a code
gwf_fail_violent | violence of the breakdown, as a code | 0 to 4 | higher = more violent
gwf_regimetype | type of the regime
gwf_party | rule of a party, hybrids included | 0 or 1
gwf_personal | personal rule | 0 or 1
gwf_military | rule of the military | 0 or 1
gwf_monarch | monarchy | 0 or 1
""")

SOURCE = Source(
    name="gwf_autocratic",
    title="Autocratic regimes",
    producer="Barbara Geddes, Joseph Wright and Erica Frantz",
    version="2014, extended by democracyData 0.6.0",
    home="https://sites.psu.edu/dictators/",
    citation=(
        "Geddes, B., Wright, J., & Frantz, E. (2014). Autocratic breakdown and regime "
        "transitions. Perspectives on Politics, 12(2), 313-331. "
        "https://doi.org/10.1017/S1537592714000851"
    ),
    bibtex="""@article{gwf_autocratic,
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
    table="gwf_autocratic_extended",
    sha256="28e4172ee6c6adca32d9d055291735a77c002d3f6236acc7b272f947d60d87c4",
    size=15348,
    keys=("gwf_country", "year"),
    span=(1742, 2010),
    columns=COLUMNS,
    text=("gwf_casename", "gwf_country", "gwf_regimetype"),
    whole=("gwf_cowcode",),
    dates=("gwf_startdate", "gwf_enddate"),
    traps=(
        "The data end in 2010.",
        "party-personal is a hybrid type that the dummies code as party.",
    ),
).dataset(SOURCE)
