"""The expectation language against random trees, random text and a second evaluation."""

from __future__ import annotations

import operator
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from beholden.claims.evaluate import Frame, Schema, check, evaluate, figure, threshold, words
from beholden.claims.expression import Expression, parse
from beholden.claims.syntax import (
    AGGREGATES,
    FUNCTIONS,
    KEYWORDS,
    MAX_LENGTH,
    ROWS,
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
    write,
)
from beholden.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable

Row: TypeAlias = dict[str, Any]
Nodes: TypeAlias = st.SearchStrategy[Node]

SCHEMA = Schema(
    {"x": "number", "y": "number", "vote": "text", "day": "date", "flag": "bool"},
    {"a": "number", "b": "number", "label": "text", "since": "date", "known": "bool"},
)
ORDER = ("<", "<=", ">", ">=")
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
PLAIN_MATHS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


# Any tree, whether it makes sense or not

numbers = st.from_regex(r"[0-9]{1,5}(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?%?", fullmatch=True)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,12}", fullmatch=True)
quotable = st.text(max_size=10).filter(
    lambda text: "\n" not in text and not ('"' in text and "'" in text)
)
any_leaf: Nodes = st.one_of(
    st.builds(Number, numbers),
    st.builds(Text, quotable),
    st.builds(Day, st.dates()),
    st.builds(Truth, st.booleans()),
    st.builds(Name, names.filter(lambda name: name not in KEYWORDS)),
)


def grown(below: Nodes) -> Nodes:
    return st.one_of(
        st.builds(Negative, below),
        st.builds(Not, below),
        chains(Arithmetic, "+-", below),
        chains(Arithmetic, "*/", below),
        chains(Comparison, (*ORDER, "==", "!="), below),
        st.builds(Logic, st.sampled_from(["and", "or"]), tuples(below)),
        st.builds(Call, st.sampled_from(ROWS), below, st.none() | below),
        st.builds(Call, st.sampled_from([each for each in FUNCTIONS if each not in ROWS]), below),
    )


def tuples(below: Nodes) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(below, min_size=2, max_size=4).map(tuple)


@st.composite
def chains(
    draw: st.DrawFn,
    kind: type[Arithmetic] | type[Comparison],
    operators: str | tuple[str, ...],
    below: Nodes,
) -> Node:
    operands = draw(tuples(below))
    return kind(operands, tuple(draw(st.sampled_from(operators)) for _ in operands[1:]))


@settings(deadline=None)
@given(st.recursive(any_leaf, grown, max_leaves=12))
def test_a_tree_survives_being_written_and_read(root: Node) -> None:
    text = write(root)
    assume(len(text) <= MAX_LENGTH)
    read = parse(text)
    assert read.root == root
    assert parse(read.render()) == read
    for found in (read, figure(read)):
        assert found is None or isinstance(words(found), str)


# Any text

PIECES = (
    *FUNCTIONS,
    *KEYWORDS,
    *SCHEMA.columns,
    *SCHEMA.scalars,
    *("==", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "(", ")", "(", ")", ","),
    *(
        " ",
        "\n",
        '"no"',
        "'",
        '"',
        "0",
        "1.5",
        "80%",
        "%",
        ".",
        "2015-10-22",
        "2015-99-22",
        "1e999",
    ),
)
soup = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@settings(deadline=None)
@given(st.text() | soup | st.text(alphabet='(-x1> "not ', max_size=600))
@example("(" * 500)
@example("-" * 500)
@example("not " * 125)
@example("1or 1and not 1<1+1*-(" * 23)
@example("1<" * 249 + "1")
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    error = fault_of(text)
    if error is not None:
        assert 0 <= error.offset <= len(text)
        assert str(error).startswith("expected ")


def fault_of(text: str) -> ExpressionError | None:
    try:
        expression = parse(text)
        assert parse(expression.render()) == expression
        assert words(expression)
        figure(expression)
        check(expression, SCHEMA)
        threshold(expression)
        assert evaluate(expression, EMPTY) in (True, False, None)
    except ExpressionError as error:
        return error
    return None


# Answers, against a plain reading of the rules row by row

quarters = st.integers(-12, 12).map(lambda n: n / 4)
columns = {
    "x": st.none() | quarters,
    "y": st.none() | quarters,
    "vote": st.sampled_from([None, "yes", "no"]),
    "day": st.sampled_from([None, date(2014, 5, 1), date(2015, 1, 1), date(2016, 2, 29)]),
    "flag": st.sampled_from([None, True, False]),
}
tables = st.lists(st.fixed_dictionaries(columns), max_size=7)
figures = st.fixed_dictionaries(
    {
        "a": columns["x"],
        "b": columns["x"],
        "label": columns["vote"],
        "since": columns["day"],
        "known": columns["flag"],
    }
)
literals: dict[str, Nodes] = {
    "number": st.sampled_from(["0", "0.25", "1", "50%", "2"]).map(Number),
    "text": st.sampled_from(["yes", "no"]).map(Text),
    "date": st.sampled_from([date(2015, 1, 1), date(2016, 2, 29)]).map(Day),
    "bool": st.booleans().map(Truth),
}


