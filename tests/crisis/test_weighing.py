"""Rules and classifier weighed together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.crisis.assessment import Flag, Level
from bot.crisis.classifier import CLASSES
from bot.crisis.rules import Finding
from bot.crisis.screen import View, decide
from bot.crisis.weighing import Thresholds, Weighing, class_probabilities, features

THRESHOLDS = Thresholds(red=0.5, flag=0.3, historical=0.6)
FOUND = Finding(Level.CRISIS_ACTIVE, Flag.RED, rule="suicidal", words="suicidal")


def logits(**likely: float) -> np.ndarray:
    return np.array([likely.get(name, -5.0) for name in CLASSES], dtype=np.float32)


def view(red: float = 0.0, flag: float = 0.0, **likely: float) -> View:
    return View(red, flag, class_probabilities(logits(**likely)))


def test_features_are_the_classifiers_odds_and_what_the_rules_found() -> None:
    found = features(logits(crisis_active=3.0), [FOUND])
    assert found.keys() == {"red", "flag", "denied or past", "rules: red"}
    assert found["red"] > 0 > found["denied or past"]


def test_features_stay_within_bounds_for_a_certain_classifier() -> None:
    assert all(abs(value) < 10 for value in features(logits(benign=500.0), []).values())


def test_probabilities_count_only_features_with_a_weight() -> None:
    weighing = Weighing({"red": {"bias": -2.0, "rules:red": 2.0}}, THRESHOLDS, "v")
    assert weighing.probabilities({"rules:red": 1.0, "unheard of": 9.0})["red"] == pytest.approx(0.5)


def test_weighing_is_read_as_it_was_saved(tmp_path: Path) -> None:
    weighing = Weighing({"red": {"bias": -2.0}, "flag": {"bias": 1.5}}, THRESHOLDS, "v")
    weighing.save(tmp_path / "weighing.json")
    assert Weighing.load(tmp_path / "weighing.json") == weighing


@pytest.mark.parametrize(
    ("seen", "findings", "expected"),
    [
        (view(red=0.6, flag=0.9, crisis_active=2.0), (), (Level.CRISIS_ACTIVE, Flag.RED)),
        (view(red=0.6, flag=0.9, third_party_now=2.0), (), (Level.THIRD_PARTY, Flag.RED)),
        (view(red=0.6, flag=0.9, self_harm=2.0), (FOUND,), (Level.CRISIS_ACTIVE, Flag.RED)),
        (view(red=0.4, flag=0.4, passive_low=2.0), (FOUND,), (Level.CRISIS_ACTIVE, Flag.RED)),
        (view(red=0.4, flag=0.4, benign=2.0), (FOUND,), (Level.PASSIVE_LOW, Flag.AMBER)),
        (view(red=0.1, flag=0.4, third_party=2.0), (), (Level.THIRD_PARTY, Flag.AMBER)),
        (view(red=0.1, flag=0.2, historical=2.0), (), (Level.HISTORICAL, Flag.NONE)),
        (view(red=0.1, flag=0.2, negated=2.0), (), (Level.NEGATED, Flag.NONE)),
        (view(red=0.1, flag=0.2, benign=2.0), (), (Level.NONE, Flag.NONE)),
    ],
)
def test_decide_names_level_and_flag(seen: View, findings: tuple[Finding, ...], expected: tuple[Level, Flag]) -> None:
    assert decide(seen, findings, THRESHOLDS) == expected
