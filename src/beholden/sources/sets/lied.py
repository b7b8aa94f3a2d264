"""The lexical index of electoral democracy, 1789-2024."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
lied_country | name of the country
lied_cow | Correlates of War number in the index
vdem | number of the country in V-Dem
year | calendar year
region | region of the world, as a number
male_suffrage | suffrage of men | 0 or 1
female_suffrage | suffrage of women | 0 or 1
exselec | whether the executive is elected | 0 or 1
legselec | whether the legislature is elected | 0 to 2
opposition | whether there is opposition | 0 to 2
competition | whether elections are competitive | 0 or 1
lexical_index | steps of electoral democracy reached | 0 to 6 | higher = more democratic
political_liberties | political liberties | 0 or 1
lexical_index_plus | with political liberties as the last step | 0 to 7 | higher = more democratic
democratic_transition | transition to democracy in the year | 0 or 1
transition_type | kind of that transition, as a code
democratic_breakdown | breakdown of democracy in the year | 0 or 1
breakdown_type | kind of that breakdown, as a code
turnover_period | period with a turnover | 0 or 1
turnover_event | turnover in the year | 0 or 1
two_turnover_period | period with two turnovers | 0 or 1
sovereign | whether it was sovereign | 0 or 1
lexical_index_original | the index as first published | 0 to 6 | higher = more democratic
""")

SOURCE = Source(
    name="lied",
    title="Lexical index of electoral democracy",
    producer="Svend-Erik Skaaning, John Gerring and Henrikas Bartusevicius",
    version="democracyData 0.6.0",
    home="https://doi.org/10.7910/DVN/WPKNIT",
    citation=(
        "Skaaning, S.-E., Gerring, J., & Bartusevicius, H. (2015). A lexical index of electoral "
        "democracy. Comparative Political Studies, 48(12), 1491-1525."
    ),
    bibtex="""@article{lied,
  author = {Skaaning, Svend-Erik and Gerring, John and Bartusevi{\\v{c}}ius, Henrikas},
  title = {A Lexical Index of Electoral Democracy},
  journal = {Comparative Political Studies},
  volume = {48},
  number = {12},
  pages = {1491--1525},
  year = {2015}
}""",
    doi="10.7910/DVN/WPKNIT",
    licence="CC0 1.0; the package democracyData is GPL-3",
    redistribution="allowed",
    # Version 6.8.
    released="2025-06-26",
)

DATASET = Regimes(
    table="LIED",
    sha256="04fcfa2c9cfe6418a3ea21e657d0f7e2d5dcfdc318065430c9d9a8e43959aadd",
    size=33860,
    keys=("lied_country", "year"),
    span=(1789, 2024),
    columns=COLUMNS,
    text=("lied_country",),
    whole=("lied_cow", "vdem", "region"),
    traps=("North Korea stands above China, because it holds elections with one party.",),
).dataset(SOURCE)
