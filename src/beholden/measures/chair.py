"""What the chair of the General Assembly puts to the vote, from the verbatim record."""

from __future__ import annotations

import re

from beholden.measures.state_names import plain

__all__ = ["entitled", "puts_whole_text", "question"]

_SENTENCES = re.compile(r"(?<=[a-z0-9\])>\"”])[.?]\s+(?=[A-Z0-9_])|<90>\s")
# "A recorded vote has been requested" says who asked, not what for.
_REQUEST = re.compile(r"recorded\s?votes?\s?ha(s|ve)\s?(also )?been\s?requested\W*a?$")
_PUTS = re.compile(r"\bvote|decision|\baction\b")
_PART = re.compile(
    r"paragraph|preambular|amendment|motion|phrase|\bwords?\b|section|division|\bpart\b|proposal"
    r"|no action|deferred"
)
# What was done before, and where a draft stands in a report, is not what is voted on.
_BESIDE = re.compile(
    r"^.*\badopted(, |\. )|^.*\bwe turn (now|first) to |(recommended by|contained in) .{0,60}?"
    r"\bparagraph \d+"
)
_ENTITLED = re.compile(r"entitled,?\s*[_\"“‘']\s*(.+?)\s*(?:<d3>|[\"”’'](?=[\s.,]|$))")


def question(said: str) -> str:
    """The last sentence that puts something to the vote, in plain lower case.

    What stands before it is business already done; what follows is who asked for the vote.

    Examples
    --------
    >>> question("The President: The amendment is not adopted. We shall now take a decision on "
    ...          "draft resolution III as a whole. A recorded vote has been requested. A")
    'we shall now take a decision on draft resolution iii as a whole'
    """
    sentences = [plain(part).strip(" .") for part in _SENTENCES.split(said)]
    puts = [one for one in sentences if _PUTS.search(one) and not _bare(one)]
    return puts[-1] if puts else plain(said)


def _bare(sentence: str) -> bool:
    """Whether a sentence does no more than report that a recorded vote was asked for."""
    return _REQUEST.search(sentence) is not None and _PART.search(sentence) is None


def puts_whole_text(said: str) -> bool:
    """Whether the question is on a text as a whole, and not on a part, a change or a motion.

    Examples
    --------
    >>> puts_whole_text("I now put to the vote operative paragraph 3 of draft resolution IV.")
    False
    """
    return _PART.search(_BESIDE.sub("", question(said))) is None


def entitled(said: str) -> str:
    """The title that the chair named last, or nothing.

    Examples
    --------
    >>> entitled("Draft resolution I is entitled _Situation of human rights in Rwanda<d3>. It was "
    ...          "adopted. Draft resolution II is entitled _Situation of human rights in Iraq<d3>.")
    'Situation of human rights in Iraq'
    """
    found: list[str] = _ENTITLED.findall(said)
    return found[-1] if found else ""
