"""Matrix products on integers for graph.build: uint8 activations with fixed scales, int8 weights."""

from dataclasses import dataclass

import numpy as np
from onnx import TensorProto

from .calibrate import POINTS
from .graph import Graph, add_bias
from .quantise import Activation, choose_activation, round_weight, token_importance
from .weights import Encoder, Linear


# Smoothing strengths and shares of the range to choose from; strength 0 saves a multiplication at run time. The attention's
# result was balanced before, the inner channels of the feed-forward layers were spread up to the end of the range.
CHOICES = {
    "attention_input": ((0.4, 0.6), (1.0, 0.85, 0.7, 0.55, 0.4)),
    "context": ((0.0,), (1.0, 0.85, 0.7, 0.55, 0.4)),
    "intermediate_input": ((0.4, 0.6), (1.0, 0.85, 0.7, 0.55, 0.4)),
    "output_input": ((0.0,), (1.0,)),
}


@dataclass
class IntegerLinear:
    """y = u8 @ weight * scale + bias."""

    weight: np.ndarray  # [inputs, outputs] int8
    scale: np.ndarray  # [outputs] float32, activation and weight together
    bias: np.ndarray | None


class IntegerProducts:
    """One quantisation for all products that share an input."""

    def __init__(self, activations: dict[str, Activation], linears: dict[str, IntegerLinear]):
        self.activations = activations
        self.linears = linears

    def prepare(self, graph: Graph, source: str, point: str) -> str:
        activation = self.activations[point]
        if activation.factor is not None:
            source = graph.node("Mul", source, graph.constant(activation.factor, f"{point}.factor"))
        return graph.node(
            "QuantizeLinear",
            source,
            graph.constant(np.float32(activation.scale), f"{point}.scale"),
            graph.constant(np.uint8(activation.zero_point), f"{point}.zero_point"),
        )

    def product(self, graph: Graph, source: str, point: str, name: str, linear: Linear) -> str:
        integer = self.linears[name]
        total = graph.node(
            "MatMulInteger",
            source,
            graph.constant(integer.weight, f"{name}.weight"),
            f"{point}.zero_point",
            graph.constant(np.int8(0), f"{name}.zero_point"),
        )
        # This order of nodes is what engines fuse into one operator.
        scale = graph.constant(integer.scale, f"{name}.scale")
        result = graph.node("Mul", graph.node("Cast", total, to=TensorProto.FLOAT), scale)
        return add_bias(graph, result, name, integer.bias)


def quantise(encoder: Encoder, rows: dict[str, np.ndarray]) -> IntegerProducts:
    """Chooses scales and rounds the weights of all layers."""
    activations, linears = {}, {}
    for number, layer in enumerate(encoder.layers):
        parts = {
            "attention_input": {"query": layer.query, "key": layer.key, "value": layer.value},
            "context": {"attention_output": layer.attention_output},
            "intermediate_input": {"intermediate": layer.intermediate},
            "output_input": {"output": layer.output},
        }
        for point in POINTS:
            name = f"layer.{number}.{point}"
            joined = np.concatenate([linear.weight for linear in parts[point].values()], axis=1)
            activation = choose_activation(rows[name], joined, *CHOICES[point])
            activations[name] = activation
            seen = activation.restore(rows[name])
            for part, linear in parts[point].items():
                linears[f"layer.{number}.{part}"] = _integer_linear(rows[name], seen, activation, linear)
    return IntegerProducts(activations, linears)


def _integer_linear(rows: np.ndarray, seen: np.ndarray, activation: Activation, linear: Linear) -> IntegerLinear:
    factor = activation.factor if activation.factor is not None else np.ones(rows.shape[1], np.float32)
    importance = token_importance(rows, linear.weight)[:, None]
    integers, scale = round_weight(seen * factor * importance, linear.weight / factor[:, None])
    bias = linear.bias
    if bias is not None:
        # What rounding changes on average goes back into the bias.
        result = (seen * factor) @ (integers * scale)
        bias = bias + (rows @ linear.weight - result).mean(axis=0)
    return IntegerLinear(integers, scale * np.float32(activation.scale), bias)
