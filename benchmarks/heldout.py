"""How well votes of the Assembly are foretold: votes held out at random, and whole sessions.

Run with `python benchmarks/heldout.py --library LIBRARY [--part votes|sessions|all]`; the library
must hold un_ga_votes_voeten and un_ga_votes_voeten_roll_calls. The votes are those of the
published cleaning (797,473 votes, 1946 to 2019).

*votes*: one vote in twenty is held out (seed 7, the same as in `latent.py`); the model of one
dimension and those of several see the rest.

*sessions*: every session from 50 to 74 is foretold from earlier sessions alone. Items put again
(the published links) keep their parameters, new ones have the prior's; positions are carried
forward. The rival is the state's last vote on the same item, made a probability by how often states
repeated themselves in earlier sessions; a stronger one adds how the whole Assembly voted on it
last. Rivals are calibrated, and how long opinions last is estimated, on forecasts of earlier
sessions, from 45 on.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from rich.console import Console

from beholden.latent import (
    ASSEMBLY,
    Anchors,
    answers,
    fit,
    fit_dimensions,
    forecast,
    given_last,
    last_answers,
    opinion_pool,
    persistence,
)
from beholden.latent.assembly import SCALE, published_cleaning
from beholden.store.library import default_folder
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent import Dimensions, Fit

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

USA, RUSSIA = 2, 365
HELD = 0.05
MODEL = replace(ASSEMBLY, anchors=Anchors((USA,), (RUSSIA,)))
WARM, FIRST, LAST = 45, 50, 74
FORECAST_DIMENSIONS = 8
CODES = {word: code for code, word in enumerate(SCALE)}
SHOW = Console(width=110)


def cast_votes(library: Path) -> pl.DataFrame:
    """The votes of the published cleaning as unit, time, item and answer."""
    names = ("un_ga_votes_voeten", "un_ga_votes_voeten_roll_calls")
    votes, calls = (open_table(name, library=library)[0].collect() for name in names)
    return published_cleaning(votes, calls).select(
        unit="ccode", time=pl.col("session").cast(pl.Int64), item="item", answer="vote"
    )


def codes(table: pl.DataFrame) -> Ints:
    return table["answer"].replace_strict(CODES, return_dtype=pl.Int64).to_numpy()


def losses(chances: Floats, code: Ints) -> Floats:
    return -np.log(np.maximum(chances[np.arange(len(code)), code], 1e-12))


def line(name: str, chances: Floats, code: Ints) -> str:
    """Log loss and accuracy, for a table."""
    loss, right = losses(chances, code).mean(), (chances.argmax(axis=1) == code).mean()
    return f"{name:<52} log loss {loss:.4f}  accuracy {right:.2%}"


def calibration(chances: Floats, code: Ints) -> pl.DataFrame:
    """Stated probabilities of all answers against how often these were given, in ten bins."""
    given = np.zeros_like(chances)
    given[np.arange(len(code)), code] = 1.0
    table = pl.DataFrame({"stated": chances.ravel(), "given": given.ravel()})
    table = table.with_columns(bin=(pl.col("stated") * 10).floor().clip(0, 9) / 10)
    return table.group_by("bin").agg(pl.len(), pl.col("stated", "given").mean()).sort("bin")


def one_dimension(found: Fit, held: pl.DataFrame) -> Floats:
    logs = [found.log_scores(held.with_columns(code=pl.lit(k))) for k in range(len(SCALE))]
    return np.exp(np.column_stack(logs))


def placed(found: Fit, held: pl.DataFrame) -> pl.DataFrame:
    """Held-out votes with their places in the fit; those of unknown states or items left out."""
    nodes = found.positions().select("unit", "time", node=pl.int_range(pl.len()))
    items = found.items().select("item", "time", instance=pl.int_range(pl.len()))
    joined = held.with_columns(pl.col("time").cast(pl.Float64)).join(
        nodes, on=["unit", "time"], maintain_order="left"
    )
    return joined.join(items, on=["item", "time"], maintain_order="left")


def margins(found: Fit, held: pl.DataFrame) -> Floats:
    """Each roll call's own shares of the votes that were not held out."""
    data = found.answers
    instance = np.repeat(np.arange(len(data.instance_item)), np.diff(data.instance_start))
    counts = np.full((len(data.instance_item), len(SCALE)), 0.5)
    np.add.at(counts, (instance, data.code), 1.0)
    shares = counts / counts.sum(axis=1, keepdims=True)
    return np.asarray(shares[held["instance"].to_numpy()])


