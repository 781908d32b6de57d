"""Trains the network that scores translations. README.md tells how to run it.

The main path: read the tables that `cargo bench --bench fit -- translation` writes, train some members from different
beginnings, print how they agree with ratings that they have not seen, write them into the sources.

A member learns three things at once: human ratings, votes on critical errors, and that a true translation stands above
a damaged one and is a good one, in all twelve directions between four languages. The last keeps it from taking the
languages that have ratings for the better ones.
"""

import argparse
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from builder.learning import RARE, RATED, UNSEEN, deviations, drop, huber, report
from safetensors.numpy import load_file, save_file

ROOT = Path(__file__).resolve().parent.parent
MODEL = "multilingual-e5-small-europe"
LANGUAGES = ("de", "lt", "en", "ru")
# Words of a side that are looked at in training, and what a layer sees of a word.
WORDS = 64
SEEN = 64
INNER = 32
REACH = 4.0
# Ratings, votes and damaged translations of a step.
BATCH, VOTES, DAMAGED = 64, 40, 30
EPOCHS = 10
RATE, DECAY, DROPOUT = 1e-3, 1.0, 0.3
# By how many deviations of the ratings a damaged translation should stand below the true one, and how much that weighs:
# another line's, a clause left out, a digit changed, a negation in or out, a clause more than the source has.
MARGINS = np.array([3.0, 1.0, 0.5, 0.7, 1.0])
WEIGHTS = np.array([1.0, 1.0, 0.3, 1.5, 1.0])
# Where true translations should stand, and how much that weighs.
TRUE, TRUE_WEIGHT = 0.4, 0.3
SCALE = 384**0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=Path, default=ROOT / "target/score-features")
    parser.add_argument("--output", type=Path, default=ROOT / "src/translation/score/network.safetensors")
    parser.add_argument("--members", type=int, default=2)
    arguments = parser.parse_args()
    ratings = [read(arguments.tables, f"da-{pair}-train") for pair in RATED]
    votes = read(arguments.tables, "critical-train")
    codes = [(one, other) for one in LANGUAGES for other in LANGUAGES if one != other]
    damaged = [read(arguments.tables, f"damaged-{one}-{other}") for one, other in codes]
    named = np.concatenate([table["named"] for table in ratings])
    # As they are written, so that training and use agree; a feature that never changes must not explode.
    mean, deviation = named.mean(axis=0).astype(np.float16), np.maximum(named.std(axis=0), 1e-3).astype(np.float16)
    for table in [*ratings, votes, *damaged]:
        standardise(table, mean, deviation)
    members = [train(ratings, votes, damaged, seed) for seed in range(arguments.members)]
    for set_name in UNSEEN:
        table = read(arguments.tables, set_name)
        standardise(table, mean, deviation)
        report(set_name, judged(members, table), table["aims"])
    write(arguments.output, members, mean, deviation)


def read(folder: Path, name: str) -> dict:
    """A table with the words of each pair side by side: `words` [pairs, 2, WORDS, dim], `weights` [pairs, 2, WORDS]."""
    table = load_file(folder / f"{name}.safetensors")
    counts = table["counts"].astype(int)
    words = np.zeros((len(counts), 2, WORDS, table["words"].shape[1]), np.float16)
    weights = np.zeros((len(counts), 2, WORDS), np.float32)
    first = 0
    for pair, sides in enumerate(counts):
        for side, count in enumerate(sides):
            kept = min(count, WORDS)
            words[pair, side, :kept] = table["words"][first : first + kept]
            weights[pair, side, :kept] = table["weights"][first : first + kept]
            first += count
    table.update(words=words, weights=weights)
    return table


def standardise(table: dict, mean: np.ndarray, deviation: np.ndarray):
    named = (table["named"] - mean.astype(np.float32)) / deviation.astype(np.float32)
    table["named"] = np.clip(named, -REACH, REACH)


def inputs(table: dict, rows) -> tuple:
    return tuple(table[name][rows] for name in ("words", "weights", "sentences", "named"))


