"""The local library: tables of facts, verified and typed, and finished work kept by digest."""

from beholden.store.cache import Cache, write_atomically, write_together
from beholden.store.library import Library, default_folder
from beholden.store.schemas import SCHEMAS

__all__ = [
    "SCHEMAS",
    "Cache",
    "Library",
    "default_folder",
    "write_atomically",
    "write_together",
]
