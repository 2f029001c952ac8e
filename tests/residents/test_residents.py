"""Simulated residents over the real wire contract and the real processes: each finishes, and every fact is in its field."""

import pytest

from tests.residents import personas
from tests.residents.conversing import play

pytestmark = pytest.mark.journey
PLAYED = [persona for persona in personas.load() if persona.quick]


@pytest.mark.parametrize("persona", PLAYED, ids=lambda persona: persona.name)
def test_residents_finish_with_every_fact_in_its_field(installation, twilio, persona):
    outcome = play(persona, installation, twilio, number=f"+447700900{500 + PLAYED.index(persona)}")
    assert outcome.finished, outcome.told()
    assert not outcome.wrong, outcome.told()


def test_residents_are_many_and_on_both_channels():
    everyone = personas.load()
    assert len(everyone) >= 60
    assert {persona.channel for persona in everyone} == {"web", "sms"}
