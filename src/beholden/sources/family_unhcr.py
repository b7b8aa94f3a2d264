"""What the tables of UNHCR's refugee statistics have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from beholden.sources.base import Column

__all__ = ["PROCEDURE", "PROCEDURE_KEYS", "unhcr_set", "unhcr_table"]

_HOME = "https://www.unhcr.org/refugee-statistics/"
_NAMES = ("coo_name", "coo", "coo_iso", "coa_name", "coa", "coa_iso")
_CODES = ("procedure_type", "app_type", "dec_level", "app_pc", "dec_pc")
_PAIR = columns_of("""
year | calendar year
coo_name | name of the country of origin
coo | UNHCR's own code of the country of origin; KRN is North Korea
coo_iso | ISO 3166 code of the country of origin; UNK and STA are no states
coa_name | name of the country of asylum
coa | UNHCR's own code of the country of asylum; CHI is China
coa_iso | ISO 3166 code of the country of asylum
""")
PROCEDURE_KEYS = ("procedure_type", "dec_level")
PROCEDURE = columns_of("""
procedure_type | who runs the procedure: G the government, U UNHCR, J both
dec_level | instance, such as FI first, AR review, JR court; NA not known
""")
_TRAPS = (
    "Figures from 1 to 4 are rounded to 0 or 5 to protect people, which matters for North Korea.",
    "A row that is absent is unknown, never zero: people outside any procedure are not counted.",
    "No table has a row from North Korea to China in any year.",
    (
        "No table has a row from North Korea to South Korea, which treats arrivals as its own "
        "nationals."
    ),
)


def unhcr_table(path: Path, name: str, keys: tuple[str, ...]) -> pl.DataFrame:
    """One table of the package, with whole years and codes as text.

    Parameters
    ----------
    path : Path
        The original.
    name : str
        The table's name in the file.
    keys : tuple of str
        Columns to sort by.
    """
    return typed(read_r(path, name), keys=keys, text=(*_NAMES, *_CODES))


def _citation() -> str:
    return (
        "UNHCR. (2025). Refugee Data Finder [Data set, via R package refugees 2025.12.1 by "
        f"H. Galal, A. Dicko & J. Kreuder]. {_HOME}"
    )


def _bibtex(name: str, title: str) -> str:
    return f"""@misc{{{name},
  author = {{{{UNHCR}}}},
  title = {{Refugee Data Finder: {title}}},
  year = {{2025}},
  note = {{Data set, via R package refugees 2025.12.1 by H. Galal, A. Dicko and J. Kreuder}},
  url = {{{_HOME}}}
}}"""


def unhcr_set(
    table: str,
    title: str,
    sha256: str,
    size: int,
    first: int,
    columns: Mapping[str, Column],
    *,
    keys: tuple[str, ...] = (),
    traps: tuple[str, ...] = (),
) -> Dataset:
    """The description of one table.

    Parameters
    ----------
    table : str
        Its name in the package.
    title : str
        What it holds.
    sha256 : str
        Of the original.
    size : int
        Bytes of the original.
    first : int
        First year; the last is 2025 for all.
    columns : mapping of str to Column
        The columns beside year, origin and asylum.
    keys : tuple of str
        Keys beside year, origin and asylum.
    traps : tuple of str
        Traps beside those of every table.
    """
    name, file = f"unhcr_{table}", f"unhcr_refugees/{table}.rda"
    named = ("year", "coo_iso", "coa_iso", *keys)
    address = raw_address("PopulationStatistics/refugees", "0c16a6d0c2f3", f"data/{table}.rda")
    return Dataset(
        name=name,
        title=f"UNHCR refugee statistics: {title}",
        producer="United Nations High Commissioner for Refugees (UNHCR)",
        version="refugees 2025.12.1",
        home=_HOME,
        doi="",
        licence="CC BY 4.0",
        redistribution="allowed",
        # 2025.12.0 came out on 15 June 2026 and was replaced by this version by July.
        released="2026-07",
        citation=_citation(),
        bibtex=_bibtex(name, title),
        unit="dyad-year",
        keys=named,
        span=(first, 2025),
        originals=(Original(file, sha256, size, address),),
        columns=_PAIR | dict(columns),
        read=lambda paths: unhcr_table(paths[file], table, named),
        states=(
            StateCode("coo_iso", "iso3", "origin_state"),
            StateCode("coa_iso", "iso3", "asylum_state"),
        ),
        traps=_TRAPS + traps,
    )
