"""Chooses integer weights and fixed activation scales that keep each product close to its float32 result.

Activations: one fixed scale and zero point for each product's input (uint8), so that a text's vector does not depend on
its neighbours in a batch. Channels that reach far are first divided by a factor that the weights take back (SmoothQuant,
Xiao et al. 2023). Weights: int8, one scale for each output, rounded one input at a time with the error passed on to the
inputs not yet rounded (GPTQ, Frantar et al. 2023).
"""

from dataclasses import dataclass

import numpy as np

WEIGHT_LIMIT = 127
# Tokens that ranges are chosen on.
CHOICE_TOKENS = 2000
# Strength for the attention's result, whose factor costs nothing.
CONTEXT_SMOOTHING = 0.5
DAMPING = 0.01
BLOCK = 64


@dataclass
class Activation:
    """u8 = round(x * factor / scale) + zero_point; factor [channels] or None where 1."""

    factor: np.ndarray | None
    scale: float
    zero_point: int

    def quantise(self, rows: np.ndarray) -> np.ndarray:
        """The integers, zero point taken off, as float32."""
        scaled = rows if self.factor is None else rows * self.factor
        return np.clip(np.rint(scaled / self.scale), -self.zero_point, 255 - self.zero_point).astype(np.float32)

    def restore(self, rows: np.ndarray) -> np.ndarray:
        """What the integers stand for."""
        restored = self.quantise(rows) * np.float32(self.scale)
        return restored if self.factor is None else restored / self.factor


def choose_activation(rows: np.ndarray, weight: np.ndarray, smoothing: tuple[float, ...], clipping: tuple[float, ...]) -> Activation:
    """The factor and range with the least squared error of rows @ weight, relative to each token's result.

    Relative, because the normalisation that follows takes a token's length out: a few tokens with huge activations must not
    decide the range for all others.
    """
    rows = rows[:: max(1, len(rows) // CHOICE_TOKENS)]
    gram = weight @ weight.T
    importance = token_importance(rows, weight)[:, None]
    best, least = None, np.inf
    for strength in smoothing:
        factor = smoothing_factor(rows, weight, strength)
        for clip in clipping:
            candidate = _activation(rows, factor, clip)
            error = (candidate.restore(rows) - rows) * importance
            loss = float(((error.T @ error) * gram).sum())
            if loss < least:
                best, least = candidate, loss
    return best


def token_importance(rows: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """One over the length of each token's result, [tokens]."""
    lengths = np.linalg.norm(rows @ weight, axis=1)
    return 1.0 / np.maximum(lengths, 0.1 * lengths.mean())


def smoothing_factor(rows: np.ndarray, weight: np.ndarray, strength: float) -> np.ndarray | None:
    """Divides each channel by reach(x)^strength / reach(w)^(1 - strength), scaled to a geometric mean of 1."""
    if strength == 0.0:
        return None
    reach = np.maximum(np.abs(rows).max(axis=0), 1e-5)
    weights = np.maximum(np.abs(weight).max(axis=1), 1e-5)
    divisor = reach**strength / weights ** (1.0 - strength)
    return (np.exp(np.log(divisor).mean()) / divisor).astype(np.float32)


def _activation(rows: np.ndarray, factor: np.ndarray | None, clip: float) -> Activation:
    scaled = rows if factor is None else rows * factor
    low, high = min(0.0, float(scaled.min()) * clip), max(0.0, float(scaled.max()) * clip)
    # The side that reaches less far keeps its full range.
    if -low < high:
        low = max(float(scaled.min()), -high)
    else:
        high = min(float(scaled.max()), -low)
    scale = (high - low) / 255.0
    return Activation(factor, scale, int(np.clip(round(-low / scale), 0, 255)))


def round_weight(rows: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """GPTQ: int8 weight [inputs, outputs] and scale [outputs] for inputs like `rows`."""
    scale = _column_scales(weight)
    hessian = (rows.T @ rows).astype(np.float64)
    hessian[np.diag_indices_from(hessian)] += DAMPING * np.diag(hessian).mean()
    order = np.argsort(-np.diag(hessian))
    upper = np.linalg.cholesky(np.linalg.inv(hessian[np.ix_(order, order)])).T
    rest = weight[order].astype(np.float64)
    integers = np.zeros_like(rest)
    for start in range(0, len(rest), BLOCK):
        end = min(start + BLOCK, len(rest))
        errors = np.zeros((end - start, rest.shape[1]))
        for row in range(start, end):
            integers[row] = np.clip(np.rint(rest[row] / scale), -WEIGHT_LIMIT, WEIGHT_LIMIT)
            error = (rest[row] - integers[row] * scale) / upper[row, row]
            rest[row:end] -= np.outer(upper[row, row:end], error)
            errors[row - start] = error
        rest[end:] -= upper[start:end, end:].T @ errors
    result = np.zeros(weight.shape, np.int8)
    result[order] = integers.astype(np.int8)
    return result, scale.astype(np.float32)


def _column_scales(weight: np.ndarray) -> np.ndarray:
    """For each output the scale with the least squared rounding error."""
    reach = np.maximum(np.abs(weight).max(axis=0), 1e-8)
    best, least = reach / WEIGHT_LIMIT, np.full(weight.shape[1], np.inf)
    for clip in np.linspace(1.0, 0.6, 17):
        scale = reach * clip / WEIGHT_LIMIT
        rounded = np.clip(np.rint(weight / scale), -WEIGHT_LIMIT, WEIGHT_LIMIT) * scale
        loss = ((rounded - weight) ** 2).sum(axis=0)
        best = np.where(loss < least, scale, best)
        least = np.minimum(loss, least)
    return best
