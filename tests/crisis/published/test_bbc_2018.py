"""BBC 2018: the abuse of a child, purging and dangerous drug use are put before a person, and taken seriously."""

import pytest

from tests.crisis.published.publications import at_least, cases, load

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("conversation", "channel"), cases("bbc_2018"))
def test_it_is_flagged_for_a_person(had, conversation, channel):
    assert at_least(had(conversation, channel).last.flag, conversation.flag)


@pytest.mark.parametrize(("conversation", "channel"), cases("bbc_2018"))
def test_it_is_taken_seriously(had, unfit, open_now, conversation, channel):
    played = had(conversation, channel)
    assert not unfit(played.text, "disrespects", "minimises", "diagnoses", "ends")
    assert any(number in played.last.text for number in open_now)


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_staff_list_the_child_as_a_page_that_went_out(had, listed, channel):
    child = next(one for one in load("bbc_2018").conversations if one.id == "child-touched")
    (row,) = listed(had(child, channel).resident.id)
    assert (row["flag"], row["state"]) == ("red", "open")
    assert "paged" in {step["action"] for step in row["steps"]}
