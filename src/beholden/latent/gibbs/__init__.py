"""Draws from the joint posterior of the coherent model: one file for each kind of step."""
