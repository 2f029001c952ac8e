"""After a flag, with the project's own dialogue behind the gateway: one kind word for "jk", one question at a time."""

import pytest

from bot.crisis.replies import Replies
from bot.directory import load as load_directory
from tests.gateway.played_engine import PlayedEngine, conversing, eventually
from tests.gateway.town import town as make_town

LONG_AGO = "I tried to kill myself ten years ago"
IMMINENT = "I have taken all my tablets"


@pytest.fixture(scope="module")
def replies():
    """The fixed texts."""
    return Replies.load(load_directory())


@pytest.fixture
def talking(town):
    """The gateway with the project's own dialogue behind it."""
    town.engine.script = conversing
    return town


def asked(messages):
    return [message["ask"] for message in messages if message.get("ask")]


@pytest.mark.parametrize("text", ["jk", "forget it", "lol only joking"])
def test_taking_it_back_gets_one_kind_word_and_the_open_question(talking, page, replies, text):
    page.say(IMMINENT)
    kind, *rest = page.say(text)
    assert kind["text"] == replies.retracted("web")["text"]
    assert asked(rest) == ["whereabouts"] and len(rest) == 1
    (escalation,) = talking.escalations(page.id)
    assert escalation.state == "open" and escalation.flag.value == "red"


def test_taking_it_back_by_text_is_one_text(talking, phone, replies):
    phone.text("hello there, I need help")
    phone.text(IMMINENT)
    eventually(lambda: len(phone.replies) == 2)
    phone.text("jk")
    eventually(lambda: len(phone.replies) == 4)
    assert phone.replies[2] == replies.retracted("sms")["text"]


def test_the_kind_word_comes_without_an_engine_too(bare_settings, screen, replies):
    engine = PlayedEngine(script=conversing, mode="failing")
    with make_town(bare_settings, screen, engine=engine) as town:
        page = town.page()
        page.say(IMMINENT)
        said = [message["text"] for message in page.say("jk")]
        assert said[0] == replies.retracted("web")["text"]
        engine.mode = "ok"
        eventually(lambda: town.messages(page.id)[-1].ask == "whereabouts", seconds=10)
        texts = [message.text for message in town.messages(page.id)]
        assert texts.count(replies.retracted("web")["text"]) == 1


def test_after_something_that_others_may_not_see_it_gives_nothing_away(talking, page, replies):
    page.say("my husband hits me and I am scared to go home")
    assert page.say("jk")[0]["text"] == replies.retracted("web", discreet=True)["text"]


def test_without_a_flag_it_is_an_answer_like_any_other(talking, page, replies):
    said = [message["text"] for message in page.say("jk")]
    assert replies.retracted("web")["text"] not in said


def test_the_past_before_consent_is_asked_about_and_nothing_else_is(talking, page):
    replies = page.say(LONG_AGO)
    assert asked(replies) == ["suicidal_thoughts"]
    assert talking.conversation(page.id).ask == "suicidal_thoughts"
    after = page.say(choice="none")
    assert asked(after) == ["consent"] and talking.conversation(page.id).ask == "consent"
    assert LONG_AGO in str(talking.conversation(page.id).draft)


def test_the_past_in_a_first_text_is_asked_about_and_nothing_else_is(talking, phone):
    phone.text(LONG_AGO)
    assert len(phone.replies) == 1 and "How is it now?" in phone.replies[0]
    phone.text("1")
    eventually(lambda: len(phone.replies) == 2)
    assert phone.conversations[0].ask == "consent" and phone.replies[-1].endswith("3 Tell me more")


def test_a_question_that_a_card_overtook_comes_after_it(town, page):
    """The card for a second message is out before the first one's turn is stored."""
    import threading

    go, second = threading.Event(), []

    def held(request):
        if not second:
            go.wait(5)
        return conversing(request)

    town.engine.script = held
    first = threading.Thread(target=page.say, args=("yes",))
    first.start()
    eventually(lambda: town.engine.of(page.id))
    late = threading.Thread(target=page.say, args=(IMMINENT,))
    late.start()
    eventually(lambda: any(m.kind == "crisis" for m in town.messages(page.id)))
    second.append(True)
    go.set()
    first.join()
    late.join()
    assert [m.ask for m in town.messages(page.id) if m.ask][1:] == ["whereabouts"]
    assert town.conversation(page.id).ask == "whereabouts"
    assert [request["ask"] for request in town.engine.of(page.id)] == ["consent", "about_whom"]
    page.say("12 Acre Lane, Brixton")
    assert town.escalations(page.id)[0].whereabouts == "12 Acre Lane, Brixton"
