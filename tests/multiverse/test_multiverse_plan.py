"""Plans of the worked case, and names that must not change by accident."""

from __future__ import annotations

import pytest

from beholden.cases import article_path
from beholden.claims import Claim, load
from beholden.multiverse import plan

CLAIMS = {claim.id: claim for claim in load(article_path()).claims}


@pytest.mark.parametrize(
    ("claim", "universes", "forbidden"),
    [
        # 3 windows, 2 inter-Korean, 2 crude, 2 compilers; customs with estimated crude go out;
        # and in 3 windows 4 data sets, which know none of those choices.
        ("trade-share", 18 + 12, 6 + 4 * (24 - 3)),
        # 2 neighbours and 2 spans; the estimator is fixed.
        ("others-left", 4, 0),
        # 2 bodies, 3 ways to count consensus, 2 tallies; and the roll calls in one way.
        ("cover-in-assembly", 12 + 1, 12 - 1),
        # 2 windows, 2 estimators, 3 outcomes, 2 tallies; the roll calls give one tally.
        ("rising-concern", 24 + 12, 24 - 12),
        # 2 readings, 2 ways to count attempts.
        ("council-blocked", 4, 0),
        # 3 spans, 2 estimators.
        ("exit-tightened", 6, 0),
        ("re-engaging", 4, 0),
    ],
)
def test_universes_of_the_worked_case(claim: str, universes: int, forbidden: int) -> None:
    planned = plan(CLAIMS[claim])
    assert (len(planned.universes), len(planned.forbidden)) == (universes, forbidden)


def test_reference_of_the_trade_share() -> None:
    picks = plan(CLAIMS["trade-share"]).universes[0].picks
    assert picks["interkorean"] == "excluded"
    assert picks["crude"] == "with"
    assert picks["compiler"] == "KOTRA"
    assert picks["window"] == "the last full year"


def test_forbidden_combinations_have_a_reason() -> None:
    planned = plan(CLAIMS["trade-share"])
    crude = "Chinese customs print no estimate of crude oil"
    apart = "only the case file counts inter-Korean trade, crude oil and compilers apart"
    assert {reason for _, reason in planned.forbidden} == {crude, apart}
    for picks, reason in planned.forbidden:
        if reason == crude:
            assert (picks["compiler"], picks["crude"]) == ("customs", "with")
        else:
            assert picks["source"] != "case file"


def test_fixed_choice_is_picked_and_not_varied() -> None:
    planned = plan(CLAIMS["others-left"])
    assert "estimator" not in {choice.name for choice in planned.choices}
    assert {universe.picks["estimator"] for universe in planned.universes} == {"means"}


def names_of(claim: Claim) -> set[str]:
    """The names of a claim's universes, or of the table of them."""
    planned = plan(claim)
    listed = {universe.digest for universe in planned.universes}
    return listed | ({planned.digest} if planned.digest else set())


@pytest.mark.parametrize(
    "name",
    [
        *("autocracy-exit", "exit-abuse", "exit-stability"),
        *("precedent-fear", "moral-hazard", "market-reform"),
    ],
)
def test_associations_of_the_worked_case_have_a_thousand_universes(name: str) -> None:
    planned = plan(CLAIMS[name])
    assert planned.size >= 1000
    assert planned.universes == ()


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_names_are_unique_within_the_article(claim: Claim) -> None:
    own = names_of(claim)
    others = {name for other in CLAIMS.values() if other.id != claim.id for name in names_of(other)}
    assert own
    assert not own & others
