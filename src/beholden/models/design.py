"""What a curve of regressions is asked for, and which of them share their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Design", "Group", "Specifications", "every_subset", "plan", "without_singletons"]


def _codes(ids: NDArray[np.generic]) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = np.unique(ids, return_inverse=True)[1].astype(np.int64)
    return codes.reshape(ids.shape)


@dataclass(frozen=True)
class Design:
    """Rows and columns from which every universe is estimated.

    Attributes
    ----------
    outcomes, exposures, controls : ndarray, shape (n, a), (n, b), (n, c)
        Columns as float64; NaN where missing.
    effects : mapping of str to ndarray, shape (n,)
        Ids of the groups that may become fixed effects, such as unit, year, dyad, region-year.
    clusters : ndarray, shape (n,) or (n, 2)
        Ids of the clusters of the errors. Two columns are two ways of clustering, or the two
        members of a dyad.
    weights : ndarray, shape (n,), or None
        Positive weights of the rows; None weighs all alike.
    samples : ndarray of bool, shape (n, s), or None
        Windows and populations; None is the one sample of all rows.

    Raises
    ------
    ValueError
        When lengths differ, an id is missing, or a weight is not a positive number.

    Examples
    --------
    >>> one = np.arange(4.0)[:, None]
    >>> Design(one, one, one, {"year": np.array([1, 1, 2, 2])}, np.array([1, 2, 1, 2])).n
    4
    """

    outcomes: NDArray[np.float64]
    exposures: NDArray[np.float64]
    controls: NDArray[np.float64]
    effects: Mapping[str, NDArray[np.generic]]
    clusters: NDArray[np.generic]
    weights: NDArray[np.float64] | None = None
    samples: NDArray[np.bool_] | None = None
    table: NDArray[np.float64] = field(init=False, repr=False)
    codes: Mapping[str, NDArray[np.int64]] = field(init=False, repr=False)
    cluster_codes: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        n = len(self.outcomes)
        parts: dict[str, NDArray[np.generic]] = {
            "outcomes": self.outcomes,
            "exposures": self.exposures,
            "controls": self.controls,
            "clusters": self.clusters,
            **{f"effects[{name!r}]": ids for name, ids in self.effects.items()},
        }
        if self.weights is not None:
            parts["weights"] = self.weights
        if self.samples is not None:
            parts["samples"] = self.samples
        for name, part in parts.items():
            _require_column(name, part, n)
        if self.weights is not None and not (
            np.isfinite(self.weights).all() and (self.weights > 0).all()
        ):
            raise ValueError("expected weights above zero, found some that are not; leave out rows")
        columns = (self.outcomes, self.exposures, self.controls)
        object.__setattr__(self, "table", np.ascontiguousarray(np.hstack(columns), dtype=float))
        codes = {name: _codes(ids) for name, ids in self.effects.items()}
        object.__setattr__(self, "codes", codes)
        # One numbering over both columns: a state is the same state as first and second member.
        object.__setattr__(self, "cluster_codes", _codes(self.clusters))

    @property
    def n(self) -> int:
        """Rows."""
        return len(self.outcomes)


def _require_column(name: str, part: NDArray[np.generic], n: int) -> None:
    if len(part) != n:
        raise ValueError(f"expected {n} rows in {name} as in outcomes, found {len(part)}")
    ids = name == "clusters" or name.startswith("effects")
    if ids and part.dtype.kind == "f" and np.isnan(part).any():
        raise ValueError(f"expected an id in every row of {name}, found NaN; leave out such rows")
    wide = name in ("outcomes", "exposures", "controls", "samples")
    if part.ndim != 2 and wide:
        raise ValueError(f"expected {name} with rows and columns, found {part.ndim} dimension")


@dataclass(frozen=True)
class Specifications:
    """One regression a row.

    Attributes
    ----------
    outcome, exposure : ndarray of int, shape (u,)
        Columns of the design.
    controls : ndarray of bool, shape (u, c)
        Which controls enter.
    effects : ndarray of int, shape (u,)
        Place in `effect_sets`.
    sample : ndarray of int, shape (u,)
        Column of the design's samples; 0 where it has none.
    effect_sets : tuple of tuple of str
        Names of none, one or two of the design's effects.
    """

    outcome: NDArray[np.int64]
    exposure: NDArray[np.int64]
    controls: NDArray[np.bool_]
    effects: NDArray[np.int64]
    sample: NDArray[np.int64]
    effect_sets: tuple[tuple[str, ...], ...] = ((),)

    def __len__(self) -> int:
        return len(self.outcome)

    def take(self, which: NDArray[np.generic]) -> Specifications:
        """Some of them, in the order of `which`."""
        return Specifications(
            self.outcome[which],
            self.exposure[which],
            self.controls[which],
            self.effects[which],
            self.sample[which],
            self.effect_sets,
        )


def every_subset(design: Design, effect_sets: Sequence[tuple[str, ...]] = ((),)) -> Specifications:
    """Every outcome, exposure, subset of controls, set of effects and sample.

    Parameters
    ----------
    design : Design
        With c controls.
    effect_sets : sequence of tuple of str
        Such as ``[(), ("unit",), ("unit", "year")]``.

    Returns
    -------
    Specifications
        2^c subsets for each of the others; the last choice varies fastest.

    Examples
    --------
    >>> two = np.zeros((3, 2))
    >>> len(every_subset(Design(two, two, two, {}, np.arange(3))))
    16
    """
    samples = 1 if design.samples is None else design.samples.shape[1]
    c = design.controls.shape[1]
    counts = (design.outcomes.shape[1], design.exposures.shape[1], 2**c, len(effect_sets), samples)
    at = np.array(list(product(*(range(count) for count in counts))), dtype=np.int64)
    subsets = (at[:, 2][:, None] >> np.arange(c)) & 1 == 1
    return Specifications(at[:, 0], at[:, 1], subsets, at[:, 3], at[:, 4], tuple(effect_sets))


@dataclass(frozen=True)
class Group:
    """Universes that share their rows and their fixed effects.

    Attributes
    ----------
    rows : ndarray of int
        Places in the design, ascending.
    effects : tuple of str
        Names of the fixed effects.
    universes : ndarray of int
        Places in the specifications.
    """

    rows: NDArray[np.int64]
    effects: tuple[str, ...]
    universes: NDArray[np.int64]


def _used(design: Design, specs: Specifications) -> NDArray[np.bool_]:
    """Which columns of the design's table each universe reads, shape (u, columns)."""
    a, b = design.outcomes.shape[1], design.exposures.shape[1]
    used = np.zeros((len(specs), design.table.shape[1]), dtype=bool)
    every = np.arange(len(specs))
    used[every, specs.outcome] = True
    used[every, a + specs.exposure] = True
    used[:, a + b :] = specs.controls
    return used


