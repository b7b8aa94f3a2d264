"""The numbers that a claim names, as far as they can be drawn beside figures or values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.claims.evaluate import Frame, evaluate, figure, threshold
from beholden.claims.expression import Expression
from beholden.claims.syntax import AGGREGATES, Call, Comparison, Name, Node, is_literal, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.claims import Claim

__all__ = ["figure_thresholds", "value_thresholds"]

# Aggregates whose result stands on the same scale as the single values.
_ON_SCALE = set(AGGREGATES) - {"sum"}


def figure_thresholds(claim: Claim) -> dict[float, tuple[str, ...]]:
    """What the figure is compared with: each number, with the readings that name it.

    A reading that looks at an end of the figure's own interval counts too, since the
    interval is drawn; one that looks at something else does not.

    Parameters
    ----------
    claim : Claim
        With its figure and readings.

    Returns
    -------
    dict of float to tuple of str
        From the lowest number to the highest.
    """
    if claim.figure is None:
        return {}
    shown = claim.figure.render()
    ends = {shown, f"{shown}_low", f"{shown}_high"}
    found: dict[float, tuple[str, ...]] = {}
    for label, reading in claim.readings.items():
        looked_at, number = figure(reading), threshold(reading)
        if looked_at is not None and number is not None and looked_at.render() in ends:
            found[number] = (*found.get(number, ()), label)
    return dict(sorted(found.items()))


def value_thresholds(readings: Mapping[str, Expression]) -> dict[float, tuple[str, ...]]:
    """What single values, or their average, largest or smallest, are compared with.

    Parameters
    ----------
    readings : mapping of str to Expression
        The expectation.

    Returns
    -------
    dict of float to tuple of str
        Each number, with the readings that name it.

    Examples
    --------
    >>> from beholden.claims.expression import parse
    >>> value_thresholds({"as written": parse("every_period(mean >= 25%)")})
    {0.25: ('as written',)}
    """
    found: dict[float, tuple[str, ...]] = {}
    for label, reading in readings.items():
        for node in walk(reading.root):
            if not isinstance(node, Comparison) or not any(map(_on_scale, node.operands)):
                continue
            for number in _literals(node):
                if label not in found.get(number, ()):
                    found[number] = (*found.get(number, ()), label)
    return dict(sorted(found.items()))


def _literals(node: Comparison) -> list[float]:
    values = [
        evaluate(Expression("", operand), Frame({}))
        for operand in node.operands
        if is_literal(operand)
    ]
    return [value for value in values if isinstance(value, float)]


def _on_scale(node: Node) -> bool:
    """Whether a side of a comparison is measured on the scale of the values."""
    if isinstance(node, Name):
        return node.name == "x" or node.name in _ON_SCALE
    return isinstance(node, Call) and node.function in _ON_SCALE and node.argument == Name("x")
