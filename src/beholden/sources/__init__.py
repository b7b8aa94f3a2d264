"""Data sets: where each is published, how its file reads, and what it may be used for."""

from beholden.sources.base import Column, Dataset, Original, StateCode
from beholden.sources.registry import dataset, datasets

__all__ = ["Column", "Dataset", "Original", "StateCode", "dataset", "datasets"]
