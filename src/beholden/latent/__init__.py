"""Dynamic ordinal item response: positions of units over time from their ordered answers.

Examples
--------
>>> from beholden.latent import Anchors, Model
>>> Model(anchors=Anchors(positive=("USA",), negative=("RUS",))).link
'probit'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beholden.latent.assembly import ASSEMBLY, assembly_answers, published_answers
    from beholden.latent.dimensions.estimate import Dimensions, fit_dimensions, neighbourly
    from beholden.latent.fitting import fit
    from beholden.latent.forecasts import (
        forecast,
        given_last,
        last_answers,
        opinion_pool,
        persistence,
    )
    from beholden.latent.model import Anchors, Model
    from beholden.latent.observed import Answers, answers
    from beholden.latent.problems import AnswersError, LatentError
    from beholden.latent.published.fit import PublishedFit, fit_published
    from beholden.latent.published.sampler import PublishedSample, sample_published
    from beholden.latent.result import Fit
    from beholden.latent.rights import RIGHTS, rights_answers
    from beholden.latent.sampled import Sample
    from beholden.latent.sampling import sample

__all__ = [
    "ASSEMBLY",
    "RIGHTS",
    "Anchors",
    "Answers",
    "AnswersError",
    "Dimensions",
    "Fit",
    "LatentError",
    "Model",
    "PublishedFit",
    "PublishedSample",
    "Sample",
    "answers",
    "assembly_answers",
    "fit",
    "fit_dimensions",
    "fit_published",
    "forecast",
    "given_last",
    "last_answers",
    "neighbourly",
    "opinion_pool",
    "persistence",
    "published_answers",
    "rights_answers",
    "sample",
    "sample_published",
]

# Compiled kernels are loaded when something is fitted, not when the room is named.
_HOMES = {
    "ASSEMBLY": "assembly",
    "RIGHTS": "rights",
    "Anchors": "model",
    "Answers": "observed",
    "AnswersError": "problems",
    "Dimensions": "dimensions.estimate",
    "Fit": "result",
    "LatentError": "problems",
    "Model": "model",
    "PublishedFit": "published.fit",
    "PublishedSample": "published.sampler",
    "Sample": "sampled",
    "answers": "observed",
    "assembly_answers": "assembly",
    "fit": "fitting",
    "fit_dimensions": "dimensions.estimate",
    "fit_published": "published.fit",
    "forecast": "forecasts",
    "given_last": "forecasts",
    "last_answers": "forecasts",
    "neighbourly": "dimensions.estimate",
    "opinion_pool": "forecasts",
    "persistence": "forecasts",
    "published_answers": "assembly",
    "rights_answers": "rights",
    "sample": "sampling",
    "sample_published": "published.sampler",
}


def __getattr__(name: str) -> object:
    """Import a public name from its file."""
    if name in _HOMES:
        return getattr(import_module(f"beholden.latent.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'beholden.latent' has no attribute {name!r}")