def without_singletons(
    rows: NDArray[np.int64], codes: Sequence[NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Rows left once no fixed effect rests on a single row.

    Dropping one row can leave another alone, so this goes on until nothing changes.

    Parameters
    ----------
    rows : ndarray of int
        Places of rows.
    codes : sequence of ndarray of int, shape (n,)
        Codes of each fixed effect, of all n rows.

    Returns
    -------
    ndarray of int

    References
    ----------
    .. [1] Correia, S. (2015). Singletons, cluster-robust standard errors and fixed effects.
       http://scorreia.com/research/singletons.pdf

    Examples
    --------
    >>> without_singletons(np.arange(4), [np.array([0, 0, 1, 1]), np.array([0, 1, 0, 2])])
    array([], dtype=int64)
    """
    while True:
        kept = np.ones(len(rows), dtype=bool)
        for code in codes:
            here = code[rows]
            kept &= np.bincount(here)[here] > 1 if len(here) else True
        if kept.all():
            return rows
        rows = rows[kept]


def plan(design: Design, specs: Specifications, *, singletons: str = "keep") -> tuple[Group, ...]:
    """Group universes by their rows after listwise deletion and their fixed effects.

    Parameters
    ----------
    design : Design
    specs : Specifications
    singletons : str
        ``"keep"`` or ``"drop"`` rows that are alone in a fixed effect.

    Returns
    -------
    tuple of Group
        Every universe is in exactly one. Groups of the same rows stand side by side.

    Raises
    ------
    ValueError
        When `singletons` is neither.

    Examples
    --------
    >>> y, x = np.ones((3, 1)), np.array([[1.0], [2.0], [np.nan]])
    >>> design = Design(y, y, x, {}, np.arange(3))
    >>> [group.rows.tolist() for group in plan(design, every_subset(design))]
    [[0, 1], [0, 1, 2]]
    """
    if singletons not in ("keep", "drop"):
        raise ValueError(f"expected singletons 'keep' or 'drop', found {singletons!r}")
    groups: list[Group] = []
    for rows, members in _shared_rows(design, specs):
        for place in np.unique(specs.effects[members]):
            names = specs.effect_sets[place]
            left = rows
            if singletons == "drop":
                left = without_singletons(rows, [design.codes[name] for name in names])
            groups.append(Group(left, names, members[specs.effects[members] == place]))
    return tuple(groups)


def _shared_rows(
    design: Design, specs: Specifications
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Distinct sets of rows with the universes that rest on them."""
    known = np.isfinite(design.table)
    # Columns that are missing in the same rows count as one.
    patterns, kind = np.unique(np.packbits(known, axis=0), axis=1, return_inverse=True)
    first = [int(np.flatnonzero(kind.ravel() == k)[0]) for k in range(patterns.shape[1])]
    used = _used(design, specs)
    reads = np.zeros((len(specs), len(first)), dtype=bool)
    for k in range(len(first)):
        reads[:, k] = used[:, kind.ravel() == k].any(axis=1)
    keys = np.hstack([np.packbits(reads, axis=1), specs.sample.astype("<i4")[:, None].view("u1")])
    keys = np.ascontiguousarray(keys).view([("", "V", keys.shape[1])]).ravel()
    _, shown, which = np.unique(keys, return_index=True, return_inverse=True)
    by_rows: dict[bytes, list[int]] = {}
    masks: dict[bytes, NDArray[np.bool_]] = {}
    for place, universe in enumerate(shown):
        read = [first[k] for k in np.flatnonzero(reads[universe])]
        mask: NDArray[np.bool_] = np.logical_and.reduce(known[:, read], axis=1)
        if design.samples is not None:
            mask &= design.samples[:, specs.sample[universe]]
        key = np.packbits(mask).tobytes()
        masks[key] = mask
        by_rows.setdefault(key, []).append(place)
    order = np.argsort(which, kind="stable")
    ends = np.cumsum(np.bincount(which, minlength=len(shown)))
    members = np.split(order, ends[:-1])
    return [
        (np.flatnonzero(masks[key]), np.sort(np.concatenate([members[at] for at in places])))
        for key, places in sorted(by_rows.items())
    ]
