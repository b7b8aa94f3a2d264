"""Varieties of political regimes, 1900-2024."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
vaporeg_country | name of the country
year | calendar year
vaporeg_code | number of the country in the data
geonamesid | number of the country in GeoNames
vaporeg_cowcode | Correlates of War number in the data
vaporeg_cr | category of the regime, as a code
vaporeg_s | category of the regime, the standard series, as a code
vaporeg_a | category of the regime, the second series, as a code
vaporeg_governing_country | which country governs it
vaporeg_s_gc | category of the governing country, standard series
vaporeg_a_gc | category of the governing country, second series
vaporeg_s_start | day on which the regime began, standard series
vaporeg_s_end | day on which the regime ended, standard series
gapminder_pop | population | persons
gm_world_pop | population of the world | persons
un_region | United Nations region, as a code
un_continent | United Nations continent, as a code
vaporeg_s_duration | years of the regime so far, standard series | years
vaporeg_s_change | whether the regime changed, standard series | 0 or 1
vaporeg_a_start | day on which the regime began, second series
vaporeg_a_end | day on which the regime ended, second series
vaporeg_a_duration | years of the regime so far, second series | years
vaporeg_a_change | whether the regime changed, second series | 0 or 1
vaporeg_binary_strict | whether it is a democracy, strictly | 0 or 1
vaporeg_binary_non_strict | whether it is a democracy, loosely | 0 or 1
vaporeg_trichotomous | autocracy, between, democracy | 0 to 2 | higher = more democratic
""")

SOURCE = Source(
    name="vaporeg",
    title="Varieties of political regimes",
    producer="Steffen Kailitz",
    version="2025",
    home="https://www.va-poreg.de/",
    citation=("Kailitz, S. (2025). Varieties of political regimes (VaPoReg)."),
    bibtex="""@misc{vaporeg,
  author = {Kailitz, Steffen},
  title = {Varieties of Political Regimes ({VaPoReg})},
  year = {2025}
}""",
    released="2025",
)

DATASET = Regimes(
    table="vaporeg",
    sha256="d84792f83daa806182334675ec6a033e99dfcc7800ad288ca35db2ab49fed613",
    size=161122,
    keys=("vaporeg_country", "year"),
    span=(1900, 2024),
    columns=COLUMNS,
    text=("vaporeg_country", "vaporeg_governing_country"),
    whole=(
        "vaporeg_code",
        "geonamesid",
        "vaporeg_cowcode",
        "vaporeg_cr",
        "vaporeg_s",
        "vaporeg_a",
        "vaporeg_s_gc",
        "vaporeg_a_gc",
        "un_region",
        "un_continent",
    ),
    dates=("vaporeg_s_start", "vaporeg_s_end", "vaporeg_a_start", "vaporeg_a_end"),
    traps=(
        "Categories are codes; look them up in the codebook of VaPoReg.",
        "A state number can stand twice in a year.",
    ),
).dataset(SOURCE)
