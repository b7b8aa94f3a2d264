"""Fetch a small data set again and again, each time stopped somewhere, and report the harm done.

Run as a program, so that children can be forked from a process without threads:
``killing.py FOLDER BASE MODE COUNT SEED``; prints one JSON object. Modes: ``random`` (killed
after a random time), ``steps`` (killed at every step on the disk or the network in turn),
``full`` (from each step on the disk is full).
"""

from __future__ import annotations

import errno
import gc
import json
import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import Published, described, listing

from beholden.errors import MissingDataError, OutputError
from beholden.store.download import Courier, Policy
from beholden.store.fetching import fetch, remove
from beholden.store.origins import Official
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from beholden.store.records import Description

STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "socket.connect", "shutil.")
SPACE = ("open", "os.mkdir")


@dataclass
class Report:
    """What was seen."""

    stopped: int = 0
    old: int = 0
    new: int = 0
    harm: list[str] = field(default_factory=list)


@dataclass
class Bench:
    """The old state of a library, the way to the new one, and how each looks."""

    folder: Path
    courier: Courier
    old: Description
    new: Description

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.folder / "library")
        self.start = self.folder / "start"
        self.words = os.open(self.folder / "words", os.O_RDWR | os.O_CREAT)
        self.job: Callable[[], object] = lambda: fetch(
            self.new, self.shelf, Official(self.courier), keep=True
        )

    def child(self, work: Callable[[], object]) -> int:
        """Do the work in a process of its own; returns its id."""
        pid = os.fork()
        if pid:
            return pid
        try:
            work()
        except OutputError as error:
            self.say(str(error))
            os._exit(3)
        except BaseException as error:  # noqa: BLE001 - no child may come back
            self.say(repr(error))
            os._exit(4)
        os._exit(0)

    def say(self, words: str) -> None:
        """Leave words for the parent, in a file that is open already."""
        os.ftruncate(self.words, 0)
        os.pwrite(self.words, words.encode(), 0)

    def heard(self) -> str:
        """The words of the last child that had any."""
        return os.pread(self.words, 10_000, 0).decode()

    def run(self, work: Callable[[], object]) -> int:
        """Do the work in a process of its own and wait; returns its status."""
        return os.waitpid(self.child(work), 0)[1]

    def prepare(self) -> None:
        """Make the old state, and see how long the way to the new one takes."""
        assert self.run(lambda: fetch(self.old, self.shelf, Official(self.courier), keep=True)) == 0
        shutil.copytree(self.shelf.root, self.start)
        self.before = visible(self.shelf)
        began = time.perf_counter()
        assert self.run(self.job) == 0, self.heard()
        self.took = time.perf_counter() - began
        self.after = visible(self.shelf)
        self.reset()

    def reset(self) -> None:
        """Go back to the old state."""
        shutil.rmtree(self.shelf.root)
        shutil.copytree(self.start, self.shelf.root)

    def judge(self, report: Report) -> None:
        """The library must be in the old state or the new, and the next run must finish the job."""
        current = self.shelf.current("small")
        version = current.version if current else "none"
        if version == "1":
            report.old += 1
        else:
            report.new += 1
        if version not in self.allowed:
            report.harm.append(f"version {version}")
        for record in self.shelf.records("small"):
            fault = self.shelf.damage(record)
            if fault or len(self.shelf.originals(record)) != 1:
                report.harm.append(fault or "originals lost")
        report.harm.extend(self.shelf.damaged_records("small"))
        if self.run(self.job) not in self.finished:
            report.harm.append(self.heard())
        found = visible(self.shelf)
        if found != self.after:
            report.harm.append(f"left {sorted(set(found) ^ set(self.after))}")
        self.reset()

    allowed = ("1", "2")
    finished = (0,)


def removed(shelf: Shelf) -> None:
    """Remove the set; that it is gone already is well."""
    with suppress(MissingDataError):
        remove(shelf, "small")


def visible(shelf: Shelf) -> dict[str, bytes]:
    """Every file with its content, but for the moment of fetching and the locks."""
    found = listing(shelf.folder)
    return {
        name: b"" if name.endswith("record.json") else content
        for name, content in found.items()
        if not name.startswith(".locks")
    }


def at_random(bench: Bench, count: int, seed: int) -> Report:
    """Kill the job after a random time until it was killed `count` times."""
    report, chance = Report(), random.Random(seed)  # noqa: S311 - chance, not secrecy
    while report.stopped < count:
        pid = bench.child(bench.job)
        time.sleep(chance.uniform(0, bench.took))
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
        report.stopped += os.WIFSIGNALED(status)
        bench.judge(report)
    return report


def at_steps(bench: Bench, *, full: bool = False) -> Report:
    """Stop the job at its first step, at its second, and so on until it gets through."""
    report = Report()
    for place in range(1, 2000):
        status = bench.run(lambda place=place: stopped(bench.job, place, full))  # type: ignore[misc]
        if status == 0:
            bench.reset()
            return report
        if full:
            words = bench.heard()
            if os.waitstatus_to_exitcode(status) != 3 or "no room on the disk" not in words:
                report.harm.append(words)
            left = visible(bench.shelf)
            if left not in (bench.before, bench.after):
                report.harm.append(f"step {place} left {sorted(set(left) ^ set(bench.before))}")
        report.stopped += 1
        bench.judge(report)
    report.harm.append("never got through")
    return report


def stopped(job: Callable[[], object], place: int, full: bool) -> None:
    """Do the job, but die at its step number `place`, or find the disk full from there on."""
    count = 0

    def hook(event: str, details: tuple[object, ...]) -> None:
        nonlocal count
        if not event.startswith(SPACE if full else STEPS) or not writes(event, details, full):
            return
        count += 1
        if full and count >= place:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if count == place and not full:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    job()


def writes(event: str, details: tuple[object, ...], full: bool) -> bool:
    """Whether a step needs room on the disk; without `full` every step counts."""
    flags = details[2] if event == "open" else os.O_CREAT
    return not full or bool(isinstance(flags, int) and flags & os.O_CREAT)


def main() -> None:
    """Run one mode and print its report."""
    folder, base, mode, count, seed = sys.argv[1:]
    files = json.loads((Path(folder) / "files.json").read_text())
    first, second = (Published(**{**item, "address": base + item["address"]}) for item in files)
    with Courier(Policy(sleep=lambda _: None)) as courier:
        # Made once, for it takes longer than all the rest.
        courier._open()
        old, new = described("small", "1", first), described("small", "2", second)
        bench = Bench(Path(folder), courier, old, new)
        bench.prepare()
        if mode == "remove":
            bench.job = lambda: removed(bench.shelf)
            bench.after, bench.allowed = {}, ("1", "none")
        gc.freeze()
        random_ = mode == "random"
        report = (
            at_random(bench, int(count), int(seed))
            if random_
            else at_steps(bench, full=mode == "full")
        )
    sys.stdout.write(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
