"""What changes in a brief when a data set is judged in another edition."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from beholden.brief.model import Brief, Result
    from beholden.claims import Claim
    from beholden.core import Estimate, Series
    from beholden.multiverse import Assessment

__all__ = ["ClaimChange", "Moved", "Revised", "SideChange", "compare"]

Picks = tuple[tuple[str, str], ...]
Cells = dict[str, object]

# What tells the rows of a series apart, by what a row is.
_KEYS = {"year": ("year",), "vote": ("date", "body", "symbol"), "event": ("date", "title")}


@dataclass(frozen=True)
class Moved:
    """One universe that comes out otherwise.

    Parameters
    ----------
    picks : tuple of (str, str)
        Choice and option.
    reads : tuple of str
        The exchanged data sets that it reads.
    old, new : Estimate
        Under the old editions and under the new ones.
    """

    picks: Picks
    reads: tuple[str, ...]
    old: Estimate
    new: Estimate

    @property
    def flipped(self) -> bool:
        """Whether the expectation holds now where it did not, or the reverse, or is unknown."""
        return self.old.meets != self.new.meets


@dataclass(frozen=True)
class Revised:
    """How one series of the target differs.

    Parameters
    ----------
    picks : tuple of (str, str)
        The picks of the measure that it was measured under.
    reads : tuple of str
        The exchanged data sets that it reads.
    added, removed : tuple of str
        Rows that only the new one has, and only the old one: years, or dates and titles.
    changed : tuple of (str, dict, dict)
        Rows of both with what their cells were and are.
    """

    picks: Picks
    reads: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, Cells, Cells], ...]


@dataclass(frozen=True)
class SideChange:
    """What changes of one claim, now or then.

    Parameters
    ----------
    old, new : Assessment
        Under the old editions and under the new ones.
    moved : tuple of Moved
        Universes that come out otherwise.
    revised : tuple of Revised
        Series that differ, also where no universe moves.
    """

    old: Assessment
    new: Assessment
    moved: tuple[Moved, ...]
    revised: tuple[Revised, ...]

    @property
    def anything(self) -> bool:
        """Whether anything at all differs."""
        return bool(self.moved or self.revised)


@dataclass(frozen=True)
class ClaimChange:
    """What changes of one claim."""

    claim: Claim
    now: SideChange
    then: SideChange

    @property
    def anything(self) -> bool:
        """Whether anything at all differs."""
        return self.now.anything or self.then.anything


def compare(old: Brief, new: Brief, names: Collection[str]) -> tuple[ClaimChange, ...]:
    """What changes of each claim between two briefs of one article.

    Parameters
    ----------
    old, new : Brief
        Of the same claims, judged by different editions of some data sets.
    names : collection of str
        Those data sets.

    Returns
    -------
    tuple of ClaimChange
        One for every claim, in the order of the prose, changed or not.
    """
    return tuple(
        ClaimChange(
            before.claim,
            _side(before, before.now, after.now, names),
            _side(before, before.then, after.then, names),
        )
        for before, after in zip(old.results, new.results, strict=True)
    )


def _side(result: Result, old: Assessment, new: Assessment, names: Collection[str]) -> SideChange:
    claim = result.claim
    before, after = _universes(old), _universes(new)
    moved = [
        Moved(picks, _reads(claim, picks, names), before[picks][0], after[picks][0])
        for picks in before
        if picks in after and not _same(before[picks][0], after[picks][0])
    ]
    rows = _by_own(claim, before), _by_own(claim, after)
    revised = [
        found
        for own in rows[0]
        if own in rows[1] and (found := _revised(own, claim, rows[0][own], rows[1][own], names))
    ]
    return SideChange(old, new, tuple(moved), tuple(revised))


def _universes(side: Assessment) -> dict[Picks, tuple[Estimate, Series | None]]:
    """Every universe by its picks; where rows from memory make a choice, by sourced rows."""
    found: dict[Picks, tuple[Estimate, Series | None]] = {}
    for estimate, series in zip(side.run.estimates, side.run.measured, strict=True):
        picks = tuple((name, pick) for name, pick in estimate.picks.items() if name != "evidence")
        found.setdefault(picks, (estimate, series))
    return found


def _by_own(
    claim: Claim, universes: Mapping[Picks, tuple[Estimate, Series | None]]
) -> dict[Picks, dict[str, Cells]]:
    """The rows of every series; universes that look at other years of one series share it."""
    found: dict[Picks, dict[str, Cells]] = {}
    for picks, (_, series) in universes.items():
        found.setdefault(_own(claim, picks), {}).update(_rows(series))
    return found


_STATES = {"client", "patron", "partner"}


def _own(claim: Claim, picks: Picks) -> Picks:
    """The picks that are the measure's, or that set the states it is about."""
    names = {choice.name for choice in claim.measure.choices} if claim.measure else set()
    names |= {
        added.choice.name
        for added in claim.added
        if any(_STATES & set(fields) for fields in added.overrides.values())
    }
    return tuple((name, pick) for name, pick in picks if name in names)


def _reads(claim: Claim, picks: Picks, names: Collection[str]) -> tuple[str, ...]:
    read = claim.measure.datasets(dict(picks)) if claim.measure else ()
    return tuple(name for name in read if name in names)


def _same(old: Estimate, new: Estimate) -> bool:
    told = (old.status, old.meets, old.message) == (new.status, new.meets, new.message)
    pairs = ((old.value, new.value), (old.low, new.low), (old.high, new.high))
    return told and all(_alike(*pair) for pair in pairs)


def _alike(old: object, new: object) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-9) or (math.isnan(old) and math.isnan(new))
    return old == new


def _revised(
    own: Picks,
    claim: Claim,
    before: Mapping[str, Cells],
    after: Mapping[str, Cells],
    names: Collection[str],
) -> Revised | None:
    changed = tuple(
        (key, _only(before[key], differing), _only(after[key], differing))
        for key in before
        if key in after and (differing := _differing(before[key], after[key]))
    )
    added = tuple(sorted(key for key in after if key not in before))
    removed = tuple(sorted(key for key in before if key not in after))
    if not (added or removed or changed):
        return None
    return Revised(own, _reads(claim, own, names), added, removed, changed)


def _rows(series: Series | None) -> dict[str, Cells]:
    """The rows of a series by what tells them apart, without the names of their sources."""
    if series is None:
        return {}
    keys = _KEYS[series.unit]
    found: dict[str, Cells] = {}
    for row in series.frame.to_dicts():
        name = ", ".join(str(row[key]) for key in keys if row.get(key) is not None)
        cells = {column: cell for column, cell in row.items() if column not in (*keys, "rows")}
        # Two votes of one day on one text are told apart by their order.
        while name in found:
            name = f"{name} (again)"
        found[name] = cells
    return found


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in old if not _alike(old[name], new.get(name)))


def _only(cells: Cells, names: tuple[str, ...]) -> Cells:
    return {name: cells.get(name) for name in names}
