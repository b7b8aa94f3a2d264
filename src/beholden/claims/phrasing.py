"""Say an expectation in plain English, for readers who do not know its notation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.claims.syntax import (
    AGGREGATES,
    SHARES,
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
    is_literal,
    spelled_out,
)

if TYPE_CHECKING:
    from datetime import date

    from beholden.claims.expression import Expression

__all__ = ["words"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NAMES = {
    "x": "the value",
    "low": "the lower figure",
    "high": "the upper figure",
    "year": "the year",
    "date": "the date",
    "yes": "the number of yes votes",
    "no": "the number of no votes",
    "abstain": "the number of abstentions",
    "margin": "the margin",
    "slope": "the slope",
    "slope_low": "the lower bound of the slope",
    "slope_high": "the upper bound of the slope",
    "change": "the change",
    "p": "the p-value",
    "before": "the figure before",
    "after": "the figure after",
    "difference": "the difference",
    "ratio": "the ratio",
    "ratio_low": "the lower bound of the ratio",
    "ratio_high": "the upper bound of the ratio",
    "rate_before": "the rate before",
    "rate_after": "the rate after",
}
_AGGREGATES = {
    "max": "the largest",
    "min": "the smallest",
    "mean": "the average",
    "median": "the median",
    "sum": "the total",
    "last": "the last",
    "first": "the first",
    "value": "the only",
}
_OPERATORS = ("==", "!=", "<", "<=", ">", ">=")
_PREDICATES = {
    "number": "equals {}|does not equal {}|is below {}|is at most {}|is above {}|is at least {}",
    "text": "is {}|is not {}|is below {}|is at most {}|is above {}|is at least {}",
    "date": "is {}|is not {}|is before {}|is on or before {}|is after {}|is on or after {}",
    "year": "is {}|is not {}|is before {}|is {} or earlier|is after {}|is {} or later",
}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


def words(expression: Expression) -> str:
    """An expectation as part of an English sentence, without a capital or a full stop.

    Names get their usual wording (``slope_low`` is "the lower bound of the slope"); other names
    are shown with spaces for underscores.

    Examples
    --------
    >>> from beholden.claims.expression import parse
    >>> words(parse("max >= 80%"))
    'the largest value is at least 80%'
    >>> words(parse("0.7 <= mean <= 0.9"))
    'the average value is between 0.7 and 0.9'
    """
    return _phrase(expression.root).rstrip(",")


def _phrase(node: Node) -> str:
    """A condition as a clause, a value as a noun; a filter leaves a comma at the end."""
    match node:
        case Number() | Text() | Day() | Truth():
            return _literal(node)
        case Name(name):
            return _name(node) if name not in AGGREGATES else _call(spelled_out(node))
        case Negative(operand):
            return f"minus {_part(operand)}"
        case Not():
            return _negation(node)
        case Arithmetic():
            return _arithmetic(node)
        case Comparison():
            return _comparison(node)
        case Logic():
            return _logic(node)
        case Call():
            return _call(node)


def _literal(node: Number | Text | Day | Truth) -> str:
    match node:
        case Number(text):
            return text
        case Text(value):
            return f'"{value}"'
        case Day(value):
            return _day(value)
        case Truth(value):
            return "true" if value else "false"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _name(node: Name) -> str:
    return _NAMES.get(node.name, node.name.replace("_", " "))


def _part(node: Node) -> str:
    """A part of a sum or product; sums within it are set in brackets."""
    if isinstance(node, Arithmetic):
        return f"({_phrase(node).rstrip(',')})"
    return _phrase(node)


def _arithmetic(node: Arithmetic) -> str:
    first, second = node.operands[:2]
    if all(isinstance(each, Number) for each in node.operands) and set(node.operators) == {"/"}:
        return "/".join(_phrase(each) for each in node.operands)
    if node.operators == ("*",) and isinstance(first, Number) and first.percent:
        return f"{first.text} of {_part(second)}"
    text = _part(first)
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        text = f"{text} {_SIGNS[operator]} {_part(operand)}"
    return text


def _condition(node: Node) -> str:
    """A clause, also where a column of answers stands alone."""
    return f"{_name(node)} is true" if isinstance(node, Name) else _phrase(node)


def _negation(node: Not) -> str:
    if isinstance(node.operand, Name):
        return f"{_name(node.operand)} is false"
    return f"it is not the case that {_inner(node.operand)}"


def _logic(node: Logic) -> str:
    return f", {node.operator} ".join(_inner(each).rstrip(",") for each in node.operands)


def _inner(node: Node) -> str:
    """A condition inside another; what it joins is set in brackets."""
    return f"({_phrase(node).rstrip(',')})" if isinstance(node, Logic) else _condition(node)


def _row_condition(node: Node) -> str:
    """A condition on rows, joined without commas: those set off the clause as a whole."""
    if isinstance(node, Logic):
        joined = f" {node.operator} ".join(_inner(each).rstrip(",") for each in node.operands)
        return f"{joined},"
    return _condition(node)


def _comparison(node: Comparison) -> str:
    between = _between(node)
    if between:
        return between
    pairs = zip(node.operands, node.operators, node.operands[1:], strict=False)
    return ", and ".join(_pair(*pair).rstrip(",") for pair in pairs)


def _between(node: Comparison) -> str:
    """A value between two literals; empty when the comparison is not of that form."""
    if len(node.operands) != 3 or not is_literal(node.operands[0]):
        return ""
    low, middle, high = node.operands
    if is_literal(middle) or not is_literal(high):
        return ""
    if node.operators == ("<=", "<="):
        return f"{_phrase(middle)} is between {_phrase(low)} and {_phrase(high)}"
    first = _pair(low, node.operators[0], middle)
    second = _predicate(node.operators[1], high, middle).removeprefix("is ")
    return f"{first} and {second}"


def _pair(left: Node, operator: str, right: Node) -> str:
    if is_literal(left) and not is_literal(right):
        left, operator, right = right, _FLIPPED[operator], left
    return f"{_phrase(left)} {_predicate(operator, right, left)}"


def _predicate(operator: str, right: Node, left: Node) -> str:
    predicates = _PREDICATES[_flavour(left, right)].split("|")
    return predicates[_OPERATORS.index(operator)].format(_phrase(right))


def _flavour(left: Node, right: Node) -> str:
    """Which verbs suit the two sides of a comparison."""
    for side in (left, right):
        if isinstance(side, Text | Truth):
            return "text"
        if isinstance(side, Day) or side == Name("date"):
            return "date"
    return "year" if Name("year") in (left, right) else "number"


def _call(node: Call) -> str:
    filtered = ""
    if node.where is not None:
        filtered = f", among those where {_row_condition(node.where).rstrip(',')},"
    if node.function in AGGREGATES:
        return f"{_aggregate(node)}{filtered}"
    if node.function == "abs":
        return f"the absolute value of {_part(node.argument)}"
    if node.function == "every_period":
        return f"in every period, {_inner(node.argument)}"
    if isinstance(node.argument, Truth):
        return _all_rows(node)
    clause = f"{_counted(node.function)} in which {_row_condition(node.argument)}"
    return f"{clause.rstrip(',')}{filtered}" if filtered else clause


def _aggregate(node: Call) -> str:
    """An aggregate without its filter; of all dates and years the largest is the latest."""
    chosen = _AGGREGATES[node.function]
    if node.argument in (Name("date"), Name("year")):
        chosen = {"max": "the latest", "min": "the earliest"}.get(node.function, chosen)
    if isinstance(node.argument, Name):
        return f"{chosen} {_name(node.argument).removeprefix('the ')}"
    return f"{chosen} result of {_part(node.argument).rstrip(',')}"


def _all_rows(node: Call) -> str:
    """A count or share whose condition is only ``true`` or ``false``."""
    where = "" if node.where is None else f" where {_row_condition(node.where)}"
    none = "" if node.argument == Truth(True) else ", counted as none"
    return f"{_counted(node.function)}{where}{none}"


def _counted(function: str) -> str:
    if function == "count":
        return "the number of cases"
    rows = function.removeprefix("share_of_")
    return f"the share of {rows}" if function in SHARES else "the share of periods"
