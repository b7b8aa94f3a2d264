"""Ill-treatment and torture alleged, by state and year."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
iso3numeric | United Nations number
iso3alpha | ISO 3166 code
lot | level of torture alleged, in words
rstrctaccess | whether access was restricted
""")
CITATION = (
    "Conrad, C. R., Haglund, J., & Moore, W. H. (2013). Disaggregating torture allegations: "
    "Introducing the Ill-Treatment and Torture (ITT) country-year data. International Studies "
    "Perspectives, 14(2), 199-220."
)
BIBTEX = """@article{input_torture_allegations,
  author = {Conrad, Courtenay R. and Haglund, Jillienne and Moore, Will H.},
  title = {Disaggregating Torture Allegations: Introducing the Ill-Treatment and
    Torture ({ITT}) Country-Year Data},
  journal = {International Studies Perspectives},
  volume = {14},
  number = {2},
  pages = {199--220},
  year = {2013}
}"""

DATASET = panel_set(
    "input_torture_allegations",
    "Ill-treatment and torture alleged, by state and year",
    ("ITT_CY.csv", "cb5178dc3993aa001ee70ffd921785afa09bd4dd0c2307f781b86195fbf50dc4", 54213),
    "LHRS-V4/data_raw",
    (1995, 2005),
    COLUMNS,
    CITATION,
    BIBTEX,
    code="cowccode",
    text=("iso3alpha", "iso3numeric", "lot", "rstrctaccess"),
    released="2013",
)
