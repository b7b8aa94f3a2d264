"""Charts: their shape, their words, their tables, and how they are drawn.

The drawings of four small examples are kept in `tests/golden/charts`. After a change that is
meant, look at the charts and then write them anew::

    BEHOLDEN_GOLDEN=write pytest tests/brief/test_charts.py
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import altair as alt
import numpy as np
import polars as pl
import pytest

from beholden.brief.charts import Chart, chart_for, palette, render
from beholden.brief.charts.curve_data import MOST
from beholden.brief.charts.palette import COLOURS
from beholden.brief.charts.text import in_rows, shorten, width, wrap
from beholden.claims.claim import Claim
from beholden.claims.evaluate import Frame
from beholden.claims.expression import parse
from beholden.claims.kinds import KINDS
from beholden.core import Estimate, Provenance, Series
from beholden.measures import Choice, Option, Target
from beholden.measures.base import Measure, Years
from beholden.measures.frames import EVENT, VOTE, YEAR
from beholden.multiverse import Assessment, Plan, Run, frames, judge, style_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

GOLDEN = Path(__file__).parents[1] / "golden" / "charts"
AS_OF = date(2015, 10, 22)
SVG = "{http://www.w3.org/2000/svg}"


def choice(name: str, *labels: str, question: str = "") -> Choice:
    options = tuple(Option(label, f"with {label}", "a reason") for label in labels)
    return Choice(name, question or f"which {name} is taken", options)


def claim_of(
    kind: str, target: Target, readings: Mapping[str, str], figure: str, title: str = "trade"
) -> Claim:
    unit = {"vote": "vote", "event count": "event"}.get(kind, "year")
    measure = Measure("measure", "construct", title, "How it is counted.", unit, "share", "higher")
    parsed = {label: parse(text) for label, text in readings.items()}
    return Claim("example", "A thing is so.", KINDS[kind], measure, target, parsed, parse(figure))


Answer = tuple[float | None, float | None, float | None, bool]


def assessment(
    claim: Claim,
    frame: pl.DataFrame,
    choices: Sequence[Choice],
    answer: Callable[[Mapping[str, str]], Answer],
    *,
    scale: str | Callable[[Mapping[str, str]], str] = "share",
    line: tuple[tuple[float, float], ...] = (),
) -> Assessment:
    """A side of a result made by hand: one estimate for each combination of options."""
    estimates = []
    for labels in product(*(each.labels() for each in choices)):
        picks = dict(zip((each.name for each in choices), labels, strict=True))
        value, low, high, meets = answer(picks)
        unit = scale if isinstance(scale, str) else scale(picks)
        estimates.append(Estimate(picks, value, low, high, meets, "ok", scale=unit))
    unit = estimates[0].scale
    style = style_of(claim, unit)
    plan = Plan(tuple(choices), ())
    row_unit = claim.measure.unit if claim.measure else "year"
    series = Series(frame, row_unit, unit, {}, Provenance())
    tested = frames.Tested(Frame({"x": np.array([1.0])}), line)
    run = Run(tuple(estimates), series, tested, estimates[0].picks, (series,), Provenance())
    return Assessment(judge(plan, estimates, style), plan, run, style, date.max)


def year_rows(values: Mapping[int, float | tuple[float, float, float]]) -> pl.DataFrame:
    rows = []
    for year, value in values.items():
        x, low, high = value if isinstance(value, tuple) else (value, value, value)
        rows.append({"year": year, "x": x, "low": low, "high": high, "rows": ["facts:1"]})
    return pl.DataFrame(rows, schema=YEAR)


def level_example(
    reading: str = "as written", option: str = "all trade"
) -> tuple[Assessment, Claim]:
    target = Target("PRK", "CHN", event="2013-02-12", periods={"the son": Years(2012, None)})
    claim = claim_of("level", target, {reading: "max >= 80%"}, "max")
    frame = year_rows({2010: 0.5, 2011: (0.62, 0.58, 0.66), 2014: 0.9, 2015: 0.85, 2016: 0.88})
    choices = (
        choice("partners", option, "without neighbours", question="whether all trade counts"),
        choice("compiler", "agency", "customs"),
    )

    def answer(picks: Mapping[str, str]) -> Answer:
        value = 0.9 if picks["partners"] == option else 0.7
        value += 0.02 if picks["compiler"] == "agency" else 0.0
        return value, value - 0.03, value + 0.01, value >= 0.8

    return assessment(claim, frame, choices, answer), claim


def vote_row(day: date, body: str, vote: str, tally: tuple[float, float, float] | None) -> Any:
    yes, abstain, no = tally or (None, None, None)
    return {
        "date": day,
        "year": day.year,
        "body": body,
        "symbol": f"A/{day.year}",
        "subject": "rights",
        "vote": vote,
        "yes": yes,
        "no": no,
        "abstain": abstain,
        "margin": None,
        "adopted": vote != "none",
        "outcome": _outcome(vote, tally),
        "recorded": tally is not None,
        "rows": ["votes:1"],
    }


def _outcome(vote: str, tally: tuple[float, float, float] | None) -> str:
    if tally:
        return "adopted by vote"
    return "not put to a vote" if vote == "none" else "consensus"


def vote_example() -> tuple[Assessment, Claim]:
    claim = claim_of(
        "vote", Target("PRK", "CHN"), {"as written": "min(margin) > 0"}, "min(margin)", "votes"
    )
    frame = pl.DataFrame(
        [
            vote_row(date(2005, 12, 16), "UNGA plenary", "no", (88, 60, 21)),
            vote_row(date(2012, 12, 20), "UNGA plenary", "dissociated", None),
            vote_row(date(2013, 3, 7), "UNSC", "yes", (15, 0, 0)),
            vote_row(date(2014, 12, 22), "UNSC", "none", None),
        ],
        schema=VOTE,
    )
    choices = (choice("bodies", "plenary", "all"),)
    return assessment(claim, frame, choices, lambda _: (67, None, None, True), scale="votes"), claim


def event_example() -> tuple[Assessment, Claim]:
    target = Target("PRK", "CHN", event="2012", window=2)
    claim = claim_of(
        "event count", target, {"as written": "sum(low) >= 100"}, "sum(low)", "returns"
    )
    rows: list[Any] = [
        {"date": date(year, 5, 1), "year": year, "kind": "returns", "title": f"in {year}"}
        | {"low": low, "high": high, "rows": ["returns:1"]}
        for year, low, high in ((2010, 40.0, 40.0), (2013, 500.0, 600.0), (2013, 20.0, None))
    ]
    choices = (choice("record", "dated", "cumulative"),)

    def answer(picks: Mapping[str, str]) -> Answer:
        return (
            (560.0, 560.0, 660.0, True) if picks["record"] == "dated" else (90, None, None, False)
        )

    frame = pl.DataFrame(rows, schema=EVENT)
    return assessment(claim, frame, choices, answer, scale="persons"), claim


def trend_example() -> tuple[Assessment, Claim]:
    claim = claim_of("trend", Target("PRK", "CHN"), {"as written": "slope_low > 0"}, "slope")
    frame = year_rows({2005: 88, 2006: 99, 2007: 101, 2011: 123})
    choices = (choice("outcome", "yes votes", "yes share"), choice("estimator", "line", "median"))

    def answer(picks: Mapping[str, str]) -> Answer:
        value = 3.0 if picks["outcome"] == "yes votes" else 0.011
        odd = picks["estimator"] == "median"
        return value, value * (-0.5 if odd else 0.4), value * 2, not odd

    def scale(picks: Mapping[str, str]) -> str:
        return "votes" if picks["outcome"] == "yes votes" else "share"

    line = ((2005.0, 90.0), (2011.0, 122.0))
    return assessment(claim, frame, choices, answer, scale=scale, line=line), claim


EXAMPLES = {
    "level": level_example,
    "trend": trend_example,
    "vote": vote_example,
    "events": event_example,
}


def charts_of(name: str) -> tuple[Chart, ...]:
    return chart_for(*EXAMPLES[name](), AS_OF)


def every_chart() -> list[Chart]:
    return [chart for name in EXAMPLES for chart in charts_of(name)]


def many(count: int) -> tuple[Assessment, Claim]:
    """A claim with `count` universes over three choices."""
    claim = claim_of("level", Target("PRK", "CHN"), {"as written": "max >= 80%"}, "max")
    choices = (
        choice("first", "a", "b"),
        choice("second", "c", "d"),
        choice("third", *(f"option {n}" for n in range(count // 4))),
    )

    def answer(picks: Mapping[str, str]) -> Answer:
        place = int(picks["third"].split()[1])
        value = 0.5 + 0.3 * (picks["first"] == "a") + 0.19 * place / (count // 4)
        return value, value - 0.02, value + 0.005, value >= 0.8

    return assessment(claim, year_rows({2014: 0.9, 2015: 0.8}), choices, answer), claim


def stress() -> list[Chart]:
    """Charts with as much in them as they should bear, to look at."""
    side, claim = vote_example()
    votes = [
        vote_row(date(2000 + n // 3, 1 + n % 12, 28), "UNGA plenary", vote, tally)
        for n in range(60)
        for vote, tally in [
            ("no", (88 + n, 60 - n, 21)) if n % 4 else ("dissociated" if n % 8 else "none", None)
        ]
    ]
    assert side.run.reference is not None
    strip = replace(side.run.reference, frame=pl.DataFrame(votes, schema=VOTE))
    voted = replace(side, run=replace(side.run, reference=strip))
    long = every_chart()
    curves = [chart_for(*many(count), AS_OF)[1] for count in (60, 1000)]
    return [*long, *curves, *chart_for(voted, claim, AS_OF)]


@pytest.fixture(scope="module")
def drawn() -> dict[str, tuple[Chart, str]]:
    """Every example's charts with their drawings."""
    return {
        f"{name}-{chart.kind}": (chart, render(chart))
        for name in EXAMPLES
        for chart in charts_of(name)
    }


