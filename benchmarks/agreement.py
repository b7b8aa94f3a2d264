"""What agreement between all pairs of states costs, side by side with straightforward peers.

Run with `python benchmarks/agreement.py [LIBRARY]`; the library must hold un_ga_votes_matrix_2024
and un_ga_votes_voeten. On the real roll calls of the General Assembly each way works in a fresh
process: beholden yields six scores and their counts, the peers only S by pair and year or session.

pandas   the votes of a year merged with themselves by roll call, distances averaged by pair
numpy    |x - y| of all pairs in all roll calls of a year at once, averaged over the roll calls

The greatest difference between beholden's S and a peer's must be rounding; the exit status is 1
where it is not, or where beholden needs more than the stated bound.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from rich.console import Console
from rich.table import Table

from beholden.measures.agreement import agreement
from beholden.store.library import default_folder
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    S = NDArray[np.float64]

BOUND = 10.0
WORDS = {"yes": 1, "abstain": 2, "no": 3}
SCORES = np.array([np.nan, 1.0, 0.5, 0.0, np.nan, np.nan, np.nan, np.nan, np.nan])


@dataclass(frozen=True)
class Cost:
    """Seconds of the work alone, and the most memory it held at once, its result included."""

    seconds: float
    megabytes: float


def matrix_2024(library: Path) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Calendar years 1946 to 2024; absent and no member alike are missing."""
    frame = open_table("un_ga_votes_matrix_2024", library=library)[0].collect()
    code = pl.col("vote").replace(8, None).fill_null(0)
    return _matrix(frame, pl.struct("date", "rcid"), "column_iso3", "year", code)


def voeten(library: Path) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Sessions 1 to 74."""
    sessions = open_table("un_ga_votes_voeten_roll_calls", library=library)[0]
    votes = open_table("un_ga_votes_voeten", library=library)[0]
    frame = votes.join(sessions.select("rcid", "session"), on="rcid").collect()
    code = pl.col("vote").replace_strict(WORDS, return_dtype=pl.Int8)
    return _matrix(frame, pl.col("rcid"), "country", "session", code)


DATA = {"matrix to 2024": matrix_2024, "Voeten to 2020": voeten}


def _matrix(
    frame: pl.DataFrame, roll_call: pl.Expr, state: str, session: str, code: pl.Expr
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    placed = frame.select(
        row=pl.col(state).rank("dense").cast(pl.Int64) - 1,
        column=roll_call.rank("dense").cast(pl.Int64) - 1,
        session=pl.col(session).cast(pl.Int64),
        code=code.cast(pl.Int8),
    )
    rows, columns = placed["row"].to_numpy(), placed["column"].to_numpy()
    votes = np.zeros((rows.max() + 1, columns.max() + 1), dtype=np.int8)
    votes[rows, columns] = placed["code"].to_numpy()
    sessions = np.zeros(votes.shape[1], dtype=np.int64)
    sessions[columns] = placed["session"].to_numpy()
    return votes, sessions


def by_beholden(votes: NDArray[np.int8], sessions: NDArray[np.int64]) -> S:
    return np.asarray(agreement(votes, sessions).s)


def by_pandas(votes: NDArray[np.int8], sessions: NDArray[np.int64]) -> S:
    import pandas as pd

    state, roll_call = np.nonzero(votes)
    score = SCORES[votes[state, roll_call]]
    long = pd.DataFrame({"roll_call": roll_call, "state": state, "score": score})
    years = np.unique(sessions)
    found = np.full((years.size, len(votes), len(votes)), np.nan)
    for place, (_, one) in enumerate(long.groupby(sessions[roll_call])):
        pairs = one.merge(one, on="roll_call", suffixes=("_i", "_j"))
        pairs = pairs[pairs["state_i"] < pairs["state_j"]]
        apart = (pairs["score_i"] - pairs["score_j"]).abs()
        s = 1 - 2 * apart.groupby([pairs["state_i"], pairs["state_j"]]).mean()
        i, j = (s.index.get_level_values(name) for name in ("state_i", "state_j"))
        found[place, i, j] = found[place, j, i] = s.to_numpy()
    return found


def by_numpy(votes: NDArray[np.int8], sessions: NDArray[np.int64]) -> S:
    years = np.unique(sessions)
    found = np.full((years.size, len(votes), len(votes)), np.nan)
    for place, year in enumerate(years):
        scores = SCORES[votes[:, sessions == year]]
        apart = np.abs(scores[:, None, :] - scores[None, :, :])
        shared = ~np.isnan(apart)
        with np.errstate(invalid="ignore"):
            found[place] = 1 - 2 * np.nansum(apart, axis=2) / shared.sum(axis=2)
    return found


WAYS: dict[str, Callable[[NDArray[np.int8], NDArray[np.int64]], S]] = {
    "beholden": by_beholden,
    "numpy": by_numpy,
    "pandas": by_pandas,
}


def work(way: str, data: str, library: Path, out: Path) -> None:
    """The child's part: read, compute, keep S, print what it took."""
    votes, sessions = DATA[data](library)
    WAYS[way](votes[:, :50], sessions[:50])  # imports and the threads of the linear algebra
    started = time.perf_counter()
    s = WAYS[way](votes, sessions)
    seconds = time.perf_counter() - started
    np.save(out, s)
    del s
    # Counting what is held takes time of its own, so the work is done once more.
    tracemalloc.start()
    WAYS[way](votes, sessions)
    cost = {"seconds": seconds, "megabytes": tracemalloc.get_traced_memory()[1] / 1e6}
    sys.stdout.write(json.dumps(cost))


def measure(way: str, data: str, library: Path, folder: Path) -> tuple[Cost, S]:
    """Run one way in a fresh process."""
    out = folder / f"{way}.npy"
    command = [sys.executable, __file__, "--child", way, data, str(library), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout)), np.load(out)


def greatest_difference(ours: S, theirs: S) -> float:
    """Infinite where one knows a pair that the other does not; a state and itself is left out."""
    off = ~np.eye(ours.shape[1], dtype=bool)
    mine, other = ours[:, off], theirs[:, off]
    if not np.array_equal(np.isnan(mine), np.isnan(other)):
        return float("inf")
    return float(np.nanmax(np.abs(mine - other)))


def compare(data: str, library: Path, table: Table) -> bool:
    """Add the rows of one data set; true where a bound is missed."""
    missed, first = False, None
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            cost, s = measure(way, data, library, Path(folder))
            ours, ours_s = first = first or (cost, s)
            difference = greatest_difference(ours_s, s)
            missed |= difference > 1e-9 or (way == "beholden" and cost.seconds > BOUND)
            pairs = np.count_nonzero(~np.isnan(s[:, *np.triu_indices(s.shape[1], 1)]))
            cells: list[Any] = [data, f"{pairs:,}", way, f"{cost.seconds:.2f}"]
            cells += [f"{cost.seconds / ours.seconds:.1f}", f"{cost.megabytes:.0f}"]
            table.add_row(*cells, f"{difference:.0e}")
    return missed


def main() -> None:
    """Print the table; the exit status is 1 where a bound is missed."""
    library = Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder()
    table = Table(title=f"Agreement of all pairs in all sessions, on {os.cpu_count()} cores")
    for name in ("data set", "pairs", "way", "seconds", "ratio", "peak MB", "difference"):
        table.add_column(name, justify="left" if name in ("data set", "way") else "right")
    missed = [compare(data, library, table) for data in DATA]
    Console().print(table)
    sys.exit(int(any(missed)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        work(sys.argv[2], sys.argv[3], Path(sys.argv[4]), Path(sys.argv[5]))
    else:
        main()
