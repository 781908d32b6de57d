"""Runs the float32 encoder over sample sentences and keeps what enters each matrix product."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from . import graph
from .weights import Encoder

# What the products of a layer share as input: see graph._layer.
POINTS = ("attention_input", "context", "intermediate_input", "output_input")


@dataclass
class Samples:
    """Token ids of the sentences to calibrate on."""

    ids: list[list[int]]


def read_samples(tokenizer_file: Path, text_files: list[Path], lines_per_file: int, prefix: str) -> Samples:
    """Evenly spaced lines of each file, tokenised as the library does it."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    ids = []
    for path in text_files:
        lines = path.read_text(encoding="utf-8").splitlines()
        step = max(1, len(lines) // lines_per_file)
        ids += [tokenizer.encode(prefix + line).ids[:512] for line in lines[::step][:lines_per_file]]
    return Samples(ids)


def point_names(encoder: Encoder) -> list[str]:
    return [f"layer.{number}.{point}" for number in range(len(encoder.layers)) for point in POINTS]


def activations(encoder: Encoder, samples: Samples) -> dict[str, np.ndarray]:
    """For each point the rows [tokens of all samples, channels]."""
    names = point_names(encoder)
    model = graph.build(encoder, graph.FloatProducts(), names)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    rows = {name: [] for name in names}
    for ids in samples.ids:
        row = np.array([ids], np.int64)
        results = session.run(names, {"input_ids": row, "attention_mask": np.ones_like(row)})
        for name, result in zip(names, results):
            rows[name].append(result[0])
    return {name: np.concatenate(parts) for name, parts in rows.items()}
