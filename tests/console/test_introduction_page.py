"""One introduction on one screen: nothing important missing, nothing misread, nothing run."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from spa import conversations, introductions, messages, outbox
from spa.models import AuditEntry, Conversation
from tests.console import factories
from tests.console.driver import text_of
from tests.console.factories import NOW


def page_of(browser, database, **changes):
    """The page's text of one introduction with these changes."""
    with database.session() as session:
        reference = factories.introduction(session, **changes).reference
    return browser.text(f"/introductions/{reference}")


def test_page_says_who_what_how_urgent_and_how_to_reach_them(amina, database):
    page = page_of(amina, database, channel="sms", priority={"code": 4, "why": ["Plan told in the chat"]})
    for words in (
        "Grace Mensah", "Gracie", "3 April 1991 (35 years old)", "943 476 5919", "Very urgent", "Respond within 4 hours",
        "Plan told in the chat", "07700 900123", "after 5pm", "You got an eviction letter", "eviction letter",
        "heard in their words", "To stay in my flat", "Control (own choices)", "My sister helps", "Said no", "SW9 8HQ",
        "Handed over to the SPA", "by text message",
    ):  # fmt: skip
        assert words in page, words


def test_page_tells_not_asked_from_not_given(amina, database):
    page = page_of(amina, database, support={"current": None})
    assert "Help now Not given" in page
    assert "Medicines Not asked" in page


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"contact": {"ok_to_leave_voicemail": False}}, "DO NOT leave a voicemail"),
        ({"contact": {"ok_to_text": False}}, "DO NOT text"),
        ({"safety": {"safe_at_home": "no"}}, "Safe to reply? Check first"),
        ({"introducer": {"relationship": "friend", "person_knows": False}}, "DO NOT contact the person yet"),
        ({"consent": {"share_with_alliance": False}}, "DO NOT share outside the SPA"),
        ({"access": {"interpreter": True, "language": "so"}}, "Book an interpreter: Somali"),
    ],
)
def test_page_shows_contact_rules_before_the_summary(amina, database, changes, rule):
    page = page_of(amina, database, **changes)
    assert page.index("How to reach them safely") < page.index(rule) < page.index("Summary")


def test_page_marks_matched_words_in_the_message_and_says_why(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        message, _ = messages.receive(session, conversation, key="w", text="Some days I don’t want to wake up", now=NOW)
        reasons = (Reason("passive.not_wake", "don't want to wake up"), Reason("classifier", "", 0.71))
        seen = Assessment(Level.PASSIVE_LOW, Flag.AMBER, reasons)
        messages.record_assessment(session, message, seen, asked="story", now=NOW)
    answer = amina.get(f"/introductions/{introduction.reference}")
    assert "<mark class='fd-match'>don’t want to wake up</mark>" in answer.text
    page = text_of(answer)
    assert "Amber: Hopeless or unclear" in page
    assert "reads like crisis messages (71 out of 100)" in page


def test_page_shows_the_flags_of_the_document(amina, database):
    reasons = [{"rule": "selfharm.cut", "words": "cut myself", "score": 1.0}]
    flag = {
        "level": "self_harm",
        "at": NOW.isoformat(),
        "words": "i cut myself again",
        "reasons": reasons,
        "retracted": True,
    }
    page = page_of(amina, database, flags=[flag])
    assert "Hurting themselves" in page
    assert "they later took it back" in page
    assert "i cut myself again" in page


def test_page_without_a_flag_does_not_say_low_risk(amina, database):
    assert "No flag raised by the automated check. That is not a sign of low risk: ask." in page_of(amina, database)


def test_page_says_that_a_message_was_not_checked(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        messages.receive(session, conversation, key="u", text="are you there", media=2, now=NOW)
    page = amina.text(f"/introductions/{introduction.reference}")
    assert "2 pictures or files not kept. Not read by the crisis check" in page


def test_page_shows_the_label_of_a_tapped_choice(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        choices = [{"value": "a_lot", "label": "A great deal"}, {"value": "some", "label": "Somewhat"}]
        messages.post(session, conversation, {"text": "How much?", "ask": "impact", "choices": choices}, now=NOW)
        messages.receive(session, conversation, key="t", text="", choice="a_lot,some", now=NOW)
    assert "A great deal, Somewhat" in amina.text(f"/introductions/{introduction.reference}")


@pytest.mark.parametrize("section", ["summary", "story", "person", "said"])
def test_page_runs_nothing_that_somebody_wrote(amina, database, section):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    changes = {
        "summary": {"summary": bad},
        "story": {"story": {"own_words": [bad]}},
        "person": {"person": {"full_name": bad}},
        "said": {"said": (bad,)},
    }[section]
    with database.session() as session:
        reference = factories.introduction(session, **changes).reference
    for path in (f"/introductions/{reference}", "/"):
        text = amina.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_page_gives_times_of_the_transcript_in_london(amina, database):
    with database.session() as session:
        at = NOW.replace(month=7, hour=11, minute=8)
        reference = factories.introduction(session, at=at).reference
    assert "23 Jul 2026, midday" in amina.text(f"/introductions/{reference}")


def test_page_shows_what_was_done_latest_first(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        introductions.claim(session, introduction, actor="tom", now=NOW - timedelta(hours=1))
        introductions.route(session, introduction, "gp", actor="tom", now=NOW, note="Agreed by phone")
    page = amina.text(f"/introductions/{introduction.reference}").split("What has been done")[1]
    assert page.index("Routed to GP Tom Okafor") < page.index("Agreed by phone") < page.index("Claimed Tom Okafor")


def test_page_says_when_words_were_removed(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        conversations.blank(session, conversation, now=NOW)
    assert "Words removed" in amina.text(f"/introductions/{introduction.reference}")


def test_page_is_on_the_record_but_not_each_refresh(amina, database):
    with database.session() as session:
        reference = factories.introduction(session).reference
    amina.get(f"/introductions/{reference}")
    amina.get(f"/introductions/{reference}/fragment")
    with database.reading() as session:
        acts = session.execute(select(AuditEntry.actor, AuditEntry.action, AuditEntry.subject)).all()
    assert [tuple(act) for act in acts] == [("amina", "introduction.read", reference)]


def test_page_fragment_shows_a_new_escalation_and_message(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        factories.escalation(session, conversation=conversation, text="it is worse now")
    page = text_of(amina.get(f"/introductions/{introduction.reference}/fragment"))
    assert "Red escalation open: In danger now" in page
    assert "it is worse now" in page


def test_page_warns_where_our_last_text_did_not_arrive(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        outbox.enqueue(
            session, kind="sms", to="+447700900123", body="Hello", purpose="reply", dedupe_key="reply:lost",
            conversation_id=introduction.conversation_id, now=NOW,
        )  # fmt: skip
        (item,) = outbox.due(session, now=NOW, limit=1)
        outbox.failed(session, item, error="twilio_21614", permanent=True, now=NOW)
    page = amina.text(f"/introductions/{introduction.reference}")
    assert "Our last text did not arrive" in page and "not a mobile phone" in page
