"""What the engine proposes is applied with the replies, in one transaction, or not at all."""

import pytest

from spa import documents
from spa.models import Introduction
from tests.gateway.documents import full_draft
from tests.gateway.played_engine import eventually


def turn(*effects, draft=None, ask=None, **reply):
    return lambda request: {
        "draft": full_draft() if draft is None else draft,
        "replies": [{"text": "Done.", **reply}],
        "effects": list(effects),
        "ask": ask,
    }


def introduction(town, page):
    found = town.rows(Introduction, Introduction.conversation_id == page.id)
    return found[0] if found else None


def test_submit_hands_over_a_valid_document_under_the_conversations_reference(town, page):
    reference = town.conversation(page.id).reference
    town.engine.script = turn({"type": "submit"}, kind="receipt", reference=reference)
    (receipt,) = page.say("yes, send it")
    found = introduction(town, page)
    assert receipt["reference"] == found.reference == reference
    assert documents.checked(found.document) and found.document["person"]["full_name"] == "Grace Example"
    assert town.conversation(page.id).state == "submitted"


def test_the_document_holds_the_flags_of_the_conversation(town, page):
    page.say("I am going to kill myself tonight")
    page.say("the weather is fine")
    town.engine.script = turn({"type": "submit"})
    page.say("yes, send it")
    (flag,) = introduction(town, page).document["flags"]
    assert flag["words"] == "I am going to kill myself tonight" and flag["reasons"]
    assert introduction(town, page).document["priority"]["code"] in (1, 4)


def test_submitting_twice_is_once(town, page):
    town.engine.script = turn({"type": "submit"})
    page.say("yes, send it")
    page.say("yes, send it")
    assert len(town.rows(Introduction, Introduction.conversation_id == page.id)) == 1


def test_update_changes_what_was_handed_over(town, page):
    town.engine.script = turn({"type": "submit"})
    page.say("yes, send it")
    changed = full_draft()
    changed["answers"]["full_name"]["value"] = "Grace Sample"
    town.engine.script = turn({"type": "update"}, draft=changed)
    page.say("my name is Grace Sample")
    assert introduction(town, page).document["person"]["full_name"] == "Grace Sample"


def test_withdraw_takes_it_back(town, page):
    town.engine.script = turn({"type": "submit"})
    page.say("yes, send it")
    town.engine.script = turn({"type": "withdraw"})
    page.say("take it back please")
    assert introduction(town, page).status == "withdrawn"


def test_what_was_handed_over_is_not_deleted(town, page):
    town.engine.script = turn({"type": "submit"})
    page.say("yes, send it")
    response = town.http.delete("/chat/sessions", headers=page.headers)
    assert response.status_code == 409 and "withdraw" in response.json()["detail"]


def test_end_closes_the_conversation_without_an_introduction(town, page):
    town.engine.script = turn({"type": "end", "reason": "no_consent"}, draft={})
    page.say("no thanks")
    assert town.conversation(page.id).state == "ended" and introduction(town, page) is None


def test_details_reach_the_open_escalation(town, page):
    page.say("I have taken all my tablets")
    town.engine.script = turn(
        {"type": "escalation_detail", "whereabouts": "12 Acre Lane", "phone": "+447700900123"}, draft={}
    )
    page.say("12 Acre Lane")
    escalation = town.escalations(page.id)[0]
    assert (escalation.whereabouts, escalation.phone) == ("12 Acre Lane", "+447700900123")


def test_asking_for_a_person_is_put_before_one_without_a_page(town, page):
    town.engine.script = turn({"type": "human", "words": "can somebody ring me"}, draft={})
    page.say("can somebody ring me")
    (escalation,) = town.escalations(page.id)
    assert (escalation.level, escalation.flag.value, escalation.words) == ("call_back", "amber", "can somebody ring me")
    assert not town.outbox(purpose="page", conversation=page.id)


def test_forget_blanks_everything_but_the_goodbye(town, page):
    page.say("my name is Grace Example")
    town.engine.script = turn({"type": "end", "reason": "stopped"}, {"type": "forget"}, draft={"state": "ended"})
    page.say("delete it all")
    assert town.conversation(page.id).state == "forgotten" and town.conversation(page.id).draft == {}
    assert [m.text for m in town.messages(page.id) if m.text] == ["Done."]


def test_a_phone_that_is_forgotten_still_hears_goodbye(town, phone):
    phone.text("hello there, I need help")
    (conversation,) = phone.conversations
    town.engine.script = turn({"type": "forget"}, draft={})
    phone.text("delete it all")
    eventually(lambda: "Done." in phone.replies)
    assert town.conversation(conversation.id).address is None
    assert not any(m.text for m in town.messages(conversation.id) if m.author == "resident")


@pytest.mark.parametrize(
    "effects",
    [
        [{"type": "submit"}, {"type": "no such effect"}],
        [{"type": "withdraw"}],
        [{"type": "update"}],
    ],
)
def test_an_effect_that_cannot_be_applied_undoes_its_whole_turn(town, page, effects):
    town.engine.script = turn(*effects)
    (reply,) = page.say("yes, send it")
    assert reply["text"] != "Done."
    assert introduction(town, page) is None
    assert town.conversation(page.id).state == "open" and town.conversation(page.id).draft == {}
    assert town.messages(page.id)[-2].state == "received"


def test_an_introduction_that_is_not_valid_is_never_said_to_be_sent(town, page):
    wrong = full_draft()
    wrong["answers"]["lambeth_link"]["value"] = "on the moon"
    town.engine.script = turn({"type": "submit"}, draft=wrong, kind="receipt", reference="LW-7K2F-9QX")
    replies = page.say("yes, send it")
    assert all(reply["kind"] != "receipt" for reply in replies) and introduction(town, page) is None
    eventually(lambda: town.escalations(page.id), seconds=10)


def test_a_turn_that_asks_nothing_after_a_card_leaves_the_cards_question_open(town, page):
    town.engine.script = lambda request: {"draft": {}, "replies": [], "effects": [], "ask": "full_name"}
    page.say("I have taken all my tablets")
    assert town.conversation(page.id).ask == "whereabouts"
    page.say("12 Acre Lane")
    assert town.engine.of(page.id)[-1]["ask"] == "whereabouts"
    assert town.conversation(page.id).ask == "full_name"


def test_a_question_that_the_card_has_just_put_is_not_put_twice(town, page):
    town.engine.script = lambda request: {
        "draft": {},
        "replies": [{"text": "Thank you."}, {"text": "How is it now?", "ask": "suicidal_thoughts"}],
        "effects": [],
        "ask": "suicidal_thoughts",
    }
    replies = page.say("I wish I would not wake up")
    assert [reply.get("ask") for reply in replies] == ["suicidal_thoughts", None]
    assert town.conversation(page.id).ask == "suicidal_thoughts"
