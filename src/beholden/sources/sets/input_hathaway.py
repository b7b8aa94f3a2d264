"""Torture, after Hathaway."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
country | name of the state
torture | torture | 1 to 5 | higher = more torture | NA
""")
CITATION = (
    "Hathaway, O. A. (2002). Do human rights treaties make a difference? Yale Law Journal, "
    "111(8), 1935-2042."
)
BIBTEX = """@article{input_hathaway,
  author = {Hathaway, Oona A.},
  title = {Do Human Rights Treaties Make a Difference?},
  journal = {Yale Law Journal},
  volume = {111},
  number = {8},
  pages = {1935--2042},
  year = {2002}
}"""

DATASET = panel_set(
    "input_hathaway",
    "Torture, after Hathaway",
    (
        "Hathaway2002longData.csv",
        "45630fef5c420a45137730dbce631241cb3d39f72bb36399ee8292f1a3c6f84e",
        54862,
    ),
    "LHRS-V4/data_raw",
    (1985, 1999),
    COLUMNS,
    CITATION,
    BIBTEX,
    text=("country",),
    released="2014",
)
