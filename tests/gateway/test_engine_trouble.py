"""The engine down, slow or failing: an honest reply once, the message kept, and processed in order when it is back."""

import threading
import time
import uuid

import pytest

from bot.directory import load as load_directory
from spa.models import Message
from tests.gateway.played_engine import PlayedEngine, eventually, heard
from tests.gateway.town import town as make_town
from tests.serving import serving


@pytest.fixture(scope="module")
def honest():
    """The text of the honest reply, by channel."""
    from bot.crisis.replies import Replies

    replies = Replies.load(load_directory())
    return {channel: replies.unavailable(channel)["text"] for channel in ("web", "sms")}


@pytest.fixture
def hasty(bare_settings, screen):
    """A gateway that gives its engine half a second."""
    chosen = bare_settings.model_copy(update={"engine_timeout": 0.5})
    with make_town(chosen, screen, engine=PlayedEngine()) as made:
        yield made


def texts(town, conversation, author):
    return [message.text for message in town.messages(conversation) if message.author == author]


def test_a_slow_engine_means_an_honest_reply_in_time_and_the_message_goes_through_later(hasty, honest):
    page = hasty.page()
    hasty.engine.mode, hasty.engine.seconds = "slow", 2.0
    begun = time.monotonic()
    (reply,) = page.say("I need help with my rent")
    assert reply["text"] == honest["web"] and time.monotonic() - begun < 1.9
    hasty.engine.mode = "ok"
    eventually(lambda: texts(hasty, page.id, "assistant")[-1] == "Heard 1.", seconds=10)
    assert texts(hasty, page.id, "assistant").count(honest["web"]) == 1


@pytest.mark.parametrize("mode", ["failing", "nonsense"])
def test_an_engine_in_trouble_means_an_honest_reply_and_the_message_goes_through_later(town, page, honest, mode):
    town.engine.mode = mode
    (reply,) = page.say("I need help with my rent")
    assert reply["text"] == honest["web"] and "999" in reply["text"]
    assert town.messages(page.id)[-2].state == "received"
    town.engine.mode = "ok"
    eventually(lambda: texts(town, page.id, "assistant")[-1] == "Heard 1.", seconds=10)
    assert texts(town, page.id, "assistant").count(honest["web"]) == 1


def test_an_engine_that_is_down_is_noticed_at_once_and_taken_up_when_it_comes(bare_settings, screen, honest):
    engine = PlayedEngine()
    with make_town(bare_settings, screen) as town:
        page, phone = town.page(), town.phone()
        phone.text("hello there, I need help")
        phone.text("my rent is late")
        phone.text("and the heating is off")
        assert page.say("first things")[-1]["text"] == honest["web"]
        second = page.say("second things")
        assert len(second) == 1 and second[0]["text"] != honest["web"]
        eventually(lambda: phone.replies.count(honest["sms"]) == 1)
        with serving(engine.app(), port=bare_settings.engine_port):
            eventually(lambda: "Heard 2." in texts(town, page.id, "assistant"), seconds=10)
            eventually(lambda: len(engine.of(phone.conversations[0].id)) == 2, seconds=10)
        assert [request["text"] for request in engine.of(page.id)] == ["first things", "second things"]
        assert [r["text"] for r in engine.of(phone.conversations[0].id)] == [
            "my rent is late",
            "and the heating is off",
        ]
        assert phone.replies.count(honest["sms"]) == 1
        assert texts(town, page.id, "assistant").count(honest["web"]) == 1


def test_a_disclosure_while_the_engine_is_down_gets_card_red_escalation_and_page(bare_settings, screen):
    with make_town(bare_settings, screen) as town:
        page, phone = town.page(), town.phone()
        replies = page.say("I am going to kill myself tonight")
        phone.text("I am going to kill myself tonight")
        assert replies[0]["kind"] == "crisis" and "999" in replies[0]["text"]
        assert "999" in phone.replies[0]
        for conversation in (page.id, phone.conversations[0].id):
            (escalation,) = town.escalations(conversation)
            assert escalation.flag.value == "red" and escalation.state == "open"
            assert len(town.outbox(purpose="page", conversation=conversation)) == 1


