"""A long table of ordered answers as frozen arrays: what every latent model is fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from beholden.latent.problems import AnswersError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["Answers", "answers"]


@dataclass(frozen=True, eq=False)
class Answers:
    """Ordered answers of units at times to items, checked and in the order that models need.

    A *node* is a unit at a time, from the unit's first answer to its last; years between them
    without an answer are nodes too, for the unit existed. An *instance* is an item at a time.

    Attributes
    ----------
    units, items : tuple
        The labels, sorted.
    times : ndarray, shape (times,)
        The times, ascending.
    scales : tuple of tuple
        The categories of every item, lowest first.
    node_unit, node_time : ndarray, shape (nodes,)
        The place of each node in `units` and `times`; nodes stand by time, then unit.
    node_answers : ndarray, shape (nodes,)
        How many answers each node gave.
    instance_item, instance_time : ndarray, shape (instances,)
        The place of each instance in `items` and `times`; instances stand by time, then item.
    instance_start : ndarray, shape (instances + 1,)
        Where the answers to each instance begin in `node` and `code`.
    node, code : ndarray, shape (answers,)
        Who answered, and the place of the answer in the item's scale, from 0; answers to an
        instance stand by category, then unit.
    drifting : ndarray of bool, shape (items,)
        Whether an item's cutpoints move over times (its discrimination does not).
    dropped_items, dropped_units : tuple
        Items that everybody answered alike, and units that answered no other item.
    """

    units: tuple[Any, ...]
    items: tuple[Any, ...]
    times: NDArray[np.float64]
    scales: tuple[tuple[Any, ...], ...]
    node_unit: Ints
    node_time: Ints
    node_answers: Ints
    instance_item: Ints
    instance_time: Ints
    instance_start: Ints
    node: Ints
    code: NDArray[np.int8]
    drifting: NDArray[np.bool_]
    dropped_items: tuple[Any, ...]
    dropped_units: tuple[Any, ...]

    @property
    def categories(self) -> Ints:
        """How many categories each item has."""
        return np.array([len(scale) for scale in self.scales], dtype=np.int64)

    @cached_property
    def category_starts(self) -> Ints:
        """Where the answers of each category to each instance begin, and where they end."""
        counts, most = np.diff(self.instance_start), int(self.categories.max())
        instance = np.repeat(np.arange(len(counts)), counts)
        size = len(counts) * most
        each = np.bincount(instance * most + self.code, minlength=size).reshape(-1, most)
        return np.cumsum(np.column_stack([self.instance_start[:-1], each]), axis=1, dtype=np.int64)

    @property
    def n(self) -> int:
        """How many answers there are."""
        return len(self.node)

    def place(self, unit: object, time: float) -> int:
        """The node of a unit at a time.

        Raises
        ------
        AnswersError
            When the unit is unknown, or has no node at that time.
        """
        if unit in self.units:
            at = np.flatnonzero(
                (self.node_unit == self.units.index(unit)) & (self.times[self.node_time] == time)
            )
            if len(at):
                return int(at[0])
            span = self.times[self.node_time[self.node_unit == self.units.index(unit)]]
            known = f"{unit!r} is known from {span.min():g} to {span.max():g}"
        else:
            known = f"there are {len(self.units)} units, {self.units[0]!r} to {self.units[-1]!r}"
        raise AnswersError(f"expected a unit at a time, received {unit!r} at {time:g}; {known}")

    def put(self, item: object, time: float) -> int:
        """The instance of an item that was put nearest to a time.

        Raises
        ------
        AnswersError
            When the item is unknown.
        """
        if item not in self.items:
            raise AnswersError(
                f"expected one of the {len(self.items)} items, received {item!r}. Items that all "
                "answered alike were left out"
            )
        places = np.flatnonzero(self.instance_item == self.items.index(item))
        return int(places[np.argmin(np.abs(self.times[self.instance_time[places]] - time))])

    def scale_of(self, instance: int) -> tuple[Any, ...]:
        """The answers that can be given to an instance, from the lowest."""
        return tuple(self.scales[self.instance_item[instance]])


def answers(
    frame: pl.DataFrame,
    *,
    scale: Sequence[Any] | Mapping[Any, Sequence[Any]] | None = None,
    drift: Collection[Any] = (),
    pool: Mapping[float, float] | float | None = None,
    repeats: bool = False,
    unanimous: bool = False,
) -> Answers:
    """Check a long table of answers and lay it out for fitting.

    An item seen at several times is bridged: its discrimination and cutpoints are the same at
    all of them, unless it is among `drift`. Rows without an answer are left out: missing is
    missing. Items that all answered alike say nothing about positions and are left out, as are
    the units that answered nothing else; both are named in the result.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns `unit`, `time` (a number), `item` and `answer`, one row for each answer.
    scale : sequence, mapping of item to sequence, or None
        The categories, lowest first, of all items or of each. None takes the sorted answers
        that occur in each item, which must be numbers.
    drift : collection
        Items whose cutpoints may move from time to time.
    pool : mapping or number or None
        Positions are held constant within a block of times: a mapping names the block of
        each time, a number its length counted from the first time, ``inf`` makes them static.
    repeats : bool
        Whether a unit may answer the same item twice at one time.
    unanimous : bool
        Whether items that all answered alike are kept. Under proper priors they say something
        after all (that the cutpoint lies beyond everybody), but little for their cost.

    Raises
    ------
    AnswersError
        With no rows, one unit, a missing column, an answer off its scale, a second answer
        where none is allowed, or units that no chain of common items connects.

    Examples
    --------
    >>> import polars as pl
    >>> words = {"x": "nyy", "y": "nny"}
    >>> rows = [(u, 1, i, a) for i, word in words.items() for u, a in enumerate(word)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> answers(table, scale=["n", "y"]).n
    6
    """
    rows = _known(frame)
    rows = _coded(rows, scale)
    _refuse_repeats(rows, repeats=repeats)
    rows = rows.with_columns(_pooled(rows["time"], pool))
    kept, items, units = _telling(rows, unanimous=unanimous)
    return _laid_out(kept, set(drift), items, units)


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    wanted = ["unit", "time", "item", "answer"]
    absent = [name for name in wanted if name not in frame.columns]
    if absent:
        raise AnswersError(
            f"expected the columns {', '.join(wanted)}, missed {', '.join(absent)}. "
            "Rename the columns of the table"
        )
    if not frame["time"].dtype.is_numeric():
        raise AnswersError(f"expected times as numbers, received {frame['time'].dtype}")
    keys = frame.select(pl.any_horizontal(pl.col("unit", "time", "item").is_null()).sum()).item()
    if keys:
        raise AnswersError(f"expected a unit, time and item in every row, {keys} rows lack one")
    rows = frame.select(wanted).drop_nulls("answer")
    if rows.is_empty():
        raise AnswersError(f"expected answers, found none in {frame.height} rows")
    if rows["unit"].n_unique() == 1:
        raise AnswersError(
            f"expected at least 2 units, received only {rows['unit'][0]!r}: positions are relative"
        )
    return rows


def _coded(
    rows: pl.DataFrame, scale: Sequence[Any] | Mapping[Any, Sequence[Any]] | None
) -> pl.DataFrame:
    """The rows with `code`, the place of the answer on its item's scale, and `scale`."""
    items = rows["item"].unique().to_list()
    if scale is None:
        if not rows["answer"].dtype.is_numeric():
            raise AnswersError(
                "expected numbers as answers where no scale is given, received "
                f"{rows['answer'].dtype}. Give the categories, lowest first, as scale"
            )
        seen = rows.group_by("item").agg(pl.col("answer").unique().sort())
        by_item = dict(zip(seen["item"], seen["answer"].to_list(), strict=True))
    elif isinstance(scale, Mapping):
        by_item = {item: list(scale[item]) for item in items if item in scale}
    else:
        return _on_scales(rows, {item: list(scale) for item in items})
    return _on_scales(rows, by_item)


def _on_scales(rows: pl.DataFrame, by_item: dict[Any, list[Any]]) -> pl.DataFrame:
    entries = [(i, a, k) for i, scale in by_item.items() for k, a in enumerate(scale)]
    kinds: dict[str, Any] = {
        "item": rows["item"].dtype,
        "answer": rows["answer"].dtype,
        "code": pl.Int8,
    }
    places = pl.DataFrame(entries, schema=kinds, orient="row", strict=False)
    coded = rows.join(places, on=["item", "answer"], how="left", maintain_order="left")
    off = coded.filter(pl.col("code").is_null())
    if off.height:
        item, answer = off["item"][0], off["answer"][0]
        raise AnswersError(
            f"expected every answer on the scale of its item, found {off.height} that are not; "
            f"the first is {answer!r} to {item!r}, whose scale is {by_item.get(item)}. "
            "Add it to the scale, or make it missing (null)"
        )
    sizes = {item: len(scale) for item, scale in by_item.items()}
    short = [item for item, size in sizes.items() if size < 2]
    if short and len(short) == len(sizes):
        raise AnswersError("expected at least one item with 2 categories, found none")
    scales = pl.DataFrame(
        {"item": list(by_item), "scale": [[str(a) for a in s] for s in by_item.values()]},
        schema_overrides={"item": rows["item"].dtype},
    )
    return coded.join(scales, on="item", how="left", maintain_order="left")


def _refuse_repeats(rows: pl.DataFrame, *, repeats: bool) -> None:
    twice = rows.filter(pl.struct("unit", "time", "item").is_duplicated())
    if twice.height and not repeats:
        row = twice.row(0, named=True)
        raise AnswersError(
            f"expected one answer of a unit to an item at a time, found {twice.height} rows that "
            f"share theirs; the first is {row['unit']!r}, {row['time']}, {row['item']!r}. Remove "
            "them, or pass repeats=True where an item was truly put twice"
        )


def _pooled(time: pl.Series, pool: Mapping[float, float] | float | None) -> pl.Series:
    values = time.to_numpy().astype(float)
    if pool is None:
        return pl.Series("time", values)
    if isinstance(pool, Mapping):
        absent = sorted(set(np.unique(values)) - set(pool))
        if absent:
            raise AnswersError(f"expected a block for every time, missed {absent[:5]}")
        return pl.Series("time", [float(pool[value]) for value in values])
    if not pool > 0:
        raise AnswersError(f"expected a positive length of blocks, received {pool}")
    if np.isinf(pool):
        return pl.Series("time", np.zeros(len(values)))
    first = values.min()
    return pl.Series("time", first + np.floor((values - first) / pool) * pool)


def _telling(
    rows: pl.DataFrame, *, unanimous: bool
) -> tuple[pl.DataFrame, tuple[Any, ...], tuple[Any, ...]]:
    """Rows of the items that split the units, and the items and units left out."""
    alike = pl.col("code").n_unique().over("item") == 1
    kept = rows.filter(~alike)
    items = rows.filter(alike)["item"].unique().sort().to_list()
    if unanimous and kept.height:
        kept, items = rows, []
    if kept.is_empty():
        raise AnswersError(
            f"expected items that split the units, found {len(items)} items that all answered "
            "alike. Positions cannot be told apart from unanimous answers"
        )
    units = sorted(set(rows["unit"].unique()) - set(kept["unit"].unique()))
    _refuse_islands(kept)
    return kept, tuple(items), tuple(units)


def _refuse_islands(rows: pl.DataFrame) -> None:
    unit = rows["unit"].rank("dense").to_numpy().astype(np.int64) - 1
    item = rows["item"].rank("dense").to_numpy().astype(np.int64) - 1
    units = int(unit.max()) + 1
    size = units + int(item.max()) + 1
    graph = coo_array((np.ones(len(unit)), (unit, item + units)), shape=(size, size))
    count, label = connected_components(graph, directed=False)
    if count > 1:
        sizes = np.bincount(label[:units], minlength=count)
        away = rows["unit"].unique().sort().to_list()
        small = [away[k] for k in np.flatnonzero(label[:units] == np.argmin(sizes))]
        raise AnswersError(
            f"expected all units connected through common items, found {count} separate groups; "
            f"the smallest holds {small[:5]}. Fit them apart: nothing compares their positions"
        )


def _laid_out(
    rows: pl.DataFrame, drift: set[Any], lost_items: tuple[Any, ...], lost_units: tuple[Any, ...]
) -> Answers:
    units = rows["unit"].unique().sort()
    items = rows["item"].unique().sort()
    unknown = sorted(drift - set(items) - set(lost_items), key=str)
    if unknown:
        raise AnswersError(f"expected the items of the table in drift, received {unknown[:5]}")
    times, time = np.unique(rows["time"].to_numpy(), return_inverse=True)
    unit = _places(rows["unit"], units)
    item = _places(rows["item"], items)
    table, node_unit, node_time = _nodes(unit, time, len(units), len(times))
    code = rows["code"].to_numpy()
    order = np.lexsort((unit, code, item, time))
    unit, item, time = unit[order], item[order], time[order]
    fresh = np.flatnonzero((np.diff(item, prepend=-1) != 0) | (np.diff(time, prepend=-1) != 0))
    node = table[time, unit]
    scales = dict(zip(*rows.select("item", "scale").unique("item").get_columns(), strict=True))
    return Answers(
        units=tuple(units),
        items=tuple(items),
        times=times,
        scales=tuple(tuple(scales[item]) for item in items),
        node_unit=node_unit,
        node_time=node_time,
        node_answers=np.bincount(node, minlength=len(node_unit)),
        instance_item=item[fresh],
        instance_time=time[fresh],
        instance_start=np.append(fresh, len(node)),
        node=node,
        code=code[order].astype(np.int8),
        drifting=np.array([label in drift for label in items], dtype=bool),
        dropped_items=lost_items,
        dropped_units=lost_units,
    )


def _places(column: pl.Series, labels: pl.Series) -> Ints:
    """Where each entry stands among the sorted labels."""
    table = pl.DataFrame({"label": labels, "place": np.arange(len(labels))})
    joined = column.alias("label").to_frame().join(table, on="label", how="left")
    return joined["place"].to_numpy().astype(np.int64)


def _nodes(unit: Ints, time: Ints, units: int, times: int) -> tuple[Ints, Ints, Ints]:
    """The table from time and unit to node, and the unit and time of each node."""
    first, last = np.full(units, times), np.full(units, -1)
    np.minimum.at(first, unit, time)
    np.maximum.at(last, unit, time)
    steps = np.arange(times)[:, None]
    alive = (first <= steps) & (steps <= last)
    table = np.full((times, units), -1, dtype=np.int64)
    table[alive] = np.arange(int(alive.sum()))
    node_time, node_unit = np.nonzero(alive)
    return table, node_unit.astype(np.int64), node_time.astype(np.int64)
