"""The command estimate: ideal points and human rights from the data sets of a library."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beholden.errors import BeholdenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from beholden.latent import Fit, PublishedFit
    from beholden.latent_data import Prepared

__all__ = ["estimate"]

_SELECTIONS = (
    *("all", "human-rights", "nuclear", "disarmament", "palestine", "colonialism"),
    *("development", "important"),
)
_EPILOG = "Exit status: 0 the estimates were written; 1 they could not be made; 2 wrong usage."
_SHOWN = {"ideal-points": "USA,CHN,RUS,PRK", "human-rights": "PRK,CHN,USA,SWE"}
_DRAWS, _SEED, _WIDTH = 200, 1, 1.959964


def _options(kind: str) -> Callable[[Any], Any]:
    """The options that both estimates share."""
    folder = click.Path(path_type=Path, file_okay=False)
    given = (
        click.option("--from", "first", type=int, metavar="YEAR", help="First year."),
        click.option("--to", "last", type=int, metavar="YEAR", help="Last year."),
        click.option(
            "--units",
            default=_SHOWN[kind],
            show_default=True,
            help="States of the picture and of the draws, by ISO 3166 code.",
        ),
        click.option(
            "--out", type=folder, default=Path(f"beholden-{kind}"), show_default=True,
            help="Folder for positions, items, draws, record.json and positions.svg.",
        ),
        click.option(
            "--library", type=folder, metavar="DIR",
            help="Folder of the library; without it your own.",
        ),
    )  # fmt: skip

    def decorate(command: Any) -> Any:
        for option in reversed(given):
            command = option(command)
        return command

    return decorate


@click.group(epilog="Examples: beholden estimate ideal-points --votes human-rights --from 1992")
def estimate() -> None:
    """Estimate positions of all states over time from their ordered answers."""


@estimate.command("ideal-points", epilog=_EPILOG)
@click.option(
    "--votes", type=click.Choice(_SELECTIONS), default="all", show_default=True,
    help="Which roll calls of the General Assembly.",
)  # fmt: skip
@click.option("--topic", metavar="PATTERN", help="Only titles that hold this regular expression.")
@click.option(
    "--model", type=click.Choice(["coherent", "published"]), default="coherent",
    show_default=True, help="Our model, or that of Bailey, Strezhnev and Voeten (2017).",
)  # fmt: skip
@_options("ideal-points")
def ideal_points(
    votes: str, topic: str | None, model: str, first: int | None, last: int | None, units: str,
    out: Path, library: Path | None,
) -> None:  # fmt: skip
    """Ideal points from roll calls of the General Assembly, 1946 to the latest."""
    from beholden.latent_data import assembly, assembly_published
    from beholden.store.shelf import Shelf

    if model == "published" and (votes != "all" or topic):
        raise click.UsageError("--model published takes all roll calls of the published series")
    with _told():
        if model == "published":
            ready = assembly_published(Shelf(library), first=first, last=last)
        else:
            ready = assembly(Shelf(library), votes, first=first, last=last, topic=topic)
        _estimate("ideal-points", ready, units, out)


@estimate.command("human-rights", epilog=_EPILOG)
@_options("human-rights")
def human_rights(
    first: int | None, last: int | None, units: str, out: Path, library: Path | None
) -> None:
    """Latent protection of physical integrity, from 1946 to the latest year of its sources."""
    from beholden.latent_data import human_rights as prepared
    from beholden.store.shelf import Shelf

    with _told():
        _estimate("human-rights", prepared(Shelf(library), first=first, last=last), units, out)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Errors of ours as one line, with exit status 1."""
    try:
        yield
    except BeholdenError as error:
        raise click.ClickException(str(error)) from error


def _estimate(kind: str, ready: Prepared, units: str, out: Path) -> None:
    chosen = [unit.strip() for unit in units.split(",") if unit.strip()]
    absent = [unit for unit in chosen if unit not in _states(ready)]
    if absent:
        raise click.ClickException(
            f"--units: {', '.join(absent)} did not answer; states have their ISO 3166 code, and a "
            "former bearer of a code its Correlates of War number behind it, as in YEM-678"
        )
    found = _fitted(ready)
    _emptied(out)
    positions = _positions(found, ready)
    _both(positions, out / "positions")
    _both(_items(found, ready), out / "items")
    if ready.model is not None:
        _draws(found, chosen).write_parquet(out / "draws.parquet")  # type: ignore[arg-type]
    record = _record(kind, ready, found)
    (out / "record.json").write_text(json.dumps(record, indent=2, default=str) + "\n", "utf-8")
    if chosen:
        from beholden.latent_picture import picture

        (out / "positions.svg").write_text(picture(positions, chosen, kind), "utf-8")
    click.echo(
        f"{positions.height:,} positions of {positions['unit'].n_unique()} states from "
        f"{ready.facts['answers']:,} answers to {ready.facts['items']:,} items, "
        f"{record['model']['name']} model: {out}"
    )
    if not record["fit"]["converged"]:
        raise click.ClickException("the steps did not settle; these figures are not to be used")


