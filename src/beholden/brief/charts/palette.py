"""The colours of the charts: fixed in the specification, free to follow the page in the SVG."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COLOURS", "Colour", "colour", "css"]


@dataclass(frozen=True)
class Colour:
    """One role of a colour, in both lights.

    Parameters
    ----------
    role : str
        What it stands for; its custom property is ``--c-<role>``.
    light, dark : str
        Lower-case hexadecimal; the light value also names the role inside a specification,
        so no two roles share one.
    text : bool
        Whether words are written in it (contrast of 4.5 to 1 instead of 3 to 1).
    """

    role: str
    light: str
    dark: str
    text: bool = False

    @property
    def variable(self) -> str:
        """The colour as a style sheet writes it, with the light value to fall back on."""
        return f"var(--c-{self.role}, {self.light})"


COLOURS: tuple[Colour, ...] = (
    Colour("ink", "#1a1a1a", "#ececea", text=True),
    Colour("muted", "#595959", "#a9aeb6", text=True),
    Colour("grid", "#dedad1", "#3a3e46"),
    Colour("paper", "#fffdf8", "#16181c"),
    # Blue and vermilion stay apart under every common colour-vision deficiency, and the two are
    # never the only difference between marks.
    Colour("holds", "#0a5ca8", "#6cb2ff", text=True),
    Colour("fails", "#b0430e", "#ff9d5c", text=True),
    Colour("accent", "#86296a", "#f29ccd", text=True),
    Colour("yes", "#0b5ca8", "#5ba8ee"),
    Colour("abstain", "#8a857a", "#7d838c"),
    Colour("no", "#b1430e", "#f0914f"),
)
_BY_ROLE = {entry.role: entry for entry in COLOURS}


def colour(role: str) -> str:
    """The hexadecimal value that stands for a role inside a specification.

    Parameters
    ----------
    role : str
        ``"ink"``, ``"muted"``, ``"grid"``, ``"paper"``, ``"holds"``, ``"fails"``,
        ``"accent"``, ``"yes"``, ``"abstain"`` or ``"no"``.

    Examples
    --------
    >>> colour("ink")
    '#1a1a1a'
    """
    return _BY_ROLE[role].light


def css() -> str:
    """The style sheet that gives every role its value, by day and by night.

    Examples
    --------
    >>> css().startswith(":root{--c-ink:#1a1a1a;")
    True
    """
    light = "".join(f"--c-{entry.role}:{entry.light};" for entry in COLOURS)
    dark = "".join(f"--c-{entry.role}:{entry.dark};" for entry in COLOURS)
    return (
        f":root{{{light}color-scheme:light dark}}\n"
        f"@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
    )
