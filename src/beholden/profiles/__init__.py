"""Profiles: all that is measured of one state or pair of states, on one page."""
