"""Charts: which ones fit a claim, what they show, and how they are drawn.

A chart is first a description: a frozen :class:`Chart` with a Vega-Lite specification, a text
alternative and the table behind it. :func:`render` turns it into an inline SVG.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from beholden.brief.charts import palette
from beholden.brief.charts.drawing import Chart
from beholden.brief.charts.events import events
from beholden.brief.charts.series import series
from beholden.brief.charts.specification import specification_curve
from beholden.brief.charts.svg import render
from beholden.brief.charts.tally import tally_strip

if TYPE_CHECKING:
    from datetime import date

    from beholden.claims import Claim
    from beholden.multiverse import Assessment

__all__ = [
    "Chart",
    "chart_for",
    "events",
    "palette",
    "render",
    "series",
    "specification_curve",
    "tally_strip",
]


def chart_for(result_side: Assessment, claim: Claim, as_of: date) -> tuple[Chart, ...]:
    """The charts that fit one side of a result.

    Parameters
    ----------
    result_side : Assessment
        Now or then.
    claim : Claim
        The same result's claim; its kind of test decides on the charts.
    as_of : date
        The day of 'then', marked in charts over years.

    Returns
    -------
    tuple of Chart
        First the series behind the figure, then the figure over the universes where it
        varies; nothing where nothing was measured.

    Examples
    --------
    >>> from beholden.cases import article_path
    >>> from beholden.claims import load
    >>> from beholden.engine import check, open_library
    >>> brief = check(load(article_path()), open_library(), only=["exit-tightened"])
    >>> result = brief.results[0]
    >>> [chart.kind for chart in chart_for(result.now, result.claim, brief.as_of)]
    ['series', 'specification_curve']
    """
    if result_side.run.reference is None:
        return ()
    kind = claim.kind.name
    first: Chart | None = None
    if kind in ("level", "trend", "change"):
        first = series(result_side, claim, as_of)
    elif kind == "vote":
        first = tally_strip(_fullest(result_side), claim)
    elif kind == "event count":
        first = events(result_side, claim, as_of)
    figures = {item.value for item in result_side.run.estimates if item.value is not None}
    varies = len(figures) > 1 or kind in ("level", "trend", "change")
    curve = specification_curve(result_side, claim) if varies else None
    return tuple(chart for chart in (first, curve) if chart is not None)


def _fullest(side: Assessment) -> Assessment:
    """The same side with the series that shows what the verdict turns on.

    Among the universes that differ from the reference in the deciding choice alone, the one
    with the most rows: where adoptions without a vote decide, those rows are to be seen.
    """
    reference, run = side.reference, side.run
    decisive = side.verdict.decisive
    if reference is None or not decisive or decisive[0].of != "verdict":
        return side
    name = decisive[0].choice
    same = {key: pick for key, pick in reference.picks.items() if key != name}
    alike = [
        (series, estimate.picks)
        for series, estimate in zip(run.measured, run.estimates, strict=True)
        if series is not None and same.items() <= estimate.picks.items()
    ]
    # Among equals the last: options go from the plain to the telling.
    series, picks = max(reversed(alike), key=lambda pair: pair[0].frame.height)
    return replace(side, run=replace(run, reference=series, picks=picks))
