"""What the editions of the Human Freedom Index have in common, and what its codes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Column
from beholden.sources.tidying import columns_of, csv_as_text, typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import polars as pl

__all__ = ["HOME", "KEYS", "LICENCE", "TRAPS", "hfi_columns", "hfi_table"]

HOME = "https://www.cato.org/human-freedom-index"
LICENCE = "free with attribution; exact terms unknown"
KEYS = ("iso", "year")
TRAPS = (
    "North Korea is in no edition.",
    (
        "Editions measure movement abroad from different sources and must never be spliced: China "
        "has 0 throughout in 2018 and about 5 in 2021, which is the change of source alone."
    ),
    "ef_trade_movement is about capital and visitors coming in, not about leaving.",
)
_WHOLE = ("year", "hf_rank", "hf_quartile", "pf_rank", "ef_rank")
_RANKS = ("pf_assembly_rank", "pf_expression_rank")

_IDENTITY = columns_of("""
year | year that the data are about
iso | ISO 3166 code
countries | name of the country
region | region of the world
""")
_WORDS = {
    "adm": "administrative requirements", "auton": "autonomy of parties",
    "bans": "bans", "barriers": "barriers", "black": "black-market exchange rates",
    "bti": "after the Bertelsmann index", "cld": "after the Civil Liberty Dataset",
    "disap": "cases", "ef": "economic freedom", "entry": "entry and exit of organisations",
    "estop": "founding and running religious organisations", "fgm": "genital mutilation",
    "house": "after Freedom House", "gov": "government censorship",
    "harass": "harassment of journalists", "hf": "human freedom",
    "minwage": "hiring rules and minimum wage",
    "pf": "personal freedom", "prof": "professional organisations", "rol": "rule of law",
    "same": "same-sex relations", "sd": "standard deviation", "selfcens": "self-censorship",
    "sex": "same-sex relations", "f": "women", "m": "men", "soa": "state ownership of assets",
    "ss": "security and safety", "vdem": "after V-Dem", "visit": "foreign visitors",
    "womens": "women's freedoms",
}  # fmt: skip


def _column(code: str) -> Column:
    words = [_WORDS.get(word, word) for word in code.split("_")]
    meaning = f"{words[0]}: {', '.join(words[1:])}"
    if code.endswith("_rank"):
        return Column(meaning, "rank", "1 = freest", ("",))
    if code.endswith("_quartile"):
        return Column(meaning, "1 to 4", "1 = freest", ("",))
    return Column(meaning, "0 to 10", "higher = freer", ("",))


def hfi_columns(codes: Iterable[str]) -> dict[str, Column]:
    """The description of an edition's columns.

    Parameters
    ----------
    codes : iterable of str
        The edition's own codes of its scores, ranks and quartiles.
    """
    return _IDENTITY | {code: _column(code) for code in codes}


def hfi_table(path: Path, code: str) -> pl.DataFrame:
    """One edition, with the country's code under one name.

    Parameters
    ----------
    path : Path
        The original.
    code : str
        How the edition calls the column with the country's code.
    """
    frame = csv_as_text(path).rename({code: "iso"})
    text = ("iso", "countries", "region")
    return typed(frame, keys=KEYS, text=text, whole=_WHOLE + _RANKS)
