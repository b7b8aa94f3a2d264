"""A small example for `beholden multiverse`: simulated data, labelled so, with a known truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["SEED", "simulated", "write_example"]

SEED = 20_261
UNITS, FIRST, YEARS = 60, 1990, 30
TEXT = f"""# A multiverse on simulated data. Change it into your own and run:
#   beholden multiverse multiverse.yaml
title: Does more openness go with less violence, in simulated data?
note: >-
  Simulated data (seed {SEED}), no real states. By construction one standard deviation of openness
  lowers violence by about 0.3 where wealth is held fixed; without it, wealth confounds the two.
data: simulated.csv
unit: unit
time: year

outcomes:
  violence: violence
  violence, second coder: violence_2
exposures:
  openness: openness
controls:               # every subset of these
  wealth: {{column: wealth, transform: log}}
  size: {{column: size, transform: log}}
  neighbours: neighbours
effects:
  none: []
  unit: unit
  unit and year: [unit, year]
lags: [0, 1]
periods:
  all years: ..
  since 2000: 2000..
samples:
  all units:            # nothing named: every row
  without small units: large
errors: [CR1, CR3]

expect: negative
smallest: 0.1           # standard deviations of the outcome for one of the exposure
forbid:
  - when: {{effects: none, errors: CR3}}
    because: the jackknife is compared where units have their own level
"""


def simulated() -> pl.DataFrame:
    """The panel of the example: wealth confounds, openness lowers violence.

    Examples
    --------
    >>> simulated().shape
    (1800, 8)
    """
    random = np.random.default_rng(SEED)
    unit, year = np.repeat(np.arange(UNITS), YEARS), np.tile(np.arange(YEARS), UNITS)
    n = len(unit)

    def course(spread: float) -> NDArray[np.float64]:
        steps = random.normal(size=(UNITS, YEARS)) * spread
        values: NDArray[np.float64] = random.normal(size=(UNITS, 1)) + steps.cumsum(axis=1)
        return values.ravel()

    wealth, size = course(0.15), random.normal(size=UNITS)[unit]
    openness = 0.6 * wealth + course(0.2)
    neighbours = random.normal(size=n)
    level = -0.3 * openness / openness.std() - 0.4 * wealth + 0.5 * random.normal(size=UNITS)[unit]
    violence = level + 0.2 * neighbours + 0.8 * random.normal(size=n)
    second = np.where(random.random(n) < 0.1, np.nan, violence + 0.4 * random.normal(size=n))
    frame = pl.DataFrame(
        {
            "unit": [f"simulated {u + 1:02d}" for u in unit],
            "year": FIRST + year,
            "violence": violence.round(4),
            "violence_2": second.round(4),
            "openness": openness.round(4),
            "wealth": np.exp(8 + wealth).round(2),
            "size": np.exp(2 + size).round(3),
            "neighbours": neighbours.round(4),
        }
    )
    return frame.with_columns(pl.col("violence_2").fill_nan(None))


def write_example(folder: Path) -> Path:
    """Write the example; nothing that exists is overwritten.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.

    Returns
    -------
    Path
        The file for the command.

    Raises
    ------
    OutputError
        When a file exists or cannot be written.
    """
    file, data = folder / "multiverse.yaml", folder / "simulated.csv"
    for path in (file, data):
        if path.exists():
            raise OutputError(f"{path}: expected no such file, found one. Name another folder.")
    frame = simulated().with_columns((pl.col("size") > 3).alias("large"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        frame.write_csv(data)
        file.write_text(TEXT, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{folder}: expected a folder that can be written, found: {reason}."
        ) from error
    return file
