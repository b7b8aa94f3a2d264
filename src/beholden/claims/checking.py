"""Names and types of an expectation, judged before any data is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.claims.syntax import (
    AGGREGATES,
    FUNCTIONS,
    KEYWORDS,
    PERIODS,
    ROWS,
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
    spelled_out,
    walk,
    write,
)
from beholden.errors import ExpressionError, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from beholden.claims.expression import Expression

__all__ = ["KINDS", "Schema", "check", "unknown_name"]

KINDS = {"number": "a number", "text": "text", "date": "a date", "bool": "a condition"}
"""The four kinds of value, and how an error names them."""

_ORDERED = ("number", "date")
_ANY = tuple(KINDS)
_ACCEPTS = {
    **dict.fromkeys(("max", "min"), _ORDERED),
    **dict.fromkeys(("mean", "median", "sum"), ("number",)),
    **dict.fromkeys(("first", "last", "value"), _ANY),
}


@dataclass(frozen=True)
class Schema:
    """The names that an expectation may use.

    Parameters
    ----------
    columns : mapping of str to str
        Each column with one value per row, and its kind: ``"number"``, ``"text"``, ``"date"`` or
        ``"bool"``.
    scalars : mapping of str to str
        Each name that stands for one value, and its kind. A column of the same name wins.

    Examples
    --------
    >>> Schema({"year": "number", "x": "number"}, {"slope": "number"}).scalars["slope"]
    'number'
    """

    columns: Mapping[str, str]
    scalars: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist."""
        for name, kind in (*self.columns.items(), *self.scalars.items()):
            if kind not in KINDS:
                message = f"expected the kind of {name} to be one of {', '.join(KINDS)}"
                raise ValueError(f"{message}, found {kind!r}")


@dataclass(frozen=True)
class Type:
    """The kind of a value, and whether there is one per row."""

    kind: str
    column: bool = False


def check(expression: Expression, schema: Schema, *, condition: bool = True) -> None:
    """Judge the names and types of an expectation, which must come to one true or false.

    Parameters
    ----------
    expression : Expression
        What `parse` returned.
    schema : Schema
        The names that the data will have.
    condition : bool
        False admits one value of any kind, as for a figure that is only shown.

    Raises
    ------
    ExpressionError
        At the first name that is unknown, or value of the wrong kind.

    Examples
    --------
    >>> from beholden.claims.expression import parse
    >>> check(parse("max >= 80%"), Schema({"x": "number"}, {}))
    >>> check(parse("x >= 80%"), Schema({"x": "number"}, {}))
    Traceback (most recent call last):
    ...
    beholden.errors.ExpressionError: expected one value, found the column x
    """
    root = expression.root
    found = _type(root, schema)
    _require_one_value(root, found, schema)
    if condition and found.kind != "bool":
        message = f"expected a condition, found {_described(root, found)}"
        raise ExpressionError(message, root.start, _hint_to_compare(root, found))


def unknown_name(node: Name, columns: Collection[str], scalars: Collection[str]) -> ExpressionError:
    """The error for a name that is neither a column, a scalar nor an aggregate of ``x``.

    Parameters
    ----------
    node : Name
        The name in question.
    columns, scalars : collection of str
        The names there are.
    """
    if node.name in AGGREGATES:
        message = f"expected a column x for {node.name}, found none"
        hint = f"Name a column, as in {node.name}({next(iter(columns))})." if columns else ""
        return ExpressionError(message, node.start, hint)
    if node.name in FUNCTIONS:
        hint = f"{node.name} is a function: {node.name}(...)."
        return ExpressionError(f'expected "(" after {node.name}, found none', node.end, hint)
    message = f'expected the name of a column or figure, found "{node.name}"'
    if node.name.lower() in KEYWORDS:
        return ExpressionError(message, node.start, f"Write {node.name.lower()} in small letters.")
    shortcuts = AGGREGATES if "x" in columns else ()
    return ExpressionError(
        message, node.start, nearest(node.name, (*columns, *scalars, *shortcuts))
    )


def _type(node: Node, schema: Schema) -> Type:
    """The type of a node; everything below it is checked on the way."""
    match node:
        case Number():
            return Type("number")
        case Text():
            return Type("text")
        case Day():
            return Type("date")
        case Truth():
            return Type("bool")
        case Name():
            return _type_of_name(node, schema)
        case Negative(operand):
            return _same_kind((operand,), "number", 'after "-"', schema)
        case Not(operand):
            return _same_kind((operand,), "bool", 'after "not"', schema)
        case Arithmetic(operands, operators):
            return _same_kind(operands, "number", f'beside "{operators[0]}"', schema)
        case Logic(operator, operands):
            return _same_kind(operands, "bool", f'beside "{operator}"', schema)
        case Comparison():
            return _type_of_comparison(node, schema)
        case Call():
            return _type_of_call(node, schema)


def _type_of_name(node: Name, schema: Schema) -> Type:
    if node.name in schema.columns:
        return Type(schema.columns[node.name], column=True)
    if node.name in schema.scalars:
        return Type(schema.scalars[node.name])
    if node.name in AGGREGATES and "x" in schema.columns:
        return _type(spelled_out(node), schema)
    raise unknown_name(node, schema.columns, schema.scalars)


def _same_kind(operands: tuple[Node, ...], kind: str, where: str, schema: Schema) -> Type:
    column = False
    for operand in operands:
        found = _type(operand, schema)
        if found.kind != kind:
            message = f"expected {KINDS[kind]} {where}, found {_described(operand, found)}"
            hint = _hint_to_compare(operand, found) if kind == "bool" else ""
            raise ExpressionError(message, operand.start, hint)
        column = column or found.column
    return Type(kind, column)


