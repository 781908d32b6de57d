"""Writes the encoder as an ONNX graph, in float32 or with integer matrix products.

Inputs:  `input_ids` [texts, tokens] and `attention_mask` [texts, tokens], 1 for a token and 0 for padding at the end.
Output:  `last_hidden_state` [texts, tokens, hidden].
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .weights import Encoder, LayerNorm, Linear

OPSET = 24  # the first with padding lengths in Attention


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self):
        self.nodes = []
        self.constants = []
        self.counter = 0

    def constant(self, value: np.ndarray, name: str | None = None) -> str:
        name = name or self._fresh("constant")
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, operator: str, *inputs: str, output: str | None = None, **attributes) -> str:
        output = output or self._fresh(operator)
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def _fresh(self, stem: str) -> str:
        self.counter += 1
        return f"{stem}_{self.counter}"


class FloatProducts:
    """Matrix products in float32: the reference that the integer graph is calibrated against."""

    def prepare(self, graph: Graph, source: str, point: str) -> str:
        """The activation as the products want it, computed once for all that share it."""
        return graph.node("Identity", source, output=point)

    def product(self, graph: Graph, source: str, point: str, name: str, linear: Linear) -> str:
        result = graph.node("MatMul", source, graph.constant(linear.weight, f"{name}.weight"))
        return add_bias(graph, result, name, linear.bias)


def add_bias(graph: Graph, source: str, name: str, bias: np.ndarray | None) -> str:
    if bias is None:
        return source
    return graph.node("Add", source, graph.constant(bias.astype(np.float32), f"{name}.bias"))


def build(encoder: Encoder, products, extra_outputs: list[str] = ()) -> onnx.ModelProto:
    """The whole graph; `products` decides how matrix products are computed."""
    graph = Graph()
    lengths = graph.node(
        "ReduceSum", "attention_mask", graph.constant(np.array([1], np.int64)), keepdims=0, output="lengths"
    )
    state = _embeddings(graph, encoder)
    for number in range(len(encoder.layers)):
        state = _layer(graph, encoder, products, number, state, lengths)
    graph.node("Identity", state, output="last_hidden_state")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    return _model(graph, encoder, inputs, extra_outputs)


def build_upon(encoder: Encoder, products) -> onnx.ModelProto:
    """The layers alone, upon token vectors `states` [texts, tokens, hidden] of texts of `lengths` [texts] tokens."""
    graph = Graph()
    state = "states"
    for number in range(len(encoder.layers)):
        state = _layer(graph, encoder, products, number, state, "lengths")
    graph.node("Identity", state, output="last_hidden_state")
    inputs = [
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "tokens", encoder.hidden]),
        helper.make_tensor_value_info("lengths", TensorProto.INT64, ["texts"]),
    ]
    return _model(graph, encoder, inputs)


def layer_outputs(model: onnx.ModelProto) -> list[str]:
    """Names of the layers' results, the first layer first."""
    norms = [node.output[0] for node in model.graph.node if node.op_type == "LayerNormalization"]
    # One normalisation for the embeddings, then two a layer.
    return norms[2::2]


def _embeddings(graph: Graph, encoder: Encoder) -> str:
    rows = graph.node("Gather", graph.constant(encoder.word_vectors, "word_vectors"), "input_ids")
    scales = graph.node("Gather", graph.constant(encoder.word_scales, "word_scales"), "input_ids")
    words = graph.node("Mul", graph.node("Cast", rows, to=TensorProto.FLOAT), scales)
    tokens = graph.node("Shape", "input_ids", start=1, end=2)
    positions = graph.node(
        "Slice",
        graph.constant(encoder.positions, "positions"),
        graph.constant(np.array([0], np.int64)),
        tokens,
        graph.constant(np.array([0], np.int64)),
    )
    return _norm(graph, encoder, "embedding_norm", encoder.embedding_norm, graph.node("Add", words, positions))


def _layer(graph: Graph, encoder: Encoder, products, number: int, state: str, lengths: str) -> str:
    layer = encoder.layers[number]
    name = f"layer.{number}"

    def product(source: str, point: str, part: str, linear: Linear) -> str:
        return products.product(graph, source, f"{name}.{point}", f"{name}.{part}", linear)

    shared = products.prepare(graph, state, f"{name}.attention_input")
    context = graph.node(
        "Attention",
        product(shared, "attention_input", "query", layer.query),
        product(shared, "attention_input", "key", layer.key),
        product(shared, "attention_input", "value", layer.value),
        "", "", "", lengths,
        q_num_heads=encoder.heads,
        kv_num_heads=encoder.heads,
    )
    context = products.prepare(graph, context, f"{name}.context")
    attended = product(context, "context", "attention_output", layer.attention_output)
    state = _norm(graph, encoder, f"{name}.attention_norm", layer.attention_norm, graph.node("Add", attended, state))

    inner = products.prepare(graph, state, f"{name}.intermediate_input")
    inner = graph.node("Gelu", product(inner, "intermediate_input", "intermediate", layer.intermediate))
    inner = products.prepare(graph, inner, f"{name}.output_input")
    output = product(inner, "output_input", "output", layer.output)
    return _norm(graph, encoder, f"{name}.output_norm", layer.output_norm, graph.node("Add", output, state))


def _norm(graph: Graph, encoder: Encoder, name: str, norm: LayerNorm, source: str) -> str:
    scale = graph.constant(norm.scale.astype(np.float32), f"{name}.scale")
    shift = graph.constant(norm.shift.astype(np.float32), f"{name}.shift")
    return graph.node("LayerNormalization", source, scale, shift, axis=-1, epsilon=encoder.epsilon)


def _model(graph: Graph, encoder: Encoder, inputs: list, extra_outputs: list[str] = ()) -> onnx.ModelProto:
    outputs = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", encoder.hidden])]
    outputs += [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in extra_outputs]
    body = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
