"""Texts within seconds of each other are one message to the engine, and each is screened at once."""

import pytest

from tests.gateway.played_engine import PlayedEngine, eventually
from tests.gateway.town import settings
from tests.gateway.town import town as make_town


@pytest.fixture(scope="module")
def patient(tmp_path_factory, screen):
    """A gateway that waits two seconds for another text."""
    chosen = settings(tmp_path_factory.mktemp("patient"), texts_together_seconds=2.0)
    with make_town(chosen, screen, engine=PlayedEngine()) as made:
        yield made


@pytest.fixture
def phone(patient):
    """A phone in the middle of a conversation."""
    phone = patient.phone()
    phone.text("hello there, I need help with my flat")
    return phone


def requests(town, phone):
    return town.engine.of(phone.conversations[0].id)


def test_texts_within_seconds_are_one_message_and_one_reply(patient, phone):
    for text in ("the council", "has sent me", "a letter about it"):
        phone.text(text)
    eventually(lambda: len(phone.replies) == 2, seconds=15)
    (request,) = requests(patient, phone)
    assert request["text"] == "the council has sent me a letter about it"
    states = [m.state for m in patient.messages(phone.conversations[0].id) if m.author == "resident"]
    assert set(states) == {"done"}
    assert len(patient.assessments(phone.conversations[0].id)) == 4


def test_a_disclosure_among_them_is_not_waited_for(patient, phone):
    phone.text("its my landlord")
    phone.text("I am going to kill myself tonight")
    assert patient.escalations(phone.conversations[0].id)[0].flag.value == "red"
    assert any("999" in reply for reply in phone.replies[1:])
    eventually(lambda: len(requests(patient, phone)) == 2, seconds=15)
    assert [request["text"] for request in requests(patient, phone)][0] == "its my landlord"
