"""Weighs what the rules found and what the classifier says into two probabilities: that a message must page, and that it must be seen.

A logistic regression on a few named features. How much the rules count beside the classifier was learnt on messages of authors that
neither was made from (bot.crisis.training).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.crisis.assessment import Flag, Level
from bot.crisis.classifier import CLASSES, Scores

RED_CLASSES = CLASSES[CLASSES.index("self_harm") :] + ("third_party_now",)
FLAG_CLASSES = CLASSES[CLASSES.index("third_party") :]


class Found(Protocol):
    """What a rule found (bot.crisis.screen.Finding)."""

    @property
    def level(self) -> Level: ...
    @property
    def flag(self) -> Flag: ...
    @property
    def rule(self) -> str: ...


@dataclass(frozen=True)
class Thresholds:
    """From these probabilities on a message is RED (`red`), is flagged (`flag`), is kept as history (`historical`, a class probability)."""

    red: float
    flag: float
    historical: float


@dataclass(frozen=True)
class Weighing:
    """Weights by target and feature, with the bias under "bias"; a feature without a weight counts nothing."""

    weights: Mapping[str, Mapping[str, float]]
    thresholds: Thresholds
    version: str

    @classmethod
    def load(cls, path: Path) -> Weighing:
        """Raises OSError or ValueError where the file is missing or not as `save` wrote it."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["weights"], Thresholds(**data["thresholds"]), data["version"])

    def save(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def probabilities(self, found: Mapping[str, float]) -> Mapping[str, float]:
        """Of each target, 0 to 1."""
        return {target: _logistic(weights, found) for target, weights in self.weights.items()}


def _logistic(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-total)) if total > -700 else 0.0


def features(logits: Scores, findings: Sequence[Found]) -> dict[str, float]:
    """The named features of one window's logits (len(CLASSES)) and of the rules' findings, the most serious first."""
    likely = class_probabilities(logits)
    found = {
        "red": log_odds(sum(likely[name] for name in RED_CLASSES)),
        "flag": log_odds(sum(likely[name] for name in FLAG_CLASSES)),
        "denied or past": log_odds(likely["negated"] + likely["historical"]),
    }
    return found | ({f"rules: {findings[0].flag.value}": 1.0} if findings else {})


def log_odds(probability: float) -> float:
    """Of a probability, kept within what a logit can tell apart."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def class_probabilities(logits: Scores) -> Mapping[str, float]:
    """The classifier's own view, by class."""
    shifted = np.exp(logits.astype(np.float64) - float(logits.max()))
    return dict(zip(CLASSES, map(float, shifted / shifted.sum()), strict=True))
