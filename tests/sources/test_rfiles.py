"""R files: against an independent reader on real files, and form by form on made ones."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import warnings
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import rwriter as w

from beholden.errors import TableError
from beholden.sources.rfiles import read_r, read_r_dimnames, read_r_list

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the originals are not at hand")

# Small, and between them: both versions, all compressions, dates, logicals, factors, labels.
REAL = [
    "state_system/cow_majors.rda",
    "state_system/maoz_powers.rda",
    "state_system/gw_system.rda",
    "state_codes/gw_states.rda",
    "state_codes/cow_contdir.rda",
    "cow_trade_v4/cow_trade_sy.rda",
    "un_ga_votes_voeten/un_roll_calls.rda",
    "un_ga_votes_voeten/un_roll_call_issues.rda",
    "itpd_trade/country_list.RData",
    "economic_freedom/heritage_iof_raw.rds",
    "regimes/REIGN.rda",
    "regimes/eiu.rda",
]


def oracle(path: Path) -> Any:
    """What rdata reads: a pandas data frame."""
    import rdata

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = rdata.read_rds if path.suffix.lower() == ".rds" else rdata.read_rda
        found = read(path, default_encoding="utf-8")
    return found if path.suffix.lower() == ".rds" else next(iter(found.values()))


def plain(value: Any) -> Any:
    """A cell in a form that both readers share."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else float(value)
    return value


@needs_data
@pytest.mark.parametrize("file", REAL)
def test_agrees_with_an_independent_reader(file: str) -> None:
    ours, theirs = read_r(DATA / file), oracle(DATA / file)
    assert ours.columns == list(theirs.columns)
    assert ours.height == len(theirs)
    for name in ours.columns:
        mine, other = ours[name], theirs[name].to_list()
        if mine.dtype == pl.Date:
            mine = mine.cast(pl.Int32).cast(pl.Float64)
        if mine.dtype == pl.Datetime("us", "UTC"):
            mine = mine.dt.epoch("us") / 1e6
        assert [plain(v) for v in mine.to_list()] == [plain(v) for v in other], name


@needs_data
def test_a_real_list_agrees_with_an_independent_reader() -> None:
    path = DATA / "fariss_lhrs" / "Stan_Data_Prepped_2021.RDS"
    ours, theirs = read_r_list(path), oracle(path)
    assert list(ours) == list(theirs)
    assert len(ours) == 65
    for name, other in theirs.items():
        mine = ours[name]
        if isinstance(mine, np.ndarray):
            np.testing.assert_array_equal(mine, np.asarray(other, dtype=float))


@needs_data
def test_matrices_keep_their_sides() -> None:
    path = DATA / "itpd_trade" / "itpd_aggregated.rds"
    names = read_r(DATA / "itpd_trade" / "country_list.RData")["V1"].to_list()
    found = read_r_list(path)
    sides = read_r_dimnames(path)
    assert list(found) == list(sides) == [str(n) for n in range(1, 18)]
    assert all(side == [names, names] for side in sides.values())
    theirs = oracle(path)
    np.testing.assert_array_equal(found["15"], theirs[14].values)


def made(tmp_path: Path, body: bytes, **form: Any) -> Path:
    path = tmp_path / "made.rds"
    path.write_bytes(w.rds(body, **form))
    return path


def column(tmp_path: Path, body: bytes, **form: Any) -> pl.Series:
    return read_r(made(tmp_path, w.frame(x=body), **form))["x"]


def test_missing_is_null_and_not_a_number_stays(tmp_path: Path) -> None:
    numbers = column(tmp_path, w.doubles(1.5, w.NA_REAL, float("nan"), -0.0))
    assert numbers.is_null().to_list() == [False, True, False, False]
    assert numbers.is_nan().to_list() == [False, None, True, False]
    assert column(tmp_path, w.integers(1, w.NA_INT, 0)).to_list() == [1, None, 0]
    assert column(tmp_path, w.integers(1, w.NA_INT, 0, kind=10)).to_list() == [True, None, False]
    assert column(tmp_path, w.strings("a", None, "", "NA")).to_list() == ["a", None, "", "NA"]


