"""Which roll calls are about a country's human rights, about whom, and what a yes does there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.measures.chair import entitled, question
from beholden.measures.state_names import plain, states_named
from beholden.measures.target_clauses import CLAUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from beholden.measures.target_clauses import Clause

__all__ = [
    "MOTIONS",
    "POLARITIES",
    "Subject",
    "classify",
    "motion_of",
    "polarity_of",
    "subject_of",
]

Row = dict[str, Any]

MOTIONS = {
    "text": "the text as a whole, or the decision itself",
    "paragraph": "a paragraph or some words of a text, voted on separately",
    "amendment": "a change to a text",
    "no action": "to take no action, to adjourn or to put off",
    "agenda": "whether the matter is taken up at all",
}
POLARITIES = {
    "against": "a yes criticises the target or keeps it under scrutiny",
    "shields": "a yes keeps criticism or scrutiny from the target",
    "supports": "a yes helps the target",
    "unclear": "the title does not tell which",
}
# Titles of the Commission that name no country: the source's subject heading does.
_ANY_COUNTRY = re.compile(r"violations? of human rights .*in any part of the world")
_NO_ACTION = re.compile(
    r"no.action|not to take action|adjourn(ing|ment of)? (the )?(debate|consideration)"
    r"|(postpon|defer)(ed|ing|ment)?\b|requested on the motion$"
)
_AGENDA = re.compile(r"\bagenda\b|inclu(de|ding|sion of) (an |the )?item")
_AMENDMENT = re.compile(r"amendment")
_AMENDED = re.compile(r"\bas( so| orally)? amended|amended by")
_PARAGRAPH = re.compile(
    r"paragraph|\bparag\b|\b(op|preamb) para|sub-?para|separate vote|\bphrase\b|retention of"
    r"|(this|these|certain) (phrase|word)|the words?\b"
)


@dataclass(frozen=True)
class Subject:
    """What a text is about.

    Parameters
    ----------
    subject : str
        One of `beholden.measures.target_clauses.SUBJECTS`.
    targets : tuple of str
        ISO3 codes of the states that it is about, as of the day of the vote.
    rule : str
        The clause that decided.
    """

    subject: str
    targets: tuple[str, ...]
    rule: str


def subject_of(title: str, on: date, body: str = "GA", heading: str = "") -> Subject | None:
    """What a text is about, by its title; None where it is about no single country.

    Parameters
    ----------
    title : str
        As printed.
    on : date
        Day of the vote.
    body : str
        GA, CHR (Commission on Human Rights) or HRC (Human Rights Council).
    heading : str
        The source's subject heading. It decides only where clauses of the rule ask for it.

    Examples
    --------
    >>> from datetime import date
    >>> subject_of("Situation of human rights in Myanmar", date(2018, 12, 22))
    Subject(subject='rights', targets=('MMR',), rule='rights-title')
    >>> subject_of("Human rights and unilateral coercive measures", date(2018, 12, 17)) is None
    True
    """
    return _subject_of(plain(title), on, body, plain(heading))


@lru_cache(maxsize=4096)
def _subject_of(title: str, on: date, body: str, heading: str) -> Subject | None:
    if body != "GA" and (_ANY_COUNTRY.search(title) or not _beyond_names(title)):
        named = states_named(title, on) or states_named(heading, on)
        return Subject("rights", named, "rights-heading") if named else None
    for clause in CLAUSES:
        if clause.fits(title, heading, body, on):
            targets = _targets(clause, title, on)
            if not clause.subject:
                return None
            if targets:
                return Subject(clause.subject, targets, clause.name)
    return None


def _targets(clause: Clause, title: str, on: date) -> tuple[str, ...]:
    return (clause.target,) if clause.target else states_named(title, on)


def _beyond_names(title: str) -> bool:
    """Whether a title says more than the name of a place."""
    return len(title.split()) > 1


def motion_of(call: Mapping[str, Any]) -> str:
    """What kind of motion a roll call is on: one of `MOTIONS`.

    Parameters
    ----------
    call : mapping
        A row of the roll calls: `body`, `symbol`, `title`, `said` and the source's flags.

    Examples
    --------
    >>> motion_of({"body": "GA", "said": "The President: I shall now put to the vote the motion "
    ...            "submitted by Turkmenistan that no action be taken on draft resolution III."})
    'no action'
    """
    if call.get("no_action"):
        return "no action"
    if call["body"] != "GA":
        return "amendment" if call.get("amendment") else "text"
    printed = call.get("said") or ""
    # Without a title they are the words of the chair, else the source's précis of the text.
    said = plain(printed) if call.get("title") else question(printed)
    if _NO_ACTION.search(said):
        return "no action"
    if _AGENDA.search(said) and "item" in said and not call.get("paragraph"):
        return "agenda"
    amending = call.get("amendment") or not call.get("title")
    if amending and _AMENDMENT.search(said) and not _AMENDED.search(said):
        return "amendment"
    if call.get("paragraph") or (said and _PARAGRAPH.search(said)):
        return "paragraph"
    return "text"


def polarity_of(subject: str, motion: str, title: str = "", said: str = "") -> str:
    """What a yes means for the target: one of `POLARITIES`.

    Parameters
    ----------
    subject, motion : str
        As coded.
    title, said : str
        The title and what was said when the vote was called.

    Notes
    -----
    An amendment that comes to a vote is one that the sponsors of the text did not accept: on a
    text about human rights it is taken to shield the target.

    Examples
    --------
    >>> polarity_of("rights", "no action"), polarity_of("rights", "text")
    ('shields', 'against')
    """
    head, words = plain(title), plain(said)
    if subject == "assistance":
        return "supports" if motion == "text" else "unclear"
    if motion == "no action":
        return "shields"
    if subject == "situation":
        return "unclear"
    if motion == "amendment":
        return "shields" if subject == "rights" else "unclear"
    if head.startswith("restoration of the rights of membership"):
        return "supports"
    if head.startswith(("discontinuation", "termination")) or "delete item" in words:
        return "shields"
    return "unclear" if motion == "paragraph" and "delet" in words else "against"


def classify(calls: pl.DataFrame) -> pl.DataFrame:
    """The roll calls that are about a country, with target, subject, motion and polarity.

    The rule looks at titles, headings and the words of the chair, never at the votes.

    Parameters
    ----------
    calls : polars.DataFrame
        Roll calls as `beholden.measures.rollcalls.roll_calls` gives them.

    Returns
    -------
    polars.DataFrame
        `body`, `date`, `symbol`, `id`, `target` (ISO3; several are apart by semicolons),
        `subject`, `motion`, `polarity` and `rule`, the clause that decided; ordered as `calls`.
    """
    rows = calls.to_dicts()
    titles = _titles(rows)
    coded = (_coded(row, titles) for row in rows)
    return pl.DataFrame([row for row in coded if row is not None], schema=_schema())


def _schema() -> dict[str, type[pl.DataType]]:
    text = ("symbol", "id", "target", "subject", "motion", "polarity", "rule")
    return {"body": pl.String, "date": pl.Date} | dict.fromkeys(text, pl.String)


def _titles(rows: Iterable[Row]) -> dict[str, str]:
    """The title of the text as a whole under each of the Assembly's symbols."""
    return {
        row["symbol"]: row["title"]
        for row in rows
        if row["body"] == "GA" and row["symbol"] and row["title"]
    }


def _coded(row: Row, titles: Mapping[str, str]) -> Row | None:
    """One roll call as coded, or None."""
    own = row["title"]
    # A motion or a paragraph bears the symbol of its text, but seldom its title.
    title = own or titles.get(row["symbol"]) or entitled(row["said"] or "")
    subject = subject_of(title, row["date"], row["body"], row["heading"] or "") if title else None
    if subject is None:
        return None
    motion, rule = motion_of(row), subject.rule
    if motion == "text" and row["body"] == "CHR" and "/DEC" in row["symbol"]:
        # The Commission's decisions on a situation were motions to take no action on a draft.
        motion = "no action" if subject.subject == "rights" else motion
    return {
        **{name: row[name] for name in ("body", "date", "symbol", "id")},
        "target": ";".join(subject.targets),
        "subject": subject.subject,
        "motion": motion,
        "polarity": polarity_of(subject.subject, motion, title, row["said"] or ""),
        "rule": rule if own else f"{rule}; title of the text",
    }
