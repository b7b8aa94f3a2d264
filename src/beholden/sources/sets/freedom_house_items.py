"""Freedom House: scores of the single questions, 2012-2024."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
fh_full_country | name of the country or territory
region | region of the world
country_or_territory | c country, t territory
edition | year of the report
year | year that the scores are about
status | F free, PF partly free, NF not free
pr | political rights | 1 to 7 | higher = less free
cl | civil liberties | 1 to 7 | higher = less free
a1 | free election of the head of government | 0 to 4 | higher = freer
a2 | free election of the legislature | 0 to 4 | higher = freer
a3 | fair electoral laws | 0 to 4 | higher = freer
a | electoral process | 0 to 12 | higher = freer
b1 | right to form parties | 0 to 4 | higher = freer
b2 | chance of the opposition to gain power | 0 to 4 | higher = freer
b3 | political choices free from domination | 0 to 4 | higher = freer
b4 | political rights of all groups | 0 to 4 | higher = freer
b | political pluralism and participation | 0 to 16 | higher = freer
c1 | policy made by those elected | 0 to 4 | higher = freer
c2 | safeguards against corruption | 0 to 4 | higher = freer
c3 | openness of government | 0 to 4 | higher = freer
c | functioning of government | 0 to 12 | higher = freer
addq | change of the ethnic composition by the government | 0 to 4 | higher = worse
adda | additional question of earlier editions | | | N/A
pr_full | political rights, sum of points | 0 to 40 | higher = freer
d1 | free media | 0 to 4 | higher = freer
d2 | freedom of religion | 0 to 4 | higher = freer
d3 | academic freedom | 0 to 4 | higher = freer
d4 | freedom to speak in private | 0 to 4 | higher = freer
d | freedom of expression and belief | 0 to 16 | higher = freer
e1 | freedom of assembly | 0 to 4 | higher = freer
e2 | freedom of organisations | 0 to 4 | higher = freer
e3 | freedom of trade unions | 0 to 4 | higher = freer
e | rights of association | 0 to 12 | higher = freer
f1 | independent judiciary | 0 to 4 | higher = freer
f2 | due process | 0 to 4 | higher = freer
f3 | protection from illegitimate force | 0 to 4 | higher = freer
f4 | equal treatment | 0 to 4 | higher = freer
f | rule of law | 0 to 16 | higher = freer
g1 | freedom of movement, within and out of the country | 0 to 4 | higher = freer
g2 | right to own property and run businesses | 0 to 4 | higher = freer
g3 | personal and social freedoms | 0 to 4 | higher = freer
g4 | equality of opportunity, freedom from exploitation | 0 to 4 | higher = freer
g | personal autonomy | 0 to 16 | higher = freer
cl_full | civil liberties, sum of points; contain g1 | 0 to 60 | higher = freer
total | all points; contain g1 | 0 to 100 | higher = freer
""")

SOURCE = Source(
    name="freedom_house_items",
    title="Freedom in the World, scores of questions",
    producer="Freedom House",
    version="2025",
    home="https://freedomhouse.org/report/freedom-world",
    citation=("Freedom House. (2025). Freedom in the world."),
    bibtex="""@misc{freedom_house_items,
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
    table="fh_full",
    sha256="dceb4bb8f3887eddce6b37014d69fb98df9a1769902b2c330ea636f5fec3f92c",
    size=36327,
    keys=("fh_full_country", "country_or_territory", "year"),
    span=(2012, 2024),
    columns=COLUMNS,
    text=("fh_full_country", "region", "country_or_territory", "status"),
    whole=("edition",),
    traps=(
        "pr and cl are low where free, points are high where free.",
        "cl_full and total contain freedom of movement (g1): do not regress movement on them.",
    ),
).dataset(SOURCE)