def values_of(chart: Chart, mark: str) -> list[list[dict[str, Any]]]:
    """The rows of every layer with that mark."""
    return [each["data"]["values"] for each in chart.spec["layer"] if each["mark"]["type"] == mark]


# What is chosen


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("level", ["series", "specification_curve"]),
        ("trend", ["series", "specification_curve"]),
        ("vote", ["tally_strip"]),
        ("events", ["events", "specification_curve"]),
    ],
)
def test_each_kind_of_test_has_its_charts(name: str, kinds: list[str]) -> None:
    assert [chart.kind for chart in charts_of(name)] == kinds


def test_nothing_measured_gives_no_chart() -> None:
    side, claim = level_example()
    nothing = replace(side, run=replace(side.run, reference=None, tested=None, estimates=()))
    assert chart_for(nothing, claim, AS_OF) == ()


def test_one_year_is_no_series() -> None:
    side, claim = level_example()
    assert side.run.reference is not None
    short = replace(side.run.reference, frame=year_rows({2014: 0.9}))
    charts = chart_for(replace(side, run=replace(side.run, reference=short)), claim, AS_OF)
    assert [chart.kind for chart in charts] == ["specification_curve"]


# How it is drawn


def test_drawings_are_those_that_were_looked_at(drawn: dict[str, tuple[Chart, str]]) -> None:
    kept = ("level-series", "level-specification_curve", "vote-tally_strip", "events-events")
    for name in kept:
        path = GOLDEN / f"{name}.svg"
        if os.environ.get("BEHOLDEN_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn[name][1] + "\n", encoding="utf-8")
        assert drawn[name][1] + "\n" == path.read_text(encoding="utf-8"), name


def test_drawing_twice_gives_the_same_bytes(drawn: dict[str, tuple[Chart, str]]) -> None:
    for name in EXAMPLES:
        for chart in charts_of(name):
            first, svg = drawn[f"{name}-{chart.kind}"]
            assert chart.digest == first.digest
            assert render(chart) == svg


def test_specifications_follow_the_schema() -> None:
    for chart in [*every_chart(), *chart_for(*many(1000), AS_OF)]:
        alt.Chart.from_dict(chart.spec).to_dict()


def test_drawings_stand_alone(drawn: dict[str, tuple[Chart, str]]) -> None:
    ids: list[str] = []
    for chart, svg in drawn.values():
        root = ET.fromstring(svg)  # noqa: S314 - made here
        assert root.get("role") == "img"
        assert root.get("viewBox")
        assert root.get("width") is None
        found = {element.get("id"): element for element in root.iter() if element.get("id")}
        ids += [str(name) for name in found]
        assert found[root.get("aria-labelledby")].text == chart.title
        assert found[root.get("aria-describedby")].text == chart.description
        assert not re.search(r"<script|<image|<foreignObject|href|@import|url\(", svg)
        assert not re.search(r"\bon\w+=", svg)
        assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]
    assert len(ids) == len(set(ids))


