"""Pieces of work done in one process or several, kept as they finish, taken up again."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from beholden.associations.work import design_of, work
from beholden.errors import BeholdenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from beholden.associations.blocks import Block
    from beholden.associations.work import Task

    Done = dict[str, NDArray[Any]]
    Progress = Callable[[int, int], None]

__all__ = ["BACKENDS", "ClusterError", "Means", "MissingExtraError", "each_done"]

BACKENDS = ("joblib", "dask")
FORMAT = 1
"""Raised when the meaning of kept files changes."""
THREADS = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"),
    *("VECLIB_MAXIMUM_THREADS", "POLARS_MAX_THREADS"),
)


class MissingExtraError(BeholdenError):
    """An optional part that is not installed."""


class ClusterError(BeholdenError):
    """A cluster that does not answer."""


class Means:
    """By which means work is done.

    Parameters
    ----------
    jobs : int
        Processes.
    keep : Path or None
        Folder in which finished pieces are kept, and from which a run is taken up again.
    backend : str or None
        ``"joblib"``: the joblib back-end that is active; ``"dask"``: a Dask cluster.
    cluster : str or None
        Address of the Dask scheduler; None takes the client that is active.
    progress : callable or None
        Called with the number of universes done and to do.

    Raises
    ------
    ValueError
        For an unknown back-end or no process.
    MissingExtraError
        When the back-end is not installed.
    """

    def __init__(
        self,
        jobs: int = 1,
        keep: Path | None = None,
        backend: str | None = None,
        cluster: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        if jobs < 1:
            raise ValueError(f"expected at least one process, found {jobs}")
        if backend is not None and backend not in BACKENDS:
            raise ValueError(f"expected a back-end of {', '.join(BACKENDS)}, found {backend!r}")
        if cluster is not None and backend != "dask":
            raise ValueError("expected the back-end 'dask' with the address of a cluster")
        needed = {"joblib": ("joblib",), "dask": ("joblib", "distributed")}.get(backend or "", ())
        lacking = [name for name in needed if find_spec(name) is None]
        if lacking:
            raise MissingExtraError(
                f"expected {' and '.join(lacking)} for the back-end {backend!r}, found none; "
                f"install it with: pip install 'beholden[{backend}]'"
            )
        self.jobs, self.keep, self.backend = jobs, keep, backend
        self.cluster, self.progress = cluster, progress


def each_done(
    blocks: Sequence[Block], tasks: Sequence[Task], means: Means
) -> Iterator[tuple[Task, Done]]:
    """Do every piece of work, in order.

    Parameters
    ----------
    blocks : sequence of Block
    tasks : sequence of Task
    means : Means

    Yields
    ------
    tuple of Task and dict
        What :func:`~beholden.associations.work.work` returns of it; the same whatever the means.
    """
    names = _names(blocks, tasks) if means.keep is not None else [""] * len(tasks)
    kept = [_kept(means.keep, name) for name in names]
    waiting = [task for task, old in zip(tasks, kept, strict=True) if old is None]
    fresh = _fresh(blocks, waiting, means)
    total, finished = sum(len(task.places) for task in tasks), 0
    for task, name, old in zip(tasks, names, kept, strict=True):
        done = old if old is not None else next(fresh)
        if old is None and means.keep is not None:
            _keep(means.keep, name, done)
        finished += len(task.places)
        if means.progress is not None:
            means.progress(finished, total)
        yield task, done
    # The last design would otherwise stay in memory.
    design_of.cache_clear()


def _fresh(blocks: Sequence[Block], tasks: Sequence[Task], means: Means) -> Iterator[Done]:
    if not tasks:
        return iter(())
    if means.backend is not None:
        return _by_joblib(blocks, tasks, means)
    if means.jobs > 1 and len(tasks) > 1:
        return _by_processes(blocks, tasks, means.jobs)
    return (work(blocks[task.block], task) for task in tasks)


_BLOCKS: list[Block] = []


def _receive(blocks: Sequence[Block]) -> None:
    _BLOCKS[:] = blocks


def _remote(task: Task) -> Done:
    return work(_BLOCKS[task.block], task)


def _with(block: Block, task: Task) -> Done:
    return work(block, task)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started meanwhile use one thread: more would fight for the same cores."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _by_processes(blocks: Sequence[Block], tasks: Sequence[Task], jobs: int) -> Iterator[Done]:
    from concurrent.futures import ProcessPoolExecutor

    # Fresh processes: a copy of a process whose threads hold locks can hang.
    with _one_thread_each():
        pool = ProcessPoolExecutor(
            min(jobs, len(tasks)), get_context("spawn"), _receive, (list(blocks),)
        )
        try:
            yield from pool.map(_remote, tasks)
        finally:
            pool.shutdown(cancel_futures=True)


def _by_joblib(blocks: Sequence[Block], tasks: Sequence[Task], means: Means) -> Iterator[Done]:
    import joblib

    calls = [joblib.delayed(_with)(blocks[task.block], task) for task in tasks]
    if means.backend == "joblib":
        with _one_thread_each():
            # Without more than one job, the number that the active back-end was given.
            jobs = means.jobs if means.jobs > 1 else None
            yield from joblib.Parallel(n_jobs=jobs, return_as="generator")(calls)
        return
    import distributed

    cluster: Any = distributed
    try:
        client = cluster.Client(means.cluster) if means.cluster else cluster.get_client()
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"expected a Dask scheduler at {means.cluster or 'the active client'!r}, found none "
            f"({str(error).splitlines()[0][:120]})"
        ) from error
    try:
        with joblib.parallel_config("dask", client=client, scatter=list(blocks)):
            yield from joblib.Parallel()(calls)
    finally:
        if means.cluster:
            client.close()


def _names(blocks: Sequence[Block], tasks: Sequence[Task]) -> list[str]:
    """A name for each piece of work, by everything that goes into it."""
    from beholden import __version__

    seeds = [_digest((FORMAT, __version__, block)) for block in blocks]
    return [_digest((seeds[task.block], _told(task))) for task in tasks]


def _told(task: Task) -> tuple[object, ...]:
    # Groups follow from the block and the places.
    return tuple(getattr(task, one.name) for one in fields(task) if one.name != "groups")


def _digest(value: object) -> str:
    found = hashlib.sha256()
    _feed(found, value)
    return found.hexdigest()[:32]


def _feed(found: Any, value: object) -> None:
    if isinstance(value, np.ndarray):
        found.update(f"{value.dtype}{value.shape}".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            found.update(one.name.encode())
            _feed(found, getattr(value, one.name))
    elif isinstance(value, dict):
        _feed(found, tuple(value.items()))
    elif isinstance(value, (tuple, list)):
        found.update(f"({len(value)}".encode())
        for item in value:
            _feed(found, item)
    else:
        found.update(f"{type(value).__name__}:{value!r};".encode())


def _kept(folder: Path | None, name: str) -> Done | None:
    if folder is None:
        return None
    path = folder / f"{name}.npz"
    # A file that cannot be read is work that was not finished.
    unread = suppress(FileNotFoundError, ValueError, EOFError, BadZipFile, KeyError)
    with unread, path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}
    return None


def _keep(folder: Path, name: str, done: Done) -> None:
    """Write to a temporary file and move, so that a killed run leaves nothing half-written."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        np.savez(file, allow_pickle=False, **done)
    Path(file.name).replace(folder / f"{name}.npz")
