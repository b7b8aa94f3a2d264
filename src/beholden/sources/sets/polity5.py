"""Polity5: the authority of states, 1776-2020."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
p5 | whether the row is new in Polity5 | 0 or 1
cyear | Polity's number and the year together
polity_annual_ccode | Polity's number of the state
scode | Polity's letters of the state
polity_annual_country | name of the state
year | calendar year
flag | how sure the coders are: 0 confident, 1 tentative, 2 very tentative
fragment | how far the state is in pieces | 0 to 3 | higher = more fragmented
democ | institutional democracy | 0 to 10 | higher = more democratic | -66 -77 -88
autoc | institutional autocracy | 0 to 10 | higher = more autocratic | -66 -77 -88
polity | democ less autoc | -10 to 10 | higher = more democratic | -66 -77 -88
polity2 | polity with interregna interpolated | -10 to 10 | higher = more democratic
durable | years since the last change of regime | years
xrreg | regulation of how the executive is recruited | 1 to 3 | higher = more | -66 -77 -88
xrcomp | competition for the executive | 0 to 3 | higher = more | -66 -77 -88
xropen | openness of recruitment to the executive | 0 to 4 | higher = more | -66 -77 -88
xconst | constraints on the executive | 1 to 7 | higher = more constrained | -66 -77 -88
parreg | regulation of participation | 1 to 5 | higher = more regulated | -66 -77 -88
parcomp | competition in participation | 0 to 5 | higher = more competitive | -66 -77 -88
exrec | recruitment of the executive, combined | 1 to 8 | higher = more open | -66 -77 -88
exconst | constraints on the executive, combined | 1 to 7 | higher = more | -66 -77 -88
polcomp | political competition, combined | 1 to 10 | higher = more | -66 -77 -88
prior | polity before the change; 99 unknown | -10 to 10 | | -66 -77 -88
emonth | month in which the old regime ended
eday | day on which the old regime ended
eyear | year in which the old regime ended; one cell says 3013
eprec | how exact that date is: 1 exact to 9 unknown
interim | polity in between | | | -66 -77 -88
bmonth | month in which the new regime began
bday | day on which the new regime began
byear | year in which the new regime began
bprec | how exact that date is: 1 exact to 9 unknown
post | polity after the change | -10 to 10 | | -66 -77 -88
change | size of the change; 88 and more are codes | | | -66 -77 -88
d5 | whether the regime changed | 1 or empty
sf | whether the state failed | 1 or empty
regtrans | kind of transition; 96 and more are codes | | | -66 -77 -88
""")

SOURCE = Source(
    name="polity5",
    title="Polity5",
    producer="Center for Systemic Peace",
    version="Polity5 (p5v2018)",
    home="https://www.systemicpeace.org/inscrdata.html",
    citation=("Marshall, M. G., & Gurr, T. R. (2020). Polity5. Center for Systemic Peace."),
    bibtex="""@misc{polity5,
  author = {Marshall, Monty G. and Gurr, Ted Robert},
  title = {Polity5},
  year = {2020},
  publisher = {Center for Systemic Peace},
  url = {https://www.systemicpeace.org/inscrdata.html}
}""",
    # First put out on 2020-04-23; this copy has the United States to the end of 2020.
    released="2021",
)

DATASET = Regimes(
    table="polity5",
    sha256="66bccde97c593ac359bcbc4347be0a1886639ba862e697357a6e35e1bc526221",
    size=105281,
    keys=("polity_annual_ccode", "year"),
    span=(1776, 2020),
    columns=COLUMNS,
    text=("scode", "polity_annual_country"),
    whole=("cyear", "polity_annual_ccode"),
    blank=(-66, -77, -88),
    traps=(
        (
            "The codes -66, -77 and -88 (occupation, interregnum, transition) are null here; "
            "polity2 interpolates interregna."
        ),
    ),
).dataset(SOURCE)
