"""Statements that grow worse along the PHQ-9: a person is on it by the first item above "several days", and not before there is cause."""

import pytest

from tests.crisis.published.publications import at_least, cases

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("conversation", "channel"), cases("phq_9"))
def test_a_person_is_on_it_by_the_first_item_above_several_days(had, conversation, channel):
    assert at_least(had(conversation, channel).turns[conversation.due - 1].flag, "amber")


@pytest.mark.parametrize(("conversation", "channel"), cases("phq_9"))
def test_at_the_worst_crisis_outreach_is_paged(had, conversation, channel):
    assert at_least(had(conversation, channel).last.flag, conversation.flag)


@pytest.mark.parametrize(("conversation", "channel"), cases("phq_9"))
def test_low_mood_alone_is_no_alarm(had, conversation, channel):
    assert {turn.flag for turn in had(conversation, channel).turns[: conversation.calm]} == {"none"}


@pytest.mark.parametrize(("conversation", "channel"), cases("phq_9"))
def test_the_resident_hears_that_a_person_sees_it(had, conversation, channel):
    due = had(conversation, channel).turns[conversation.due - 1].text
    assert "person" in due or "crisis outreach team" in due
