"""Joining a resident's conversation from the console: what is done, who is told, what goes on record."""

import pytest

from bot.crisis.assessment import Flag, Level
from spa import audit, conversations, introductions, messages, staff, takeovers
from spa.models import Escalation
from tests.console import factories
from tests.console.driver import Browser, text_of


@pytest.fixture
def alarm(app, database, clock):
    with database.session() as session:
        return factories.escalation(session)


@pytest.fixture
def talk(alarm):
    """The address of the conversation."""
    return f"/conversations/{alarm.conversation_id}"


def said(database, alarm):
    with database.reading() as session:
        conversation = conversations.by_id(session, alarm.conversation_id)
        return messages.since(session, conversation, 0)


def test_talk_is_joined_from_an_escalation_without_an_introduction(amina, alarm, talk, database):
    answer = amina.submit(f"/escalations/{alarm.code}", f"{talk}/join")
    assert answer.headers["location"] == f"{talk}?done=joined"
    assert "You are in this conversation, shown as “Clinician”" in amina.text(talk)
    assert [(one.event, one.signed) for one in said(database, alarm) if one.event] == [("joined", "Clinician")]


def test_talk_is_joined_from_an_introduction(amina, database, app):
    with database.session() as session:
        introduction = factories.introduction(session)
        reference, conversation_id = introduction.reference, introduction.conversation_id
    amina.submit(f"/introductions/{reference}", f"/conversations/{conversation_id}/join")
    with database.reading() as session:
        assert takeovers.current(session, conversation_id).staff == "amina"
        notes = [event.note for event in introductions.by_reference(session, reference).events]
    assert "Joined the conversation. The assistant is silent." in notes


def test_talk_joined_acknowledges_the_open_escalation(amina, alarm, talk, database):
    amina.submit(talk, f"{talk}/join")
    with database.reading() as session:
        found = session.get_one(Escalation, alarm.id)
        assert (found.state, found.acknowledged_by) == ("acknowledged", "amina")


@pytest.mark.parametrize("page", ["talk", "escalation", "introduction"])
def test_talk_is_said_to_acknowledge_the_escalation_wherever_it_can_be_joined(amina, alarm, talk, database, page):
    with database.session() as session:
        reference = factories.introduction(session).reference
    address = {"talk": talk, "escalation": f"/escalations/{alarm.code}", "introduction": f"/introductions/{reference}"}
    said = amina.text(address[page])
    assert "Join the conversation" in said
    assert "If an escalation is open, you acknowledge it by joining." in said


def test_talk_second_to_join_is_told_who_is_in_it(amina, tom, alarm, talk):
    csrf = tom.get(talk).text.split('name="csrf" value="')[1].split('"')[0]
    amina.submit(talk, f"{talk}/join")
    answer = tom.client.post(f"{talk}/join", data={"csrf": csrf})
    assert answer.status_code == 409
    assert "Amina Yusuf is in this conversation already." in text_of(answer)


def test_talk_words_go_to_the_resident_and_the_transcript_names_who_wrote(amina, tom, alarm, talk, database):
    amina.submit(talk, f"{talk}/join")
    amina.submit(talk, f"{talk}/say", text="Hello, I am Amina.")
    assert (said(database, alarm)[-1].author, said(database, alarm)[-1].text) == ("staff", "Hello, I am Amina.")
    assert "Amina Yusuf, shown as “Clinician”" in tom.text(talk)


@pytest.mark.parametrize("text", ["", "   "])
def test_talk_sends_nothing_without_words(amina, alarm, talk, database, text):
    amina.submit(talk, f"{talk}/join")
    answer = amina.submit(talk, f"{talk}/say", text=text)
    assert answer.status_code == 422
    assert said(database, alarm)[-1].event == "joined"


