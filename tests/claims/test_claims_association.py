"""Claims that X goes with Y: their fields, and every problem of them at once."""

from __future__ import annotations

import pytest

from beholden.claims import parse
from beholden.claims.association import variants
from beholden.claims.causal import causal_words
from beholden.errors import ArticleError, Problem

HEAD = """---
title: A test
author: A tester
published: 2026-01-01
patron: CHN
client: PRK
---

It is said that [something is so]{.claim #c}.

```claim
id: c
says: Something is so.
"""
FIRST = HEAD.count("\n") + 1
WHOLE = """test: association
outcome: {physical_integrity: {source: [latent, CIRIGHTS]}, torture: {source: V-Dem}}
exposure: polity
expect: negative
matters: 0.2
target: {years: 1990..2010}
always: [armed_conflict]
controls: [{gdp_per_head: {transform: log}}, population]
effects: [year, state]
lags: [1, 3]
periods: {after: 1995..2010, late: 2000..}
samples: [all states, autocracies]
errors: [CR1, CR3]
forbid:
  - these: {lag: ["3"], effects: state}
    because: too few years
same: {outcome: {"physical_integrity: latent": bodies, "physical_integrity: CIRIGHTS": bodies}}
"""


def article(block: str) -> str:
    return f"{HEAD}{block}```\n"


def problems(block: str) -> list[Problem]:
    with pytest.raises(ArticleError) as caught:
        parse(article(block))
    return list(caught.value.problems)


def test_a_whole_block() -> None:
    found = parse(article(WHOLE)).claims[0].association
    assert found is not None
    assert [item.label for item in found.outcomes] == [
        "physical_integrity: latent",
        "physical_integrity: CIRIGHTS",
        "torture",
    ]
    assert (found.sign, found.smallest, found.lags) == (-1, 0.2, (1, 3))
    assert [item.label for item in found.controls] == [
        *("armed_conflict", "gdp_per_head", "population"),
    ]
    assert found.controls[1].transform == "log"
    assert (found.always, found.sets) == (("armed_conflict",), None)
    assert {name: str(span) for name, span in found.periods.items()} == {
        "after": "1995..2010",
        "late": "2000..",
    }
    assert found.forbidden[0].these == {"lag": ("3",), "effects": ("state",)}


def test_what_is_not_said_has_a_default() -> None:
    block = (
        "test: association\noutcome: torture\nexposure: polity\nexpect: positive\nmatters: 0.1\n"
    )
    found = parse(article(block)).claims[0].association
    assert found is not None
    assert (found.unit, found.population, found.lags) == ("state-year", "all states", (0,))
    assert found.effects == ("none", "year", "region-year", "state", "state and year")
    assert str(found.years) == "1946.."
    assert [item.label for item in found.outcomes] == ["V-Dem", "CIRIGHTS", "CIRI"]


def test_named_sets_hold_what_stands_in_every_set() -> None:
    block = WHOLE.replace(
        "controls: [{gdp_per_head: {transform: log}}, population]",
        "controls: {few: [population], many: [population, gdp_per_head]}",
    )
    found = parse(article(block)).claims[0].association
    assert found is not None
    assert found.sets == {
        "few": ("armed_conflict", "population"),
        "many": ("armed_conflict", "population", "gdp_per_head"),
    }


BROKEN = """test: association
outcome: {physical_integrity: {source: [latnt], sorce: latent}}
exposure: politty
expect: up
target: {years: 1990..2010}
controls: [populaton, {gdp_per_head: {transform: cube}}]
effects: [yaer]
lags: [-1]
samples: [all state]
forbid:
  - these: {lags: ["3"]}
    because: too few years
"""


def test_every_problem_at_once_each_with_its_place() -> None:
    told = {(item.line - FIRST + 1, item.found) for item in problems(BROKEN)}
    assert told == {
        (2, "'latnt'"),
        (2, "the choice 'sorce'"),
        (3, "the measure 'politty'"),
        (4, "'up' for `expect`"),
        (-1, "no `matters`"),
        (6, "the measure 'populaton'"),
        (6, "'cube'"),
        (7, "'yaer'"),
        (8, "-1"),
        (9, "'all state'"),
        (11, "the choice 'lags'"),
    }


def test_a_problem_says_what_to_do() -> None:
    (found,) = [item for item in problems(BROKEN) if item.found == "'yaer'"]
    assert found.hint == 'Did you mean "year"?'
    assert found.column == 11
    assert "region-year" in found.expected


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("matters: 0.2", "1.5"),
        ("exposure: polity", "trade_share, which counts by dyad-year"),
        ("exposure: polity", "arrivals, which holds the facts about one client"),
        ("exposure: polity", "autocracy_type, which holds words"),
        ("effects: [year, state]", "no option for effects"),
    ],
)
def test_what_is_refused(change: str, found: str) -> None:
    new = {
        "1.5": "matters: 1.5",
        "no option for effects": "effects: []",
    }.get(found, f"exposure: {found.split(',')[0]}")
    assert found in {item.found for item in problems(WHOLE.replace(change, new))}


def test_a_measure_of_its_own_has_no_place() -> None:
    assert "`measure`" in {item.found for item in problems(WHOLE + "measure: polity\n")}


def test_fields_of_associations_belong_to_them() -> None:
    block = "test: level\nmeasure: polity\nexpect: max >= 1\nmatters: 0.1\nlags: [1]\n"
    assert [item.found for item in problems(block)] == ["`matters`", "`lags`"]


def test_subsets_of_many_controls_are_refused() -> None:
    names = [
        *("polity", "protection", "power", "gdp", "population", "gdp_per_head", "foreign_movement"),
        *("domestic_movement", "terror_scale", "political_imprisonment", "heritage_index"),
        *("fraser_index", "major_power"),
    ]
    block = WHOLE.replace(
        "controls: [{gdp_per_head: {transform: log}}, population]",
        f"controls: [{', '.join(names)}]",
    )
    assert "13 controls" in {item.found for item in problems(block)}


def test_a_claim_may_wait_for_its_data() -> None:
    claim = parse(article("test: association\noutcome: torture\nneeds: [cow_disputes]\n")).claims[0]
    assert claim.association is None
    assert claim.awaited() == ("cow_disputes",)


def test_every_variant_has_a_column_of_its_own() -> None:
    found = variants("votes_on_others", {})
    assert len({item.column for item in found}) == len(found) == 4
    assert found[0].label == "Assembly, half"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Support from a patron breeds provocation by the client.", ("breeds",)),
        ("Closing the exit buys a regime stability.", ("buys",)),
        ("Trade-driven markets bring quiet reform.", ("bring",)),
        ("Poverty CAUSES war, and war leads to flight.", ("causes", "leads to")),
        ("The more autocratic a regime, the more it restricts exit.", ()),
        ("Restricting exit goes with worse abuse.", ()),
        ("They are buyers, not breeders.", ()),
    ],
)
def test_words_that_say_that_one_thing_makes_another(sentence: str, words: tuple[str, ...]) -> None:
    assert causal_words(sentence) == words
