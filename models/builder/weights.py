"""Reads an encoder in the Hugging Face layout of names and folds away what inference does not need."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file


@dataclass
class Linear:
    """y = x @ weight + bias, weight [inputs, outputs], bias [outputs] or None."""

    weight: np.ndarray
    bias: np.ndarray | None


@dataclass
class LayerNorm:
    """Scale and shift of a layer normalisation, both [hidden]."""

    scale: np.ndarray
    shift: np.ndarray


@dataclass
class Layer:
    """One transformer block, normalisation after the residual (post-LN, as in BERT)."""

    query: Linear
    key: Linear
    value: Linear
    attention_output: Linear
    attention_norm: LayerNorm
    intermediate: Linear
    output: Linear
    output_norm: LayerNorm


@dataclass
class Encoder:
    """All tensors of the encoder in float32, the word vectors as integers with a scale per row."""

    word_vectors: np.ndarray  # [vocabulary, hidden] int8
    word_scales: np.ndarray  # [vocabulary, 1] float32
    positions: np.ndarray  # [positions, hidden], token type 0 added
    embedding_norm: LayerNorm
    layers: list[Layer]
    heads: int
    epsilon: float

    @property
    def hidden(self) -> int:
        return self.positions.shape[1]


def read_encoder(directory: Path) -> Encoder:
    """Reads config.json, encoder.safetensors and word_embeddings.safetensors."""
    config = json.loads((directory / "config.json").read_text())
    tensors = {
        name: tensor.astype(np.float32)
        for name, tensor in load_file(directory / "encoder.safetensors").items()
    }
    words = load_file(directory / "word_embeddings.safetensors")
    positions = tensors["embeddings.position_embeddings.weight"]
    token_types = tensors["embeddings.token_type_embeddings.weight"]
    return Encoder(
        word_vectors=words["weight_int8"],
        word_scales=words["row_scale"].astype(np.float32),
        positions=positions + token_types[0],
        embedding_norm=_norm(tensors, "embeddings.LayerNorm"),
        layers=[_layer(tensors, number) for number in range(config["num_hidden_layers"])],
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
    )


def _layer(tensors: dict, number: int) -> Layer:
    prefix = f"encoder.layer.{number}"
    return Layer(
        query=_linear(tensors, f"{prefix}.attention.self.query"),
        key=_linear(tensors, f"{prefix}.attention.self.key"),
        value=_linear(tensors, f"{prefix}.attention.self.value"),
        attention_output=_linear(tensors, f"{prefix}.attention.output.dense"),
        attention_norm=_norm(tensors, f"{prefix}.attention.output.LayerNorm"),
        intermediate=_linear(tensors, f"{prefix}.intermediate.dense"),
        output=_linear(tensors, f"{prefix}.output.dense"),
        output_norm=_norm(tensors, f"{prefix}.output.LayerNorm"),
    )


def _linear(tensors: dict, prefix: str) -> Linear:
    # PyTorch keeps [outputs, inputs].
    return Linear(tensors[f"{prefix}.weight"].T.copy(), tensors[f"{prefix}.bias"])


def _norm(tensors: dict, prefix: str) -> LayerNorm:
    return LayerNorm(tensors[f"{prefix}.weight"], tensors[f"{prefix}.bias"])
