"""Freedom House: ratings of political rights and civil liberties, 1972-2024."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
fh_country | name of the country or territory
year | year that the rating is about
pr | political rights | 1 to 7 | higher = less free
cl | civil liberties; contain freedom of movement | 1 to 7 | higher = less free
status | F free, PF partly free, NF not free
fh_total | pr and cl together | 2 to 14 | higher = less free
fh_total_reversed | 14 less fh_total | 0 to 12 | higher = freer
""")

SOURCE = Source(
    name="freedom_house",
    title="Freedom in the World, ratings",
    producer="Freedom House",
    version="2025",
    home="https://freedomhouse.org/report/freedom-world",
    citation=("Freedom House. (2025). Freedom in the world."),
    bibtex="""@misc{freedom_house,
  author = {{Freedom House}},
  title = {Freedom in the World},
  year = {2025},
  url = {https://freedomhouse.org/report/freedom-world}
}""",
    licence=(
        "attribution, no resale; Freedom House's permissions "
        "(https://freedomhouse.org/about-us/content-permissions), not checked"
    ),
    released="2025-02",
)

DATASET = Regimes(
    table="fh",
    sha256="04b264db42895525605a56ad5d808e8c70ec8d95bcc5be0c7fcc8044b201b573",
    size=15701,
    keys=("fh_country", "year"),
    span=(1972, 2024),
    columns=COLUMNS,
    text=("fh_country", "status"),
    traps=(
        "In pr, cl and fh_total low is free; fh_total_reversed is the other way round.",
        "cl contains freedom of movement: do not regress movement on it.",
    ),
).dataset(SOURCE)
