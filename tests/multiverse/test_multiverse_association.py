"""Claims that X goes with Y, from their choices to a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from universe_maker import NOW, claim_of

from beholden.measures import MEASURES
from beholden.multiverse import Assessment, Means, assess, plan
from beholden.multiverse.association_kept import read, written
from beholden.multiverse.association_plan import grid_of
from beholden.panels import Holdings
from beholden.store.shelf import Shelf
from relating_maker import BLOCK, MADE, related_sets

if TYPE_CHECKING:
    from pathlib import Path

THEN = date(2015, 10, 22)


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)


class Kept(dict[str, str]):
    """Keeps pieces of text in memory, and counts what is put."""

    def put(self, key: str, text: str) -> None:
        self[key] = text


def judged(
    root: Path, block: str = BLOCK, as_of: date = NOW, keeper: Kept | None = None
) -> Assessment:
    data = Holdings(Shelf(root / "library"), None, as_of)
    return assess(claim_of(block), {}, as_of, means=Means(data, keeper))


def test_universes_are_planned_before_anything_is_read() -> None:
    planned = plan(claim_of(BLOCK))
    # 2 records, 3 ways to compare, the control or not.
    assert planned.size == 2 * 3 * 2
    assert [choice.name for choice in planned.choices] == ["outcome", "effects", "controls"]
    assert planned.digest == plan(claim_of(BLOCK)).digest
    assert planned.digest != plan(claim_of(BLOCK.replace("[none, year, state]", "[none]"))).digest


def test_an_association_that_is_there_is_found(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    found = judged(tmp_path)
    assert found.verdict.answer == "supported"
    assert (found.verdict.universes, found.verdict.failed, found.verdict.no_data) == (12, 0, 0)
    assert found.found is not None
    # A slope of 0.6 with noise of variance 1.04 and an exposure of variance about 1.
    assert found.found.verdict.median_effect == pytest.approx(0.6 / (0.36 + 1.04) ** 0.5, abs=0.06)
    assert found.found.joint is not None
    assert found.found.joint.p <= 0.01
    assert {item.table for item in found.run.provenance.inputs} == {"gates", "north", "south"}
    assert set(found.run.series[0].sources) == {"gates", "north", "south"}


def test_an_association_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.0)
    assert judged(tmp_path).verdict.answer in {"contested", "contradicted"}
    assert judged(tmp_path).verdict.share == 0


def test_the_other_sign_contradicts(tmp_path: Path) -> None:
    related_sets(tmp_path, -0.6)
    found = judged(tmp_path)
    assert (found.verdict.answer, found.verdict.share) == ("contradicted", 0.0)
    opposite = judged(tmp_path, BLOCK.replace("positive", "negative"))
    assert opposite.verdict.answer == "supported"


def test_an_effect_that_is_too_small_to_matter_contradicts(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.3)
    assert judged(tmp_path, BLOCK.replace("matters: 0.1", "matters: 0.6")).verdict.answer == (
        "contradicted"
    )


def test_without_a_library_one_command_gets_all(tmp_path: Path) -> None:
    found = judged(tmp_path)
    assert found.verdict.answer == "untestable"
    assert found.verdict.missing == (
        (
            "data sets that the library does not hold: gates, north, south. Get them with: "
            f"beholden fetch gates north south --library {tmp_path / 'library'}"
        ),
    )
    assert found.found is None
    assert [lack.name for lack in found.lacks] == ["gates", "north", "south"]


def test_universes_of_a_set_that_is_not_held_are_told_and_not_counted(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6, "gates", "north")
    found = judged(tmp_path)
    assert (found.verdict.universes, found.verdict.no_data) == (6, 6)
    (note,) = [text for text in found.verdict.caveats if "for want of" in text]
    assert note.startswith(
        "6 of 12 planned universes could not be run for want of a data set that the library does "
        "not hold: south. Get it with: beholden fetch south"
    )


def test_then_and_now_differ_where_an_edition_came_later(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6, "gates", "north")
    related_sets(tmp_path, 0.6, "south", released="2016")
    assert judged(tmp_path).verdict.universes == 12
    then = judged(tmp_path, as_of=THEN)
    assert then.verdict.universes == 6
    assert any("came out later: south" in note for note in then.verdict.caveats)


def test_a_second_run_reads_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    related_sets(tmp_path, 0.6)
    keeper = Kept()
    first = judged(tmp_path, keeper=keeper)
    assert len(keeper) == 1

    def never(*_: object) -> None:
        raise AssertionError("nothing is estimated again")

    monkeypatch.setattr("beholden.multiverse.associating._associated", never)
    second = judged(tmp_path, keeper=keeper)
    assert second.verdict == first.verdict
    assert second.found is not None
    assert first.found is not None
    assert second.found.universes.equals(first.found.universes)
    assert (second.found.joint, second.found.grid) == (first.found.joint, first.found.grid)


def test_what_was_kept_and_is_damaged_is_made_again(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    keeper = Kept()
    first = judged(tmp_path, keeper=keeper)
    (name,) = keeper
    keeper[name] = keeper[name].replace('"sha256": "', '"sha256": "0')
    assert judged(tmp_path, keeper=keeper).verdict == first.verdict
    assert read("{", lambda _: None) is None
    assert read(None, lambda _: None) is None


def test_what_is_kept_is_named_by_its_data(tmp_path: Path) -> None:
    keeper = Kept()
    related_sets(tmp_path / "one", 0.6)
    related_sets(tmp_path / "other", 0.5)
    for root in ("one", "other"):
        judged(tmp_path / root, keeper=keeper)
    assert len(keeper) == 2


def test_words_that_say_cause_are_answered(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    causal = claim_of(BLOCK)
    assert not any("not cause" in note for note in judged(tmp_path).verdict.caveats)
    said = replace(causal, says="Closing the gates breeds harm.")
    data = Holdings(Shelf(tmp_path / "library"))
    found = assess(said, {}, NOW, means=Means(data))
    assert found.verdict.caveats[0] == (
        "Association is not cause: the claim says \N{LEFT DOUBLE QUOTATION MARK}breeds"
        "\N{RIGHT DOUBLE QUOTATION MARK}, but what is tested is whether the two go together."
    )


def test_a_case_that_never_varies_is_named(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    wanted = "has one and the same value in every year of closure of the state"
    assert any(wanted in note for note in judged(tmp_path).verdict.caveats)
    between = judged(tmp_path, BLOCK.replace("[none, year, state]", "[none, year]"))
    assert not any(wanted in note for note in between.verdict.caveats)


def test_the_deciding_choice_is_said_with_what_its_options_come_to(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    (first, *_) = judged(tmp_path).verdict.decisive
    assert first.of == "figure"
    assert first.words.startswith("The effect depends most on") or "controls" in first.choice
    assert "median 0." in first.words


def test_circles_leave_no_universe() -> None:
    block = (
        "test: association\noutcome: foreign_movement\nexposure: political_freedom\n"
        "expect: positive\nmatters: 0.1"
    )
    claim = claim_of(block)
    assert claim.association is not None
    assert grid_of(claim.association) is not None
    assert plan(claim).size == 0
    found = assess(claim, {}, NOW)
    assert found.verdict.answer == "untestable"


def test_circles_are_left_out_with_the_reason() -> None:
    block = (
        "test: association\noutcome: foreign_movement\nexposure: democracy\nexpect: positive\n"
        "matters: 0.1\ncontrols: [domestic_movement, political_freedom]\neffects: [none]"
    )
    planned = plan(claim_of(block))
    # 3 records of democracy, 4 sets of controls; Freedom House contains freedom to leave.
    assert planned.size == 2 * 2
    reasons = {reason for _, reason in planned.forbidden}
    assert any("exposure Freedom House share freedom to leave" in text for text in reasons)
    assert any("control political_freedom share freedom to leave" in text for text in reasons)


def test_what_the_article_forbids_and_calls_the_same(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    block = BLOCK + (
        "\nforbid:\n  - these: {outcome: south, effects: [state]}\n    because: too short"
        "\nsame: {outcome: {north: one, south: one}}"
    )
    planned = plan(claim_of(block))
    assert planned.size == 10
    assert [reason for _, reason in planned.forbidden] == ["too short"]
    found = judged(tmp_path, block).found
    assert found is not None
    assert found.universes["weight"].n_unique() == 1


def test_a_finding_is_taken_back_exactly(tmp_path: Path) -> None:
    related_sets(tmp_path, 0.6)
    keeper = Kept()
    judged(tmp_path, keeper=keeper)
    (text,) = keeper.values()
    claim = claim_of(BLOCK)
    assert claim.association is not None
    grid = grid_of(claim.association)
    taken = read(text, lambda _: grid)
    assert taken is not None
    assert written(taken) == text
