"""The document the SPA receives: valid, complete, and honest about what was not asked or not said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.intake import draft as drafts
from bot.intake import introduction
from tests.intake.play import NOW, NUMBER, REFERENCE, Conversation, at

SCHEMA = json.loads((Path(__file__).parents[2] / "spa" / "introduction.schema.json").read_text(encoding="utf-8"))
FLAG = {
    "level": "crisis_active",
    "at": "2026-11-23T02:01:00+00:00",
    "words": "I want to die",
    "reasons": [{"rule": "wish", "words": "want to die", "score": 1.0}],
}


def document(draft: drafts.Draft, *, channel: str = "web", **known: Any) -> dict[str, Any]:
    made = introduction.document(draft, reference=REFERENCE, channel=channel, started_at=NOW, submitted_at=NOW, **known)
    jsonschema.validate(made, SCHEMA, format_checker=jsonschema.FormatChecker())
    return made


def with_answers(**answers: Any) -> dict[str, Any]:
    draft = drafts.answer(drafts.empty(), "consent", True)
    for ask, value in answers.items():
        draft = drafts.answer(draft, ask, value)
    return draft


def test_an_empty_draft_makes_a_valid_document() -> None:
    made = document({})
    assert made["safety"] == {"asked": False}
    assert made["consent"]["share_with_alliance"] is False
    assert made["approved_by_resident"] is False


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_a_whole_conversation_makes_a_valid_document(channel: str) -> None:
    talk = at("check", channel=channel)
    talk.say("yes")
    made = document(talk.draft, channel=channel, address=talk.address)
    assert made["summary"] == talk.draft["approved"]
    assert made["safety"]["suicidal_thoughts"] == "none"
    assert made["needs"]
    assert made["goals"][0]["own_words"]


@pytest.mark.parametrize(
    "ask", [ask for ask in ("needs", "goals", "suicidal_thoughts", "full_name", "phone", "postcode", "access_needs")]
)
def test_a_conversation_handed_over_half_way_makes_a_valid_document(ask: str) -> None:
    document(at(ask).draft)


def test_absent_is_not_asked_and_null_is_declined() -> None:
    draft = drafts.answer(with_answers(full_name="Grace Mensah"), "nhs_number", None, status="declined")
    person = document(draft)["person"]
    assert person["nhs_number"] is None
    assert "gp_practice" not in person


@pytest.mark.parametrize(
    ("ask", "status"), [("suicidal_thoughts", "declined"), ("self_harm", "left"), ("safe_at_home", "unknown")]
)
def test_a_safety_question_not_answered_is_declined(ask: str, status: str) -> None:
    draft = drafts.answer(with_answers(), ask, None, status=status)
    assert document(draft)["safety"][ask] == "declined"


def test_a_flag_speaks_where_the_question_was_not_reached() -> None:
    made = document(with_answers(), flags=[FLAG])
    assert made["safety"]["suicidal_thoughts"] == "active"
    assert made["safety"]["asked"] is False
    assert made["flags"] == [FLAG]


def test_a_plan_said_in_answer_is_recorded() -> None:
    assert (
        document(with_answers(suicidal_thoughts="active", suicidal_plan=True))["safety"]["suicidal_thoughts"] == "plan"
    )


def test_a_denial_is_no_flag() -> None:
    assert document(with_answers(), flags=[{**FLAG, "level": "negated"}])["flags"] == []


def test_a_text_conversation_can_be_reached_where_it_came_from() -> None:
    draft = drafts.answer(with_answers(), "phone", None, status="declined")
    assert document(draft, channel="sms", address=NUMBER)["contact"]["phone"] == NUMBER


def test_the_number_of_who_texts_for_somebody_is_theirs() -> None:
    made = document(with_answers(about_whom="someone_i_know", relationship="friend"), channel="sms", address=NUMBER)
    assert made["introducer"] == {"relationship": "friend", "phone": NUMBER}
    assert made["contact"]["phone"] is None


def test_no_fixed_address_is_an_answer() -> None:
    person = document(with_answers(postcode={"no_fixed_address": True}))["person"]
    assert (person["postcode"], person["no_fixed_address"]) == (None, True)


def test_another_way_to_reach_somebody_is_told() -> None:
    made = document(with_answers(other_contact="key worker Dan"))
    assert made["access"]["notes"] == "Another way to reach them: key worker Dan"


def test_equality_answers_are_left_out_where_not_asked() -> None:
    assert "equality" not in document(with_answers())
    assert document(with_answers(ethnic_category="M"))["equality"] == {"ethnic_category": "M"}


def test_handed_over_to_a_person_before_the_end_of_the_story() -> None:
    talk = at("story")
    talk.say("I lost my job and can't pay the rent")
    made = document(talk.draft)
    assert made["story"]["own_words"] == ["I lost my job and can't pay the rent"]
    assert made["needs"]


def test_the_voicemail_rule_reaches_the_document() -> None:
    talk = Conversation(channel="sms", address=NUMBER)
    talk.play(until="contact_method")
    talk.say("text me, dont leave a voicemail")
    contact = document(talk.draft, channel="sms", address=NUMBER)["contact"]
    assert (contact["preferred"], contact["ok_to_leave_voicemail"]) == ("text", False)
