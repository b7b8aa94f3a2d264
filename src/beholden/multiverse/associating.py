"""One claim that X goes with Y, on what was known on one day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from beholden import __version__
from beholden.associations.faults import GridError
from beholden.claims.causal import causal_words
from beholden.core import Provenance, Series, digest
from beholden.measures.frames import YEAR
from beholden.measures.states_and_pairs import source_of
from beholden.multiverse import lacking
from beholden.multiverse.association_frame import AssociationFrame, association_frame
from beholden.multiverse.association_kept import Found, read, written
from beholden.multiverse.association_plan import (
    datasets_of_association,
    grid_of,
    planned,
    said,
)
from beholden.multiverse.association_program import program
from beholden.multiverse.association_words import decisive, verdict_words
from beholden.multiverse.judge import Verdict
from beholden.multiverse.plan import Plan, plan
from beholden.multiverse.run import Run
from beholden.multiverse.words import Style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from beholden.associations.grid import Grid
    from beholden.associations.result import Associations
    from beholden.claims import Claim
    from beholden.claims.association import Association, Variant
    from beholden.multiverse.assess import Means
    from beholden.multiverse.lacking import Lack
    from beholden.panels import Holdings

__all__ = ["DRAWS", "EFFECT", "SEED", "Related", "relate"]

DRAWS = 199
"""Draws of the bootstrap behind the joint test of a claim."""
SEED = 1
EFFECT = Style("number", "standard deviations")


@dataclass(frozen=True)
class Related:
    """What an assessment of an association is made of.

    Parameters
    ----------
    verdict : Verdict
        By the rule of associations.
    plan : Plan
        The choices, and how many universes they make.
    run : Run
        Without estimates of its own: they stand in `found`.
    found : Associations or None
        Every universe, the joint tests, what decides; None where nothing could be estimated.
    """

    verdict: Verdict
    plan: Plan
    run: Run
    found: Associations | None


def relate(claim: Claim, as_of: date, means: Means, waiting: Sequence[str]) -> Related:
    """Judge an association by what was known on a day.

    Parameters
    ----------
    claim : Claim
        With an association.
    as_of : date
        `date.max` for now.
    means : Means
        The data sets, and what keeps finished work.
    waiting : sequence of str
        What the claim still waits for, in words.

    Returns
    -------
    Related
        Universes whose data sets cannot be read are listed and not counted.
    """
    if claim.association is None:
        raise ValueError(f"{claim.id}: expected a claim with an association, found none")
    return _Case(claim, claim.association, as_of, means, tuple(waiting)).related()


@dataclass(frozen=True)
class _Case:
    """One claim on one day."""

    claim: Claim
    asked: Association
    as_of: date
    means: Means
    waiting: tuple[str, ...]

    @cached_property
    def data(self) -> Holdings | None:
        return self.means.data

    @cached_property
    def plan(self) -> Plan:
        return plan(self.claim)

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """The data sets that some universe reads and that cannot be read."""
        return lacking.lacks_of(tuple(datasets_of_association(self.asked)), self.data)

    def holds(self, names: Sequence[str]) -> bool:
        """Whether all of these data sets can be read."""
        return self.data is not None and not lacking.lacks_of(names, self.data)

    def related(self) -> Related:
        if self.data is None or self._grid(()) is None:
            return self._without()
        kept = self._kept(self.data)
        if kept is None:
            return self._without()
        return self._judged(kept, self.data)

    def _grid(self, without: Sequence[str]) -> Grid | None:
        try:
            return grid_of(self.asked, self.holds, lambda item: item.column not in without)
        except GridError:
            return None

    def _without(self) -> Related:
        """Nothing can be estimated: what would have to be known."""
        told = self.as_of, self.means.data, self.means.offered
        sets = lacking.missing(self.lacks, *told)
        missing = (*sets, *self.waiting) or ("universes that make sense: every one was left out",)
        verdict = Verdict("untestable", None, 0, 0, self.plan.size, (), missing, self._flag())
        return Related(verdict, self.plan, _run(Provenance(), (), self.data, self.lacks), None)

    def _kept(self, data: Holdings) -> Found | None:
        """What was found before with the same data and program, or else now."""
        keeper, name = self.means.keeper, self._key(data)
        before = read(keeper.get(name), self._grid) if keeper else None
        if before is not None:
            return before
        laid = self._frame(data)
        if laid is None:
            return None
        usable = self._grid(tuple(laid.without))
        if usable is None or planned(self.asked, usable) is None:
            return None
        result = _associated(laid, usable)
        same = tuple(said(item) for item in laid.same if _taken(item, result))
        found = Found(result, laid.without, laid.provenance, same)
        if keeper is not None:
            keeper.put(name, written(found))
        return found

    def _frame(self, data: Holdings) -> AssociationFrame | None:
        there = [item for item in self.asked.variants if self.holds(item.datasets())]
        return association_frame(self.asked, there, self.claim.target.client, data, self.as_of)

    def _key(self, data: Holdings) -> str:
        names = [name for name in datasets_of_association(self.asked) if self.holds([name])]
        records = [data.record(name) for name in sorted(names)]
        sets = [(item.dataset, item.edition, item.table.sha256, item.released) for item in records]
        parts = [self.asked, self.claim.target.client, sets, self.as_of, DRAWS, SEED]
        return f"association-{digest([*parts, program(), __version__])}.json"

    def _judged(self, found: Found, data: Holdings) -> Related:
        result = found.associations
        own, lacked = result.verdict, self.plan.size - len(result.universes)
        answered = own.answer != "untestable"
        verdict = Verdict(
            own.answer,
            own.share if answered else None,
            own.universes,
            own.failed,
            max(lacked, 0),
            decisive(self.plan, result),
            self.waiting if answered else (*self._missing(), *self.waiting),
            (*self._flag(), *self._notes(found, lacked), verdict_words(result)),
        )
        reads = [item.table for item in found.provenance.inputs]
        return Related(
            verdict, self.plan, _run(found.provenance, tuple(reads), data, self.lacks), result
        )

    def _missing(self) -> tuple[str, ...]:
        return lacking.missing(self.lacks, self.as_of, self.means.data, self.means.offered)

    def _flag(self) -> tuple[str, ...]:
        """Association is not cause; said where the claim's words say that it is."""
        words = causal_words(self.claim.says)
        if not words:
            return ()
        quoted = ", ".join(
            f"\N{LEFT DOUBLE QUOTATION MARK}{word}\N{RIGHT DOUBLE QUOTATION MARK}" for word in words
        )
        return (
            (
                f"Association is not cause: the claim says {quoted}, but what is tested is whether "
                "the two go together."
            ),
        )

    def _notes(self, found: Found, lacked: int) -> tuple[str, ...]:
        notes = []
        if lacked > 0 and self.lacks:
            wanted = self._missing()[0]
            notes.append(
                f"{lacked:,} of {self.plan.size:,} planned universes could not be run for want of "
                f"{wanted}"
            )
        elif lacked > 0:
            notes.append(f"{lacked:,} of {self.plan.size:,} planned universes have no data.")
        if found.same:
            within = [label for label in self.asked.effects if label in _WITHIN]
            notes += [_unmoved(self.claim, found.same)] if within else []
        return (*notes, *found.associations.notes)