def _states(ready: Prepared) -> set[str]:
    """The states that answered, as the files name them."""
    import polars as pl

    from beholden.latent_data import named

    if ready.model is not None:
        return set(map(str, ready.answers.units))
    units = pl.DataFrame({"unit": list(ready.answers.units)})
    return set(named(units.with_columns(time=pl.lit(0.0)))["unit"])


def _emptied(out: Path) -> None:
    """The folder, without what an earlier estimate left of the same names."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in ("draws.parquet", "positions.svg", "record.json"):
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(
            f"--out {out}: expected a folder that can be written, {error.strerror or error}"
        ) from error


def _fitted(ready: Prepared) -> Fit | PublishedFit:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from beholden.latent import fit, fit_published

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("estimating")

        def told(step: int, moved: float) -> None:
            bar.update(task, description=f"step {step}, largest move {moved:.3f}")

        if ready.model is None:
            return fit_published(ready.answers, progress=told)
        return fit(ready.answers, ready.model, progress=told)


def _positions(found: Fit | PublishedFit, ready: Prepared) -> pl.DataFrame:
    """Positions by state and year with 95% intervals."""
    import polars as pl

    from beholden.latent_data import named

    table = found.positions()
    table = (table if ready.model is not None else named(table)).rename({"time": "year"})
    return table.select(
        pl.col("unit").cast(pl.String),
        pl.col("year").cast(pl.Int64),
        "mean",
        "sd",
        low=pl.col("mean") - _WIDTH * pl.col("sd"),
        high=pl.col("mean") + _WIDTH * pl.col("sd"),
        answers=pl.col("answers").cast(pl.Int64),
    )


def _items(found: Fit | PublishedFit, ready: Prepared) -> pl.DataFrame:
    from beholden.latent_data import named

    table = found.items()
    table = table if ready.model is not None or "time" not in table.columns else named(table)
    return table.join(ready.items, on="item", how="left", maintain_order="left")


def _draws(found: Fit, units: list[str]) -> pl.DataFrame:
    """Joint draws of the chosen states, a column each."""
    import polars as pl

    places = found.positions().with_row_index("node")
    places = places.filter(pl.col("unit").cast(pl.String).is_in(units))
    drawn = found.draws(_DRAWS, _SEED)[:, places["node"].to_numpy()]
    columns = {f"draw_{k}": row for k, row in enumerate(drawn)}
    return places.select("unit", year=pl.col("time").cast(pl.Int64)).with_columns(**columns)


def _both(table: pl.DataFrame, stem: Path) -> None:
    """A table as Parquet, and as CSV with lists written out."""
    import polars as pl

    table.write_parquet(stem.with_suffix(".parquet"))
    lists = [name for name, kind in table.schema.items() if isinstance(kind, (pl.List, pl.Array))]
    text = pl.col(lists).list.eval(pl.element().cast(pl.String)).list.join(";")
    (table.with_columns(text) if lists else table).write_csv(stem.with_suffix(".csv"))


def _record(kind: str, ready: Prepared, found: Fit | PublishedFit) -> dict[str, Any]:
    """What the estimates rest on and how they were made."""
    from dataclasses import asdict

    from beholden import __version__

    sets = [
        {
            "data set": record.dataset,
            "version": record.version,
            "edition": record.edition,
            "originals": {item.file: item.sha256 for item in record.originals},
        }
        for record in ready.records
    ]
    model = {"name": "published"} if ready.model is None else asdict(ready.model)
    return {
        "estimates": kind,
        "beholden": __version__,
        "model": {"name": "coherent", **model},
        "scale": "mean 0, standard deviation 1 over all state-years with an answer"
        if ready.model is not None
        else "the published model's own: standardised within its algorithm",
        "answers": ready.facts,
        "fit": _statistics(found),
        "draws": {"count": _DRAWS, "seed": _SEED} if ready.model is not None else None,
        "data sets": sets,
    }


def _statistics(found: Fit | PublishedFit) -> dict[str, Any]:
    """How the fit went, as far as its model tells."""
    import numpy as np

    from beholden.latent import Fit

    told = {"converged": bool(found.converged), "median_sd": float(np.median(found.sd))}
    if not isinstance(found, Fit):
        return {**told, "sweeps": int(found.sweeps)}
    return {
        **told,
        "iterations": int(found.iterations),
        "log_likelihood": float(found.likelihood),
        "share_of_times_in_which_anchors_hold": float(found.anchors_hold),
        "sd_of_a_step": float(found.step_sd),
    }
