"""The command multiverse: an example that runs, files that hold, errors with their place."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

from beholden.cli import cli
from beholden.errors import BeholdenError

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """data: data.csv
unit: unit
time: year
outcomes: [y]
exposures: [x]
expect: positive
"""


def beholden(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = {"HOME": str(folder), "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "beholden.cli", "multiverse", *arguments],
        cwd=folder,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def data(folder: Path) -> None:
    rows = [(u, year, u * year % 7, u * year % 5) for u in range(3, 9) for year in range(1, 5)]
    frame = pl.DataFrame(rows, ["unit", "year", "x", "y"], orient="row")
    frame = frame.with_columns(half=pl.col("unit") // 2)
    frame.write_csv(folder / "data.csv")


def test_the_example_runs_and_what_is_written_holds_together(tmp_path: Path) -> None:
    assert beholden(tmp_path, "--example", "mine").returncode == 0
    done = beholden(tmp_path, "mine/multiverse.yaml", "--draws", "19", "--out", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "640 planned, 640 with an estimate" in done.stdout
    told = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    universes = pl.read_parquet(tmp_path / "out" / "universes.parquet")
    assert universes.height == told["verdict"]["universes"] == 640
    assert told["verdict"]["share"] == pytest.approx(universes["meets"].mean())
    assert told["statuses"] == dict(universes["status"].value_counts().iter_rows())
    assert told["joint"]["draws"] == 19
    assert "Simulated data (seed" in told["note"]
    for one in told["provenance"]["inputs"]:
        path = tmp_path / "mine" / one["file"]
        assert one["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    csv = pl.read_csv(tmp_path / "out" / "universes.csv")
    assert csv["coefficient"].to_list() == universes["coefficient"].to_list()
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "<svg" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "<script" not in page
    # The truth that was put in: within units, with wealth held fixed, about -0.3.
    best = universes.filter(pl.col("with wealth"), effects="unit", lag=0, errors="CR1")
    assert best["effect_low"].to_numpy().min() < -0.25
    assert best["effect_high"].to_numpy().max() > -0.45


def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    beholden(tmp_path, "--example", "mine")
    for out, jobs in (("one", "1"), ("two", "2")):
        beholden(tmp_path, "mine/multiverse.yaml", "--draws", "9", "--out", out, "--jobs", jobs)
    for name in ("universes.parquet", "universes.csv", "summary.json", "index.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SMALL.replace("expect: positive", "expect: up"), "file.yaml:6:9: found 'up'"),
        (SMALL.replace("unit: unit", "units: unit"), "file.yaml:2:1: found the key `units`"),
        (SMALL.replace("unit: unit", "units: unit"), 'Did you mean "unit"?'),
        (SMALL + "lags: [0, -2]\n", "file.yaml:7:7: found -2; expected 0 or more years"),
        (SMALL + "effects: {a: b}\n", "file.yaml:7:14: found the column 'b'; expected a column"),
        (SMALL + "samples: {a: y}\n", "found the column 'y' of Int64; expected a column of truth"),
        (SMALL + "errors: [CR2]\n", "file.yaml:7:10: found 'CR2'; expected one of 'CR1'"),
        (SMALL.replace("data.csv", "other.csv"), "file.yaml:1:7: found no file `other.csv`"),
        (SMALL.replace("data.csv", "data.dta"), "expected a file .parquet or .csv"),
        (
            SMALL.replace("unit: unit", "unit: half"),
            "rows that repeat a unit and year, first 2 in 1",
        ),
        (SMALL + "outcomes: [x]\n", "the key 'outcomes' stands here twice"),
        (SMALL.replace("unit: unit", "unit: year"), "expected another column than the unit's"),
        (SMALL + "\tlags: 0\n", "found a tab"),
        ("", "found no keys"),
        (SMALL + "forbid:\n  - when: {outcome: z}\n    because: w\n", "file.yaml:8:21: found the"),
        (SMALL.replace("exposures: [x]", "exposures: [y]"), "arithmetic circle"),
    ],
)
def test_errors_have_their_place_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    data(tmp_path)
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["multiverse", "file.yaml", "--draws", "0"])
    assert isinstance(done.exception, BeholdenError)
    assert told in f"{done.stderr}{done.exception}"
    assert re.fullmatch(r"\d problems? in file.yaml; nothing was written", str(done.exception))
    assert not (tmp_path / "beholden-multiverse").exists()


def test_a_refused_file_ends_in_words_and_an_exit_status(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text("unit: [", encoding="utf-8")
    done = beholden(tmp_path, "file.yaml")
    assert done.returncode == 1
    assert "error: file.yaml:1:8: found" in done.stderr
    assert "error: 1 problem in file.yaml; nothing was written" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_and_what_stands_in_the_way(tmp_path: Path) -> None:
    done = beholden(tmp_path)
    assert (done.returncode, "expected either FILE or --example" in done.stderr) == (2, True)
    done = beholden(tmp_path, "absent.yaml")
    assert done.returncode == 1
    assert "absent.yaml:1:1: found no such file or directory" in done.stderr
    beholden(tmp_path, "--example", "mine")
    done = beholden(tmp_path, "--example", "mine")
    assert done.returncode == 1
    assert "expected no such file, found one" in done.stderr
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = beholden(tmp_path, "mine/multiverse.yaml", "--draws", "0", "--out", "out/there")
    assert done.returncode == 1
    assert "Name another with --out DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_cluster_at_the_address_ends_in_words(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    beholden(tmp_path, "--example", "mine")
    done = beholden(tmp_path, "mine/multiverse.yaml", "--cluster", "not an address")
    assert done.returncode == 1
    assert "expected a Dask scheduler at 'not an address'" in done.stderr
    assert "Traceback" not in done.stderr
