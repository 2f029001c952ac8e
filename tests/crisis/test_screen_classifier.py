"""The classifier's part in the screen: what it may not do, and what happens when it fails."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.crisis.assessment import Flag, Level
from bot.crisis.classifier import CLASSES, MOST_WINDOWS, Classifier, tokenizer_of, windows
from bot.crisis.rules import Finding, Rules
from bot.crisis.screen import MODELS, Judge, Screen, View
from bot.crisis.utterance import Questions, Utterance, utterance
from bot.crisis.weighing import Thresholds, Weighing
from bot.language.identify import Identifier


class Broken(Judge):
    """A judge whose network cannot be run."""

    def __init__(self) -> None:
        self.weighing = Weighing({}, Thresholds(1, 1, 1), "broken")

    def view(self, messages: Sequence[str], findings: Sequence[Finding], *, asked: str | None, known: int = 0) -> View:
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


class Counting(Judge):
    """A judge that remembers what it was to read, and finds nothing in it."""

    def __init__(self) -> None:
        self.weighing = Weighing({}, Thresholds(1, 1, 1), "counting")
        self.given: list[tuple[tuple[str, ...], int]] = []

    def view(self, messages: Sequence[str], findings: Sequence[Finding], *, asked: str | None, known: int = 0) -> View:
        self.given.append((tuple(messages), known))
        return View(0.0, 0.0, dict.fromkeys(CLASSES, 0.0))


@pytest.fixture
def counting() -> tuple[Screen, Counting]:
    judge = Counting()
    return Screen(Rules.load(), judge, Identifier.load()), judge


def test_screen_reads_across_questions_by_its_rules_alone(counting: tuple[Screen, Counting]) -> None:
    screen, judge = counting
    assert screen.across(["im going to kill", "myself"]).flag is Flag.RED
    assert screen.across(["Ada Bell", "3 May 1990"]).flag is Flag.NONE
    assert judge.given == []


def test_screen_does_not_read_our_own_choices(counting: tuple[Screen, Counting]) -> None:
    screen, judge = counting
    assert screen.assess(["I can't manage"], asked="impact").flag is Flag.NONE
    assert judge.given == []


def test_screen_keeps_the_gravest_rule_where_a_lesser_one_is_firm(screen: Screen) -> None:
    assert screen.assess(["I've taken all my tablets and I want to die"]).level is Level.CRISIS_IMMINENT


def test_screen_lets_a_rule_stand_in_few_words(counting: tuple[Screen, Counting]) -> None:
    screen, _ = counting
    assert screen.assess(["HELP"]).flag is Flag.AMBER


def test_screen_reads_a_wall_of_pictures_in_a_moment() -> None:
    words = list(
        windows(tokenizer_of(MODELS), utterance(["\U0001f614" * 20_000], asked=None, questions=Questions.load()))
    )
    assert len(words) == 1


def test_screen_reads_both_ends_of_the_longest_text() -> None:
    text = " ".join(f"word{n}" for n in range(20_000))
    read = list(windows(tokenizer_of(MODELS), utterance([text], asked=None, questions=Questions.load())))
    assert len(read) == MOST_WINDOWS
