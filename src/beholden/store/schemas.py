"""The published columns of each kind of facts table: what a folder of facts must hold."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SCHEMAS", "ColumnSchema", "TableSchema"]


@dataclass(frozen=True)
class ColumnSchema:
    """One column: its kind, its meaning and whether every table of this kind must have it."""

    kind: str
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSchema:
    """One kind of facts table.

    Parameters
    ----------
    unit : str
        What a row is.
    keys : tuple of str
        Columns that name an observation; rows that share them are alternatives.
    known : str
        ``"act"``: public on the day it happened. ``"publication"``: known from the
        earliest date of its sources.
    day : str
        The column with the day or year.
    columns : dict
        Column name to its schema.
    """

    unit: str
    keys: tuple[str, ...]
    known: str
    day: str
    columns: dict[str, ColumnSchema]


_SOURCE = {
    "source_title": ColumnSchema("text", "titles of the sources, separated by |"),
    "source_url": ColumnSchema("text", "their addresses, separated by ;"),
    "source_date": ColumnSchema("text", "their days of publication, as known, separated by ;"),
    "confidence": ColumnSchema(
        "text",
        "high: two sources agree or an official document; medium: one reputable source; "
        "low: to be verified, or contradicted by other rows",
        allowed=("high", "medium", "low"),
    ),
    "note": ColumnSchema("text", "remarks of the compiler"),
}
_PREFERRED = ColumnSchema("integer", "1 = the row to take by default among alternatives")


def _table(
    row: str, keys: tuple[str, ...], known: str, day: str, /, **columns: ColumnSchema
) -> TableSchema:
    return TableSchema(row, keys, known, day, {**columns, **_SOURCE})


SCHEMAS: dict[str, TableSchema] = {
    "trade": _table(
        "dyad-year",
        ("year", "partner", "flow", "compiler", "crude_basis", "interkorean_basis"),
        "publication",
        "year",
        year=ColumnSchema("integer", "calendar year"),
        partner=ColumnSchema("text", "ISO3 of the partner, WLD for all partners"),
        flow=ColumnSchema(
            "text",
            "seen from the client: exports are what it sells",
            allowed=("exports", "imports", "total"),
        ),
        usd_million=ColumnSchema("number", "current US dollars, millions; empty on share rows"),
        share_of_total=ColumnSchema("number", "percent of the client's trade; empty on level rows"),
        definition=ColumnSchema("text", "what is counted"),
        compiler=ColumnSchema("text", "who compiled it"),
        crude_basis=ColumnSchema(
            "text",
            "whether estimated crude oil is in",
            allowed=(
                "incl_estimated_crude",
                "excl_unreported_crude",
                "crude_as_in_partner_customs",
                "unknown",
                "not_applicable",
            ),
        ),
        interkorean_basis=ColumnSchema(
            "text",
            "whether trade with the other half of a divided nation is in",
            allowed=("excl", "incl", "not_applicable"),
        ),
        value_type=ColumnSchema(
            "text", "how the figure arose", allowed=("published", "derived", "memory")
        ),
        preferred=_PREFERRED,
    ),
    "votes": _table(
        "vote",
        ("date", "body", "symbol"),
        "act",
        "date",
        date=ColumnSchema("date", "day of the vote or adoption"),
        body=ColumnSchema("text", "organ that decided"),
        symbol=ColumnSchema("text", "resolution, draft or meeting record"),
        subject=ColumnSchema("text", "what it was about"),
        yes=ColumnSchema("integer", "votes in favour; empty when there was no vote"),
        no=ColumnSchema("integer", "votes against"),
        abstain=ColumnSchema("integer", "abstentions"),
        absent=ColumnSchema("integer", "members that did not vote"),
        outcome=ColumnSchema(
            "text",
            "how it ended",
            allowed=(
                "adopted by vote",
                "adopted unanimously",
                "consensus",
                "rejected",
                "vetoed",
                "held without a vote",
                "not put to a vote",
            ),
        ),
        states_against=ColumnSchema("text", "ISO3 of states that voted no", required=False),
        preferred=_PREFERRED,
    ),
    "events": _table(
        "event",
        ("date", "kind", "title"),
        "act",
        "date",
        date=ColumnSchema("date", "day or month of the event"),
        date_end=ColumnSchema("date", "last day, for events that lasted", required=False),
        kind=ColumnSchema("text", "kind of event"),
        title=ColumnSchema("text", "what happened"),
        actors=ColumnSchema("text", "ISO3 of states and names of bodies, separated by ;"),
    ),
    "arrivals": _table(
        "state-year",
        ("year", "period_start", "period_end"),
        "publication",
        "year",
        year=ColumnSchema("integer", "last year of the period"),
        period_start=ColumnSchema("text", "first year or month of the period"),
        period_end=ColumnSchema("text", "last year or month of the period"),
        arrivals_total=ColumnSchema("integer", "persons who arrived"),
        status=ColumnSchema("text", "final, provisional, earlier release, contemporaneous"),
        series=ColumnSchema("text", "which published series"),
        preferred=_PREFERRED,
    ),
    "returns": _table(
        "event",
        ("date", "date_end", "measure", "claim_basis"),
        "publication",
        "date",
        date=ColumnSchema("date", "day, month or first year"),
        date_end=ColumnSchema("date", "last day, month or year", required=False),
        measure=ColumnSchema("text", "what is counted: returns, documented cases, stock, ..."),
        low=ColumnSchema("integer", "lowest figure"),
        high=ColumnSchema("integer", "highest figure; empty means at least"),
        unit=ColumnSchema("text", "persons, cases, ..."),
        destination_from=ColumnSchema("text", "state that returned them"),
        claim_basis=ColumnSchema("text", "who says so"),
    ),
    "aid": _table(
        "dyad-year",
        ("year", "donor", "kind", "status"),
        "publication",
        "year",
        year=ColumnSchema("integer", "calendar year, or first year of a period"),
        year_end=ColumnSchema("integer", "last year, for totals over years", required=False),
        donor=ColumnSchema("text", "ISO3 or name of the donor"),
        kind=ColumnSchema("text", "food, fuel, fertilizer, goods, ..."),
        status=ColumnSchema("text", "pledged, delivered, estimate, trade record, ..."),
        quantity=ColumnSchema("number", "amount in `unit`"),
        unit=ColumnSchema("text", "t, barrels, KRW 100 million, ..."),
        usd_million=ColumnSchema("number", "value in millions of US dollars"),
    ),
    "vetoes": _table(
        "vote",
        ("date", "draft_symbol"),
        "act",
        "date",
        date=ColumnSchema("date", "day of the vote"),
        draft_symbol=ColumnSchema("text", "symbol of the draft"),
        subject_state=ColumnSchema("text", "ISO3 of the state the draft was about"),
        vetoing_states=ColumnSchema("text", "ISO3 of the permanent members that voted no"),
        yes=ColumnSchema("integer", "votes in favour"),
        no=ColumnSchema("integer", "votes against"),
        abstain=ColumnSchema("integer", "abstentions"),
        topic=ColumnSchema("text", "what the draft was about"),
        scope=ColumnSchema("text", "core, marginal or DPRK"),
    ),
}
