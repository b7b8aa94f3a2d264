"""Cover: how a patron votes on its client at the United Nations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import MissingDataError
from beholden.measures.base import Choice, Measure, Option
from beholden.measures.frames import VOTE
from beholden.measures.rights_roll_calls import (
    CASE_FILE,
    SOURCE,
    forbids_source,
    recorded_votes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from beholden.core import Series
    from beholden.measures.base import Evidence, Row, Target

__all__ = ["COUNCIL_VOTES", "RIGHTS_SUPPORT", "RIGHTS_VOTES", "UN_VOTES"]

_PLENARY = "UNGA plenary"
_BODIES = {
    "plenary": (_PLENARY,),
    "plenary and committee": (_PLENARY, "UNGA Third Committee"),
    "all rights bodies": (_PLENARY, "UNGA Third Committee", "UNCHR", "UNHRC"),
}


def subject_of(body: str, subject: str) -> str:
    """What a vote is about, by a fixed rule on its body and its title.

    Returns
    -------
    str
        ``"agenda"`` (a procedural vote of the Council on taking the situation up),
        ``"rights"``, ``"amendment"`` (a vote on changing a rights text: a yes may work
        against it) or ``"nuclear"`` (nuclear, missile and sanctions resolutions).

    Examples
    --------
    >>> subject_of("UNSC substantive", "nuclear sanctions")
    'nuclear'
    """
    if body == "UNSC procedural":
        return "agenda"
    if "amendment" in subject:
        return "amendment"
    if "human rights" in subject:
        return "rights"
    return "nuclear"


def _vote_of(row: Row, patron: str, unrecorded: str) -> str | None:
    """The patron's vote, or what an adoption without a vote counts as."""
    printed = row.get(f"vote_{patron}")
    if not isinstance(printed, str) or printed == "not a member":
        return None
    if not printed.startswith("no vote taken"):
        return printed.split(";")[0].strip()
    if unrecorded == "left out":
        return None
    return "dissociated" if unrecorded == "dissociation" and "dissociated" in printed else "none"


def _vote_row(row: Row, patron: str, unrecorded: str) -> Row:
    yes, no = row["yes"], row["no"]
    counted = isinstance(yes, int) and isinstance(no, int)
    outcome = row["outcome"]
    return {
        "date": row["start"],
        "year": int(str(row["date"])[:4]),
        "body": row["body"],
        "symbol": row["symbol"],
        "subject": subject_of(str(row["body"]), str(row["subject"])),
        "vote": _vote_of(row, patron, unrecorded),
        "yes": yes,
        "no": no,
        "abstain": row["abstain"],
        "margin": int(str(yes)) - int(str(no)) if counted else None,
        "adopted": _adopted(outcome),
        "outcome": outcome,
        "recorded": counted,
        "rows": [row["row"]],
    }


def _adopted(outcome: object) -> bool | None:
    """Whether the organ acted; None for a meeting held without anything being put."""
    if outcome is None or outcome == "held without a vote":
        return None
    return str(outcome) in {"adopted by vote", "adopted unanimously", "consensus"}


