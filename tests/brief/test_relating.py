"""The card, the page and verdicts.json of a claim that X goes with Y."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import pytest

from article_maker import ARTICLE
from beholden.brief import Brief, Result
from beholden.brief.cards import card
from beholden.brief.page import page
from beholden.brief.schema import verdicts_schema
from beholden.brief.testing import explain
from beholden.brief.verdicts import to_json
from beholden.claims import parse
from beholden.engine import check
from beholden.measures import MEASURES
from beholden.store import Cache, Library
from beholden.store.shelf import Shelf
from relating_maker import BLOCK, MADE, related_sets

if TYPE_CHECKING:
    from pathlib import Path

CLAIMED = ARTICLE.replace("Something is so.", "Closing the gates breeds harm.")


@pytest.fixture
def brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Brief:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)
    related_sets(tmp_path, 0.6)
    library = Library([], Shelf(tmp_path / "library"))
    return check(parse(CLAIMED.format(block=BLOCK)), library)


def test_the_card_shows_share_effect_interval_and_joint_test(brief: Brief, tmp_path: Path) -> None:
    (result,) = brief.results
    shown = card(result, date(2015, 10, 22), Cache(tmp_path / "cache"))
    assert (shown.now.answer, shown.now.share, shown.now.universes) == ("supported", "100%", 12)
    assert shown.now.figure.startswith("0.")
    assert shown.now.figure.endswith("standard deviations")
    assert shown.now.range.startswith("from 0.")
    assert shown.now.caveats[0].startswith("Association is not cause")
    last = shown.now.caveats[-1]
    assert "12 universes: 12 estimated; 100% meet the expectation" in last
    assert "(199 draws, seed 1)" in last
    assert [line.links[0].title for line in shown.sources] == [
        *("The Gates data", "The North data", "The South data"),
    ]
    assert shown.charts[0].title == "Harm of the state, by closure of the state"
    assert "<svg" in shown.charts[0].svg


def test_how_it_was_tested_is_said(brief: Brief) -> None:
    told = explain(brief.results[0].claim)
    assert told.universes == 12
    assert told.expectation == (
        "The association is positive, and at least 0.1 standard deviations of the outcome for one "
        "of the exposure."
    )
    assert told.measure == (
        "Outcome: harm of the state by the north; harm of the state by the south. Exposure: "
        "closure of the state. Held equal in turn: size of the state."
    )
    assert told.target == "States by year, over all states; 2000 to 2011."
    assert [names for names, _ in told.data] == [("north",), ("south",), ("gates",)]


def test_the_machine_readable_result_follows_its_schema(brief: Brief) -> None:
    told = json.loads(to_json(brief))
    jsonschema.validate(told, verdicts_schema())
    own = told["claims"][0]["now"]["association"]
    assert own["joint"]["p"] <= 0.01
    assert own["statuses"] == {"estimated": 12}
    assert own["plan"] == brief.results[0].now.plan.digest
    assert {(item["choice"], item["option"]) for item in own["options"]} >= {
        *(("outcome", "north"), ("effects", "state"), ("controls", "size")),
    }
    assert "meets the expectation" in told["provenance"]["rule_of_associations"]


def test_the_page_holds_the_rule_the_options_and_what_was_read(
    brief: Brief, tmp_path: Path
) -> None:
    text = page(brief, Library([]), Cache(tmp_path / "cache"))
    assert "The rule of associations." in text
    assert "What the universes of each option came to" in text
    assert "The Gates data, version 1" in text
    assert page(brief, Library([]), Cache(tmp_path / "cache")) == text


def test_other_claims_have_no_association(brief: Brief) -> None:
    assert isinstance(brief.results[0], Result)
    block = "test: level\nmeasure: size\ntarget: {years: 2000..2005}\nexpect: max > 0"
    claim = parse(ARTICLE.format(block=block)).claims[0]
    assert explain(claim).target == "North Korea; 2000 to 2005."
