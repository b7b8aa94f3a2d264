"""Which options of a measure are taken, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures import Measure

__all__ = ["option_words"]


def option_words(measure: Measure, picks: Mapping[str, str]) -> str:
    """The options taken, but of a choice that the others leave open.

    Parameters
    ----------
    measure : Measure
        With its choices.
    picks : mapping of str to str
        An option for each of them.

    Examples
    --------
    >>> from beholden.measures import MEASURES
    >>> share = MEASURES["trade_share"]
    >>> option_words(share, share.reference())
    'in Correlates of War trade 4.0'
    """
    told = []
    for choice in measure.choices:
        others = [option.label for option in choice.options if option.label != picks[choice.name]]
        free = measure.forbids is None or any(
            not measure.forbids({**picks, choice.name: label}) for label in others
        )
        told += [choice.option(picks[choice.name]).words] if free else []
    return ", ".join(told)
