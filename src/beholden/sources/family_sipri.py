"""What the two registers of arms transfers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import TableError
from beholden.sources.crosswalks import with_codes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["CITATION", "LICENCE", "SIDES", "TITLE", "TRAPS", "bibtex", "coded", "register"]

PREFACE = 11
SIDES = ("supplier", "recipient")
# Until then Viet Nam is North Vietnam in this source, which names South Vietnam apart.
LAST_YEAR_OF_NORTH_VIETNAM = 1975

TITLE = "SIPRI Arms Transfers Database: trade register"
LICENCE = (
    "SIPRI: free non-commercial use with credit; reproducing more than about 10% of a database "
    "needs SIPRI's written permission (https://www.sipri.org/about/terms-and-conditions)"
)
CITATION = (
    "Stockholm International Peace Research Institute. (2026). SIPRI Arms Transfers Database."
)
TRAPS = (
    (
        "The unit is a measure of military capability, not money; only major weapons are counted, "
        "no small arms, fuel or training."
    ),
    "An absent year means that no delivery was identified, not that there was none.",
    "Unknown suppliers, rebel groups (*) and organisations (**) are no states and have no code.",
    (
        "The Soviet Union and Russia stand apart. Germany before 1990 is West Germany, and "
        "Viet Nam before 1976 is North Vietnam."
    ),
    "SIPRI revises history every March: cite the day on which the register was generated.",
)


def bibtex(name: str, day: str) -> str:
    """The BibTeX entry of a register that was generated on a day."""
    return f"""@misc{{{name},
  author = {{{{Stockholm International Peace Research Institute}}}},
  title = {{{{SIPRI}} Arms Transfers Database}},
  year = {{2026}},
  url = {{https://www.sipri.org/databases/armstransfers}},
  note = {{Trade register generated on {day}}}
}}"""


def register(path: Path, encoding: str, names: Sequence[str]) -> pl.DataFrame:
    """The cells of a register as text, without its preface.

    Parameters
    ----------
    path : Path
        The original.
    encoding : str
        How its letters are written.
    names : sequence of str
        Its columns in new names.
    """
    lines = path.read_bytes().decode(encoding).split("\n", PREFACE + 1)
    if len(lines) <= PREFACE + 1 or not lines[PREFACE].count(",") == len(names) - 1:
        raise TableError(f"{path.name}: expected {len(names)} columns after {PREFACE} lines.")
    return pl.read_csv(
        lines[-1].encode(), has_header=False, new_columns=list(names), infer_schema=False
    )


def coded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the ISO codes of supplier and recipient."""
    found = with_codes(frame, "sipri", *SIDES)
    early = pl.col("year") <= LAST_YEAR_OF_NORTH_VIETNAM
    codes = [
        pl.when(early & (pl.col(side) == "Viet Nam"))
        .then(pl.lit("VDR"))
        .otherwise(pl.col(f"{side}_code"))
        .alias(f"{side}_code")
        for side in SIDES
    ]
    return found.with_columns(codes)
