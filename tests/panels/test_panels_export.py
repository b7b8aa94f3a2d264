"""Files: what is read back is what was written, with its codebook; a failure leaves the old file.

The codebook of a small panel is kept in `tests/golden/panels`. After a change that is meant,
set BEHOLDEN_GOLDEN=write, run this file and read the difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import polars as pl
import pyreadstat
import pytest
from paneling import Made, made, values

from beholden import __version__
from beholden.errors import OutputError, PanelError
from beholden.panels import Panel, Values, build

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "panels"
ENDINGS = (".parquet", ".csv", ".dta")


def panel() -> Panel:
    """Pairs with numbers, whole numbers, truth values and words, some of them missing."""
    states = values(
        [("SUN", 1991, 1.5), ("RUS", 1991, 2.5), ("RUS", 1992, None), ("PRK", 1990, 0.1)],
        "iso3",
        extra={"se": [0.1, 0.2, None, 0.3], "why": [None, None, "late", None]},
        missing={"late": "the figure came too late"},
        sources=("scores",),
    )
    pairs = values([(731, 710, 1991, 90.0), (731, 365, 1991, 5.0), (731, 731, 1991, 1.0)])
    whole, flag, word = (
        Values(
            pairs.frame.with_columns(x=pl.Series(cells)),
            *("dyad-year", "cow", (1990, 1992), "", "", ("made",)),
        )
        for cells in ([90, None, 1], [True, False, None], ["close", None, "none"])
    )
    catalogue = Made({"score": states, "flow": pairs, "rank": whole, "ally": flag, "tie": word})
    full = build(catalogue, "dyad-year", range(1991, 1993)).add(
        "score", "flow", "rank", "ally", "tie"
    )
    full = full.lag("score_1").transform("flow", "difference")
    return full.where(pl.col("ccode1").is_in([731, 365]), "rows of Russia and North Korea")


@pytest.mark.parametrize("ending", ENDINGS)
def test_three_files_are_written_and_nothing_else(ending: str, tmp_path: Path) -> None:
    written = panel().write(tmp_path / f"p.one{ending}")
    names = [f"p.one{ending}", "p.one.codebook.md", "p.one.bib"]
    assert [path.name for path in written] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    modes = {path.stat().st_mode & 0o777 for path in written}
    (tmp_path / "other").touch()
    assert modes == {(tmp_path / "other").stat().st_mode & 0o777}


def test_parquet_is_read_back_as_it_is(tmp_path: Path) -> None:
    one = panel()
    one.write(tmp_path / "p.parquet")
    assert pl.read_parquet(tmp_path / "p.parquet").equals(one.frame)


def test_csv_is_read_back_as_it_is(tmp_path: Path) -> None:
    one = panel()
    one.write(tmp_path / "p.csv")
    found = pl.read_csv(tmp_path / "p.csv", schema=one.frame.schema)
    assert found.equals(one.frame)


def test_stata_is_read_back_with_its_labels(tmp_path: Path) -> None:
    one = panel()
    one.write(tmp_path / "p.dta")
    found, meta = pyreadstat.read_dta(str(tmp_path / "p.dta"), output_format="polars")
    assert found.columns == one.frame.columns
    words = [name for name, kind in one.frame.schema.items() if kind in (pl.String, pl.Enum)]
    for name in one.frame.columns:
        if name in words:
            # Stata has no missing text.
            wanted = one.frame[name].cast(pl.String).fill_null("")
            assert found[name].equals(wanted), name
        else:
            assert found[name].cast(pl.Float64).equals(one.frame[name].cast(pl.Float64)), name
    labels = dict(zip(meta.column_names, meta.column_labels, strict=True))
    assert labels["ccode1"] == "Correlates of War number of the first state"
    assert labels["score_1"] == "the measure score"
    assert labels["score_se_2"] == "standard error: the measure score"
    assert labels["score_1_lag1"] == "the measure score, 1 year earlier"
    assert meta.file_label == f"beholden {__version__}"


def test_long_labels_are_cut_where_stata_cuts(tmp_path: Path) -> None:
    words = "Schützender Anteil " * 8
    one = made(range(1990, 1991), x=values([(2, 1990, 1.0)]))
    wordy = replace(one.columns["x"], label=words)
    replace(one, columns={"x": wordy}).write(tmp_path / "p.dta")
    _, meta = pyreadstat.read_dta(str(tmp_path / "p.dta"))
    label = str(meta.column_labels[-1])
    assert 70 < len(label) <= 80
    assert label.endswith("...")
    assert words.startswith(label.removesuffix("..."))


def test_names_too_long_for_stata_are_refused_and_the_rest_takes_them(tmp_path: Path) -> None:
    name = "a" * 33
    start = made(range(1990, 1991), x=values([(2, 1990, 1.0)]))
    one = start.add("x", named=name)
    (tmp_path / "p.dta").write_text("old")
    with pytest.raises(PanelError, match=f"as Stata takes them, found {name}"):
        one.write(tmp_path / "p.dta")
    assert [path.name for path in tmp_path.iterdir()] == ["p.dta"]
    assert (tmp_path / "p.dta").read_text() == "old"
    one.write(tmp_path / "p.csv")
    start.add("x", named=name[:32]).write(tmp_path / "q.dta")
    assert pyreadstat.read_dta(str(tmp_path / "q.dta"))[1].column_names[-1] == name[:32]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    for name in ("p.xlsx", "p"):
        with pytest.raises(
            PanelError, match=r"expected a file that ends in \.parquet, \.csv, \.dta"
        ):
            panel().write(tmp_path / name)
    with pytest.raises(PanelError, match=r'Did you mean "\.parquet"'):
        panel().write(tmp_path / "p.parq")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"no/p\.csv: expected a place that can be written, found: no"
    ):
        panel().write(tmp_path / "no" / "p.csv")
    (tmp_path / "p.csv").mkdir()
    with pytest.raises(OutputError, match="found: a folder of that name"):
        panel().write(tmp_path / "p.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["p.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are those of POSIX")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_leaves_the_old_files(ending: str, tmp_path: Path) -> None:
    old = {f"p{ending}": "panel", "p.codebook.md": "book", "p.bib": "cited"}
    for name, text in old.items():
        (tmp_path / name).write_text(text)
    script = f"""
        import resource, signal
        from pathlib import Path
        from beholden.errors import OutputError
        from paneling import made, values
        years = range(1900, 2000)
        panel = made(years, x=values([(2, year, year / 7) for year in years]))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        try:
            panel.write(Path("p{ending}"))
        except OutputError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(script)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parent),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"p{ending}: expected a place that can be written, found: " in done.stdout
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == old


