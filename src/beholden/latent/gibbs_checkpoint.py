"""Where a run of the sampler stands, kept in one file so that it can go on."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.latent.gibbs import State
from beholden.latent.problems import LatentError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from beholden.latent.model import Model
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["Kept", "Run", "identity", "load", "save"]


@dataclass(frozen=True, eq=False)
class Kept:
    """Draws on the reported scale, in single precision but for the last.

    Attributes
    ----------
    theta : ndarray, shape (chains, draws, nodes)
        Positions.
    psi : ndarray, shape (chains, draws, parameters)
        Parameters of items.
    hyper : ndarray, shape (chains, draws, 6)
        Figures behind the priors.
    """

    theta: NDArray[np.float32]
    psi: NDArray[np.float32]
    hyper: Floats

    @staticmethod
    def room(chains: int, draws: int, nodes: int, parameters: int) -> Kept:
        """Room for draws that are still to come."""
        return Kept(
            np.zeros((chains, draws, nodes), dtype=np.float32),
            np.zeros((chains, draws, parameters), dtype=np.float32),
            np.zeros((chains, draws, 6)),
        )

    def first(self, count: int) -> Kept:
        """The first draws of each chain."""
        return Kept(self.theta[:, :count], self.psi[:, :count], self.hyper[:, :count])


@dataclass(eq=False)
class Run:
    """A run under way.

    Attributes
    ----------
    states : list of State
        Where each chain stands.
    turn : int
        How many sweeps every chain has made.
    kept : Kept
        Draws so far, and room for those to come.
    """

    states: list[State]
    turn: int
    kept: Kept


def identity(answers: Answers, model: Model, *numbers: int) -> str:
    """A digest of everything that determines the draws.

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent import Model, answers
    >>> rows = [(u, 1, i, int(u > i)) for u in range(4) for i in range(3)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> data = answers(table)
    >>> identity(data, Model(), 1) == identity(data, Model(link="logit"), 1)
    False
    """
    digest = hashlib.sha256(repr((model, numbers, answers.units, answers.items)).encode())
    for array in (
        *(answers.times, answers.node_unit, answers.node_time, answers.instance_item),
        *(answers.instance_time, answers.instance_start, answers.node, answers.code),
        answers.drifting,
    ):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def save(path: Path, run: Run, name: str, kept: int) -> None:
    """Write a run to a file, whole or not at all."""
    fields = ("theta", "psi", "shock", "hyper", "taken")
    arrays: dict[str, Any] = {
        field: np.stack([getattr(state, field) for state in run.states]) for field in fields
    }
    part = run.kept.first(kept)
    fresh = path.with_name(path.name + ".part")
    with fresh.open("wb") as file:
        np.savez(
            file,
            name=np.array(name),
            turn=np.array(run.turn),
            ridge=np.array([[state.ridge, state.reach] for state in run.states]),
            kept_theta=part.theta,
            kept_psi=part.psi,
            kept_hyper=part.hyper,
            **arrays,
        )
    fresh.replace(path)


def load(path: Path, name: str, room: Kept) -> Run:
    """Read a run; its draws go to the begin of `room`.

    Raises
    ------
    LatentError
        When the file is no checkpoint, or one of other answers, model or numbers.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: file[key] for key in file.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise LatentError(
            f"expected a checkpoint of sample() in {path}, could not read it: {error}. Remove it"
        ) from error
    if str(found.get("name")) != name:
        raise LatentError(
            f"expected the checkpoint of this very run in {path}, found one of other answers, "
            "model, seed, chains, warmup or thin. Name another file, or remove it"
        )
    count = min(found["kept_theta"].shape[1], room.theta.shape[1])
    for part in ("theta", "psi", "hyper"):
        getattr(room, part)[:, :count] = found[f"kept_{part}"][:, :count]
    states = [
        State(
            found["theta"][c], found["psi"][c], found["shock"][c], found["hyper"][c],
            float(found["ridge"][c, 0]), float(found["ridge"][c, 1]), found["taken"][c],
        )
        for c in range(len(found["ridge"]))
    ]  # fmt: skip
    return Run(states, int(found["turn"]), room)
