"""Trains the layers that find a negation which one of two texts has alone. README.md tells how to run it.

The main path: read the tables that `cargo bench --bench fit -- disagreement` writes, train layers upon the encoder's inner one,
print how they tell what was planted in texts that they have not seen, write the layers beside the model and the head into
the sources.

Each token is asked, and the surest speaks for the pair: so it is learnt from pairs alone where in them something stands
(multiple-instance learning: Ilse et al. 2018).
"""

import argparse
import functools
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from builder import joint, manifest, weights
from builder.learning import area, drop
from builder.pairs import LAYER, batches, inputs, joined, judged, optimizer_of, read, samples, updater, with_sides
from safetensors.numpy import save_file

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models/multilingual-e5-small-europe"
LAYERS_FILE = "disagreement.onnx"
# Layers that are put upon the encoder's.
JOINT = 3
# What one side may have alone. Names are learnt besides, so that what differs otherwise does not pass for a negation; the head
# that is written knows the first kind only.
KINDS = ("negations", "names")
# Where the sum for a token begins: most tokens are right.
NOTHING = -6.0
BATCH, EPOCHS = 48, 1
# Of the layers, which know much already, and of the head.
RATE, HEAD_RATE, DECAY = 2e-4, 1e-3, 0.05
DROPOUT = 0.1
# Steps after which losses are told.
TOLD = 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, help="folder of the model's float weights")
    parser.add_argument("--tables", type=Path, default=ROOT / "target/score-features")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--head", type=Path, default=ROOT / "src/align/disagreement.safetensors")
    arguments = parser.parse_args()
    encoder = weights.read_encoder(arguments.weights)
    parts = sorted(path.stem for path in arguments.tables.glob("disagreement-train-*.safetensors"))
    planted = [labelled(read(arguments.tables, part)) for part in parts]
    planted = joined(planted, aims=np.concatenate([table["aims"] for table in planted]))
    unseen = labelled(read(arguments.tables, "disagreement-unseen"))
    network = train(encoder, planted, unseen)
    write(arguments, encoder, network, planted)


def labelled(table: dict) -> dict:
    return table | {"aims": np.stack([table[kind] for kind in KINDS], axis=-1)}


def begin(key, encoder: weights.Encoder) -> dict:
    keys = jax.random.split(key, 2)
    dim = encoder.hidden
    return {
        "layers": jax.tree.map(jnp.array, joint.begin(encoder, LAYER, JOINT)),
        "head": {
            "sides": jax.random.normal(keys[0], (2, dim)) * 0.02,
            "weights": jax.random.normal(keys[1], (2, len(KINDS), dim)) * 0.02,
            "bias": jnp.full(len(KINDS), NOTHING),
        },
    }


def sums(shape: tuple, network: dict, states, sides, key=None):
    """Log odds of each kind, [pairs, kinds]; `shape` is the number of heads and the epsilon of the layers."""
    head, count = network["head"], 2 * len(network["layers"])
    keys = iter([None] * count if key is None else jax.random.split(key, count))
    states = with_sides(states, sides, head["sides"])
    for layer in network["layers"]:
        states = joint.apply(layer, states, sides < 2, *shape, drop=lambda x: drop(x, next(keys), DROPOUT))
    of_sides = jnp.einsum("ptd,skd->sptk", states, head["weights"])
    of_tokens = jnp.where((sides == 0)[..., None], *of_sides)
    return jax.nn.logsumexp(jnp.where((sides < 2)[..., None], of_tokens, -1e9), axis=1) + head["bias"]


def loss(shape, network, key, pairs, aims):
    return optax.sigmoid_binary_cross_entropy(sums(shape, network, *pairs, key), aims).mean()


def train(encoder: weights.Encoder, planted: dict, unseen: dict) -> dict:
    shape = (encoder.heads, encoder.epsilon)
    each = len(planted["aims"]) // BATCH
    steps = EPOCHS * each
    optimizer = optimizer_of(steps, RATE, HEAD_RATE, DECAY)
    update = updater(optimizer)
    network = begin(jax.random.PRNGKey(0), encoder)
    mean, state = network, optimizer.init(network)
    slope_of = jax.jit(jax.value_and_grad(functools.partial(loss, shape)))
    key, chosen, values = jax.random.PRNGKey(1), batches(np.random.default_rng(0), planted, BATCH), []
    for number in range(steps):
        key, now = jax.random.split(key)
        rows = next(chosen)
        value, slope = slope_of(network, now, inputs(planted, rows), planted["aims"][rows])
        network, mean, state = update(number, network, mean, state, [slope])
        values.append(float(value))
        if len(values) == TOLD or number + 1 == steps:
            print(f"step {number + 1} of {steps}: loss {np.mean(values):.4f}", flush=True)
            values = []
        if (number + 1) % each == 0:
            tell(shape, mean, unseen)
    return mean


def tell(shape: tuple, network: dict, table: dict):
    found = judged(sums, shape, network, table)
    for kind, name in enumerate(KINDS):
        print(f"unseen {name}: area under ROC {area(found[:, kind], table['aims'][:, kind] > 0.5):.4f}", flush=True)


def write(arguments, encoder: weights.Encoder, network: dict, table: dict):
    """Writes the layers beside the model and into its manifest, and the head with the hash of the layers it belongs to."""
    head = jax.tree.map(np.array, network["head"])
    path = arguments.model / LAYERS_FILE
    joint.save(network["layers"], encoder, samples([table], head["sides"]), path)
    entry = manifest.replace(path, "disagreement")
    tensors = head | {"weights": head["weights"][:, 0], "bias": head["bias"][:1]}
    tensors = {name: np.ascontiguousarray(tensor, np.float16) for name, tensor in tensors.items()}
    save_file(tensors, arguments.head, metadata={"layers": entry["sha256"], "layer": str(LAYER)})


if __name__ == "__main__":
    main()