def named(kind: str, declared: dict[str, str]) -> Nodes:
    return st.sampled_from([Name(name) for name, each in declared.items() if each == kind])


def values(kind: str, depth: int, row: bool) -> Nodes:
    """Trees of one kind, with one value per row or one value in all."""
    leaves = [literals[kind], named(kind, dict(SCHEMA.scalars))]
    if row:
        leaves.append(named(kind, dict(SCHEMA.columns)))
    if depth == 0:
        return st.one_of(leaves)
    return st.one_of(*leaves, st.deferred(lambda: larger(kind, depth - 1, row)))


def larger(kind: str, depth: int, row: bool) -> Nodes:
    options = [one_of_many(["first", "last"], kind, depth)]
    if kind in ("number", "date"):
        options.append(one_of_many(["max", "min"], kind, depth))
    if kind == "number":
        inner = values("number", depth, row)
        options += [
            st.builds(Negative, inner),
            st.builds(Call, st.just("abs"), inner),
            chains(Arithmetic, "+-", inner),
            chains(Arithmetic, "*/", inner),
            st.builds(
                Call,
                st.sampled_from(["mean", "median", "sum"]),
                named("number", dict(SCHEMA.columns)),
                st.none() | conditions(depth),
            ),
            st.sampled_from(["max", "min", "mean", "median", "sum", "last", "first"]).map(Name),
            st.builds(
                Call,
                st.sampled_from(["count", *SHARES]),
                conditions(depth),
                st.none() | conditions(depth),
            ),
            st.builds(Call, st.just("share_of_periods"), without_periods(depth)),
        ]
    if kind == "bool":
        inner = values("bool", depth, row)
        options += [
            st.builds(Not, inner),
            st.builds(Logic, st.sampled_from(["and", "or"]), tuples(inner)),
            *(comparisons(each, depth, row) for each in literals),
            st.builds(Call, st.just("every_period"), without_periods(depth)),
        ]
    return st.one_of(options)


def comparisons(kind: str, depth: int, row: bool) -> Nodes:
    ordered = ORDER if kind in ("number", "date") else ()
    return chains(Comparison, ("==", "!=", *ordered), values(kind, depth, row))


def one_of_many(functions: list[str], kind: str, depth: int) -> Nodes:
    of_kind = named(kind, dict(SCHEMA.columns))
    return st.builds(Call, st.sampled_from(functions), of_kind, st.none() | conditions(depth))


def conditions(depth: int) -> Nodes:
    """Conditions on each row: something that names a column, or ``true``."""
    kinds = [comparisons(kind, 0, True) for kind in literals]
    simple = st.one_of(st.just(Name("flag")), st.booleans().map(Truth), *kinds)
    whole = simple if depth == 0 else st.one_of(simple, values("bool", depth, True))
    return whole.filter(lambda node: isinstance(node, Truth) or is_per_row(node))


def is_per_row(node: Node) -> bool:
    if isinstance(node, Name):
        return node.name in SCHEMA.columns
    if isinstance(node, Call):
        return node.function == "abs" and is_per_row(node.argument)
    if isinstance(node, Negative | Not):
        return is_per_row(node.operand)
    if isinstance(node, Arithmetic | Comparison | Logic):
        return any(is_per_row(each) for each in node.operands)
    return False


def without_periods(depth: int) -> Nodes:
    return values("bool", depth, False).filter(lambda node: "period" not in write(node))


class Reference:
    """The rules of the language in plain Python, on a list of rows with None where missing."""

    def __init__(self, rows: list[Row], scalars: Row, periods: list[list[bool]]) -> None:
        self.rows = rows
        self.scalars = scalars
        self.periods = periods

    def at(self, node: Node, row: Row) -> Any:
        """The value of a node for one row; None is unknown."""
        match node:
            case Number():
                return node.value
            case Text(value) | Day(value) | Truth(value):
                return value
            case Name(name) if name in AGGREGATES:
                return self.call(Call(name, Name("x")), row)
            case Name(name):
                return row[name] if name in SCHEMA.columns else self.scalars[name]
            case Negative(operand):
                inner = self.at(operand, row)
                return None if inner is None else -inner
            case Not(operand):
                inner = self.at(operand, row)
                return None if inner is None else not inner
            case Arithmetic():
                return self.arithmetic(node, row)
            case Comparison():
                return self.comparison(node, row)
            case Logic(word, operands):
                return joined(word, [self.at(each, row) for each in operands])
            case Call():
                return self.call(node, row)

    def arithmetic(self, node: Arithmetic, row: Row) -> float | None:
        result, *rest = (self.at(each, row) for each in node.operands)
        for sign, part in zip(node.operators, rest, strict=True):
            if result is None or part is None or (sign == "/" and part == 0):
                return None
            result = PLAIN_MATHS[sign](result, part)
        return None if result is None else float(result)

    def comparison(self, node: Comparison, row: Row) -> bool | None:
        parts = [self.at(each, row) for each in node.operands]
        answers = [
            None if left is None or right is None else COMPARE[sign](left, right)
            for left, right, sign in zip(parts, parts[1:], node.operators, strict=False)
        ]
        return joined("and", answers)

    def call(self, node: Call, row: Row) -> Any:
        if node.function == "abs":
            inner = self.at(node.argument, row)
            return None if inner is None else abs(inner)
        if node.function.endswith(("_period", "_periods")):
            return self.over_periods(node)
        rows = [
            each for each in self.rows if node.where is None or self.at(node.where, each) is True
        ]
        known = [
            value for value in (self.at(node.argument, each) for each in rows) if value is not None
        ]
        if node.function == "count":
            return float(known.count(True))
        return reduced(node.function, known) if known else None

    def over_periods(self, node: Call) -> Any:
        answers = []
        for mask in self.periods:
            rows = [row for row, inside in zip(self.rows, mask, strict=True) if inside]
            answers.append(Reference(rows, self.scalars, []).at(node.argument, {}))
        if node.function == "every_period":
            return joined("and", answers) if answers else None
        known = [answer for answer in answers if answer is not None]
        return known.count(True) / len(known) if known else None


