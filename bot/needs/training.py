"""`python -m bot.needs.training models`: trains the needs classifier on `data/needs/stories.tsv`; the encoder must be built.

The threshold is the one with the best macro-F1 on stories that a fold was not trained on.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold

from bot.intake.parsing.needs import DOMAINS
from bot.language.encoder import Encoder
from bot.needs import stories
from bot.needs.classifier import Classifier, Numbers, features
from bot.needs.stories import Story

STRENGTH = 10.0
"""Inverse regularisation; chosen in cross-validation."""
FOLDS = 5
THRESHOLDS = np.arange(0.15, 0.6, 0.025)


def train(told: Sequence[Story], encoder: Encoder) -> tuple[Classifier, float]:
    """The classifier, and its macro-F1 in cross-validation."""
    texts = [story.text for story in told]
    known = features(texts, encoder.encode(texts))
    wanted = labels(told)
    unseen = np.zeros(wanted.shape)
    for learnt, left in KFold(FOLDS, shuffle=True, random_state=0).split(known):
        unseen[left] = _fitted(known[learnt], wanted[learnt], threshold=0.5).probabilities(known[left])
    by_threshold = [(float(f1_score(wanted, unseen >= one, average="macro")), float(one)) for one in THRESHOLDS]
    score, threshold = max(by_threshold)
    return _fitted(known, wanted, threshold=threshold), score


def labels(told: Sequence[Story]) -> Numbers:
    """1 where a story holds a need, shape (stories, 13)."""
    return np.array([[float(domain in story.needs) for domain in DOMAINS] for story in told])


def _fitted(known: Numbers, wanted: Numbers, *, threshold: float) -> Classifier:
    made = [
        LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(known, column) for column in wanted.T
    ]
    return Classifier(
        np.vstack([one.coef_ for one in made]), np.concatenate([one.intercept_ for one in made]), threshold
    )


def main(models: Path) -> None:
    """Train on the project's stories and keep the arrays."""
    classifier, score = train(stories.load(), Encoder.load(models / "encoder"))
    classifier.save(models / "needs")
    sys.stdout.write(f"needs: macro-F1 {score:.3f} in cross-validation, threshold {classifier.threshold:.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
