"""Spreads the few huge activations of the feed-forward layers over several channels.

In some layers one channel reaches ten times as far as all others. A range for all channels that holds it leaves too few
steps for the rest; cutting it off changes the sentence's vector. So such a channel gets copies whose inputs are shifted by
1, 2, … times a limit. Saturation at the limit makes each copy carry one slice, and the slices add up to the value:
gelu(x) = x for large x, and gelu(x - shift) = 0 for the slices above it.
"""

import copy
import math

import numpy as np

from .weights import Encoder, Layer

# Where a slice ends: what all ordinary channels stay below.
LIMIT = 4.5
# Channels that reach less far are cut off at the limit: their slices would cost more than they bring.
LEAST = 1.5 * LIMIT


def spread_outliers(encoder: Encoder, rows: dict[str, np.ndarray]) -> Encoder:
    """Adds the copies to all layers; extends and limits `rows` as the integer graph will see them."""
    encoder = copy.deepcopy(encoder)
    for number, layer in enumerate(encoder.layers):
        point = f"layer.{number}.output_input"
        sources, shifts = _slices(rows[point].max(axis=0))
        _add_channels(layer, sources, shifts)
        above = _gelu(rows[point][:, sources] - shifts)
        rows[point] = np.minimum(np.concatenate([rows[point], above], axis=1), LIMIT).astype(np.float32)
    return encoder


def _slices(reach: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each copy its source channel and its shift; their number is a multiple of 4, as integer kernels like it."""
    pairs = []
    for channel in np.flatnonzero(reach > LEAST):
        pairs += [(channel, LIMIT * slice) for slice in range(1, math.ceil(1.25 * reach[channel] / LIMIT))]
    while pairs and len(pairs) % 4:
        channel = pairs[-1][0]
        pairs.append((channel, pairs[-1][1] + LIMIT))
    sources = np.array([channel for channel, _ in pairs], np.int64)
    return sources, np.array([shift for _, shift in pairs], np.float32)


def _add_channels(layer: Layer, sources: np.ndarray, shifts: np.ndarray):
    inner, output = layer.intermediate, layer.output
    inner.weight = np.concatenate([inner.weight, inner.weight[:, sources]], axis=1)
    inner.bias = np.concatenate([inner.bias, inner.bias[sources] - shifts])
    output.weight = np.concatenate([output.weight, output.weight[sources]])


def _gelu(values: np.ndarray) -> np.ndarray:
    return values * 0.5 * (1.0 + np.vectorize(math.erf, otypes=[np.float32])(values / math.sqrt(2.0)))
