"""Moves biases to where they cost nothing: into the shifts of the layer normalisations before them.

A block computes norm(x + f(x)). Adding d to x before the block (in the shift of the normalisation that makes x) adds d to
the residual for free, and f sees x + d, which its own constants take back. What is left are the biases of the query and of
the first feed-forward product.
"""

import copy

import numpy as np

from .weights import Encoder, Layer, LayerNorm


def fold_biases(encoder: Encoder) -> Encoder:
    """The same function with fewer additions."""
    encoder = copy.deepcopy(encoder)
    before = encoder.embedding_norm
    for layer in encoder.layers:
        _fold_attention(layer, before)
        _fold_feed_forward(layer)
        before = layer.output_norm
    return encoder


def _fold_attention(layer: Layer, before: LayerNorm):
    # Softmax ignores what is equal for all keys; probabilities sum to 1, so the value's bias passes through.
    wanted = layer.attention_output.bias + layer.value.bias @ layer.attention_output.weight
    through = layer.value.weight @ layer.attention_output.weight
    # The shift d reaches the sum as d by the residual and as d @ through by the attention.
    shift = np.linalg.solve((np.eye(len(wanted)) + through).T.astype(np.float64), wanted).astype(np.float32)
    before.shift = before.shift + shift
    layer.query.bias = layer.query.bias - shift @ layer.query.weight
    layer.key.bias = layer.value.bias = layer.attention_output.bias = None


def _fold_feed_forward(layer: Layer):
    shift = layer.output.bias
    layer.attention_norm.shift = layer.attention_norm.shift + shift
    layer.intermediate.bias = layer.intermediate.bias - shift @ layer.intermediate.weight
    layer.output.bias = None


def balance_context(encoder: Encoder, factors: list[np.ndarray]) -> Encoder:
    """Scales channel c of each layer's attention result by factors[layer][c] and takes it back in the next product."""
    encoder = copy.deepcopy(encoder)
    for layer, factor in zip(encoder.layers, factors):
        if layer.value.bias is not None:
            layer.value.bias = layer.value.bias * factor
        layer.value.weight = layer.value.weight * factor
        layer.attention_output.weight = layer.attention_output.weight / factor[:, None]
    return encoder
