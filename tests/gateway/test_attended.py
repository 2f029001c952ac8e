"""A person of the SPA is in the conversation: the assistant is silent, the screen is not, and nobody is left waiting."""

import threading
from datetime import timedelta

import pytest

from bot.intake import attended
from spa import conversations, escalations, messages, takeovers
from spa.models import Conversation, EscalationStep, Takeover
from tests.gateway.played_engine import conversing, eventually
from tests.gateway.test_events import listening
from tests.gateway.town import Page, Phone, Town

WISH = "i want to die, i have been thinking of killing myself"
OVERDOSE = "i have just taken all my tablets"


def join(town: Town, conversation_id: str, *, staff: str = "ama", signed: str = "Crisis outreach") -> None:
    """As the console does it."""
    with town.database.session() as session:
        conversation = conversations.by_id(session, conversation_id)
        says = attended.joined(signed, channel=conversation.channel)
        takeovers.join(session, conversation, staff=staff, signed=signed, says=says, now=town.clock())


def write(town: Town, conversation_id: str, text: str, *, staff: str = "ama") -> None:
    with town.database.session() as session:
        takeovers.say(session, conversations.by_id(session, conversation_id), staff=staff, text=text, now=town.clock())


def hand_back(town: Town, conversation_id: str, *, staff: str = "ama") -> None:
    with town.database.session() as session:
        conversation = conversations.by_id(session, conversation_id)
        there = takeovers.current(session, conversation_id)
        replies, turn = attended.back(
            conversation.draft, who=there.signed, ask=there.ask, quiet=False, channel=conversation.channel, now=town.clock()
        )  # fmt: skip
        takeovers.leave(
            session, conversation, staff=staff, replies=replies, draft=turn.draft, ask=turn.ask, now=town.clock()
        )


@pytest.fixture
def attended_page(town: Town, page: Page) -> Page:
    """A resident on the chat page, past consent, with crisis outreach in the chat."""
    town.engine.script = conversing
    page.say("yes", choice="yes")
    join(town, page.id)
    return page


@pytest.fixture
def attended_phone(town: Town, phone: Phone) -> Phone:
    town.engine.script = conversing
    phone.text("hello")
    join(town, phone.conversations[0].id)
    return phone


@pytest.fixture
def later(town: Town):
    """Turns the clock forward by so many minutes; it is back when the test ends."""
    ahead = town.clock.ahead
    yield lambda minutes: town.clock.forward(minutes=minutes)
    town.clock.ahead = ahead


def disclosed(town: Town, page: Page, *, held_by: str) -> None:
    """A disclosure, and who of staff acknowledged the alarm."""
    page.say(WISH)
    (alarm,) = town.escalations(page.id)
    with town.database.session() as session:
        found = escalations.by_id(session, alarm.id)
        escalations.acknowledge(session, found, actor=held_by, via="console", now=town.clock())


def said(town: Town, conversation_id: str) -> list[str]:
    """What was said to the resident since the person joined."""
    told = [one for one in town.messages(conversation_id) if one.author != "resident"]
    start = max(place for place, one in enumerate(told) if one.event == "joined")
    return [one.text for one in told[start + 1 :]]


def test_resident_is_told_by_role_who_has_joined(town, attended_page):
    joined = town.messages(attended_page.id)[-1]
    assert (joined.author, joined.event, joined.signed) == ("assistant", "joined", "Crisis outreach")
    assert "A person has joined this chat: Crisis outreach" in joined.text


def test_assistant_is_silent_and_the_engine_not_asked(town, attended_page):
    before = len(town.engine.of(attended_page.id))
    assert attended_page.say("are you there") == []
    assert len(town.engine.of(attended_page.id)) == before
    assert said(town, attended_page.id) == []


def test_screen_still_reads_what_the_resident_writes(town, attended_page):
    attended_page.say(WISH)
    assert [one.flag.value for one in town.escalations(attended_page.id)] == ["red"]
    assert town.outbox(purpose="page")


def test_no_card_stands_between_the_resident_and_the_person(town, attended_page):
    assert attended_page.say(WISH) == []


def test_a_life_in_danger_now_is_told_of_999_once_and_asked_nothing(town, attended_page):
    (card,) = attended_page.say(OVERDOSE)
    assert card["kind"] == "crisis"
    assert "999" in card["text"]
    assert "ask" not in card
    assert attended_page.say("i took the rest of them as well, all the pills") == []