def test_a_scope_keeps_the_ids_of_one_chart_shown_twice_apart() -> None:
    chart = charts_of("vote")[0]
    ids = re.findall(r' id="([^"]+)"', render(chart, "now-") + render(chart, "then-"))
    assert len(ids) == len(set(ids)) == 4


def test_colours_follow_the_page(drawn: dict[str, tuple[Chart, str]]) -> None:
    for _, svg in drawn.values():
        assert not re.search(r'(?:fill|stroke)="#', svg)
        assert set(re.findall(r"var\(--c-(\w+)", svg)) <= {each.role for each in COLOURS}


def test_labels_are_escaped() -> None:
    evil = '<script>alert("1")</script> & more'
    side, claim = level_example(option=evil)
    title = "<b>trade</b>"
    assert claim.measure is not None
    claim = replace(claim, measure=replace(claim.measure, title=title))
    for chart in chart_for(side, claim, AS_OF):
        svg = render(chart)
        assert "<script" not in svg
        assert "<b>" not in svg
        ET.fromstring(svg)  # noqa: S314 - made here
    assert "&lt;script" in svg


# What the charts hold


def test_missing_years_break_the_line() -> None:
    chart = charts_of("level")[0]
    (line,) = values_of(chart, "line")
    runs: dict[int, list[int]] = {}
    for row in line:
        runs.setdefault(row["run"], []).append(row["year"])
    assert list(runs.values()) == [[2010, 2011], [2014, 2015, 2016]]
    paths = re.findall(r'<path[^>]* d="(M[^"]*L[^"]*)"', render(chart))
    assert len([path for path in paths if "Z" not in path]) == 2


