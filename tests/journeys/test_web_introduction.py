"""A full introduction over the wire contract, into the queue."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.journeys.answers import GRACE, GRACE_FACTS
from tests.journeys.web_chat import WebChat

pytestmark = pytest.mark.journey
SCHEMA = json.loads((Path(__file__).parents[2] / "spa" / "introduction.schema.json").read_text())


@pytest.fixture(scope="module")
def handed_over(installation):
    """Grace's conversation, from the first question to the receipt."""
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="check")
    web.say(choice="yes")
    return web


def document_of(installation, web):
    receipt = next(m for m in web.messages if m["kind"] == "receipt")
    shown = installation.command("queue", "show", receipt["reference"], "--json")
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


def test_web_introduction_is_valid_and_holds_every_fact(installation, handed_over):
    document = document_of(installation, handed_over)
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert {place: document[place[0]].get(place[1]) for place in GRACE_FACTS} == GRACE_FACTS


def test_web_introduction_keeps_the_story_in_the_residents_own_words(installation, handed_over):
    assert document_of(installation, handed_over)["story"]["own_words"] == GRACE["story"][:2]


def test_web_introduction_hears_housing_in_the_story(installation, handed_over):
    assert "housing" in {need["domain"] for need in document_of(installation, handed_over)["needs"]}


def test_web_introduction_keeps_the_summary_that_was_approved(installation, handed_over):
    summaries = [m["text"] for m in handed_over.messages if m["kind"] == "summary"]
    assert document_of(installation, handed_over)["summary"] in summaries[-1]


def test_web_introduction_stands_in_the_queue(installation, handed_over):
    receipt = next(m for m in handed_over.messages if m["kind"] == "receipt")
    listed = json.loads(installation.command("queue", "list", "--json").stdout)
    assert receipt["reference"] in {row["reference"] for row in listed}


def test_web_same_message_id_gives_the_same_answer_and_no_second_effect(web):
    first = web.post(choice="yes", message_id="0d5b3c8e-0000-4000-8000-000000000001")
    again = web.post(choice="yes", message_id="0d5b3c8e-0000-4000-8000-000000000001")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
