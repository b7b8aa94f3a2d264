"""Massive repression, after Harff and Gurr."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
mass_repression | whether there was massive repression | 0 or 1 | 1 = happened
""")
CITATION = (
    "Harff, B., & Gurr, T. R. (1988). Toward empirical theory of genocides and politicides: "
    "Identification and measurement of cases since 1945. International Studies Quarterly, "
    "32(3), 359-371."
)
BIBTEX = """@article{input_massive_repression,
  author = {Harff, Barbara and Gurr, Ted R.},
  title = {Toward Empirical Theory of Genocides and Politicides},
  journal = {International Studies Quarterly},
  volume = {32},
  number = {3},
  pages = {359--371},
  year = {1988}
}"""

DATASET = panel_set(
    "input_massive_repression",
    "Massive repression, after Harff and Gurr",
    (
        "Massive_State_Repression_Panel_1988.csv",
        "1d5b1f02a73d57d3b174a0746ecd5cc0da4f55d837a8147e981a8b5599e1bafa",
        58773,
    ),
    "LHRS-V4/data_raw",
    (1943, 1988),
    COLUMNS,
    CITATION,
    BIBTEX,
    released="2014",
)
