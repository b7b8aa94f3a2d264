"""Roll calls of the UN Commission on Human Rights and the Human Rights Council, by state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["CITATION", "DATASET", "entry", "read"]

FILE = "un_hrc_votes_ohchr/dashboard_data.json"
NO_POSITION = "-"
CITATION = (
    "Szoszkiewicz, L. (2026). OHCHR voting records: CHR, HRC (Version 1.0.0) [Data set]. Zenodo. "
    "https://doi.org/10.5281/zenodo.21281232"
)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a member in a recorded vote.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    data = json.loads(paths[FILE].read_text("utf-8"))
    decisions = pl.DataFrame([_decision(one) for one in data["res"]])
    cast = pl.concat(
        pl.DataFrame({"index": state["r"], "state_code": code, "vote": list(state["v"])})
        for code, state in data["votes"].items()
    )
    frame = cast.join(decisions.with_row_index("index"), on="index", validate="m:1").select(
        *("record_id", "symbol", "date", "year", "body", "amendment", "state_code"),
        pl.col("state_code").replace("GER", "DEU").alias("member_iso3"),
        pl.col("vote").replace(NO_POSITION, None),
    )
    # Two members stand twice, with the same vote, in one record each.
    return typed(
        frame.unique(),
        keys=DATASET.keys,
        text=("symbol", "body", "state_code", "member_iso3", "vote"),
        whole=("record_id", "year"),
        dates=("date",),
        flags=("amendment",),
    )


def _decision(one: Mapping[str, Any]) -> dict[str, object]:
    return {
        "record_id": int(one["id"]),
        "symbol": one["sym"],
        "date": one["date"],
        "year": one["year"],
        "body": one["body"],
        "amendment": bool(one.get("am")),
    }


def entry(key: str) -> str:
    """The BibTeX entry of the records under a key."""
    return f"""@misc{{{key},
  author = {{Szoszkiewicz, L.}},
  title = {{{{OHCHR}} voting records: {{CHR}}, {{HRC}}}},
  year = {{2026}},
  version = {{1.0.0}},
  publisher = {{Zenodo}},
  doi = {{10.5281/zenodo.21281232}}
}}"""


COLUMNS = columns_of("""
record_id | number of the record in the library of the OHCHR
symbol | symbol of the resolution, decision or amendment; 7 occur twice
date | day of the decision
year | calendar year
body | CHR Commission on Human Rights, HRC Human Rights Council
amendment | whether the vote was on an amendment, so that its sign is reversed
state_code | code of the source: ISO 3166 alpha-3 with SUN, YUG, CSK and DDR; GER and DEU
member_iso3 | the same as ISO 3166 alpha-3 code: GER, the Federal Republic, is DEU
vote | Y yes, N no, A abstention, . absent or not taking part; empty: no position | | | -
""")

DATASET = Dataset(
    name="un_hrc_votes_ohchr",
    title="OHCHR voting records: Commission on Human Rights and Human Rights Council",
    producer="L. Szoszkiewicz, from the records of the OHCHR",
    version="1.0.0 (9 July 2026; votes 1947 to March 2026)",
    home="https://searchlibrary.ohchr.org/search?c=Voting",
    doi="10.5281/zenodo.21281232",
    licence="PolyForm Noncommercial 1.0.0 for the compilation; the records are public",
    redistribution="unknown",
    released="2026-07-09",
    acts="date",
    citation=CITATION,
    bibtex=entry("un_hrc_votes_ohchr"),
    unit="vote",
    keys=("record_id", "state_code"),
    span=(1947, 2026),
    originals=(
        Original(
            FILE,
            "0e117dbe179b20bb7bad708418555701098a95e139be1b21d64e5eb012d0ddaf",
            2536896,
            "",  # the repository's dashboard/data.js without its wrapper: a folder must supply it
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3"),),
    traps=(
        (
            "A state without a row was no member of the body: only 47 states (53 in the "
            "Commission) vote."
        ),
        (
            "457 of the recorded votes are on amendments: who says yes to one is often against the "
            "resolution."
        ),
        "About 148 older votes do not add up to the official totals.",
        (
            "The file is dashboard/data.js of the repository without its wrapper; those very bytes "
            "are published nowhere, so they can only be imported from a folder."
        ),
        "Belarus and Ukraine were members before 1991, when no list of states has them.",
    ),
)