def test_a_missing_with_a_label_of_its_own_is_null(tmp_path: Path) -> None:
    tagged = struct.pack(">Q", 0x7FF80061000007A2)
    assert column(tmp_path, w.doubles(tagged, 2.0)).to_list() == [None, 2.0]


@pytest.mark.parametrize(
    ("body", "expected", "dtype"),
    [
        (w.integers(1, 2), [1, 2], pl.Int64),
        (w.doubles(1, 2), [1.0, 2.0], pl.Float64),
        (w.integers(1, 0, kind=10), [True, False], pl.Boolean),
        (w.strings("b", "a"), ["b", "a"], pl.String),
        (w.strings(), [], pl.String),
    ],
)
def test_types(tmp_path: Path, body: bytes, expected: list[object], dtype: pl.DataType) -> None:
    found = column(tmp_path, body)
    assert found.to_list() == expected
    assert found.dtype == dtype


def classed(*names: str, **more: bytes) -> bytes:
    return w.pairs(**{"class": w.strings(*names), **more})


def test_classes(tmp_path: Path) -> None:
    levels = w.strings("low", "high")
    factor = w.integers(2, w.NA_INT, 1, attributes=classed("factor", levels=levels))
    assert column(tmp_path, factor).to_list() == ["high", None, "low"]
    days = w.doubles(0, -1, w.NA_REAL, attributes=classed("Date"))
    assert column(tmp_path, days).to_list() == [date(1970, 1, 1), date(1969, 12, 31), None]
    whole_days = w.integers(1, w.NA_INT, attributes=classed("Date"))
    assert column(tmp_path, whole_days).to_list() == [date(1970, 1, 2), None]
    times = w.doubles(1.5, w.NA_REAL, attributes=classed("POSIXct", "POSIXt"))
    assert column(tmp_path, times).to_list() == [
        datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC),
        None,
    ]
    big = w.doubles(
        struct.pack(">q", 2**60), struct.pack(">q", -(2**63)), attributes=classed("integer64")
    )
    assert column(tmp_path, big).to_list() == [2**60, None]


def test_compact_forms_are_written_out(tmp_path: Path) -> None:
    assert column(tmp_path, w.compact("compact_intseq", w.doubles(3, 5, 1))).to_list() == [5, 6, 7]
    down = column(tmp_path, w.compact("compact_realseq", w.doubles(2, 5, -1)))
    assert down.to_list() == [5.0, 4.0]
    wrapped = w.compact("wrap_real", w.listed(w.doubles(1, 2), w.integers(0, 0)))
    assert column(tmp_path, wrapped).to_list() == [1.0, 2.0]
    deferred = w.flags(2) + w.integers(7, w.NA_INT, -3) + w.integers(0)
    found = column(tmp_path, w.compact("deferred_string", deferred))
    assert found.to_list() == ["7", None, "-3"]
    real = w.flags(2) + w.doubles(1e5, 0.1, 123456, 1 / 3, w.NA_REAL, 1e-5, 1e15) + w.integers(0)
    found = column(tmp_path, w.compact("deferred_string", real))
    expected = ["1e+05", "0.1", "123456", "0.333333333333333", None, "1e-05", "1e+15"]
    assert found.to_list() == expected


def test_encodings(tmp_path: Path) -> None:
    def one(raw: bytes) -> bytes:
        return w.flags(16) + struct.pack(">i", 1) + raw

    assert column(tmp_path, one(w.text("Türkiye", "utf-8", 8))).to_list() == ["Türkiye"]
    assert column(tmp_path, one(w.text("Türkiye", "latin-1", 4))).to_list() == ["Türkiye"]
    native = one(w.text("Türkiye", "latin-1", 0))
    assert column(tmp_path, native, encoding="ISO-8859-1").to_list() == ["Türkiye"]
    assert column(tmp_path, native, version=2).to_list() == ["Türkiye"]
    assert column(tmp_path, one(w.text("Türkiye", "utf-8", 0)), version=2).to_list() == ["Türkiye"]


