"""Anckar and Fredriksson: political regimes, 1800-2019."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
anckar_country | name of the country
anckar_ccode | Correlates of War number
abbreviation | letters of the country
year | calendar year
democracy | whether it is a democracy | 0 or 1
monarchy | whether it is a monarchy; 7 stands in a few rows
regimebroadcat | broad category of the regime
regimenarrowcat | narrow category of the regime
popelection | whether the head of state is elected by the people | 0 or 1
""")

SOURCE = Source(
    name="anckar",
    title="Political regimes 1800-2019",
    producer="Carsten Anckar and Cecilia Fredriksson",
    version="democracyData 0.6.0",
    home="https://doi.org/10.7910/DVN/7SSSAH",
    citation=(
        "Anckar, C., & Fredriksson, C. (2019). Classifying political regimes 1800-2016. European "
        "Political Science, 18, 84-96. https://doi.org/10.1057/s41304-018-0149-8"
    ),
    bibtex="""@article{anckar,
  author = {Anckar, Carsten and Fredriksson, Cecilia},
  title = {Classifying Political Regimes 1800--2016: A Typology and a New Dataset},
  journal = {European Political Science},
  volume = {18},
  pages = {84--96},
  year = {2019},
  doi = {10.1057/s41304-018-0149-8}
}""",
    doi="10.1057/s41304-018-0149-8",
    licence="CC0 1.0; the package democracyData is GPL-3",
    redistribution="allowed",
    # At the latest: the year of the package that carries version 2.0.
    released="2025",
)

DATASET = Regimes(
    table="anckar",
    sha256="eeed3a4e51c8157ffdeca94613c5a2e3cf1a2b55cb607bbd760b448af661817d",
    size=19736,
    keys=("anckar_country", "year"),
    span=(1800, 2019),
    columns=COLUMNS,
    text=("anckar_country", "abbreviation", "regimebroadcat", "regimenarrowcat"),
    whole=("anckar_ccode",),
    traps=(),
).dataset(SOURCE)
