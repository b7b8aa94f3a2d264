"""The columns of the three kinds of series: years, votes and events."""

from __future__ import annotations

import polars as pl

__all__ = ["EVENT", "VOTE", "YEAR"]

_Schema = dict[str, type[pl.DataType] | pl.DataType]

YEAR: _Schema = {
    "year": pl.Int64,
    "x": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "rows": pl.List(pl.String),
}
VOTE: _Schema = {
    "date": pl.Date,
    "year": pl.Int64,
    "body": pl.String,
    "symbol": pl.String,
    "subject": pl.String,
    "vote": pl.String,
    "yes": pl.Float64,
    "no": pl.Float64,
    "abstain": pl.Float64,
    "margin": pl.Float64,
    "adopted": pl.Boolean,
    "outcome": pl.String,
    "recorded": pl.Boolean,
    "rows": pl.List(pl.String),
}
EVENT: _Schema = {
    "date": pl.Date,
    "year": pl.Int64,
    "kind": pl.String,
    "title": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "rows": pl.List(pl.String),
}
