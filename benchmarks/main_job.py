"""What the main job costs: wall time and peak memory of the command, against the stated bounds.

Run with `make bench`. Each figure is the median of several runs in a fresh process; the first
run starts with an empty cache of drawn charts, the others find it filled. There is no peer that
does this job; the interpreter's own start is printed beside it as a yardstick.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    import resource

RUNS = 5


@dataclass(frozen=True)
class Cost:
    """Median wall time in seconds and the highest peak memory in megabytes."""

    seconds: float
    megabytes: float


def measure(command: list[str], home: Path, runs: int = RUNS) -> Cost:
    """Run a command several times with a home of its own."""
    seconds, megabytes = [], []
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    for _ in range(runs):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - started)
        megabytes.append(_megabytes(usage))
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"{' '.join(command)} failed")
    return Cost(statistics.median(seconds), max(megabytes))


def _megabytes(usage: resource.struct_rusage) -> float:
    # Linux counts in kilobytes, macOS in bytes.
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Print the table; the exit status is 1 where a bound is missed."""
    beholden = [sys.executable, "-m", "beholden.cli"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        check = [*beholden, "check", "--out", str(home / "out")]
        rows = [
            ("python -c pass", measure([sys.executable, "-c", "pass"], home), None, None),
            ("beholden --help", measure([*beholden, "--help"], home), 0.3, None),
            ("beholden check, first run", measure(check, home, 1), None, 600.0),
            ("beholden check, second run", measure(check, home), 5.0, 600.0),
        ]
    table = Table(title=f"The main job on {os.cpu_count()} cores, median of {RUNS}")
    for name in ("command", "seconds", "bound", "peak MB", "bound"):
        table.add_column(name, justify="left" if name == "command" else "right")
    missed = False
    for name, cost, slowest, largest in rows:
        missed |= slowest is not None and cost.seconds > slowest
        missed |= largest is not None and cost.megabytes > largest
        table.add_row(
            name, f"{cost.seconds:.2f}", _bound(slowest), f"{cost.megabytes:.0f}", _bound(largest)
        )
    Console().print(table)
    sys.exit(int(missed))


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


if __name__ == "__main__":
    main()
