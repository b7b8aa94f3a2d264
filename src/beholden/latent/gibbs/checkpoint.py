"""Where a run of the sampler stands, kept in one file so that it can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.latent.gibbs.state import State
from beholden.latent.keeping import read, write

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Kept", "Run", "load", "save"]


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


def save(path: Path, run: Run, name: str, kept: int) -> None:
    """Write a run to a file, whole or not at all."""
    fields = ("theta", "psi", "shock", "hyper", "taken")
    arrays: dict[str, Any] = {
        field: np.stack([getattr(state, field) for state in run.states]) for field in fields
    }
    part = run.kept.first(kept)
    arrays |= {
        "turn": run.turn,
        "ridge": [[state.ridge, state.reach] for state in run.states],
        "kept_theta": part.theta,
        "kept_psi": part.psi,
        "kept_hyper": part.hyper,
    }
    write(path, name, arrays)


def load(path: Path, name: str, room: Kept) -> Run:
    """Read a run; its draws go to the begin of `room`.

    Raises
    ------
    LatentError
        When the file is no checkpoint, or one of other answers, model or numbers.
    """
    found = read(path, name, function="sample", of="this very run")
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
