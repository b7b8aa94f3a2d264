"""Agreement on the real roll calls: from the raw file, and as others publish it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from agreeing import DISTANCES, cell, direct, near, of

from beholden.measures.agreement import agreement, contested

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Votes = NDArray[np.int8]

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the originals are not at hand")


@cache
def matrix() -> tuple[list[dict[str, str]], Votes, NDArray[np.int64], list[str]]:
    """The roll calls 1946 to 2024 as text, and as the arrays that the measure takes."""
    path = DATA / "un_ga_votes_matrix_2024" / "ungaVoting_003.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    states = [name for name in rows[0] if len(name) == 3]
    code = {"1": 1, "2": 2, "3": 3, "8": 8, "9": 0}
    cells = [[code[row[state].removesuffix(".0")] for row in rows] for state in states]
    votes = np.array(cells, dtype=np.int8)
    return rows, votes, np.array([int(row["date"][:4]) for row in rows]), states


@DISTANCES
@pytest.mark.parametrize("pair", [("USA", "ISR"), ("CHN", "PRK"), ("RUS", "BLR")])
def test_real_pairs_from_the_raw_file(pair: tuple[str, str], distance: Any) -> None:
    rows, votes, years, states = matrix()
    places = [states.index(state) for state in pair]
    found = agreement(votes[places], years, distance=distance)
    for year in (1950, 1972, 1985, 1991, 2005, 2015, 2023):
        of_year = [row for row in rows if row["date"].startswith(str(year))]
        x, y = ([int(float(row[state])) for row in of_year] for state in pair)
        here = int(np.flatnonzero(found.sessions == year)[0])
        assert cell(found, here) == near(direct(x, y, distance))


def test_what_is_known_of_them() -> None:
    _, votes, years, states = matrix()
    found = agreement(votes, years, minimum=20)
    # The file has no roll call of 1964.
    assert found.sessions.tolist() == [year for year in range(1946, 2025) if year != 1964]
    at = {state: place for place, state in enumerate(states)}
    s = dict(zip(found.sessions.tolist(), found.s, strict=True))
    # Byelorussia voted as the Soviet Union did; Israel is the United States' closest voter.
    assert s[1985][at["RUS"], at["BLR"]] == 1
    others = np.delete(s[2015][at["USA"]], at["USA"])
    assert np.nanmax(others) == s[2015][at["USA"], at["ISR"]]
    # North Korea was no member in 1985, and sides with China far more than with the South.
    assert np.isnan(s[1985][at["PRK"]]).all()
    assert s[2005][at["CHN"], at["PRK"]] > 0.5 > s[2005][at["KOR"], at["USA"]]


# Voeten's `agree` of South Korea, 1991 to 2019, from the release of June 2024 as copied in the
# data set rok_unga of the R package stevedata (S. V. Miller): year = session + 1945.
AGREE = {
    "United States": """
        .3680556 .4109589 .4523810 .5227273 .4605263 .5202703 .5625000 .5875000 .5824176 .5410959
        .5062500 .4567308 .4569892 .4127907 .4387755 .4508929 .3956044 .4473684 .5764706 .5654762
        .6808511 .5965909 .5158730 .5970149 .6095890 .7522124 .6260504 .5106383 .5384615""",
    "China": """
        .8623188 .8000000 .8032787 .8046875 .7945205 .7635135 .7621951 .7697368 .7215909 .7569444
        .7658228 .6750000 .7307692 .7294118 .7731959 .7155963 .7500000 .7096774 .7202381 .7619048
        .6956522 .7209302 .6904762 .6567164 .6736111 .6415929 .6752137 .6630435 .6516854""",
}


@cache
def cast() -> tuple[Votes, pl.DataFrame, list[str]]:
    """Votes cast in sessions 1 to 74, with the roll calls and the states they belong to."""
    folder = DATA / "un_ga_votes_voeten"
    roll_calls = pl.read_parquet(folder / "un_roll_calls.parquet").with_row_index("column")
    cells = pl.read_parquet(folder / "un_votes.parquet").join(roll_calls, on="rcid")
    states = sorted(cells["country"].unique())
    row = cells["country"].replace_strict({name: place for place, name in enumerate(states)})
    code = cells["vote"].cast(pl.String).replace_strict({"yes": 1, "abstain": 2, "no": 3})
    votes = np.zeros((len(states), roll_calls.height), dtype=np.int8)
    votes[row.to_numpy(), cells["column"].to_numpy()] = code.to_numpy()
    return votes, roll_calls, states


@pytest.mark.parametrize("partner", sorted(AGREE))
def test_the_agreement_that_voeten_publishes(partner: str) -> None:
    votes, roll_calls, states = cast()
    disputed = contested(votes)
    pair = votes[[states.index("South Korea"), states.index(partner)]]
    found = agreement(pair[:, disputed], roll_calls["session"].to_numpy()[disputed])
    ours = (1 + found.s[found.sessions + 1945 >= 1991, 0, 1]) / 2
    assert ours == pytest.approx([float(text) for text in AGREE[partner].split()], abs=6e-8)


def test_the_united_states_and_mexico_in_1946() -> None:
    # Published as examples of cohenk and spi in the R package fpsim (S. V. Miller).
    votes, roll_calls, states = cast()
    pair = votes[[states.index("United States"), states.index("Mexico")]]
    first = roll_calls["session"].to_numpy() == 1
    squared = of(*pair[:, first].tolist(), distance="squared")
    nominal = of(*pair[:, first].tolist(), distance="nominal")
    assert squared["n"] == 38
    assert squared["kappa"] == pytest.approx(-0.01222707, abs=5e-9)
    assert nominal["pi"] == pytest.approx(-0.02775801, abs=5e-9)
