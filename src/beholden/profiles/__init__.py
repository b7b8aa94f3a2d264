"""Profiles: all that is measured of one state or pair of states, on one page, and rankings."""

from __future__ import annotations

from beholden.profiles.keeping import KeptMeasures
from beholden.profiles.making import profile, subject_of
from beholden.profiles.model import Profile
from beholden.profiles.ranking import Field, Ranking, rank

__all__ = ["Field", "KeptMeasures", "Profile", "Ranking", "profile", "rank", "subject_of"]
