"""Answer an expectation with data: true, false, or unknown where the data is silent."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.claims.checking import Schema, check, unknown_name
from beholden.claims.expression import Expression, parse
from beholden.claims.kleene import (
    Array,
    Kleene,
    Scalar,
    Value,
    answers,
    both,
    compare,
    either,
    entry,
    known,
    loaded,
    numbers,
    only,
    plain,
)
from beholden.claims.phrasing import words
from beholden.claims.syntax import (
    AGGREGATES,
    PERIODS,
    Arithmetic,
    Call,
    Comparison,
    Day,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Text,
    Truth,
    children,
    is_literal,
    spelled_out,
)
from beholden.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["Frame", "Schema", "check", "evaluate", "figure", "threshold", "words"]


@dataclass(frozen=True, eq=False)
class Frame:
    """The data that an expectation is evaluated on.

    Parameters
    ----------
    columns : mapping of str to ndarray, shape (n_rows,)
        Numbers as float with NaN where missing, texts as objects with None, dates as
        ``datetime64[D]`` with NaT, truths as bool or as objects with None.
    scalars : mapping of str to float, str, date, bool or None
        Figures that belong to the whole frame; None is unknown.
    periods : mapping of str to ndarray of bool, shape (n_rows,)
        The rows of each named period.

    Examples
    --------
    >>> Frame({"x": np.array([0.4, 0.9])}, {}, {"late": np.array([False, True])}).rows
    2
    """

    columns: Mapping[str, Array]
    scalars: Mapping[str, Scalar] = field(default_factory=dict)
    periods: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse columns and periods that do not have one entry per row."""
        for name, values in (*self.columns.items(), *self.periods.items()):
            if values.shape != (self.rows,):
                message = f"expected {self.rows} rows in {name}, found shape {values.shape}"
                raise ValueError(message)

    @property
    def rows(self) -> int:
        """The number of rows; 0 when there are no columns."""
        return next((len(values) for values in self.columns.values()), 0)

    def part(self, rows: NDArray[np.bool_]) -> Frame:
        """The frame of some rows only, with the same scalars and without periods."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return Frame(columns, self.scalars)


def evaluate(expression: Expression, frame: Frame) -> Scalar:
    """Evaluate an expression; an expectation gives True, False, or None for unknown.

    Missing values are left out of aggregates, a comparison with a missing value is unknown, and
    unknown answers are combined by Kleene's three-valued logic [1]_.

    Parameters
    ----------
    expression : Expression
        Best checked before with `check`, which finds faults without data.
    frame : Frame
        The data.

    Returns
    -------
    bool, float, str, date or None
        The one value of the expression.

    Raises
    ------
    ExpressionError
        When a name is not in the frame, ``value`` finds more or less than one row, kinds do not
        fit, or the result has one value per row.

    References
    ----------
    .. [1] Kleene, S. C. (1938). On notation for ordinal numbers. Journal of Symbolic Logic 3(4),
       150-155. https://doi.org/10.2307/2267778

    Examples
    --------
    >>> frame = Frame({"x": np.array([0.5, np.nan, 0.9])})
    >>> evaluate(parse("max >= 80% and count(x < 0.6) == 1"), frame)
    True
    >>> evaluate(parse("mean"), frame)
    0.7
    """
    with np.errstate(all="ignore"):
        result = _value(expression.root, frame)
    shape = (result.true if isinstance(result, Kleene) else result).shape
    if shape:
        message = "expected one value, found one value per row"
        raise ExpressionError(message, expression.root.start, "Say max(...) or count(...).")
    return plain(result)


def figure(expression: Expression) -> Expression | None:
    """The one figure that matters: what the first comparison compares with a threshold.

    It is the first side that is more than a literal, in the first comparison that has one; sums of
    literals such as ``2/3`` count as literals. What stands inside a function is not looked at.

    Examples
    --------
    >>> figure(parse("0.7 <= mean <= 0.9 and last > 0")).render()
    'mean'
    >>> figure(parse("every_period(mean > 0)")) is None
    True
    """
    found = _compared(expression.root)
    if found is None:
        return None
    node = found[0].operands[found[1]]
    return parse(expression.text[node.start : node.end])


def threshold(expression: Expression) -> float | None:
    """The number that `figure` is compared with, the first one if there are two.

    Examples
    --------
    >>> threshold(parse("share_of_periods(max > 0.5) >= 75%"))
    0.75
    >>> threshold(parse("after <= 0.5 * before")) is None
    True
    """
    found = _compared(expression.root)
    if found is None:
        return None
    comparison, place = found
    beside = comparison.operands[max(place - 1, 0) : place + 2]
    for node in beside:
        if node is not comparison.operands[place] and is_literal(node):
            value = evaluate(Expression("", node), Frame({}))
            if isinstance(value, float):
                return value
    return None


def _compared(node: Node) -> tuple[Comparison, int] | None:
    """The first comparison with more than literals, and the place of its first such side."""
    if isinstance(node, Comparison):
        for place, operand in enumerate(node.operands):
            if isinstance(operand, Comparison | Logic | Not):
                found = _compared(operand)
                if found is not None:
                    return found
            elif not is_literal(operand):
                return node, place
    if isinstance(node, Logic | Not):
        below = (_compared(child) for child in children(node))
        return next((found for found in below if found is not None), None)
    return None


def _value(node: Node, frame: Frame) -> Value:
    """The value of a node: without dimension, or one entry per row of the frame."""
    match node:
        case Number():
            return np.asarray(node.value)
        case Text(value) | Day(value) | Truth(value):
            return loaded(np.array(value, dtype=object))
        case Name():
            return _named(node, frame)
        case Negative(operand):
            return -numbers(_value(operand, frame), operand.start)
        case Not(operand):
            inner = answers(_value(operand, frame), operand.start)
            return Kleene(inner.false, inner.true)
        case Arithmetic():
            return _arithmetic(node, frame)
        case Logic(operator, operands):
            combine = both if operator == "and" else either
            return reduce(combine, (answers(_value(each, frame), each.start) for each in operands))
        case Comparison():
            return _comparison(node, frame)
        case Call():
            return _called(node, frame)


def _named(node: Name, frame: Frame) -> Value:
    if node.name in frame.columns:
        return loaded(frame.columns[node.name])
    if node.name in frame.scalars:
        return loaded(np.array(frame.scalars[node.name], dtype=object))
    if node.name in AGGREGATES and "x" in frame.columns:
        return _called(spelled_out(node), frame)
    raise unknown_name(node, frame.columns, frame.scalars)


_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}


def _finite(values: Array) -> Array:
    """The values, unknown where a division by zero or an overflow left no number."""
    return np.where(np.isfinite(values), values, np.nan)


def _arithmetic(node: Arithmetic, frame: Frame) -> Array:
    parts = [numbers(_value(each, frame), each.start) for each in node.operands]
    result = parts[0]
    for operator, part in zip(node.operators, parts[1:], strict=True):
        result = _finite(_ARITHMETIC[operator](result, part))
    return result


def _comparison(node: Comparison, frame: Frame) -> Kleene:
    parts = [_value(each, frame) for each in node.operands]
    pairs = zip(parts, parts[1:], node.operators, node.operands[1:], strict=False)
    return reduce(both, (compare(left, right, sign, at.start) for left, right, sign, at in pairs))


def _called(node: Call, frame: Frame) -> Value:
    if node.function in PERIODS:
        return _over_periods(node, frame)
    argument = _value(node.argument, frame)
    if node.function == "abs":
        return np.abs(numbers(argument, node.argument.start))
    rows = np.ones(frame.rows, dtype=bool)
    if node.where is not None:
        rows = rows & answers(_value(node.where, frame), node.where.start).true
    if node.function in AGGREGATES:
        return _aggregate(node, only(argument, rows))
    chosen = only(answers(argument, node.argument.start), rows)
    return _share(chosen) if node.function != "count" else np.asarray(float(chosen.true.sum()))


def _share(found: Kleene) -> Array:
    """The share of true among the known answers; unknown when there are none."""
    total = int(found.true.sum() + found.false.sum())
    return np.asarray(found.true.sum() / total if total else np.nan)


_REDUCE: Mapping[str, Callable[[Any], Any]] = {
    "max": np.max,
    "min": np.min,
    "mean": np.mean,
    "median": np.median,
    "sum": np.sum,
}


def _aggregate(node: Call, values: Value) -> Value:
    """One value of many; `values` holds the chosen rows, missing ones among them."""
    if node.function == "value":
        return _single(node, values)
    if node.function in ("first", "last"):
        there = values.true | values.false if isinstance(values, Kleene) else known(values)
        places = np.flatnonzero(there)[:: -1 if node.function == "last" else 1][:1]
        return entry(values, places)
    ordered = node.function in ("max", "min")
    if isinstance(values, Kleene) or not (ordered and values.dtype.kind == "M"):
        values = numbers(values, node.argument.start)
    remaining = values[known(values)]
    if not remaining.size:
        return entry(values, np.array([], dtype=np.intp))
    result = np.asarray(_REDUCE[node.function](remaining))
    return result if ordered else _finite(result)


def _single(node: Call, values: Value) -> Value:
    rows = len(values.true if isinstance(values, Kleene) else values)
    if rows != 1:
        message = f"expected exactly one row for value, found {rows}"
        hint = "Say max(...), mean(...) or last(...), or narrow it with where."
        raise ExpressionError(message, node.start, hint)
    return entry(values, np.array([0]))


def _over_periods(node: Call, frame: Frame) -> Value:
    found = _stacked(
        answers(_value(node.argument, frame.part(rows)), node.argument.start)
        for rows in frame.periods.values()
    )
    if node.function == "share_of_periods":
        return _share(found)
    every = np.asarray(bool(found.true.size) and bool(found.true.all()))
    return Kleene(every, np.asarray(bool(found.false.any())))


def _stacked(found: Iterable[Kleene]) -> Kleene:
    listed = list(found)
    true = np.array([bool(each.true) for each in listed], dtype=bool)
    return Kleene(true, np.array([bool(each.false) for each in listed], dtype=bool))
