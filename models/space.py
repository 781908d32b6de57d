"""Describes the vector space of a model of this folder. README.md tells how to run it.

The main path: encode sample sentences, take the mean of each language and the directions in which sentences differ most
whatever they say, write both beside the model and list them in its manifest.
"""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
from builder import calibrate, check, manifest

HERE = Path(__file__).resolve().parent
NAME = "space.f32"
DIRECTIONS = 128
# A direction of variance v is shortened by (v / that of the first direction left alone) to this power: less would leave
# the few strong directions, more would raise noise to their level.
POWER = 0.2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=HERE / "multilingual-e5-small-europe")
    parser.add_argument("--samples", type=Path, required=True, help="folder with dev.LANGUAGE.txt, one sentence a line")
    arguments = parser.parse_args()
    described = manifest.read(arguments.model)
    texts = [arguments.samples / f"dev.{code}.txt" for code in described["languages"]]
    vectors = [embed(arguments.model, path, described["prefix"]) for path in texts]
    (arguments.model / NAME).write_bytes(rows(vectors).astype("<f4").tobytes())
    manifest.replace(arguments.model / NAME, "space")


def embed(model: Path, texts: Path, prefix: str) -> np.ndarray:
    """The vectors of all lines of a file, [lines, dim], rows of norm 1."""
    lines = len(texts.read_text(encoding="utf-8").splitlines())
    samples = calibrate.read_samples(model / "tokenizer.json", [texts], lines, prefix)
    session = onnxruntime.InferenceSession(str(model / "model.onnx"), providers=["CPUExecutionProvider"])
    return np.stack([check.embed(session, ids) for ids in samples.ids])


def rows(vectors: list[np.ndarray]) -> np.ndarray:
    """A mean for each language, then directions: what the product with all of them, twice, takes from a vector."""
    means = [language.mean(axis=0) for language in vectors]
    centred = np.concatenate([language - mean for language, mean in zip(vectors, means)])
    variances, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    kept = (variances[-DIRECTIONS:] / variances[-DIRECTIONS - 1]) ** -POWER
    shortening = directions[:, -DIRECTIONS:] * np.sqrt(1 - kept)
    return np.concatenate([np.stack(means), shortening.T[::-1]])


if __name__ == "__main__":
    main()
