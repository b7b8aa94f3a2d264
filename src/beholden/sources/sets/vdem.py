"""V-Dem country-years in full, from the file that users bring: indices, items, covariates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beholden.sources import family_vdem as family
from beholden.sources.base import Brought, Dataset, StateCode
from beholden.sources.tidying import columns_of
from beholden.sources.vdem_table import check_country_years, read_country_years

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["COLUMNS", "DATASET", "NEEDED", "WANTED", "check", "read", "words"]

# The DOI of each version is its own; only those that are known are given.
DOIS = {"12": "10.23696/vdemds22", "15": "10.23696/vdemds25"}
RELEASED = {"12": "2022-03", "15": "2025-03-13"}
ENDS = ("", "_codelow", "_codehigh", "_sd")

IDENTITY = columns_of("""
country_name | name of the country
country_text_id | V-Dem's letters for the country, like ISO 3166 but not the same
country_id | V-Dem's number of the country
year | calendar year
historical_date | last day that the row speaks of
project | part of V-Dem: 0 contemporary, 1 historical, 2 both
historical | whether historical V-Dem covers the country | 0 or 1
histname | name of the country at the time
codingstart | first year coded
codingend | last year coded
gap_index | number of the stretch without a gap
COWcode | Correlates of War number as V-Dem has it
""")
WITH_INTERVALS = """
v2x_polyarchy v2x_libdem v2x_civlib v2x_clphy v2clfmove v2cldmovem v2cldmovew v2cltort v2clkill
v2clstown
"""
POINTS = """
v2x_liberal v2x_clpol v2x_clpriv v2xcl_dmove v2xcl_slave v2clslavem v2clslavef v2svdomaut
v2svinlaut v2csreprss v2mecenefm v2clrelig v2x_freexp_altinf v2x_frassoc_thick v2x_jucon v2juhcind
v2x_rule v2x_corr v2x_neopat v2xnp_pres v2x_gender
"""
OTHERS = columns_of("""
v2x_regime | regime of the world: 0 closed autocracy, 1 electoral autocracy, 2 electoral \
democracy, 3 liberal democracy | 0 to 3 | higher = more democratic
v2x_regime_amb | the same with the cases in doubt between two kinds apart | 0 to 9 | \
higher = more democratic
v2svstterr | share of the territory that the state controls | % | higher = more control
v2x_ex_hereditary | executive's power rests on heredity | 0 to 1 | higher = more of it
v2x_ex_military | executive's power rests on the military | 0 to 1 | higher = more of it
v2x_ex_party | executive's power rests on a ruling party | 0 to 1 | higher = more of it
e_pop | population, latent estimate | 10,000 people
e_wb_pop | population, World Bank | people
e_gdp | gross domestic product, latent estimate | see the codebook
e_gdppc | gross domestic product per head, latent estimate | thousands of dollars
e_area | land area | square kilometres
e_regionpol_6C | region: 1 Eastern Europe and Central Asia, 2 Latin America, 3 Middle East and \
North Africa, 4 Sub-Saharan Africa, 5 Western Europe and North America, 6 Asia and Pacific
e_cow_exports | exports, from the Correlates of War trade data | million current US dollars
e_cow_imports | imports, from the Correlates of War trade data | million current US dollars
e_polity2 | Polity score, revised | -10 to 10 | higher = more democratic
e_boix_regime | democracy, after Boix, Miller and Rosato | 0 or 1 | 1 = democracy
e_lexical_index | lexical index of electoral democracy | 0 to 6 | higher = more democratic
e_fh_status | status after Freedom House: 1 free, 2 partly free, 3 not free | 1 to 3 | \
higher = less free
e_civil_war | whether there was a civil war | 0 or 1 | 1 = happened
e_miinteco | whether there was an armed conflict between states | 0 or 1 | 1 = happened
e_miinterc | whether there was an armed conflict within the state | 0 or 1 | 1 = happened
e_pt_coup | coups that succeeded, after Powell and Thyne | count
e_pt_coup_attempts | coups that were attempted, after Powell and Thyne | count
e_total_oil_income_pc | value of petroleum produced, per head | see the codebook
e_total_resources_income_pc | value of fuels and minerals produced, per head | see the codebook
e_peaveduc | mean years of schooling of adults | years
e_pelifeex | life expectancy at birth | years
""")
_INDICATORS = [f"{code}{end}" for code in WITH_INTERVALS.split() for end in ENDS]
_INDICATORS += POINTS.split()
COLUMNS = IDENTITY | {code: family.vdem_column(code) for code in _INDICATORS} | OTHERS
WANTED = tuple(COLUMNS)
# What every version has; a file without one of these is another file.
NEEDED = (*IDENTITY, *WITH_INTERVALS.split(), "v2clfmove_codelow", "v2clfmove_codehigh")
TEXT = ("country_name", "country_text_id", "histname")
WHOLE = (
    *("country_id", "year", "project", "historical", "codingstart", "codingend", "gap_index"),
    *("cowcode", "v2x_regime", "v2x_regime_amb", "e_regionpol_6c", "e_boix_regime"),
    *("e_lexical_index", "e_fh_status", "e_civil_war", "e_miinteco", "e_miinterc"),
)


def check(path: Path, version: str) -> None:
    """Refuse a file that is not V-Dem's table of that version.

    Parameters
    ----------
    path : Path
        The file.
    version : str
        Such as ``"15"``.
    """
    check_country_years(path, version, NEEDED)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year, with the columns that are described and no other.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    (path,) = paths.values()
    return read_country_years(path, WANTED, text=TEXT, whole=WHOLE)


def words(version: str) -> dict[str, Any]:
    """What the description says of one version.

    Parameters
    ----------
    version : str
        Such as ``"15"``.

    Examples
    --------
    >>> words("16")["span"]
    (1789, 2025)
    """
    number = int(version.split(".")[0])
    doi = DOIS.get(version, "")
    return {
        "version": f"v{version}",
        "doi": doi,
        "citation": family.citation(2010 + number, f"v{version}", doi),
        "bibtex": family.vdem_bibtex("vdem", 2010 + number, f"v{version}", doi),
        "span": (1789, 2009 + number),
        "released": RELEASED.get(version, ""),
    }


DATASET = Dataset(
    name="vdem",
    title="V-Dem country-years, Full+Others",
    producer="V-Dem Institute",
    home="https://www.v-dem.net/data/the-v-dem-dataset/",
    licence=family.LICENCE,
    redistribution="allowed",
    unit="state-year",
    keys=("country_text_id", "year"),
    originals=(),
    columns={name.lower(): column for name, column in COLUMNS.items()},
    read=read,
    states=(StateCode("cowcode", "cow", "iso3"),),
    traps=(
        (
            "Colonies and years before independence are kept: filter to rows with iso3. Without "
            "one are also the German and Italian states before unification, and Kosovo."
        ),
        (
            "cowcode is V-Dem's own and follows no list of states by date: Germany is 260 from "
            "1949 to 1990 and 255 else, Yemen 678 to 1989 and 679 from then, Serbia 345 "
            "throughout, Russia 365 also as the Soviet Union."
        ),
        (
            "country_text_id is not ISO 3166: VDR is South Vietnam here and North Vietnam there; "
            "map states by cowcode."
        ),
        (
            "v2x_libdem, v2x_liberal, v2x_civlib and v2x_clpriv contain v2clfmove, and "
            "v2xcl_dmove contains v2cldmovem and v2cldmovew: against those an association is "
            "partly arithmetic. v2x_polyarchy and v2x_clphy do not contain them."
        ),
        (
            "Overlapping experts code all items, so an association between two of them is partly "
            "one of coders: check it with another source."
        ),
        (
            "codelow and codehigh bound 68%, not 95%; ranks among closed autocracies are mostly "
            "within the error."
        ),
        "v2clstown: higher is less state ownership; v2x_corr: higher is more corrupt.",
        "Figures of two versions differ for the same year: never mix them.",
        "Covariates (e_) come from other producers and end earlier; cite those.",
        "A column that the version at hand has not is empty.",
        "Of the thousands of columns of the file only those described here are read.",
    ),
    brought=Brought(
        names=r"V-Dem-CY-Full\+Others-v(\d+(?:\.\d+)?)\.csv",
        example="V-Dem-CY-Full+Others-v15.csv",
        check=check,
        words=words,
    ),
    # Undated until a file of a version is found.
    **words("15") | {"released": ""},
)
