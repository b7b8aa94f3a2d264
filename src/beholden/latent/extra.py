"""What the extra ``beholden[bayes]`` brings, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from beholden.latent.problems import LatentError

__all__ = ["needed"]


def needed(name: str) -> Any:
    """A module of the extra.

    Raises
    ------
    LatentError
        When it is not installed, with what to install.

    Examples
    --------
    >>> needed("no_such_module_of_it")
    Traceback (most recent call last):
    beholden.latent.problems.LatentError: expected no_such_module_of_it, which is not installed.
    Install the extra: pip install 'beholden[bayes]'
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.split(".")[0]:
            raise
        raise LatentError(
            f"expected {name}, which is not installed.\n"
            "Install the extra: pip install 'beholden[bayes]'"
        ) from error
