"""The CIA World Factbook: the five largest partners of every state's exports and imports."""

from __future__ import annotations

import html
import json
import re
import tarfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.errors import TableError
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.crosswalks import with_codes
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "cia_factbook/factbook_json_8662a8b.tar.gz"
FLOWS = {"exports": "Exports - partners", "imports": "Imports - partners"}
SHARE = re.compile(r"\s*([^%]+?) (\d+(?:\.\d+)?)%,?")
YEAR = re.compile(r"\((\d{4})")
LARGEST_ENTRY = 2**22


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state, exports or imports, and one of its five largest partners.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    found = [
        row
        for gec, page in _pages(paths[FILE])
        for flow in FLOWS
        for row in _partners(gec, flow, page)
    ]
    names = ["gec", "flow", "year", "rank", "partner", "share"]
    frame = with_codes(pl.DataFrame(found, names, orient="row"), "factbook", "gec", "partner")
    return frame.select(*DATASET.columns).sort(DATASET.keys)


def _pages(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Two letters and content of every entry; nothing is written to disk."""
    with tarfile.open(path) as archive:
        for member in archive:
            place = PurePosixPath(member.name)
            if place.is_absolute() or ".." in place.parts:
                raise TableError(f"{FILE}: expected plain names, found {member.name!r}.")
            if member.isdir():
                continue
            content = archive.extractfile(member) if member.isfile() else None
            if content is None or member.size > LARGEST_ENTRY:
                raise TableError(f"{FILE}: expected small plain files, found {member.name!r}.")
            yield place.stem, json.loads(content.read())


def _partners(gec: str, flow: str, page: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """The partners of one flow with their shares; lists without shares are left out."""
    text = html.unescape(page.get("Economy", {}).get(FLOWS[flow], {}).get("text") or "")
    year = YEAR.search(text)
    for rank, (partner, share) in enumerate(SHARE.findall(text), start=1):
        yield gec, flow, int(year[1]) if year else None, rank, partner, float(share)


COLUMNS = columns_of("""
gec | two letters of the US government for the state; not those of ISO
gec_code | ISO code of the state, from a table made for this reader
flow | exports or imports of the state
year | year that the figure is of
rank | place among the five, 1 the largest
partner | name of the partner, as the Factbook writes it
partner_code | ISO code of the partner, from a table made for this reader
share | share of the partner in the flow | percent, whole | 0 is less than half a percent
""")

DATASET = Dataset(
    name="cia_factbook",
    title="The World Factbook: partners of exports and imports",
    producer="Central Intelligence Agency",
    version="17 May 2026, as in factbook.json commit 8662a8b",
    home="https://www.cia.gov/the-world-factbook/",
    doi="",
    licence="US public domain (the repository CC0)",
    redistribution="allowed",
    # The day on which the agency ended it; no figure is younger.
    released="2026-02-04",
    citation="Central Intelligence Agency. (2026). The world factbook.",
    bibtex="""@misc{cia_factbook,
  author = {{Central Intelligence Agency}},
  title = {The World Factbook},
  year = {2026},
  url = {https://www.cia.gov/the-world-factbook/}
}""",
    unit="state, flow and partner",
    keys=("gec", "flow", "rank"),
    span=(2017, 2023),
    originals=(
        Original(
            FILE,
            "b16f064e2bd7e6fbd637d92dfb3629819c020fee09fd5cc55cc217c9fd8f7a97",
            2589667,
            "https://github.com/factbook/factbook.json/tree/8662a8b17a784841ab4528631b04090eb2f183eb",
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("gec_code", "iso3", "state_iso3"),
        StateCode("partner_code", "iso3", "partner_iso3"),
    ),
    traps=(
        "The agency ended the Factbook on 4 February 2026; the repository keeps its last state.",
        "Top five partners only, in whole percents, for one year, mostly 2023.",
        (
            "South Korean goods booked under North Korea leak in, such as Poland and Senegal among "
            "its buyers; China's own top five never list North Korea."
        ),
        (
            "The archive repacks the pages of the repository, so its bytes are published nowhere; "
            "import it from a folder."
        ),
        "Lists without percentages are left out.",
    ),
)
