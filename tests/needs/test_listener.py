"""The trained listener on the project's own models."""

from pathlib import Path

import numpy as np
import pytest

from bot.intake.parsing.needs import DOMAINS
from bot.needs import stories
from bot.needs.classifier import Classifier, ClassifierError
from bot.needs.listener import Listener

MODELS = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture(scope="module")
def listener():
    return Listener.load(MODELS)


def test_listener_hears_a_need_that_no_cue_names(listener):
    assert [need["domain"] for need in listener.listen("rats in the kitchen and the roof lets the rain in").needs] == [
        "housing"
    ]


def test_listener_quotes_the_sentence_a_need_was_heard_in(listener):
    heard = listener.listen("I moved here in May. My mum has dementia and I do everything for her.")
    assert {"domain": "caring", "own_words": "My mum has dementia and I do everything for her."} in heard.needs


def test_listener_hears_nothing_in_a_greeting(listener):
    assert listener.listen("hello there").needs == ()


def test_listener_gives_the_vector_of_the_message(listener):
    vector = listener.listen("I lost my job").vector
    assert len(vector) == 384
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)


def test_listener_hears_most_needs_in_stories_it_was_not_trained_on(listener):
    """The figures are bench/needs.py's; this holds what was reached."""
    told = stories.load(stories.UNSEEN)
    heard = [{need["domain"] for need in listener.listen(story.text).needs} for story in told]
    found = sum(len(one & story.needs) for one, story in zip(heard, told, strict=True))
    assert found >= 0.7 * sum(len(story.needs) for story in told)


def test_classifier_keeps_what_it_learnt(tmp_path):
    weights = np.arange(13.0 * 397).reshape(13, 397)
    Classifier(weights, np.ones(13), 0.3).save(tmp_path)
    vectors = np.zeros((1, 384), dtype=np.float32)
    assert Classifier.load(tmp_path).scores(["hello"], vectors).shape == (1, len(DOMAINS))


def test_classifier_that_is_missing_names_its_file(tmp_path):
    with pytest.raises(ClassifierError, match="needs.npz"):
        Classifier.load(tmp_path)
