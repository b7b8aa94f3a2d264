"""State-sponsored mass killing, after Ulfelder and Valentino, to 2015."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
country | name of the country
yrborn | year in which the state came into being
yrdied | year in which the state ended; empty where it goes on | | | 9999
reg_eap | whether it lies in East Asia and the Pacific | 0 or 1
reg_afr | whether it lies in Africa | 0 or 1
reg_eur | whether it lies in Europe and Eurasia | 0 or 1
reg_mna | whether it lies in the Middle East and North Africa | 0 or 1
reg_sca | whether it lies in South and Central Asia | 0 or 1
reg_amr | whether it lies in the Americas | 0 or 1
dosreg | region of the world, in words
sftgcode | letters of the country in the data on state failure, as Polity has them
mkl_start | whether an episode of mass killing began in the year | 0 or 1 | 1 = happened
mkl_end | whether an episode ended in the year | 0 or 1 | 1 = happened
mkl_ongoing | whether an episode was under way in the year | 0 or 1 | 1 = happened
mkl_type | kind of the episode in the year in which it began, 1 to 4; 0 in every other year
mkl_ever | whether there had been an episode by that year | 0 or 1 | 1 = happened
""")
TEXT = ("country", "dosreg", "sftgcode")
CITATION = (
    "Ulfelder, J., & Valentino, B. (2008). Assessing risks of state-sponsored mass killing. "
    "Political Instability Task Force. https://doi.org/10.2139/ssrn.1703426"
)
BIBTEX = """@misc{input_mass_killing,
  author = {Ulfelder, Jay and Valentino, Benjamin},
  title = {Assessing Risks of State-Sponsored Mass Killing},
  year = {2008},
  doi = {10.2139/ssrn.1703426}
}"""

DATASET = panel_set(
    "input_mass_killing",
    "State-sponsored mass killing, after Ulfelder and Valentino, to 2015",
    (
        "mkl_ccode_2015.csv",
        "1a1221804f606fdd44d425c73245965e0a2ea84e47f2b615f2d90f9cd40afad7",
        698368,
    ),
    "LHRS-V4/data_raw",
    (1945, 2015),
    COLUMNS,
    CITATION,
    BIBTEX,
    text=TEXT,
    whole=tuple(name for name in COLUMNS if name not in TEXT),
    missing=("", "NA", "9999"),
    traps=(
        (
            "An input of fariss_lhrs, which takes mkl_ongoing and has a 0 for states and years "
            "that are not in here."
        ),
        (
            "North Korea has one episode from 1948 to the end of the data: nothing about change "
            "over time can be tested with it. It has 0 throughout in input_genocide."
        ),
        "The file does not say what the kinds of mkl_type are.",
    ),
)
