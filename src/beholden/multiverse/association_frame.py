"""The frame on which an association is estimated: a panel with a column for every variant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import ColumnNotFoundError

from beholden.claims.association import Variant
from beholden.errors import MissingDataError, PanelError
from beholden.measures import MEASURES
from beholden.measures.catalogue import MeasureCatalogue
from beholden.panels import build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.claims.association import Association
    from beholden.core import Provenance
    from beholden.panels import Holdings, Panel

__all__ = ["AUTOCRACY", "MICRO_STATE", "AssociationFrame", "association_frame"]

AUTOCRACY = 0.5
"""Below this on V-Dem's index of electoral democracy a state counts as an autocracy."""
MICRO_STATE = 500_000
"""Persons, below which a state counts as a micro-state."""
_EARLIEST, _POST_WAR = 1816, 1946
_DEMOCRACY, _PEOPLE = "sample: electoral democracy", "sample: population"
# Numbers of the Correlates of War go by region: the first number beyond each.
_REGIONS = {
    "Americas": 200,
    "Europe": 400,
    "Sub-Saharan Africa": 600,
    "Middle East and North Africa": 700,
    "Asia": 900,
    "Oceania": 1000,
}


@dataclass(frozen=True)
class AssociationFrame:
    """Rows with the keys, the variants, the samples and the weights of an association.

    Parameters
    ----------
    frame : polars.DataFrame
        `unit`, `year`, `region_year`, `iso3`, for pairs `state` and `other`; the columns of the
        variants; ``"sample: ..."`` and ``"weight: ..."``.
    without : mapping of str to str
        Column of a variant that has no values, and why.
    provenance : Provenance
        Of every file read.
    same : tuple of Variant
        Outcomes and exposures that never vary for the case.
    """

    frame: pl.DataFrame
    without: Mapping[str, str]
    provenance: Provenance
    same: tuple[Variant, ...] = ()


def association_frame(
    asked: Association,
    variants: Sequence[Variant],
    client: str,
    holdings: Holdings,
    as_of: date,
) -> AssociationFrame | None:
    """Lay the variants of an association on the state system.

    Parameters
    ----------
    asked : Association
        From a claim.
    variants : sequence of Variant
        Those whose data sets can be read.
    client : str
        The case, by ISO3.
    holdings : Holdings
        The data sets.
    as_of : date
        The day up to which anything was known.

    Returns
    -------
    AssociationFrame or None
        None where no variant has a value in the years looked at.
    """
    catalogue = MeasureCatalogue(MEASURES, holdings)
    without: dict[str, str] = {}
    spans = _spans(asked, variants, catalogue, without)
    if not spans:
        return None
    last = min(spans, key=lambda span: -span[1])[1]
    limits = [last, as_of.year, date.today().year]
    first = max(asked.years.first - max(asked.lags), _EARLIEST)
    if "hazard" in asked.forms:
        # How long a spell has lasted is counted from the first year that is seen.
        first = min(first, _POST_WAR)
    last = min([*limits, *([asked.years.last] if asked.years.last else [])])
    if last < first:
        return None
    panel = build(catalogue, asked.unit, range(first, last + 1))
    wanted = {item.column: item for item in variants if item.column not in without}
    wanted |= _for_samples(asked, holdings)
    # Columns of a panel have plain names; what they stand for is said by the variant.
    names = {f"v{number}": name for number, name in enumerate(wanted)}
    for short, name in names.items():
        panel = _added(panel, wanted[name], short, name, without)
    there = {short: name for short, name in names.items() if short in panel.columns}
    keys = [*panel.grid.key_names, *panel.grid.iso3_names]
    frame = _keyed(panel.frame.select(*keys, *there).rename(there), asked.unit)
    frame = _sampled(frame, asked, client)
    lacking = {item.column for item in variants} - {*frame.columns, *without}
    without |= dict.fromkeys(lacking, "it has no values in these years")
    sides = (*asked.outcomes, *asked.exposures)
    same = tuple(item for item in sides if _never_varies(frame, item, client))
    return AssociationFrame(frame, without, panel.provenance, same)


