"""The commands as a person uses them: files, words and exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from profiling import CHN, CUB, JPN, PRK, USA, USSR, measure, values

from beholden import measures as room
from beholden import profile_cli
from beholden.measures import Choice, Option
from beholden.store import Library

if TYPE_CHECKING:
    from click.testing import Result

DEFINITION = Choice(
    "definition", "which one", (Option("share", "by share", ""), Option("size", "by size", ""))
)
PAIRS = [(PRK, CHN, 2010, 0.6), (PRK, JPN, 2010, 0.1), (PRK, USA, 2010, 0.1), (CUB, CHN, 2010, 0.2)]
LATER = [(PRK, CHN, 2014, 0.8), (CUB, USSR, 1985, 0.5), (PRK, USSR, 1985, None)]
MADE = [
    measure("trade_share", values([*PAIRS, *LATER])),
    measure(
        "leverage",
        {"share": values(PAIRS, scale="index"), "size": values(LATER, scale="index")},
        "leverage",
        choice=DEFINITION,
    ),
    measure("terror_scale", values([(PRK, 2010, 5.0), (JPN, 2010, 1.0)], scale="1 to 5"), "abuse"),
    measure(
        "protection",
        values([(PRK, 2010, -2.0), (JPN, 2010, 2.0)], scale="points", extra={"se": [0.1, 0.1]}),
        "abuse",
    ),
]


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "MEASURES", {each.name: each for each in MADE})
    monkeypatch.setattr("beholden.engine.open_library", lambda _: Library([]))
    monkeypatch.setattr(profile_cli, "_cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    command = {each.name: each for each in profile_cli.COMMANDS}[arguments[0]]
    return CliRunner().invoke(command, arguments[1:])


def test_a_profile_is_written_and_summed_up() -> None:
    done = run("profile", "PRK", "CHN", "--out", "here")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in Path("here").iterdir()) == ["index.html", "profile.json"]
    assert "North Korea and China, 1948 to 2014" in done.stdout
    assert "The page: here/index.html" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_is_the_file_itself() -> None:
    done = run("profile", "prk", "CHN", "--json", "--from", "2000", "--to", "2012")
    data = Path("beholden-profile/profile.json").read_text("utf-8")
    assert json.loads(done.stdout) == json.loads(data)
    assert json.loads(data)["provenance"]["command"] == (
        "beholden profile PRK CHN --from 2000 --to 2012"
    )
    assert json.loads(data)["years"] == [2000, 2010]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("PRK", "PRK"), "expected two states, found PRK and PRK, which are the same state"),
        (("RUS", "SUN"), "which are the same state or stand for one another's past"),
        (("DPRK",), '"DPRK" is no ISO 3166 alpha-3 code of a state. Did you mean PRK'),
        (("PRK", "ROK"), "Did you mean KOR (South Korea)?"),
        (("BLR", "RUS", "--from", "1950", "--to", "1980"), "BLR did not exist in 1980"),
        (("PRK", "--from", "1850", "--to", "1900"), "PRK did not exist in 1900"),
        (("PRK", "--from", "2000", "--to", "1990"), "expected --from to be no later than --to"),
        (("SUN", "UKR", "--from", "1992"), "SUN did not exist in 1992"),
        (("DDR", "SSD"), "did not both exist in any year"),
    ],
)
def test_wrong_usage_of_profile(arguments: tuple[str, ...], words: str) -> None:
    done = run("profile", *arguments)
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())


def test_a_state_without_a_figure_is_no_page() -> None:
    done = run("profile", "LUX", "USA", "--to", "2010")
    assert done.exit_code == 1
    words = "no measure has a figure for Luxembourg and the United States from 1946 to 2010"
    assert str(done.exception) == words
    assert not Path("beholden-profile").exists()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("profile", "PRK", "CHN", "--out", "file/below")
    assert "expected a folder that can be written" in str(done.exception)


def test_the_patrons_over_a_client() -> None:
    done = run("rank", "leverage", "--over", "PRK", "--year", "2010")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "Over North Korea in 2010: the leverage, by share"
    assert [word for word in ("China (CHN)", "Japan (JPN)", "2 to 3") if word in done.stdout] == [
        "China (CHN)",
        "Japan (JPN)",
        "2 to 3",
    ]
    assert "3 of 3 states with a value, highest first." in done.stdout
    assert "Interval: the ranks that ties leave open." in done.stdout
    assert "Without a value and so without a place: Russia, the United Kingdom, France." in (
        " ".join(done.stdout.split())
    )
    assert max(map(len, lines)) <= 80


def test_the_clients_of_a_patron_and_the_last_year() -> None:
    done = run("rank", "clients", "--of", "CHN")
    assert done.stdout.startswith("Clients of China in 2010: the leverage, by share\n")
    assert done.stdout.index("North Korea (PRK)") < done.stdout.index("Cuba (CUB)")


def test_another_definition() -> None:
    for words in (("--definition", "size"), ("--pick", "definition=size")):
        done = run("rank", "leverage", "--over", "CUB", *words)
        assert "Over Cuba in 1985: the leverage, by size" in done.stdout
        assert "Soviet Union (SUN)" in done.stdout


def test_all_states_from_the_lowest() -> None:
    done = run("rank", "protection", "--lowest")
    assert done.stdout.startswith("The protection, 2010\n")
    assert done.stdout.index("North Korea (PRK)") < done.stdout.index("Japan (JPN)")
    assert "lowest first" in done.stdout


def test_ranking_as_json() -> None:
    form: dict[str, Any] = json.loads(
        run("rank", "trade_share", "--over", "PRK", "--year", "2010", "--top", "1", "--json").stdout
    )
    assert (form["over"], form["of"], form["year"], form["states"]) == ("PRK", None, 2010, 3)
    assert form["order"] == [
        {
            "code": "CHN",
            "name": "China",
            "rank": 1,
            "rank_low": 1,
            "rank_high": 1,
            "value": 0.6,
            "low": None,
            "high": None,
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("leverge", "--over", "PRK"), "no measure 'leverge'. Did you mean \"leverage\"?"),
        (("leverage",), "name either the client whose patrons are ranked (--over CLIENT) or the"),
        (("leverage", "--over", "PRK", "--of", "CHN"), "name either the client"),
        (("terror_scale", "--of", "CHN"), "is measured for single states: leave out --over and"),
        (("clients", "--over", "CHN"), "expected --of with 'clients': whose clients are ranked"),
        (("leverage", "--over", "ROK"), "Did you mean KOR (South Korea)?"),
        (("leverage", "--over", "RUS", "--year", "1985"), "in that year: SUN (Soviet Union)"),
        (("leverage", "--over", "RUS", "--year", "1991"), "Ask for SUN."),
        (("leverage", "--over", "PRK", "--definition", "sice"), 'Did you mean "size"?'),
        (("leverage", "--over", "PRK", "--pick", "size"), "expected CHOICE=OPTION, found 'size'"),
        (
            ("leverage", "--over", "PRK", "--definition", "size", "--pick", "definition=share"),
            "expected each choice once, found 'definition' twice",
        ),
    ],
)
def test_wrong_usage_of_rank(arguments: tuple[str, ...], words: str) -> None:
    done = run("rank", *arguments)
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("trade_share", "--over", "PRK", "--year", "2012"),
            "over North Korea in 2012; the first year with data is 2010, the last 2014",
        ),
        (
            ("trade_share", "--over", "PRK", "--year", "1985"),
            "in 1985: no value in the source; the first year with data is 2010, the last 2014",
        ),
        (("terror_scale", "--year", "2011"), "the first year with data is 2010, the last 2010"),
    ],
)
def test_a_year_without_data_names_the_years_with(arguments: tuple[str, ...], words: str) -> None:
    done = run("rank", *arguments)
    assert done.exit_code == 1
    assert words in str(done.exception)
