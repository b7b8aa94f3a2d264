"""One claim on what was known on one day: with sourced rows, and again with rows from memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from beholden.core import Provenance
from beholden.measures import DATASETS, MODELS, Choice, Option, known
from beholden.multiverse import lacking
from beholden.multiverse.associating import EFFECT, relate
from beholden.multiverse.datasets import datasets_of, reads_facts
from beholden.multiverse.judge import Verdict, judge, untestable
from beholden.multiverse.plan import Plan, plan
from beholden.multiverse.run import Run, run
from beholden.multiverse.words import Style, style_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from beholden.associations.result import Associations
    from beholden.claims import Claim
    from beholden.core import Estimate, Table
    from beholden.measures import Evidence
    from beholden.multiverse.keeping import Keeper
    from beholden.multiverse.lacking import Lack
    from beholden.panels import Holdings

__all__ = ["Assessment", "Means", "assess", "missing_words"]

_EVIDENCE = Choice(
    "evidence",
    "whether rows from memory count",
    (
        Option("sourced", "by sourced rows alone", "a row without a source proves nothing"),
        Option("memory", "with rows from memory", "they are likely true, though unsourced"),
    ),
    "not equivalent",
)
_NOTHING = Run((), None, None, {}, (), Provenance())


@dataclass(frozen=True)
class Assessment:
    """A verdict with everything that a page shows of it.

    Parameters
    ----------
    verdict : Verdict
        By the rule.
    plan : Plan
        Choices and universes.
    run : Run
        Estimates and series.
    style : Style
        How figures are written.
    as_of : date
        The day up to which anything was known; `date.max` is now.
    found : Associations or None
        For tests of whether two things go together: every universe, which `run` does not list.
    """

    verdict: Verdict
    plan: Plan
    run: Run
    style: Style
    as_of: date
    found: Associations | None = None

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """The data sets that some universe reads and that cannot be read, each once."""
        return tuple(sorted({lack for lacks in self.run.lacks for lack in lacks}))

    @property
    def figure(self) -> str:
        """The one figure that matters, as the page writes it; empty where there is none."""
        if self.found is not None:
            return self.style.write(self.found.verdict.median_effect)
        return self.style.write(self.reference.value) if self.reference else ""

    @property
    def value(self) -> float | None:
        """That figure as a number."""
        if self.found is not None:
            return self.found.verdict.median_effect
        return self.reference.value if self.reference else None

    @property
    def reference(self) -> Estimate | None:
        """The first universe with an answer."""
        return next((item for item in self.run.estimates if item.status == "ok"), None)


@dataclass(frozen=True)
class Means:
    """What claims are judged with, the same for all of them.

    Parameters
    ----------
    data : Holdings or None
        The data sets that the library holds.
    keeper : Keeper or None
        Keeps what is measured from data sets for the next run.
    offered : callable
        Data set to the version that fetching it now would bring; "" where nobody knows.
    """

    data: Holdings | None = None
    keeper: Keeper | None = None
    offered: Callable[[str], str] = field(default=lambda _: "")


def missing_words(name: str) -> str:
    """A data set, a model or a table that is missing, as the page names it."""
    if name in DATASETS:
        title, url = DATASETS[name]
        return f"{title} ({url})"
    if name in MODELS:
        return f"{name}: {MODELS[name]}"
    return name


def assess(
    claim: Claim,
    tables: Mapping[str, Table],
    as_of: date,
    data: Holdings | None = None,
    means: Means | None = None,
) -> Assessment:
    """Judge one claim by what was known on a day.

    Parameters
    ----------
    claim : Claim
        As resolved.
    tables : mapping of str to Table
        Every table that the library holds about the client.
    as_of : date
        `date.max` for now.
    data : Holdings or None
        The data sets that the library holds.
    means : Means or None
        Data sets and more, in place of `data`.

    Returns
    -------
    Assessment
        Rows from memory can make a verdict contested, never supported or contradicted.
    """
    means = means or Means(data)
    waiting = [missing_words(name) for name in claim.awaited()]
    if claim.association is not None:
        made = relate(claim, as_of, means, waiting)
        return Assessment(made.verdict, made.plan, made.run, EFFECT, as_of, made.found)
    planned = plan(claim)
    measure = claim.measure
    if measure is None or measure.compute is None:
        return _empty(planned, as_of, waiting)
    absent = [name for name in measure.needs if name not in tables]
    if absent:
        facts = [f"facts of the kind `{name}` about {claim.target.client}" for name in absent]
        lacks = lacking.lacks_of(datasets_of(claim), means.data)
        sets = lacking.missing(lacks, as_of, means.data, means.offered)
        return _empty(planned, as_of, [*facts, *sets, *waiting])
    case = _Case(claim, planned, waiting, means)
    sourced = _judged(case, known(tables, as_of, data=means.data))
    if not reads_facts(claim) or not _from_memory(tables):
        return sourced
    recalled = _judged(case, known(tables, as_of, memory=True, data=means.data))
    if recalled.verdict.answer == sourced.verdict.answer:
        return sourced
    return _with_memory(case, sourced, recalled, _from_memory(tables))


@dataclass(frozen=True)
class _Case:
    """One claim with its plan, what it waits for, and what it is judged with."""

    claim: Claim
    plan: Plan
    waiting: Sequence[str]
    means: Means


def _from_memory(tables: Mapping[str, Table]) -> set[str]:
    """The names of the rows that rest on memory, wholly or in some field."""
    frames = [table.frame for table in tables.values()]
    return {
        name
        for frame in frames
        for name, fields in zip(frame["row"].to_list(), frame["memory"].to_list(), strict=True)
        if fields
    }


def _empty(planned: Plan, as_of: date, missing: list[str]) -> Assessment:
    return Assessment(untestable(missing), planned, _NOTHING, Style("number"), as_of)


def _judged(case: _Case, evidence: Evidence) -> Assessment:
    claim = case.claim
    done = run(claim, case.plan.universes, evidence, case.means.keeper)
    style = style_of(claim, done.reference.scale if done.reference else "")
    # The fullest series tells most; the others' notes would say the same of its parts.
    fullest = max(done.series, key=lambda series: series.frame.height, default=None)
    notes = fullest.notes if fullest else ()
    verdict = judge(case.plan, done.estimates, style, case.waiting, notes, telling=claim.telling)
    verdict = _with_lacks(verdict, done, evidence, case.means)
    if verdict.answer == "untestable" and not verdict.failed and reads_facts(claim):
        held = tuple(_held(claim, name, evidence) for name in evidence.tables)
        verdict = replace(verdict, missing=(*verdict.missing, *held))
    return Assessment(verdict, case.plan, done, style, evidence.as_of)


def _with_lacks(verdict: Verdict, done: Run, evidence: Evidence, means: Means) -> Verdict:
    """The verdict with the data sets that could not be read, and what would bring them."""
    told = evidence.as_of, means.data, means.offered
    if verdict.answer == "untestable":
        sets = lacking.missing([lack for each in done.lacks for lack in each], *told)
        return replace(verdict, missing=(*sets, *verdict.missing))
    return replace(verdict, caveats=(*verdict.caveats, *lacking.caveats(done.lacks, *told)))


def _held(claim: Claim, name: str, evidence: Evidence) -> str:
    """What the library does hold of a table, for a claim that asks for something else."""
    frame = evidence.tables[name].frame
    about = f"facts of the kind `{name}` about {claim.target.client}"
    if frame.is_empty():
        return f"{about}: none was known by then"
    years = frame["start"].dt.year().to_list()
    return f"{about} are held for {min(years)} to {max(years)}, with gaps"


def _with_memory(
    case: _Case, sourced: Assessment, recalled: Assessment, memory: set[str]
) -> Assessment:
    """The verdict where rows from memory would change it: that choice joins the others."""
    extra = set().union(*(item.rows for item in recalled.run.estimates)) - set().union(
        *(item.rows for item in sourced.run.estimates)
    )
    # A sourced row that only now finds its counterpart is not from memory itself.
    named = _described(recalled, sorted(extra & memory))
    if sourced.verdict.answer == "untestable":
        note = f"Rows from memory alone would make it {recalled.verdict.answer}: {named}"
        verdict = replace(
            sourced.verdict, missing=(*sourced.verdict.missing, f"a source for {named}")
        )
        return replace(sourced, verdict=replace(verdict, caveats=(*verdict.caveats, note)))
    both = Plan((_EVIDENCE, *sourced.plan.choices), sourced.plan.universes, sourced.plan.forbidden)
    joined = _joined(sourced.run, recalled.run)
    verdict = judge(both, joined.estimates, sourced.style, case.waiting, telling=case.claim.telling)
    sets = lacking.caveats(sourced.run.lacks, sourced.as_of, case.means.data, case.means.offered)
    caveat = f"From memory, and so not decisive: {named}"
    verdict = replace(verdict, answer="contested", caveats=(*verdict.caveats, *sets, caveat))
    return Assessment(verdict, both, joined, sourced.style, sourced.as_of)


def _joined(sourced: Run, recalled: Run) -> Run:
    """Both runs as one, told apart by the choice of evidence."""
    estimates = tuple(
        replace(item, picks={"evidence": label, **item.picks})
        for label, done in (("sourced", sourced), ("memory", recalled))
        for item in done.estimates
    )
    return replace(
        sourced,
        estimates=estimates,
        picks={"evidence": "sourced", **sourced.picks},
        series=(*sourced.series, *recalled.series),
        measured=(*sourced.measured, *recalled.measured),
        lacks=(*sourced.lacks, *recalled.lacks),
    )


def _described(recalled: Assessment, rows: list[str]) -> str:
    """The rows from memory in words."""
    titles = {}
    for series in recalled.run.series:
        for record in series.frame.to_dicts():
            label = record.get("title") or record.get("symbol") or record.get("year")
            for row in record["rows"]:
                titles[row] = f"{label} ({row})"
    return (
        "; ".join(titles.get(row, row) for row in rows)
        or "fields of rows that are otherwise sourced"
    )
