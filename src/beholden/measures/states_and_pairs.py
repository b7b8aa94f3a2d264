"""Measures of every state or pair of states: in panels by name, and in claims as a series."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from beholden.core import Series, Source
from beholden.errors import MissingDataError, PanelError, TableError, nearest
from beholden.measures.base import Measure
from beholden.measures.frames import YEAR
from beholden.panels import DYAD_YEAR
from beholden.states.timeline import index, on_window, window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from beholden.measures.base import Choice, Evidence, Target
    from beholden.panels import Holdings, Unit, Values
    from beholden.states.timeline import System

    Compute = Callable[[Holdings, Mapping[str, str]], Values]

__all__ = ["checked", "claimed", "panel_measure", "series_of", "source_of", "values_of"]

_NORMAL_95 = 1.959964


def panel_measure(
    name: str,
    construct: str,
    title: str,
    values: Compute,
    *,
    unit: Unit,
    definition: str,
    formula: str,
    scale: str,
    direction: str,
    limits: str,
    references: tuple[str, ...],
    choices: tuple[Choice, ...] = (),
    sets: tuple[str, ...] = (),
    forbids: Callable[[Mapping[str, str]], str] | None = None,
) -> Measure:
    """A measure of all states or pairs, which claims can also put to one client.

    Parameters
    ----------
    name, construct, title, definition, scale, direction, limits, references, choices, sets, \
