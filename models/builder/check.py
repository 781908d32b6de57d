"""Compares the finished model with vectors of the float32 model."""

import json
from pathlib import Path

import numpy as np
import onnxruntime


def against_reference(model: Path, reference: Path) -> str:
    """Cosines to the reference vectors, and how many sentences keep their nearest neighbour."""
    sentences = json.loads(reference.read_text())["sentences"]
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    found = np.stack([embed(session, sentence["token_ids"]) for sentence in sentences])
    wanted = np.array([sentence["vector"] for sentence in sentences])
    cosines = (found * wanted).sum(axis=1)
    kept = (_nearest(found) == _nearest(wanted)).sum()
    return f"cosine min {cosines.min():.4f} mean {cosines.mean():.4f}, nearest neighbour kept {kept}/{len(sentences)}"


def embed(session: onnxruntime.InferenceSession, ids: list[int]) -> np.ndarray:
    """The vector of a text from its token ids, of norm 1."""
    row = np.array([ids], np.int64)
    states = session.run(None, {"input_ids": row, "attention_mask": np.ones_like(row)})[0]
    mean = states[0].mean(axis=0)
    return mean / np.linalg.norm(mean)


def _nearest(vectors: np.ndarray) -> np.ndarray:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    return cosines.argmax(axis=1)