def held_votes(table: pl.DataFrame) -> None:
    """One vote in twenty, foretold from the rest."""
    out = pl.Series(np.random.default_rng(7).random(table.height) < HELD)
    data = answers(table.filter(~out), scale=SCALE, repeats=True)
    first = fit(data, MODEL)
    held = placed(first, table.filter(out))
    code = codes(held)
    SHOW.print(f"{len(code):,} votes held out of {table.height:,}")
    SHOW.print(line("roll call's own margin", margins(first, held), code))
    SHOW.print(line("one dimension", one_dimension(first, held), code))
    node, instance = held["node"].to_numpy(), held["instance"].to_numpy()
    for k in (2, 4, 8, 14):
        begin, used = time.perf_counter(), time.process_time()
        found = fit_dimensions(data, dimensions=k, first=first)
        wall, cpu = time.perf_counter() - begin, time.process_time() - used
        chances = found.probabilities(node, instance)
        SHOW.print(line(f"{k} dimensions", chances, code))
        SHOW.print(f"    {found.iterations} iterations, {wall:.0f} s ({cpu:.0f} s of CPU)")
        if k == 2:
            SHOW.print("    " + agreement(found))
    SHOW.print(calibration(chances, code))
    SHOW.print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def agreement(found: Dimensions) -> str:
    """How the first dimension goes with the scale of one dimension, over all and by session."""
    data, here = found.answers, found.votes.answered
    if found.first is None:
        return "no one-dimensional scale"
    within = [
        np.corrcoef(found.mean[at, 0], found.first[at])[0, 1]
        for at in (here & (data.node_time == t) for t in range(len(data.times)))
    ]
    return (
        f"first dimension and the one-dimensional scale: r {found.agreement:.3f}, within "
        f"sessions median {np.median(within):.3f}, least {min(within):.3f}; sizes of loadings "
        f"{found.sizes.round(2).tolist()}"
    )


def foretold(
    table: pl.DataFrame, session: int, start: Dimensions | None
) -> tuple[pl.DataFrame, Dimensions]:
    """Every source's log probabilities of a session's votes, from earlier sessions alone."""
    past = table.filter(pl.col("time") < session)
    now = table.filter(pl.col("time") == session)
    data = answers(past, scale=SCALE, repeats=True, unanimous=True)
    found = fit_dimensions(data, dimensions=FORECAST_DIMENSIONS, start=start, tolerance=1e-3)
    last = last_answers(past, now)
    sources = {
        "model": forecast(found, now),
        "last": repetition(past, last),
        "margin": last_margins(past, now),
        "habit": habits(past, now),
    }
    columns = {
        f"{name}_{k}": np.log(np.maximum(chances[:, k], 1e-6))
        for name, chances in sources.items()
        for k in range(len(SCALE))
    }
    known = set(past["item"].unique())
    rows = now.with_columns(
        before=last.is_not_null(),
        bridged=pl.Series([item in known for item in now["item"]]),
        repeat=last,
        **{name: pl.Series(values) for name, values in columns.items()},
    )
    return rows, found


