"""Read an expectation: a small language with its own parser, so that nothing is ever executed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from beholden.claims.syntax import (
    FUNCTIONS,
    KEYWORDS,
    MAX_DEPTH,
    MAX_LENGTH,
    NOT_POWER,
    POWER,
    ROWS,
    SIGN_POWER,
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
    Token,
    Truth,
    tokens,
    walk,
    write,
)
from beholden.errors import ExpressionError, nearest

__all__ = ["Expression", "parse"]

_TO_COMPARE = POWER["=="]


@dataclass(frozen=True)
class Expression:
    """An expectation that has been read; `parse` makes it.

    Two expressions are equal when their trees are: neither spacing nor needless brackets count.

    Parameters
    ----------
    text : str
        The source, as the author wrote it; offsets in errors count from its start.
    root : Node
        The outermost node.
    """

    text: str = field(compare=False)
    root: Node

    @property
    def names(self) -> frozenset[str]:
        """Every column, scalar and aggregate without brackets that is named.

        Examples
        --------
        >>> sorted(parse("max >= 2 * mean(margin where year > 2010)").names)
        ['margin', 'max', 'year']
        """
        return frozenset(node.name for node in walk(self.root) if isinstance(node, Name))

    def render(self) -> str:
        """The expression in its usual spelling, or as written when that would be too long to read.

        Examples
        --------
        >>> parse("( 0.7<=mean )and(last>=80%)").render()
        '0.7 <= mean and last >= 80%'
        """
        written = write(self.root)
        return written if len(written) <= MAX_LENGTH else self.text


def parse(text: str) -> Expression:
    """Read an expectation; only its grammar is judged, not its names or types.

    Parameters
    ----------
    text : str
        At most 500 characters, nested at most 50 deep.

    Returns
    -------
    Expression
        The tree, every node with its place in `text`.

    Raises
    ------
    ExpressionError
        With the offset of the first character that does not fit.

    Examples
    --------
    >>> parse("share_of_years(x > 0.5) >= 0.9").render()
    'share_of_years(x > 0.5) >= 0.9'
    """
    if len(text) > MAX_LENGTH:
        message = f"expected at most {MAX_LENGTH} characters, found {len(text)}"
        raise ExpressionError(message, MAX_LENGTH, "Split it into two claims.")
    if not text.strip():
        message = "expected an expectation, found nothing"
        raise ExpressionError(message, 0, "Write one, as in max >= 0.8.")
    parser = _Parser(tokens(text))
    root = parser.expression(0)
    if parser.token.kind != "end":
        raise parser.stray()
    return Expression(text, root)


class _Parser:
    """A Pratt parser: each operator takes what binds tighter than itself.

    Parameters
    ----------
    words : tuple of Token
        All tokens; the last is of kind ``end``.
    """

    def __init__(self, words: tuple[Token, ...]) -> None:
        self.words = words
        self.place = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.words[self.place]

    def take(self) -> Token:
        """Read one token; the end is never passed."""
        token = self.token
        self.place += token.kind != "end"
        return token

    @property
    def end(self) -> int:
        """The offset just after the token read last."""
        return self.words[self.place - 1].end if self.place else 0

    def expression(self, minimum: int) -> Node:
        """Read operands and operators as long as they bind tighter than `minimum`."""
        start = self.token.start
        left = self.operand(minimum)
        while self.binding > minimum:
            left = self.chain(left, start)
        return left

    @property
    def binding(self) -> int:
        """How tightly the next token joins two operands; 0 when it does not."""
        return POWER.get(self.token.text, 0)

    def deeper(self, minimum: int, opening: Token | None = None) -> Node:
        """Read an expression one level further in; `opening` is what an author sees as a level."""
        self.depth += 1
        if opening is not None and self.depth > MAX_DEPTH:
            message = f"expected at most {MAX_DEPTH} levels of nesting, found more"
            raise ExpressionError(message, opening.start, "Split it into two claims.")
        node = self.expression(minimum)
        self.depth -= 1
        return node

    def chain(self, left: Node, start: int) -> Node:
        """Read all further operands that are joined by operators of one rank."""
        rank = self.binding
        operands = [left]
        operators: list[str] = []
        while self.binding == rank:
            operators.append(self.take().text)
            operands.append(self.deeper(rank))
        if rank < _TO_COMPARE:
            return Logic(operators[0], tuple(operands), start=start, end=self.end)
        kind = Comparison if rank == _TO_COMPARE else Arithmetic
        return kind(tuple(operands), tuple(operators), start=start, end=self.end)

    def operand(self, minimum: int) -> Node:
        """Read one operand: a literal, a name, a call, a bracket, or a sign and its operand."""
        token = self.token
        match token.kind, token.text:
            case "sign", "(":
                return self.group()
            case "sign", "-":
                self.take()
                inner = self.deeper(SIGN_POWER, token)
                return Negative(inner, start=token.start, end=self.end)
            case "word", "not":
                return self.negation(minimum)
            case "word", word if word not in KEYWORDS:
                return self.named()
            case _:
                return self.literal()

    def literal(self) -> Node:
        """Read a number, a date, a text, ``true`` or ``false``."""
        token = self.take()
        start, end = token.start, token.end
        if token.kind == "number":
            return Number(token.text, start=start, end=end)
        if token.kind == "date":
            return Day(date.fromisoformat(token.text), start=start, end=end)
        if token.kind == "text":
            return Text(token.text[1:-1], start=start, end=end)
        if token.text in ("true", "false"):
            return Truth(token.text == "true", start=start, end=end)
        message = f"expected a value, found {token.shown}"
        raise ExpressionError(message, token.start, _hint_for_value(token))

    def negation(self, minimum: int) -> Node:
        """Read ``not`` and the condition behind it."""
        token = self.take()
        if minimum > NOT_POWER:
            hint = "Put brackets round it, as in (not adopted)."
            raise ExpressionError('expected a value, found "not"', token.start, hint)
        inner = self.deeper(NOT_POWER, token)
        return Not(inner, start=token.start, end=self.end)

    def group(self) -> Node:
        """Read what stands in brackets; the brackets leave no node."""
        opening = self.take()
        node = self.deeper(0, opening)
        self.close(opening, 'an operator or ")"')
        return node

    def named(self) -> Node:
        """Read a name, or the call that it begins."""
        name = self.take()
        if self.token.text != "(":
            return Name(name.text, start=name.start, end=name.end)
        if name.text not in FUNCTIONS:
            message = f"expected a function, found {name.shown}"
            raise ExpressionError(message, name.start, nearest(name.text, FUNCTIONS))
        return self.call(name)

    def call(self, name: Token) -> Node:
        """Read the brackets of a call."""
        opening = self.take()
        argument = self.deeper(0, opening)
        filtered = self.token.text == "where" and name.text in ROWS
        where = None
        if filtered:
            self.take()
            where = self.deeper(0, opening)
        allowed = 'an operator, "where" or ")"' if name.text in ROWS else 'an operator or ")"'
        self.close(opening, 'an operator or ")"' if filtered else allowed)
        return Call(name.text, argument, where, start=name.start, end=self.end)

    def close(self, opening: Token, expected: str) -> None:
        """Read the closing bracket that belongs to `opening`."""
        if self.token.text != ")":
            hint = f'The "(" at character {opening.start + 1} is not closed.'
            if self.token.kind != "end":
                hint = _hint_for_operator(self.token) or hint
            message = f"expected {expected}, found {self.token.shown}"
            raise ExpressionError(message, self.token.start, hint)
        self.take()

    def stray(self) -> ExpressionError:
        """The error for a token behind a complete expression."""
        message = f"expected an operator or the end, found {self.token.shown}"
        return ExpressionError(message, self.token.start, _hint_for_operator(self.token))


def _hint_for_value(token: Token) -> str:
    if token.text == "where":
        return "The condition comes first: count(true where year > 2010)."
    if token.text in POWER:
        return f"{token.text} stands between two values."
    return ""


def _hint_for_operator(token: Token) -> str:
    lower = token.text.lower()
    if token.kind == "word" and token.text != lower and lower in KEYWORDS:
        return f"Write {lower} in small letters."
    if token.text == "where":
        return f"where belongs inside the brackets of {', '.join(ROWS)}."
    if token.text == ",":
        return "A function takes one argument; a filter follows where."
    return ""