def _spans(
    asked: Association,
    variants: Sequence[Variant],
    catalogue: MeasureCatalogue,
    without: dict[str, str],
) -> list[tuple[int, int]]:
    """The years of the outcomes, in every record of them."""
    outcomes = {item.column for item in asked.outcomes}
    spans = []
    for item in variants:
        try:
            values = catalogue.values(item.measure, item.picks)
        except (MissingDataError, ColumnNotFoundError) as error:
            without[item.column] = str(error).split("\n", 1)[0]
            continue
        if item.column in outcomes:
            spans.append(values.span)
    return spans


def _added(panel: Panel, item: Variant, short: str, named: str, without: dict[str, str]) -> Panel:
    try:
        return panel.add(item.measure, named=short, **item.picks)
    except PanelError as error:
        without[named] = str(error).split("\n", 1)[0]
        return panel


def _for_samples(asked: Association, holdings: Holdings) -> dict[str, Variant]:
    """What tells autocracies and micro-states, where a sample or a weight asks for it."""
    if asked.unit != "state-year":
        return {}
    taken = {*asked.samples, asked.population}
    wanted = {}
    if taken & {"autocracies", "democracies"}:
        picks = {"edition": "V-Dem 15"}
        wanted[_DEMOCRACY] = Variant("electoral_democracy", picks, "democracy", "democracy")
    if "without micro-states" in taken or "population" in asked.weights:
        picks = {"source": "capabilities"}
        wanted[_PEOPLE] = Variant("population", picks, "population", "population")
    return {name: item for name, item in wanted.items() if not holdings.lacking(item.datasets())}


def _keyed(frame: pl.DataFrame, unit: str) -> pl.DataFrame:
    if unit == "state-year":
        region = _region(pl.col("ccode"))
        return frame.with_columns(
            unit=pl.col("ccode").cast(pl.Int64),
            year=pl.col("year").cast(pl.Int64),
            region_year=pl.concat_str(region, pl.lit(" "), pl.col("year").cast(pl.String)),
        )
    state, other = pl.col("ccode1").cast(pl.Int64), pl.col("ccode2").cast(pl.Int64)
    return frame.with_columns(
        unit=state * 10_000 + other,
        state=state,
        other=other,
        year=pl.col("year").cast(pl.Int64),
    )


def _region(code: pl.Expr) -> pl.Expr:
    """The region of a state by its number; null beyond all of them."""
    named = pl.lit(None, dtype=pl.String)
    for name, beyond in reversed(_REGIONS.items()):
        named = pl.when(code < beyond).then(pl.lit(name)).otherwise(named)
    return named


def _sampled(frame: pl.DataFrame, asked: Association, client: str) -> pl.DataFrame:
    """The frame with a column of truth values for each sample, and with weights."""
    if _PEOPLE in frame.columns:
        # A state is as large as last known, before and after the record.
        filled = pl.col(_PEOPLE).forward_fill().backward_fill().over("unit", order_by="year")
        frame = frame.with_columns(filled.alias(_PEOPLE))
    codes = ("iso3",) if asked.unit == "state-year" else ("iso3_1", "iso3_2")
    isolated = pl.all_horizontal(
        pl.col(name).cast(pl.String).ne_missing(pl.lit(client)) for name in codes
    )
    rules = {"all states": pl.lit(value=True), "without the case": isolated}
    if _DEMOCRACY in frame.columns:
        rules["autocracies"] = pl.col(_DEMOCRACY) < AUTOCRACY
        rules["democracies"] = pl.col(_DEMOCRACY) >= AUTOCRACY
    if _PEOPLE in frame.columns:
        rules["without micro-states"] = (pl.col(_PEOPLE) >= MICRO_STATE).fill_null(value=True)
    whole = rules.get(asked.population, pl.lit(value=False))
    nobody = pl.lit(value=False)
    added = {
        f"sample: {label}": (rules.get(label, nobody) & whole).fill_null(value=False)
        for label in asked.samples
    }
    weights = {"weight: population": pl.col(_PEOPLE)} if _PEOPLE in frame.columns else {}
    return frame.with_columns(**added, **weights)


def _never_varies(frame: pl.DataFrame, item: Variant, client: str) -> bool:
    if item.column not in frame.columns or "iso3" not in frame.columns:
        return False
    own = frame.filter(pl.col("iso3").cast(pl.String) == client)[item.column].drop_nulls()
    return own.len() > 1 and own.n_unique() == 1
