"""The classifier: an utterance to a score for every level, from a sentence encoder adapted to this task.

The folder it loads is made by `bot.crisis.training` at set-up: `model.onnx`, `tokenizer.json`, `checksums.json`. It is an English model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import tokenizers

from bot.crisis.utterance import Utterance
from bot.language.encoder import verify

CLASSES = (
    "benign",
    "negated",
    "historical",
    "third_party",
    "third_party_now",
    "passive_low",
    "self_harm",
    "safeguarding",
    "harm_to_others",
    "crisis_active",
    "crisis_imminent",
)
"""What it tells apart: the levels of the labelled messages, and a third party whose life is at risk now."""
WINDOW = 112
"""Tokens of a text that are read at once; a longer text is read in windows that overlap by a third."""
STRIDE = 75
MOST_WINDOWS = 64
"""The first and the last halves of so many windows are read; what lies between, in a text of some 20,000 letters, the rules still read."""
QUESTION_TOKENS = 30
START, END = 0, 2  # MPNet's marks

Scores = npt.NDArray[np.float32]


class Classifier:
    """One instance a process, safe to share between threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: tokenizers.Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Raises bot.language.encoder.EncoderError where a file is missing or is not the recorded one."""
        verify(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        return cls(session, tokenizer_of(folder))

    def logits(self, said: Utterance) -> Scores:
        """Logits of shape (windows, len(CLASSES)), float32: one row for most texts, more for a long one."""
        rows = list(windows(self._tokenizer, said))
        # One at a time: the network's 8-bit steps are set by what is in a batch, and a text's scores must not hang on its neighbour's.
        return np.concatenate([self._run(row) for row in rows])

    def _run(self, row: Sequence[int]) -> Scores:
        ids = np.array([row], dtype=np.int64)
        (logits,) = self._session.run(["logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        result: Scores = logits
        return result


def tokenizer_of(folder: Path) -> tokenizers.Tokenizer:
    """MPNet's tokenizer as published, without its own truncation and padding."""
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows(tokenizer: tokenizers.Tokenizer, said: Utterance) -> Iterator[list[int]]:
    """Token ids of each window: start, question and two ends (where there is a question), text, end."""
    before = [START]
    if said.question:
        before += tokenizer.encode(said.question, add_special_tokens=False).ids[:QUESTION_TOKENS] + [END, END]
    text = tokenizer.encode(said.text, add_special_tokens=False).ids
    starts = range(0, max(len(text) - WINDOW, 0) + STRIDE, STRIDE) if len(text) > WINDOW else range(1)
    half = MOST_WINDOWS // 2
    for start in starts if len(starts) <= MOST_WINDOWS else (*starts[:half], *starts[-half:]):
        yield [*before, *text[start : start + WINDOW], END]
