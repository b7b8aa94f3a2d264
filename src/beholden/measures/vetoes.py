"""Cover in the Security Council: vetoes cast for a client, by permanent member and year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from beholden.core import Series, union_provenance
from beholden.errors import MissingDataError
from beholden.measures.base import Choice, Option
from beholden.measures.frames import YEAR
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import claimed, panel_measure
from beholden.measures.veto_coding import veto_targets
from beholden.panels import DYAD_YEAR
from beholden.states import un_seat
from beholden.states.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Evidence, Measure, Row, Target
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "RECORD_ENDS", "VETOES_CAST", "cast_for", "permanent_members"]

SET = "un_sc_vetoes"
# The last veto listed; those since, the first on 30 September 2022, are not in the list.
RECORD_ENDS = date(2022, 7, 8)
_BEGINS = 1946
_COMPLETE, _LISTED, _LATER = "complete years", "to the last veto listed", "with later vetoes"
_PART = "part of the year"
_KEYS = ["state", "other", "year"]
_SCALE = "vetoes"
_DIRECTION = "higher: the patron blocked more drafts for the client"


def permanent_members(year: int) -> tuple[str, ...]:
    """The permanent members whose vetoes the list covers for the whole of a year, by ISO3.

    The Republic of China is left out, since the list leaves out its veto of 1955: China counts
    from 1972, the first full year of the People's Republic in the seat.

    Parameters
    ----------
    year : int
        From 1946 on.

    Examples
    --------
    >>> permanent_members(1971)
    ('FRA', 'GBR', 'SUN', 'USA')
    >>> permanent_members(1992)
    ('CHN', 'FRA', 'GBR', 'RUS', 'USA')
    """
    seats = [seat for seat in ("CHN", "FRA", "GBR", "RUS", "USA") if seat != "CHN" or year >= 1972]
    holders = (un_seat(seat, date(year, 1, 1)).iso3 for seat in seats)
    return tuple(sorted(iso3 for iso3 in holders if iso3))


def cast_for(vetoes: pl.DataFrame, matter: str = "any", coding: str = "all") -> pl.DataFrame:
    """Each veto with each state that it protected, other than the member that cast it.

    Parameters
    ----------
    vetoes : polars.DataFrame
        Drafts with the members that vetoed them: `draft`, `date`, `member_iso3`, and `number`
        as in `un_sc_vetoes`, null where the list has no such draft.
    matter : str
        ``"any"`` or ``"people"``: only drafts on what the target does to people.
    coding : str
        ``"all"`` or ``"plain cases"``: without those that can be coded otherwise.

    Returns
    -------
    polars.DataFrame
        `state` protected, `other` that vetoed, `year`, `draft`.
    """
    coded = veto_targets().filter(pl.col("effect") == "protects").drop_nulls("target")
    if matter == "people":
        coded = coded.filter(pl.col("matter") == "people")
    if coding == "plain cases":
        coded = coded.filter(pl.col("certainty") == "plain")
    joined = vetoes.join(
        coded.select("number", "draft", "target"), on=["number", "draft"], nulls_equal=True
    )
    return joined.filter(pl.col("target") != pl.col("member_iso3")).select(
        pl.col("target").alias("state"),
        pl.col("member_iso3").alias("other"),
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        "draft",
    )


def _vetoes_cast(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    vetoes = holdings.frame(SET)
    counts = (
        cast_for(vetoes, picks["matter"], picks["coding"]).group_by(_KEYS).agg(pl.len().alias("n"))
    )
    covered = _covered(holdings)
    whole = covered.year if (covered.month, covered.day) == (12, 31) else covered.year - 1
    last = whole if picks["record"] == _COMPLETE else covered.year
    pairs = _pairs(last).join(counts, on=_KEYS, how="left", validate="1:1")
    part = pl.col("year") > whole
    frame = pairs.select(
        *_KEYS,
        # In a year that the record covers in part, no veto yet is not no veto.
        x=pl.when(part).then(pl.col("n")).otherwise(pl.col("n").fill_null(0)).cast(pl.Float64),
        why=pl.when(part & pl.col("n").is_null()).then(pl.lit(_PART)),
    )
    values = made(
        holdings,
        frame.sort(_KEYS),
        (SET,),
        system="iso3",
        scale=_SCALE,
        direction=_DIRECTION,
        span=(_BEGINS, last),
        notes=("States other than the permanent members have no veto and no value.",),
        step="vetoes that protect the state, counted by member and year",
    )
    return replace(values, missing={_PART: "the record of vetoes covers the year in part"})


def _covered(holdings: Holdings) -> date:
    """The last day up to which every veto is known."""
    return min(RECORD_ENDS, holdings.as_of)


def _pairs(last: int) -> pl.DataFrame:
    """Every state with every permanent member of each year, but none with itself."""
    there = {
        (state.iso3, year)
        for state in timeline()
        if state.iso3
        for year in range(max(state.start.year, _BEGINS), min(state.last.year, last) + 1)
    }
    members = {year: permanent_members(year) for year in range(_BEGINS, last + 1)}
    rows = [(iso3, other, year) for iso3, year in there for other in members[year] if iso3 != other]
    schema = {"state": pl.String, "other": pl.String, "year": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _claimed(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    """The years of one pair; with later vetoes from facts, where those are asked for."""
    later = picks["record"] == _LATER
    asked = {**picks, "record": _LISTED} if later else picks
    series = claimed("vetoes_cast", _vetoes_cast, evidence, target, asked, (SET,))
    if not later:
        return series
    if "vetoes" not in evidence.tables:
        raise MissingDataError(f"facts of the kind `vetoes` about {target.client}")
    return _with_later(series, evidence, _later_rows(evidence, target, picks))


def _later_rows(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> list[Row]:
    """The facts on vetoes after the list's end that the patron cast for the client."""
    years = target.years.until(evidence.as_of.year) if target.years else None
    rows = [row for row in evidence.rows("vetoes") if _is_later(row, target.other, years)]
    brought = pl.DataFrame(
        [(None, row["draft_symbol"], row["start"], target.other) for row in rows],
        schema={"number": pl.Int64, "draft": pl.String, "date": pl.Date, "member_iso3": pl.String},
        orient="row",
    )
    found = cast_for(brought, picks["matter"], picks["coding"])
    for_client = set(found.filter(pl.col("state") == target.client)["draft"].to_list())
    coded = set(veto_targets()["draft"].to_list())
    return [
        row
        for row in rows
        if row["draft_symbol"] in for_client
        or (row["draft_symbol"] not in coded and _by_subject(row, target, picks))
    ]


