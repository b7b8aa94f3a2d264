"""What the tables of state codes share: codes of the R package countrycode, pairs of two lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Column, Dataset, Original, StateCode
from beholden.sources.family_states import LICENCE, packaged
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, snake, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

__all__ = ["CODES", "countrycode_set", "countrycode_table", "pairs_set"]

_COUNTRYCODE_COMMIT = "284d6a2f7e49d826e10894227a05d4c857e21540"
_CITATION = (
    "Arel-Bundock, V., Enevoldsen, N., & Yetman, C. J. (2018). countrycode: An R package to "
    "convert country names and country codes. Journal of Open Source Software, 3(28), 848. "
    "https://doi.org/10.21105/joss.00848"
)
CODES = columns_of("""
country_name_en | name of the country in English
iso2c | ISO 3166 alpha-2 code
iso3c | ISO 3166 alpha-3 code
iso3n | ISO 3166 numeric code
cowc | Correlates of War letters; ROK is South Korea, AUS is Austria
cown | Correlates of War number
gwc | Gleditsch-Ward letters
gwn | Gleditsch-Ward number
p4c | letters in Polity IV
p4n | number in Polity IV
p5c | letters in Polity 5
p5n | number in Polity 5, which is not always that of Correlates of War
vdem | number in V-Dem
un | United Nations number (M49)
unhcr | letters of the UN refugee agency; KRN is North Korea, CHI is China
unpd | number of the UN procurement division
imf | number of the International Monetary Fund
wb | letters of the World Bank
fao | number of the UN food and agriculture organization
fips | letters in FIPS 10-4; KN is North Korea, CH is China
gaul | number in the Global Administrative Unit Layers
eurostat | letters of Eurostat
ioc | letters of the International Olympic Committee
genc3c | letters in GENC
continent | continent
region | region of the World Bank, one of seven
region23 | region, one of twenty-three
""")
_BIBTEX = """@article{KEY,
  author = {Arel-Bundock, Vincent and Enevoldsen, Nils and Yetman, CJ},
  title = {countrycode: An {R} package to convert country names and country codes},
  journal = {Journal of Open Source Software},
  year = {2018},
  volume = {3},
  number = {28},
  pages = {848},
  doi = {10.21105/joss.00848}
}"""
_CODE_TRAPS = (
    (
        "Serbia has no cown and Yemen no gwn; Germany is 255 in cown and 260 in gwn. Mend by hand "
        "before joining."
    ),
    "North Korea has no code of the Monetary Fund here.",
    "p5n is Polity's own: 342 Serbia, 818 Vietnam.",
    "Names in other languages and patterns that recognise names are left out.",
)
_NUMBERS = ("iso3n", "cown", "gwn", "p4n", "p5n", "vdem", "un", "unpd", "imf", "fao", "gaul")


def countrycode_set(
    name: str,
    title: str,
    file: str,
    original: tuple[str, str, int],
    keys: tuple[str, ...],
    read: Callable[[Path], pl.DataFrame],
    *,
    states: tuple[StateCode, ...] = (),
    traps: tuple[str, ...] = (),
) -> Dataset:
    """The description of one table of the package countrycode.

    Parameters
    ----------
    name, title : str
        As on a data set.
    file : str
        Its name in the library.
    original : tuple
        Its path in the package's repository, its sha256 and its size.
    keys : tuple of str
        Columns that name a row.
    read : callable
        Path of the original, to the package's own table.
    states, traps : tuple
        As on a data set; traps beside those of both tables.
    """
    path, sha256, size = original
    address = raw_address("vincentarelbundock/countrycode", _COUNTRYCODE_COMMIT, path)
    by_year = {"year": Column("calendar year")} if "year" in keys else {}
    return Dataset(
        name=name,
        title=title,
        producer="Vincent Arel-Bundock and co-authors, R package countrycode",
        version=f"1.8.0, commit {_COUNTRYCODE_COMMIT[:12]}",
        home="https://vincentarelbundock.github.io/countrycode",
        doi="10.21105/joss.00848",
        licence="GPL-3",
        redistribution="allowed",
        citation=_CITATION,
        bibtex=_BIBTEX.replace("KEY", name),
        unit="state-year" if by_year else "country",
        keys=keys,
        span=(1776, 2024),
        originals=(Original(file, sha256, size, address),),
        columns=CODES | by_year,
        read=lambda paths: countrycode_table(read(paths[file]), keys),
        states=states,
        traps=traps + _CODE_TRAPS,
    )


def countrycode_table(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """The codes, without names in other languages.

    Parameters
    ----------
    frame : polars.DataFrame
        A table of the package with all its columns.
    keys : tuple of str
        Columns to sort by, beside the codes that are kept.
    """
    named = frame.rename({name: snake(name) for name in frame.columns})
    wanted = [*CODES, *(key for key in keys if key not in CODES)]
    whole = (*_NUMBERS, "year")
    text = [name for name in wanted if name not in whole]
    return typed(named.select(wanted), keys=keys, text=text, whole=whole)


def pairs_set(
    name: str, title: str, original: tuple[str, str, int], code: str, traps: tuple[str, ...]
) -> Dataset:
    """The set that pairs the two lists of states by year, seen from one of them.

    Parameters
    ----------
    name, title : str
        As on a data set.
    original : tuple
        The file's bare name, its sha256 and its size.
    code : str
        The column whose states are mapped: ``"ccode"`` or ``"gwcode"``.
    traps : tuple of str
        Traps beside those of both.
    """
    bare, sha256, size = original
    file, keys = f"state_system/{bare}", ("gwcode", "ccode", "year")

    def read(path: Path) -> pl.DataFrame:
        return typed(
            read_r(path), keys=keys, whole=keys, text=("stateabb", "gw_name", "cw_name")
        ).select(list(_PAIRS))

    return Dataset(
        name=name,
        title=title,
        producer="Steven V. Miller, R package isard",
        version="commit 46944ad97a55",
        home="https://github.com/svmiller/isard",
        doi="",
        licence=LICENCE,
        redistribution="unknown",
        citation=_PAIRS_CITATION,
        bibtex=_PAIRS_BIBTEX.replace("KEY", name),
        unit="state-year",
        keys=keys,
        span=(1816, 2025),
        originals=(packaged(file, sha256, size, "svmiller/isard"),),
        columns=_PAIRS,
        read=lambda paths: read(paths[file]),
        states=(StateCode(code, "cow" if code == "ccode" else "gw", "iso3"),),
        traps=_PAIRS_TRAPS + traps,
    )


_PAIRS = columns_of("""
stateabb | letters of the state; ROK is South Korea, AUS is Austria
year | calendar year
gwcode | Gleditsch-Ward code; empty where that list has no such state
ccode | Correlates of War code; empty where that list has no such state
gw_name | name in the Gleditsch-Ward list
cw_name | name in the Correlates of War list
""")
_PAIRS_CITATION = (
    "Correlates of War Project. (2017). State system membership list, v2016. ; Gleditsch, K. S., & "
    "Ward, M. D. (1999). A revised list of independent states since the Congress of Vienna. "
    "International Interactions, 25(4), 393-413. ; paired by Miller, S. V., R package isard."
)
_PAIRS_BIBTEX = """@misc{KEY,
  author = {Miller, Steven V.},
  title = {isard: states of the {Correlates} of {War} and {Gleditsch-Ward} lists by year},
  url = {https://github.com/svmiller/isard},
  note = {After State system membership list, v2016, and Gleditsch and Ward (1999)}
}"""
_PAIRS_TRAPS = (
    (
        "The lists themselves end in 2016 (Correlates of War) and 2020; later years are carried on "
        "by the package."
    ),
    (
        "260 and 255 are Germany, 678 and 679 Yemen, 340 and 345 Serbia; four Pacific states have "
        "other codes in the two lists, 970 is Kiribati in one and Nauru in the other."
    ),
)
