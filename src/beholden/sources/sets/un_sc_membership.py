"""Members of the UN Security Council by year, 1946-2024."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, typed
from beholden.sources.un_names import iso3_column
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl


__all__ = ["DATASET", "read"]

FILE = "un_sc_membership/DPPA-SCMEMBERSHIP.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a member in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = csv_as_text(paths[FILE])
    return typed(
        iso3_column(frame, "security_council_member", "member_iso3"),
        keys=DATASET.keys,
        text=("security_council_member", "member_iso3"),
        whole=("id", "year"),
        dates=("last_update",),
    )


COLUMNS = columns_of("""
id | number of the row in the source
year | calendar year
security_council_member | long name of the member in the UN's list; empty in 13 rows
last_update | day on which the UN last changed the row
member_iso3 | ISO 3166 alpha-3 code made from the name
""")

DATASET = Dataset(
    name="un_sc_membership",
    title="Security Council membership (DPPA-SCMEMBERSHIP)",
    producer="United Nations, Department of Political and Peacebuilding Affairs",
    version="DPPA-SCMEMBERSHIP (1946-2024)",
    home="https://psdata.un.org/dataset/DPPA-SCMEMBERSHIP",
    doi="",
    licence="UN open data with attribution, presumably CC BY 3.0 IGO, not checked",
    redistribution="unknown",
    # The youngest update that a row states.
    released="2023-06",
    acts="year",
    citation=(
        "United Nations, Department of Political and Peacebuilding Affairs. (2023). Security "
        "Council membership (DPPA-SCMEMBERSHIP) [Data set]. UN Peace and Security Data Hub."
    ),
    bibtex="""@misc{un_sc_membership,
  author = {{United Nations, Department of Political and Peacebuilding Affairs}},
  title = {{Security} {Council} membership ({DPPA-SCMEMBERSHIP})},
  year = {2023},
  note = {Data set, UN Peace and Security Data Hub},
  url = {https://psdata.un.org/dataset/DPPA-SCMEMBERSHIP}
}""",
    unit="member-year",
    keys=("id",),
    span=(1946, 2024),
    originals=originals_in(
        "un_sc_membership",
        "tanxpyox/io-unsc",
        "b1ad63492ac3",
        "",
        "DPPA-SCMEMBERSHIP.csv "
        "a8df5e154308369831bd9c4535004a2f6b620aa40ace1c19761568b4a259d15d 38850",
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3"),),
    traps=(
        (
            "13 rows have an empty name: by their years they are Côte d'Ivoire (1964-65, "
            "1990-91, 2018-19) and Türkiye (1951-52, 1954-55, 1961, 2009-10)."
        ),
        (
            "Terms that were split before 1966 appear as one member per year, such as "
            "Yugoslavia in 1956."
        ),
        "China is listed for all years although Taipei held the seat to October 1971.",
        "Members of 2025 and 2026 are in un_sc_resolutions_dgacm_votes.",
    ),
)
