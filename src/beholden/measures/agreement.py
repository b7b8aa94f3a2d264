"""Agreement between the votes of all pairs of states: shares, S, kappa and pi by session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

__all__ = ["ABSENT", "ABSTAIN", "MISSING", "NO", "YES", "Agreement", "agreement", "contested"]

MISSING, YES, ABSTAIN, NO, ABSENT = 0, 1, 2, 3, 8

Distance: TypeAlias = Literal["absolute", "squared", "nominal"]
Abstention: TypeAlias = Literal["half", "missing"]
Absence: TypeAlias = Literal["missing", "abstention", "category"]
Groups: TypeAlias = tuple[tuple[int, ...], ...]

_OPTIONS = {
    "distance": ("absolute", "squared", "nominal"),
    "abstention": ("half", "missing"),
    "absence": ("missing", "abstention", "category"),
}


@dataclass(frozen=True, eq=False)
class Agreement:
    """How alike each pair of states voted in each session.

    Every array but `sessions` has the shape (n_sessions, n_states, n_states) and is symmetric;
    the diagonal compares a state with itself. Scores are NaN where a pair shares fewer roll
    calls than asked for.

    Attributes
    ----------
    sessions : ndarray of int, shape (n_sessions,)
        The sessions, ascending.
    n : ndarray of int32
        Shared roll calls: those in which both states have a vote that counts.
    share, share_error : ndarray
        Share of shared roll calls with the same vote, 0 to 1, and its standard error.
    s, s_error : ndarray
        S of Signorino and Ritter, -1 (always as far apart as can be) to 1 (always the same),
        and its standard error.
    kappa : ndarray
        Cohen's kappa, weighted by the distance: 1 is full agreement, 0 what two states with
        these shares of yes, abstain and no would reach by chance. NaN where chance alone
        leaves no disagreement: both states always cast one and the same vote.
    pi : ndarray
        Scott's pi, likewise, but chance takes both states' votes from one pooled distribution.
    """

    sessions: NDArray[np.int64]
    n: NDArray[np.int32]
    share: NDArray[np.floating[Any]]
    share_error: NDArray[np.floating[Any]]
    s: NDArray[np.floating[Any]]
    s_error: NDArray[np.floating[Any]]
    kappa: NDArray[np.floating[Any]]
    pi: NDArray[np.floating[Any]]


def agreement(
    votes: NDArray[np.integer[Any]],
    sessions: NDArray[np.integer[Any]],
    *,
    distance: Distance = "absolute",
    abstention: Abstention = "half",
    absence: Absence = "missing",
    minimum: int = 1,
    dtype: DTypeLike = np.float64,
) -> Agreement:
    """Agreement of all pairs of states in all sessions, from their votes.

    Parameters
    ----------
    votes : ndarray of int, shape (n_states, n_roll_calls)
        1 yes, 2 abstain, 3 no, 8 absent, 0 missing (not a member, or nothing known).
    sessions : ndarray of int, shape (n_roll_calls,)
        Session or calendar year of each roll call, in any order.
    distance : {"absolute", "squared", "nominal"}
        How far apart two votes are, between 0 and 1: the difference of their scores (yes 1,
        abstain 1/2, no 0), its square, or 1 for any two different votes. It makes S and weighs
        kappa and pi; `share` does not depend on it.
    abstention : {"half", "missing"}
        Abstaining lies half way between yes and no, or is dropped so that only roll calls
        count in which both states voted yes or no.
    absence : {"missing", "abstention", "category"}
        Absence is dropped, stands for an abstention, or is a vote of its own. The last has no
        place on the scale from yes to no and needs the nominal distance.
    minimum : int
        Fewest shared roll calls for a score.
    dtype : dtype
        Floating type of the scores.

    Returns
    -------
    Agreement

    Raises
    ------
    ValueError
        When shapes, codes or options do not fit.

    Notes
    -----
    With the absolute distance, `s` is what dyadic data on the General Assembly call s3un and
    `share` their agree3un; with ``abstention="missing"`` they are s2un and agree2un. The score
    `agree` of Voeten's later files, in which an abstention half agrees with a yes or a no, is
    (1 + s) / 2 over the roll calls that are :func:`contested`.

    The standard errors take a session's roll calls for independent draws. Votes on kindred
    resolutions are not, so the true uncertainty is larger.

    References
    ----------
    .. [1] Signorino, C. S., and Ritter, J. M. (1999). Tau-b or not tau-b. International
       Studies Quarterly 43(1), 115-144. https://doi.org/10.1111/0020-8833.00113
    .. [2] Häge, F. M. (2011). Choice or circumstance? Adjusting measures of foreign policy
       similarity for chance agreement. Political Analysis 19(3), 287-305.
       https://doi.org/10.1093/pan/mpr023
    .. [3] Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70(4), 213-220.
       https://doi.org/10.1037/h0026256
    .. [4] Scott, W. A. (1955). Reliability of content analysis. Public Opinion Quarterly
       19(3), 321-325. https://doi.org/10.1086/266577

    Examples
    --------
    Two states vote alike twice, once one of them abstains, once they oppose each other:

    >>> votes = np.array([[1, 3, 1, 1], [1, 3, 2, 3]], dtype=np.int8)
    >>> found = agreement(votes, np.full(4, 2014))
    >>> int(found.n[0, 0, 1]), float(found.share[0, 0, 1]), float(found.s[0, 0, 1])
    (4, 0.5, 0.25)
    """
    _check(votes, sessions, minimum)
    _check_options(distance=distance, abstention=abstention, absence=absence)
    groups, apart = _categories(distance, abstention, absence)
    years = np.unique(sessions)
    n_states = votes.shape[0]
    n = np.zeros((years.size, n_states, n_states), dtype=np.int32)
    scores = np.empty((6, *n.shape), dtype=dtype)
    for place, block in enumerate(_blocks(votes, sessions)):
        n[place], scores[:, place] = _compare(_tables(block, groups), apart, minimum)
    return Agreement(years.astype(np.int64), n, *scores)


def contested(votes: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Roll calls in which not all votes cast (yes, abstain, no) were the same.

    Parameters
    ----------
    votes : ndarray of int, shape (n_states, n_roll_calls)
        As in :func:`agreement`; all states, for one state alone may make the difference.

    Returns
    -------
    ndarray of bool, shape (n_roll_calls,)

    Examples
    --------
    >>> contested(np.array([[1, 1, 0], [1, 3, 2]], dtype=np.int8)).tolist()
    [False, True, False]
    """
    cast = [(votes == code).any(axis=0) for code in (YES, ABSTAIN, NO)]
    return np.asarray(np.sum(cast, axis=0) > 1)