def test_short_answers_are_not_read_as_answers_to_the_assistants_question(town, page):
    town.engine.script = conversing
    for text in ("yes", "me", "yes", "lives"):
        page.say(text)
    with town.database.session() as session:
        conversations.by_id(session, page.id).ask = "suicidal_thoughts"
    join(town, page.id)
    page.say("yes")
    assert town.escalations(page.id) == []


def test_what_staff_write_reaches_the_page(town, attended_page):
    with listening(attended_page) as stream:
        write(town, attended_page.id, "Hello, I am Ama. I am reading what you wrote.")
        eventually(lambda: "Hello, I am Ama. I am reading what you wrote." in stream.texts())


def test_transcript_keeps_who_of_staff_wrote(town, attended_page):
    write(town, attended_page.id, "Hello.")
    message = town.messages(attended_page.id)[-1]
    assert (message.author, message.staff, message.signed) == ("staff", "ama", "Crisis outreach")


def test_what_staff_write_goes_out_by_text_under_their_role(town, attended_phone):
    write(town, attended_phone.conversations[0].id, "Are you somewhere safe?")
    assert attended_phone.replies[-1] == "Crisis outreach: Are you somewhere safe?"


def test_texts_are_left_to_the_person(town, attended_phone):
    before = len(attended_phone.replies)
    attended_phone.text("i am at home")
    assert len(attended_phone.replies) == before


def test_a_number_is_no_choice_while_a_person_asks(town, attended_phone):
    attended_phone.text("1")
    last = town.messages(attended_phone.conversations[0].id)[-1]
    assert (last.text, last.choice) == ("1", None)


def test_a_text_after_an_hour_still_belongs_to_the_conversation_with_the_person(town, attended_phone, later):
    write(town, attended_phone.conversations[0].id, "I am here for you.")
    later(120)
    attended_phone.text("sorry, i fell asleep")
    assert len(attended_phone.conversations) == 1


def test_handed_back_the_assistant_puts_the_open_question_again(town, attended_page):
    attended_page.say("i will answer the rest")
    hand_back(town, attended_page.id)
    told = said(town, attended_page.id)
    assert told[0] == "Crisis outreach has left this chat. You are back with me. I am automated."
    question = town.messages(attended_page.id)[-1]
    assert question.ask == "about_whom"
    assert [one["ask"] for one in attended_page.say("me", choice="me")] == ["adult"]


def test_a_message_in_the_engine_when_somebody_joins_is_theirs(town, page):
    town.engine.script, town.engine.mode, town.engine.seconds = conversing, "slow", 1.0
    sending = threading.Thread(target=page.say, args=("yes",))
    sending.start()
    assert town.engine.wait(lambda: bool(town.engine.of(page.id)))
    join(town, page.id)
    sending.join()
    assert said(town, page.id) == []


def test_staff_who_fall_silent_are_not_waited_for(town, attended_page, later):
    attended_page.say("hello?")
    later(11)
    told = eventually(lambda: said(town, attended_page.id))
    assert told[0].startswith("Crisis outreach has not been able to answer for a while.")
    assert "999" in told[0]
    assert town.messages(attended_page.id)[-1].ask == "about_whom"
    assert [one.ended for one in town.rows(Takeover, Takeover.conversation_id == attended_page.id)] == ["went_quiet"]


def test_somebody_else_is_asked_to_look_where_staff_fell_silent(town, attended_page, later):
    attended_page.say("hello?")
    later(11)
    (alarm,) = eventually(lambda: town.escalations(attended_page.id))
    assert [one["rule"] for one in alarm.reasons] == ["staff_went_quiet"]


def test_open_escalation_is_told_that_staff_fell_silent(town, attended_page, later):
    attended_page.say(WISH)
    later(11)
    eventually(lambda: said(town, attended_page.id))
    (alarm,) = town.escalations(attended_page.id)
    steps = town.rows(EscalationStep, EscalationStep.escalation_id == alarm.id)
    assert any("took it up again" in (step.detail or "") for step in steps)


def test_alarm_that_was_theirs_is_raised_again_when_staff_fell_silent(town, attended_page, later):
    disclosed(town, attended_page, held_by="ama")
    before = len(town.outbox(purpose="page"))
    later(11)
    eventually(lambda: said(town, attended_page.id))
    (alarm,) = town.escalations(attended_page.id)
    assert (alarm.state, alarm.acknowledged_by) == ("open", None)
    assert len(town.outbox(purpose="page")) > before


