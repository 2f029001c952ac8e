"""The classifier's part in the screen: what it may not do, and what happens when it fails."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.crisis.assessment import Flag, Level
from bot.crisis.classifier import Classifier
from bot.crisis.rules import Finding, Rules
from bot.crisis.screen import MODELS, Judge, Screen, View
from bot.crisis.utterance import Utterance
from bot.crisis.weighing import Thresholds, Weighing
from bot.language.identify import Identifier


class Broken(Judge):
    """A judge whose network cannot be run."""

    def __init__(self) -> None:
        self.weighing = Weighing({}, Thresholds(1, 1, 1), "broken")

    def view(self, messages: Sequence[str], findings: Sequence[Finding], *, asked: str | None) -> View:
        raise RuntimeError(messages[0])


@pytest.fixture(scope="module")
def broken() -> Screen:
    return Screen(Rules.load(), Broken(), Identifier.load())


def test_screen_keeps_what_the_rules_found_where_the_classifier_fails(broken: Screen) -> None:
    found = broken.assess(["i want to kill myself tonight"])
    assert (found.level, found.flag) == (Level.CRISIS_IMMINENT, Flag.RED)


def test_screen_calls_a_person_where_the_classifier_fails(broken: Screen) -> None:
    found = broken.assess(["hello"])
    assert (found.level, found.flag) == (Level.SCREEN_FAILED, Flag.AMBER)
    assert [reason.rule for reason in found.reasons] == ["screen_failed"]


def test_screen_logs_no_words_where_the_classifier_fails(broken: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    broken.assess(["a very private sentence"])
    written = capsys.readouterr()
    assert "classifier_failed" in written.out + written.err
    assert "private" not in written.out + written.err


def test_screen_explains_a_flag_with_a_score_and_the_model(screen: Screen) -> None:
    found = screen.assess(["she'd have more room without me in it, they all would"])
    assert found.flag is not Flag.NONE
    [why] = [reason for reason in found.reasons if reason.rule == "classifier"]
    assert 0 < why.score <= 1
    assert found.model.startswith("crisis-")


def test_classifier_reads_a_long_text_in_windows_to_its_end() -> None:
    classifier = Classifier.load(MODELS)
    long = Utterance(
        "", "the bus was late and i did the shopping " * 80 + "i have taken all my tablets and i want to die"
    )
    assert len(classifier.logits(long)) > 5
    assert len(classifier.logits(Utterance("", "hello"))) == 1


def test_screen_finds_one_sentence_in_a_wall_of_text(screen: Screen) -> None:
    wall = "the bus was late and i did the shopping and then the washing. " * 30
    assert screen.assess([wall]).flag is Flag.NONE
    assert screen.assess([wall + "i have taken all my tablets and i want to die. " + wall]).flag is Flag.RED
