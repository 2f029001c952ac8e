"""Which of the thirteen needs a text tells of: one logistic regression a need, over the sentence vector and the cues heard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.intake.parsing import needs
from bot.language.encoder import Vectors

FILE = "needs.npz"
CUE_WEIGHT = 0.6
"""What a cue counts beside a vector of length 1; chosen in cross-validation."""

Numbers = npt.NDArray[np.float64]


class ClassifierError(RuntimeError):
    """The classifier's file is missing or is not one of this version."""


class Classifier:
    """Plain arrays: `weights` (13, 384 + 13), `intercepts` (13,), `threshold` from which a need is heard."""

    def __init__(self, weights: Numbers, intercepts: Numbers, threshold: float) -> None:
        self._weights, self._intercepts, self.threshold = weights, intercepts, threshold

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Load what training kept. Raises ClassifierError."""
        path = folder / FILE
        if not path.exists():
            raise ClassifierError(f"{FILE} is missing (run 'make train')")
        with np.load(path, allow_pickle=False) as arrays:
            if tuple(arrays["domains"]) != needs.DOMAINS:
                raise ClassifierError(f"{FILE} knows other needs (run 'make train')")
            return cls(arrays["weights"], arrays["intercepts"], float(arrays["threshold"]))

    def save(self, folder: Path) -> None:
        """Keep the arrays."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(
            folder / FILE,
            weights=self._weights,
            intercepts=self._intercepts,
            threshold=self.threshold,
            domains=np.array(needs.DOMAINS),
        )

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Numbers:
        """Probabilities, shape (texts, 13), in the order of DOMAINS."""
        return self.probabilities(features(texts, vectors))

    def probabilities(self, known: Numbers) -> Numbers:
        """The same from features that are there already."""
        found: Numbers = 1 / (1 + np.exp(-(known @ self._weights.T + self._intercepts)))
        return found


def features(texts: Sequence[str], vectors: Vectors) -> Numbers:
    """Vector and cues side by side, shape (texts, 384 + 13)."""
    heard = [{need["domain"] for need in needs.hear(text)} for text in texts]
    cues = np.array([[domain in domains for domain in needs.DOMAINS] for domains in heard], dtype=np.float64)
    return np.hstack([vectors.astype(np.float64), CUE_WEIGHT * cues.reshape(len(texts), len(needs.DOMAINS))])
