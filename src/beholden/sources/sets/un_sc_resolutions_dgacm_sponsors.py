"""Sponsors of resolutions of the UN Security Council, from the UN Secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.sets import un_sc_resolutions_dgacm as whole
from beholden.sources.tidying import columns_of
from beholden.sources.un_dgacm import TERMS, bibtex, sponsors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a sponsor of a resolution.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals by their names.
    """
    return sponsors(paths)


COLUMNS = columns_of("""
symbol | symbol of the resolution
date | day of adoption
year | calendar year of that day
role | sponsor, or additional where it joined later
sponsor | name as printed
sponsor_iso3 | ISO 3166 alpha-3 code made from the name; empty for chairs, committees and groups
""")

DATASET = Dataset(
    name="un_sc_resolutions_dgacm_sponsors",
    title="Machine-readable Security Council resolutions: sponsors",
    producer=whole.DATASET.producer,
    version=whole.DATASET.version,
    home=whole.DATASET.home,
    doi="",
    licence=whole.DATASET.licence,
    redistribution=whole.DATASET.redistribution,
    citation=whole.DATASET.citation,
    bibtex=bibtex("un_sc_resolutions_dgacm_sponsors", whole.TITLE, "UNxml/SCresolutions"),
    unit="sponsor",
    keys=("symbol", "role", "sponsor"),
    span=(2000, 2026),
    originals=whole.ORIGINALS,
    columns=COLUMNS,
    read=read,
    states=(StateCode("sponsor_iso3", "iso3", "iso3", year="date"),),
    traps=(
        "Chairs, committees and groups of states also sponsor: they have no code of a state.",
        "A resolution without a row has no sponsor listed, which does not mean that it had none.",
        TERMS,
    ),
)
