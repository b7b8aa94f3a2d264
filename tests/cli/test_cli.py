"""The command as a person uses it: files, exit status and words, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import jsonschema
import pytest

from beholden.brief.schema import verdicts_schema

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """---
title: T
author: A
published: 2015-10-22
patron: CHN
client: PRK
---

[x]{.claim #a} text

```claim
id: a
says: S.
test: level
measure: trade_share
target: {years: 2014}
expect: max >= 80%
```
"""


def beholden(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder with a home of its own."""
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "beholden.cli", *arguments],
        cwd=folder,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_the_worked_case_from_nothing(tmp_path: Path) -> None:
    done = beholden(tmp_path, "check")
    assert done.returncode == 0, done.stderr
    assert "trade-share" in done.stdout
    assert "≈ contested" in done.stdout
    page = (tmp_path / "beholden-brief" / "index.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    data = json.loads((tmp_path / "beholden-brief" / "verdicts.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(verdicts_schema()).validate(data)
    answers = {claim["id"]: claim["now"]["verdict"] for claim in data["claims"]}
    assert len(answers) == 29
    assert answers["trade-share"] == "contested"
    assert answers["assembly-not-blocked"] == "supported"
    assert answers["precedent-fear"] == "untestable"
    assert {item["file"] for item in data["provenance"]["inputs"]} >= {
        "dprk_trade.csv",
        "dprk_un_votes.csv",
    }


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert beholden(tmp_path, "check", "--only", "trade-share", "--out", name).returncode == 0
    for file in ("index.html", "verdicts.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_json_on_standard_output_is_the_file(tmp_path: Path) -> None:
    done = beholden(tmp_path, "check", "--json", "--only", "trade-share,re-engaging")
    data = json.loads(done.stdout)
    assert [claim["id"] for claim in data["claims"]] == ["trade-share", "re-engaging"]
    written = (tmp_path / "beholden-brief" / "verdicts.json").read_text(encoding="utf-8")
    assert done.stdout == written


def test_the_day_of_then_can_be_chosen(tmp_path: Path) -> None:
    done = beholden(tmp_path, "check", "--json", "--only", "trade-share", "--as-of", "2012-06-30")
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["then"]["verdict"] == "untestable"
    assert claim["now"]["verdict"] == "contested"


def test_a_new_article_can_be_checked_at_once(tmp_path: Path) -> None:
    made = beholden(tmp_path, "new", "mine")
    assert made.returncode == 0
    done = beholden(tmp_path, "check", "mine/article.md")
    assert done.returncode == 0, done.stderr
    again = beholden(tmp_path, "new", "mine")
    assert again.returncode == 1
    assert "it was left as it is" in again.stderr


def test_explain_says_how_a_claim_is_tested(tmp_path: Path) -> None:
    done = beholden(tmp_path, "explain", "trade-share")
    assert done.returncode == 0
    for words in ("at least 80%", "30 universes from 5 choices", "trade between the two Koreas"):
        assert words in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("check", "none.md"), 1, "none.md:1:1: found no such file"),
        (("check", "--only", "trade-shar"), 2, 'Did you mean "trade-share"?'),
        (("check", "--as-of", "yesterday"), 2, "expected a day such as 2015-10-22"),
        (("chek",), 2, "No such command"),
        (("explain", "trade"), 2, "has no claim 'trade'"),
        (("measures", "trade"), 2, "no measure 'trade'"),
        (("check", "--nothing"), 2, "No such option"),
        (
            ("check", "--library", "none"),
            1,
            "found no such folder. See docs/library.md and docs/facts.md.",
        ),
    ],
)
def test_wrong_usage_and_wrong_articles(
    tmp_path: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = beholden(tmp_path, *arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert not (tmp_path / "beholden-brief").exists()


def test_an_invalid_article_leaves_an_earlier_brief_alone(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(ARTICLE, encoding="utf-8")
    assert beholden(tmp_path, "check", "a.md", "--out", "out").returncode == 0
    before = (tmp_path / "out" / "index.html").read_bytes()
    article.write_text(ARTICLE.replace("level", "levl"), encoding="utf-8")
    done = beholden(tmp_path, "check", "a.md", "--out", "out")
    assert done.returncode == 1
    assert "a.md:14:7" in done.stderr
    assert "1 problem in the article; nothing was written" in done.stderr
    assert (tmp_path / "out" / "index.html").read_bytes() == before


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = beholden(tmp_path, "check", "--only", "trade-share", "--out", "file/brief")
    assert done.returncode == 1
    assert "Name another with --out DIR." in done.stderr
    assert not list(tmp_path.glob("**/index.html"))


def test_a_script_in_the_article_stays_text(tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>"
    text = ARTICLE.replace("text\n", f"{attack} [l](javascript:alert(1))\n", 1)
    text = text.replace("says: S.", f'says: "{attack}"\nbecause: "{attack}"')
    (tmp_path / "a.md").write_text(text.replace("title: T", f'title: "{attack}"'), encoding="utf-8")
    done = beholden(tmp_path, "check", "a.md", "--claim-review")
    assert done.returncode == 0
    assert "raw HTML is shown as text" in done.stderr
    page = (tmp_path / "beholden-brief" / "index.html").read_text(encoding="utf-8")
    assert attack not in page
    assert 'href="javascript' not in page
    assert page.count("<script") == 1  # the ClaimReview data, which no browser runs


def test_years_without_facts_come_out_untestable_and_say_what_is_held(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE.replace("2014", "1960"), encoding="utf-8")
    done = beholden(tmp_path, "check", "a.md", "--json")
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["now"]["verdict"] == "untestable"
    assert any("held for 1989 to 2024" in name for name in claim["now"]["missing"])


def test_facts_of_ones_own_about_another_pair(tmp_path: Path) -> None:
    text = ARTICLE.replace("PRK", "SYR").replace("CHN", "RUS")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    without = json.loads(beholden(tmp_path, "check", "a.md", "--json").stdout)
    missing = without["claims"][0]["now"]["missing"]
    assert any("facts of the kind `trade` about SYR" in words for words in missing)
    assert any("Get them with: beholden fetch cow_trade_v3 " in words for words in missing)
    header = (
        "year,partner,flow,usd_million,share_of_total,definition,compiler,crude_basis,"
        "interkorean_basis,value_type,preferred,source_title,source_url,source_date,confidence,note"
    )
    rows = [
        f"2014,{partner},total,{value},,d,C,not_applicable,excl,published,1,T,,2015-03,high,"
        for partner, value in (("RUS", 900), ("WLD", 1000))
    ]
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "trade.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    (folder / "manifest.yaml").write_text(
        "title: F\nversion: '1'\nlicence: L\ncitation: C\ntables:\n"
        "  - {table: trade, file: trade.csv, client: SYR, title: T}\n",
        encoding="utf-8",
    )
    done = beholden(tmp_path, "check", "a.md", "--json", "--library", "facts")
    (claim,) = json.loads(done.stdout)["claims"]
    assert claim["now"]["verdict"] == "supported"
    known = [item["value"] for item in claim["estimates"] if item["status"] == "ok"]
    assert known == [0.9]
    (folder / "trade.csv").write_text(header + "\n2014,RUS,total,x\n", encoding="utf-8")
    broken = beholden(tmp_path, "check", "a.md", "--library", "facts")
    assert broken.returncode == 1
    assert "trade.csv:2: expected 16 cells" in broken.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    done = beholden(tmp_path, "check", "--only", "trade-share", "--out", "locked/brief")
    assert done.returncode == 1
    assert "permission denied" in done.stderr


def test_a_library_of_data_sets_alone_is_a_library(tmp_path: Path) -> None:
    (tmp_path / "shelf" / "data").mkdir(parents=True)
    done = beholden(tmp_path, "check", "--only", "trade-share", "--library", "shelf")
    assert done.returncode == 0, done.stderr


def test_schemas_are_printed(tmp_path: Path) -> None:
    block = json.loads(beholden(tmp_path, "schema").stdout)
    assert "trade_share" in json.dumps(block["properties"]["measure"])
    verdicts = json.loads(beholden(tmp_path, "schema", "--verdicts").stdout)
    assert verdicts == verdicts_schema()


def test_measures_are_listed_and_described(tmp_path: Path) -> None:
    listed = beholden(tmp_path, "measures").stdout
    assert "trade_share" in listed
    assert "waits for synthetic control" in listed
    described = " ".join(beholden(tmp_path, "measures", "trade_share").stdout.split())
    assert "without trade" not in described
    assert (
        "excluded: KOTRA and customs statistics treat inter-Korean trade as internal" in described
    )
