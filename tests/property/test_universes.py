"""Plans over random choices: every combination that goes together, once, under one name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.claims import KINDS, AddedChoice, Claim
from beholden.claims.expression import parse
from beholden.measures import Choice, Measure, Option, Target
from beholden.multiverse import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS = ("one", "two", "three")
EXPRESSION = parse("max >= 80%")


@dataclass(frozen=True)
class Forbids:
    """Refuses what takes both of two options."""

    pair: tuple[tuple[str, str], ...]

    def __call__(self, picks: Mapping[str, str]) -> str:
        both = len(self.pair) == 2 and all(picks[name] == label for name, label in self.pair)
        return "these two do not go together" if both else ""


def choice(name: str, labels: tuple[str, ...]) -> Choice:
    return Choice(name, name, tuple(Option(label, label, "a reason") for label in labels))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    kind = KINDS[draw(st.sampled_from(["level", "trend", "change", "vote"]))]
    own = [
        choice(f"c{i}", LABELS[: draw(st.integers(1, 3))]) for i in range(draw(st.integers(0, 3)))
    ]
    added = tuple(
        AddedChoice(made, {label: {} for label in made.labels()})
        for i in range(draw(st.integers(0, 2)))
        for made in [choice(f"added{i}", LABELS[: draw(st.integers(1, 3))])]
    )
    restricted = {
        made.name: tuple(draw(st.lists(st.sampled_from(made.labels()), min_size=1, unique=True)))
        for made in [*own, *kind.choices]
        if draw(st.booleans())
    }
    pair: tuple[tuple[str, str], ...] = ()
    if len(own) >= 2 and draw(st.booleans()):
        one, other = own[0], own[1]
        pair = tuple((made.name, draw(st.sampled_from(made.labels()))) for made in (one, other))
    frozen = draw(st.sampled_from([None, "c0"]))
    measure = Measure(
        name="m",
        construct="c",
        title="t",
        definition="d",
        unit="year",
        scale="share",
        direction="",
        choices=tuple(own),
        forbids=Forbids(pair),
        applies=None if frozen is None else (lambda name, _: name != frozen),
    )
    readings = draw(st.lists(st.sampled_from(LABELS), max_size=3, unique=True))
    return Claim(
        id="c",
        says="Something is so.",
        kind=kind,
        measure=measure,
        target=Target("PRK", "CHN"),
        readings=dict.fromkeys(readings, EXPRESSION),
        figure=None,
        restricted=restricted,
        added=added,
        source=draw(st.text(max_size=5)),
    )


def options(claim: Claim) -> dict[str, tuple[str, ...]]:
    """The options that a claim keeps of each choice, worked out a second time."""
    assert claim.measure is not None
    kept: dict[str, tuple[str, ...]] = {}
    for made in claim.measure.choices:
        applies = claim.measure.applies is None or claim.measure.applies(made.name, claim.target)
        whole = claim.restricted.get(made.name, made.labels())
        kept[made.name] = whole if applies else made.labels()[:1]
    for made in claim.kind.choices:
        kept[made.name] = claim.restricted.get(made.name, made.labels())
    for added in claim.added:
        kept[added.choice.name] = added.choice.labels()
    if claim.readings:
        kept["reading"] = tuple(claim.readings)
    return kept


@settings(deadline=None)
@given(claims())
def test_every_combination_is_planned_or_forbidden(claim: Claim) -> None:
    kept, planned = options(claim), plan(claim)
    assert len(planned.universes) + len(planned.forbidden) == prod(map(len, kept.values()))
    for universe in planned.universes:
        assert universe.claim == "c"
        assert set(universe.picks) == set(kept)
        assert all(label in kept[name] for name, label in universe.picks.items())
    assert {made.name: made.labels() for made in planned.choices} == {
        name: labels for name, labels in kept.items() if len(labels) > 1
    }


@settings(deadline=None)
@given(claims())
def test_reference_comes_first_and_options_keep_their_order(claim: Claim) -> None:
    kept, planned = options(claim), plan(claim)
    order = [
        tuple(kept[name].index(label) for name, label in universe.picks.items())
        for universe in planned.universes
    ]
    assert order == sorted(order)
    reference = {name: labels[0] for name, labels in kept.items()}
    forbidden = [dict(picks) for picks, _ in planned.forbidden]
    shown = {made.name: reference[made.name] for made in planned.choices}
    if shown not in forbidden:
        assert planned.universes[0].picks == reference


@settings(deadline=None)
@given(claims())
def test_what_is_forbidden_is_never_planned(claim: Claim) -> None:
    planned = plan(claim)
    assert claim.measure is not None
    assert claim.measure.forbids is not None
    for universe in planned.universes:
        assert claim.measure.forbids(universe.picks) == ""
    for picks, reason in planned.forbidden:
        assert reason == "these two do not go together"
        assert all(
            any(universe.picks[name] != label for name, label in picks.items())
            for universe in planned.universes
        )
    assert plan(replace(claim, measure=replace(claim.measure, forbids=None))).forbidden == ()


@settings(deadline=None)
@given(claims(), st.text(max_size=5))
def test_names_are_unique_stable_and_the_claims_own(claim: Claim, source: str) -> None:
    names = [universe.digest for universe in plan(claim).universes]
    assert len(set(names)) == len(names)
    assert [universe.digest for universe in plan(claim).universes] == names
    assert all(len(name) == 16 for name in names)
    others = [universe.digest for universe in plan(replace(claim, source=source)).universes]
    if source == claim.source:
        assert others == names
    else:
        assert not set(others) & set(names)
