"""What the classifier reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.crisis.datafile import RuleError
from bot.crisis.utterance import Questions, in_words, utterance
from bot.intake import questions as dialogue


@pytest.fixture(scope="module")
def questions() -> Questions:
    return Questions.load()


def test_questions_know_every_ask_of_the_dialogue(questions: Questions) -> None:
    asks = dialogue.load().asks
    assert [ask for ask in asks if ask not in questions] == []


def test_questions_take_words_as_they_are(questions: Questions) -> None:
    assert questions.words("How are the chickens?") == "How are the chickens?"
    assert questions.words(None) == ""


def test_questions_refuse_what_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "asked.yml"
    path.write_text("consent: yes\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"asked\.yml.*consent"):
        Questions.load(path)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("can't do this", "can't do this"),
        ("bye \N{SKULL}", "bye  skull "),
        ("zero\N{ZERO WIDTH SPACE}width", "zerowidth"),
        ("line\none", "line one"),
        ("não quero", "não quero"),
    ],
)
def test_in_words_shows_pictures_and_hides_what_is_not_seen(text: str, read: str) -> None:
    assert in_words(text) == read


def test_utterance_joins_texts_and_names_the_question(questions: Questions) -> None:
    said = utterance(["im going", "to bed"], asked="best_time", questions=questions)
    assert said.text == "im going . to bed"
    assert said.question == "when is a good time to call?"
