"""The published model on the whole Assembly: time, memory, agreement with the edition.

Run with `python benchmarks/published.py [LIBRARY] [--sampler ITERATIONS] [--warmup N]`; the library
must hold un_ga_votes_voeten, un_ga_votes_voeten_roll_calls and un_ideal_points_2020 (797,473
votes, 1946 to 2019, after the published cleaning). A first fit of a few answers loads the compiled
kernels; the time from Parquet to positions is told apart.

For comparison, of the authors' R and C++ (their figures as measured before, not run here): 0.97 s
an iteration, 24,000 iterations, six and a half hours.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numba import get_num_threads
from rich.console import Console

from beholden.latent import Anchors, answers, fit_published, published_answers, sample_published
from beholden.store.library import default_folder
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from beholden.latent import PublishedFit, PublishedSample

AUTHORS_SECONDS = 0.97
QUANTILES = 3.2897
SHOW = Console()


def warm() -> None:
    rows = [(u, t, 9 * t + i, (u > i) + (u > i + 1)) for u in range(8) for t in (1, 2)
            for i in range(6)]  # fmt: skip
    table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    data, anchors = answers(table, scale=[0, 1, 2]), Anchors((7,), (0,))
    fit_published(data, anchors=anchors)
    sample_published(data, anchors=anchors, iterations=10, warmup=0, thin=1)


def agreement(found: PublishedFit | PublishedSample, edition: pl.DataFrame) -> str:
    joined = (
        found.positions()
        .with_columns(pl.col("time").cast(pl.Int64))
        .join(edition, left_on=["unit", "time"], right_on=["ccode", "session"])
    )
    within = joined.group_by("time").agg(r=pl.corr("mean", "ideal_point"))["r"].to_numpy()
    mine, theirs = joined["mean"].to_numpy(), joined["ideal_point"].to_numpy()
    errors = joined["sd"].to_numpy() / ((joined["q95"] - joined["q5"]).to_numpy() / QUANTILES)
    return (
        f"r with the edition {np.corrcoef(mine, theirs)[0, 1]:.4f}, within sessions median "
        f"{np.median(within):.4f}, least {within.min():.4f}; standard deviations "
        f"{mine.std() / theirs.std():.3f}, standard errors {np.median(errors):.3f} of theirs"
    )


def run_sampler(found: PublishedSample, seconds: float, total: int) -> None:
    size, levels = np.median(found.mixing.bulk), np.median(found.level_mixing.bulk)
    pace = seconds / total
    SHOW.print(f"sampler: {total} iterations, {pace * 1000:.1f} ms each, {seconds:.0f} s")
    SHOW.print(f"the authors' {AUTHORS_SECONDS} s an iteration: {AUTHORS_SECONDS / pace:.0f} times")
    SHOW.print(f"effective draws of positions {size:.0f} (of {len(found.draws)} kept), of levels "
               f"{levels:.0f} of {len(found.levels)}")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("library", nargs="?", type=Path, default=None)
    parser.add_argument("--sampler", type=int, default=200)
    parser.add_argument("--warmup", type=int, default=100)
    chosen = parser.parse_args()
    library = chosen.library or default_folder()
    warm()
    begin, clock = time.perf_counter(), time.process_time()
    names = ("un_ga_votes_voeten", "un_ga_votes_voeten_roll_calls")
    votes, calls = (open_table(name, library=library)[0].collect() for name in names)
    data = published_answers(votes, calls)
    laid, laid_clock = time.perf_counter(), time.process_time()
    found = fit_published(data)
    done, done_clock = time.perf_counter(), time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    points = open_table("un_ideal_points_2020", library=library)[0].collect()
    edition = points.filter(pl.col("issue") == "all")
    SHOW.print(f"{get_num_threads()} threads; {data.n:,} votes, {len(data.items):,} items")
    SHOW.print(f"from Parquet to answers {laid - begin:.2f} s (processor {laid_clock - clock:.2f})")
    SHOW.print(f"fit: {found.sweeps} sweeps in {done - laid:.2f} s "
               f"(processor {done_clock - laid_clock:.2f}); all {done - begin:.2f} s")  # fmt: skip
    SHOW.print(f"most memory so far {memory:,.0f} MB")
    SHOW.print(agreement(found, edition))
    begin = time.perf_counter()
    sample = sample_published(data, iterations=chosen.sampler, warmup=chosen.warmup, thin=10)
    run_sampler(sample, time.perf_counter() - begin, chosen.sampler + chosen.warmup)
    SHOW.print(agreement(sample, edition))
    return 0 if found.converged and found.anchors_hold == 1.0 else 1


if __name__ == "__main__":
    sys.exit(main())
