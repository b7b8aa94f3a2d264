"""What the page and verdicts.json say of data sets: sources, versions, licences, never tables."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from beholden.brief.cards import card
from beholden.brief.charts import chart_for
from beholden.brief.page import page
from beholden.brief.schema import verdicts_schema
from beholden.brief.testing import explain
from beholden.brief.verdicts import to_json, verdicts
from beholden.cases import facts_folder
from beholden.claims import parse
from beholden.engine import check, datasets_of
from beholden.measures import MEASURES
from beholden.store import Cache, Library
from beholden.store.shelf import Shelf
from set_maker import MADE, RANKED, SCORED, TRADED, places, scores, shelve, written

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.brief import Brief
    from beholden.brief.charts import Chart
    from beholden.store.records import Record

LOW = {2010: 0.1, 2011: 0.2, 2012: 0.3}
FIRST = {2010: 1.0, 2011: 1.0, 2012: 4.0}


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)


def library(root: Path) -> Library:
    return Library([facts_folder()], Shelf(root / "library"))


def judged(root: Path, *blocks: str, extra: str = "") -> Brief:
    return check(parse(written(blocks, extra)), library(root), command="beholden check a.md")


def shown(root: Path, brief: Brief) -> str:
    return page(brief, library(root), Cache(None))


@pytest.fixture
def alpha(tmp_path: Path) -> Record:
    return shelve(
        tmp_path,
        "alpha",
        scores(LOW) + scores({2010: 0.777123}, "KOR"),
        released="2016-03",
        redistribution="forbidden",
        licence="All rights reserved",
    )


def test_a_data_set_is_a_source_with_its_version(tmp_path: Path, alpha: Record) -> None:
    brief = judged(tmp_path, SCORED)
    result = card(brief.results[0], brief.as_of, Cache(None))
    (line,) = result.sources
    assert line.links[0].title == "The Alpha data"
    assert line.links[0].url == "https://example.org/alpha"
    assert (line.dated, line.version, line.rows) == ("2016-03", "1", "alpha")
    assert result.more_sources == "The one data set"
    html = shown(tmp_path, brief)
    assert "(2016-03). Data set, version 1. <span class=" in html
    assert "Confidence: data set" not in html


def test_without_a_day_of_publication_the_version_stands_once(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), version="v7")
    brief = judged(tmp_path, SCORED)
    (line,) = card(brief.results[0], brief.as_of, Cache(None)).sources
    assert (line.dated, line.version) == ("", "v7")


def test_files_read_and_citations_name_the_set(tmp_path: Path, alpha: Record) -> None:
    brief = judged(tmp_path, SCORED, TRADED)
    html = shown(tmp_path, brief)
    files = html.split("<h3>Files read</h3>")[1].split("<h3>Facts</h3>")[0]
    assert 'The Alpha data (<span class="mono">alpha</span>), version 1.' in files
    assert alpha.originals[0].sha256 in files
    assert "Trade of North Korea by partner, 1989-2024, version 1." in files
    cited = html.split("<h3>Facts</h3>")[1].split("</section>")[0]
    assert "A producer. The Alpha data, version 1." in cited
    assert "Licence: All rights reserved. The data may not be passed on." in cited
    assert "Case file: China as patron of North Korea, version 1." in cited


def test_only_what_was_read_is_cited(tmp_path: Path, alpha: Record) -> None:
    shelve(tmp_path, "beta", scores({2010: 0.5}, "KOR"))
    html = shown(tmp_path, judged(tmp_path, TRADED))
    assert "<h3>Data sets</h3>" not in html
    assert "The Alpha data" not in html
    assert "<h3>Facts</h3>" not in shown(tmp_path, judged(tmp_path, SCORED))


def test_rows_about_other_states_are_nowhere(tmp_path: Path, alpha: Record) -> None:
    brief = judged(tmp_path, SCORED)
    for text in (shown(tmp_path, brief), to_json(brief)):
        assert "0.777" not in text
        assert "77.7%" not in text
    assert "10%" in shown(tmp_path, brief)


def test_what_was_corrected_is_told(tmp_path: Path) -> None:
    line = "swapped: <two> columns stood under each other's names"
    shelve(tmp_path, "alpha", scores(LOW), corrections=(line,))
    shelve(tmp_path, "beta", scores(LOW, "KOR"))
    brief = judged(tmp_path, SCORED)
    html = shown(tmp_path, brief)
    assert "1 correction to the source" in html
    assert "swapped: &lt;two&gt; columns" in html
    told = {
        entry["name"]: entry["corrections"] for entry in verdicts(brief)["provenance"]["data_sets"]
    }
    assert told["alpha"] == [line]


def test_verdicts_describe_the_sets(tmp_path: Path, alpha: Record) -> None:
    brief = judged(tmp_path, SCORED, extra='data: {alpha: "1"}\n')
    data: dict[str, Any] = json.loads(to_json(brief))
    jsonschema.Draft202012Validator(verdicts_schema()).validate(data)
    assert data["article"]["data"] == {"alpha": "1"}
    (entry,) = data["provenance"]["data_sets"]
    assert entry == {
        "name": "alpha",
        "title": "The Alpha data",
        "version": "1",
        "edition": alpha.edition,
        "released": "2016-03",
        "url": "https://example.org/alpha",
        "licence": "All rights reserved",
        "redistribution": "forbidden",
        "citation": "A producer. The Alpha data, version 1.",
        "corrections": [],
    }
    (item,) = data["provenance"]["inputs"]
    assert item["table"] == "alpha"
    assert item["sha256"] == alpha.originals[0].sha256
    estimates = data["claims"][0]["estimates"]
    assert [item["lacks"] for item in estimates] == [[], ["beta"]]
    assert verdicts(brief)["claims"][0]["sources"][0]["confidence"] == "data set"


def test_versions_set_by_the_article_are_shown(tmp_path: Path, alpha: Record) -> None:
    html = shown(tmp_path, judged(tmp_path, SCORED, extra='data: {alpha: "1"}\n'))
    assert '<b>Versions set by the article.</b> <span class="mono">alpha</span> 1.' in html
    assert "version 1 (set by the article)." in html
    assert "Versions set by the article" not in shown(tmp_path, judged(tmp_path, SCORED))


def test_why_then_was_untestable_is_told_by_what_now_rests_on(
    tmp_path: Path, alpha: Record
) -> None:
    brief = judged(tmp_path, SCORED, TRADED)
    changed = [card(result, brief.as_of, Cache(None)).changed for result in brief.results]
    assert "come from editions of data sets that came out after 22 October 2015" in changed[0]
    assert "case file" not in changed[0]
    assert changed[1] == ""
    html = shown(tmp_path, brief)
    missing = html.split("What was missing then")[1].split("</details>")[0]
    assert "came out later: alpha (March 2016)" in missing


def test_the_test_section_says_which_option_reads_which_set(tmp_path: Path) -> None:
    claims = parse(written([SCORED, RANKED, TRADED])).claims
    assert explain(claims[0]).data == ((("alpha",), "by Alpha"), (("beta",), "by Beta"))
    assert explain(claims[1]).data == ((("ranking",), ""),)
    assert explain(claims[2]).data == ()
    html = shown(tmp_path, judged(tmp_path, SCORED))
    assert '<li><span class="mono">alpha</span>: by Alpha</li>' in html


def test_a_measure_of_single_states_names_the_client_alone() -> None:
    score, place = parse(written([SCORED, RANKED])).claims
    assert explain(score).target == "North Korea; 2010 to 2012."
    assert explain(place).target == "North Korea and China; 2010 to 2012."


def test_an_article_reads_the_sets_of_all_its_claims(tmp_path: Path) -> None:
    assert datasets_of(parse(written([SCORED, RANKED, TRADED]))) == ("alpha", "beta", "ranking")
    assert datasets_of(parse(written([TRADED]))) == ()


def charts(root: Path, block: str) -> tuple[Chart, ...]:
    brief = judged(root, block)
    result = brief.results[0]
    return chart_for(result.now, result.claim, date(2015, 10, 22))


def axis(chart: Chart) -> dict[str, Any]:
    found = [
        layer["encoding"]["y"]
        for layer in chart.spec["layer"]
        if layer["encoding"].get("y", {}).get("axis")
    ]
    return dict(found[0])


def test_percentiles_are_drawn_as_percentages(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW))
    shelve(tmp_path, "beta", scores({year: value + 0.1 for year, value in LOW.items()}))
    series, curve = charts(tmp_path, SCORED)
    assert axis(series)["axis"]["format"] == ".0%"
    assert axis(curve)["axis"]["format"] == ".0%"
    assert series.rows[0][:2] == ("2010", "10%")
    assert "50% (as written)" in series.description
    assert "percentile" not in json.dumps(series.spec)


def test_the_first_rank_stands_on_top(tmp_path: Path) -> None:
    shelve(tmp_path, "ranking", places(FIRST))
    (series,) = charts(tmp_path, RANKED)
    y = axis(series)
    assert y["scale"]["reverse"] is True
    assert y["axis"]["values"] == [1.0, 2.0, 3.0, 4.0]
    assert y["axis"]["format"] == ".0f"
    assert series.columns == ("year", "value", "its range")
    assert series.rows[0][1] == "rank 1"
    assert "best in 2010 (rank 1) and worst in 2012 (rank 4)" in series.description
    rows = [row for layer in series.spec["layer"] for row in layer["data"]["values"]]
    assert any(row.get("text") == "rank, 1 is the first" for row in rows)
    # The threshold's line lies where the axis has its first rank: near the top.
    (line,) = [row for row in rows if set(row) == {"x", "x2", "y", "y2"} and row["x"] == 0]
    low, high = y["scale"]["domain"]
    assert line["y"] == pytest.approx(130 * (1 - low) / (high - low), abs=0.01)
    assert line["y"] < 20


def test_all_first_ranks_leave_room_below(tmp_path: Path) -> None:
    shelve(tmp_path, "ranking", places(dict.fromkeys(FIRST, 1.0)))
    series = charts(tmp_path, RANKED)[0]
    low, high = axis(series)["scale"]["domain"]
    assert low < 1
    assert high >= 3


def test_the_same_library_gives_the_same_bytes(tmp_path: Path, alpha: Record) -> None:
    first, second = (judged(tmp_path, SCORED, RANKED, TRADED) for _ in range(2))
    assert to_json(first) == to_json(second)
    assert shown(tmp_path, first) == shown(tmp_path, second)


def test_hostile_words_of_a_record_stay_text(tmp_path: Path) -> None:
    attack = "</style><script>alert(1)</script>"
    words = {"title": attack, "licence": attack, "citation": attack, "home": "javascript:alert(1)"}
    shelve(tmp_path, "alpha", scores(LOW), **words)
    html = shown(tmp_path, judged(tmp_path, SCORED))
    assert "<script" not in html
    assert html.count("</style>") == 1
    assert not re.search(r'href="javascript', html)
