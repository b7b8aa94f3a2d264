"""Words by which a sentence says that one thing makes another, and not only goes with it."""

from __future__ import annotations

import re

__all__ = ["CAUSAL", "causal_words"]

CAUSAL = (
    *("causes", "caused", "cause", "leads to", "led to", "lead to", "brings", "brought", "bring"),
    *("breeds", "bred", "breed", "buys", "bought", "buy", "makes", "made", "drives", "drove"),
    *("produces", "produced", "creates", "created", "results in", "resulted in", "because of"),
    *("due to", "triggers", "triggered", "prevents", "prevented", "encourages", "encouraged"),
    *("reduces", "reduced", "raises", "raised", "strengthens", "weakens", "deters", "secures"),
)
_ANY = re.compile(
    r"\b(" + "|".join(re.escape(word) for word in sorted(CAUSAL, key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)


def causal_words(text: str) -> tuple[str, ...]:
    """The words of a sentence that say that one thing makes another.

    Parameters
    ----------
    text : str
        A claim in one sentence.

    Returns
    -------
    tuple of str
        In the order of the sentence, each once, in lower case; empty where it only says that
        things go together.

    Examples
    --------
    >>> causal_words("Closing the exit buys a regime stability.")
    ('buys',)
    >>> causal_words("Restricting exit goes with worse abuse.")
    ()
    """
    return tuple(dict.fromkeys(found.group(1).lower() for found in _ANY.finditer(text)))
