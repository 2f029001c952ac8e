"""What the needs classifier heard reaches the summary, to be confirmed, never assumed."""

from __future__ import annotations

from tests.intake.play import at

RATS = {"domain": "housing", "own_words": "rats everywhere"}


def test_listened_need_is_offered_after_the_story() -> None:
    talk = at("story")
    talk.say("rats everywhere", needs=(RATS,))
    talk.say("that's all")
    assert "housing" in talk.text
    assert talk.ask == "needs"


def test_listened_need_keeps_the_words_it_was_heard_in() -> None:
    talk = at("story")
    talk.say("rats everywhere", needs=(RATS,))
    talk.say("that's all")
    talk.say("that's right")
    assert talk.value("needs") == [{**RATS, "source": "heard"}]


def test_listened_need_is_forgotten_where_consent_is_refused() -> None:
    talk = at("consent")
    talk.say("no", needs=(RATS,))
    assert talk.draft["listened"] == []


def test_listened_need_in_an_answer_to_another_question_is_no_need() -> None:
    talk = at("gp_practice")
    talk.say("the surgery by the flats", needs=(RATS,))
    assert talk.draft["listened"] == []
