"""The words and the tree of an expectation: tokens, nodes, and how a tree is written back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from math import isinf
from typing import TYPE_CHECKING, TypeAlias

from beholden.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "AGGREGATES",
    "FUNCTIONS",
    "KEYWORDS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "NOT_POWER",
    "PERIODS",
    "POWER",
    "ROWS",
    "SHARES",
    "SIGN_POWER",
    "Arithmetic",
    "Call",
    "Comparison",
    "Day",
    "Logic",
    "Name",
    "Negative",
    "Node",
    "Not",
    "Number",
    "Text",
    "Token",
    "Truth",
    "children",
    "is_literal",
    "spelled_out",
    "tokens",
    "walk",
    "write",
]

MAX_LENGTH = 500
MAX_DEPTH = 50

AGGREGATES = ("max", "min", "mean", "median", "sum", "last", "first", "value")
SHARES = ("share_of_years", "share_of_votes", "share_of_events")
ROWS = (*AGGREGATES, "count", *SHARES)
PERIODS = ("every_period", "share_of_periods")
FUNCTIONS = (*ROWS, "abs", *PERIODS)
KEYWORDS = ("and", "or", "not", "where", "true", "false")

POWER = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 4),
    **dict.fromkeys("+-", 5),
    **dict.fromkeys("*/", 6),
}
"""How tightly an operator binds its two sides; a larger number binds tighter."""

NOT_POWER = 3
SIGN_POWER = 7
_LEAF_POWER = 8


@dataclass(frozen=True)
class Spanned:
    """What every node knows: the characters of the source it came from.

    Attributes
    ----------
    start, end : int
        The node is ``text[start:end]``; two nodes from different places are still equal.
    """

    start: int = field(default=0, compare=False, kw_only=True)
    end: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True)
class Number(Spanned):
    """A number or a percentage, kept as it was written.

    Examples
    --------
    >>> Number("80%").value
    0.8
    """

    text: str

    @property
    def percent(self) -> bool:
        """Whether it was written as a percentage."""
        return self.text.endswith("%")

    @property
    def value(self) -> float:
        """The nearest float; a percentage is divided by a hundred before it is rounded."""
        if not self.percent:
            return float(self.text)
        digits, _, exponent = self.text[:-1].lower().partition("e")
        return float(f"{digits}e{int(exponent or 0) - 2}")


@dataclass(frozen=True)
class Text(Spanned):
    """A quoted text."""

    value: str


@dataclass(frozen=True)
class Day(Spanned):
    """A calendar date."""

    value: date


@dataclass(frozen=True)
class Truth(Spanned):
    """The word ``true`` or ``false``."""

    value: bool


@dataclass(frozen=True)
class Name(Spanned):
    """A column, a scalar, or an aggregate without brackets."""

    name: str


@dataclass(frozen=True)
class Negative(Spanned):
    """A value with a minus sign before it."""

    operand: Node


@dataclass(frozen=True)
class Not(Spanned):
    """A condition turned round."""

    operand: Node


@dataclass(frozen=True)
class Arithmetic(Spanned):
    """Values joined from left to right by ``+ -``, or by ``* /``."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True)
class Comparison(Spanned):
    """Values compared in a chain; every neighbouring pair has to hold."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True)
class Logic(Spanned):
    """Conditions that are all joined by ``and``, or all by ``or``."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Call(Spanned):
    """A function, its one argument, and the filter after ``where`` if there is one."""

    function: str
    argument: Node
    where: Node | None = None


