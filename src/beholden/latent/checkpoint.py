"""Where a deterministic fit stands, kept in one file so that it can go on."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.latent.layout import ItemPrior
from beholden.latent.problems import LatentError

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.latent.curvature import State
    from beholden.latent.model import Model
    from beholden.latent.observed import Answers

__all__ = ["Standing", "load", "name_of", "save"]

ARRAYS = ("theta", "psi", "sd", "roots", "tilt")
FORM = 1


@dataclass(frozen=True, eq=False)
class Standing:
    """A fit under way.

    Attributes
    ----------
    state : State
        Positions, parameters, their spread and the priors.
    done : int
        Iterations taken.
    moved : float
        How far the last one went.
    """

    state: State
    done: int
    moved: float


def name_of(answers: Answers, model: Model) -> str:
    """A digest of everything that determines a deterministic fit.

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent import Model, answers
    >>> rows = [(u, 1, i, int(u > i)) for u in range(4) for i in range(3)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> data = answers(table)
    >>> name_of(data, Model()) == name_of(data, Model(link="logit"))
    False
    """
    words = (FORM, model, answers.units, answers.items, answers.scales)
    digest = hashlib.sha256(repr(words).encode())
    for array in (
        *(answers.times, answers.node_unit, answers.node_time, answers.instance_item),
        *(answers.instance_time, answers.instance_start, answers.node, answers.code),
        answers.drifting,
    ):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def save(path: Path, name: str, standing: Standing) -> None:
    """Write a fit to a file, whole or not at all."""
    state = standing.state
    arrays: dict[str, Any] = {field: getattr(state, field) for field in ARRAYS}
    walk = state.paths
    fresh = path.with_name(path.name + ".part")
    with fresh.open("wb") as file:
        np.savez(
            file,
            name=np.array(name),
            done=np.array(standing.done),
            moved=np.array(standing.moved),
            prior=np.array(astuple(state.prior)),
            walk=np.array([walk.start_variance, walk.step_variance, walk.ridge]),
            **arrays,
        )
    fresh.replace(path)


def load(path: Path, name: str, first: State) -> Standing:
    """Read a fit that was saved.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        The digest of the answers and the model at hand.
    first : State
        Where a fit of these begins: what does not change is taken from there.

    Raises
    ------
    LatentError
        When the file is no checkpoint, or one of other answers or another model.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: file[key] for key in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise LatentError(
            f"expected a checkpoint of fit() in {path}, could not read it: {error}. Remove it"
        ) from error
    if str(found.get("name")) != name:
        raise LatentError(
            f"expected the checkpoint of these answers and this model in {path}, found one of "
            "others. Name another file, or remove it"
        )
    prior = ItemPrior(*(float(value) for value in found["prior"]))
    start, step, ridge = (float(value) for value in found["walk"])
    state = replace(
        first,
        paths=replace(first.paths, start_variance=start, step_variance=step, ridge=ridge),
        layout=first.layout.with_prior(prior),
        prior=prior,
        **{field: found[field] for field in ARRAYS},
    )
    return Standing(state, int(found["done"]), float(found["moved"]))
