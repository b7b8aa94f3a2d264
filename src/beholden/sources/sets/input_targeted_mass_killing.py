"""Targeted mass killing by governments, to 2020."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
tmk | whether the government carried out a targeted mass killing | 0 or 1 | 1 = happened
""")
CITATION = (
    "Butcher, C., Goldsmith, B. E., Nanlohy, S., Sowmya, A., & Muchlinski, D. (2020). Introducing "
    "the Targeted Mass Killing data set for the study and forecasting of mass atrocities. Journal "
    "of Conflict Resolution, 64(7-8), 1524-1547."
)
BIBTEX = """@article{input_targeted_mass_killing,
  author = {Butcher, Charles and Goldsmith, Benjamin E. and Nanlohy, Sascha and
    Sowmya, Arcot and Muchlinski, David},
  title = {Introducing the Targeted Mass Killing Data Set for the Study and
    Forecasting of Mass Atrocities},
  journal = {Journal of Conflict Resolution},
  volume = {64},
  number = {7-8},
  pages = {1524--1547},
  year = {2020}
}"""

DATASET = panel_set(
    "input_targeted_mass_killing",
    "Targeted mass killing by governments, to 2020",
    ("tmk2020.csv", "385a12a8ce3a00f1afcb3a12b695f6ff50817a199101fb9a3f3969ecc7f0c13c", 122811),
    "LHRS-V5/data_raw",
    (1946, 2020),
    COLUMNS,
    CITATION,
    BIBTEX,
    whole=("tmk",),
    version="as in the inputs of the latent scores, version 5 in preparation",
    traps=(
        "No input of the scores in fariss_lhrs (v4.02): it was added for their next version.",
        (
            "Its episodes are not those of input_mass_killing: North Korea has 1 from 1950 to "
            "1953 and from 1956 to 1959 here, and from 1948 on there."
        ),
    ),
)
