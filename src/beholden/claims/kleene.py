"""Values with gaps: numbers, texts and dates that may be missing, answers that may be unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from beholden.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "Array",
    "Kleene",
    "Scalar",
    "Value",
    "answers",
    "both",
    "compare",
    "either",
    "entry",
    "known",
    "loaded",
    "numbers",
    "only",
    "plain",
]

Array: TypeAlias = NDArray[Any]
Scalar: TypeAlias = float | str | date | bool | None


@dataclass(frozen=True, eq=False)
class Kleene:
    """Answers that are true, false or, where neither is set, unknown."""

    true: NDArray[np.bool_]
    false: NDArray[np.bool_]


Value: TypeAlias = Array | Kleene
"""Numbers, dates and texts are arrays, answers a pair of arrays; no dimension means one value."""


def loaded(values: Array) -> Value:
    """Values as the caller gave them, in the form that the evaluation works with."""
    if values.dtype.kind == "b":
        return Kleene(values, ~values)
    if values.dtype.kind in "iuf":
        return values.astype(np.float64)
    if values.dtype.kind == "M":
        return values.astype("datetime64[D]")
    values = values.astype(object)
    there = known(values)
    sample = values[there][0] if there.any() else None
    if isinstance(sample, bool | np.bool_):
        return Kleene(there & _equal(values, True), there & _equal(values, False))
    if isinstance(sample, date):
        return values.astype("datetime64[D]")
    if isinstance(sample, int | float | np.number):
        return np.where(there, values, np.nan).astype(np.float64)
    return values


def _equal(left: Array, right: object) -> NDArray[np.bool_]:
    return np.asarray(left == right, dtype=bool)


def known(values: Array) -> NDArray[np.bool_]:
    """Which values are not missing: not None, NaN or NaT."""
    if values.dtype.kind == "O":
        return np.asarray(~_equal(values, None) & _equal(values, values))
    return np.asarray(~np.isnat(values) if values.dtype.kind == "M" else ~np.isnan(values))


def _fits_any_kind(value: Value) -> bool:
    """Whether nothing is known, so that the values would fit any kind."""
    return not isinstance(value, Kleene) and value.dtype.kind == "O" and not known(value).any()


def _kind(value: Value) -> str:
    kinds = {"f": "a number", "M": "a date", "O": "text"}
    return "a condition" if isinstance(value, Kleene) else kinds[value.dtype.kind]


def numbers(value: Value, offset: int) -> NDArray[np.float64]:
    """The value as numbers; any other known kind is a fault at `offset`."""
    if isinstance(value, Kleene) or value.dtype.kind != "f":
        if isinstance(value, Kleene) or not _fits_any_kind(value):
            message = f"expected a number, found {_kind(value)}"
            raise ExpressionError(message, offset)
        return np.full(value.shape, np.nan)
    return value


def answers(value: Value, offset: int) -> Kleene:
    """The value as answers; any other known kind is a fault at `offset`."""
    if isinstance(value, Kleene):
        return value
    if not _fits_any_kind(value):
        raise ExpressionError(f"expected a condition, found {_kind(value)}", offset)
    unknown = np.zeros(value.shape, dtype=bool)
    return Kleene(unknown, unknown)


def both(left: Kleene, right: Kleene) -> Kleene:
    """Kleene's and: false as soon as one side is false."""
    return Kleene(left.true & right.true, left.false | right.false)


def either(left: Kleene, right: Kleene) -> Kleene:
    """Kleene's or: true as soon as one side is true."""
    return Kleene(left.true | right.true, left.false & right.false)


_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def compare(left: Value, right: Value, operator: str, offset: int) -> Kleene:
    """Compare value by value; unknown wherever either side is missing."""
    if isinstance(left, Kleene) or isinstance(right, Kleene):
        return _compare_answers(answers(left, offset), answers(right, offset), operator, offset)
    there = known(left) & known(right)
    if left.dtype.kind != right.dtype.kind:
        if not (_fits_any_kind(left) or _fits_any_kind(right)):
            message = f'expected {_kind(left)} after "{operator}", found {_kind(right)}'
            raise ExpressionError(message, offset)
        return Kleene(there, there)
    if left.dtype.kind == "O" and operator not in ("==", "!="):
        return _unordered(there, operator, offset)
    holds = np.asarray(_COMPARE[operator](left, right), dtype=bool)
    return Kleene(there & holds, there & ~holds)


def _unordered(there: NDArray[np.bool_], operator: str, offset: int) -> Kleene:
    """Texts have no order: unknown while none is known, and a fault as soon as two are."""
    if there.any():
        message = f'expected a number or a date beside "{operator}", found text'
        raise ExpressionError(message, offset)
    return Kleene(there, there)


def _compare_answers(left: Kleene, right: Kleene, operator: str, offset: int) -> Kleene:
    same = (left.true & right.true) | (left.false & right.false)
    other = (left.true & right.false) | (left.false & right.true)
    if operator == "==":
        return Kleene(same, other)
    if operator == "!=":
        return Kleene(other, same)
    message = f'expected a number or a date beside "{operator}", found a condition'
    raise ExpressionError(message, offset)


def only(value: Value, rows: NDArray[np.bool_]) -> Any:
    """The values of some rows; one value for all rows is repeated."""
    if isinstance(value, Kleene):
        return Kleene(only(value.true, rows), only(value.false, rows))
    return np.broadcast_to(value, rows.shape)[rows]


def entry(values: Value, places: NDArray[np.intp]) -> Value:
    """The value at the only place given, or unknown of the same kind when none is."""
    if isinstance(values, Kleene):
        return Kleene(np.asarray(values.true[places].any()), np.asarray(values.false[places].any()))
    if places.size:
        return values[places].reshape(())
    missing: dict[str, object] = {"f": np.nan, "M": np.datetime64("NaT", "D"), "O": None}
    return np.asarray(missing[values.dtype.kind])


def plain(value: Value) -> Scalar:
    """A value without dimension as an ordinary Python value; None is unknown."""
    if isinstance(value, Kleene):
        return True if value.true else (False if value.false else None)
    if not known(value).item():
        return None
    result: Scalar = value.item()
    return result
