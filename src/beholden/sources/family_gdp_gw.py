"""What the two control tables by Gleditsch-Ward state-year share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["controls"]


def _read(file: str, paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year."""
    return typed(csv_as_text(paths[file]), keys=("gwcode", "year"), whole=("gwcode", "year"))


def controls(name: str, original: Original, **words: str) -> Dataset:
    """One of the tables.

    Parameters
    ----------
    name : str
        Name of the set.
    original : Original
        Its file; the address holds only the path within the repository.
    **words : str
        `title`, `columns` (as for `columns_of`), and the `first` and `last` year.
    """
    address = raw_address("vdeminstitute/demspaces", "1012a66d590d", original.address)
    return Dataset(
        name=name,
        title=words["title"],
        producer="World Bank, United Nations and Gleditsch, filled by the V-Dem Institute",
        version="as in the V-Dem Institute's demspaces, commit 1012a66d590d",
        home="https://databank.worldbank.org",
        doi="",
        licence="World Bank CC BY 4.0; the other sources and the filled values unknown",
        redistribution="unknown",
        citation=(
            "World Bank. (2025). World development indicators ; Gleditsch, K. S. (2002). Expanded "
            "trade and GDP data. Journal of Conflict Resolution, 46(5), 712-724."
        ),
        bibtex=f"""@misc{{{name},
  author = {{{{World Bank}}}},
  title = {{World Development Indicators}},
  year = {{2025}},
  url = {{https://databank.worldbank.org}},
  note = {{With Gleditsch (2002), Expanded trade and GDP data, Journal of Conflict Resolution
    46(5), 712-724}}
}}""",
        unit="state-year",
        keys=("gwcode", "year"),
        span=(int(words["first"]), int(words["last"])),
        originals=(Original(original.file, original.sha256, original.size, address),),
        columns=columns_of(words["columns"]),
        read=partial(_read, original.file),
        states=(StateCode("gwcode", "gw", "iso3"),),
        traps=(
            "North Korea's figures are imputed: its GDP is a guess.",
            "UN and imputed values fill the gaps, and nothing in the table says where.",
        ),
    )