def _check(votes: NDArray[Any], sessions: NDArray[Any], minimum: int) -> None:
    if votes.ndim != 2 or sessions.shape != votes.shape[1:]:
        raise ValueError(
            "expected votes (n_states, n_roll_calls) and a session for each roll call, "
            f"found shapes {votes.shape} and {sessions.shape}"
        )
    for name, array in (("votes", votes), ("sessions", sessions)):
        if not np.issubdtype(array.dtype, np.integer):
            raise ValueError(
                f"expected {name} as whole numbers, found {array.dtype}; "
                "put the code 0 where a vote is missing"
            )
    other = np.setdiff1d(votes, (MISSING, YES, ABSTAIN, NO, ABSENT))
    if other.size:
        raise ValueError(
            "expected the codes 1 yes, 2 abstain, 3 no, 8 absent and 0 missing, found "
            f"{', '.join(map(str, other[:5].tolist()))}; recode them (no member is 0)"
        )
    if minimum < 1:
        raise ValueError(f"expected a minimum of at least 1 shared roll call, found {minimum}")


def _check_options(**chosen: str) -> None:
    for name, value in chosen.items():
        if value not in _OPTIONS[name]:
            raise ValueError(f"expected {name} {' or '.join(_OPTIONS[name])}, found {value!r}")
    if chosen["absence"] == "category" and chosen["distance"] != "nominal":
        raise ValueError(
            f"expected the nominal distance where absence is a category, found "
            f"{chosen['distance']}: absence has no place between yes and no"
        )


def _categories(
    distance: Distance, abstention: Abstention, absence: Absence
) -> tuple[Groups, NDArray[np.float64]]:
    """The codes that make up each category, and the distances between the categories."""
    halves = (ABSTAIN, ABSENT) if absence == "abstention" else (ABSTAIN,)
    scored: dict[tuple[int, ...], float] = {(YES,): 1.0, halves: 0.5, (NO,): 0.0}
    if abstention == "missing":
        del scored[halves]
    if absence == "category":
        scored[(ABSENT,)] = np.nan
    if distance == "nominal":
        return tuple(scored), 1.0 - np.eye(len(scored))
    score = np.array(list(scored.values()))
    apart = np.abs(score[:, None] - score[None, :])
    return tuple(scored), apart if distance == "absolute" else apart**2


def _blocks(
    votes: NDArray[np.integer[Any]], sessions: NDArray[np.integer[Any]]
) -> Iterator[NDArray[np.integer[Any]]]:
    """The votes of one session after the other, ascending."""
    order = np.argsort(sessions, kind="stable")
    _, first = np.unique(sessions[order], return_index=True)
    for columns in np.split(order, first[1:]) if order.size else ():
        yield votes[:, columns]


def _tables(block: NDArray[np.integer[Any]], groups: Groups) -> NDArray[np.float64]:
    """Contingency tables of all pairs.

    The cell [a, i, b, j] counts the roll calls in which i voted a and j voted b; shape
    (n_categories, n_states, n_categories, n_states).
    """
    # Sums of zeros and ones are exact in single precision up to 2 ** 24 roll calls.
    chosen = np.concatenate([np.isin(block, codes) for codes in groups]).astype(np.float32)
    shape = (len(groups), len(block)) * 2
    return (chosen @ chosen.T).reshape(shape).astype(np.float64)


def _compare(
    tables: NDArray[np.float64], apart: NDArray[np.float64], minimum: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shared roll calls, and the six scores one upon the other, from contingency tables.

    Sums of counts and of distances in quarters are exact, so the scores are symmetric.
    """
    own = tables.sum(axis=2)  # [a, i, j]: how often i voted a in what it shares with j
    other = own.transpose(0, 2, 1)
    n = own.sum(axis=0)
    same = np.einsum("aiaj->ij", tables)
    gap = np.einsum("aibj,ab->ij", tables, apart)
    gap_squared = np.einsum("aibj,ab->ij", tables, apart**2)
    pooled = own + other
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.stack(
            [
                same / n,
                _error(n, same, same),
                1 - 2 * gap / n,
                2 * _error(n, gap, gap_squared),
                1 - gap * n / _chance(own, other, apart),
                1 - 4 * gap * n / _chance(pooled, pooled, apart),
            ]
        )
    scores[~np.isfinite(scores) | (n < minimum)] = np.nan
    return n, scores


def _chance(
    left: NDArray[np.float64], right: NDArray[np.float64], apart: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Summed distance of every vote of the one to every vote of the other."""
    return np.asarray((left * np.tensordot(apart, right, axes=1)).sum(axis=0))


def _error(
    n: NDArray[np.float64], total: NDArray[np.float64], total_of_squares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Standard error of a mean of n draws; not a number for a single one."""
    return np.asarray(np.sqrt((n * total_of_squares - total**2) / (n - 1)) / n)
