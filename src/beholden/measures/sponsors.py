"""Who puts its name to texts on a client's human rights, adopted by vote or without one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.country_resolutions import country_resolutions, overrides
from beholden.measures.reading import made
from beholden.measures.state_names import states_named
from beholden.measures.states_and_pairs import panel_measure
from beholden.measures.targets import polarity_of, subject_of
from beholden.panels import DYAD_YEAR, STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from beholden.measures.base import Measure
    from beholden.measures.targets import Row
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "Sponsorship", "rights_texts", "sponsorship"]

_RESOLUTIONS = {"GA": "un_ga_resolutions_dgacm", "HRC": "un_hrc_resolutions_dgacm"}
_VOTES = "un_ga_resolutions_dgacm_votes"
_REVIEWS = "un_upr_recommendations"
_SETS = (_VOTES, _REVIEWS)
_ASSEMBLY, _COUNCIL, _EITHER = "Assembly", "Human Rights Council", "both bodies"
_BODIES = {_ASSEMBLY: ("GA",), _COUNCIL: ("HRC",), _EITHER: ("GA", "HRC")}
_NEEDS = {
    body: tuple(f"{_RESOLUTIONS[one]}{part}" for one in short for part in ("", "_sponsors"))
    for body, short in _BODIES.items()
}
# What stands among sponsors and is no member: it leaves nobody's sponsorship open.
_NO_MEMBER = re.compile(
    r"chair|president|submitted|on the basis of|introduced|palestine|holy see|european union", re.I
)
_GROUP = re.compile(r"on behalf of", re.I)
_SPOKEN_FOR = re.compile(r"\(on behalf of[^()]*\)", re.I)
_ISLAMIC = re.compile(r"islamic cooperation", re.I)
_CLOSED, _MEMBERS_OF_OIC, _ANYBODY = "nobody", "members of the OIC", "anybody"
_ORDER = (_CLOSED, _MEMBERS_OF_OIC, _ANYBODY)
_OPEN = "open"
_KEYS = ["state", "other", "year"]


@dataclass(frozen=True, eq=False)
class Sponsorship:
    """The texts on states' human rights and their sponsors.

    Attributes
    ----------
    texts : polars.DataFrame
        One row for each target of each text: `symbol`, `year`, `state` (the target) and `open`:
        whose sponsorship the list leaves open. "nobody", or "members of the OIC" where one
        state spoke for the Organisation of Islamic Cooperation, or "anybody" where the list
        cannot be read in full.
    named : polars.DataFrame
        One row for each state named as a sponsor: `symbol`, `iso3`, `tabled`, whether it was
        there when the text was put forward.
    """

    texts: pl.DataFrame
    named: pl.DataFrame


def rights_texts(resolutions: pl.DataFrame, body: str) -> pl.DataFrame:
    """The adopted texts that criticise a state over human rights, with and without a vote.

    The rule on titles decides, as for roll calls; corrections made by hand of texts put to a
    vote count here too.

    Parameters
    ----------
    resolutions : polars.DataFrame
        The table `un_ga_resolutions_dgacm` or `un_hrc_resolutions_dgacm`.
    body : str
        ``"GA"`` or ``"HRC"``.

    Returns
    -------
    polars.DataFrame
        `symbol`, `year`, `state`; one row for each target.
    """
    changed = country_resolutions().filter(body=body, rule="override", motion="text").to_dicts()
    by_hand = {row["symbol"]: row for row in changed}
    out = set(overrides().filter(subject="none")["id"].str.strip_prefix("GA-").to_list())
    rows: list[tuple[str, int, str]] = []
    for row in resolutions.select("symbol", "date", "year", "title").to_dicts():
        coded = by_hand.get(row["symbol"]) or _ruled(row["title"] or "", row["date"], body)
        critical = (coded["subject"], coded["polarity"]) == ("rights", "against")
        if critical and row["symbol"] not in out:
            rows += [(row["symbol"], row["year"], state) for state in coded["target"].split(";")]
    schema = {"symbol": pl.String, "year": pl.Int64, "state": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _ruled(title: str, on: date, body: str) -> dict[str, str]:
    found = subject_of(title, on, body)
    if found is None:
        return {"subject": "", "polarity": "", "target": ""}
    polarity = polarity_of(found.subject, "text", title)
    return {"subject": found.subject, "polarity": polarity, "target": ";".join(found.targets)}


def sponsorship(holdings: Holdings, bodies: str) -> Sponsorship:
    """The texts on rights of one body or both, with their sponsors as the Secretariat lists them.

    Parameters
    ----------
    holdings : Holdings
        The library.
    bodies : str
        ``"Assembly"``, ``"Human Rights Council"`` or ``"both bodies"``.

    Raises
    ------
    MissingDataError
        When a data set is not held.
    """
    return holdings.once(("sponsorship", bodies), lambda: _sponsorship(holdings, bodies))


def _sponsorship(holdings: Holdings, bodies: str) -> Sponsorship:
    texts, lists = [], []
    for body in _BODIES[bodies]:
        name = _RESOLUTIONS[body]
        own = rights_texts(holdings.frame(name), body)
        entries = holdings.frame(f"{name}_sponsors").join(own, on="symbol", how="semi")
        read = _read(entries.to_dicts(), body)
        texts.append(own.join(read.texts, on="symbol", validate="m:1"))
        lists.append(read.named)
    return Sponsorship(pl.concat(texts), pl.concat(lists))


def _read(entries: list[Row], body: str) -> Sponsorship:
    """The states that lists of sponsors name, and whom the lists leave open."""
    named: set[tuple[str, str, bool]] = set()
    left: dict[str, str] = {}
    for entry in entries:
        symbol, printed = entry["symbol"], entry["sponsor"]
        found = (entry["iso3"],) if entry["iso3"] else _states_in(printed, entry["date"])
        named |= {(symbol, iso3, entry["role"] == "sponsor") for iso3 in found}
        left[symbol] = max(left.get(symbol, _CLOSED), _left_open(printed, found), key=_ORDER.index)
    lists = pl.DataFrame(
        sorted(named),
        schema={"symbol": pl.String, "iso3": pl.String, "tabled": pl.Boolean},
        orient="row",
    )
    # A text that no state is named for, such as a chair's, says nothing about states.
    texts = lists.group_by("symbol").agg(pl.col("iso3").n_unique().alias("states"))
    whose = pl.col("symbol").replace_strict(left, return_dtype=pl.String)
    if body == "HRC":
        # The Council's lists drop the words by which one state speaks for a group.
        whose = pl.when(pl.col("states") == 1).then(pl.lit(_ANYBODY)).otherwise(whose)
    return Sponsorship(texts.select("symbol", open=whose), lists)


def _states_in(printed: str, on: date) -> tuple[str, ...]:
    """The states in an entry that runs several together or breaks a name in two."""
    own = _GROUP.split(_SPOKEN_FOR.sub(" ", printed))[0]
    return states_named(own, on) or states_named(own.replace(" ", ""), on)


def _left_open(printed: str, found: tuple[str, ...]) -> str:
    if _GROUP.search(printed):
        return _MEMBERS_OF_OIC if _ISLAMIC.search(printed) else _ANYBODY
    return _CLOSED if found or _NO_MEMBER.search(printed) else _ANYBODY


def _named(found: Sponsorship, joined: str) -> pl.DataFrame:
    named = found.named if joined == "with those who joined" else found.named.filter("tabled")
    return named.select("symbol", "iso3").unique()


def _islamic(holdings: Holdings) -> list[str]:
    """The members of the OIC as UPR Info lists them: whose sponsorship its speaker may hold."""
    reviews = holdings.frame(_REVIEWS, ("under_review_iso3", "under_review_orgs"))
    members = reviews.filter(pl.col("under_review_orgs").str.contains(r"\bOIC\b"))
    return members["under_review_iso3"].drop_nulls().unique().sort().to_list()


def _cosponsorship(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = sponsorship(holdings, picks["bodies"])
    # Whoever has ever voted in these years is a member; the membership has not changed.
    members = holdings.frame(_VOTES, ("iso3",)).drop_nulls().unique().rename({"iso3": "other"})
    named = _named(found, picks["joined"]).with_columns(named=pl.lit(value=True))
    pairs = (
        found.texts.join(members, how="cross")
        .filter(pl.col("state") != pl.col("other"))
        .join(named, left_on=["symbol", "other"], right_on=["symbol", "iso3"], how="left")
    )
    unknown = (pl.col("open") == _ANYBODY) | (
        (pl.col("open") == _MEMBERS_OF_OIC) & pl.col("other").is_in(_islamic(holdings))
    )
    each = pairs.with_columns(x=pl.when("named").then(1.0).when(~unknown).then(0.0))
    # With an open text the year is known only if the others decide it.
    some = pl.when(pl.col("x").max() == 1).then(1.0).when(pl.col("x").null_count() == 0).then(0.0)
    part = pl.when(pl.col("x").null_count() == 0).then(pl.col("x").mean())
    x = some if picks["texts"] == "at least one" else part
    frame = each.group_by(_KEYS).agg(x=x).sort(_KEYS)
    values = made(
        holdings,
        frame.with_columns(why=pl.when(pl.col("x").is_null()).then(pl.lit(_OPEN))),
        (*_SETS, *_NEEDS[picks["bodies"]]),
        system="iso3",
        scale="0 to 1",
        direction="higher: the other state presses the client more",
        step=f"whether the state is named as a sponsor, {picks['texts']} of the year's texts",
        notes=("A year without a text on the state's rights has no value.",),
    )
    return replace(
        values, missing={_OPEN: "the list does not say for whom a group's speaker spoke"}
    )


def _sponsors(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = sponsorship(holdings, picks["bodies"])
    lists = _named(found, picks["joined"]).group_by("symbol").agg(pl.col("iso3").alias("named"))
    texts = found.texts.join(lists, on="symbol", how="left").to_dicts()
    islamic, rows = set(_islamic(holdings)), []
    for state, year in sorted({(text["state"], text["year"]) for text in texts}):
        own = [text for text in texts if (text["state"], text["year"]) == (state, year)]
        low = [set(text["named"] or ()) - {state} for text in own]
        high = [
            names | (islamic - {state} if text["open"] == _MEMBERS_OF_OIC else set())
            for names, text in zip(low, own, strict=True)
        ]
        known = all(text["open"] != _ANYBODY for text in own)
        ends = [_count(sets, picks["several"]) if known else None for sets in (low, high)]
        rows.append((state, year, ends[0], *ends))
    schema = {"state": pl.String, "year": pl.Int64} | dict.fromkeys(
        ("x", "low", "high"), pl.Float64
    )
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return made(
        holdings,
        frame,
        (*_SETS, *_NEEDS[picks["bodies"]]),
        system="iso3",
        scale="states",
        direction="higher: more states press",
        step="states named as sponsors; the upper end adds those that a speaker may stand for",
        notes=("Where one state speaks for a group, the others of the group are not counted.",),
    )


def _count(sets: list[set[str]], several: str) -> float:
    if several == "each state once":
        return float(len(set().union(*sets)))
    return sum(len(names) for names in sets) / len(sets)


_BODY = Choice(
    "bodies",
    "which United Nations bodies are counted",
    (
        Option(
            _ASSEMBLY, "in the General Assembly", "lists of 2019-2026, complete", _NEEDS[_ASSEMBLY]
        ),
        Option(
            _COUNCIL,
            "in the Human Rights Council",
            "also states that the Assembly has no text on; lists of 2023-2025, with gaps",
            _NEEDS[_COUNCIL],
        ),
        Option(_EITHER, "in the Assembly and the Council", "every text there is", _NEEDS[_EITHER]),
    ),
    "not equivalent",
)
_JOINED = Choice(
    "joined",
    "whether those who joined later count",
    (
        Option(
            "with those who joined", "with those who joined later", "all who put their name to it"
        ),
        Option("at tabling", "when the text was put forward", "the first to press, unasked"),
    ),
    "uncertain",
)
_LIMITS = (
    "Only adopted texts, by the rule on titles, docs/country-resolutions.md. Whose sponsorship a "
    "list leaves open, since one state speaks for a group such as the Organisation of Islamic "
    "Cooperation, is unknown, not no. The Council's lists name no later joiners and miss whole "
    "sessions."
)
_SECRETARIAT = (
    "United Nations, Department for General Assembly and Conference Management. (2026). "
    "Machine-readable General Assembly resolutions. https://github.com/UNxml/GAresolutions"
)

COSPONSORSHIP = panel_measure(
    "cosponsorship",
    "cover",
    "whether the other state sponsored a text on the client's human rights",
    _cosponsorship,
    unit=DYAD_YEAR,
    definition=(
        "1 where a member of the United Nations is among the sponsors of a text of the year on "
        "human rights in the client, 0 where it is not; texts adopted without a vote count as "
        "those voted on do. A year without such a text has no value."
    ),
    formula="1 if named as a sponsor of at least one text, else 0; or the share of texts",
    scale="0 to 1",
    direction="higher: the other state presses the client more",
    limits=_LIMITS + " Not to sponsor is no cover: most members sponsor few texts.",
    references=(_SECRETARIAT,),
    choices=(
        Choice(
            "texts",
            "how several texts of a year are put together",
            (
                Option("at least one", "on at least one text", "it has put its name to scrutiny"),
                Option("share", "by share of the texts", "how steadily it presses"),
            ),
            "uncertain",
        ),
        _JOINED,
        _BODY,
    ),
    sets=_SETS,
)
SPONSORS = panel_measure(
    "sponsors",
    "cover",
    "states that sponsor texts on the state's human rights",
    _sponsors,
    unit=STATE_YEAR,
    definition=(
        "Number of other states named as sponsors of the year's texts on human rights in the "
        "state. Support shows in it also where the text is adopted without a vote."
    ),
    formula="count of the states named; the upper end adds the members of a group spoken for",
    scale="states",
    direction="higher: more states press",
    limits=_LIMITS,
    references=(_SECRETARIAT,),
    choices=(
        Choice(
            "several",
            "how several texts of a year are put together",
            (
                Option("each state once", "each state once", "who presses at all"),
                Option("per text", "as the mean per text", "years with more texts compare"),
            ),
            "uncertain",
        ),
        _JOINED,
        _BODY,
    ),
    sets=_SETS,
)
MEASURES: tuple[Measure, ...] = (COSPONSORSHIP, SPONSORS)
