"""Genocide and politicide, after Rummel, to 1987."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
rummel | whether there was genocide or politicide | 0 or 1 | 1 = happened
""")
CITATION = (
    "Rummel, R. J. (1995). Democracy, power, genocide, and mass murder. Journal of Conflict "
    "Resolution, 39(1), 3-26."
)
BIBTEX = """@article{input_rummel,
  author = {Rummel, Rudolph J.},
  title = {Democracy, Power, Genocide, and Mass Murder},
  journal = {Journal of Conflict Resolution},
  volume = {39},
  number = {1},
  pages = {3--26},
  year = {1995}
}"""

DATASET = panel_set(
    "input_rummel",
    "Genocide and politicide, after Rummel, to 1987",
    (
        "Rummel_Politicide_panel1987.csv",
        "4147c5e73ece03256a528276e9a29223e29fab39e6b2a44d068892fdfcdc9250",
        52915,
    ),
    "LHRS-V4/data_raw",
    (1949, 1987),
    COLUMNS,
    CITATION,
    BIBTEX,
    released="2014",
)
