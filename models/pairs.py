"""Trains the layers that read a translation and its source at once. README.md tells how to run it.

The main path: read the tables that `cargo bench --bench fit -- translation` writes, train two layers upon the encoder's
inner one and a head upon them, print how they agree with ratings that they have not seen, write the layers beside the
model and the head into the sources.

They learn human ratings and votes on critical errors. `score.py` trains the network beside them, which has seen more kinds
of damage and all twelve directions; the score is the mean of both.
"""

import argparse
import functools
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from builder import joint, manifest, weights
from builder.learning import RARE, RATED, UNSEEN, deviations, drop, huber, report
from builder.pairs import LAYER, batches, inputs, joined, judged, optimizer_of, read, samples, updater, with_sides
from safetensors.numpy import save_file

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models/multilingual-e5-small-europe"
LAYERS_FILE = "joint.onnx"
# Layers that are put upon the encoder's.
JOINT = 2
INNER = 64
# Ratings and votes of a step.
BATCH, VOTES = 32, 16
EPOCHS = 2
# Of the layers, which know much already, and of the head.
RATE, HEAD_RATE, DECAY = 1e-4, 1e-3, 0.05
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
# How much votes weigh beside ratings.
VOTE_WEIGHT = 0.5
# Steps after which losses are told.
TOLD = 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, help="folder of the model's float weights")
    parser.add_argument("--tables", type=Path, default=ROOT / "target/score-features")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--head", type=Path, default=ROOT / "src/translation/score/joint.safetensors")
    arguments = parser.parse_args()
    encoder = weights.read_encoder(arguments.weights)
    ratings = [read(arguments.tables, f"da-{pair}-train") for pair in RATED]
    votes = read(arguments.tables, "critical-train")
    unseen = {name: read(arguments.tables, name) for name in UNSEEN}
    network = train(encoder, ratings, votes, unseen)
    write(arguments, encoder, network, ratings)


def begin(key, encoder: weights.Encoder) -> dict:
    keys = jax.random.split(key, 3)
    dim = encoder.hidden
    return {
        "layers": jax.tree.map(jnp.array, joint.begin(encoder, LAYER, JOINT)),
        "head": {
            "sides": jax.random.normal(keys[0], (2, dim)) * 0.02,
            "attention": jax.random.normal(keys[1], (2, dim)) * 0.02,
            "inner": {
                "weights": jax.random.normal(keys[2], (4 * dim, INNER)) * (4 * dim) ** -0.5,
                "bias": jnp.zeros(INNER),
            },
            "outer": {"weights": jnp.zeros((INNER, 2)), "bias": jnp.array([0.0, RARE])},
        },
    }


def sums(shape: tuple, network: dict, states, sides, key=None):
    """How good and how bad, [pairs, 2]; `shape` is the number of heads and the epsilon of the layers."""
    head, there = network["head"], sides < 2
    keys = iter([None] * (2 * JOINT + 1) if key is None else jax.random.split(key, 2 * JOINT + 1))
    states = with_sides(states, sides, head["sides"])
    for layer in network["layers"]:
        states = joint.apply(layer, states, there, *shape, drop=lambda x: drop(x, next(keys), DROPOUT))
    pooled = []
    for side in range(2):
        of_side = sides == side
        pooled.append((states * of_side[..., None]).sum(axis=1) / of_side.sum(axis=1, keepdims=True))
        looked = jax.nn.softmax(jnp.where(of_side, states @ head["attention"][side], -1e9), axis=-1)
        pooled.append((states * looked[..., None]).sum(axis=1))
    pooled = drop(jnp.concatenate(pooled, axis=-1), next(keys), HEAD_DROPOUT)
    inner, outer = head["inner"], head["outer"]
    return jnp.tanh(pooled @ inner["weights"] + inner["bias"]) @ outer["weights"] + outer["bias"]


def of_ratings(shape, network, key, rated, aims):
    return huber(sums(shape, network, *rated, key)[:, 0] - aims).mean()


def of_votes(shape, network, key, voted, votes):
    return VOTE_WEIGHT * optax.sigmoid_binary_cross_entropy(sums(shape, network, *voted, key)[:, 1], votes).mean()


def train(encoder: weights.Encoder, ratings: list, votes: dict, unseen: dict) -> dict:
    rated = joined(ratings, aims=deviations(ratings))
    shape = (encoder.heads, encoder.epsilon)
    steps = EPOCHS * (len(rated["aims"]) // BATCH)
    optimizer = optimizer_of(steps, RATE, HEAD_RATE, DECAY)
    update = updater(optimizer)
    network = begin(jax.random.PRNGKey(0), encoder)
    mean, state = network, optimizer.init(network)
    # Each on its own, so that each is compiled for its own few lengths and not for all that can meet.
    parts = [jax.jit(jax.value_and_grad(functools.partial(part, shape))) for part in (of_ratings, of_votes)]

    dice, key = np.random.default_rng(0), jax.random.PRNGKey(1)
    of_rated, of_voted = batches(dice, rated, BATCH), batches(dice, votes, VOTES)
    values = []
    for number in range(steps):
        key, *keys = jax.random.split(key, 3)
        rows, voted = next(of_rated), next(of_voted)
        samples = [
            (inputs(rated, rows), rated["aims"][rows]),
            (inputs(votes, voted), votes["aims"][voted]),
        ]
        made = [part(network, now, *sample) for part, now, sample in zip(parts, keys, samples)]
        network, mean, state = update(number, network, mean, state, [slope for _, slope in made])
        values.append([float(value) for value, _ in made])
        if len(values) == TOLD or number + 1 == steps:
            print(f"step {number + 1} of {steps}: losses {np.mean(values, axis=0).round(4)}", flush=True)
            values = []
        if (number + 1) % (steps // EPOCHS) == 0:
            for name, table in unseen.items():
                report(name, judged(sums, shape, mean, table), table["aims"])
    return mean


def write(arguments, encoder: weights.Encoder, network: dict, tables: list):
    """Writes the layers beside the model and into its manifest, and the head with the hash of the layers it belongs to."""
    head = jax.tree.map(np.array, network["head"])
    states = samples(tables, head["sides"])
    path = arguments.model / LAYERS_FILE
    joint.save(network["layers"], encoder, states, path)
    entry = manifest.replace(path, "joint")
    tensors = {"sides": head["sides"], "attention": head["attention"]}
    for layer in ("inner", "outer"):
        tensors |= {f"{layer}.{part}": head[layer][part] for part in ("weights", "bias")}
    tensors = {name: np.ascontiguousarray(tensor, np.float16) for name, tensor in tensors.items()}
    save_file(tensors, arguments.head, metadata={"layers": entry["sha256"]})


if __name__ == "__main__":
    main()
