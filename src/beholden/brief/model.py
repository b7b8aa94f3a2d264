"""What a brief is made of: an article with the verdicts on its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from beholden.claims import Article, Claim
    from beholden.core import Provenance
    from beholden.multiverse import Assessment
    from beholden.store.records import Record

__all__ = ["Brief", "Result"]


@dataclass(frozen=True)
class Result:
    """One claim, judged twice.

    Parameters
    ----------
    claim : Claim
        As the article defines it.
    now : Assessment
        With everything known.
    then : Assessment
        With what was known on the article's date.
    """

    claim: Claim
    now: Assessment
    then: Assessment


@dataclass(frozen=True)
class Brief:
    """An article with the verdicts on its claims.

    Parameters
    ----------
    article : Article
        As parsed.
    as_of : date
        The day of 'then'.
    results : tuple of Result
        In the order of the prose.
    provenance : Provenance
        Every file that was read, and the version of beholden.
    command : str
        What makes the brief again.
    records : tuple of Record
        The data sets that were read, in the editions read.
    """

    article: Article
    as_of: date
    results: tuple[Result, ...]
    provenance: Provenance
    command: str
    records: tuple[Record, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a universe failed for a fault of ours.

        Regressions that cannot be estimated are an answer of the data, and reported as such.
        """
        sides = [side for result in self.results for side in (result.now, result.then)]
        return any(side.verdict.failed for side in sides if side.found is None)
