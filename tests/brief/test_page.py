"""Components of the page, rendered one by one, and what the page says of the worked case."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from markupsafe import Markup

from beholden.brief.cards import Card, Drawn, Link, Side, SourceLine, Weight, source_lines
from beholden.brief.claimreview import claim_review
from beholden.brief.page import environment, page
from beholden.brief.prose import SIGNS, prose
from beholden.brief.schema import verdicts_schema
from beholden.brief.testing import Explanation
from beholden.brief.verdicts import to_json, verdicts
from beholden.cases import article_path
from beholden.claims import load, parse
from beholden.claims.article import parser
from beholden.core import Source
from beholden.engine import check, open_library
from beholden.store import Cache

if TYPE_CHECKING:
    from beholden.brief import Brief

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "page"


def golden(name: str, html: str) -> None:
    """Compare with the file; BEHOLDEN_GOLDEN=write renews it."""
    path = GOLDEN / name
    if os.environ.get("BEHOLDEN_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")


def macro(name: str, *arguments: object) -> str:
    module = (
        environment()
        .get_template("macros.html.j2")
        .make_module({"signs": SIGNS, "as_of": "22 October 2015"})
    )
    return str(getattr(module, name)(*arguments))


SIDE = Side(
    answer="contested",
    share="50%",
    universes=16,
    figure="90.1%",
    range="68.9% to 90.1%",
    decides="It depends on <this>.",
    weights=(Weight("60%", "the first"), Weight("40%", "the second")),
    missing=("Data & more",),
    caveats=("Mind <the> gap.",),
)
TEST = Explanation(
    test="A test of level.",
    measure="A share.",
    expectation="The largest value is at least 80%.",
    target="North Korea and China.",
    choices=(("Whether", (("with", "because"), ("without", "since")), "uncertain"),),
    universes=16,
    forbidden=("they do not go together",),
    waits=(),
    because="So.",
    caveat="Not all.",
    limits="Mirror statistics.",
)
LINE = SourceLine(
    (Link("A title", "https://example.org/a?b=1&c=2"), Link("No address", "")),
    "2015-06-05",
    "high",
    True,
    "trade:1",
)
CARD = Card(
    id="a-claim",
    says="Says <b>this</b>.",
    now=SIDE,
    then=Side("untestable", None, 0, "", "", "", (), (), ()),
    figure_words="the largest",
    figure_brief="the largest",
    changed="It changed.",
    charts=(Drawn("A chart", "It shows.", ("year",), (("2014",),), Markup("<svg></svg>")),),
    test=TEST,
    sources=(LINE,),
    more_sources="All 25 rows of evidence",
)


def test_badge() -> None:
    golden("badge.html", macro("badge", "contested"))


def test_sources() -> None:
    golden("sources.html", macro("sources", [LINE]))


def test_card() -> None:
    golden("card.html", macro("card", CARD))


def test_prose() -> None:
    text = (
        "A [claim *here*]{.claim #one}, a [plain]{.claim #two} one & a "
        "[link](https://example.org).\n\n# H\n"
    )
    blocks = prose(parser().parse(text), {"one": "supported"})
    golden("prose.html", "".join(block.html for block in blocks))
    assert [block.claims for block in blocks] == [("one",), ()]


def test_rows_that_share_a_source_stand_in_one_line() -> None:
    def source(row: str, title: str) -> Source:
        return Source(title, "https://a.org ; ftp://b.org", "2015 ; 2015", "high", row)

    lines = source_lines([source("t:1", "A | B"), source("t:2", "A | B"), source("t:3", "C")])
    assert [line.rows for line in lines] == ["t:1, t:2", "t:3"]
    assert lines[0].links == (Link("A", "https://a.org"), Link("B", ""))
    assert lines[0].dated == "2015"
    assert lines[1].links == (Link("C", ""), Link("https://a.org", "https://a.org"))


@pytest.fixture(scope="module")
def brief() -> Brief:
    return check(load(article_path()), open_library(), command="beholden check")


@pytest.fixture(scope="module")
def html(brief: Brief) -> str:
    return page(brief, open_library(), Cache(None))


def test_the_page_loads_nothing_and_runs_nothing(html: str) -> None:
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert not re.search(r"<(img|link|iframe|object|embed|video|audio|source)\b", html)
    assert not re.search(r"url\((?!#)", html)
    assert not re.search(r"@import|\bsrc=", html)


def test_every_id_on_the_page_is_unique(html: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(ids)


def test_every_claim_is_marked_and_has_a_card(brief: Brief, html: str) -> None:
    for result in brief.results:
        answer = result.now.verdict.answer
        assert f'<span class="claim {answer}" id="mark-{result.claim.id}">' in html
        assert f'<details class="card {answer}" id="card-{result.claim.id}" name="card">' in html


def test_the_page_shows_the_four_shares_of_2014_with_their_sources(brief: Brief, html: str) -> None:
    appendix = html.split('id="data-trade-share"')[1].split("</details>")[0]
    for figure in ("90.1%", "89.5%", "68.9%", "67.3%"):
        assert figure in appendix
    shares = next(result for result in brief.results if result.claim.id == "trade-share")
    used = {source.title for series in shares.now.run.series for source in series.sources.values()}
    assert any("KOTRA on DPRK trade 2014" in title for title in used)
    assert any("Unification White Paper 2015" in title for title in used)
    for title in ("Seoul Economic Daily: KOTRA on DPRK trade 2014", "Christian Daily"):
        assert title in appendix


def test_rows_from_memory_are_marked(html: str) -> None:
    appendix = html.split('id="data-re-engaging"')[1].split("</details>")[0]
    assert "From memory, decides nothing." in appendix


def test_verdicts_follow_their_schema_and_hold_no_machine_path(brief: Brief) -> None:
    jsonschema.Draft202012Validator.check_schema(verdicts_schema())
    jsonschema.Draft202012Validator(verdicts_schema()).validate(verdicts(brief))
    assert str(Path.home()) not in to_json(brief)


def test_what_then_knew_is_what_had_been_printed(brief: Brief) -> None:
    claims = {claim["id"]: claim for claim in verdicts(brief)["claims"]}
    assert claims["exit-tightened"]["then"]["verdict"] == "untestable"
    assert claims["rights-no-nuclear-yes"]["then"]["verdict"] == "supported"
    assert claims["rights-no-nuclear-yes"]["now"]["verdict"] == "contested"


def test_claim_review_is_valid_json_that_cannot_leave_its_element(brief: Brief) -> None:
    text = claim_review(brief)
    assert "<" not in text
    reviews = json.loads(text)
    assert {item["reviewRating"]["alternateName"] for item in reviews} == {"Supported", "Contested"}
    assert all(item["@type"] == "ClaimReview" for item in reviews)


def test_hostile_text_is_escaped_everywhere() -> None:
    attack = "</script></style><img src=x onerror=alert(1)>"
    article = parse(
        f"---\ntitle: '{attack}'\nauthor: '{attack}'\npublished: 2015-10-22\npatron: CHN\n"
        f"client: PRK\nsubtitle: '{attack}'\n---\n\n[x {attack}]{{.claim #a}} {attack}\n\n"
        f"```claim\nid: a\nsays: '{attack}'\ntest: level\nmeasure: trade_share\n"
        f"because: '{attack}'\ncaveat: '{attack}'\nshows: '{attack}'\n"
        f"expect: {{'{attack}': max >= 80%}}\n"
        f"choices: {{w: {{'{attack}': {{years: 2014}}}}}}\n```\n"
    )
    library = open_library()
    result = check(article, library, command=attack)
    shown = page(result, library, Cache(None), review=True)
    assert "<img" not in shown
    assert shown.count("</style>") == 1
    assert shown.count("</script>") == 1
