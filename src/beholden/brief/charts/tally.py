"""Votes as strips: one bar for each vote, with the patron's own vote beside it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.brief.charts.drawing import (
    WIDTH,
    Chart,
    KeyItem,
    Pad,
    Spec,
    canvas,
    key,
    layer,
    pixels,
    rule,
    shifted,
    texts,
)
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import shorten
from beholden.brief.charts.timeline import day_label
from beholden.errors import UnknownStateError
from beholden.states import name as state_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.claims import Claim
    from beholden.multiverse import Assessment

__all__ = ["tally_strip"]

_ROW, _HEAD, _BAR = 13, 17, 8
_SIGNS = {
    "yes": ("Y", "yes"),
    "no": ("N", "no"),
    "abstain": ("A", "abstained"),
    "dissociated": ("D", "dissociated itself"),
    "none": ("–", "no vote taken"),
    "absent": ("×", "absent"),
}
_UNKNOWN = ("?", "not known")
# Where things stand, in pixels from the left edge.
_MARK, _START, _END = 76.0, 90.0, 262.0


@dataclass(frozen=True)
class Vote:
    """One vote.

    Parameters
    ----------
    day, group, symbol : str
        When, by which body on what, and the document.
    sign, word : str
        The patron's vote as a sign and in words.
    tally : tuple of float, or None
        Yes, abstentions, no; None where nothing was counted.
    ended : str
        How it ended, in the words of the record; empty where no source says.
    """

    day: str
    group: str
    symbol: str
    sign: str
    word: str
    tally: tuple[float, float, float] | None
    ended: str

    @property
    def total(self) -> float:
        """Votes cast."""
        return sum(self.tally or ())

    @property
    def outcome(self) -> str:
        """What came of it, where no tally says so."""
        if self.ended == "consensus":
            return "adopted without a vote"
        return self.ended or "no source for the outcome"


def tally_strip(side: Assessment, claim: Claim) -> Chart | None:
    """The tallies of the first universe's votes.

    Parameters
    ----------
    side : Assessment
        With the series of its first universe.
    claim : Claim
        For the patron.

    Returns
    -------
    Chart or None
        None where there is no vote.
    """
    found = side.run.reference
    if found is None or "vote" not in found.frame.columns or found.frame.is_empty():
        return None
    rows = found.frame.to_dicts()
    several = len({row.get("subject") for row in rows}) > 1
    votes = tuple(_vote(row, several=several) for row in rows)
    groups: dict[str, list[Vote]] = {}
    for vote in votes:
        groups.setdefault(vote.group, []).append(vote)
    measure = claim.measure.title if claim.measure else "votes"
    columns = ("date", "body", "document", "yes", "abstain", "no", f"vote of {claim.target.patron}")
    return Chart(
        "tally_strip",
        f"Vote by vote: {measure}",
        _description(groups, claim.target.patron),
        columns,
        tuple(_cells(vote) for vote in votes),
        _drawn(groups, claim.target.patron),
    )


def _vote(row: Mapping[str, object], *, several: bool) -> Vote:
    body, subject = str(row.get("body") or ""), str(row.get("subject") or "")
    sign, word = _SIGNS.get(str(row["vote"]), _UNKNOWN)
    yes, abstain, no = (row.get(name) for name in ("yes", "abstain", "no"))
    tally = None
    if isinstance(yes, float) and isinstance(no, float):
        tally = (yes, abstain if isinstance(abstain, float) else 0.0, no)
    return Vote(
        str(row["date"]),
        f"{body}, {subject}" if several else body,
        str(row.get("symbol") or ""),
        sign,
        word,
        tally,
        str(row.get("outcome") or ""),
    )


def _drawn(groups: Mapping[str, Sequence[Vote]], patron: str) -> Spec:
    votes = [vote for group in groups.values() for vote in group]
    words, tall = key(_key(votes, patron), 0, WIDTH)
    y = 0.0
    heads, rows = [], []
    for name, group in groups.items():
        heads.append({"x": 0, "y": y + _HEAD - 7, "text": shorten(name, WIDTH - 70, bold=True)})
        y += _HEAD
        most = max((vote.total for vote in group), default=0.0) or 1.0
        for vote in group:
            rows.append((vote, y + _ROW / 2, most))
            y += _ROW
    layers = [texts(heads, "ink", bold=True), *_labels(rows), *_bars(rows)]
    tally_head = {"x": WIDTH, "y": _HEAD - 7, "text": "yes–abst.–no"}
    layers += [texts([tally_head], "muted", align="right"), *shifted(words, -tall - 2)]
    return canvas(y + 2, Pad(0, tall + 2, 0, 2), layers)


_Placed = tuple[Vote, float, float]


def _key(votes: Sequence[Vote], patron: str) -> list[KeyItem]:
    items = [KeyItem("square", "yes", "yes"), KeyItem("square", "abstain", "abstain")]
    items.append(KeyItem("square", "no", "no"))
    for sign, word in (*_SIGNS.values(), _UNKNOWN):
        if any(vote.sign == sign for vote in votes):
            items.append(KeyItem(f"text:{sign}", "ink", f"{patron}: {word}"))
    return items


def _labels(rows: Sequence[_Placed]) -> list[Spec]:
    """Days, the patron's signs, tallies, and words where there is no tally."""
    days, signs, tallies, outcomes = [], [], [], []
    for vote, y, _ in rows:
        days.append({"x": 0, "y": y, "text": day_label(vote.day)})
        signs.append({"x": _MARK, "y": y, "text": vote.sign})
        if vote.tally is None:
            outcomes.append({"x": _START + 4, "y": y, "text": vote.outcome})
        else:
            text = "–".join(f"{count:.0f}" for count in vote.tally)
            tallies.append({"x": WIDTH, "y": y, "text": text})
    layers = [texts(days, "muted"), texts(signs, "ink", align="center", bold=True)]
    layers += [texts(tallies, "ink", align="right")] if tallies else []
    return [*layers, texts(outcomes, "muted")] if outcomes else layers


