"""Where a deterministic fit stands, kept in one file so that it can go on."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any

from beholden.latent.keeping import read, write
from beholden.latent.layout import ItemPrior

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.latent.curvature import State

__all__ = ["Standing", "load", "save"]

ARRAYS = ("theta", "psi", "sd", "roots", "tilt")


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


def save(path: Path, name: str, standing: Standing) -> None:
    """Write a fit to a file, whole or not at all."""
    state = standing.state
    arrays: dict[str, Any] = {field: getattr(state, field) for field in ARRAYS}
    walk = state.paths
    arrays |= {
        "done": standing.done,
        "moved": standing.moved,
        "prior": astuple(state.prior),
        "walk": [walk.start_variance, walk.step_variance, walk.ridge],
    }
    write(path, name, arrays)


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
    found = read(path, name, function="fit", of="these answers and this model")
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
