"""The indicators of human rights beyond the published matrix: later years, the same items."""

from __future__ import annotations

import polars as pl

from beholden.latent.problems import AnswersError
from beholden.latent.rights import EVENTS, STANDARDS

__all__ = ["CIRIGHTS_FROM", "extended_indicators"]

# CIRI ends in 2011 and CIRIGHTS, its successor, codes the same four items anew from 1981 on: the
# two are one source. Years to 2011 are CIRI's as the matrix has them, later ones CIRIGHTS'.
CIRIGHTS_FROM = 2012
_CIRI = ("disap", "kill", "tort", "polpris")
_TERROR = {"amnesty": "pts_a", "state": "pts_s", "hrw": "pts_h"}
# Serbia keeps the number of Yugoslavia in the matrix; the Terror Scale gives it none.
_SERBIA, _MATRIX_SERBIA = 342, 345
# The lists of UCDP number Germany, Yemen and Serbia as Gleditsch and Ward do.
_UCDP = {260: 255, 678: 679, 340: 345}


def extended_indicators(
    matrix: pl.DataFrame,
    terror: pl.DataFrame,
    cirights: pl.DataFrame,
    killings: pl.DataFrame,
) -> pl.DataFrame:
    """The published matrix with the years after it, source by source.

    Nothing in the matrix is changed or counted twice. The Political Terror Scale is added for
    the years after the matrix, CIRIGHTS from 2012 on in the items of CIRI, one-sided killing by
    governments for the years after the matrix that the list covers: there a state that is not
    listed killed fewer than 25 civilians. States are those of the matrix's last year.

    Parameters
    ----------
    matrix : polars.DataFrame
        `fariss_lhrs_indicators`: `cow`, `year`, `iso3` and the indicators.
    terror : polars.DataFrame
        `pts`: `country`, `cow_code_n`, `year`, `pts_a`, `pts_h`, `pts_s`.
    cirights : polars.DataFrame
        `cirights`: `cow`, `year`, `disap`, `kill`, `tort`, `polpris`, coded from 0.
    killings : polars.DataFrame
        `ucdp_one_sided`: `gwnoa`, `year`, `is_government_actor`.

    Returns
    -------
    polars.DataFrame
        Columns `cow`, `year`, `iso3` and the indicators, to the last year of any source.

    Raises
    ------
    AnswersError
        When the matrix lacks its keys.
    """
    absent = [name for name in ("cow", "year", "iso3") if name not in matrix.columns]
    if absent:
        raise AnswersError(f"expected a matrix with {', '.join(absent)}, which it lacks")
    known = [name for name in (*STANDARDS, *EVENTS) if name in matrix.columns]
    ends = _last(matrix)
    scales = _terror(terror).filter(pl.col("year") > ends)
    years = range(ends + 1, max(_last(scales), _last(cirights), _last(killings), ends) + 1)
    grid = matrix.filter(pl.col("year") == ends).select("cow", "iso3")
    after = grid.join(pl.DataFrame({"year": list(years)}, schema={"year": pl.Int64}), how="cross")
    after = after.join(scales, on=["cow", "year"], how="left")
    covered = pl.col("year") <= _last(killings)
    after = after.join(_killings(killings), on=["cow", "year"], how="left").with_columns(
        killing_present=pl.when(covered).then(pl.col("killing_present").fill_null(0))
    )
    whole = pl.concat([matrix.select("cow", "year", "iso3", *known), after], how="diagonal")
    return _with_cirights(whole, cirights).select("cow", "year", "iso3", *known).sort("cow", "year")


def _last(frame: pl.DataFrame) -> int:
    return int(frame["year"].cast(pl.Int64).to_numpy().max()) if frame.height else 0


def _terror(terror: pl.DataFrame) -> pl.DataFrame:
    code = pl.when(pl.col("country") == "Serbia").then(_MATRIX_SERBIA)
    coded = terror.with_columns(cow=code.otherwise(pl.col("cow_code_n")).cast(pl.Int64))
    named = (pl.col(column).cast(pl.Int64).alias(name) for name, column in _TERROR.items())
    scales = coded.drop_nulls("cow").select("cow", "year", *named)
    # Some states stand twice, once without any figure.
    return scales.filter(pl.any_horizontal(pl.col(*_TERROR).is_not_null())).unique(
        ["cow", "year"], keep="first", maintain_order=True
    )


def _killings(killings: pl.DataFrame) -> pl.DataFrame:
    return (
        killings.filter(pl.col("is_government_actor") == 1)
        .drop_nulls("gwnoa")
        .select(cow=pl.col("gwnoa").cast(pl.Int64).replace(_UCDP), year="year")
        .unique()
        .with_columns(killing_present=pl.lit(1, dtype=pl.Int64))
    )


def _with_cirights(whole: pl.DataFrame, cirights: pl.DataFrame) -> pl.DataFrame:
    """CIRIGHTS counts from 0 and the matrix from 1; where CIRI has a figure it stays."""
    later = cirights.filter(pl.col("year") >= CIRIGHTS_FROM).select(
        pl.col("cow").replace({_SERBIA: _MATRIX_SERBIA}),
        "year",
        *((pl.col(name).cast(pl.Int64) + 1).alias(f"{name}_new") for name in _CIRI),
    )
    later = later.drop_nulls("cow").unique(["cow", "year"], keep="first", maintain_order=True)
    joined = whole.join(later, on=["cow", "year"], how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce(name, f"{name}_new").alias(name) for name in _CIRI)