def test_the_codebook_is_the_one_that_is_kept(tmp_path: Path) -> None:
    _, book, bib = panel().write(tmp_path / "p.csv", "beholden panel dyad-year --from 1991")
    found = book.read_text("utf-8").replace(__version__, "VERSION")
    kept = GOLDEN / "codebook.md"
    if os.environ.get("BEHOLDEN_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text("utf-8")
    assert bib.read_text("utf-8").count("@") == 3
    assert list(panel().cite()) == ["cow_states", "made", "scores"]


def test_the_codebook_tells_when_the_list_ends() -> None:
    from beholden.panels.codebook import codebook

    late = "The list ends on 2016-12-31; in later years its members of that day are taken to go on"
    assert late in codebook(made(range(2016, 2018)), "p.csv")
    assert "The list ends" not in codebook(made(range(2010, 2017)), "p.csv")
    gw = codebook(made(range(2020, 2022), system="gw"), "p.csv")
    assert "The list ends on 2020-12-31" in gw
    assert "members of the Gleditsch-Ward state list" in gw


def test_the_same_panel_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for ending in (".parquet", ".csv"):
            panel().write(tmp_path / name / f"p{ending}")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_pandas_and_arrow_have_the_same_cells() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    one = panel()
    assert pl.DataFrame(one.to_arrow()).equals(one.frame)
    pytest.importorskip("pandas", reason="pandas is not installed")
    wide = one.to_pandas()
    assert list(wide.columns) == one.frame.columns
    assert len(wide) == one.frame.height


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(_: pl.DataFrame) -> None:
        raise ModuleNotFoundError("pyarrow")

    monkeypatch.setattr(pl.DataFrame, "to_pandas", lacking)
    monkeypatch.setattr(pl.DataFrame, "to_arrow", lacking)
    with pytest.raises(PanelError, match="expected pandas and pyarrow to be installed"):
        panel().to_pandas()
    with pytest.raises(PanelError, match="expected pyarrow to be installed"):
        panel().to_arrow()