forbids, formula
        As in :class:`beholden.measures.base.Measure`.
    values : callable
        (holdings, picks) to Values; picks hold an option for every choice.
    unit : str
        ``"state-year"`` or ``"dyad-year"``.

    Returns
    -------
    Measure
        In a claim its value in a year is that of the client, or of the client with the
        target's other state.
    """
    return Measure(
        name=name,
        construct=construct,
        title=title,
        definition=definition,
        unit="year",
        scale=scale,
        direction=direction,
        choices=choices,
        compute=partial(_claimed, name, sets, choices, values),
        limits=limits,
        references=references,
        forbids=forbids,
        values=values,
        panel=unit,
        formula=formula,
        sets=sets,
    )


def _claimed(
    name: str,
    sets: tuple[str, ...],
    choices: tuple[Choice, ...],
    compute: Compute,
    evidence: Evidence,
    target: Target,
    picks: Mapping[str, str],
) -> Series:
    needs = [*sets, *(need for c in choices for need in c.option(picks[c.name]).needs)]
    return claimed(name, compute, evidence, target, picks, tuple(needs))


def claimed(
    name: str,
    compute: Compute,
    evidence: Evidence,
    target: Target,
    picks: Mapping[str, str],
    needs: tuple[str, ...],
) -> Series:
    """A measure of all states or pairs as a claim about one of them sees it.

    Raises
    ------
    MissingDataError
        When there is no library, or it lacks one of `needs`.
    """
    holdings = evidence.data
    if holdings is None:
        raise MissingDataError(
            f"{name} needs data sets; get them with: beholden fetch {' '.join(needs)}", needs
        )
    values = _kept(name, compute, holdings, picks)
    return series_of(values, holdings, target, evidence.as_of.year)


def _kept(name: str, compute: Compute, holdings: Holdings, picks: Mapping[str, str]) -> Values:
    """The values under those picks; all claims of a run share them."""
    return holdings.once((name, tuple(sorted(picks.items()))), lambda: compute(holdings, picks))


def values_of(measure: Measure, holdings: Holdings, picks: Mapping[str, str]) -> Values:
    """A measure of all states or pairs under some picks; others take the reference.

    Parameters
    ----------
    measure : Measure
        One with `values`.
    holdings : Holdings
        The data sets.
    picks : mapping of str to str
        Choice to option.

    Raises
    ------
    PanelError
        When the measure exists for single claims only, an option is unknown, or the options
        do not go together.
    MissingDataError
        When a data set is not held.
    """
    if measure.values is None:
        raise PanelError(
            f"{measure.name!r} is computed from the facts about one client; expected a measure "
            "of all states or pairs of states. `beholden measures` marks them."
        )
    return _kept(measure.name, measure.values, holdings, checked(measure, picks))


def checked(measure: Measure, picks: Mapping[str, str]) -> dict[str, str]:
    """An option for every choice of a measure.

    Raises
    ------
    PanelError
        When a choice or an option is unknown, or the options do not go together.
    """
    full = measure.reference()
    for name, label in picks.items():
        choice = next((item for item in measure.choices if item.name == name), None)
        if choice is None:
            raise PanelError(
                f"{measure.name!r} has no choice {name!r}. "
                f"{nearest(name, full) or 'It has no choices.'}"
            )
        if label not in choice.labels():
            raise PanelError(
                f"{measure.name!r}: expected an option of {name}, found {label!r}. "
                f"{nearest(label, choice.labels())}"
            )
        if choice.option(label).facts:
            raise PanelError(
                f"{measure.name!r}: {label!r} is computed from the facts about one client; "
                "expected an option that covers all states"
            )
        full[name] = label
    reason = measure.forbids(full) if measure.forbids else ""
    if reason:
        raise PanelError(f"{measure.name!r}: the options do not go together: {reason}")
    return full


def series_of(values: Values, holdings: Holdings, target: Target, until: int) -> Series:
    """The years of one state or pair, as a claim looks at them.

    Parameters
    ----------
    values : Values
        Of all states or pairs.
    holdings : Holdings
        For the sources' names.
    target : Target
        Client and other state by ISO3, and years.
    until : int
        The last year known.

    Returns
    -------
    Series
        Each year with the value of the state that bore the code then; a year without a row,
        or with an empty one, is missing.
    """
    first, last = values.span
    wanted = target.years.until(min(until, last)) if target.years else range(first, last + 1)
    years = [year for year in wanted if year >= first]
    keys = {"state": _codes(target.client, years, values.system)}
    if values.unit == DYAD_YEAR:
        keys["other"] = _codes(target.other, years, values.system)
    rows = pl.DataFrame({"year": years, **keys}, schema_overrides={"year": pl.Int64})
    own = _own_rows(values, keys)
    rows = rows.cast({name: own.schema[name] for name in keys})
    joined = rows.join(own, on=[*keys, "year"], how="left", maintain_order="left")
    return Series(
        _yearly(joined, values),
        "year",
        values.scale,
        {name: source_of(holdings, name) for name in values.sources},
        values.provenance,
        values.notes,
    )


def _own_rows(values: Values, keys: Mapping[str, list[object]]) -> pl.DataFrame:
    """The rows of a state or pair, in the order of the keys asked for; one for a year.

    Raises
    ------
    TableError
        When the source has two rows for one year.
    """
    frame = values.frame
    turned = frame.rename({"state": "other", "other": "state"}) if values.symmetric else None
    found = [
        part.filter(_within(part, keys)).select(frame.columns)
        for part in (frame, turned)
        if part is not None
    ]
    own = pl.concat(found).with_columns(pl.col("year").cast(pl.Int64))
    twice = own.filter(own.select(*keys, "year").is_duplicated())
    if twice.height:
        shown = ", ".join(f"{name} {twice[name][0]}" for name in (*keys, "year"))
        raise TableError(
            f"{', '.join(values.sources)}: expected one row for {shown}, found "
            f"{own.filter(pl.col('year') == twice['year'][0]).height}"
        )
    return own


def _within(frame: pl.DataFrame, keys: Mapping[str, list[object]]) -> pl.Expr:
    codes = {
        name: pl.Series([code for code in wanted if code is not None], dtype=frame.schema[name])
        for name, wanted in keys.items()
    }
    return pl.all_horizontal(
        pl.col(name).is_in(series.unique().implode()) for name, series in codes.items()
    )


def _codes(iso3: str, years: list[int], system: System) -> list[object]:
    """The code that the state under an ISO3 code bore in each year; None where none did."""
    stretches = index("iso3").get(iso3, ())
    found = []
    for year in years:
        there = on_window(stretches, window(year))
        found.append(getattr(there[-1], system) if there else None)
    return found


def _yearly(joined: pl.DataFrame, values: Values) -> pl.DataFrame:
    x, spread = pl.col("x").cast(pl.Float64), _NORMAL_95
    if "se" in joined.columns:
        low, high = x - spread * pl.col("se"), x + spread * pl.col("se")
    elif "low" in joined.columns:
        low, high = pl.col("low"), pl.col("high")
    else:
        low, high = x, x
    known = joined.filter(pl.col("x").is_not_null())
    named = pl.lit(list(values.sources), dtype=pl.List(pl.String))
    return known.select(
        "year", x.alias("x"), low.alias("low"), high.alias("high"), named.alias("rows")
    ).cast(YEAR)  # type: ignore[arg-type]


def source_of(holdings: Holdings, name: str) -> Source:
    """A data set as the source of a figure."""
    record = holdings.record(name)
    address = f"https://doi.org/{record.doi}" if record.doi else record.home
    return Source(
        title=record.title,
        url=address,
        dated=record.released or record.version,
        confidence="data set",
        row=name,
        note=f"Version {record.version}",
    )
