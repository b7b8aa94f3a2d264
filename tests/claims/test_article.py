"""Articles in: what is accepted, and every problem with its place and its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beholden.cases import article_path
from beholden.claims import load, parse
from beholden.claims.pins import known_datasets
from beholden.errors import ArticleError, Problem
from beholden.sources import datasets

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """---
title: T
author: A
published: 2015-10-22
patron: CHN
client: PRK
---

"""
SPAN = "[x]{.claim #a} text\n"
BLOCK = """
```claim
id: a
says: S.
test: level
measure: trade_share
target: {years: 2014}
expect: max >= 80%
```
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ArticleError) as caught:
        parse(text, "a.md")
    return caught.value.problems


def test_a_sound_article_gives_its_claim() -> None:
    article = parse(HEAD + SPAN + BLOCK)
    (claim,) = article.claims
    assert claim.id == "a"
    assert claim.target.client == "PRK"
    assert claim.target.other == "CHN"
    assert str(claim.target.years) == "2014"
    assert claim.figure is not None
    assert claim.figure.render() == "max"


def test_the_worked_case_makes_every_claim_of_the_mission() -> None:
    ids = {claim.id for claim in load(article_path()).claims}
    assert ids == {
        *("trade-share", "most-influence", "long-lifeline", "aid-infusion", "cover-in-assembly"),
        *("council-blocked", "assembly-not-blocked", "referral-counterfactual", "rising-concern"),
        *("rights-no-nuclear-yes", "precedent-fear", "own-record", "face-over-precedent"),
        *("dealbreaker", "collapse-flood", "neighbours-bear", "autocracy-exit", "exit-abuse"),
        *("exit-stability", "extreme-case", "no-refugee-status", "forced-returns"),
        *("exit-tightened", "doubled-down-nuclear", "doubled-down-cheonan", "others-left"),
        *("re-engaging", "moral-hazard", "market-reform"),
    }


def test_the_worked_case_has_the_length_of_an_op_ed() -> None:
    text = load(article_path()).text
    prose = "".join(text.split("---\n", 2)[2].split("```")[::2])
    assert 900 <= len(prose.split()) <= 1400