def test_what_is_no_data_is_stepped_over(tmp_path: Path) -> None:
    environment = w.flags(4) + struct.pack(">i", 0) + struct.pack(">i", 253) + w.NIL * 3
    pointer = w.flags(22) + w.NIL + w.NIL
    call = w.flags(6) + w.symbol("f") + w.flags(2) + w.doubles(1) + w.NIL
    back = struct.pack(">i", 255 | 1 << 8)
    own = w.pairs(
        names=w.strings("x"),
        **{"class": w.strings("data.frame")},
        selfref=pointer,
        env=environment,
        formula=call,
        again=back,
    )
    path = made(tmp_path, w.listed(w.doubles(4), attributes=own))
    assert read_r(path).to_dict(as_series=False) == {"x": [4.0]}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("version", [2, 3])
def test_every_packing(tmp_path: Path, pack: Any, version: int) -> None:
    path = tmp_path / "packed.rda"
    mark = b"RDX%d\n" % version
    body = w.rds(w.pairs(one=w.frame(x=w.doubles(1)), n=w.doubles(2)), version)
    path.write_bytes(pack(mark + body))
    assert read_r(path).to_dict(as_series=False) == {"x": [1.0]}
    assert list(read_r_list(path)) == ["one", "n"]


def test_lists(tmp_path: Path) -> None:
    dims = w.pairs(dim=w.integers(2, 3))
    body = w.listed(
        w.integers(1, 2, 3, 4, 5, 6, attributes=dims),
        w.integers(1, w.NA_INT),
        w.integers(1, 0, kind=10),
        w.strings("a", None),
        w.NIL,
        w.frame(x=w.doubles(1)),
        w.listed(w.doubles(1), w.strings("b"), attributes=w.pairs(names=w.strings("p", "q"))),
        w.listed(w.doubles(1)),
        attributes=w.pairs(names=w.strings(*"abcdefgh")),
    )
    found = read_r_list(made(tmp_path, body))
    assert isinstance(found["a"], np.ndarray)
    assert found["a"].tolist() == [[1, 3, 5], [2, 4, 6]]
    assert isinstance(found["b"], np.ndarray)
    assert found["b"].dtype == np.float64
    assert np.isnan(found["b"][1])
    assert isinstance(found["c"], np.ndarray)
    assert found["c"].dtype == bool
    assert isinstance(found["d"], np.ndarray)
    assert found["d"].tolist() == ["a", None]
    assert found["e"] is None
    assert isinstance(found["f"], pl.DataFrame)
    assert isinstance(found["g"], dict)
    assert list(found["g"]) == ["p", "q"]
    assert isinstance(found["h"], list)
    assert read_r(made(tmp_path, body), "f").shape == (1, 1)


def deep(levels: int) -> bytes:
    return w.listed(deep(levels - 1)) if levels else w.NIL


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a binary R file, found b''"),
        (b"<!DOCTYPE html><html>", "expected a binary R file, found b'<!DOCTYPE"),
        (b"A\n3\n", "R's text format; save it again in binary form"),
        (b"RDA2\nA\n2\n", "R's text format"),
        (b"X\n\x00\x00\x00\x09", "expected serialisation version 2 or 3, found 9"),
        (b"RDX3\nX\n", "expected 4 more bytes, found only 0"),
        (w.rds(w.doubles(1)), "expected exactly one data frame, found no data frame"),
        (w.rds(w.listed(w.frame(x=w.doubles(1)))), "found no data frame"),
        (w.rds(w.frame(x=w.listed(w.doubles(1)))), "plain values in column 'x', found list"),
        (w.rds(w.frame(x=w.doubles(1), y=w.doubles(1, 2))), r"one length.*\[1, 2\]"),
        (w.rds(w.doubles(1)[:-1]), "expected 8 more bytes, found only 7"),
        (w.rds(w.flags(14) + struct.pack(">i", 2**30)), "found only 0"),
        (w.rds(w.flags(14) + struct.pack(">i", -5)), "the length of a vector, found -5"),
        (w.rds(w.flags(16) + struct.pack(">i", 1) + w.flags(14) + w.NIL), "expected a text"),
        (w.rds(w.flags(21)), "expected a type of R object that holds data, found type 21"),
        (w.rds(struct.pack(">i", 255 | 7 << 8)), "expected a reference to one of 0, found 7"),
        (w.rds(deep(150)), "nested at most 100 deep"),
        (w.rds(w.compact("mmap_real", w.NIL)), "expected a compact form that is known"),
        (w.rds(w.compact("compact_intseq", w.doubles(1e18, 1, 1))), "length, start and step"),
        (w.rds(w.compact("deferred_string", w.NIL)), "numbers behind deferred texts"),
        (
            w.rds(w.frame(x=w.integers(3, attributes=classed("factor", levels=w.strings("a"))))),
            "codes from 1 to 1 in the factor 'x'",
        ),
        (
            w.rds(w.frame(x=w.doubles(1e12, attributes=classed("Date")))),
            "dates of the years 1 to 9999 in 'x'",
        ),
        (
            w.rds(w.frame(x=w.doubles(1, 2, attributes=w.pairs(dim=w.integers(1, 2))))),
            "expected one value a row in 'x', found a matrix",
        ),
    ],
)
def test_foreign_content_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "made.rds"
    path.write_bytes(content)
    with pytest.raises(TableError, match=message) as caught:
        read_r(path)
    assert str(caught.value).startswith("made.rds: ")


