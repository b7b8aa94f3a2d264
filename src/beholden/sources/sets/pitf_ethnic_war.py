"""PITF: ethnic wars, 1948-2014."""

from __future__ import annotations

from beholden.sources.family_pitf import EVENT, WAR, pitf_set

__all__ = ["DATASET"]

DATASET = pitf_set(
    "pitf_ethnic_war",
    "PITF problem set: ethnic war",
    (
        "PITF Ethnic War 2014.xls",
        "5287b7b456abd2e7625214ad8a6d857054656c64d687f27861f0eca643ae0d96",
        206848,
    ),
    ("ccode", "year", "yrbegin", "mobegin"),
    1948,
    EVENT | WAR,
    sizes=("magfight", "magfatal", "magarea", "avemag"),
    traps=("North Korea has no event in this problem set.",),
)