CASES = {
    "wrong id": (
        HEAD + "[x]{.claim #tade}\n" + BLOCK,
        [(9, 4, "marked but not defined"), (12, 5, "defined but not marked")],
    ),
    "misspelt measure": (
        HEAD + SPAN + BLOCK.replace("trade_share", "trade_shar"),
        [(15, 10, 'Did you mean "trade_share"?')],
    ),
    "unknown state": (
        HEAD + SPAN + BLOCK.replace("{years: 2014}", "{years: 2014, partner: CHI}"),
        [(16, 32, "CHN (China)")],
    ),
    "state before its time": (
        HEAD + SPAN + BLOCK.replace("{years: 2014}", "{years: 1985, partner: RUS}"),
        [(16, 32, "SUN (Soviet Union)")],
    ),
    "client before its time": (
        HEAD + SPAN + BLOCK.replace("2014", "1890"),
        [(16, 9, "it exists from 1948-09-09")],
    ),
    "years the wrong way round": (
        HEAD + SPAN + BLOCK.replace("2014", "2014..2010"),
        [(16, 17, "last year is not before its first")],
    ),
    "a tab": (
        HEAD + SPAN + BLOCK.replace("target: {years: 2014}", "target:\n\tyears: 2014"),
        [(17, 1, "Replace the tab by two spaces.")],
    ),
    "defined twice": (HEAD + SPAN + BLOCK + BLOCK, [(21, 5, "defined a second time")]),
    "marked twice": (HEAD + SPAN + SPAN + BLOCK, [(10, 4, "the first is on line 9")]),
    "no head": (SPAN + BLOCK, [(1, 1, "no front matter")]),
    "nothing": ("", [(1, 1, "no front matter")]),
    "a misspelt name in the expectation": (
        HEAD + SPAN + BLOCK.replace("max >=", "mxa >="),
        [(17, 9, 'Did you mean "max"?')],
    ),
    "a column without an aggregate, in quotes": (
        HEAD + SPAN + BLOCK.replace("max >= 80%", '"x >= 80%"'),
        [(17, 10, "say max(x)")],
    ),
    "code in the expectation": (
        HEAD + SPAN + BLOCK.replace("max >= 80%", '__import__("os").system("id")'),
        [(17, 25, "expected")],
    ),
    "unknown options and choices": (
        HEAD
        + SPAN
        + BLOCK.replace("expect", "choices:\n  crude: [wth]\n  compilr: [KOTRA]\nexpect"),
        [(18, 11, 'Did you mean "with"?'), (19, 12, 'Did you mean "compiler"?')],
    ),
    "a measure of the wrong unit": (
        HEAD + SPAN + BLOCK.replace("test: level", "test: vote"),
        [(15, 10, "rights_votes")],
    ),
    "a test without what it requires": (
        HEAD + SPAN + BLOCK.replace("test: level", "test: change"),
        [(16, 9, "no `event`"), (16, 9, "no `window`")],
    ),
    "a key twice": (
        HEAD + SPAN + BLOCK.replace("says: S.", "says: S.\nsays: T."),
        [(14, 1, "stands here twice")],
    ),
    "a misspelt key inside": (
        HEAD + SPAN + BLOCK.replace("{years: 2014}", "{yeers: 2014}"),
        [(16, 10, 'Did you mean "years"?')],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_problems_have_a_place_and_words(name: str) -> None:
    text, expected = CASES[name]
    found = [(item.line, item.column, str(item)) for item in problems(text)]
    assert [(line, column) for line, column, _ in found] == [
        (line, column) for line, column, _ in expected
    ]
    for (_, _, text_found), (_, _, words) in zip(found, expected, strict=True):
        assert words in text_found


def test_every_problem_is_reported_at_once() -> None:
    text = (
        "---\ntitle: T\nauthr: A\npublished: 22 Oct 2015\npatron: CN\n---\n\n[x]{.claim #a} "
        "[z]{.claim}\n" + BLOCK.replace("level", "levl").replace("expect", "expct")
    )
    found = [(item.line, item.found) for item in problems(text)]
    assert found == [
        (2, "no `author`"),
        (2, "no `client`"),
        (3, "the key `authr`"),
        (4, "'22 Oct 2015' for `published`"),
        (5, "'CN' for `patron`"),
        (8, "`{.claim}` without a name"),
        (13, "'levl' for `test`"),
        (16, "the key `expct`"),
    ]


def test_ten_thousand_claims_are_refused_with_a_number() -> None:
    text = HEAD + "".join(BLOCK.replace("id: a", f"id: c{i}") for i in range(10_000))
    (problem,) = problems(text)
    assert problem.found == "10,000 claims"
    assert "at most 500" in problem.expected


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes((HEAD + "café\n").encode("latin-1"))
    with pytest.raises(ArticleError, match=r"latin\.md:9:4: found the byte 0xe9"):
        load(path)


def test_a_file_that_is_not_there_is_a_problem_of_the_article(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        load(tmp_path / "none.md")


def test_raw_html_and_images_are_warned_of() -> None:
    article = parse(
        HEAD + SPAN + "<script>alert(1)</script> ![i](http://example.org/i.png)\n" + BLOCK
    )
    assert [item.found for item in article.warnings] == ["raw HTML", "an image"]
    assert {item.severity for item in article.warnings} == {"warning"}


def test_a_mark_quoted_as_code_is_no_claim() -> None:
    article = parse(HEAD + SPAN + "Write `[y]{.claim #b}` to mark one.\n" + BLOCK)
    assert [claim.id for claim in article.claims] == ["a"]


def test_yes_and_no_are_words() -> None:
    text = BLOCK.replace("level", "vote").replace("trade_share", "rights_votes")
    readings = "expect: {no: share_of_votes(vote == 'no') == 1}"
    article = parse(HEAD + SPAN + text.replace("expect: max >= 80%", readings))
    assert list(article.claims[0].readings) == ["no"]


def test_yaml_cannot_build_objects() -> None:
    found = problems(HEAD + SPAN + BLOCK.replace("says: S.", "says: !!python/object:os.system x"))
    assert found[0].line == 13


def pinned(*lines: str) -> str:
    pins = "".join(f"  {line}\n" for line in lines)
    return HEAD.replace("client: PRK\n", f"client: PRK\ndata:\n{pins}") + SPAN + BLOCK


def test_an_article_may_say_by_which_versions_it_is_judged() -> None:
    front = parse(pinned("pts: PTS-2024", "un_gdp: 2018", 'cow_trade_v4: "4.0"')).front
    assert front.data == {"pts": "PTS-2024", "un_gdp": "2018", "cow_trade_v4": "4.0"}
    assert parse(HEAD + SPAN + BLOCK).front.data == {}


def test_every_pin_that_no_measure_reads_has_its_place_and_the_nearest_name() -> None:
    found = problems(pinned("cirightz: v1", "pts: 4.0", "nothing_like_it: 1"))
    assert [(item.line, item.column) for item in found] == [(8, 3), (9, 8), (10, 3)]
    assert found[0].found == "the data set 'cirightz'"
    assert found[0].expected == "the name of a data set that a measure reads"
    assert found[0].hint == 'Did you mean "cirights"?'
    assert found[1].found == "4.0 for `data.pts`"
    assert "in quotation marks where it looks like a number" in found[1].expected


@pytest.mark.parametrize("line", ['pts: ""', "pts: [PTS-2024]", "pts:", "pts: {version: 1}"])
def test_a_pin_is_one_version(line: str) -> None:
    assert [item.line for item in problems(pinned(line))] == [8]


def test_pins_are_a_mapping() -> None:
    (found,) = problems(HEAD.replace("client: PRK\n", "client: PRK\ndata: pts\n") + SPAN + BLOCK)
    assert (found.line, found.column) == (7, 7)
    assert "data set to the version or edition" in found.expected


def test_known_data_sets_are_those_of_the_library() -> None:
    assert known_datasets() <= set(datasets())
