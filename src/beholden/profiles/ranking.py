"""Rank states by a measure: the patrons over a client, the clients of a patron, or all states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from beholden.dates import in_words
from beholden.errors import MissingDataError, PanelError, UnknownStateError
from beholden.panels import STATE_YEAR
from beholden.profiles.lines import line
from beholden.profiles.options import option_words
from beholden.profiles.standings import (
    NO_ORDER,
    held_years,
    lower_is_first,
    orders,
    standings,
    years_with,
)
from beholden.profiles.successions import with_article
from beholden.states import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures import Measure
    from beholden.measures.catalogue import MeasureCatalogue
    from beholden.panels import Values
    from beholden.profiles.standings import Standings
    from beholden.states.timeline import Code

__all__ = ["Field", "Ranking", "rank"]


@dataclass(frozen=True)
class Field:
    """Who is ranked.

    Parameters
    ----------
    over : str
        ISO3 of the client whose patrons are ranked; empty for none.
    of : str
        ISO3 of the patron whose clients are ranked; empty for none.
    """

    over: str = ""
    of: str = ""

    @property
    def asked(self) -> str:
        """The state that the field is of; empty where all states are ranked."""
        return self.over or self.of


@dataclass(frozen=True)
class Ranking:
    """States in order.

    Parameters
    ----------
    measure : Measure
        What they are ranked by.
    picks : mapping of str to str
        Options taken.
    label : str
        The measure with the options taken, in words.
    field : Field
        Who is ranked.
    name : str
        The name that the state of the field bore in the year; empty for all states.
    scale, direction : str
        Unit, and what a higher value means.
    standings : Standings
        The order.
    lowest : bool
        Whether the lowest value comes first.
    sources, notes : tuple of str
        Data sets read; what a reader should know.
    """

    measure: Measure
    picks: Mapping[str, str]
    label: str
    field: Field
    name: str
    scale: str
    direction: str
    standings: Standings
    lowest: bool
    sources: tuple[str, ...]
    notes: tuple[str, ...]


def rank(
    catalogue: MeasureCatalogue,
    name: str,
    field: Field,
    year: int | None = None,
    picks: Mapping[str, str] | None = None,
    *,
    lowest: bool = False,
) -> Ranking:
    """Rank states by a measure in one year.

    Parameters
    ----------
    catalogue : MeasureCatalogue
        The measures.
    name : str
        Of pairs, and then `field` names one state; or of single states.
    field : Field
        Who is ranked.
    year : int or None
        None takes the last year with data.
    picks : mapping of str to str or None
        Choice to option; others take the reference.
    lowest : bool
        Whether to begin with the lowest value; measures that say "lower" do so anyway.

    Raises
    ------
    PanelError
        When the measure or an option is unknown, or the field does not go with the measure.
    UnknownStateError
        When the state is unknown, or did not exist in the year.
    MissingDataError
        When a data set is not held, or nobody has a value in the year; the message names the
        last year with data.
    """
    measure, picked = catalogue.measure(name), dict(picks or {})
    _require_field(measure, field)
    values, full = catalogue.values(name, picked), {**measure.reference(), **picked}
    values = replace(values, direction="lower" if lowest else measure.direction)
    if field.asked:
        field = replace(field, **{"over" if field.over else "of": line(field.asked).code})
        if year is not None:
            _require_there(field.asked, year)
    known = _years(values, field)
    ordered = orders(catalogue, measure, picked) if field.over else None
    unsure = set(known) - set(held_years(ordered, line(field.over))) if ordered else set[int]()
    known = tuple(year for year in known if year not in unsure)
    year = year or (known[-1] if known else 0)
    found = _standings(values, field, year) if year in known else None
    if found is None or not found.rows:
        reason = NO_ORDER if year in unsure else _reason(values, field, year)
        raise MissingDataError(_without(measure, values, field, (year, reason), known))
    return Ranking(
        measure=measure,
        picks=full,
        label=", ".join(part for part in (measure.title, option_words(measure, full)) if part),
        field=field,
        name=line(field.asked).name_in(year) if field.asked else "",
        scale=values.scale,
        direction=measure.direction,
        standings=found,
        lowest=lower_is_first(values),
        sources=values.sources,
        notes=values.notes,
    )


def _require_field(measure: Measure, field: Field) -> None:
    if measure.values is None:
        raise PanelError(
            f"{measure.name!r} is not measured for all states or pairs of states, so there is "
            "nothing to rank. `beholden measures` lists what is."
        )
    if measure.panel == STATE_YEAR and field.asked:
        raise PanelError(
            f"{measure.name!r} is measured for single states: leave out --over and --of"
        )
    if measure.panel != STATE_YEAR and bool(field.over) == bool(field.of):
        raise PanelError(
            f"{measure.name!r} is measured for pairs of states: name either the client whose "
            "patrons are ranked (--over CLIENT) or the patron whose clients are (--of PATRON)"
        )


def _require_there(code: str, year: int) -> None:
    """Refuse a year in which the state did not exist, or that was mostly another's."""
    asked, state = line(code), find(code, year)
    place = asked.place(year)
    holder = asked.stretches[place] if place is not None else None
    if holder is not None and holder.label != state.iso3:
        raise UnknownStateError(
            f"{code} existed in {year} only from {in_words(state.start)}; the figures of that year "
            f"are those of {holder.name} ({holder.label}). Ask for {holder.label}."
        )


def _codes(values: Values, field: Field) -> dict[int, Code | None]:
    """Year to the code of the state that the field is of, in the years that are its own."""
    asked = line(field.asked)
    own = asked.stretches[-1].label
    years = range(values.span[0], values.span[1] + 1)
    places = {year: asked.place(year) for year in years}
    return {
        year: asked.stretches[place].code(values.system, year)
        for year, place in places.items()
        if place is not None and asked.stretches[place].label == own
    }


def _years(values: Values, field: Field) -> tuple[int, ...]:
    """The years in which anybody of the field has a value."""
    if not field.asked:
        return years_with(values)
    codes = _codes(values, field)
    found: set[int] = set()
    for code in set(codes.values()) - {None}:
        there = years_with(values, **_asked(field, code))
        found |= {year for year in there if codes.get(year) == code}
    return tuple(sorted(found))


def _standings(values: Values, field: Field, year: int) -> Standings | None:
    asked = _asked(field, _codes(values, field)[year]) if field.asked else {}
    found = standings(values, (year,), **asked)
    return found[0] if found else None


def _asked(field: Field, code: Code | None) -> dict[str, Code | None]:
    return {"over" if field.over else "of": code}


def _reason(values: Values, field: Field, year: int) -> str:
    """What the source itself says of a year without a value."""
    if not field.asked or year not in _codes(values, field):
        return ""
    found = _standings(values, field, year)
    return found.unknown if found is not None else ""


def _without(
    measure: Measure,
    values: Values,
    field: Field,
    asked: tuple[int, str],
    known: tuple[int, ...],
) -> str:
    """Why there is nothing to rank in a year, and which years there are."""
    whom = ""
    if field.asked:
        whom = f" {'over' if field.over else 'of'} {with_article(line(field.asked).name)}"
    year, reason = asked
    told = f"no order by {measure.name}{whom}"
    if not known:
        return f"{told} in any year of {', '.join(values.sources)}"
    return (
        f"{told} in {year}{f': {reason}' if reason else ''}; the first year with data is "
        f"{known[0]}, the last {known[-1]}"
    )