def shares(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Smoothed shares of each answer by group, as columns share_0, share_1, ..."""
    counts = [
        ((pl.col("answer") == word).sum() + 0.5).alias(f"share_{k}") for word, k in CODES.items()
    ]
    table = rows.group_by(by, maintain_order=True).agg(counts)
    total = pl.sum_horizontal(pl.col("^share_.*$"))
    return table.with_columns(pl.col("^share_.*$") / total)


def chances_of(joined: pl.DataFrame) -> Floats:
    """Shares as an array; even chances where there are none."""
    return joined.select(pl.col("^share_.*$").fill_null(1 / len(SCALE))).to_numpy()


def repetition(past: pl.DataFrame, last: pl.Series) -> Floats:
    """The last vote on the item as a probability: how often states repeated themselves before."""
    pairs = past.with_columns(last=last_answers(past, past))
    table = shares(pairs.with_columns(pl.col("last").fill_null("none")), ["last"])
    asked = last.fill_null("none").alias("last").to_frame()
    return chances_of(asked.join(table, on="last", how="left", maintain_order="left"))


def last_margins(past: pl.DataFrame, now: pl.DataFrame) -> Floats:
    """How the Assembly voted on the item when it was put last."""
    latest = past.filter(pl.col("time") == pl.col("time").max().over("item"))
    return chances_of(
        now.join(shares(latest, ["item"]), on="item", how="left", maintain_order="left")
    )


def habits(past: pl.DataFrame, now: pl.DataFrame) -> Floats:
    """How the state voted over the last three sessions, on whatever."""
    recent = past.filter(pl.col("time") >= pl.col("time").max() - 2)
    return chances_of(
        now.join(shares(recent, ["unit"]), on="unit", how="left", maintain_order="left")
    )


def logs(rows: pl.DataFrame, *sources: str) -> Floats:
    parts = [rows.select(pl.col(f"^{name}_[0-9]$")).to_numpy() for name in sources]
    return np.stack(parts, axis=1)


def last_codes(rows: pl.DataFrame) -> Ints:
    kinds = pl.col("repeat").replace_strict(CODES, default=-1, return_dtype=pl.Int64)
    return rows.select(kinds.fill_null(-1))["repeat"].to_numpy()


def with_last_vote(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[float]]:
    """The model's forecasts of sessions from 50 on, given each state's last vote on the item.

    How long opinions of an item last is taken from the sessions before.
    """
    parts, found = [], []
    for session in range(FIRST, LAST + 1):
        past = rows.filter(pl.col("before"), pl.col("time") < session)
        now = rows.filter(pl.col("time") == session)
        model = np.exp(logs(past, "model")[:, 0])
        found.append(persistence(model, last_codes(past), codes(past)))
        better = given_last(np.exp(logs(now, "model")[:, 0]), last_codes(now), found[-1])
        values = np.log(np.maximum(better / better.sum(axis=1, keepdims=True), 1e-9))
        parts.append(now.with_columns(pl.Series(f"both_{k}", values[:, k]) for k in range(3)))
    return pl.concat(parts), found


def pooled(rows: pl.DataFrame, keep: pl.Expr, *sources: str) -> Floats:
    """Forecasts of sessions from 50 on, each pooled by weights from the sessions before it."""
    rows = rows.filter(keep)
    chances = []
    for session in rows.filter(pl.col("time") >= FIRST)["time"].unique().sort():
        past, now = rows.filter(pl.col("time") < session), rows.filter(pl.col("time") == session)
        chances.append(opinion_pool(logs(past, *sources), codes(past))(logs(now, *sources)))
    return np.concatenate(chances)


def fallen_back(rows: pl.DataFrame) -> pl.DataFrame:
    """The rival on every vote: the last vote, else the item's last margin, else habit."""
    best = [
        pl.when("before").then(f"last_{k}").when("bridged").then(f"margin_{k}")
        .otherwise(f"habit_{k}").alias(f"rival_{k}")
        for k in range(len(SCALE))
    ]  # fmt: skip
    return rows.with_columns(best)


CONTESTS = {
    "items put again, states that voted on them before": (
        pl.col("before"),
        (("last vote", ("last",)), ("last vote and last margin", ("last", "margin"))),
    ),
    "items put again, states that had not voted on them": (
        pl.col("bridged") & ~pl.col("before"),
        (("last margin", ("margin",)), ("last margin and habit", ("margin", "habit"))),
    ),
    "new items": (~pl.col("bridged"), (("state's habit", ("habit",)),)),
    "all votes": (pl.lit(value=True), (("last vote, else last margin, else habit", ("rival",)),)),
}


def held_sessions(table: pl.DataFrame) -> None:
    """Whole sessions, foretold from those before."""
    begin, used = time.perf_counter(), time.process_time()
    parts, found = [], None
    for session in range(WARM, LAST + 1):
        part, found = foretold(table, session, found)
        parts.append(part)
    wall, cpu = time.perf_counter() - begin, time.process_time() - used
    SHOW.print(f"{len(parts)} sessions in {wall:.0f} s ({cpu:.0f} s of CPU)")
    contest(fallen_back(pl.concat(parts)))


def contest(rows: pl.DataFrame) -> None:
    """Every forecast of the sessions from 50 on, by kind of item."""
    better, lasting = with_last_vote(rows)
    SHOW.print(f"correlation of an opinion over time: {min(lasting):.2f} to {max(lasting):.2f}")
    for name, (keep, rivals) in CONTESTS.items():
        part = better.filter(keep)
        code = codes(part)
        SHOW.print(f"[bold]{name}[/bold]: {part.height:,} votes")
        for label, sources in rivals:
            SHOW.print(line("  rival: " + label, pooled(rows, keep, *sources), code))
        for label, source in (("model", "model"), ("model and last vote", "both")):
            SHOW.print(line("  " + label, np.exp(logs(part, source)[:, 0]), code))
    part = better.filter("before")
    SHOW.print(calibration(np.exp(logs(part, "both")[:, 0]), codes(part)))
    rival = losses(pooled(rows, pl.col("before"), "last", "margin"), codes(part))
    gain = part.select("time", gain=rival - losses(np.exp(logs(part, "both")[:, 0]), codes(part)))
    by_session = gain.group_by("time").agg(pl.col("gain").mean())["gain"]
    SHOW.print(
        f"better than last vote and last margin in {(by_session > 0).sum()} of {len(by_session)} "
        "sessions with items put again"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Held-out votes and sessions of the Assembly.")
    parser.add_argument("--library", type=Path, default=default_folder())
    parser.add_argument("--part", choices=("votes", "sessions", "all"), default="all")
    chosen = parser.parse_args()
    table = cast_votes(chosen.library)
    if chosen.part in {"votes", "all"}:
        held_votes(table)
    if chosen.part in {"sessions", "all"}:
        held_sessions(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