def begin(key, dim: int, named: int) -> dict:
    keys = jax.random.split(key, 4)
    dense = lambda key, inputs, outputs: jax.random.normal(key, (inputs, outputs)) * (2 / inputs) ** 0.5
    return {
        "sharpness": jnp.array(20.0),
        "words": {"weights": dense(keys[0], 3 * dim + 2, SEEN), "bias": jnp.zeros(SEEN)},
        "attention": jax.random.normal(keys[1], (SEEN,)) * 0.05,
        "sentences": {"weights": dense(keys[2], 2 * dim, SEEN), "bias": jnp.zeros(SEEN)},
        "inner": {"weights": dense(keys[3], 5 * SEEN + named, INNER), "bias": jnp.zeros(INNER)},
        "outer": {"weights": jnp.zeros((INNER, 2)), "bias": jnp.array([0.0, RARE])},
        "named": jnp.zeros((named, 2)),
    }


def active(layer: dict, x):
    return jax.nn.relu(x @ layer["weights"] + layer["bias"])


def side(member: dict, words, other, weights, similarities, key):
    """What is seen of the words of one side; vectors are brought to about 1 in each direction."""
    there = weights > 0
    shares = jax.nn.softmax(similarities * member["sharpness"], axis=-1)
    answers = shares @ other
    near = similarities.max(axis=-1)
    of_word = jnp.stack([near, jnp.log1p(weights) / 3], axis=-1)
    x = jnp.concatenate(
        [words * answers * SCALE**2 / 2, jnp.abs(words - answers) * SCALE / 2, words * SCALE / 2, of_word], axis=-1
    )
    seen = active(member["words"], drop(x, key, DROPOUT))
    told = weights / weights.sum(axis=-1, keepdims=True)
    looked = jax.nn.softmax(jnp.where(there, 3 * (seen @ member["attention"]), -1e9), axis=-1)
    return [(seen * shares[..., None]).sum(axis=1) for shares in (told, looked)]


def sums(member: dict, words, weights, sentences, named, key=None):
    """How good and how bad, [pairs, 2]."""
    words, sentences = words.astype(jnp.float32), sentences.astype(jnp.float32)
    keys = [None] * 4 if key is None else jax.random.split(key, 4)
    there = weights > 0
    similarities = jnp.einsum("psd,ptd->pst", words[:, 0], words[:, 1])
    to_target = jnp.where(there[:, 1, None], similarities, -1e9)
    to_source = jnp.where(there[:, 0, :, None], similarities, -1e9)
    of_source = side(member, words[:, 0], words[:, 1], weights[:, 0], to_target, keys[0])
    of_target = side(member, words[:, 1], words[:, 0], weights[:, 1], to_source.swapaxes(1, 2), keys[1])
    left, right = sentences[:, 0], sentences[:, 1]
    both = jnp.concatenate([left * right * SCALE**2 / 2, jnp.abs(left - right) * SCALE], axis=-1)
    seen = active(member["sentences"], drop(both, keys[2], DROPOUT))
    x = jnp.concatenate([*of_source, *of_target, seen, drop(named, keys[3], DROPOUT)], axis=-1)
    outer = member["outer"]
    return active(member["inner"], x) @ outer["weights"] + outer["bias"] + named @ member["named"]


def loss(member, rated, aims, voted, votes, right, wrong, damages, key):
    keys = jax.random.split(key, 4)
    of_ratings = huber(sums(member, *rated, keys[0])[:, 0] - aims).mean()
    of_votes = optax.sigmoid_binary_cross_entropy(sums(member, *voted, keys[1])[:, 1], votes).mean()
    good, bad = sums(member, *right, keys[2])[:, 0], sums(member, *wrong, keys[3])[:, 0]
    margins = jnp.array(MARGINS)[damages]
    apart = jnp.array(WEIGHTS)[damages] * jax.nn.relu(margins - (good - bad)) ** 2 / margins
    return of_ratings + of_votes + apart.mean() + TRUE_WEIGHT * huber(good - TRUE).mean()


