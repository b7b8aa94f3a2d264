"""Cover, shielding, isolation: against loops over the votes, and what is known of the case."""

from __future__ import annotations

from collections import defaultdict
from statistics import mean
from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.measures import MEASURES
from beholden.measures.shielding import stances
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings, Values


def at(values: Values, state: str, other: str, year: int) -> dict[str, float]:
    frame = values.frame.filter(
        (pl.col("state") == state) & (pl.col("other") == other) & (pl.col("year") == year)
    )
    return frame.row(0, named=True)


@pytest.mark.parametrize("year", [2005, 2008, 2011, 2014, 2015])
def test_china_opposed_every_recorded_text_on_north_korea(holdings: Holdings, year: int) -> None:
    values = values_of(MEASURES["cover"], holdings, {})
    assert at(values, "PRK", "CHN", year)["x"] == 1.0


def test_nobody_votes_on_itself(holdings: Holdings) -> None:
    frame = stances(holdings, "all rights bodies", "half")
    assert frame.filter(pl.col("state") == pl.col("other")).is_empty()
    assert set(frame["x"].unique()) == {0.0, 0.5, 1.0}


def test_isolation_by_the_printed_tally_of_2014(holdings: Holdings) -> None:
    # 116 yes, 20 no, 53 abstentions; North Korea's own no is left out.
    values = values_of(MEASURES["isolation"], holdings, {})
    assert at(values, "PRK", "CHN", 2014)["x"] == pytest.approx(1 - (19 - 1) / (188 - 1))
    assert at(values, "PRK", "USA", 2014)["x"] == pytest.approx(1 - (116 - 1) / (188 - 1))


def test_a_no_action_motion_turns_the_vote_round(holdings: Holdings) -> None:
    # In 2003 and later the motions on Iran were defeated by those who criticised it.
    frame = stances(holdings, "Assembly", "half").filter(pl.col("state") == "IRN")
    both = frame.group_by("id", "vote").agg(pl.col("x").first()).filter(pl.col("vote") == "yes")
    assert set(both["x"].unique()) == {0.0, 1.0}


@pytest.mark.parametrize(
    ("state", "other", "year"), [("PRK", "CHN", 2014), ("SYR", "RUS", 2013), ("MMR", "CHN", 2017)]
)
def test_shielding_against_a_loop(holdings: Holdings, state: str, other: str, year: int) -> None:
    frame = stances(holdings, "Assembly", "half").filter(pl.col("other") == other)
    own, rest = [], []
    for row in frame.iter_rows(named=True):
        if row["state"] == state and row["year"] == year:
            own.append(row["x"])
        elif row["state"] != state and year - 4 <= row["year"] <= year:
            rest.append(row["x"])
    found = at(values_of(MEASURES["shielding"], holdings, {}), state, other, year)
    assert found["x"] == pytest.approx(mean(own) - mean(rest))
    share = (sum(rest) + 0.5) / (len(rest) + 1)
    error = (share * (1 - share) * (1 / len(own) + 1 / len(rest))) ** 0.5
    assert found["se"] == pytest.approx(error)


def test_net_of_the_room_against_a_loop(holdings: Holdings) -> None:
    frame = stances(holdings, "Assembly", "half")
    room = defaultdict(list)
    for row in frame.iter_rows(named=True):
        room[row["id"], row["state"]].append(row["x"])
    level = {key: mean(cells) for key, cells in room.items()}
    own, rest = [], []
    for row in frame.filter(pl.col("other") == "CHN").iter_rows(named=True):
        net = row["x"] - level[row["id"], row["state"]]
        if row["state"] == "PRK" and row["year"] == 2014:
            own.append(net)
        elif row["state"] != "PRK" and 2010 <= row["year"] <= 2014:
            rest.append(net)
    picks = {"baseline": "net of the room"}
    found = at(values_of(MEASURES["shielding"], holdings, picks), "PRK", "CHN", 2014)
    assert found["x"] == pytest.approx(mean(own) - mean(rest))


def test_china_shields_north_korea_little_beyond_its_practice(holdings: Holdings) -> None:
    """China supports no text on any country's rights, so its no on this one adds little."""
    found = at(values_of(MEASURES["shielding"], holdings, {}), "PRK", "CHN", 2014)
    assert 0 <= found["x"] < 0.1


def test_states_that_press_do_not_shield(holdings: Holdings) -> None:
    values = values_of(MEASURES["votes_on_others"], holdings, {})
    year = values.frame.filter(pl.col("year") == 2014)
    low = year.filter(pl.col("state").is_in(["SWE", "CAN", "AUS"]))["x"]
    high = year.filter(pl.col("state").is_in(["CHN", "RUS", "CUB"]))["x"]
    assert float(low.max()) < 0.1 < 0.8 < float(high.min())  # type: ignore[arg-type]