def test_where_somebody_is_reaches_crisis_outreach_without_the_engine(bare_settings, screen):
    with make_town(bare_settings, screen) as town:
        page = town.page()
        page.say("I have taken all my tablets")
        page.say("12 Acre Lane, the top flat")
        assert town.escalations(page.id)[0].whereabouts == "12 Acre Lane, the top flat"


def test_the_answer_to_a_card_keeps_its_question_through_an_outage(bare_settings, screen):
    engine = PlayedEngine()
    with make_town(bare_settings, screen) as town:
        page = town.page()
        page.say("I have taken all my tablets")
        page.say("12 Acre Lane")
        page.say("it is the top flat")
        with serving(engine.app(), port=bare_settings.engine_port):
            eventually(lambda: len(engine.of(page.id)) == 3, seconds=10)
        assert [request["ask"] for request in engine.of(page.id)] == ["consent", "whereabouts", "question_2"]


def test_a_message_that_waits_behind_a_slow_one_is_told_so_too(hasty, honest):
    town, page = hasty, hasty.page()
    town.engine.mode, town.engine.seconds = "slow", 0.4
    threads = [threading.Thread(target=page.post, args=(f"message {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    town.engine.mode = "ok"
    eventually(lambda: len(town.engine.of(page.id)) >= 4, seconds=10)
    eventually(lambda: texts(town, page.id, "assistant").count("Heard 4.") == 1, seconds=10)
    assert texts(town, page.id, "assistant").count(honest["web"]) <= 1


def test_a_message_that_the_engine_cannot_get_past_is_put_before_a_person(town, page):
    town.engine.mode = "failing"
    page.say("I need help with my rent")
    (escalation,) = eventually(lambda: town.escalations(page.id), seconds=10)
    assert (escalation.level, escalation.flag.value) == ("call_back", "amber")
    town.engine.mode = "ok"
    eventually(lambda: texts(town, page.id, "assistant")[-1] == "Heard 1.", seconds=10)


def test_one_conversation_in_trouble_does_not_hold_up_another(town, page):
    town.engine.script = lambda request: {} if request["conversation"] == page.id else heard(request)
    page.say("I need help with my rent")
    assert town.page().say("me too")[-1]["text"] == "Heard 1."


def test_what_was_received_before_a_crash_is_answered_after_the_restart(bare_settings, screen):
    from spa.database import Database

    database = Database(bare_settings.database)
    with make_town(bare_settings, screen, database=database) as town:
        page = town.page()
        key = str(uuid.uuid4())
        page.post("I need help with my rent", key=key)
    engine = PlayedEngine()
    with make_town(bare_settings, screen, engine=engine, database=database) as town:
        eventually(lambda: "Heard 1." in texts(town, page.id, "assistant"), seconds=10)
        page.town = town
        again = page.post("I need help with my rent", key=key).json()["messages"]
        assert [message["text"] for message in again][-1] == "Heard 1."
        assert len(engine.of(page.id)) == 1
        assert len([m for m in town.rows(Message, Message.id == key)]) == 1
    database.close()


def test_an_answer_that_was_lost_before_it_was_stored_is_not_given_twice(town, page, monkeypatch):
    """A crash between the engine's answer and our commit: the message goes again, under the same id."""
    from bot.gateway.inbox import Inbox

    settle, failures = Inbox.settle, []

    def dies_once(self, job, turn, *, now):
        if not failures:
            failures.append(job.seq)
            raise RuntimeError("the process died here")
        settle(self, job, turn, now=now)

    monkeypatch.setattr(Inbox, "settle", dies_once)
    page.say("I need help with my rent")
    eventually(lambda: "Heard 1." in texts(town, page.id, "assistant"), seconds=10)
    requests = town.engine.of(page.id)
    assert len(requests) == 2 and requests[0]["message"] == requests[1]["message"]
    assert requests[0] == requests[1]
    assert texts(town, page.id, "assistant").count("Heard 1.") == 1
