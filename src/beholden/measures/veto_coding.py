"""The shipped coding of vetoed drafts: about whom, to what effect; read and made again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.errors import TableError, UnknownStateError, nearest
from beholden.measures.state_names import TABLES, states_named
from beholden.measures.veto_clauses import CERTAINTIES, CLAUSES, EFFECTS, MATTERS
from beholden.states import find

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["BY_HAND", "CODING", "as_csv", "by_hand", "code", "drafts", "remake", "veto_targets"]

CODING = TABLES / "veto_targets.csv"
BY_HAND = TABLES / "veto_targets_by_hand.csv"
_HAND = "by hand"
_CODED = ("target", "effect", "matter", "certainty", "rule", "why")
_SCHEMA = {"number": pl.Int64, "draft": pl.String, "date": pl.Date} | dict.fromkeys(
    _CODED, pl.String
)
_VOCABULARY = {"effect": EFFECTS, "matter": MATTERS, "certainty": CERTAINTIES}


@cache
def veto_targets() -> pl.DataFrame:
    """The shipped coding: which states each vetoed draft was about, and what the veto did to them.

    Returns
    -------
    polars.DataFrame
        One row for each target of each draft: `number` of the draft in the data set
        `un_sc_vetoes`, null for later drafts, which are coded for whoever brings them; `draft`
        and `date` as there; `target`, ISO3 on that day, null where the draft was about no state
        of the lists; `effect`, `matter` (where the veto protects), `certainty`; `rule`, the
        clause that decided, or "by hand"; `why`.

    Examples
    --------
    >>> veto_targets().filter(draft="S/2007/14").select("target", "effect", "matter").row(0)
    ('MMR', 'protects', 'people')
    """
    return _read(CODING, tuple(_SCHEMA))


def by_hand(path: Path = BY_HAND) -> pl.DataFrame:
    """The rows coded by hand, which take the place of the rule's for the same draft.

    Parameters
    ----------
    path : Path
        A table with the columns of the coding less `rule`.

    Raises
    ------
    TableError
        When the table has other columns, a word that the coding does not know, no reason or a
        target that was no state on that day.
    """
    frame = _read(path, tuple(name for name in _SCHEMA if name != "rule"))
    for row in frame.iter_rows(named=True):
        _check(row, path.name)
    return frame


def _read(path: Path, columns: tuple[str, ...]) -> pl.DataFrame:
    frame = pl.read_csv(path, infer_schema=False)
    if tuple(frame.columns) != columns:
        raise TableError(
            f"{path.name}: expected the columns {', '.join(columns)}, found "
            f"{', '.join(frame.columns)}"
        )
    return frame.with_columns(pl.col("number").cast(pl.Int64), pl.col("date").str.to_date())


def _check(row: dict[str, Any], file: str) -> None:
    place = f"{file}, {row['draft']}"
    if not row["why"]:
        raise TableError(f"{place}: expected why it is coded so, found an empty cell")
    for column, known in _VOCABULARY.items():
        word, wanted = row[column], column != "matter" or row["effect"] == "protects"
        if (word is not None or wanted) and word not in known:
            hint = nearest(word or "", known)
            raise TableError(
                f"{place}, {column}: expected a word of the coding, found {word!r}. {hint}"
            )
    if row["target"] is not None and not _stands(row["target"], row["date"]):
        raise TableError(f"{place}: {row['target']} was no state on {row['date']}")


def _stands(iso3: str, on: date) -> bool:
    try:
        find(iso3, on)
    except UnknownStateError:
        return False
    return True


def drafts(vetoes: pl.DataFrame) -> pl.DataFrame:
    """The vetoed drafts, one row each, with the members that vetoed them.

    Parameters
    ----------
    vetoes : polars.DataFrame
        The table `un_sc_vetoes`.
    """
    return vetoes.group_by(
        "number", "draft", "date", "agenda_item", "crisis_topic", maintain_order=True
    ).agg(pl.col("member").alias("members"))


def code(vetoes: pl.DataFrame, hand: pl.DataFrame | None = None) -> pl.DataFrame:
    """The coding of vetoed drafts: the rule's, and by hand where the rule is silent or wrong.

    Parameters
    ----------
    vetoes : polars.DataFrame
        The table `un_sc_vetoes`.
    hand : polars.DataFrame or None
        Rows in the form of `by_hand`; None takes the shipped ones.

    Raises
    ------
    TableError
        When a draft is coded neither by the rule nor by hand, or a row by hand is of another
        draft than the list has under its number.
    """
    listed, changes = drafts(vetoes), by_hand() if hand is None else hand
    _same_drafts(listed, changes)
    coded = set(changes["number"].drop_nulls().to_list())
    ruled = [
        row for draft in listed.to_dicts() if draft["number"] not in coded for row in _rows(draft)
    ]
    added = changes.with_columns(rule=pl.lit(_HAND)).select(list(_SCHEMA))
    every = pl.concat([pl.DataFrame(ruled, schema=_SCHEMA), added])
    return every.sort("date", "number", "draft", nulls_last=True, maintain_order=True)


def _same_drafts(listed: pl.DataFrame, changes: pl.DataFrame) -> None:
    own = changes.filter(pl.col("number").is_not_null())
    wrong = own.join(listed, on=["number", "draft", "date"], how="anti", nulls_equal=True)
    if wrong.height:
        number, draft = wrong.select("number", "draft").row(0)
        raise TableError(
            f"expected draft {draft} under number {number} of un_sc_vetoes, found none"
        )


def _rows(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """A draft as the rule codes it, once for each target."""
    item, on = draft["agenda_item"] or "", draft["date"]
    topic = draft["crisis_topic"] or ""
    for clause in CLAUSES:
        if not clause.fits(topic, item, tuple(draft["members"]), on):
            continue
        told = item if clause.effect == "membership" else topic
        named = clause.targets or states_named(told, on) if clause.effect != "none" else ()
        targets: list[str | None] = [iso3 for iso3 in named if _stands(iso3, on)]
        unlisted = "" if targets or not named else " No state list counted it on that day."
        return [
            {
                **{name: draft[name] for name in ("number", "draft", "date")},
                "target": target,
                "effect": clause.effect,
                "matter": clause.matter or None,
                "certainty": clause.certainty,
                "rule": clause.name,
                "why": clause.why + unlisted,
            }
            for target in targets or [None]
        ]
    raise TableError(
        f"expected draft {draft['draft']} of {on} to be coded by the rule or in {BY_HAND.name}, "
        f"found neither (topic {topic!r}). Add a row to {BY_HAND.name}."
    )


def as_csv(coding: pl.DataFrame) -> str:
    """The coding as text, the same for the same rows."""
    return coding.write_csv(line_terminator="\n")


def remake(vetoes: pl.DataFrame, path: Path = CODING) -> pl.DataFrame:
    """Make the shipped coding again and write it.

    Parameters
    ----------
    vetoes : polars.DataFrame
        The table `un_sc_vetoes`.
    path : Path
        Where to write; the default is the table that the package ships.
    """
    coding = code(vetoes)
    path.write_text(as_csv(coding), encoding="utf-8", newline="\n")
    return coding
