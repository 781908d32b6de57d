"""What the trainings of the networks that score translations share: sets, loss, dropout, and agreement with people."""

import jax
import jax.numpy as jnp
import numpy as np

# Language pairs whose translations people rated.
RATED = ("ru-en", "en-de")
# What is held against ratings that no network has seen.
UNSEEN = (*(f"da-{pair}-dev" for pair in RATED), "critical-dev")
# Votes on critical errors are rare: where the sum for them begins.
RARE = -1.5


def huber(x):
    return jnp.where(jnp.abs(x) < 1.5, x**2, 3 * jnp.abs(x) - 2.25)


def drop(x, key, share: float):
    """Some numbers are taken away in training, so that none is relied upon alone; none without a key."""
    return x if key is None else x * jax.random.bernoulli(key, 1 - share, x.shape) / (1 - share)


def deviations(tables: list[dict]) -> np.ndarray:
    """The ratings of all tables, each in deviations from its table's mean."""
    return np.concatenate([(table["aims"] - table["aims"].mean()) / table["aims"].std() for table in tables])


def area(sums: np.ndarray, cases: np.ndarray) -> float:
    """The area under the ROC curve: how often a case has a larger sum than another."""
    order = sums.argsort().argsort()
    below = order[cases].sum() - cases.sum() * (cases.sum() - 1) / 2
    return below / (cases.sum() * (~cases).sum())


def report(name: str, sums: np.ndarray, aims: np.ndarray):
    """Prints how the sums of a set, how good and how bad [pairs, 2], agree with what people said of it."""
    if name.startswith("critical"):
        print(f"{name}: area under ROC {area(sums[:, 1], aims > 0.5):.4f}", flush=True)
    else:
        print(f"{name}: Pearson {np.corrcoef(sums[:, 0], aims)[0, 1]:.4f}", flush=True)
