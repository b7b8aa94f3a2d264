"""Arrays in one file under the name of what made them, so that long work can go on."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.latent.problems import LatentError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from beholden.latent.observed import Answers

__all__ = ["digest_of", "read", "write"]


def digest_of(answers: Answers, *words: object) -> str:
    """A name for answers together with whatever else determines the work.

    Parameters
    ----------
    answers : Answers
        All of them, with their units, times, items and scales.
    words : object
        Model, settings and numbers, by what `repr` says of them.

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent import Model, answers
    >>> rows = [(u, 1, i, int(u > i)) for u in range(4) for i in range(3)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> data = answers(table)
    >>> digest_of(data, Model()) == digest_of(data, Model(link="logit"))
    False
    """
    told = (words, answers.units, answers.items, answers.scales)
    digest = hashlib.sha256(repr(told).encode())
    for array in (
        *(answers.times, answers.node_unit, answers.node_time, answers.instance_item),
        *(answers.instance_time, answers.instance_start, answers.node, answers.code),
        answers.drifting,
    ):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def write(path: Path, name: str, arrays: dict[str, Any]) -> None:
    """Write arrays to a file, whole or not at all.

    Parameters
    ----------
    path : Path
        The file; what is written stands beside it, under `.part`, until it is whole.
    name : str
        What :func:`read` must be asked for.
    arrays : dict
        Arrays and numbers by key.
    """
    fresh = path.with_name(path.name + ".part")
    with fresh.open("wb") as file:
        np.savez(file, **{"name": np.array(name), **arrays})
    fresh.replace(path)


def read(path: Path, name: str, *, function: str, of: str) -> dict[str, NDArray[Any]]:
    """Read what was written under a name.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What it was written under.
    function, of : str
        Whose checkpoint it is, and what it belongs to, for the error.

    Raises
    ------
    LatentError
        When the file is no checkpoint, or one of something else.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: file[key] for key in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise LatentError(
            f"expected a checkpoint of {function}() in {path}, could not read it: {error}. Remove "
            "it"
        ) from error
    if str(found.pop("name", "")) != name:
        raise LatentError(
            f"expected the checkpoint of {of} in {path}, found one of other answers or settings. "
            "Name another file, or remove it"
        )
    return found
