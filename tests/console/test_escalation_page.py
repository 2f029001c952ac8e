"""One escalation: what is shown, who has it, how it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.crisis.assessment import Flag, Level
from spa import escalations, messages, unfinished
from spa.models import AuditEntry, Conversation
from spa.quiet import QuietHours
from spa.unfinished import Unfinished
from tests.console import factories
from tests.console.driver import fields_of, text_of
from tests.console.factories import LADDER, NOW


@pytest.fixture
def page(database):
    with database.session() as session:
        return f"/escalations/{factories.escalation(session, channel='sms').code}"


def escalation_at(session, page):
    found = escalations.by_code(session, page.rsplit("/", 1)[1])
    assert found is not None
    return found


def test_escalation_says_what_whose_words_where_and_what_was_done(amina, database, page):
    with database.session() as session:
        conversation = session.get_one(Conversation, escalation_at(session, page).conversation_id)
        escalations.add_detail(
            session, conversation, whereabouts="the bench by the lake", phone="+447700900456", now=NOW
        )
    text = amina.text(page)
    for words in (
        "Red", "In danger now", "going to take them tonight", "rule “imminent, means and time”", "the bench by the lake",
        "07700 900456", "None yet: the conversation has not been handed over", "Nobody has acknowledged it",
        "Next page goes out at 2:32pm", "Opened by the crisis check", "Paged", "Outreach on call",
        "If your life is in danger, call 999 now.",
    ):  # fmt: skip
        assert words in text, words


def test_escalation_warns_before_replying_where_somebody_may_be_listening(amina, database):
    with database.session() as session:
        alarm = factories.escalation(session, text="he reads my phone", level=Level.SAFEGUARDING)
        conversation = session.get_one(Conversation, alarm.conversation_id)
        factories.escalation(session, conversation=conversation, text="pills tonight", at=NOW, key="higher")
    assert "Safe to reply? Check first" in amina.text(f"/escalations/{alarm.code}")


def test_escalation_of_a_conversation_that_was_left_half_way_still_shows_their_words(amina, database, page):
    rules = Unfinished("", None, timedelta(hours=48), timedelta(days=7), QuietHours.parse(""))
    with database.session() as session:
        for one in messages.pending(
            session, session.get_one(Conversation, escalation_at(session, page).conversation_id)
        ):
            messages.settle(session, one, state="done")
        assert unfinished.close(session, rules, ladder=LADDER, now=NOW + timedelta(days=8)) == 1
    for words in ("going to take them tonight", "put away unfinished", "Nobody has acknowledged it"):
        assert words in amina.text(page), words
    assert page in amina.get("/").text


def test_escalation_keeps_to_the_contact_rules_given_so_far(amina, database, page):
    assert "DO NOT" not in amina.text(page)
    with database.session() as session:
        conversation = session.get_one(Conversation, escalation_at(session, page).conversation_id)
        given = {"voicemail_ok": False, "ok_to_text": False, "safe_at_home": "unsure"}
        conversation.draft = {"answers": {ask: {"value": value, "status": "given"} for ask, value in given.items()}}
    text = amina.text(page)
    for rule in ("DO NOT leave a voicemail", "DO NOT text", "Safe to reply?"):
        assert rule in text


def test_escalation_keeps_to_the_contact_rules_of_the_introduction(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session, contact={"ok_to_leave_voicemail": False})
        conversation = session.get_one(Conversation, introduction.conversation_id)
        alarm = factories.escalation(session, conversation=conversation)
    assert "DO NOT leave a voicemail" in amina.text(f"/escalations/{alarm.code}")


def test_escalation_opens_by_its_id_too(amina, database, page):
    with database.reading() as session:
        assert amina.get(f"/escalations/{escalation_at(session, page).id}").status_code == 200


def test_escalation_is_acknowledged_by_one_and_the_other_is_told(amina, tom, page):
    fields = fields_of(tom.get(page).text, f"{page}/acknowledge")
    assert amina.submit(page, f"{page}/acknowledge").headers["location"] == f"{page}?done=acknowledged"
    answer = tom.client.post(f"{page}/acknowledge", data=fields)
    assert answer.status_code == 409
    assert "Amina Yusuf has already acknowledged" in answer.text


def test_escalation_note_is_kept(amina, page):
    amina.submit(page, f"{page}/notes", note="On the phone with her now")
    assert "On the phone with her now" in amina.text(page)


def test_escalation_note_must_say_something(amina, page):
    assert amina.submit(page, f"{page}/notes", note=" ").status_code == 422


def test_escalation_closes_with_its_outcome_after_it_was_acknowledged(amina, database, page):
    amina.submit(page, f"{page}/acknowledge")
    answer = amina.submit(page, f"{page}/close", outcome="hospital", note="King’s A&E")
    assert answer.headers["location"] == f"{page}?done=closed"
    with database.reading() as session:
        closed = escalation_at(session, page)
        assert (closed.state, closed.closed_by, closed.outcome) == ("closed", "amina", "In hospital or A&E. King’s A&E")


def test_escalation_is_not_closed_before_it_was_acknowledged(amina, database, page):
    fields = fields_of(amina.get(page).text, f"{page}/notes")
    with database.reading() as session:
        seen = str(escalation_at(session, page).steps[-1].id)
    answer = amina.client.post(f"{page}/close", data=fields | {"seen": seen, "outcome": "hospital"})
    assert answer.status_code == 409
    assert "Acknowledge this escalation first" in answer.text


@pytest.mark.parametrize("fields", [{}, {"outcome": "made_up"}, {"outcome": "other", "note": " "}], ids=str)
def test_escalation_is_not_closed_without_an_outcome(amina, page, fields):
    amina.submit(page, f"{page}/acknowledge")
    assert amina.submit(page, f"{page}/close", **fields).status_code == 422


def test_escalation_is_not_closed_over_news_that_the_page_did_not_show(amina, database, page):
    amina.submit(page, f"{page}/acknowledge")
    fields = fields_of(amina.get(page).text, f"{page}/close")
    with database.session() as session:
        conversation = session.get_one(Conversation, escalation_at(session, page).conversation_id)
        factories.escalation(session, conversation=conversation, text="it hurts, going now", at=NOW, key="again")
    answer = amina.client.post(f"{page}/close", data=fields | {"outcome": "not_a_crisis"})
    assert answer.status_code == 409
    assert "it hurts, going now" in answer.text


def test_escalation_that_is_closed_stays_closed(amina, page):
    amina.submit(page, f"{page}/acknowledge")
    fields = fields_of(amina.get(page).text, f"{page}/close")
    amina.submit(page, f"{page}/close", outcome="hospital")
    answer = amina.client.post(f"{page}/close", data=fields | {"outcome": "not_a_crisis"})
    assert answer.status_code == 409
    assert "closed already" in answer.text


def test_escalation_raised_again_after_acknowledgement_is_open_again(amina, database):
    with database.session() as session:
        alarm = factories.escalation(session, level=Level.PASSIVE_LOW, flag=Flag.AMBER, text="whats the point")
        page = f"/escalations/{alarm.code}"
    amina.submit(page, f"{page}/acknowledge")
    with database.session() as session:
        conversation = session.get_one(Conversation, escalation_at(session, page).conversation_id)
        factories.escalation(session, conversation=conversation, text="tonight then", at=NOW, key="higher")
    text = amina.text(page)
    assert "Raised to a higher level" in text
    assert "Nobody has acknowledged it" in text


def test_escalation_fragment_shows_what_the_resident_says_next(amina, database, page):
    with database.session() as session:
        conversation = session.get_one(Conversation, escalation_at(session, page).conversation_id)
        factories.talk(session, conversation, ("i am by the river",), at=NOW)
    assert "i am by the river" in text_of(amina.get(f"{page}/fragment"))


def test_escalation_says_when_nobody_could_be_paged(amina, database):
    nobody = type(LADDER)()
    with database.session() as session:
        alarm = factories.escalation(session, ladder=nobody)
    assert "NOBODY TO PAGE" in amina.text(f"/escalations/{alarm.code}")


def test_escalation_reads_and_changes_are_on_the_record(amina, database, page):
    amina.submit(page, f"{page}/acknowledge")
    amina.submit(page, f"{page}/notes", note="n")
    amina.submit(page, f"{page}/close", outcome="hospital")
    with database.reading() as session:
        acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        subject = escalation_at(session, page).id
        assert set(session.scalars(select(AuditEntry.subject))) == {subject}
    assert [act for act in acts if act != "escalation.read"] == [
        "escalation.acknowledged", "escalation.noted", "escalation.closed",
    ]  # fmt: skip