def test_talk_keeps_the_words_of_who_is_not_in_it_any_more(amina, alarm, talk, database, clock):
    amina.submit(talk, f"{talk}/join")
    form = amina.get(talk).text.split('name="csrf" value="')[1].split('"')[0]
    amina.submit(talk, f"{talk}/hand-back")
    answer = amina.client.post(f"{talk}/say", data={"csrf": form, "text": "Are you still there?"})
    assert answer.status_code == 409
    assert "Are you still there?" in answer.text
    assert "You are not in this conversation any more" in text_of(answer)
    assert f'action="{talk}/join"' in answer.text


def test_talk_handed_back_says_so_to_the_resident(amina, alarm, talk, database):
    amina.submit(talk, f"{talk}/join")
    answer = amina.submit(talk, f"{talk}/hand-back")
    assert answer.headers["location"].endswith("done=handed_back")
    left = [one for one in said(database, alarm) if one.event == "left"]
    assert "Clinician has left this chat" in left[0].text
    assert "Join the conversation" in amina.text(talk)


def test_talk_says_since_when_the_resident_waits(amina, alarm, talk, database, clock):
    amina.submit(talk, f"{talk}/join")
    amina.submit(talk, f"{talk}/say", text="Hello.")
    with database.session() as session:
        conversation = conversations.by_id(session, alarm.conversation_id)
        messages.receive(session, conversation, key="later", text="hi", now=clock())
    clock.forward(minutes=4)
    assert "They have waited for you since 4 minutes ago." in amina.text(talk)


def test_talk_with_a_phone_that_texted_stop_cannot_be_joined(amina, database, app, clock):
    with database.session() as session:
        alarm = factories.escalation(session, channel="sms")
        conversations.opt_out(session, "+447700900123", now=clock())
    page = amina.text(f"/escalations/{alarm.code}")
    assert "They texted STOP" in page
    assert "Join the conversation" not in page


def test_talk_with_somebody_who_may_be_watched_is_signed_for_the_team(amina, database, app):
    with database.session() as session:
        alarm = factories.escalation(session, level=Level.SAFEGUARDING, flag=Flag.RED, text="he reads my phone")
    talk = f"/conversations/{alarm.conversation_id}"
    amina.submit(talk, f"{talk}/join")
    with database.reading() as session:
        assert takeovers.current(session, alarm.conversation_id).signed == "The team"
    assert "Safe to reply?" in amina.text(talk)


def test_talk_fragment_reads_out_what_the_resident_wrote_last(amina, alarm, talk, database, clock):
    with database.session() as session:
        conversation = conversations.by_id(session, alarm.conversation_id)
        messages.receive(session, conversation, key="more", text="I am at <home>", now=clock())
    assert 'data-announce="Resident: I am at &lt;home&gt;"' in amina.get(f"{talk}/fragment").text


def test_talk_goes_on_record_without_a_word_of_it(amina, alarm, talk, database):
    amina.submit(talk, f"{talk}/join")
    amina.submit(talk, f"{talk}/say", text="A secret between us")
    amina.submit(talk, f"{talk}/hand-back")
    with database.reading() as session:
        acts = audit.for_subject(session, alarm.conversation_id)
    assert [one.action for one in acts if one.action != "conversation.read"] == [
        "conversation.joined",
        "conversation.written",
        "conversation.handed_back",
    ]
    assert not any(one.detail for one in acts)


def test_talk_that_is_not_there_is_not_found(amina):
    assert amina.get("/conversations/nothing").status_code == 404


def test_talk_an_administrator_reads_but_does_not_join(app, database, alarm, talk):
    with database.session() as session:
        admin = factories.member(session, "ada", "Ada Min", "administrator")
        token = staff.open_login(session, admin, now=factories.NOW)
    ada = Browser(app)
    ada.client.cookies.set("frontdoor-login", token)
    csrf = ada.get(talk).text.split('name="csrf" value="')[1].split('"')[0]
    assert "Only clinicians" in ada.text(talk)
    assert ada.client.post(f"{talk}/join", data={"csrf": csrf}).status_code == 403


def test_talk_shows_coming_and_going_apart_from_what_was_said(amina, alarm, talk):
    amina.submit(talk, f"{talk}/join")
    assert "fd-line--event" in amina.get(talk).text