def _by_subject(row: Row, target: Target, picks: Mapping[str, str]) -> bool:
    """Whether a veto that the coding does not know counts: by the state that the facts name."""
    fits = picks["matter"] == "any" or row["scope"] == "core"
    own = row["subject_state"] == target.client != target.other
    return own and fits and picks["coding"] == "all"


def _is_later(row: Row, member: str, years: range | None) -> bool:
    day, members = row["start"], str(row["vetoing_states"]).split(";")
    return (
        isinstance(day, date)
        and day > RECORD_ENDS
        and member in members
        and (years is None or day.year in years)
    )


def _with_later(series: Series, evidence: Evidence, rows: list[Row]) -> Series:
    added = pl.DataFrame(
        [(row["start"], 1.0, [str(row["row"])]) for row in rows],
        schema={"day": pl.Date, "x": pl.Float64, "rows": pl.List(pl.String)},
        orient="row",
    ).select(pl.col("day").dt.year().cast(pl.Int64).alias("year"), "x", "rows")
    both = pl.concat([series.frame.select("year", "x", "rows"), added])
    yearly = both.group_by("year").agg(pl.col("x").sum(), pl.col("rows").explode().unique().sort())
    frame = yearly.select("year", "x", pl.col("x").alias("low"), pl.col("x").alias("high"), "rows")
    facts = evidence.series(frame, "year", _SCALE, rows)
    note = f"After {RECORD_ENDS} the facts list vetoes, but a year without one is no zero."
    return replace(
        series,
        frame=frame.cast(YEAR).sort("year"),  # type: ignore[arg-type]
        sources={**series.sources, **facts.sources},
        provenance=union_provenance([series.provenance, facts.provenance]),
        notes=(*series.notes, note),
    )


_MATTER = Choice(
    "matter",
    "which drafts count",
    (
        Option("any", "whatever the draft was on", "a veto protects on any matter"),
        Option(
            "people",
            "on drafts about how the client treats people",
            "apart from its wars, its weapons and its neighbours",
        ),
    ),
    "not equivalent",
)
_CODING = Choice(
    "coding",
    "whether drafts that can be coded otherwise count",
    (
        Option("all", "with arguable cases", "each is coded as the Council's record reads"),
        Option("plain cases", "without arguable cases", "nobody would code these otherwise"),
    ),
    "uncertain",
)
_RECORD = Choice(
    "record",
    "how far the record of vetoes is followed",
    (
        Option(
            _LISTED,
            "up to the last veto listed",
            "vetoes of a year that the record covers in part are known; that there were none is "
            "not",
        ),
        Option(
            _COMPLETE,
            "in years that the list of vetoes covers whole",
            "only there is a year without a veto known to be one",
        ),
        Option(
            _LATER,
            "with later vetoes from the case file",
            "the list ends in July 2022; the case file names later vetoes, though not all",
            facts=True,
        ),
    ),
    "not equivalent",
)

VETOES_CAST: Measure = replace(
    panel_measure(
        "vetoes_cast",
        "cover",
        "vetoes in the Security Council that the patron cast for the client",
        _vetoes_cast,
        unit=DYAD_YEAR,
        definition=(
            "Number of drafts in a year that the permanent member vetoed and that would have "
            "brought criticism, demands, measures or an unwanted settlement on the client. Which "
            "state a draft was about is coded in measures/tables/veto_targets.csv; refused "
            "applications, vetoes of drafts as too weak, and a member's vetoes for itself do not "
            "count."
        ),
        formula="count of vetoes coded as protecting the client; 0 in a covered year without one",
        scale=_SCALE,
        direction=_DIRECTION,
        limits=(
            "Drafts that were never tabled, because a veto was expected, leave no trace, so a year "
            "without a veto may be one of certain cover. A veto cast by several members counts for "
            "each. The coding is by agenda item and review, not from the texts. The list leaves "
            "out the veto of the Republic of China and what followed July 2022."
        ),
        references=(
            (
                "Yordan, C. L. (2022). List of UN Security Council vetoes (1946-2022). "
                "https://github.com/world-politics-datalab/vetoes-un-security-council"
            ),
            "Charter of the United Nations, Article 27(3)",
        ),
        choices=(_MATTER, _CODING, _RECORD),
        sets=(SET,),
    ),
    compute=_claimed,
    uses=("vetoes",),
)
MEASURES: tuple[Measure, ...] = (VETOES_CAST,)