def _bars(rows: Sequence[_Placed]) -> list[Spec]:
    """Yes, abstentions and no from left to right; each body has a scale of its own."""
    parts: dict[str, list[Spec]] = {"yes": [], "abstain": [], "no": []}
    frames: list[Spec] = []
    for vote, y, most in rows:
        top, bottom = y - _BAR / 2, y + _BAR / 2
        if vote.tally is None:
            frames += _frame(top - 1, bottom + 1)
            continue
        x = _START
        for role, count in zip(parts, vote.tally, strict=True):
            end = x + (_END - _START) * count / most
            if count > 0:
                box = {"x": x, "x2": max(end - 1, x + 0.6), "y": top, "y2": bottom}
                parts[role].append({name: round(value, 2) for name, value in box.items()})
            x = end
    layers = [rule(frames, "grid")] if frames else []
    for role, boxes in parts.items():
        if boxes:
            mark: Spec = {"type": "rect", "color": colour(role)}
            ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
            layers.append(layer(mark, boxes, x=pixels("x"), y=pixels("y"), **ends))
    return layers


def _frame(top: float, bottom: float) -> list[Spec]:
    corners = [(_START, top), (_END, top), (_END, bottom), (_START, bottom), (_START, top)]
    return [
        {"x": x, "y": y, "x2": x2, "y2": y2} for (x, y), (x2, y2) in itertools.pairwise(corners)
    ]


def _description(groups: Mapping[str, Sequence[Vote]], patron: str) -> str:
    sentences = []
    for name, votes in groups.items():
        words = list(dict.fromkeys(vote.word for vote in votes))
        taken = ", ".join(f"{word} {sum(vote.word == word for vote in votes)}" for word in words)
        counted = [vote for vote in votes if vote.tally is not None]
        text = f"{name}, {_plural(len(votes))}: {_state(patron)} {taken}"
        if counted:
            yes = [vote.tally[0] for vote in counted if vote.tally]
            no = [vote.tally[2] for vote in counted if vote.tally]
            text += f"; yes votes {_range(yes)}, no votes {_range(no)}"
        if len(counted) < len(votes):
            text += f"; {len(votes) - len(counted)} without a tally"
        sentences.append(text + ".")
    return " ".join(sentences)


def _plural(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _range(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def _state(code: str) -> str:
    try:
        return state_name(code)
    except UnknownStateError:
        return code


def _cells(vote: Vote) -> tuple[str, ...]:
    if vote.tally is None:
        tally = (vote.outcome, "\N{EN DASH}", "\N{EN DASH}")
    else:
        yes, abstain, no = (f"{count:.0f}" for count in vote.tally)
        tally = (yes, abstain, no)
    return vote.day, vote.group, vote.symbol, *tally, vote.word
