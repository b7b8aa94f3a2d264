"""Positions in several dimensions: a predictor of answers, beside the one-dimensional scale."""
