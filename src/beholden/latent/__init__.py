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
    from beholden.latent.fitting import fit
    from beholden.latent.model import Anchors, Model
    from beholden.latent.observed import Answers, answers
    from beholden.latent.problems import AnswersError, LatentError
    from beholden.latent.result import Fit
    from beholden.latent.rights import RIGHTS, rights_answers

__all__ = [
    "ASSEMBLY",
    "RIGHTS",
    "Anchors",
    "Answers",
    "AnswersError",
    "Fit",
    "LatentError",
    "Model",
    "answers",
    "assembly_answers",
    "fit",
    "published_answers",
    "rights_answers",
]

# Compiled kernels are loaded when something is fitted, not when the room is named.
_HOMES = {
    "ASSEMBLY": "assembly",
    "RIGHTS": "rights",
    "Anchors": "model",
    "Answers": "observed",
    "AnswersError": "problems",
    "Fit": "result",
    "LatentError": "problems",
    "Model": "model",
    "answers": "observed",
    "assembly_answers": "assembly",
    "fit": "fitting",
    "published_answers": "assembly",
    "rights_answers": "rights",
}


def __getattr__(name: str) -> object:
    """Import a public name from its file."""
    if name in _HOMES:
        return getattr(import_module(f"beholden.latent.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'beholden.latent' has no attribute {name!r}")
