"""Pairs of texts as their tokens: what trainings of layers that read a pair at once share."""

import functools
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from safetensors.numpy import load_file

# The encoder's layer whose states are read, counted from 1.
LAYER = 8
# Tokens of a pair that are looked at in training, and the steps that padding goes in.
MOST, STEP = 160, 32
# The weights that are kept are a mean over the last steps, a step's share falling by this factor with each that follows.
MEAN = 0.99
# Pairs that scales are chosen on.
SAMPLES = 150


def read(folder: Path, name: str) -> dict:
    """A table with where the tokens of each pair begin: `places` [pairs + 1]."""
    table = load_file(folder / f"{name}.safetensors")
    table["counts"] = table["token_counts"].astype(int)
    table["places"] = np.concatenate([[0], table["counts"].sum(axis=1).cumsum()])
    return table


def joined(tables: list[dict], **others) -> dict:
    """Several tables as one, with what else is known of its pairs."""
    table = {name: np.concatenate([table[name] for table in tables]) for name in ("counts", "tokens")}
    return table | others | {"places": np.concatenate([[0], table["counts"].sum(axis=1).cumsum()])}


def cut(table: dict, row: int) -> tuple[np.ndarray, int, int]:
    """The tokens of a pair, as many as are looked at, those of the source first, and how many are of each side.

    Prefix and special tokens are among them: the encoder's layers lean on them.
    """
    source, target = (int(count) for count in table["counts"][row])
    first = table["places"][row]
    kept = min(source, max(MOST // 2, MOST - target))
    others = min(target, MOST - kept)
    tokens = table["tokens"]
    return np.concatenate([tokens[first : first + kept], tokens[first + source :][:others]]), kept, others


def inputs(table: dict, rows) -> tuple:
    """What the network takes of some pairs: tokens [pairs, length, dim] and their side (2 for padding)."""
    pairs = [cut(table, row) for row in rows]
    length = -(-max(len(tokens) for tokens, _, _ in pairs) // STEP) * STEP
    states = np.zeros((len(pairs), length, table["tokens"].shape[1]), np.float16)
    sides = np.full((len(pairs), length), 2, np.int32)
    for pair, (tokens, source, target) in enumerate(pairs):
        states[pair, : len(tokens)] = tokens
        sides[pair, : source + target] = np.repeat([0, 1], [source, target])
    return states, sides


def with_sides(states, sides, of_sides):
    """The tokens with what tells the sides apart, `of_sides` [2, dim], added to them."""
    return states.astype(jnp.float32) + jnp.concatenate([of_sides, jnp.zeros_like(of_sides[:1])])[sides]


def batches(dice, table: dict, size: int):
    """All rows in turn, again and again, by chance, but those of about the same length together: less padding."""
    lengths = table["counts"].sum(axis=1)
    while True:
        order = dice.permutation(len(lengths))
        portions = [order[first : first + 20 * size] for first in range(0, len(order), 20 * size)]
        portions = [portion[lengths[portion].argsort(kind="stable")] for portion in portions]
        made = [portion[first : first + size] for portion in portions for first in range(0, len(portion) - size + 1, size)]
        dice.shuffle(made)
        yield from made


def optimizer_of(steps: int, rate: float, head_rate: float, decay: float):
    """Layers, which know much already, go slower than the head."""
    adam = lambda most: optax.adamw(optax.warmup_cosine_decay_schedule(0.0, most, steps // 10, steps), weight_decay=decay)
    labels = {"layers": "layers", "head": "head"}
    return optax.chain(
        optax.clip_by_global_norm(1.0), optax.multi_transform({"layers": adam(rate), "head": adam(head_rate)}, labels)
    )


def updater(optimizer):
    """A step: network, running mean of its weights and state, given the slopes of the parts of the loss."""

    @jax.jit
    def update(number, network, mean, state, slopes):
        change, state = optimizer.update(jax.tree.map(lambda *slopes: sum(slopes), *slopes), state, network)
        network = optax.apply_updates(network, change)
        # At first the mean goes over few steps, so that nothing of the beginning is left.
        share = jnp.minimum(MEAN, (1 + number) / (10 + number))
        return network, jax.tree.map(lambda old, new: share * old + (1 - share) * new, mean, network), state

    return update


def samples(tables: list[dict], of_sides: np.ndarray) -> list[np.ndarray]:
    """States of some pairs of each table, as the layers see them."""
    states = []
    for table in tables:
        for row in range(0, len(table["counts"]), -(-len(table["counts"]) * len(tables) // SAMPLES)):
            tokens, source, target = cut(table, row)
            states.append(tokens.astype(np.float32) + np.repeat(of_sides, [source, target], axis=0))
    return states


@functools.cache
def compiled(of):
    return jax.jit(of, static_argnums=0)


def judged(of, shape: tuple, network: dict, table: dict) -> np.ndarray:
    """What `of` says of all pairs of a table, [pairs, 2]."""
    order = table["counts"].sum(axis=1).argsort(kind="stable")
    found = np.zeros((len(order), 2))
    for rows in np.array_split(order, len(order) // 40):
        found[rows] = compiled(of)(shape, network, *inputs(table, rows))
    return found
