"""What the terminal shows of profiles and rankings."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from beholden.profiles.numbers import range_words, unit_after, unit_words, written
from beholden.profiles.page import heading
from beholden.profiles.ranking import Ranking
from beholden.profiles.views import SECTIONS, latest, league_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beholden.profiles.model import Profile
    from beholden.profiles.standings import Standing

__all__ = ["ranked", "steps", "summary"]
