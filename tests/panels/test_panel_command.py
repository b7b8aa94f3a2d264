"""The command panel as a person uses it: files, words, exit status, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.panel_face import panel

if TYPE_CHECKING:
    from pathlib import Path

RUN = """
import sys
from beholden import cli, panel_cli
cli.cli.add_command(panel_cli.panel)
cli.main()
"""


def run(folder: Path, *words: str, width: int = 80) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own."""
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "COLUMNS": str(width)}
    done = subprocess.run(
        [sys.executable, "-c", RUN, "panel", *words],
        cwd=folder,
        env={**os.environ, **home, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def asking(
    library: Path, *more: str, unit: str = "state-year", out: str = "p.parquet"
) -> list[str]:
    years = ["--from", "1990", "--to", "1994", "--with", "protection"]
    return [unit, *years, "-o", out, "--library", str(library), *more]


def test_a_panel_of_states(library: Path, tmp_path: Path) -> None:
    done = run(
        tmp_path, *asking(library, "--lag", "protection:1", "--transform", "protection:spell")
    )
    assert done.returncode == 0, done.stderr
    made = panel("state-year", range(1990, 1995), library=library).add("protection")
    wanted = made.lag("protection").transform("protection", "spell")
    assert pl.read_parquet(tmp_path / "p.parquet").equals(wanted.frame)
    names = {"p.parquet", "p.codebook.md", "p.bib"}
    assert {path.name for path in tmp_path.iterdir()} == names
    book = (tmp_path / "p.codebook.md").read_text("utf-8")
    assert (
        "    beholden panel state-year --from 1990 --to 1994 --with protection -o p.parquet" in book
    )
    assert "--lag protection:1" in book
    assert "@article{fariss_lhrs," in (tmp_path / "p.bib").read_text("utf-8")


def test_a_panel_of_pairs_once_in_the_other_list(library: Path, tmp_path: Path) -> None:
    more = ("--system", "gw", "--undirected", "--lead", "protection:2")
    done = run(tmp_path, *asking(library, *more, unit="dyad-year", out="p.csv"))
    assert done.returncode == 0, done.stderr
    found = pl.read_csv(tmp_path / "p.csv", infer_schema_length=None)
    assert found.columns[:5] == ["gwcode1", "gwcode2", "year", "iso3_1", "iso3_2"]
    assert (found["gwcode1"] < found["gwcode2"]).all()
    assert "protection_2_lead2" in found.columns


def test_the_summary_adds_up_and_fits_the_width(library: Path, tmp_path: Path) -> None:
    done = run(tmp_path, *asking(library, "--lag", "protection:1"))
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    rows = int(lines[0].split(": ")[1].split(" ")[0].replace(",", ""))
    assert lines[0] == f"p.parquet: {rows} state-years, 1990 to 1994, Correlates of War list"
    blocks = done.stdout.split("\n\n")
    assert [block.split()[0] for block in blocks[1:3]] == ["protection", "protection_lag1"]
    for block in blocks[1:3]:
        head, *rest = block.splitlines()
        present = int(head.split()[-2].replace(",", ""))
        missing = [int(line.split()[0]) for line in rest if "missing:" in line]
        assert present + sum(missing) == rows
        assert f"{100 * present / rows:.1f}%" in head
    assert "1 more column holds standard errors" in done.stdout
    assert done.stdout.endswith("Wrote p.parquet, and beside it p.codebook.md and p.bib.\n")


def test_the_summary_tells_when_the_list_ends(library: Path, tmp_path: Path) -> None:
    words = ["state-year", "--from", "2015", "--to", "2018", "--with", "protection"]
    done = run(tmp_path, *words, "-o", "p.csv", "--library", str(library))
    assert "The list ends on 2016-12-31" in done.stdout
    assert "The list ends" not in run(tmp_path, *asking(library)).stdout


WRONG = {
    "no measure": (["--with", ","], "expected measures separated by commas"),
    "unknown measure": (["--with", "protecton"], "no measure 'protecton'. Did you mean"),
    "years turned round": (["--from", "1995"], "expected --from to be no later than --to"),
    "a pick of another": (
        ["--pick", "trade_share.source=COW 4.0"],
        "'trade_share' is not among the measures of --with",
    ),
    "half a pick": (["--pick", "protection=x"], "expected NAME.CHOICE=OPTION, found 'protection'"),
    "a pick without option": (["--pick", "protection.source="], "expected NAME.CHOICE=OPTION"),
    "half a lag": (["--lag", "protection"], "expected NAME:YEARS, found 'protection'"),
    "a lag in words": (["--lag", "protection:one"], "expected NAME:YEARS with whole years"),
    "a pin twice": (["--pin", "pts=1", "--pin", "pts=2"], "expected each name once"),
    "another list": (["--system", "iso3"], "is not one of 'cow', 'gw'"),
    "no day": (["--as-of", "2015"], "does not match the format"),
}


@pytest.mark.parametrize("case", list(WRONG))
def test_wrong_usage_ends_with_two(case: str, tmp_path: Path) -> None:
    more, words = WRONG[case]
    done = run(tmp_path, *asking(tmp_path, *more), width=200)
    assert done.returncode == 2
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


FAILED = {
    "no data": ([], "the library does not hold fariss_lhrs. Get it with: beholden fetch"),
    "an ending": (["-o", "p.xlsx"], "expected a file that ends in .parquet, .csv, .dta"),
    "no folder": (["-o", "none/p.csv"], "expected a place that can be written"),
    "years to come": (["--to", "2300"], "expected years from 1816"),
    "an option": (["--pick", "protection.source=x"], "protection: no choice 'source'"),
    "a lag of none": (["--lag", "cover:1"], "expected a column of the panel, found 'cover'"),
    "a lag of nothing": (["--lag", "protection:0"], "expected a lag of 1 to 250 whole years"),
    "another way": (["--transform", "protection:sum"], "expected a transformation, found 'sum'"),
    "a set that is none": (["--pin", "ptss=1"], "expected the name of a data set, found 'ptss'"),
    "too early a day": (["--as-of", "2001-01-01"], "an edition from before 2001-01-01"),
}


@pytest.mark.parametrize("case", list(FAILED))
def test_what_fails_ends_with_one(case: str, library: Path, tmp_path: Path) -> None:
    more, words = FAILED[case]
    where = tmp_path / "none" if case == "no data" else library
    done = run(tmp_path, *asking(where, *more))
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_shows_every_option(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.returncode == 0
    for option in (
        "--from",
        "--to",
        "--with",
        "--output",
        "--system",
        "--undirected",
        "--relevant",
    ):
        assert option in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
