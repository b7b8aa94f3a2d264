"""Cover by votes on a client's human rights: how much, beyond principle, and how alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.affinity import held_roll_calls
from beholden.measures.base import Choice, Option
from beholden.measures.country_resolutions import by_target, country_resolutions
from beholden.measures.reading import made
from beholden.measures.rollcalls import NEEDS
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR, STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "stances"]

_KEYS = ["state", "other", "year"]
_BODIES = {"Assembly": ("GA",), "all rights bodies": ("GA", "CHR", "HRC")}
_PRACTICE = {"five years": 5, "ten years": 10, "the same year": 1}
_TERMAN = (
    "Terman, R., & Voeten, E. (2018). The relational politics of shame: Evidence from the "
    "Universal Periodic Review. Review of International Organizations, 13(1), 1-23. "
    "https://doi.org/10.1007/s11558-016-9264-x"
)
_HUG = (
    "Hug, S., & Lukacs, R. (2014). Preferences or blocs? Voting in the United Nations Human Rights "
    "Council. Review of International Organizations, 9(1), 83-106. "
    "https://doi.org/10.1007/s11558-013-9172-2"
)


def stances(holdings: Holdings, bodies: str, abstentions: str) -> pl.DataFrame:
    """What each voter did for each target in each roll call on the rights in one country.

    Parameters
    ----------
    holdings : Holdings
        The library.
    bodies : str
        ``"Assembly"`` or ``"all rights bodies"``.
    abstentions : str
        ``"half"`` or ``"none"``: what part of a vote for the target an abstention is.

    Returns
    -------
    polars.DataFrame
        `id`, `year`, `state` (the target), `other` (the voter), `vote`, and `x`: 1 where the
        vote keeps criticism from the target, 0 where it supports criticism. Roll calls whose
        title does not tell what a yes means are left out, as is the target's own vote; an
        absent voter took no stance.
    """
    key = ("stances", bodies, abstentions)
    return holdings.once(key, lambda: _stances(holdings, bodies, abstentions))


def _stances(holdings: Holdings, bodies: str, abstentions: str) -> pl.DataFrame:
    coded = by_target(country_resolutions()).filter(
        (pl.col("subject") == "rights")
        & pl.col("polarity").is_in(["against", "shields"])
        & pl.col("body").is_in(_BODIES[bodies])
    )
    votes = held_roll_calls(holdings).votes.drop_nulls("iso3").filter(pl.col("vote") != "absent")
    joined = coded.join(votes, on="id").filter(pl.col("iso3") != pl.col("target"))
    protects = ((pl.col("polarity") == "against") & (pl.col("vote") == "no")) | (
        (pl.col("polarity") == "shields") & (pl.col("vote") == "yes")
    )
    half = 0.5 if abstentions == "half" else 0.0
    return joined.select(
        "id",
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        pl.col("target").alias("state"),
        pl.col("iso3").alias("other"),
        "vote",
        x=pl.when(pl.col("vote") == "abstain").then(half).when(protects).then(1.0).otherwise(0.0),
    )


def _cover(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    frame = stances(holdings, picks["bodies"], picks["abstentions"])
    mean = frame.group_by(_KEYS).agg(pl.col("x").mean()).sort(_KEYS)
    return made(
        holdings,
        mean,
        NEEDS,
        system="iso3",
        scale="share",
        direction="higher: the patron's votes protect the client more",
        step="mean over the year's roll calls on rights in the client",
    )


def _beyond(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    """Cover of this client minus what the patron does for all other targets."""
    frame = stances(holdings, picks["bodies"], picks["abstentions"])
    if picks["baseline"] == "net of the room":
        room = pl.col("x").mean().over("id", "state")
        frame = frame.with_columns(x=pl.col("x") - room)
    years = _PRACTICE[picks["practice"]]
    own = _moments(frame, _KEYS)
    every = _window(_moments(frame, ["other", "year"]), ["other"], years)
    mine = _window(own, ["state", "other"], years)
    joined = own.join(every, on=["other", "year"], suffix="_all").join(
        mine, on=_KEYS, suffix="_mine"
    )
    rest = {name: pl.col(f"{name}_all") - pl.col(f"{name}_mine") for name in ("n", "sum", "square")}
    spread = joined.with_columns(**{f"{name}_rest": cells for name, cells in rest.items()}).filter(
        pl.col("n_rest") > 0
    )
    mean_rest = pl.col("sum_rest") / pl.col("n_rest")
    variance = _variance(picks["baseline"] == "net of the room")
    # The patron's votes on others say how much its votes on one country scatter.
    error = (variance * (1 / pl.col("n") + 1 / pl.col("n_rest"))).sqrt()
    return made(
        holdings,
        spread.select(*_KEYS, x=pl.col("sum") / pl.col("n") - mean_rest, se=error).sort(_KEYS),
        NEEDS,
        system="iso3",
        scale="difference of shares",
        direction="higher: the patron protects this client more than others",
        step=f"cover of the client minus the patron's cover of all others, {picks['practice']}",
        notes=("Pairs whose patron voted on no other country in the window have no value.",),
    )


def _variance(net: bool) -> pl.Expr:
    """How much the patron's stances on others scatter around their mean.

    A patron that always did the same is not certain to go on: stances between 0 and 1 get half a
    vote on either side, after Jeffreys. Stances net of the room have no such bounds.
    """
    count, total = pl.col("n_rest"), pl.col("sum_rest")
    if net:
        spread = (pl.col("square_rest") - total**2 / count) / (count - 1)
        return pl.when(count > 1).then(spread.clip(lower_bound=0.0))
    mean = (total + 0.5) / (count + 1)
    return mean * (1 - mean)


def _moments(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return frame.group_by(keys).agg(
        n=pl.len().cast(pl.Float64), sum=pl.col("x").sum(), square=(pl.col("x") ** 2).sum()
    )


def _window(moments: pl.DataFrame, unit: list[str], years: int) -> pl.DataFrame:
    """Moments summed over the years that end with each year."""
    reach = pl.lit(list(range(years)), dtype=pl.List(pl.Int64))
    spread = moments.with_columns(reach=reach).explode("reach")
    moved = spread.with_columns(pl.col("year") + pl.col("reach")).drop("reach")
    return moved.group_by(*unit, "year").agg(pl.col("n", "sum", "square").sum())


def _isolation(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    """How many of those who took a stance took another one than the patron."""
    frame = stances(holdings, picks["bodies"], "half").select(
        "id", "year", "state", "other", "vote"
    )
    counts = frame.group_by("id", "state").agg(
        pl.len().alias("all"),
        *((pl.col("vote") == vote).sum().alias(f"n_{vote}") for vote in ("yes", "no", "abstain")),
    )
    same = pl.coalesce(
        pl.when(pl.col("vote") == vote).then(pl.col(f"n_{vote}"))
        for vote in ("yes", "no", "abstain")
    )
    alone = frame.join(counts, on=["id", "state"]).with_columns(
        x=1 - (same - 1) / (pl.col("all") - 1)
    )
    mean = alone.group_by(_KEYS).agg(pl.col("x").mean()).sort(_KEYS)
    if picks["texts"] == "on all countries":
        every = alone.group_by("other", "year").agg(pl.col("x").mean())
        mean = mean.drop("x").join(every, on=["other", "year"]).sort(_KEYS)
    return made(
        holdings,
        mean,
        NEEDS,
        system="iso3",
        scale="share",
        direction="higher: the patron stands more alone",
        step="share of the other voters that voted otherwise, mean over the year's roll calls",
    )


def _votes_on_others(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    frame = stances(holdings, picks["bodies"], picks["abstentions"])
    mean = frame.group_by(pl.col("other").alias("state"), "year").agg(pl.col("x").mean())
    return made(
        holdings,
        mean.sort("state", "year"),
        NEEDS,
        system="iso3",
        scale="share",
        direction="higher: opposes scrutiny of others more",
        step="mean over the year's roll calls on rights in other countries",
    )


_BODY = Choice(
    "bodies",
    "which United Nations bodies are counted",
    (
        Option("Assembly", "in the General Assembly", "every state has a vote"),
        Option(
            "all rights bodies",
            "in the Assembly, the Commission and the Human Rights Council",
            "the same texts, where only members vote",
        ),
    ),
    "uncertain",
)
_ABSTENTION = Choice(
    "abstentions",
    "what an abstention on a critical text is",
    (
        Option("half", "with abstentions half way", "it withholds support without opposing"),
        Option("none", "with abstentions as no cover", "only opposition protects in public"),
    ),
    "uncertain",
)
_LIMITS = (
    "Roll calls only: a text adopted without a vote shows nobody's stance. Which texts are about "
    "a country's rights is decided by a rule on their titles, docs/country-resolutions.md."
)

COVER = panel_measure(
    "cover",
    "cover",
    "patron's votes that protect the client, on the client's human rights",
    _cover,
    unit=DYAD_YEAR,
    definition=(
        "Share of the recorded votes on human rights in the client in which the patron kept "
        "criticism from it: no to a critical text, yes to a motion that stops or weakens one."
    ),
    formula="mean of 1 (protects), 0.5 or 0 (abstains), 0 (criticises) over the year's roll calls",
    scale="share",
    direction="higher: the patron's votes protect the client more",
    limits=_LIMITS,
    references=(_HUG, _TERMAN),
    choices=(_BODY, _ABSTENTION),
    sets=NEEDS,
)
SHIELDING = panel_measure(
    "shielding",
    "cover",
    "cover beyond principle: how much more the patron protects this client than others",
    _beyond,
    unit=DYAD_YEAR,
    definition=(
        "The patron's cover of the client minus its cover of all other countries whose rights "
        "were voted on. A state that opposes every such text on principle shields nobody beyond "
        "principle."
    ),
    formula="mean stance on the client - mean stance on all others in the window of years",
    scale="difference of shares",
    direction="higher: the patron protects this client more than others",
    limits=_LIMITS + " With one or two roll calls a year the errors are large.",
    references=(_TERMAN,),
    choices=(
        Choice(
            "baseline",
            "what the patron's practice is compared by",
            (
                Option("own practice", "by its own votes", "what it does for everyone else"),
                Option(
                    "net of the room",
                    "net of how all others voted",
                    "some texts are opposed by many, and opposing them shows less",
                ),
            ),
            "not equivalent",
        ),
        Choice(
            "practice",
            "over which years its practice is taken",
            (
                Option("five years", "over five years", "enough votes, and recent ones"),
                Option("ten years", "over ten years", "steadier"),
                Option("the same year", "in the same year", "nothing else has changed"),
            ),
            "uncertain",
        ),
        _BODY,
        _ABSTENTION,
    ),
    sets=NEEDS,
)
ISOLATION = panel_measure(
    "isolation",
    "cover",
    "share of the other voters that vote otherwise than the patron",
    _isolation,
    unit=DYAD_YEAR,
    definition=(
        "Of the states that voted yes, no or abstained on human rights in the client, the part "
        "that voted otherwise than the patron, mean over the year's roll calls."
    ),
    formula="1 - (states with the patron's vote - 1) / (states that voted - 1)",
    scale="share",
    direction="higher: the patron stands more alone",
    limits=_LIMITS,
    references=(_HUG,),
    choices=(
        Choice(
            "texts",
            "on which texts it is looked at",
            (
                Option("on the client", "on the client", "the case itself"),
                Option("on all countries", "on all countries", "scrutiny of countries as such"),
            ),
            "not equivalent",
        ),
        _BODY,
    ),
    sets=NEEDS,
)
VOTES_ON_OTHERS = panel_measure(
    "votes_on_others",
    "cover",
    "votes that protect others from scrutiny of their human rights",
    _votes_on_others,
    unit=STATE_YEAR,
    definition="Mean stance of a state in all roll calls on human rights in other countries.",
    formula="mean of 1 (protects), 0.5 or 0 (abstains), 0 (criticises) over the year's roll calls",
    scale="share",
    direction="higher: opposes scrutiny of others more",
    limits=_LIMITS,
    references=(_HUG,),
    choices=(_BODY, _ABSTENTION),
    sets=NEEDS,
)
MEASURES: tuple[Measure, ...] = (COVER, SHIELDING, ISOLATION, VOTES_ON_OTHERS)
