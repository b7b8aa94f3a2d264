"""All directed dyad-years with eight state-year and three dyad-year joins, against two peers.

Run with `python benchmarks/panels.py [--library DIR]`; the library must hold the sets named in
`STATE` and `PAIR`. pandas and pyarrow must be installed (`pip install pandas pyarrow`); beholden
itself needs neither.

The work is the panel a researcher asks for: every pair of members of the Correlates of War list
in both orders, 1946 to 2020, that shared a day of the year, with eight measures of each of the two
states and three of the pair.

beholden  rows from its own state list; values laid by code and date, duplicates refused, the
          reason of every missing cell counted
pandas    rows from the state list, merged with themselves by year; one merge for each measure and
          side, as written by hand
polars    the same with Polars' joins, which check nothing here

Each way works in processes of its own. Warm: the best of several runs in one process, the
sources in memory, nothing of the panel kept from run to run. Cold: a new process from start to
end, with its imports and the reading of Parquet. All frames must be equal cell by cell; the exit
status is 1 where they are not, or where beholden misses a bound: at least twice as fast as pandas
warm, no slower cold, no more memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import polars as pl

FIRST, LAST = 1946, 2020
# Column of the panel: data set, its column of states, its column of values.
STATE = {
    "cinc": ("cow_nmc", "ccode", "cinc"),
    "gdp": ("gdp_pop_latent", "ccode", "mrgdppc"),
    "protection": ("fariss_lhrs", "cow", "theta_mean"),
    "ideal": ("un_ideal_points_2025", "ccode", "idealpointall"),
    "polyarchy": ("vdem_v12_long", "cowcode", "v2x_polyarchy"),
    "freedom": ("freedom_house", "cown", "fh_total"),
    "polity": ("polity5", "polity_annual_ccode", "polity2"),
    "physint": ("cirights", "cow", "physint_sum"),
}
# Data set, its column of values, whether each pair stands once.
PAIR = {
    "trade": ("cow_trade_v4", "flow1", False),
    "igos": ("cow_igo_dyads", "dyadigos", True),
    "distance": ("cow_mindist", "mindist", True),
}
KEYS = ["ccode1", "ccode2", "year"]
LISTS = ("cow_states", "cow_false_dyads")
REPEATS = 5
WAYS = ("beholden", "pandas", "polars")


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of all processors, and the most memory of the process, in MB."""

    wall: float
    cpu: float
    memory: float


# beholden


class Tables:
    """The measures as a panel asks for them."""

    def __init__(self, library: Path) -> None:
        from beholden.panels import Holdings
        from beholden.store.shelf import Shelf

        self.holdings = Holdings(Shelf(library))

    def choices(self, _: str) -> tuple[str, ...]:
        return ()

    def label(self, name: str, _: object) -> str:
        return name

    def cite(self, _: object) -> dict[str, str]:
        return {}

    def values(self, name: str, _: object) -> Any:
        import polars as pl

        from beholden.panels import DYAD_YEAR, STATE_YEAR, Values

        if name in STATE:
            table, state, x = STATE[name]
            keys, unit, symmetric = [pl.col(state).alias("state")], STATE_YEAR, False
        else:
            table, x, symmetric = PAIR[name]
            keys = [pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other")]
            state, unit = "ccode1", DYAD_YEAR
        columns = [x, state, "year"] if name in STATE else [x, *KEYS]
        frame = self.holdings.frame(table, columns).filter(pl.col(state).is_not_null())
        frame = frame.select(*keys, "year", pl.col(x).cast(pl.Float64).alias("x"))
        span = (int(str(frame["year"].min())), int(str(frame["year"].max())))
        return Values(
            frame, unit, "cow", span, "", "", (table,), self.holdings.provenance([table]), symmetric
        )


def with_beholden(library: Path) -> Tables:
    tables = Tables(library)
    for name in (*STATE, *PAIR):
        tables.values(name, {})
    return tables


def by_beholden(tables: Tables) -> pl.DataFrame:
    from beholden.panels import build
    from beholden.panels.crosswalk import crosswalk
    from beholden.panels.roster import roster

    # Nothing is kept from the run before.
    roster.cache_clear()
    crosswalk.cache_clear()
    panel = build(tables, "dyad-year", range(FIRST, LAST + 1)).add(*STATE, *PAIR)
    if any(
        cover.present + sum(cover.missing.values()) != cover.expected for cover in panel.coverage
    ):
        raise SystemExit("the reasons do not add up to the rows")
    return panel.frame


# pandas


def with_pandas(library: Path) -> dict[str, pd.DataFrame]:
    import pandas as pd

    tables = {}
    for name in LISTS:
        tables[name] = pd.read_parquet(path_of(library, name))
    for name, (table, state, x) in STATE.items():
        frame = pd.read_parquet(path_of(library, table), columns=[state, "year", x])
        frame = frame[frame[state].notna()].rename(columns={state: "ccode", x: name})
        tables[name] = frame.astype({"ccode": "int64", "year": "int64"})
    for name, (table, x, _) in PAIR.items():
        frame = pd.read_parquet(path_of(library, table), columns=[*KEYS, x])
        tables[name] = frame.rename(columns={x: name})
    return tables


def by_pandas(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    years = [
        (spell.ccode, year)
        for spell in tables["cow_states"].itertuples()
        for year in range(
            spell.start.year, (LAST if spell.end.year == 2016 else spell.end.year) + 1
        )
        if FIRST <= year <= LAST
    ]
    members = pd.DataFrame(years, columns=["ccode", "year"]).drop_duplicates()
    panel = members.merge(members, on="year", suffixes=("1", "2"))[KEYS]
    panel = panel[panel["ccode1"] != panel["ccode2"]]
    false = tables["cow_false_dyads"][KEYS].assign(false=True)
    panel = panel.merge(false, on=KEYS, how="left")
    panel = panel[panel["false"].isna()].drop(columns="false")
    panel = panel.sort_values(KEYS, ignore_index=True)
    for name in STATE:
        for side in ("1", "2"):
            own = {"ccode": f"ccode{side}", name: f"{name}_{side}"}
            panel = panel.merge(
                tables[name].rename(columns=own), on=[own["ccode"], "year"], how="left"
            )
    for name, (_, _, symmetric) in PAIR.items():
        frame = tables[name]
        if symmetric:
            turned = frame.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})
            frame = pd.concat([frame, turned])
        panel = panel.merge(frame, on=KEYS, how="left")
    return panel


