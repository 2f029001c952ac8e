"""Collects the nodes of an ONNX graph, with the parts that transformer networks share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

OPSET = 20

Array = npt.NDArray[np.float32]


class Graph:
    """Every method adds nodes and returns the name of its result. `weights` are looked up by their published names."""

    def __init__(self, weights: Mapping[str, Array], *, epsilon: float) -> None:
        self.weights = weights
        self.epsilon = epsilon  # of the layer norm
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, TensorProto] = {}
        self.count = 0

    def add(self, operation: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """One node."""
        self.count += 1
        output = name or f"{operation}_{self.count}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """A constant; the same name again is the same constant."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(value.copy(order="C"), name)
        return name

    def weight(self, name: str) -> str:
        """A published weight as it is."""
        return self.constant(name, self.weights[name])

    def linear(self, x: str, name: str) -> str:
        """x · Wᵀ + b."""
        kernel = self.constant(f"{name}.kernel", self.weights[f"{name}.weight"].T)
        return self.add("Add", self.add("MatMul", x, kernel), self.weight(f"{name}.bias"))

    def layer_norm(self, x: str, name: str) -> str:
        """Layer norm over the last axis."""
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=self.epsilon)

    def feed_forward(self, x: str, layer: str) -> str:
        """BERT's two linear layers with GELU between them, added to the input and normalised."""
        inner = self.add("Gelu", self.linear(x, f"{layer}.intermediate.dense"))
        out = self.linear(inner, f"{layer}.output.dense")
        return self.layer_norm(self.add("Add", out, x), f"{layer}.output.LayerNorm")

    def heads(self, x: str, name: str, *, heads: int, width: int, order: Sequence[int]) -> str:
        """A linear layer whose output is split into attention heads of `width`, transposed to `order`."""
        split = self.constant("split_heads", np.array([0, 0, heads, width]))
        return self.add("Transpose", self.add("Reshape", self.linear(x, name), split), perm=list(order))

    def join(self, x: str, *, width: int) -> str:
        """Attention heads (batch, heads, tokens, …) put together again: (batch, tokens, width)."""
        joined = self.constant("join_heads", np.array([0, 0, width]))
        return self.add("Reshape", self.add("Transpose", x, perm=[0, 2, 1, 3]), joined)

    def attention_mask(self) -> tuple[str, str]:
        """The mask as 0/1 of shape (batch, tokens, 1), and as an addend of the scores (batch, 1, 1, tokens)."""
        ones = self.add("Cast", "attention_mask", to=TensorProto.FLOAT)
        keep = self.add("Unsqueeze", ones, self.constant("last", np.array([2])))
        wide = self.add("Unsqueeze", ones, self.constant("middle", np.array([1, 2])))
        hidden = self.add("Sub", self.constant("all", np.array(1, dtype=np.float32)), wide)
        return keep, self.add("Mul", hidden, self.constant("minus", np.array(-1e9, dtype=np.float32)))

    def total(self, x: str) -> str:
        """The sum over the tokens, of shape (batch, width)."""
        return self.add("ReduceSum", x, self.constant("tokens_axis", np.array([1])), keepdims=0)

    def model(self, name: str, *, output: str, width: int) -> ModelProto:
        """The checked graph: `input_ids` and `attention_mask` (batch, tokens) to `output` (batch, width)."""
        shape = ["batch", "tokens"]
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", width])],
            list(self.constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        checker.check_model(model)
        return model
