"""Categories of regimes after the Political Instability Task Force, to 2020."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
cyear | Polity's number and the year together
polity_annual_ccode | Polity's number of the state
scode | Polity's letters of the state
polity_annual_country | name of the state
year | calendar year
exrec | recruitment of the executive, from Polity | 1 to 8 | higher = more open
parcomp | competition in participation, from Polity | 0 to 5 | higher = more competitive
pitf | category from 0-Full autocracy to 4-Full democracy
pitf_binary | 0-non-democracy or 1-democracy
""")

SOURCE = Source(
    name="pitf_regime",
    title="PITF regime categories",
    producer="Political Instability Task Force; computed by democracyData",
    version="democracyData 0.6.0",
    home="https://www.systemicpeace.org/inscrdata.html",
    citation=("Marshall, M. G., & Gurr, T. R. (2020). Polity5. Center for Systemic Peace."),
    bibtex="""@misc{pitf_regime,
  author = {Marshall, Monty G. and Gurr, Ted Robert},
  title = {Polity5, with {PITF} Regime Categories},
  year = {2020},
  publisher = {Center for Systemic Peace}
}""",
    # Computed from the Polity5 that has the United States to the end of 2020.
    released="2021",
)

DATASET = Regimes(
    table="pitf",
    sha256="401390b61ec48103e9dee859e318b4fa7e6f787016e762f7770dd9442fd9de4e",
    size=53546,
    keys=("polity_annual_ccode", "year"),
    span=(1789, 2020),
    columns=COLUMNS,
    text=("scode", "polity_annual_country", "pitf", "pitf_binary"),
    whole=("cyear", "polity_annual_ccode"),
    traps=("Computed from Polity, so no independent witness.",),
).dataset(SOURCE)
