"""The sentence encoder: text to a 384-number vector (all-MiniLM-L6-v2, run with onnxruntime).

The folder it loads is made by `bot.language.graph.build` at set-up: `model.onnx`, `tokenizer.json`, `checksums.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import tokenizers

DIMENSIONS = 384
MAX_TOKENS = 256  # what the model was trained with; the rest of a longer text is not read
BATCH = 32

Vectors = npt.NDArray[np.float32]


class EncoderError(RuntimeError):
    """The encoder's files are missing or are not the ones they should be."""


class Encoder:
    """English sentence encoder; one instance a process, safe to share between threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: tokenizers.Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Load from `folder`. Raises EncoderError where a file is missing or its SHA-256 is not the recorded one."""
        verify(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.enable_padding()
        return cls(session, tokenizer)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), 384), float32, each of length 1: mean over tokens, then L2 norm."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        # Texts of like length share a batch, so that short ones are not padded to the longest.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._encode_batch([texts[i] for i in rows])
        return vectors

    def _encode_batch(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        feeds = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
        }
        (vectors,) = self._session.run(["vector"], feeds)
        result: Vectors = vectors
        return result


def sha256(path: Path) -> str:
    """Hex digest of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def verify(folder: Path) -> None:
    """Raises EncoderError unless every file that `checksums.json` lists is there and is unchanged."""
    record = folder / "checksums.json"
    if not record.exists():
        raise EncoderError(f"the encoder is not built: {record.name} is missing (run 'make train')")
    for name, expected in json.loads(record.read_text()).items():
        path = folder / name
        if not path.exists() or sha256(path) != expected:
            raise EncoderError(f"the encoder's {name} is missing or damaged (run 'make train')")