_WITHIN = ("state", "state and year", "dyad", "dyad and year")


def _unmoved(claim: Claim, same: Sequence[str]) -> str:
    from beholden import states

    return (
        f"{states.name(claim.target.client)} has one and the same value in every year of "
        f"{'; '.join(same)}. What compares a state with itself in other years rests on other "
        "states and can say nothing of it."
    )


def _taken(item: Variant, found: Associations) -> bool:
    """Whether some universe takes it as its outcome or exposure."""
    frame = found.universes
    return any(
        frame[role].cast(pl.String).eq(item.label).any()
        for role, sides in (("outcome", found.grid.outcomes), ("exposure", found.grid.exposures))
        if item.column in {name for side in sides for name in side.columns}
    )


def _associated(laid: AssociationFrame, grid: Grid) -> Associations:
    from beholden.associations.estimate import associate

    return associate(laid.frame, grid, draws=DRAWS, seed=SEED)


def _run(
    provenance: Provenance,
    names: Sequence[str],
    data: Holdings | None,
    lacks: tuple[Lack, ...],
) -> Run:
    """A run without estimates, that knows the data sets it rests on."""
    sources = {}
    if data is not None:
        sources = {name: source_of(data, name) for name in sorted(set(names))}
    empty = pl.DataFrame(schema=YEAR)
    series = Series(empty, "year", "standard deviations", sources, provenance)
    shown = (series,) if names else ()
    return Run((), None, None, {}, shown, provenance, (), (lacks,) if lacks else ())
