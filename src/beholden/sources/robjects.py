"""What R's files hold, as plain arrays, texts and lists with their attributes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

__all__ = ["NA_INTEGER", "RObject", "Texts", "number_texts"]

NA_INTEGER = -(2**31)


@dataclass(frozen=True)
class Texts:
    """A character vector: each distinct text once, and for each element its position.

    Parameters
    ----------
    codes : numpy.ndarray
        Positions in `values`, shape (n,), 32-bit.
    values : list of str or None
        The distinct texts; None is R's ``NA``.
    """

    codes: np.ndarray
    values: list[str | None]

    def tolist(self) -> list[str | None]:
        """Every element in its order."""
        return [self.values[code] for code in self.codes.tolist()]


@dataclass
class RObject:
    """One object of R.

    Parameters
    ----------
    kind : str
        R's name of its type; ``"pairlist"`` for pairs, ``"other"`` for what was stepped over.
    value : object
        An array, `Texts`, a list of objects, a symbol's text, or None.
    attributes : dict
        Attributes by name; for a pairlist that of its first cell.
    tags : list of str
        Names of a pairlist's values.
    """

    kind: str
    value: object = None
    attributes: dict[str, RObject] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def texts(self, name: str) -> list[str | None]:
        """An attribute that is a character vector, or an empty list."""
        found = self.attributes.get(name)
        return found.value.tolist() if found and isinstance(found.value, Texts) else []

    @property
    def classes(self) -> list[str | None]:
        """R's class attribute."""
        return self.texts("class")

    @property
    def items(self) -> list[RObject]:
        """The elements of a list or pairlist."""
        return self.value if isinstance(self.value, list) else []


def number_texts(numbers: RObject) -> Texts | None:
    """The texts that R meant to make of numbers on demand; None when these are no numbers."""
    if not isinstance(numbers.value, np.ndarray) or numbers.kind not in {"integer", "double"}:
        return None
    distinct, codes = np.unique(numbers.value, return_inverse=True)
    values: list[str | None]
    if numbers.kind == "integer":
        values = [None if number == NA_INTEGER else str(number) for number in distinct.tolist()]
    else:
        values = [_number_text(number) for number in distinct.tolist()]
    return Texts(codes.astype(np.int32), values)


def _number_text(number: float) -> str | None:
    """A double as R prints it: 15 digits at most, in the shorter of the two notations."""
    if not np.isfinite(number):
        return None if np.isnan(number) else ("Inf" if number > 0 else "-Inf")
    digits = next(d for d in range(15) if d == 14 or float(f"{number:.{d}e}") == number)
    scientific = f"{number:.{digits}e}"
    exponent = int(scientific.partition("e")[2])
    plain = f"{number:.{max(digits - exponent, 0)}f}"
    return plain if len(plain) <= len(scientific) else scientific
