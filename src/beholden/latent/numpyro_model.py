"""The same model in NumPyro, drawn from by NUTS or approximated by its SVI.

Needs the extra ``beholden[bayes]``; JAX runs it on a GPU where there is one. It exists to check
the sampler by an independent one, and for those who want to change the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.latent.extra import needed
from beholden.latent.gibbs.scales import FIRST_STEP_SD, HYPER_SPREAD
from beholden.latent.gibbs.state import State, begin, plan
from beholden.latent.model import Model
from beholden.latent.problems import LatentError
from beholden.latent.sampled import Sample
from beholden.latent.sampling import pooled_ridge, reported

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.latent.gibbs.state import Plan
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["numpyro_model", "sample_numpyro"]

PILOT = 250


@dataclass(frozen=True, eq=False)
class Grid:
    """The table of answers as arrays for JAX, positions as a grid of times by units.

    Attributes
    ----------
    begins : ndarray of bool, shape (times, units)
        Where a unit's path begins.
    instance : ndarray, shape (answers,)
        Which instance each answer is to.
    depth : list of ndarray
        Places in the links between drifting cutpoints, those that follow others later.
    """

    begins: NDArray[np.bool_]
    instance: NDArray[np.int64]
    depth: list[NDArray[np.int64]]


def _grid(layout: Plan) -> Grid:
    data, order = layout.answers, layout.layout
    begins = np.zeros((len(data.times), len(data.units)), dtype=bool)
    begins[data.node_time, data.node_unit] = layout.walk.begins
    # Positions before a path begins are of no account, and begin the grid.
    begins[0] = True
    instance = np.repeat(np.arange(len(order.sizes)), np.diff(data.instance_start))
    deep = np.zeros(len(order.kind), dtype=np.int64)
    for before, after in order.split + order.links:
        deep[after] = deep[before] + 1
    levels = deep[order.split + order.links[:, 1]] if len(order.links) else np.empty(0)
    depth = [np.flatnonzero(levels == d) for d in range(1, int(deep.max()) + 1)]
    return Grid(begins, instance, depth)


def numpyro_model(layout: Plan, ridge: float = 0.0) -> Callable[[], None]:
    """The model as a NumPyro function without arguments.

    Parameters
    ----------
    layout : Plan
        From :func:`beholden.latent.gibbs.plan`.
    ridge : float
        Precision that holds positions to the middle under ``scale="pool"``.

    Raises
    ------
    LatentError
        When NumPyro is not installed.
    """
    numpyro, dist = needed("numpyro"), needed("numpyro.distributions")
    jnp = needed("jax.numpy")
    grid, data = _grid(layout), layout.answers

    def model() -> None:
        hyper = _hyper(layout, numpyro, dist, jnp)
        theta = _paths(layout, grid, hyper[0], numpyro, dist)
        psi = _items(layout, grid, hyper, numpyro, dist, jnp)
        numpyro.deterministic("theta", theta[data.node_time, data.node_unit])
        numpyro.deterministic("psi", psi)
        numpyro.deterministic("hyper", hyper)
        if ridge > 0:
            nodes = theta[data.node_time, data.node_unit]
            numpyro.factor("ridge", -0.5 * ridge * jnp.sum(nodes**2))
        numpyro.factor("answers", _likelihood(layout, grid, theta, psi))

    return model


def _hyper(layout: Plan, numpyro: Any, dist: Any, jnp: Any) -> Any:
    model, kinds = layout.model, set(layout.layout.kind.tolist())

    def drawn(name: str, middle: float, *, free: bool) -> Any:
        if not free:
            return middle
        z = numpyro.sample(f"log_{name}", dist.Normal(np.log(middle), HYPER_SPREAD))
        return jnp.exp(z)

    first = model.step_sd or FIRST_STEP_SD * model.start_sd
    cuts, gaps = layout.adapt, layout.adapt and 2 in kinds
    cut_mean, gap_mean = model.cut_mean, model.gap_mean
    if cuts:
        cut_mean = numpyro.sample("cut_mean", dist.Normal(cut_mean, model.cut_sd))
    if gaps:
        gap_mean = numpyro.sample("gap_mean", dist.Normal(gap_mean, model.gap_sd))
    return jnp.stack([
        drawn("step_sd", first, free=model.step_sd is None),
        drawn("load_sd", model.load_sd, free=layout.free_loads),
        cut_mean, drawn("cut_sd", model.cut_sd, free=cuts),
        gap_mean, drawn("gap_sd", model.gap_sd, free=gaps),
    ])  # fmt: skip


def _paths(layout: Plan, grid: Grid, step_sd: Any, numpyro: Any, dist: Any) -> Any:
    """Positions, times by units, from standard normal deviates."""
    lax, model = needed("jax.lax"), layout.model
    jnp = needed("jax.numpy")
    times, units = grid.begins.shape
    z = numpyro.sample("z_theta", dist.Normal(0, 1).expand([times, units]).to_event(2))
    start = model.start_sd if model.carry == 1 else step_sd / np.sqrt(1 - model.carry**2)
    shock = jnp.zeros(times - 1)
    if model.shock_sd > 0 and times > 1:
        shocks = numpyro.sample("z_shock", dist.Normal(0, 1).expand([times - 1]).to_event(1))
        shock = shocks * model.shock_sd * np.sqrt(layout.length)
    if times == 1:
        return start * z

    def step(before: Any, at: Any) -> Any:
        begins, deviate, phi, length, common = at
        moved = phi * before + common + step_sd * jnp.sqrt(length) * deviate
        here = jnp.where(begins, start * deviate, moved)
        return here, here

    along = (grid.begins[1:], z[1:], layout.phi, layout.length, shock)
    _, later = lax.scan(step, start * z[0], along)
    return jnp.concatenate([start * z[:1], later])


def _items(layout: Plan, grid: Grid, hyper: Any, numpyro: Any, dist: Any, jnp: Any) -> Any:
    """Parameters of items from standard normal deviates."""
    order = layout.layout
    z = numpyro.sample("z_psi", dist.Normal(0, 1).expand([len(order.kind)]).to_event(1))
    middle = jnp.stack([0.0 * hyper[0], hyper[2], hyper[4]])[order.kind]
    spread = jnp.stack([hyper[1], hyper[3], hyper[5]])[order.kind]
    psi = middle + spread * z
    for links in grid.depth:
        before, after = (order.split + order.links[links]).T
        step = order.drift_sd * np.sqrt(order.lengths[links]) * z[after]
        psi = psi.at[after].set(psi[before] + step)
    return psi


def _likelihood(layout: Plan, grid: Grid, theta: Any, psi: Any) -> Any:
    special, jnp = needed("jax.scipy.special"), needed("jax.numpy")
    data, order = layout.answers, layout.layout
    log_below = special.log_ndtr if layout.probit else needed("jax.nn").log_sigmoid
    values = psi[order.index]
    steps = jnp.concatenate([values[:, 1:2], jnp.exp(values[:, 2:])], axis=1)
    cuts = jnp.cumsum(steps, axis=1)
    node, code, instance = data.node, data.code.astype(np.int64), grid.instance
    at = values[instance, 0] * theta[data.node_time[node], data.node_unit[node]]
    top = order.sizes[instance] - 1
    high = cuts[instance, np.minimum(code, top - 1)] - at
    low = cuts[instance, np.maximum(code - 1, 0)] - at
    # Between two cutpoints, from the side where the difference loses no digits.
    flip = low > 0
    upper = jnp.where(flip, -low, high)
    lower = jnp.where(flip, -high, low)
    lower = jnp.where((code == 0) | (code == top), upper - 1.0, lower)
    inner = log_below(upper) + jnp.log1p(-jnp.exp(log_below(lower) - log_below(upper)))
    outer = jnp.where(code == 0, log_below(high), log_below(-low))
    return jnp.sum(jnp.where((code == 0) | (code == top), outer, inner))


def sample_numpyro(
    answers: Answers,
    model: Model | None = None,
    *,
    draws: int = 500,
    warmup: int = 500,
    chains: int = 2,
    seed: int = 0,
    method: str = "nuts",
    steps: int = 5000,
) -> Sample:
    """Draw from the same posterior as :func:`beholden.latent.sample` with NumPyro.

    Parameters
    ----------
    answers, model
        As for :func:`beholden.latent.sample`.
    draws, warmup, chains, seed : int
        Draws kept in each chain, those before them, chains one after another, and the seed.
    method : str
        ``"nuts"``, or ``"svi"``: a normal approximation with independent parts (quick, but its
        errors are too small), whose draws come as one chain.
    steps : int
        Steps of the SVI.

    Raises
    ------
    LatentError
        When NumPyro is not installed, or the method is unknown.
    """
    if method not in {"nuts", "svi"}:
        raise LatentError(f"expected the method nuts or svi, received {method!r}")
    model = model or Model()
    needed("numpyro")
    layout = plan(answers, model)
    ridge = pooled_ridge(layout, seed, chains, PILOT) if model.scale == "pool" else 0.0
    if method == "nuts":
        found = _nuts(layout, ridge, draws, warmup, chains, seed)
    else:
        found = _svi(layout, ridge, draws * chains, steps, seed)
    return _as_sample(layout, found, seed, warmup, ridge)


def _start(layout: Plan, seed: int) -> Any:
    """Begin on the side of the anchors."""
    data = layout.answers
    first = begin(layout, seed, 0, spread=0.0).theta / layout.model.start_sd
    z = np.zeros((len(data.times), len(data.units)))
    starts = layout.walk.begins
    z[data.node_time[starts], data.node_unit[starts]] = first[starts]
    return needed("numpyro.infer").init_to_value(values={"z_theta": needed("jax.numpy").array(z)})


def _nuts(layout: Plan, ridge: float, draws: int, warmup: int, chains: int, seed: int) -> Any:
    infer, jax = needed("numpyro.infer"), needed("jax")
    kernel = infer.NUTS(numpyro_model(layout, ridge), init_strategy=_start(layout, seed))
    run = infer.MCMC(
        kernel, num_warmup=warmup, num_samples=draws, num_chains=chains,
        chain_method="sequential", progress_bar=False,
    )  # fmt: skip
    run.run(jax.random.PRNGKey(seed))
    return run.get_samples(group_by_chain=True)


def _svi(layout: Plan, ridge: float, draws: int, steps: int, seed: int) -> Any:
    infer, jax = needed("numpyro.infer"), needed("jax")
    model = numpyro_model(layout, ridge)
    guide = needed("numpyro.infer.autoguide").AutoNormal(model, init_loc_fn=_start(layout, seed))
    rate = needed("numpyro.optim").Adam(0.02)
    found = infer.SVI(model, guide, rate, infer.Trace_ELBO()).run(
        jax.random.PRNGKey(seed), steps, progress_bar=False
    )
    key = jax.random.PRNGKey(seed + 1)
    latent = guide.sample_posterior(key, found.params, sample_shape=(draws,))
    made = infer.Predictive(model, latent, return_sites=["theta", "psi", "hyper"])(key)
    return {name: value[None] for name, value in made.items()}


def _as_sample(layout: Plan, found: Any, seed: int, warmup: int, ridge: float) -> Sample:
    theta, psi, hyper = (np.array(found[name], dtype=float) for name in ("theta", "psi", "hyper"))
    shock = np.zeros(len(layout.length))
    for c, d in np.ndindex(theta.shape[:2]):
        state = State(theta[c, d], psi[c, d], shock, hyper[c, d])
        theta[c, d], psi[c, d], hyper[c, d] = reported(layout, state)
    return Sample(
        layout.answers, layout.model, layout.layout, theta.astype(np.float32),
        psi.astype(np.float32), hyper, seed, warmup, 1, ridge, np.zeros((3, 2)), finished=True,
    )  # fmt: skip
