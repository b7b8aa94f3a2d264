"""What a card, the terminal and verdicts.json say of an association beyond its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.associations.verdict import RULE
from beholden.claims.association import SAMPLES
from beholden.measures import MEASURES
from beholden.multiverse import asked
from beholden.multiverse import association_words as words
from beholden.multiverse.association_plan import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beholden.associations.result import Associations, JointTests
    from beholden.brief.charts import Chart
    from beholden.brief.charts.effects import Block, Effects
    from beholden.claims import Claim
    from beholden.claims.association import Association
    from beholden.measures import Choice
    from beholden.multiverse import Assessment

__all__ = [
    "RULE",
    "Options",
    "association_data",
    "curve",
    "curve_title",
    "expected",
    "figure_words",
    "measured",
    "options",
    "range_of",
    "target",
]


@dataclass(frozen=True)
class Options:
    """One option of one choice, and what its universes came to."""

    choice: str
    option: str
    universes: int
    median: str
    range: str
    meets: str


def range_of(found: Associations) -> str:
    """Between which effects the middle 95% of the universes lie, in words."""
    own = found.verdict
    if own.low is None or own.high is None:
        return ""
    low, high = words.effect_words(own.low), words.effect_words(own.high)
    return f"from {low} to {high} in 95% of the universes"


def figure_words(claim: Claim) -> str:
    """What the figure of an association is."""
    return claim.shows or "of the outcome for one of the exposure, in the middle universe"


def expected(tested: Association) -> str:
    """The expectation in a sentence."""
    sign = "positive" if tested.sign > 0 else "negative"
    return (
        f"The association is {sign}, and at least {tested.smallest:g} standard deviations of the "
        "outcome for one of the exposure."
    )


def measured(tested: Association) -> str:
    """Outcome, exposure and controls in a sentence each."""
    outcome = "; ".join(dict.fromkeys(said(item) for item in tested.outcomes))
    exposure = "; ".join(dict.fromkeys(said(item) for item in tested.exposures))
    parts = [f"Outcome: {outcome}.", f"Exposure: {exposure}."]
    if tested.controls:
        held = "; ".join(said(item) for item in tested.controls)
        parts.append(f"Held equal in turn: {held}.")
    return " ".join(parts)


def target(tested: Association) -> str:
    """Over which states and years, in a sentence."""
    rows = "States by year" if tested.unit == "state-year" else "Pairs of states by year"
    span = tested.years
    years = f"from {span.first} on" if span.last is None else f"{span.first} to {span.last}"
    return f"{rows}, {SAMPLES[tested.population]}; {years}."


def options(side: Assessment) -> tuple[Options, ...]:
    """What the universes of every option of every choice came to."""
    if side.found is None:
        return ()
    frame = side.found.universes
    return tuple(
        found
        for choice in side.plan.choices
        for option in choice.options
        if (found := _option(frame, choice, option.label)) is not None
    )


def _option(frame: pl.DataFrame, choice: Choice, label: str) -> Options | None:
    own = _taking(frame, choice.name, label)
    if own.is_empty():
        return None
    effects = own["effect"].fill_nan(None).drop_nulls()
    low, median, high = (effects.quantile(q, "linear") for q in (0.025, 0.5, 0.975))
    meets = own["meets"].fill_null(value=False).sum()
    spread = "" if low is None else f"{words.effect_words(low)} to {words.effect_words(high)}"
    return Options(
        choice.name,
        label,
        own.height,
        words.effect_words(median),
        spread,
        f"{100 * meets / own.height:.0f}%",
    )


def _taking(frame: pl.DataFrame, name: str, label: str) -> pl.DataFrame:
    """The universes that take an option; of a control, those in which it is held equal."""
    marked = f"with {label}"
    if name == "controls" and marked in frame.columns:
        return frame.filter(pl.col(marked))
    return frame.filter(pl.col(name).cast(pl.String) == label)


def association_data(side: Assessment) -> dict[str, Any] | None:
    """The association as plain data for verdicts.json; None for other tests."""
    found = side.found
    if found is None:
        return None
    own = found.verdict
    return {
        "plan": side.plan.digest,
        "median_effect": _digits(own.median_effect),
        "low": _digits(own.low),
        "high": _digits(own.high),
        "sign": found.grid.sign,
        "smallest": found.grid.smallest,
        "contradicting": _digits(own.contradicting),
        "by_label": {"verdict": own.answer_by_label, "share": _digits(own.share_by_label)},
        "joint": _joint(found.joint),
        "statuses": dict(words.statuses(found)),
        "left_out": [{"reason": item.reason, "count": item.count} for item in found.excluded],
        "options": [
            {
                "choice": item.choice,
                "option": item.option,
                "universes": item.universes,
                "median": item.median,
                "range": item.range,
                "meets": item.meets,
            }
            for item in options(side)
        ],
    }


def _joint(joint: JointTests | None) -> dict[str, Any] | None:
    if joint is None:
        return None
    return {
        "p": _digits(joint.p),
        "share_p": _digits(joint.share_p),
        "average_z_p": _digits(joint.average_z_p),
        "draws": joint.draws,
        "seed": joint.seed,
        "method": joint.method,
    }


def _digits(value: float | None) -> float | None:
    # Six digits: what lies beyond differs between machines.
    return None if value is None or value != value else float(f"{value:.6g}")


def curve(side: Assessment, title: str) -> tuple[Chart, ...]:
    """The specification curve of an association; nothing where too few universes have an effect.

    Parameters
    ----------
    side : Assessment
        Now or then.
    title : str
        What goes with what.
    """
    from beholden.brief.charts.effects import effects_curve

    drawn = None if side.found is None else effects_curve(_effects(side, side.found), title)
    return () if drawn is None else (drawn,)


def _effects(side: Assessment, found: Associations) -> Effects:
    from beholden.brief.charts.effects import Effects

    frame, decisive = found.universes, side.verdict.decisive
    effect, low, high = (
        frame[name].fill_null(float("nan")).to_numpy()
        for name in ("effect", "effect_low", "effect_high")
    )
    return Effects(
        *(effect, low, high),
        frame["meets"].fill_null(value=False).to_numpy(),
        tuple(_blocks(side, found)),
        found.grid.sign * found.grid.smallest,
        tuple(item.choice for item in decisive),
        decisive[0].words if decisive else "",
        decisive[0].of if decisive else "figure",
    )


def _blocks(side: Assessment, found: Associations) -> Iterator[Block]:
    """Every choice with what each universe took; of controls, each of them that enters."""
    from beholden.brief.charts.effects import Block

    questions = {choice.name: asked(choice) for choice in side.plan.choices}
    for name, labels in found.grid.options.items():
        if len(labels) > 1 and name != "controls":
            taken = found.universes[name].cast(pl.String).to_numpy()
            took = taken[:, None] == np.array(labels)[None, :]
            yield Block(name, questions.get(name, name), labels, took)
    controls = found.control_columns
    if len(found.grid.options["controls"]) > 1:
        took = found.universes.select(controls.values()).to_numpy().astype(bool)
        yield Block("controls", questions.get("controls", "controls"), tuple(controls), took)


def curve_title(claim: Claim) -> str:
    """What goes with what, as the heading of the curve."""
    asks = claim.association
    if asks is None:
        return claim.says
    outcome, exposure = (
        " or ".join(dict.fromkeys(MEASURES[item.measure].title for item in items))
        for items in (asks.outcomes, asks.exposures)
    )
    return f"{outcome[0].upper()}{outcome[1:]}, by {exposure}"
