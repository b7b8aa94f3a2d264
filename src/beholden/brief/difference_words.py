"""What changes between two editions of a data set, in lines for a terminal and as plain data."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from beholden.multiverse import scale_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from beholden.brief.differences import ClaimChange, Moved, Revised, SideChange
    from beholden.claims import Claim
    from beholden.core import Estimate
    from beholden.multiverse import Assessment, Style

__all__ = ["as_data", "claim_lines"]

MOST = 8
_ARROW = "->"


def claim_lines(change: ClaimChange, day: str) -> Iterator[str]:
    """What changes of one claim, line by line.

    Parameters
    ----------
    change : ClaimChange
        One in which something differs.
    day : str
        The day of then, in words.
    """
    yield f"{change.claim.id}: {change.claim.says}"
    for title, side in (("Now", change.now), (f"Then, {day}", change.then)):
        if not side.anything:
            yield f"  {title}: the same ({side.new.verdict.answer})"
            continue
        yield f"  {title}: {_verdict(side)}"
        for moved in side.moved:
            yield f"    {_moved(moved, side, change.claim)}"
        for revised in side.revised:
            yield from (f"    {line}" for line in _revised(revised, side, change.claim))


def _verdict(side: SideChange) -> str:
    """Verdict, share, figure and what decides, each old and new where they differ."""
    parts = [_pair(side.old.verdict.answer, side.new.verdict.answer)]
    parts.append(f"holds in {_pair(_share(side.old), _share(side.new))}")
    parts.append(f"figure {_pair(_figure(side.old), _figure(side.new))}")
    old, new = _decides(side.old), _decides(side.new)
    if old != new:
        parts.append(f"decided by {_pair(old, new)}")
    return "; ".join(parts)


def _pair(old: str, new: str) -> str:
    return old if old == new else f"{old} {_ARROW} {new}"


def _share(side: Assessment) -> str:
    verdict = side.verdict
    if verdict.share is None:
        return "no universe"
    return f"{100 * verdict.share:.0f}% of {verdict.universes}"


def _figure(side: Assessment) -> str:
    return side.figure or "none"


def _decides(side: Assessment) -> str:
    return side.verdict.decisive[0].choice if side.verdict.decisive else "no choice"


def _moved(moved: Moved, side: SideChange, claim: Claim) -> str:
    words = _options(moved.picks, moved.reads, side.new, claim)
    old, new = _outcome(moved.old, side.old.style), _outcome(moved.new, side.new.style)
    if old == new:
        return f"{words}{_by(moved.reads)}: {old}, moved by less than is printed"
    return f"{words}{_by(moved.reads)}: {old} {_ARROW} {new}"


def _by(reads: Sequence[str]) -> str:
    return f" ({', '.join(reads)})" if reads else ""


def _options(
    picks: Sequence[tuple[str, str]], reads: Sequence[str], side: Assessment, claim: Claim
) -> str:
    """The options that tell a universe from the reference, and those that read the sets."""
    chosen = [
        (choice, choice.option(dict(picks)[choice.name]))
        for choice in side.plan.choices
        if choice.name in dict(picks)
    ]
    telling = [
        option.words
        for choice, option in chosen
        if option != choice.options[0] or set(option.needs) & set(reads)
    ]
    every = [option.words for _, option in chosen]
    return ", ".join(telling or every) or (claim.measure.title if claim.measure else "")


def _outcome(estimate: Estimate, style: Style) -> str:
    if estimate.meets is None:
        return f"{estimate.status} ({estimate.message})"
    holds = "holds" if estimate.meets else "does not hold"
    return f"{holds}, {style.write(estimate.value)}"


def _revised(revised: Revised, side: SideChange, claim: Claim) -> Iterator[str]:
    words = _options(revised.picks, revised.reads, side.new, claim)
    head = f"rows {words}{_by(revised.reads)}"
    for word, rows in (("added", revised.added), ("gone", revised.removed)):
        if rows:
            yield f"{head}: {word} {_listed(rows)}"
    if revised.changed:
        style = scale_style(_scale(side))
        told = [f"{row}: {_cells(old, new, style)}" for row, old, new in revised.changed]
        more = f" and {len(told) - MOST} more" if len(told) > MOST else ""
        yield f"{head}: revised {'; '.join(told[:MOST])}{more}"


def _scale(side: SideChange) -> str:
    series = [item for part in (side.new, side.old) for item in part.run.series]
    return series[0].scale if series else ""


def _cells(old: Mapping[str, object], new: Mapping[str, object], style: Style) -> str:
    """What cells were and are; the measured value first, and alone where it is one of them."""
    names = ["x"] if "x" in old else list(old)
    parts = []
    for name in names:
        title = "" if name == "x" else f"{name} "
        parts.append(f"{title}{_cell(old[name], style)} {_ARROW} {_cell(new[name], style)}")
    return ", ".join(parts)


def _cell(value: object, style: Style) -> str:
    if isinstance(value, float):
        return style.write(value)
    return "not known" if value is None else str(value)


def _listed(rows: Sequence[str]) -> str:
    """Rows in a list; years that follow each other as a span."""
    if all(row.isdigit() for row in rows):
        spans: list[list[int]] = []
        for year in map(int, rows):
            if spans and year == spans[-1][-1] + 1:
                spans[-1].append(year)
            else:
                spans.append([year])
        rows = [str(s[0]) if len(s) == 1 else f"{s[0]} to {s[-1]}" for s in spans]
    more = f" and {len(rows) - MOST} more" if len(rows) > MOST else ""
    return f"{', '.join(rows[:MOST])}{more}"


def as_data(change: ClaimChange) -> dict[str, Any]:
    """One claim as plain data, ready for JSON."""
    return {
        "id": change.claim.id,
        "says": change.claim.says,
        "changed": change.anything,
        "now": _side_data(change.now),
        "then": _side_data(change.then),
    }


def _side_data(side: SideChange) -> dict[str, Any]:
    both = {"old": side.old, "new": side.new}
    return {
        "verdict": {when: item.verdict.answer for when, item in both.items()},
        "share": {when: item.verdict.share for when, item in both.items()},
        "figure": {
            when: _plain(item.value) if item.value is not None else None
            for when, item in both.items()
        },
        "decisive": {
            when: [found.choice for found in item.verdict.decisive] for when, item in both.items()
        },
        "universes": [
            {
                "picks": dict(moved.picks),
                "data_sets": list(moved.reads),
                "flipped": moved.flipped,
                "old": _estimate_data(moved.old),
                "new": _estimate_data(moved.new),
            }
            for moved in side.moved
        ],
        "rows": [
            {
                "picks": dict(revised.picks),
                "data_sets": list(revised.reads),
                "added": list(revised.added),
                "removed": list(revised.removed),
                "revised": [
                    {"row": row, "old": _cells_data(old), "new": _cells_data(new)}
                    for row, old, new in revised.changed
                ],
            }
            for revised in side.revised
        ],
    }


def _estimate_data(item: Estimate) -> dict[str, Any]:
    return {
        "status": item.status,
        "meets": item.meets,
        "value": _plain(item.value),
        "low": _plain(item.low),
        "high": _plain(item.high),
        "message": item.message,
    }


def _cells_data(cells: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(cell) for name, cell in cells.items()}


def _plain(cell: object) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    # JSON has no numbers that are none.
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