def _taken(rows: list[Row], tally: str) -> list[Row]:
    """One row for each vote: the preferred tally, or the alternative where there is one."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["date"], row["body"], row["symbol"]), []).append(row)
    want = 1 if tally == "preferred" else 0
    return [
        next((row for row in group if row["preferred"] == want), group[0])
        for group in groups.values()
    ]


def _case_file(evidence: Evidence, target: Target) -> None:
    if "votes" not in evidence.tables:
        raise MissingDataError(f"facts of the kind `votes` about {target.client}")


def _votes(
    evidence: Evidence,
    target: Target,
    fits: Callable[[Row], bool],
    picks: Mapping[str, str],
) -> Series:
    years = target.years.until(evidence.as_of.year) if target.years else None
    rows = [
        row
        for row in _taken(evidence.rows("votes"), picks.get("tally", "preferred"))
        if fits(row) and (years is None or int(str(row["date"])[:4]) in years)
    ]
    unrecorded = picks.get("unrecorded", "left out")
    votes = [_vote_row(row, target.patron, unrecorded) for row in rows]
    if unrecorded == "left out":
        votes, rows = _only(votes, rows, lambda vote: bool(vote["recorded"]))
    frame = pl.DataFrame(votes, schema=VOTE).sort("date", "body")
    return evidence.series(frame, "vote", "votes", rows, _unknown(votes, rows, target.patron))


def _unknown(votes: list[Row], rows: list[Row], patron: str) -> list[str]:
    """A note on recorded votes for which no source gives the patron's position."""
    lacking = [
        row
        for vote, row in zip(votes, rows, strict=True)
        if vote["vote"] is None and vote["recorded"] and row.get(f"vote_{patron}") != "not a member"
    ]
    if not lacking:
        return []
    count = f"{len(lacking)} of {len(rows)} votes"
    return [f"For {count} no source gives the position of {patron}; they say nothing either way."]


def _only(
    votes: list[Row], rows: list[Row], keep: Callable[[Row], bool]
) -> tuple[list[Row], list[Row]]:
    kept = [(vote, row) for vote, row in zip(votes, rows, strict=True) if keep(vote)]
    return [vote for vote, _ in kept], [row for _, row in kept]


def _is_rights(row: Row, bodies: Iterable[str]) -> bool:
    return (
        str(row["body"]) in bodies and subject_of(str(row["body"]), str(row["subject"])) == "rights"
    )


