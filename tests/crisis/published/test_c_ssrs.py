"""Statements like the C-SSRS's levels: all are seen by a person, from a method on one is paged, and an emergency number is always given."""

import pytest

from tests.crisis.published.publications import at_least, cases

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("conversation", "channel"), cases("c_ssrs"))
def test_every_level_is_put_before_a_person(had, conversation, channel):
    assert at_least(had(conversation, channel).turns[conversation.due - 1].flag, conversation.flag)


@pytest.mark.parametrize(("conversation", "channel"), cases("c_ssrs"))
def test_an_emergency_number_is_always_given(had, conversation, channel):
    assert "999" in had(conversation, channel).turns[conversation.due - 1].text


@pytest.mark.parametrize(("conversation", "channel"), cases("c_ssrs"))
def test_nobody_is_scored(had, conversation, channel):
    said = had(conversation, channel).text.lower()
    assert not [word for word in ("level", "score", "severity", "risk") if word in said]
