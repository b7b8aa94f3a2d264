"""schema.org ClaimReview, for articles that check what others said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from beholden.brief.model import Brief, Result

__all__ = ["claim_review"]

# schema.org wants a number; the words of the verdict stand in alternateName.
_RATINGS = {"contradicted": 1, "contested": 3, "supported": 5}


def claim_review(brief: Brief) -> str:
    """JSON-LD with one ClaimReview for each claim that has a verdict.

    Parameters
    ----------
    brief : Brief
        From the engine. Untestable claims are left out: they were not rated.

    Returns
    -------
    str
        Safe inside a script element.
    """
    reviews = [
        _review(brief, result) for result in brief.results if result.now.verdict.answer in _RATINGS
    ]
    text = json.dumps(reviews, ensure_ascii=False)
    # Nothing in the data may end the element or open a comment.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _review(brief: Brief, result: Result) -> dict[str, Any]:
    front = brief.article.front
    answer = result.now.verdict.answer
    reviewed: dict[str, Any] = {"@type": "Claim", "datePublished": brief.as_of.isoformat()}
    if front.url:
        reviewed["appearance"] = {"@type": "CreativeWork", "url": front.url}
    author = {"@type": "Person", "name": front.author}
    if front.publisher:
        author = {"@type": "Organization", "name": front.publisher}
    share = result.now.verdict.share or 0.0
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "datePublished": front.published,
        "author": author,
        "claimReviewed": result.claim.says,
        "itemReviewed": reviewed,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[answer],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": answer.capitalize(),
            "ratingExplanation": (
                f"The expectation holds in {100 * share:.0f}% of "
                f"{result.now.verdict.universes} universes."
            ),
        },
    }