def reduced(function: str, known: list[Any]) -> Any:
    if function.startswith("share"):
        return known.count(True) / len(known)
    ways: dict[str, Callable[[list[Any]], Any]] = {
        "max": max,
        "min": min,
        "first": lambda many: many[0],
        "last": lambda many: many[-1],
        "value": lambda many: many[0],
        "sum": sum,
        "mean": lambda many: sum(many) / len(many),
        "median": median,
    }
    return ways[function](known)


def joined(word: str, answers: list[bool | None]) -> bool | None:
    decisive = word == "or"
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def arrays(rows: list[Row]) -> dict[str, Any]:
    kinds: dict[str, Any] = {"x": float, "y": float, "day": "datetime64[D]"}
    return {
        name: np.array([row[name] for row in rows], dtype=kinds.get(name, object))
        for name in SCHEMA.columns
    }


EMPTY = Frame(arrays([]), dict.fromkeys(SCHEMA.scalars))


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(values("bool", 3, False), values("number", 3, False), values("date", 2, False)),
    tables,
    figures,
    st.data(),
)
def test_answers_agree_with_the_plain_rules(
    root: Node, rows: list[Row], scalars: Row, data: st.DataObject
) -> None:
    text = write(root)
    assume(len(text) <= MAX_LENGTH)
    mask = st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))
    periods = data.draw(st.lists(mask, max_size=3))
    masks = {str(place): np.array(each, dtype=bool) for place, each in enumerate(periods)}
    expected = Reference(rows, scalars, periods).at(root, {})
    assert evaluate(parse(text), Frame(arrays(rows), scalars, masks)) == expected


@pytest.mark.parametrize("function", [*AGGREGATES, "count", *SHARES])
@given(st.lists(quarters | st.none(), max_size=9), quarters)
def test_each_function_agrees_with_the_plain_rules(
    function: str, many: list[float | None], limit: float
) -> None:
    rows = [{"x": x, "y": limit, "vote": None, "day": None, "flag": None} for x in many]
    rows = rows[:1] if function == "value" else rows
    assume(rows or function != "value")
    over = Name("x")
    condition = Comparison((over, Name("y")), ("<=",))
    root = Call(function, over if function in AGGREGATES else condition)
    expected = Reference(rows, {}, []).at(root, {})
    assert evaluate(parse(write(root)), Frame(arrays(rows))) == expected
    filtered = Call("max", over, condition)
    expected = Reference(rows, {}, []).at(filtered, {})
    assert evaluate(parse(write(filtered)), Frame(arrays(rows))) == expected


@settings(deadline=None)
@given(values("bool", 3, False))
def test_what_is_built_by_the_rules_passes_the_check(root: Node) -> None:
    check(Expression(write(root), root), SCHEMA)


# Three-valued logic

T, F, U = True, False, None


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_and_or(
    left: bool | None, right: bool | None, both: bool | None, either: bool | None
) -> None:
    scalars = {"p": left, "q": right}
    columns = {name: np.array([value], dtype=object) for name, value in scalars.items()}
    for frame, form in ((Frame({}, scalars), "{}"), (Frame(columns), "first({})")):
        p, q = form.format("p"), form.format("q")
        assert evaluate(parse(f"{p} and {q}"), frame) is both
        assert evaluate(parse(f"{p} or {q}"), frame) is either
        assert evaluate(parse(f"not (not {p} or not {q})"), frame) is both


@pytest.mark.parametrize(("given_answer", "turned"), [(T, F), (F, T), (U, U)])
def test_not(given_answer: bool | None, turned: bool | None) -> None:
    assert evaluate(parse("not p"), Frame({}, {"p": given_answer})) is turned


@given(st.sampled_from([T, F, U]), st.sampled_from([T, F, U]))
def test_equality_of_answers(left: bool | None, right: bool | None) -> None:
    frame = Frame({}, {"p": left, "q": right})
    unknown = left is None or right is None
    assert evaluate(parse("p == q"), frame) is (None if unknown else left == right)
    assert evaluate(parse("p != q"), frame) is (None if unknown else left != right)
