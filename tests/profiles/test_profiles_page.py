"""The page of a made pair: its parts one by one, its safety, and what it says of successions.

The parts are kept in `tests/golden/profiles`. After a change that is meant, look at them and
then write them anew::

    BEHOLDEN_GOLDEN=write pytest tests/profiles/test_profiles_page.py
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from profiling import CHN, CUB, JPN, PRK, USA, USSR, catalogue, measure, values

from beholden.brief.charts.svg import render
from beholden.measures import Choice, Option
from beholden.profiles import Profile, profile, subject_of, views
from beholden.profiles.drawing import chart
from beholden.profiles.marks import Mark, Marks
from beholden.profiles.page import environment, page
from beholden.profiles.report import to_json
from beholden.store import Cache, Library

if TYPE_CHECKING:
    from beholden.measures import Measure

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "profiles"
YEARS = range(1986, 1996)
DEFINITION = Choice(
    "definition",
    "which definition of leverage is taken",
    (Option("share", "by share", "plain"), Option("size", "by size", "also plain")),
)


def leverage(factor: float) -> Any:
    rows = [
        (CUB, other, year, factor * share if year != 1990 else None)
        for year in YEARS
        for other, share in ((USSR, 0.5), (USA, 0.1), (CHN, 0.1), (JPN, 0.05))
    ]
    whys = {"why": ["unknown" if row[3] is None else None for row in rows]}
    return values(rows, scale="index", extra=whys, missing={"unknown": "the total is <unknown>"})


def measures() -> list[Measure]:
    share = [(CUB, USSR, year, 0.02 * (year - 1984)) for year in YEARS if year != 1988]
    abuse = [
        (code, year, base + 0.1 * (year - 1986))
        for code, base in ((CUB, -1.0), (USSR, 0.5), (USA, 1.0), (JPN, 2.0), (PRK, -3.0))
        for year in YEARS
    ]
    freedom = [(code, 1995, x) for code, x in ((CUB, 3.0), (PRK, 0.0), (JPN, 8.0), (CHN, 4.0))]
    errors = {"se": [0.2] * len(abuse)}
    return [
        measure("trade_share", values(share, span=(1986, 1995))),
        measure("protection", values(abuse, scale="points", extra=errors), "abuse"),
        measure("freedom", values(freedom, scale="0 to 10"), "market"),
        measure("chinese_aid", values([(PRK, CHN, 1990, 1.0)]), "lifeline"),
        measure(
            "leverage",
            {"share": leverage(1.0), "size": leverage(0.5)},
            "leverage",
            choice=DEFINITION,
        ),
    ]


@cache
def made() -> Profile:
    subject = subject_of("CUB", "RUS", 1986, 2000)
    found = profile(catalogue(measures()), Library([]), subject, "beholden profile CUB RUS")
    marks = Marks((Mark("a", 1989, ("A <b> falls",)), Mark("b", 1990, ("Another",))), "Events.")
    return Profile(**{**vars(found), "marks": marks})


@cache
def html() -> str:
    return page(made(), Cache(None))


def golden(name: str, text: str) -> None:
    """Compare with the file; BEHOLDEN_GOLDEN=write renews it."""
    path = GOLDEN / name
    if os.environ.get("BEHOLDEN_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def macro(name: str, *arguments: object) -> str:
    module = environment().get_template("profile_macros.html.j2").make_module()
    return str(getattr(module, name)(*arguments))


def test_the_latest_figures() -> None:
    golden("heads.html", macro("heads", views.heads(made()), "Russia"))


def test_who() -> None:
    golden("who.html", macro("who", views.who(made())))


def test_the_league() -> None:
    found = views.league(made().leagues[0], made())
    golden("league.html", macro("league", found, "Russia", range(1, 6), True))


def test_the_peers() -> None:
    peers = made().peers
    assert peers is not None
    golden("peers.html", macro("peers", views.peers(peers), "Cuba"))


def test_what_is_missing() -> None:
    golden("gaps.html", macro("gaps", views.missing(made().figures)))


def test_the_marks() -> None:
    golden("marks.html", macro("marks", made().marks))


@pytest.mark.parametrize("name", ["trade_share", "protection"])
def test_the_charts(name: str) -> None:
    figure = next(each for each in made().figures if each.measure.name == name)
    golden(f"{name}.svg", render(chart(figure, made())) + "\n")


def test_lines_break_at_a_gap_and_at_a_succession() -> None:
    figure = next(each for each in made().figures if each.measure.name == "trade_share")
    spec = chart(figure, made()).spec
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    runs: dict[int, list[int]] = {}
    for row in lines[-1]["data"]["values"]:
        runs.setdefault(row["run"], []).append(row["year"])
    assert list(runs.values()) == [[1986, 1987], [1989, 1990, 1991], [1992, 1993, 1994, 1995]]
    words = {
        row["text"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    }
    assert {"Soviet Union", "Russia", "a", "b", "percent"} <= words


def test_the_page_runs_nothing_and_asks_for_nothing() -> None:
    text = html()
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert not re.findall(r"(?:src|href)=\"(?!#|https://)", text)
    assert not re.findall(r"url\((?!#)", text)


def test_text_is_escaped() -> None:
    assert "A &lt;b&gt; falls" in html()
    assert "the total is &lt;unknown&gt;" in html()


def test_no_name_is_used_twice() -> None:
    names = re.findall(r'\bid="([^"]+)"', html())
    assert len(names) == len(set(names))


def test_links_inside_the_page_lead_somewhere() -> None:
    names = set(re.findall(r'\bid="([^"]+)"', html()))
    assert {link for link in re.findall(r'href="#([^"]+)"', html()) if link not in names} == set()


def test_the_page_says_whose_figures_they_are() -> None:
    assert "figures from then on those of Russia (RUS)" in html()
    assert "Without a value in any year shown: the chinese aid." in html()


def test_equal_profiles_give_equal_bytes() -> None:
    assert page(made(), Cache(None)) == html()
    assert to_json(made()) == to_json(made())


def test_drawn_charts_are_kept(tmp_path: Path) -> None:
    first = page(made(), Cache(tmp_path))
    assert list(tmp_path.glob("chart-*.svg"))
    assert page(made(), Cache(tmp_path)) == first == html()


def test_the_data_beside_the_page() -> None:
    form = json.loads(to_json(made()))
    assert form["years"] == [1986, 1995]
    assert [each["code"] for each in form["patron"]["stretches"]] == ["SUN", "RUS"]
    by_name = {each["name"]: each for each in form["measures"]}
    (series,) = by_name["trade_share"]["series"]
    assert series["values"][0] == {
        "year": 1986,
        "of": ["CUB", "SUN"],
        "value": 0.04,
        "low": None,
        "high": None,
    }
    assert series["missing"] == [
        {
            "from": 1988,
            "to": 1988,
            "reason": "the source has no row for the state, or the pair, in that year",
        }
    ]
    assert form["leagues"][0]["years"][0]["unknown"] == "the total is <unknown>"
    assert form["peers"]["own"]["code"] == "CUB"


def test_the_years_end_with_the_last_value() -> None:
    assert (made().first, made().last) == (1986, 1995)


def test_leagues_have_every_fifth_year_and_the_last() -> None:
    assert [one.year for one in made().leagues[0].years] == [1990, 1995]
    ranks = made().leagues[0].years[1]
    assert [(row.code, row.rank, row.interval) for row in ranks.rows] == [
        ("RUS", 1, ""),
        ("CHN", 2, "2 to 3"),
        ("USA", 2, "2 to 3"),
        ("JPN", 4, ""),
    ]


def test_states_stand_beside_each_other_with_the_middle_of_all() -> None:
    figure = next(each for each in made().figures if each.measure.name == "protection")
    assert [(strand.role, strand.label) for strand in figure.strands] == [
        ("main", "Cuba"),
        ("patron", "Russia"),
    ]
    assert dict(figure.middle)[1986] == 0.5
    assert figure.place is not None
    assert (figure.place.standing.rank, figure.place.field) == (4, 5)


def test_one_state_alone() -> None:
    alone = profile(catalogue(measures()), Library([]), subject_of("CUB", None, 1986, 2000))
    assert {figure.measure.name for figure in alone.figures} == {"protection", "freedom"}
    assert [league.definition for league in alone.leagues] == ["share", "size"]
    text = page(alone, Cache(None))
    assert "<h1>Cuba</h1>" in text
    assert "the patron" not in text.split("<main>")[0]
