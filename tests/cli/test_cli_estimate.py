"""The command estimate: files with their record, errors with what to do, on real data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

from beholden.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["estimate", *map(str, arguments)])


@pytest.fixture(scope="module")
def points(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("points")
    result = run(
        "ideal-points", "--votes", "human-rights", "--from", 2005, "--library", library,
        "--out", out,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return out


def test_positions_are_written_with_intervals_and_sides_as_anchored(points: Path) -> None:
    table = pl.read_parquet(points / "positions.parquet")
    assert table.columns == ["unit", "year", "mean", "sd", "low", "high", "answers"]
    assert table.null_count().sum_horizontal().item() == 0
    assert (table["low"] < table["mean"]).all()
    for _, group in table.filter(pl.col("unit").is_in(["USA", "RUS", "PRK"])).group_by("year"):
        mean = dict(group.select("unit", "mean").iter_rows())
        assert mean["USA"] > max(mean["RUS"], mean["PRK"])
    answered = table.filter(pl.col("answers") > 0)["mean"]
    assert abs(float(answered.to_numpy().mean())) < 1e-6
    assert pl.read_csv(points / "positions.csv").height == table.height


def test_items_have_titles_and_draws_the_states_asked_for(points: Path) -> None:
    items = pl.read_parquet(points / "items.parquet")
    assert items["title"].null_count() < 0.02 * items.height
    drawn = pl.read_parquet(points / "draws.parquet")
    assert sorted(drawn["unit"].unique()) == ["CHN", "PRK", "RUS", "USA"]
    assert sum(name.startswith("draw_") for name in drawn.columns) == 200


def test_the_record_says_what_everything_rests_on(points: Path) -> None:
    record = json.loads((points / "record.json").read_text("utf-8"))
    assert record["fit"]["converged"]
    assert record["fit"]["log_likelihood"] < 0
    assert record["fit"]["share_of_times_in_which_anchors_hold"] == 1
    assert record["answers"]["votes"] == "human-rights"
    assert {item["data set"] for item in record["data sets"]} >= {"un_ga_votes_voeten"}
    hashes = [sha for item in record["data sets"] for sha in item["originals"].values()]
    assert all(len(sha) == 64 for sha in hashes)
    drawing = (points / "positions.svg").read_text("utf-8")
    assert drawing.startswith("<svg")
    assert all(f">{unit}</text>" in drawing for unit in ("USA", "CHN", "RUS", "PRK"))


def test_human_rights_reach_the_last_year_of_their_sources(library: Path, tmp_path: Path) -> None:
    result = run("human-rights", "--from", 2010, "--library", library, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    table = pl.read_parquet(tmp_path / "positions.parquet")
    assert table["year"].to_numpy().max() == 2023
    means = dict(table.filter(year=2020).select("unit", "mean").iter_rows())
    assert means["PRK"] < means["CHN"] < means["SWE"]


def test_the_published_model_names_states_and_years(library: Path, tmp_path: Path) -> None:
    (tmp_path / "draws.parquet").write_text("left by an earlier run")
    given = ("--model", "published", "--from", 2010, "--library", library, "--out", tmp_path)
    result = run("ideal-points", *given)
    assert result.exit_code == 0, result.output
    table = pl.read_parquet(tmp_path / "positions.parquet")
    assert (table["year"].to_numpy().min(), table["year"].to_numpy().max()) == (2010, 2019)
    means = dict(table.filter(year=2015).select("unit", "mean").iter_rows())
    assert means["USA"] > means["RUS"] > means["PRK"]
    assert ">CHN</text>" in (tmp_path / "positions.svg").read_text("utf-8")
    assert not (tmp_path / "draws.parquet").exists()


def test_a_folder_that_cannot_be_made_is_said_in_words(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    out = tmp_path / "file" / "x"
    result = run("ideal-points", "--votes", "important", "--from", 2015, "--library", library,
                 "--out", out)  # fmt: skip
    assert result.exit_code == 1
    assert "expected a folder that can be written" in result.output


def test_a_library_without_the_data_names_one_command(tmp_path: Path) -> None:
    result = run("human-rights", "--library", tmp_path / "none", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "beholden fetch fariss_lhrs_indicators pts" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--model", "published", "--votes", "nuclear"), 2, "takes all roll calls"),
        (("--votes", "peace"), 2, "'--votes'"),
        (("--from", 2030), 1, "2030"),
        (("--votes", "important", "--from", 2015, "--units", "XYZ"), 1, "XYZ did not answer"),
        (("--topic", "no such words at all"), 1, "no such words"),
    ],
)
def test_wrong_options_are_refused_in_words(
    library: Path, tmp_path: Path, arguments: tuple[object, ...], status: int, words: str
) -> None:
    out = tmp_path / "out"
    result = run("ideal-points", *arguments, "--library", library, "--out", out)
    assert result.exit_code == status, result.output
    assert words in result.output
    assert "Traceback" not in result.output