def pairs_of(table: dict) -> tuple:
    """Rows of true translations, of what was damaged of each, and how."""
    damages = table["damages"].astype(int)
    true = {line: row for row, line in enumerate(table["lines"]) if damages[row] == 0}
    wrong = [row for row, line in enumerate(table["lines"]) if damages[row] > 0 and line in true]
    return np.array([true[table["lines"][row]] for row in wrong]), np.array(wrong), damages[wrong] - 1


def train(ratings: list, votes: dict, damaged: list, seed: int) -> dict:
    aims = deviations(ratings)
    rated = {name: np.concatenate([table[name] for table in ratings]) for name in ("words", "weights", "sentences", "named")}
    rows_of = [pairs_of(table) for table in damaged]
    steps = EPOCHS * (len(aims) // BATCH)
    optimizer = optax.adamw(optax.cosine_decay_schedule(RATE, steps), weight_decay=DECAY)
    member = begin(jax.random.PRNGKey(seed), rated["words"].shape[-1], rated["named"].shape[-1])
    state = optimizer.init(member)

    @jax.jit
    def step(member, state, *batch):
        value, slope = jax.value_and_grad(loss)(member, *batch)
        change, state = optimizer.update(slope, state, member)
        return optax.apply_updates(member, change), state, value

    dice, key = np.random.default_rng(seed), jax.random.PRNGKey(1000 + seed)
    for epoch in range(EPOCHS):
        order, values = dice.permutation(len(aims)), []
        for first in range(0, len(order) - BATCH + 1, BATCH):
            key, now = jax.random.split(key)
            rows, voted = order[first : first + BATCH], dice.integers(0, len(votes["aims"]), VOTES)
            direction = dice.integers(len(damaged))
            right, wrong, damages = rows_of[direction]
            chosen = dice.integers(0, len(right), DAMAGED)
            table = damaged[direction]
            member, state, value = step(
                member, state, inputs(rated, rows), aims[rows], inputs(votes, voted), votes["aims"][voted],
                inputs(table, right[chosen]), inputs(table, wrong[chosen]), damages[chosen], now,
            )
            values.append(float(value))
        print(f"member {seed}, epoch {epoch}: loss {np.mean(values):.4f}", flush=True)
    return member


@jax.jit
def judge(member, batch):
    return sums(member, *batch)


def judged(members: list, table: dict) -> np.ndarray:
    """The mean sums of the members, [pairs, 2]."""
    parts = np.array_split(np.arange(len(table["aims"])), 10)
    return np.mean([np.concatenate([judge(member, inputs(table, rows)) for rows in parts]) for member in members], axis=0)


def write(path: Path, members: list, mean: np.ndarray, deviation: np.ndarray):
    """Writes the members so that their layers take vectors as they are."""
    tensors = {"mean": mean, "deviation": deviation}
    for number, member in enumerate(members):
        member = jax.tree.map(np.array, member)
        dim = member["sentences"]["weights"].shape[0] // 2
        words, sentences = member["words"]["weights"], member["sentences"]["weights"]
        words[:dim] *= SCALE**2 / 2
        words[dim : 3 * dim] *= SCALE / 2
        words[3 * dim + 1] /= 3
        sentences[:dim] *= SCALE**2 / 2
        sentences[dim:] *= SCALE
        tensors[f"{number}.sharpness"] = member["sharpness"].reshape(1)
        tensors[f"{number}.attention"] = 3 * member["attention"]
        tensors[f"{number}.named"] = member["named"]
        for layer in ("words", "sentences", "inner", "outer"):
            tensors[f"{number}.{layer}.weights"] = member[layer]["weights"]
            tensors[f"{number}.{layer}.bias"] = member[layer]["bias"]
    tensors = {name: np.ascontiguousarray(tensor, np.float16) for name, tensor in tensors.items()}
    save_file(tensors, path, metadata={"model": MODEL})


if __name__ == "__main__":
    main()