Node: TypeAlias = (
    Number | Text | Day | Truth | Name | Negative | Not | Arithmetic | Comparison | Logic | Call
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, from left to right."""
    match node:
        case Negative(operand) | Not(operand):
            return (operand,)
        case Arithmetic() | Comparison() | Logic():
            return node.operands
        case Call(_, argument, where):
            return (argument,) if where is None else (argument, where)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, each parent before its children."""
    yield node
    for child in children(node):
        yield from walk(child)


def is_literal(node: Node) -> bool:
    """Whether a node is made of literals only, with no name and no function.

    Examples
    --------
    >>> is_literal(Arithmetic((Number("2"), Number("3")), ("/",)))
    True
    """
    return not any(isinstance(below, Name | Call) for below in walk(node))


def spelled_out(name: Name) -> Call:
    """An aggregate without brackets, written with them: ``max`` becomes ``max(x)``.

    Examples
    --------
    >>> write(spelled_out(Name("max")))
    'max(x)'
    """
    column = Name("x", start=name.start, end=name.end)
    return Call(name.name, column, start=name.start, end=name.end)


def power(node: Node) -> int:
    """How tightly the outermost operator of a node binds."""
    match node:
        case Logic(operator):
            return POWER[operator]
        case Comparison() | Arithmetic():
            return POWER[node.operators[0]]
        case Not():
            return NOT_POWER
        case Negative():
            return SIGN_POWER
        case _:
            return _LEAF_POWER


def write(node: Node) -> str:
    """The node as text, with single spaces and only the brackets that are needed.

    Examples
    --------
    >>> write(Negative(Arithmetic((Name("a"), Number("1")), ("+",))))
    '-(a + 1)'
    """
    match node:
        case Number(text) | Name(text):
            return text
        case Text(value):
            return f"'{value}'" if '"' in value else f'"{value}"'
        case Day(value):
            return value.isoformat()
        case Truth(value):
            return "true" if value else "false"
        case Negative(operand):
            return "-" + _bracketed(operand, SIGN_POWER)
        case Not(operand):
            return "not " + _bracketed(operand, NOT_POWER)
        case Logic(operator, operands):
            return f" {operator} ".join(_bracketed(each, power(node) + 1) for each in operands)
        case Arithmetic() | Comparison():
            return _written_chain(node)
        case Call(function, argument, where):
            filtered = "" if where is None else f" where {write(where)}"
            return f"{function}({write(argument)}{filtered})"


def _written_chain(node: Arithmetic | Comparison) -> str:
    tighter = power(node) + 1
    parts = [_bracketed(node.operands[0], tighter)]
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        parts += [operator, _bracketed(operand, tighter)]
    return " ".join(parts)


def _bracketed(node: Node, least: int) -> str:
    return write(node) if power(node) >= least else f"({write(node)})"


@dataclass(frozen=True)
class Token:
    """One word of the source: ``date``, ``number``, ``word``, ``text``, ``sign`` or ``end``."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset just after the token."""
        return self.start + len(self.text)

    @property
    def shown(self) -> str:
        """The token as an error names it, in quotation marks and shortened if it is long."""
        if self.kind == "end":
            return "the end"
        text = self.text if len(self.text) <= 40 else f"{self.text[:39]}…"
        return text if self.kind == "text" else f'"{text}"'


_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?%?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"""|(?P<text>"[^"\n]*"|'[^'\n]*')"""
    r"|(?P<sign>[=!<>]=|[-+*/()<>,])"
)
_HINTS = {
    "=": "Write == to compare.",
    "!": "Write != for unequal, and not to turn a condition round.",
    "&": "Write and.",
    "|": "Write or.",
    "%": "A percentage is a number with % right behind it, as in 80%.",
    ".": "A decimal starts with a digit, as in 0.5.",
    "≥": "Write >=.",
    "≤": "Write <=.",
    "≠": "Write !=.",
    **dict.fromkeys("“”„‘’«»", "Write straight quotation marks."),
}


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a source into tokens; the last one is always of kind ``end``.

    Raises
    ------
    ExpressionError
        Where a character, a number, a date or an open quotation cannot be read.

    Examples
    --------
    >>> [token.text for token in tokens("max >= 80%")]
    ['max', '>=', '80%', '']
    """
    found: list[Token] = []
    place = _after_space(text, 0)
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _unreadable(text, place)
        token = Token(match.lastgroup or "", match.group(), place)
        _reject_impossible(token)
        found.append(token)
        place = _after_space(text, token.end)
    return (*found, Token("end", "", len(text)))


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _unreadable(text: str, place: int) -> ExpressionError:
    sign = text[place]
    if sign in "\"'":
        hint = f"The text that starts here has no second {sign} on its line."
        return ExpressionError("expected a closing quotation mark, found none", place, hint)
    if sign == "=":
        return ExpressionError('expected "==", found "="', place, _HINTS[sign])
    shown = f'"{sign}"' if sign.isprintable() else f"character U+{ord(sign):04X}"
    message = f"expected a name, a value or an operator, found {shown}"
    return ExpressionError(message, place, _HINTS.get(sign, ""))


def _reject_impossible(token: Token) -> None:
    if token.kind == "number" and isinf(Number(token.text).value):
        message = f"expected a number below 1.8e308, found {token.shown}"
        raise ExpressionError(message, token.start)
    if token.kind == "date":
        try:
            date.fromisoformat(token.text)
        except ValueError as error:
            message = f"expected a date of the calendar, found {token.shown}"
            hint = "Dates are year-month-day; put spaces round - to subtract."
            raise ExpressionError(message, token.start, hint) from error
