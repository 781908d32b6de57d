"""Layers upon an encoder's inner layer that see both sides of a pair at once: in JAX to be trained, in integers to be shipped.

The lower layers see each text alone, so that a text is encoded once and serves all that is asked about it; only the upper
ones are computed for each pair (DeFormer: Cao et al. 2020; PreTTR: MacAvaney et al. 2020).
"""

import copy
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx

from . import fold, graph, integer, spread
from .calibrate import POINTS
from .weights import Encoder, Layer, LayerNorm, Linear


def begin(encoder: Encoder, first: int, count: int) -> list[dict]:
    """The encoder's own layers from number `first` on, counted from 0, as what training starts from.

    Biases are folded as in the 8-bit model, whose states the layers are to read.
    """
    layers = fold.fold_biases(encoder).layers[first : first + count]
    return [_parameters(layer) for layer in layers]


def _parameters(layer: Layer) -> dict:
    return {
        "query": layer.query.weight,
        "query_bias": layer.query.bias,
        "key": layer.key.weight,
        "value": layer.value.weight,
        "attention_output": layer.attention_output.weight,
        "attention_scale": layer.attention_norm.scale,
        "attention_shift": layer.attention_norm.shift,
        "intermediate": layer.intermediate.weight,
        "intermediate_bias": layer.intermediate.bias,
        "output": layer.output.weight,
        "output_scale": layer.output_norm.scale,
        "output_shift": layer.output_norm.shift,
    }


def apply(layer: dict, state, there, heads: int, epsilon: float, drop=lambda x: x, keep=lambda point, x: x):
    """One layer over `state` [texts, tokens, hidden]; `there` [texts, tokens] tells tokens from padding.

    `drop` is what training does to what a half of the layer adds, `keep` is shown what enters each product.
    """
    texts, tokens, hidden = state.shape
    by_head = lambda x: x.reshape(texts, tokens, heads, -1).transpose(0, 2, 1, 3)
    state = keep("attention_input", state)
    query, key, value = state @ layer["query"] + layer["query_bias"], state @ layer["key"], state @ layer["value"]
    near = by_head(query) @ by_head(key).swapaxes(2, 3) * (hidden // heads) ** -0.5
    shares = jax.nn.softmax(jnp.where(there[:, None, None, :], near, -1e9), axis=-1)
    context = keep("context", (shares @ by_head(value)).transpose(0, 2, 1, 3).reshape(state.shape))
    state = state + drop(context @ layer["attention_output"])
    state = keep("intermediate_input", _normalise(state, layer["attention_scale"], layer["attention_shift"], epsilon))
    inner = jax.nn.gelu(state @ layer["intermediate"] + layer["intermediate_bias"], approximate=False)
    state = state + drop(keep("output_input", inner) @ layer["output"])
    return _normalise(state, layer["output_scale"], layer["output_shift"], epsilon)


def _normalise(x, scale, shift, epsilon: float):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(axis=-1, keepdims=True) + epsilon) * scale + shift


def save(layers: list[dict], encoder: Encoder, states: list[np.ndarray], path: Path):
    """Writes trained layers in 8 bits; scales are chosen on `states`, each [tokens, hidden]."""
    layers = jax.tree.map(np.array, layers)
    kept = {}
    # One length for all, since JAX compiles for each.
    longest = max(len(state) for state in states)
    for tokens in states:
        count = len(tokens)
        state, there = np.pad(tokens, ((0, longest - count), (0, 0)))[None], np.arange(longest)[None] < count
        for number, layer in enumerate(layers):

            def keep(point, x):
                kept.setdefault(f"layer.{number}.{point}", []).append(np.array(x[0, :count], np.float32))
                return x

            state = apply(layer, state, there, encoder.heads, encoder.epsilon, keep=keep)
    rows = {name: np.concatenate(parts) for name, parts in kept.items()}
    assert len(rows) == len(layers) * len(POINTS)
    upper = copy.copy(encoder)
    upper.layers = [_layer(layer) for layer in layers]
    upper = spread.spread_outliers(upper, rows)
    onnx.save(graph.build_upon(upper, integer.quantise(upper, rows)), path)


def _layer(layer: dict) -> Layer:
    return Layer(
        query=Linear(layer["query"], layer["query_bias"]),
        key=Linear(layer["key"], None),
        value=Linear(layer["value"], None),
        attention_output=Linear(layer["attention_output"], None),
        attention_norm=LayerNorm(layer["attention_scale"], layer["attention_shift"]),
        intermediate=Linear(layer["intermediate"], layer["intermediate_bias"]),
        output=Linear(layer["output"], None),
        output_norm=LayerNorm(layer["output_scale"], layer["output_shift"]),
    )