def test_names(tmp_path: Path) -> None:
    path = tmp_path / "two.rda"
    path.write_bytes(b"RDX3\n" + w.rds(w.pairs(a=w.frame(x=w.doubles(1)), b=w.frame())))
    assert read_r(path, "a").shape == (1, 1)
    with pytest.raises(TableError, match="exactly one data frame, found the data frames a, b"):
        read_r(path)
    with pytest.raises(TableError, match=r"named 'c', found none\. Valid: a, b"):
        read_r(path, "c")
    with pytest.raises(TableError, match="expected an object 'c', found none"):
        read_r_list(path, "c")
    with pytest.raises(TableError, match="expected a list, found double values"):
        read_r_list(made(tmp_path, w.doubles(1)))
    twice = w.listed(w.NIL, w.NIL, attributes=w.pairs(names=w.strings("a", "a")))
    with pytest.raises(TableError, match="expected 2 different names, found 1"):
        read_r_list(made(tmp_path, twice))
    shape = w.listed(w.doubles(1, attributes=w.pairs(dim=w.integers(2, 2))))
    with pytest.raises(TableError, match=r"expected an array of \(2, 2\), found 1 values"):
        read_r_list(made(tmp_path, shape))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, bytes])
def test_a_file_cut_at_any_byte_is_refused(tmp_path: Path, pack: Any) -> None:
    body = w.frame(x=w.doubles(1, 2), y=w.strings("a", "b"), z=w.integers(1, 2))
    whole = pack(w.rds(body))
    path = tmp_path / "cut.rds"
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(TableError, match=r"cut\.rds: expected"):
            read_r(path)


def test_damage_anywhere_never_shows_a_traceback(tmp_path: Path) -> None:
    body = w.frame(
        x=w.doubles(1, 2, attributes=classed("Date")),
        y=w.integers(1, 2, attributes=classed("factor", levels=w.strings("a", "b"))),
        z=w.strings("a", None),
    )
    whole = w.rds(body)
    path = tmp_path / "damaged.rds"
    outcomes = {"read": 0, "refused": 0}
    for place in range(len(whole)):
        for value in (0, 19, 255):
            path.write_bytes(whole[:place] + bytes([value]) + whole[place + 1 :])
            for read in (read_r, read_r_list):
                try:
                    read(path)
                    outcomes["read"] += 1
                except TableError:
                    outcomes["refused"] += 1
    assert min(outcomes.values()) > 100


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beholden.sources.rfiles.LIMIT", 2**21)
    path = tmp_path / "bomb.rds"
    path.write_bytes(bz2.compress(b"X\n" + bytes(2**23)))
    with pytest.raises(TableError, match="expected at most 2 MiB unpacked, found more"):
        read_r(path)
