"""The small commented article that `beholden new` writes."""

from __future__ import annotations

from pathlib import Path

from beholden.errors import OutputError

__all__ = ["write_starter"]


def write_starter(folder: Path) -> Path:
    """Write ``article.md`` into a folder.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.

    Returns
    -------
    Path
        The article.

    Raises
    ------
    OutputError
        When an article stands there already, or the folder cannot be written.
    """
    target = folder / "article.md"
    text = (Path(__file__).parent / "starter.md").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        message = f"{target}: expected no such file, found one; it was left as it is."
        raise OutputError(f"{message} Name another folder.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{folder}: expected a folder that can be written: {reason}") from error
    return target
