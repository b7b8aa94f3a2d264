"""REIGN: types of regimes, to 2021."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
reign_cowcode | Correlates of War number in REIGN
reign_country | name of the country
gwf_casename | name of the regime
gwf_startdate | day on which the regime began, as printed
gwf_enddate | day on which the regime ended or the data end, as printed
gwf_regimetype | type of the regime
start | day on which the regime began
end | day on which the regime ended or the data end
cow | Correlates of War number
year | calendar year
""")

SOURCE = Source(
    name="reign",
    title="Rulers, Elections, and Irregular Governance: regimes",
    producer="OEF Research",
    version="democracyData 0.6.0",
    home="https://oefdatascience.github.io/REIGN.github.io/",
    citation=(
        "Bell, C. (2016). The Rulers, Elections, and Irregular Governance dataset (REIGN). OEF "
        "Research."
    ),
    bibtex="""@misc{reign,
  author = {Bell, Curtis},
  title = {The Rulers, Elections, and Irregular Governance Dataset ({REIGN})},
  year = {2016},
  publisher = {OEF Research},
  url = {https://oefdatascience.github.io/REIGN.github.io/}
}""",
    # The last update.
    released="2021-08",
)

DATASET = Regimes(
    table="REIGN",
    sha256="12ca15ca257f1d561d8b7f7b81ffb9309aa352b26ca236eb0bd9c6adc7da95ba",
    size=35628,
    keys=("reign_country", "year", "start"),
    span=(1600, 2021),
    columns=COLUMNS,
    text=("reign_country", "gwf_casename", "gwf_startdate", "gwf_enddate", "gwf_regimetype"),
    whole=("reign_cowcode", "cow"),
    dates=("start", "end"),
    traps=("A year in which the regime changed has a row for each regime.",),
).dataset(SOURCE)