def test_tables_hold_every_plotted_value() -> None:
    level, curve = charts_of("level")
    assert [row[0] for row in level.rows] == ["2010", "2011", "2014", "2015", "2016"]
    assert level.rows[1] == ("2011", "62%", "58% to 66%")
    assert len(curve.rows) == 4
    assert curve.rows[0] == ("70%", "67% to 71%", "does not hold", "without neighbours", "customs")
    (trend, slopes) = charts_of("trend")
    assert trend.columns[-1] == "fitted"
    assert trend.rows[0][-1] == "90 votes"
    assert len(slopes.rows) == 4
    (strip,) = charts_of("vote")
    assert strip.rows[0][3:] == ("88", "60", "21", "no")
    assert strip.rows[1][3] == "adopted without a vote"
    assert strip.rows[3][3] == "not put to a vote"
    assert charts_of("events")[0].rows[1] == ("2013-05-01", "in 2013", "500 to 600")


def test_tables_are_rectangular() -> None:
    for chart in [*every_chart(), chart_for(*many(1000), AS_OF)[1]]:
        assert chart.rows
        assert {len(row) for row in chart.rows} == {len(chart.columns)}


def test_descriptions_carry_the_key_figures() -> None:
    level, curve = charts_of("level")
    assert "50% in 2010 and 88% in 2016" in level.description
    assert "80% (as written)" in level.description
    assert "from 70% to 92%; the expectation holds in 2 of them" in curve.description
    assert "whether all trade counts" in curve.description
    assert "China no 1, dissociated itself 1" in charts_of("vote")[0].description
    assert "560 to 660 persons" in charts_of("events")[0].description


