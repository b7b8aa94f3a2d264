"""What was measured is kept by the digest of all that went into it, and comes back bit by bit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.cases import facts_folder
from beholden.claims import parse
from beholden.core import Input, Provenance, Series, Source
from beholden.errors import MissingDataError
from beholden.measures import MEASURES, Target, Years, known
from beholden.multiverse import Means, assess, keeping
from beholden.panels import Holdings
from beholden.store import Cache, Library
from beholden.store.shelf import Shelf
from set_maker import MADE, SCORE, SCORED, TRADED, scores, shelve, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beholden.measures import Evidence

NOW = date.max
LOW = {2010: 0.1, 2011: 0.2, 2012: 0.3}
SERIES = Series(
    pl.DataFrame(
        {
            "year": [2010, 2011],
            "x": [0.1 + 0.2, None],
            "day": [date(2010, 1, 2), None],
            "vote": ["no", None],
            "adopted": [True, None],
            "rows": [["a:1", "b:2"], []],
        },
        schema_overrides={"low": pl.Float64},
    ),
    "year",
    "share",
    {"a:1": Source("A \N{EN DASH} title", "https://example.org", "2015", "high", "a:1")},
    Provenance((Input("a", "1", "a.csv", "0" * 64),), ("cut", "joined"), "0.1.0"),
    ("a note",),
)


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)


def series(text: str) -> Series:
    back = keeping.read(text)
    assert back is not None
    assert isinstance(back.found, Series)
    return back.found


def test_a_series_comes_back_bit_by_bit() -> None:
    back = series(keeping.written(SERIES))
    assert back.frame.equals(SERIES.frame)
    assert back.frame.schema == SERIES.frame.schema
    assert replace(back, frame=SERIES.frame) == SERIES


def test_a_series_without_rows_keeps_the_types_of_its_columns() -> None:
    empty = replace(SERIES, frame=SERIES.frame.clear())
    assert series(keeping.written(empty)).frame.schema == SERIES.frame.schema


def test_numbers_that_are_none_stay_apart_from_what_is_not_known() -> None:
    odd = replace(SERIES, frame=pl.DataFrame({"x": [float("nan"), None, float("inf"), -0.0]}))
    assert series(keeping.written(odd)).frame["x"].to_list()[1] is None
    assert str(series(keeping.written(odd)).frame["x"].to_list()) == "[nan, None, inf, -0.0]"


def test_a_lack_of_data_comes_back_as_one() -> None:
    back = keeping.read(keeping.written(MissingDataError("no year", ["pts"])))
    assert back is not None
    assert isinstance(back.found, MissingDataError)
    assert (str(back.found), back.found.needs) == ("no year", ("pts",))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{}",
        "[1]",
        '{"missing": "x"}',
        '{"frame": "!"}',
        '{"frame": "QUJD", "sha256": ""}',
    ],
)
def test_a_damaged_piece_is_as_good_as_none(text: str | None) -> None:
    assert keeping.read(text) is None


def test_a_table_with_another_byte_is_as_good_as_none() -> None:
    whole = keeping.written(SERIES)
    assert keeping.read(whole) is not None
    assert keeping.read(whole.replace("AAAA", "AAAB", 1)) is None


class Counted:
    """A keeper that counts what it is asked for and what it is given."""

    def __init__(self) -> None:
        self.pieces: dict[str, str] = {}
        self.hits = 0

    def get(self, key: str) -> str | None:
        self.hits += key in self.pieces
        return self.pieces.get(key)

    def put(self, key: str, text: str) -> None:
        self.pieces[key] = text


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every time that the score is really measured, by its source."""
    done: list[str] = []
    compute = SCORE.compute
    assert compute is not None

    def counted(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
        done.append(picks["source"])
        return compute(evidence, target, picks)

    monkeypatch.setitem(MEASURES, "score", replace(SCORE, compute=counted))
    return done


def test_a_second_run_measures_nothing_and_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(tmp_path, "alpha", scores(LOW))
    shelve(tmp_path, "beta", scores({2010: 0.1}))
    done = counting(monkeypatch)
    claim = parse(written([SCORED])).claims[0]
    cache = Cache(tmp_path / "cache")

    def judged() -> object:
        data = Holdings(Shelf(tmp_path / "library"))
        found = assess(claim, {}, NOW, means=Means(data, cache))
        return found.verdict, found.run.estimates, found.run.provenance, found.run.picks

    first = judged()
    assert done == ["alpha", "beta"]
    assert judged() == first
    assert done == ["alpha", "beta"]
    # A new edition is measured; the other set is not measured again.
    shelve(tmp_path, "alpha", scores(LOW | {2012: 0.9}), version="2")
    assert judged() != first
    assert done == ["alpha", "beta", "alpha"]


def key(tmp_path: Path, target: Target, source: str = "alpha", as_of: date = NOW) -> str:
    data = Holdings(Shelf(tmp_path / "library"), as_of=as_of)
    evidence = known({}, as_of, data=data)
    return keeping.key_of(SCORE, {"source": source}, target, evidence, data)


def test_all_that_decides_a_series_decides_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("alpha", "beta"):
        shelve(tmp_path, name, scores(LOW), released="2012")
    target = Target("PRK", "CHN", years=Years(2010, 2012))
    first = key(tmp_path, target)
    assert key(tmp_path, replace(target, years=Years(2010, 2012))) == first
    others = [
        key(tmp_path, replace(target, years=Years(2010, 2013))),
        key(tmp_path, replace(target, client="KOR")),
        key(tmp_path, target, "beta"),
        key(tmp_path, target, as_of=date(2015, 1, 1)),
    ]
    monkeypatch.setattr(keeping, "program", lambda: "another")
    others.append(key(tmp_path, target))
    monkeypatch.undo()
    shelve(tmp_path, "alpha", scores(LOW), version="2", released="2012")
    others.append(key(tmp_path, target))
    assert len({first, *others}) == len(others) + 1


def test_what_is_read_from_facts_is_never_kept() -> None:
    table = Library([facts_folder()]).table("trade", "PRK")
    assert table is not None
    keeper = Counted()
    claim = parse(written([TRADED])).claims[0]
    found = assess(claim, {"trade": table}, NOW, means=Means(keeper=keeper))
    assert found.verdict.answer == "contested"
    assert keeper.pieces == {}
