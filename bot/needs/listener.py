"""Listens to one message: its sentence vector, and the needs in it, each with the resident's own words."""

from __future__ import annotations

import re
from pathlib import Path

from bot.intake.parsing import needs
from bot.intake.parsing.cues import LONGEST_CLAUSE
from bot.language.encoder import Encoder
from bot.needs.classifier import Classifier
from bot.needs.heard import Heard

MOST_SENTENCES = 24
"""Sentences listened to one by one; the encoder reads no more than a page of the whole in any case."""
_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+")


class Listener:
    """Encoder and classifier; safe to share between threads."""

    def __init__(self, encoder: Encoder, classifier: Classifier) -> None:
        self._encoder, self._classifier = encoder, classifier

    @classmethod
    def load(cls, models: Path) -> Listener:
        """From the folder of models. Raises EncoderError, ClassifierError."""
        return cls(Encoder.load(models / "encoder"), Classifier.load(models / "needs"))

    def listen(self, text: str) -> Heard:
        """What is heard in the whole and in each of its sentences; the sentence in which a need is surest is its own words."""
        parts = [part.strip() for part in _SENTENCE_END.split(text) if part.strip()][:MOST_SENTENCES]
        texts = [text, *parts] if len(parts) > 1 else [text]
        vectors = self._encoder.encode(texts)
        scores = self._classifier.scores(texts, vectors)
        found = []
        for number, domain in enumerate(needs.DOMAINS):
            score = float(scores[:, number].max())
            if score >= self._classifier.threshold:
                surest = int(scores[-len(parts or texts) :, number].argmax())
                words = (parts or texts)[surest][:LONGEST_CLAUSE].strip()
                found.append((score, {"domain": domain, "own_words": words}))
        found.sort(key=lambda one: -one[0])
        return Heard(tuple(float(x) for x in vectors[0]), tuple(need for _, need in found))
