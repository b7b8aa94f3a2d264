"""Genocide and politicide, after Harff, to 2018."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
genocide | whether there was genocide or politicide | 0 or 1 | 1 = happened
""")
CITATION = (
    "Harff, B. (2003). No lessons learned from the Holocaust? Assessing risks of genocide and "
    "political mass murder since 1955. American Political Science Review, 97(1), 57-73."
)
BIBTEX = """@article{input_genocide,
  author = {Harff, Barbara},
  title = {No Lessons Learned from the Holocaust? Assessing Risks of
    Genocide and Political Mass Murder since 1955},
  journal = {American Political Science Review},
  volume = {97},
  number = {1},
  pages = {57--73},
  year = {2003}
}"""

DATASET = panel_set(
    "input_genocide",
    "Genocide and politicide, after Harff, to 2018",
    (
        "Genocide_Politicide_panel2018.csv",
        "c0cdbf006c8777ebc1e9c19d4717c2129f8267370df14cd5a9062f05b8ece15f",
        120533,
    ),
    "LHRS-V4/data_raw",
    (1956, 2018),
    COLUMNS,
    CITATION,
    BIBTEX,
)