def test_alarm_that_somebody_else_has_stays_theirs(town, attended_page, later):
    disclosed(town, attended_page, held_by="joe")
    later(11)
    eventually(lambda: said(town, attended_page.id))
    (alarm,) = town.escalations(attended_page.id)
    assert (alarm.state, alarm.acknowledged_by) == ("acknowledged", "joe")


def test_nobody_is_waited_for_who_wrote_last(town, attended_page):
    attended_page.say("hello?")
    write(town, attended_page.id, "I am here.")
    with town.database.reading() as session:
        after = timedelta(minutes=10)
        quiet = takeovers.gone_quiet(session, after=after, now=town.clock() + timedelta(hours=1))
    assert attended_page.id not in [one.conversation_id for one in quiet]


@pytest.mark.parametrize("word", ["RESUME", "go on", "12/11/84"])
def test_no_word_leads_away_from_the_person(town, attended_phone, word):
    before = len(attended_phone.replies)
    attended_phone.text(word)
    assert len(attended_phone.replies) == before
    assert len(attended_phone.conversations) == 1


def test_empty_text_is_not_answered_beside_a_person(town, attended_phone):
    before = len(attended_phone.replies)
    attended_phone.text(" ")
    assert len(attended_phone.replies) == before


def test_one_conversation_that_cannot_be_taken_up_holds_up_no_other(
    town, attended_page, attended_phone, later, monkeypatch
):
    real = attended.back

    def back(draft, **more):
        if more["channel"] == "sms":
            raise KeyError("what a draft lacks")
        return real(draft, **more)

    monkeypatch.setattr("bot.gateway.attending.attended.back", back)
    attended_page.say("hello?")
    attended_phone.text("hello?")
    later(11)
    assert eventually(lambda: said(town, attended_page.id))
    monkeypatch.undo()
    assert eventually(lambda: said(town, attended_phone.conversations[0].id)), "it is tried again"


def test_staff_who_wrote_last_and_never_came_back_are_not_in_it_for_ever(town, attended_phone, later):
    phone = attended_phone
    write(town, phone.conversations[0].id, "How are you?")
    before = len(phone.replies)
    later(60 * 25)
    takeover = eventually(
        lambda: town.rows(
            Takeover, Takeover.conversation_id == phone.conversations[0].id, Takeover.left_at.is_not(None)
        )
    )
    assert takeover[0].ended == "conversation_ended"
    assert len(phone.replies) == before, "nobody is told of it at night, or in other hands"


def test_handed_back_a_cards_question_is_not_put_again(town, page):
    page.say(WISH)
    join(town, page.id)
    hand_back(town, page.id)
    assert town.messages(page.id)[-1].ask == "consent"


def test_not_me_ends_the_conversation_with_the_person(town, attended_phone):
    attended_phone.text("not me")
    (takeover,) = town.rows(Takeover, Takeover.conversation_id == attended_phone.conversations[0].id)
    assert takeover.ended == "conversation_ended"


def test_deleted_chat_has_nobody_in_it(town, attended_page):
    assert town.http.delete("/chat/sessions", headers=attended_page.headers).status_code == 204
    (takeover,) = town.rows(Takeover, Takeover.conversation_id == attended_page.id)
    assert takeover.ended == "conversation_ended"


def test_wire_names_the_role_and_the_coming_and_going(town, attended_page):
    write(town, attended_page.id, "Hello.")
    hand_back(town, attended_page.id)
    signed = [messages.as_wire(one) for one in town.messages(attended_page.id) if one.signed]
    assert [(one["from"], one["by"], one.get("event")) for one in signed] == [
        ("assistant", "Crisis outreach", "joined"),
        ("staff", "Crisis outreach", None),
        ("assistant", "Crisis outreach", "left"),
    ]


def test_plain_forms_say_that_a_person_is_there(town):
    town.engine.script = conversing
    town.http.cookies.clear()
    town.http.post("/plain/begin")
    newest = max(town.rows(Conversation), key=lambda one: one.started_at)
    join(town, newest.id)
    shown = town.http.get("/plain").text
    assert "You are writing with a person: Crisis outreach" in shown
    assert 'type="radio"' not in shown
    town.http.cookies.clear()


def test_a_watched_phone_is_told_nothing_of_crisis():
    assert attended.signature("crisis_outreach", channel="sms", watched=True) == "The team"
