"""A grid on a frame, estimated and judged: the one orchestration of the room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.associations.blocks import blocks
from beholden.associations.bootstrap import adjusted, drawing, joined
from beholden.associations.columns import as_polars, read_columns
from beholden.associations.grid import Grid
from beholden.associations.result import Associations, Deciding
from beholden.associations.running import Means, each_done
from beholden.associations.table import gathered, table
from beholden.associations.threads import one_thread
from beholden.associations.universes import plan_universes
from beholden.associations.verdict import judge
from beholden.associations.work import tasks
from beholden.models.anova import MAX_CHOICES, shapley_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

    from beholden.associations.blocks import Block
    from beholden.associations.universes import Universes
    from beholden.associations.work import Task

__all__ = ["associate"]

DRAWS = 499


def associate(
    frame: Any,
    grid: Grid | Mapping[str, Any],
    *,
    jobs: int = 1,
    draws: int = DRAWS,
    family_wise: bool = False,
    permutations: int = 0,
    seed: int = 0,
    keep: str | Path | None = None,
    backend: str | None = None,
    cluster: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Associations:
    """Estimate and judge an association under every choice of a grid.

    Parameters
    ----------
    frame : polars.DataFrame, polars.LazyFrame or pandas.DataFrame
        One row a unit and year.
    grid : Grid or mapping
        The choices; a mapping has the fields of the file of ``beholden multiverse``.
    jobs : int
        Processes. Results are the same, byte for byte, with any number. A script that asks for
        more than one must stand behind ``if __name__ == "__main__":``.
    draws : int
        Of the bootstrap behind the joint tests; 0 makes none.
    family_wise : bool
        Whether single universes are to be called in grids of more than 1,000 regressions: it draws
        the t ratios of all. `adjusted_p` is always there in smaller grids.
    permutations : int
        Draws with exposures exchanged between units, for a second joint test; see
        :func:`beholden.models.permutation.permute`.
    seed : int
        Of everything that is drawn.
    keep : str or Path or None
        Folder in which finished work is kept: a run that was cut off goes on from there.
    backend : str or None
        ``"joblib"`` for its active back-end, ``"dask"`` for a Dask cluster; extras of that name.
    cluster : str or None
        Address of the Dask scheduler; by default the active client.
    progress : callable or None
        Called with the number of universes done and to do; those of the bootstrap count again.

    Returns
    -------
    Associations

    Raises
    ------
    GridError
        When the grid does not fit the frame; every fault is named.
    MissingExtraError
        When the back-end is not installed.

    Notes
    -----
    Slopes and errors are those of :mod:`beholden.models.curve`. Effects are standardised by the
    standard deviations of outcome and exposure in the universe's own rows, before fixed effects.
    Draws of latent variables are each estimated and pooled by Rubin's rules; the bootstrap reads
    the means of their draws.

    Examples
    --------
    >>> import polars as pl
    >>> random = np.random.default_rng(1)
    >>> x = random.normal(size=400)
    >>> frame = pl.DataFrame({
    ...     "state": np.repeat(np.arange(40), 10), "year": np.tile(np.arange(2000, 2010), 40),
    ...     "x": x, "y": x + random.normal(size=400), "size": random.normal(size=400),
    ... })
    >>> found = associate(frame, {
    ...     "unit": "state", "time": "year", "outcomes": {"y": "y"}, "exposures": {"x": "x"},
    ...     "controls": {"size": "size"}, "effects": {"none": [], "state": ["state"]},
    ...     "expect": "positive", "smallest": 0.1,
    ... }, draws=99)
    >>> found.verdict.answer, found.universes.height, found.joint.p
    ('supported', 4, 0.01)
    """
    if not isinstance(grid, Grid):
        from beholden.associations.form import grid_from

        grid = grid_from(grid)
    means = Means(jobs, Path(keep) if keep is not None else None, backend, cluster, progress)
    if draws < 0:
        raise ValueError(f"expected 0 or more draws, found {draws}")
    columns = read_columns(as_polars(frame), grid)
    planned = plan_universes(grid)
    packed = tuple(blocks(columns, planned, seed))
    curves = _curves(planned, packed)
    drawn = drawing(*(planned, packed, draws, seed), every=family_wise, permutations=permutations)
    every = (*curves, *(drawn.tasks if drawn else ()))
    with one_thread():
        done = [result for _, result in each_done(packed, every, means)]
    figures = gathered(planned, packed, curves, done[: len(curves)])
    rest = done[len(curves) :]
    joint = joined(drawn, rest, grid.sign, grid.level) if drawn else None
    single = adjusted(planned, packed, drawn, rest) if drawn else None
    if single is not None:
        figures["adjusted_p"] = single
    universes = table(planned, figures)
    interval = (figures["effect"], figures["effect_low"], figures["effect_high"])
    verdict = judge(grid, *interval, planned.weight, joint)
    return Associations(
        *(grid, universes, planned.excluded, joint, verdict),
        *_deciding(planned, universes),
        columns.notes,
    )


def _curves(planned: Universes, packed: Sequence[Block]) -> list[Task]:
    """Work for every universe, by block, form, errors and whether draws are pooled."""
    grid, codes = planned.grid, planned.codes
    made: list[Task] = []
    for number, block in enumerate(packed):
        form, errors = codes["form"][block.universes], codes["errors"][block.universes]
        for f, name in enumerate(grid.options["form"]):
            for e, kind in enumerate(grid.errors):
                for pooled in (False, True):
                    mine = (form == f) & (errors == e) & (block.drawn == pooled)
                    made += tasks(
                        *(number, block, np.flatnonzero(mine), "curve", name, kind),
                        pooled=pooled,
                        level=grid.level,
                        singletons=grid.singletons,
                    )
    return made


def _deciding(
    planned: Universes, universes: pl.DataFrame
) -> tuple[tuple[Deciding, ...], tuple[Deciding, ...]]:
    """What the verdict hangs on, and what the effect hangs on."""
    effect = universes["effect"].to_numpy()
    known = np.isfinite(effect)
    by_effect = _shares(planned, known, effect[known], "effect")
    meets = universes["meets"].fill_null(value=False).to_numpy()[known].astype(float)
    by_verdict = _shares(planned, known, meets, "meets")
    return by_verdict or by_effect, by_effect


def _shares(
    planned: Universes, known: NDArray[np.bool_], figure: NDArray[np.float64], of: str
) -> tuple[Deciding, ...]:
    names = [name for name, labels in planned.grid.options.items() if len(labels) > 1]
    if not names or len(names) > MAX_CHOICES:
        return ()
    codes = np.column_stack([planned.codes[name][known] for name in names])
    shares = shapley_shares(codes, figure)
    found = [Deciding(name, round(float(s), 6), of) for name, s in zip(names, shares, strict=True)]
    return tuple(sorted((one for one in found if one.share > 0), key=lambda one: -one.share))
