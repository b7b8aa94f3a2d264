"""A fit goes on from its checkpoint as if nothing had happened, and from no other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simulating import simulate

from beholden.latent import Answers, Fit, LatentError, Model, answers, fit

if TYPE_CHECKING:
    from pathlib import Path


def data_of(seed: int = 3) -> Answers:
    table = simulate(seed, units=20, times=4, items=20).table
    return answers(table, scale=(0, 1, 2))


class StopError(Exception):
    """The interruption."""


def stopped(data: Answers, path: Path, model: Model, after: int) -> None:
    def stop(iteration: int, _: float) -> None:
        if iteration == after:
            raise StopError

    with pytest.raises(StopError):
        fit(data, model, checkpoint=path, progress=stop)


def bytes_of(found: Fit) -> tuple[bytes, ...]:
    items = found.items()
    return (
        found.mean.tobytes(),
        found.sd.tobytes(),
        items["discrimination"].to_numpy().tobytes(),
        items["sd"].to_numpy().tobytes(),
        found.draws(3, seed=1).tobytes(),
    )


@pytest.mark.parametrize("after", [1, 3, 6])
@pytest.mark.parametrize("scale", ["starts", "pool"])
def test_an_interrupted_fit_ends_at_the_same_bytes(tmp_path: Path, after: int, scale: str) -> None:
    data, model, path = data_of(), Model(scale=scale), tmp_path / "fit.npz"
    whole = fit(data, model)
    stopped(data, path, model, after)
    seen: list[int] = []
    resumed = fit(data, model, checkpoint=path, progress=lambda k, _: seen.append(k))
    assert seen[0] == after + 1
    assert resumed.iterations == whole.iterations
    assert bytes_of(resumed) == bytes_of(whole)


def test_a_finished_fit_is_not_fitted_again(tmp_path: Path) -> None:
    data, path = data_of(), tmp_path / "fit.npz"
    whole = fit(data, checkpoint=path)
    seen: list[int] = []
    again = fit(data, checkpoint=path, progress=lambda k, _: seen.append(k))
    assert not seen
    assert bytes_of(again) == bytes_of(whole)
    assert [found.name for found in tmp_path.iterdir()] == ["fit.npz"]


def test_checkpoints_of_others_are_refused(tmp_path: Path) -> None:
    data, path = data_of(), tmp_path / "fit.npz"
    stopped(data, path, Model(), 1)
    with pytest.raises(LatentError, match="these answers and this model"):
        fit(data_of(4), checkpoint=path)
    with pytest.raises(LatentError, match="these answers and this model"):
        fit(data, Model(link="logit"), checkpoint=path)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fit.npz"
    path.write_bytes(content)
    with pytest.raises(LatentError, match="could not read it"):
        fit(data_of(), checkpoint=path)
