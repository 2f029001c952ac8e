"""An earlier answer that is tapped to be changed, at any time: its question is put again, and what it held stands until then."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from bot.intake.turn import CHANGES
from tests.intake.play import WEB, Conversation, at

TAPPED = "Change an earlier answer"
UNTOLD = ("check", "human_ok", "nothing_such", "")


def tap(talk: Conversation, ask: str) -> None:
    """The answer to this ask is tapped; the gateway gives the message its words."""
    talk.say(TAPPED, choice=f"{CHANGES}{ask}")


def test_a_tapped_answer_is_asked_for_again_and_the_way_goes_on_where_it_was() -> None:
    talk = at("email")
    tap(talk, "phone")
    assert talk.ask == "phone" and drafts.value(talk.draft, "phone") == "+447700900123"
    talk.say("07700 900124")
    assert talk.ask == "email" and drafts.value(talk.draft, "phone") == "+447700900124"


def test_every_answer_of_the_way_can_be_tapped() -> None:
    asked = at("check").draft["order"]
    assert len(asked) > 20
    for ask in asked:
        talk = at("check")
        tap(talk, ask)
        assert talk.ask == ask


def test_a_tapped_story_is_kept_and_more_can_be_told() -> None:
    talk = at("goals")
    told = drafts.value(talk.draft, "story")
    tap(talk, "story")
    talk.say("and the flat is damp")
    talk.say("that's all")
    assert drafts.value(talk.draft, "story") == [*told, "and the flat is damp"]
    assert talk.ask == "goals"


def test_a_tapped_consent_can_be_taken_back() -> None:
    talk = at("goals")
    tap(talk, "consent")
    talk.say("no")
    assert talk.draft["state"] == "ended" and talk.draft["ended"] == "no_consent"


@pytest.mark.parametrize("ask", UNTOLD)
def test_what_is_no_answer_leaves_the_open_question_open(ask: str) -> None:
    talk = at("goals")
    before = talk.answers
    tap(talk, ask)
    assert talk.ask == "goals" and talk.answers == before


def test_a_tapped_answer_of_what_was_sent_is_brought_up_to_date() -> None:
    talk = at("check")
    talk.say(WEB["check"])
    tap(talk, "phone")
    talk.say("07700 900124")
    assert drafts.value(talk.draft, "phone") == "+447700900124"
    assert talk.effects[-1] == {"type": "update"}
