"""What can go wrong in a latent model, in words a user can act on."""

from __future__ import annotations

from beholden.errors import BeholdenError

__all__ = ["AnswersError", "LatentError"]


class LatentError(BeholdenError):
    """A latent model that cannot be fitted as asked: a wrong anchor, option or start."""


class AnswersError(LatentError):
    """A table of answers that no latent model can be fitted to."""