def _rights_votes(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    if picks["source"] != CASE_FILE:
        return recorded_votes(evidence, target, picks)
    _case_file(evidence, target)
    bodies = _BODIES[picks["bodies"]]
    return _votes(evidence, target, lambda row: _is_rights(row, bodies), picks)


def _council_votes(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    attempts = "none" if picks["attempts"] == "all" else "left out"
    return _votes(
        evidence,
        target,
        lambda row: row["body"] == "UNSC procedural",
        {**picks, "unrecorded": attempts},
    )


def _un_votes(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    bodies = _BODIES[picks["bodies"]]
    return _votes(
        evidence,
        target,
        lambda row: row["body"] == "UNSC substantive" or _is_rights(row, bodies),
        picks,
    )


def _support(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    """The yearly resolution's support, one value a year; years without a vote are missing."""
    if picks["source"] == CASE_FILE:
        _case_file(evidence, target)
        bodies = _BODIES["plenary"]
        votes = _votes(
            evidence,
            target,
            lambda row: _is_rights(row, bodies),
            {"unrecorded": "left out", **picks},
        )
    else:
        votes = recorded_votes(evidence, target, {"bodies": "plenary"})
    outcome = {
        "yes votes": pl.col("yes"),
        "yes share": pl.col("yes") / (pl.col("yes") + pl.col("no") + pl.col("abstain")),
        "margin": pl.col("margin"),
    }[picks["outcome"]]
    frame = votes.frame.with_columns(outcome.alias("x")).with_columns(
        pl.col("x").alias("low"), pl.col("x").alias("high")
    )
    scale = "share" if picks["outcome"] == "yes share" else "votes"
    return type(votes)(frame, "year", scale, votes.sources, votes.provenance, votes.notes)


_BODY_CHOICE = Choice(
    "bodies",
    "which United Nations bodies are counted",
    (
        Option("plenary", "in the plenary of the Assembly", "the vote that counts, all members"),
        Option(
            "plenary and committee",
            "in plenary and Third Committee",
            "the committee votes first, on the same text",
        ),
        Option(
            "all rights bodies",
            "in all rights bodies",
            "the Commission and the Human Rights Council vote on the same item",
        ),
    ),
    "uncertain",
)
_UNRECORDED_CHOICE = Choice(
    "unrecorded",
    "whether adoptions without a vote count",
    (
        Option("left out", "counting recorded votes only", "only a recorded vote shows a position"),
        Option(
            "counted",
            "counting adoptions without a vote",
            "whoever opposes a text can ask for a vote; nobody did",
        ),
        Option(
            "dissociation",
            "counting dissociation from a consensus as opposition",
            "a state that says it does not join opposes without a vote",
        ),
    ),
    "not equivalent",
    facts=True,
)
_TALLY_CHOICE = Choice(
    "tally",
    "which of two printed tallies is taken",
    (
        Option("preferred", "with the tally the case file prefers", "it fits the membership best"),
        Option(
            "alternative",
            "with the other printed tally",
            "sources disagree on 2007 and 2009, partly by later corrections of votes",
        ),
    ),
    "equivalent",
    facts=True,
)

RIGHTS_VOTES = Measure(
    name="rights_votes",
    construct="cover",
    title="votes on the client's human rights",
    definition=(
        "Every resolution on human rights in the client: the patron's vote, the tally and the "
        "outcome. Amendments are left out, since a yes to them may work against the text."
    ),
    unit="vote",
    scale="votes",
    direction="more no votes by the patron: more cover",
    uses=("votes",),
    choices=(SOURCE, _UNRECORDED_CHOICE, _BODY_CHOICE, _TALLY_CHOICE),
    compute=_rights_votes,
    forbids=forbids_source,
    limits=(
        "A vote is a position taken in public; what was traded for it is not seen. The votes of "
        "committees are known only where a source names them."
    ),
    references=("Case file, dprk_un_votes.csv",),
)

COUNCIL_VOTES = Measure(
    name="council_votes",
    construct="cover",
    title="votes of the Security Council on taking up the client's human rights",
    definition=(
        "Procedural votes on the Council's agenda, on which no member has a veto, and attempts "
        "that were not put to a vote."
    ),
    unit="vote",
    scale="votes",
    direction="more no votes by the patron: more cover",
    needs=("votes",),
    choices=(
        Choice(
            "attempts",
            "whether attempts that never came to a vote count",
            (
                Option("put to a vote", "counting votes held", "only a vote is on record"),
                Option(
                    "all",
                    "counting attempts that were dropped or went through unopposed",
                    "a vote not held because it would be lost is a success of the opponents",
                ),
            ),
            "not equivalent",
        ),
    ),
    compute=_council_votes,
    limits="Drafts that were never tabled, because a veto was expected, leave no trace.",
    references=("Case file, dprk_un_votes.csv", "Charter of the United Nations, Article 27"),
)

UN_VOTES = Measure(
    name="un_votes",
    construct="cover",
    title="votes on the client's weapons in the Council and on its rights elsewhere",
    definition=(
        "Council resolutions on nuclear weapons, missiles and sanctions, and rights resolutions "
        "of the Assembly and the rights bodies, with the patron's vote on each."
    ),
    unit="vote",
    scale="votes",
    direction="yes on weapons and no on rights: cover that is limited to rights",
    needs=("votes",),
    choices=(_UNRECORDED_CHOICE, _BODY_CHOICE),
    compute=_un_votes,
    limits="A yes to sanctions does not show that they were kept.",
    references=("Case file, dprk_un_votes.csv",),
)

RIGHTS_SUPPORT = Measure(
    name="rights_support",
    construct="cover",
    title="support in the Assembly for the yearly resolution",
    definition="Result of each recorded plenary vote on the client's human rights.",
    unit="year",
    scale="votes",
    direction="higher: more states press",
    uses=("votes",),
    forbids=forbids_source,
    choices=(
        SOURCE,
        Choice(
            "outcome",
            "what support is counted by",
            (
                Option("yes votes", "by votes in favour", "the number of states that press"),
                Option("yes share", "by share of the votes cast", "the membership changes"),
                Option("margin", "by yes minus no", "abstainers turning also shows"),
            ),
            "uncertain",
        ),
        _TALLY_CHOICE,
    ),
    compute=_support,
    limits=(
        "Years in which the text was adopted without a vote have no tally, though they may show "
        "the widest support."
    ),
    references=("Case file, dprk_un_votes.csv",),
)
