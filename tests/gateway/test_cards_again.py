"""More than one disclosure: no card comes twice in a row, and whoever did something is told to ring 999 whatever they say next."""

import pytest

from tests.gateway.documents import document_of
from tests.gateway.played_engine import conversing, eventually

ACTIVE = ["I want to kill myself", "I want to die", "I am going to kill myself", "I really want to die"]


@pytest.fixture
def talking(town):
    """The gateway with the project's own dialogue behind it."""
    town.engine.script = conversing
    return town


def cards(town, conversation_id):
    return [message.text for message in town.messages(conversation_id) if message.kind == "crisis"]


def repeats(texts):
    return [one for one, after in zip(texts, texts[1:], strict=False) if one == after]


@pytest.mark.parametrize(
    "said", [ACTIVE, ["I can't go on", "I am a burden", "I feel hopeless", "no point in anything"]]
)
def test_no_card_comes_twice_in_a_row_on_the_web(talking, page, said):
    for text in said:
        page.say(text)
    shown = cards(talking, page.id)
    assert len(shown) == len(said) and not repeats(shown)
    assert all("999" in text for text in shown)


def test_no_card_comes_twice_in_a_row_by_text(talking, phone):
    for number, text in enumerate(ACTIVE, start=1):
        phone.text(text)
        eventually(lambda number=number: len(cards(talking, phone.conversations[0].id)) == number)
    shown = cards(talking, phone.conversations[0].id)
    assert not repeats(shown) and all("999" in text for text in shown)


def test_a_cry_for_help_after_an_act_is_answered_with_999_first(talking, page):
    page.say("I have taken all my tablets")
    card, *rest = page.say("please help me")
    assert card["kind"] == "crisis" and card["text"].startswith("Please call 999 now")
    assert [message["ask"] for message in rest if message.get("ask")] == ["whereabouts"]


def test_hours_after_an_act_its_card_does_not_come_for_every_low_word(talking, phone):
    phone.text("I have taken all my tablets")
    talking.clock.forward(hours=13)
    phone.text("I feel hopeless")
    eventually(lambda: len(cards(talking, phone.conversations[0].id)) == 2)
    assert "Please call 999 now" not in cards(talking, phone.conversations[0].id)[-1]


def test_a_flag_after_handing_over_is_in_the_introduction_without_an_engine(talking, page):
    from spa import introductions
    from spa.models import Conversation

    with talking.database.session() as session:
        found = session.get_one(Conversation, page.id)
        introductions.submit(session, found, document=document_of(found), now=talking.clock())
    talking.engine.mode = "failing"
    page.say("I want to kill myself")
    with talking.database.reading() as session:
        document = introductions.of_conversation(session, session.get_one(Conversation, page.id)).document
    assert [(flag["level"], flag["words"]) for flag in document["flags"]] == [
        ("crisis_active", "I want to kill myself")
    ]


@pytest.mark.parametrize("answer", [{"choice": "plan"}, {"text": "yes and I have a plan"}])
def test_who_says_that_there_is_a_plan_is_not_asked_if_there_is_one(talking, page, answer):
    page.say("I can't go on")
    card, *rest = page.say(**answer)
    assert card["kind"] == "crisis" and "ask" not in card and "Do you have a plan" not in card["text"]
    assert [message["ask"] for message in rest if message.get("ask")] == ["whereabouts"]


def test_a_plan_for_tonight_still_gets_the_question_where(talking, page):
    page.say("I can't go on")
    replies = page.say("yes, I am going to do it tonight, I have the pills here")
    assert "999" in replies[0]["text"] and replies[0]["ask"] == "whereabouts"
    assert len([message for message in replies if message.get("ask")]) == 1
