"""The Democracy Index of the Economist Intelligence Unit, 2006-2024."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
eiu_country | name of the country
eiu | democracy index | 0 to 10 | higher = more democratic
year | calendar year; none in 2007 and 2009
""")

SOURCE = Source(
    name="eiu",
    title="EIU Democracy Index",
    producer="Economist Intelligence Unit",
    version="2024",
    home="https://www.eiu.com/n/campaigns/democracy-index-2024/",
    citation=("Economist Intelligence Unit. (2025). Democracy index 2024."),
    bibtex="""@misc{eiu,
  author = {{Economist Intelligence Unit}},
  title = {Democracy Index 2024},
  year = {2025},
  url = {https://www.eiu.com}
}""",
    licence="the Economist Intelligence Unit's terms (https://www.eiu.com/n/terms/), not checked",
    released="2025-02-27",
)

DATASET = Regimes(
    table="eiu",
    sha256="dc8a3a70a7cef12f18424e478c166b17ee71479fcd0f570813c9d698755406c6",
    size=8493,
    keys=("eiu_country", "year"),
    span=(2006, 2024),
    columns=COLUMNS,
    text=("eiu_country",),
    traps=("There are no rows for 2007 and 2009.",),
).dataset(SOURCE)
