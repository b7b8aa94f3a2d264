"""Linear algebra has one thread while universes are estimated, and afterwards what it had."""

from __future__ import annotations

import pytest

from beholden.associations.threads import _libraries, one_thread


def test_threads_are_one_for_a_while() -> None:
    libraries = _libraries()
    if not libraries:
        pytest.skip("NumPy and SciPy do not bring an OpenBLAS here")
    for _, change in libraries:
        change(2)
    with one_thread():
        assert [get() for get, _ in libraries] == [1] * len(libraries)
    assert [get() for get, _ in libraries] == [2] * len(libraries)