def test_whether_it_holds_is_not_told_by_colour_alone() -> None:
    curve = charts_of("level")[1]
    marks = [each["mark"] for each in curve.spec["layer"] if each["mark"]["type"] == "point"]
    assert {"circle", "diamond"} <= {mark["shape"] for mark in marks}


def test_deciding_choice_stands_first_and_is_marked() -> None:
    curve = charts_of("level")[1]
    bold = [
        row["text"]
        for each in curve.spec["layer"]
        if each["mark"]["type"] == "text" and each["mark"]["fontWeight"] == "bold"
        for row in each["data"]["values"]
    ]
    assert "◆ Whether all trade counts" in bold
    assert "agency" not in bold


def test_figures_in_different_units_share_no_axis() -> None:
    curve = charts_of("trend")[1]
    domains = {
        str(each["encoding"]["y"]["scale"]["range"])
        for each in curve.spec["layer"]
        if each["encoding"].get("y", {}).get("scale")
    }
    assert len(domains) == 2


def test_universes_without_a_figure_are_counted_in_words() -> None:
    side, claim = level_example()
    last = replace(side.run.estimates[-1], value=None, low=None, high=None)
    less = replace(side, run=replace(side.run, estimates=(*side.run.estimates[:-1], last)))
    curve = chart_for(less, claim, AS_OF)[1]
    assert len(curve.rows) == 3
    assert "1 universes have no figure" not in curve.description
    assert "1 universe has no figure" in curve.description
    assert "1 more without a figure" in str(curve.spec)


def test_many_universes_are_binned() -> None:
    curve = chart_for(*many(1000), AS_OF)[1]
    assert len(curve.rows) <= MOST
    assert sum(int(row[0].replace(",", "")) for row in curve.rows) == 1000
    assert "1,000 universes in 60 bins" in str(curve.spec)
    assert len(render(curve)) < 120_000


def test_the_day_of_then_is_marked_only_inside_the_years() -> None:
    side, claim = level_example()
    assert "known then" in str(chart_for(side, claim, AS_OF)[0].spec)
    assert "known then" not in str(chart_for(side, claim, date(2020, 1, 1))[0].spec)


# Words and colours


def test_labels_above_a_plot_do_not_meet() -> None:
    labels = [("one long label", 10.0, "ink"), ("two", 30.0, "ink"), ("three", 195.0, "ink")]
    placed = in_rows(labels, 200)
    for first in placed:
        for second in placed:
            if first is not second and first.row == second.row:
                ends = first.x + width(first.text) if first.anchor == "left" else first.x
                starts = second.x if second.anchor == "left" else second.x - width(second.text)
                assert ends < starts or second.at < first.at


def test_words_fit_their_room() -> None:
    assert all(width(line) <= 60 for line in wrap("a much too long option of a choice", 60))
    assert shorten("short", 60) == "short"
    assert wrap("", 60) == []


def _luminance(hexadecimal: str) -> float:
    parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_told_from_the_paper() -> None:
    paper = next(each for each in COLOURS if each.role == "paper")
    for entry in COLOURS:
        if entry.role in ("paper", "grid"):
            continue
        for shade, ground in ((entry.light, paper.light), (entry.dark, paper.dark)):
            low, high = sorted((_luminance(shade), _luminance(ground)))
            assert (high + 0.05) / (low + 0.05) >= (4.5 if entry.text else 3), entry.role


def test_style_sheet_has_both_lights() -> None:
    sheet = palette.css()
    assert all(each.light in sheet and each.dark in sheet for each in COLOURS)
    assert "prefers-color-scheme: dark" in sheet