# Polars


def with_polars(library: Path) -> dict[str, pl.DataFrame]:
    import polars as pl

    tables = {name: pl.read_parquet(path_of(library, name)) for name in LISTS}
    for name, (table, state, x) in STATE.items():
        frame = pl.read_parquet(path_of(library, table), columns=[state, "year", x])
        tables[name] = frame.drop_nulls(state).rename({state: "ccode", x: name})
    for name, (table, x, _) in PAIR.items():
        frame = pl.read_parquet(path_of(library, table), columns=[*KEYS, x])
        tables[name] = frame.rename({x: name})
    return tables


def by_polars(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    import polars as pl

    end = pl.col("end").dt.year()
    members = (
        tables["cow_states"]
        .select(
            pl.col("ccode"),
            pl.int_ranges(
                pl.col("start").dt.year(), pl.when(end == 2016).then(LAST).otherwise(end) + 1
            ).alias("year"),
        )
        .explode("year")
        .filter(pl.col("year").is_between(FIRST, LAST))
        .unique()
    )
    panel = members.rename({"ccode": "ccode1"}).join(members.rename({"ccode": "ccode2"}), on="year")
    panel = panel.filter(pl.col("ccode1") != pl.col("ccode2")).select(KEYS)
    panel = panel.join(tables["cow_false_dyads"], on=KEYS, how="anti").sort(KEYS)
    for name in STATE:
        for side in ("1", "2"):
            own = {"ccode": f"ccode{side}", name: f"{name}_{side}"}
            panel = panel.join(
                tables[name].rename(own),
                on=[own["ccode"], "year"],
                how="left",
                maintain_order="left",
            )
    for name, (_, _, symmetric) in PAIR.items():
        frame = tables[name]
        if symmetric:
            turned = frame.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
            frame = pl.concat([frame, turned.select(frame.columns)])
        panel = panel.join(frame, on=KEYS, how="left", maintain_order="left")
    return panel


READ: dict[str, Callable[[Path], Any]] = {
    "beholden": with_beholden,
    "pandas": with_pandas,
    "polars": with_polars,
}
MAKE: dict[str, Callable[[Any], Any]] = {
    "beholden": by_beholden,
    "pandas": by_pandas,
    "polars": by_polars,
}


def path_of(library: Path, name: str) -> Path:
    """The Parquet file of a data set, found without beholden's help."""
    folder = library / "data" / name
    current = folder / "current"
    edition = current.read_text("utf-8").strip() if current.is_file() else ""
    places = [folder / edition] if edition else sorted(folder.iterdir())
    return next(path for place in places for path in sorted(place.glob("*.parquet")))


def warm(way: str, library: Path) -> Cost:
    """The child's part: the best of several runs with the sources in memory."""
    tables = READ[way](library)
    MAKE[way](tables)
    best = Cost(float("inf"), 0, 0)
    for _ in range(REPEATS):
        wall, cpu = time.perf_counter(), time.process_time()
        panel = MAKE[way](tables)
        cost = Cost(time.perf_counter() - wall, time.process_time() - cpu, 0)
        del panel
        best = min(best, cost, key=lambda item: item.wall)
    return Cost(best.wall, best.cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def save(way: str, library: Path, out: Path) -> None:
    """The child's part: keep the panel, so that it can be compared."""
    import polars as pl

    panel = MAKE[way](READ[way](library))
    frame = panel if isinstance(panel, pl.DataFrame) else pl.from_pandas(panel)
    wide = [f"{name}_{side}" for name in STATE for side in "12"]
    columns = [
        *(pl.col(x).cast(pl.Int64) for x in KEYS),
        *(pl.col(x).cast(pl.Float64) for x in [*wide, *PAIR]),
    ]
    frame.select(columns).fill_nan(None).write_parquet(out)


def child(mode: str, way: str, library: Path, out: Path, threads: int) -> tuple[Cost, str]:
    """Run one way in a fresh process; what the process as a whole cost, and what it printed."""
    words = [sys.executable, __file__, "--library", str(library), "--child", mode, way, str(out)]
    limits = {"POLARS_MAX_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    started = time.perf_counter()
    process = subprocess.Popen(
        words, env={**os.environ, **limits}, stdout=subprocess.PIPE, text=True
    )
    printed = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{way}, {mode}: exit status {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), printed


def measured(library: Path, threads: int) -> dict[str, dict[str, Cost]]:
    """Warm and cold costs of each way; the ways take turns."""
    found: dict[str, dict[str, Cost]] = {"warm": {}, "cold": {}}
    nowhere = Path(os.devnull)
    for way in WAYS:
        found["warm"][way] = Cost(**json.loads(child("warm", way, library, nowhere, threads)[1]))
    for _ in range(REPEATS):
        for way in WAYS:
            cost, _ = child("cold", way, library, nowhere, threads)
            before = found["cold"].get(way, cost)
            found["cold"][way] = min(before, cost, key=lambda item: item.wall)
    return found


def unlike(library: Path, threads: int) -> list[str]:
    """Columns in which a peer's panel is not beholden's."""
    import polars as pl

    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            child("save", way, library, Path(folder) / way, threads)
        own = pl.read_parquet(Path(folder) / "beholden")
        print(f"{own.height:,} rows, {own.width} columns")
        for way in WAYS[1:]:
            other = pl.read_parquet(Path(folder) / way)
            wrong += [
                f"{way}: {name}"
                for name in own.columns
                if not own[name].equals(other[name], null_equal=True)
            ]
    return wrong


def shown(found: dict[str, dict[str, Cost]]) -> None:
    print(f"{'':<16}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}   times beholden's")
    for mode, costs in found.items():
        own = costs["beholden"]
        for way, cost in costs.items():
            ratios = [cost.wall / own.wall, cost.cpu / own.cpu, cost.memory / own.memory]
            told = "   ".join(f"{ratio:5.1f}" for ratio in ratios)
            print(
                f"{way + ', ' + mode:<16}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.memory:9.0f}   {told}"
            )


def missed(found: dict[str, dict[str, Cost]]) -> list[str]:
    warm_own, warm_peer = found["warm"]["beholden"], found["warm"]["pandas"]
    cold_own, cold_peer = found["cold"]["beholden"], found["cold"]["pandas"]
    bounds = {
        "at least 2 times faster warm": warm_peer.wall >= 2 * warm_own.wall,
        "no slower cold": cold_own.wall <= cold_peer.wall,
        "no more memory": cold_own.memory <= cold_peer.memory
        and warm_own.memory <= warm_peer.memory,
    }
    return [name for name, held in bounds.items() if not held]


def main() -> None:
    """Read the command line; measure, or do a child's part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--library", type=Path, help="folder of the library; without it your own")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="for Polars")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    library = options.library or default_library()
    if options.child:
        mode, way, out = options.child
        if mode == "warm":
            print(json.dumps(warm(way, library).__dict__))
        elif mode == "cold":
            MAKE[way](READ[way](library))
        else:
            save(way, library, Path(out))
        return
    absent = [name for name in ("pandas", "pyarrow") if find_spec(name) is None]
    if absent:
        raise SystemExit(f"{', '.join(absent)} not installed. Try: pip install {' '.join(absent)}")
    # Measured first: a child's peak counts from what its parent held when it was started.
    found = measured(library, options.threads)
    wrong = unlike(library, options.threads)
    print("cells: " + ("all equal" if not wrong else f"not equal: {', '.join(wrong)}"))
    shown(found)
    faults = missed(found)
    print("bounds: " + ("all held" if not faults else f"missed: {', '.join(faults)}"))
    raise SystemExit(bool(wrong or faults))


def default_library() -> Path:
    """The user's own library."""
    from beholden.store.library import default_folder

    return default_folder()


if __name__ == "__main__":
    main()
