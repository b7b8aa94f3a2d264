"""What the latent engine costs on the whole Assembly, and how well it then does.

Run with `python benchmarks/latent.py [LIBRARY]`; the library must hold un_ga_votes_voeten,
un_ga_votes_voeten_roll_calls and un_ideal_points_2020. The votes are those of the published
cleaning (797,473 votes, 1946 to 2019), the model is `beholden.latent.ASSEMBLY`: paths smoothed
both ways, items bridged by the published links, joint standard errors. One vote in twenty is held
out. The first run compiles the kernels; a small fit beforehand leaves that out of the time.

BLAS threads matter more than anything else: set OPENBLAS_NUM_THREADS and NUMBA_NUM_THREADS, and
unset OPENBLAS_CORETYPE.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from rich.console import Console

from beholden.latent import ASSEMBLY, Anchors, Model, answers, fit
from beholden.latent.assembly import SCALE, published_cleaning
from beholden.store.library import default_folder
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from beholden.latent import Fit

USA, RUSSIA = 2, 365
HELD = 0.05
MODEL = replace(ASSEMBLY, anchors=Anchors((USA,), (RUSSIA,)))
SHOW = Console()


def warm() -> None:
    rows = [(u, t, 9 * t + i, int(u > i)) for u in range(6) for t in (1, 2) for i in range(5)]
    table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    fit(answers(table), Model())


def places(found: Fit, held: pl.DataFrame) -> pl.DataFrame:
    """Held-out votes with their places in the fit."""
    nodes = found.positions().select("unit", "time", node=pl.int_range(pl.len()))
    items = found.items().select("item", "time", instance=pl.int_range(pl.len()))
    codes = {word: code for code, word in enumerate(SCALE)}
    joined = held.with_columns(pl.col("time").cast(pl.Float64)).join(nodes, on=["unit", "time"])
    return joined.join(items, on=["item", "time"]).with_columns(
        code=pl.col("answer").replace_strict(codes, return_dtype=pl.Int64)
    )


def scores(found: Fit, held: pl.DataFrame) -> tuple[float, float]:
    """Log loss and accuracy on held-out votes."""
    known = places(found, held)
    each = np.column_stack(
        [found.log_scores(known.with_columns(code=pl.lit(k))) for k in range(len(SCALE))]
    )
    code = known["code"].to_numpy()
    loss = -float(each[np.arange(len(code)), code].mean())
    return loss, float((each.argmax(axis=1) == code).mean())


def against_edition(found: Fit, edition: pl.DataFrame) -> str:
    table = found.positions().with_columns(pl.col("time").cast(pl.Int64))
    joined = table.join(edition, left_on=["unit", "time"], right_on=["ccode", "session"])
    within = joined.group_by("time").agg(pl.corr("mean", "ideal_point").alias("r"))["r"]
    overall = np.corrcoef(joined["mean"], joined["ideal_point"])[0, 1]
    return (
        f"r with the edition of April 2020: within sessions median {within.median():.4f}, "
        f"least {within.min():.4f}; all {overall:.4f}"
    )


def main() -> int:
    library = Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder()
    names = ("un_ga_votes_voeten", "un_ga_votes_voeten_roll_calls", "un_ideal_points_2020")
    votes, calls, points = (open_table(name, library=library)[0].collect() for name in names)
    warm()
    table = published_cleaning(votes, calls).select(
        unit="ccode", time="session", item="item", answer="vote"
    )
    out = pl.Series(np.random.default_rng(7).random(table.height) < HELD)
    begin = time.perf_counter()
    data = answers(table.filter(~out), scale=SCALE, repeats=True)
    laid = time.perf_counter()
    found = fit(data, MODEL)
    fitted = time.perf_counter()
    spread = float(np.median(found.sd))
    done = time.perf_counter()
    loss, accuracy = scores(found, table.filter(out))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    SHOW.print(f"{data.n:,} votes laid out in {laid - begin:.1f} s")
    SHOW.print(f"fit: {found.iterations} iterations in {fitted - laid:.1f} s")
    SHOW.print(f"joint standard errors in {done - fitted:.1f} s, median {spread:.3f}")
    SHOW.print(f"held-out votes: log loss {loss:.4f}, accuracy {accuracy:.1%}")
    SHOW.print(against_edition(found, points.filter(pl.col("issue") == "all")))
    SHOW.print(f"steps {found.step_sd:.3f} a session; most memory {memory:,.0f} MB")
    return 0 if found.converged and found.anchors_hold == 1.0 else 1


if __name__ == "__main__":
    sys.exit(main())
