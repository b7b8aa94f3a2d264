"""The shipped coding of country resolutions: read, corrected by hand, and made again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import TableError, nearest
from beholden.measures.rollcalls import roll_calls
from beholden.measures.state_names import TABLES
from beholden.measures.target_clauses import SUBJECTS
from beholden.measures.targets import MOTIONS, POLARITIES, classify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "CODING",
    "OVERRIDES",
    "as_csv",
    "by_target",
    "code",
    "country_resolutions",
    "overrides",
    "remake",
]

CODING = TABLES / "country_resolutions.csv"
OVERRIDES = TABLES / "country_resolutions_overrides.csv"
_CHANGED = ("target", "subject", "motion", "polarity")
_VOCABULARY = {"subject": SUBJECTS, "motion": MOTIONS, "polarity": POLARITIES}
_BY_HAND = "override"


@cache
def country_resolutions() -> pl.DataFrame:
    """The shipped coding: which roll calls are about a country, and what a yes does there.

    Returns
    -------
    polars.DataFrame
        As `beholden.measures.targets.classify`, with the corrections made by hand.

    Examples
    --------
    >>> shipped = country_resolutions()
    >>> shipped.filter(id="GA-5916")["motion"].item()
    'no action'
    """
    return pl.read_csv(CODING, infer_schema=False).with_columns(pl.col("date").str.to_date())


def by_target(coding: pl.DataFrame) -> pl.DataFrame:
    """The coding with one row for each target of each roll call.

    Parameters
    ----------
    coding : polars.DataFrame
        With several targets apart by semicolons in `target`.
    """
    return coding.with_columns(pl.col("target").str.split(";")).explode("target")


def overrides(path: Path = OVERRIDES) -> pl.DataFrame:
    """The corrections made by hand.

    Parameters
    ----------
    path : Path
        A table with the columns `id` of the roll call, `target`, `subject`, `motion`,
        `polarity` (empty: as the rule has it), `what` is changed and `why`. The subject
        ``none`` takes the roll call out.

    Raises
    ------
    TableError
        When the table has other columns, a roll call twice, a word that the coding does not
        know or no reason.
    """
    frame = pl.read_csv(path, infer_schema=False)
    expected = ["id", *_CHANGED, "what", "why"]
    if frame.columns != expected:
        raise TableError(
            f"{path.name}: expected the columns {', '.join(expected)}, found "
            f"{', '.join(frame.columns)}"
        )
    twice = frame.filter(pl.col("id").is_duplicated())["id"].to_list()
    if twice:
        raise TableError(f"{path.name}: expected each roll call once, found {twice[0]} again")
    for row in frame.iter_rows(named=True):
        _check_row(row, path.name)
    return frame


def _check_row(row: dict[str, str | None], file: str) -> None:
    place = f"{file}, {row['id']}"
    if not row["what"] or not row["why"]:
        raise TableError(f"{place}: expected what is changed and why, found an empty cell")
    for column, known in _VOCABULARY.items():
        word = row[column]
        if word and word not in known and not (column == "subject" and word == "none"):
            raise TableError(
                f"{place}: expected a {column} of the coding, found {word!r}. "
                + nearest(word, known)
            )


def code(calls: pl.DataFrame, by_hand: pl.DataFrame | None = None) -> pl.DataFrame:
    """The coding of roll calls: the rule's, with the corrections made by hand.

    Parameters
    ----------
    calls : polars.DataFrame
        Roll calls as `beholden.measures.rollcalls.roll_calls` gives them.
    by_hand : polars.DataFrame or None
        Corrections in the form of `overrides`; None takes the shipped ones.

    Raises
    ------
    TableError
        When a correction is of a roll call that there is not, or codes one without saying all
        that the rule does not say of it.
    """
    ruled = classify(calls)
    changes = overrides() if by_hand is None else by_hand
    unknown = changes.join(calls, on="id", how="anti")["id"].to_list()
    if unknown:
        raise TableError(f"expected corrections of known roll calls, found {', '.join(unknown)}")
    place = calls.select("id", "body", "date", "symbol").with_row_index("place")
    both = (
        place.join(ruled.select("id", *_CHANGED, "rule"), on="id", how="left")
        .join(changes.select("id", *_CHANGED), on="id", how="left", suffix="_new")
        .join(changes.select("id", pl.lit(value=True).alias("changed")), on="id", how="left")
    )
    merged = both.select(
        *("body", "date", "symbol", "id", "place"),
        *(pl.coalesce(f"{name}_new", name).alias(name) for name in _CHANGED),
        pl.when("changed").then(pl.lit(_BY_HAND)).otherwise(pl.col("rule")).alias("rule"),
    )
    coded = merged.filter(pl.col("rule").is_not_null() & (pl.col("subject") != "none"))
    lacking = merged.filter(pl.col("rule") == _BY_HAND).filter(
        pl.any_horizontal(pl.col(*_CHANGED).is_null())
    )
    if lacking.height:
        raise TableError(
            f"expected target, subject, motion and polarity for {lacking['id'][0]}, which the rule "
            "leaves out, found an empty cell"
        )
    return coded.sort("place").drop("place")


def as_csv(coding: pl.DataFrame) -> str:
    """The coding as text, the same for the same rows."""
    return coding.write_csv(line_terminator="\n")


def remake(frames: Mapping[str, pl.DataFrame], path: Path = CODING) -> pl.DataFrame:
    """Make the shipped coding again and write it.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        The tables that `beholden.measures.rollcalls.NEEDS` names.
    path : Path
        Where to write; the default is the table that the package ships.
    """
    coding = code(roll_calls(frames).roll_calls)
    path.write_text(as_csv(coding), encoding="utf-8", newline="\n")
    return coding
