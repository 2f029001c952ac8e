"""Processes are killed in the middle of conversations: nothing is lost, nothing is doubled, help is still given."""

import json

import pytest

from tests.journeys.answers import GRACE
from tests.journeys.installation import eventually
from tests.journeys.web_chat import WebChat

pytestmark = pytest.mark.journey


@pytest.fixture
def at_the_name_question(installation):
    """A resident who is asked for their name. Everything runs again when the test ends."""
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="full_name")
    yield web
    installation.wait_ready()


def test_engine_killed_while_a_disclosure_arrives_still_gives_the_card(installation, at_the_name_question):
    web = at_the_name_question
    open_before = len(json.loads(installation.command("escalations", "list", "--json").stdout))
    installation.kill("engine")
    replies = web.say("I have the rope and I am going to hang myself")
    assert replies[0]["kind"] == "crisis"
    assert len(json.loads(installation.command("escalations", "list", "--json").stdout)) == open_before + 1


def test_engine_killed_keeps_the_message_and_answers_it_when_it_is_back(installation, at_the_name_question):
    web = at_the_name_question
    installation.kill("engine")
    replies = web.say("Grace Okafor-Reid")
    assert "116 123" in replies[0]["text"], "an honest reply with the lines"
    installation.wait_ready()
    eventually(
        lambda: installation.ask_of(message_id=web.messages[0]["id"]) == "preferred_name",
        what="the kept message's answer",
    )


def test_actions_killed_in_mid_conversation_goes_on_at_the_same_question(installation, at_the_name_question):
    web = at_the_name_question
    installation.kill("actions")
    web.say("Grace Okafor-Reid")
    eventually(
        lambda: installation.ask_of(message_id=web.messages[0]["id"]) == "preferred_name",
        seconds=40,
        what="the kept message's answer",
    )


@pytest.mark.timeout(240)
def test_every_process_killed_goes_on_at_the_same_question(installation, at_the_name_question):
    web = at_the_name_question
    for name in ("engine", "actions", "gateway", "console", "worker"):
        installation.kill(name)
    installation.wait_ready()
    replies = web.say("Grace Okafor-Reid")
    assert [m["ask"] for m in replies if m.get("ask")] == ["preferred_name"]