def _type_of_comparison(node: Comparison, schema: Schema) -> Type:
    types = [_type(operand, schema) for operand in node.operands]
    for place, operator in enumerate(node.operators):
        _require_comparable(node, types, place, operator)
    return Type("bool", any(each.column for each in types))


def _require_comparable(node: Comparison, types: list[Type], place: int, operator: str) -> None:
    """Refuse to order what has no order, and to compare values of two kinds."""
    left, right = types[place], types[place + 1]
    if operator not in ("==", "!=") and left.kind not in _ORDERED:
        operand = node.operands[place]
        message = f'expected a number or a date before "{operator}"'
        message = f"{message}, found {_described(operand, left)}"
        raise ExpressionError(message, operand.start, "Only == and != fit here.")
    if left.kind != right.kind:
        operand = node.operands[place + 1]
        message = f'expected {KINDS[left.kind]} after "{operator}"'
        message = f"{message}, found {_described(operand, right)}"
        raise ExpressionError(message, operand.start, _hint_for_pair(left, right))


def _hint_for_pair(left: Type, right: Type) -> str:
    if {left.kind, right.kind} == {"number", "date"}:
        return "Dates are written as 2015-01-31, without spaces."
    if {left.kind, right.kind} == {"text", "number"}:
        return "Numbers are written without quotation marks."
    return ""


def _type_of_call(node: Call, schema: Schema) -> Type:
    if node.where is not None:
        _require_row_condition(node, node.where, schema)
    if node.function in PERIODS:
        return _type_of_periods(node, schema)
    if node.function == "abs":
        return _same_kind((node.argument,), "number", "in abs(...)", schema)
    if node.function in AGGREGATES:
        return _type_of_aggregate(node, schema)
    _require_row_condition(node, node.argument, schema)
    return Type("number")


def _type_of_aggregate(node: Call, schema: Schema) -> Type:
    argument = node.argument
    found = _type(argument, schema)
    accepted = _ACCEPTS[node.function]
    if found.kind not in accepted:
        wanted = " or ".join(KINDS[kind] for kind in accepted)
        message = f"expected {wanted} in {node.function}(...), found {_described(argument, found)}"
        hint = f"Say count({write(argument)})." if found.kind == "bool" else ""
        raise ExpressionError(message, argument.start, hint)
    if not found.column:
        message = f"expected a column in {node.function}(...), found one value"
        raise ExpressionError(message, argument.start, _hint_of_columns(schema))
    return Type(found.kind)


def _require_row_condition(node: Call, condition: Node, schema: Schema) -> None:
    """Ask for a condition on each row; the word ``true`` stands for all rows."""
    found = _type(condition, schema)
    part = "after where" if condition is node.where else f"in {node.function}(...)"
    if found.kind != "bool":
        message = f"expected a condition {part}, found {_described(condition, found)}"
        raise ExpressionError(message, condition.start, _hint_to_compare(condition, found))
    if not found.column and not isinstance(condition, Truth):
        message = f"expected a condition on each row {part}, found one for all rows"
        raise ExpressionError(message, condition.start, _hint_of_columns(schema))


def _type_of_periods(node: Call, schema: Schema) -> Type:
    argument = node.argument
    for below in walk(argument):
        if isinstance(below, Call) and below.function in PERIODS:
            message = f"expected a condition on one period, found {below.function}"
            raise ExpressionError(message, below.start, "Periods do not contain periods.")
    found = _type(argument, schema)
    _require_one_value(argument, found, schema)
    if found.kind != "bool":
        message = f"expected a condition in {node.function}(...)"
        message = f"{message}, found {_described(argument, found)}"
        raise ExpressionError(message, argument.start, _hint_to_compare(argument, found))
    return Type("bool" if node.function == "every_period" else "number")


def _require_one_value(node: Node, found: Type, schema: Schema) -> None:
    if not found.column:
        return
    loose = _loose_column(node, schema)
    message = f"expected one value, found the column {loose.name}"
    raise ExpressionError(message, loose.start, _hint_to_aggregate(loose.name, schema))


def _loose_column(node: Node, schema: Schema) -> Name:
    """The first column that stands outside every function over rows."""
    if isinstance(node, Name):
        return node
    for child in children(node):
        if isinstance(child, Call) and child.function in ROWS:
            continue
        if _type(child, schema).column:
            return _loose_column(child, schema)
    raise AssertionError("a column type comes from a column")


def _hint_to_aggregate(name: str, schema: Schema) -> str:
    """How to make one value of a column, in functions that suit the rows at hand."""
    share = "share_of_events" if "date" in schema.columns else "share_of_years"
    share = "share_of_votes" if "vote" in schema.columns else share
    ways = {
        "number": f"max({name}), mean({name}), {share}({name} > ...)",
        "date": f"max({name}), min({name}), {share}({name} >= ...)",
        "text": f'{share}({name} == "..."), count({name} == "...")',
        "bool": f"{share}({name}), count({name})",
    }
    return f"{name} has one value per row; say {ways[schema.columns[name]]}."


def _hint_of_columns(schema: Schema) -> str:
    return f"Columns: {', '.join(schema.columns)}." if schema.columns else "There are no columns."


def _hint_to_compare(node: Node, found: Type) -> str:
    comparison = {"number": ">= 0.8", "date": ">= 2015-01-31", "text": '== "no"'}[found.kind]
    written = write(node)
    return f"Compare it, as in {written} {comparison}." if len(written) <= 60 else "Compare it."


def _described(node: Node, found: Type) -> str:
    """The kind of a value and its source, shortened when it is long."""
    written = write(node)
    return KINDS[found.kind] if len(written) > 60 else f"{KINDS[found.kind]}: {written}"
