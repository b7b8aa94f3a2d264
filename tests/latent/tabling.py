"""Answers as a long table again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.latent.assembly import SCALE

if TYPE_CHECKING:
    from beholden.latent import Answers

__all__ = ["long"]


def long(data: Answers) -> pl.DataFrame:
    """One row for each vote: `unit`, `time`, `item`, `answer`."""
    instance = np.repeat(np.arange(len(data.instance_item)), np.diff(data.instance_start))
    return pl.DataFrame(
        {
            "unit": [data.units[u] for u in data.node_unit[data.node]],
            "time": data.times[data.node_time[data.node]],
            "item": [data.items[i] for i in data.instance_item[instance]],
            "answer": [SCALE[code] for code in data.code],
        }
    )
