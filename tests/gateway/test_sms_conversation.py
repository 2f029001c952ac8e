"""What becomes of a text: openings, numbers, keywords, pictures, codes, idle phones."""

import pytest

from spa import escalations
from spa.models import Conversation, EscalationStep, Message, OptOut
from spa.pieces import MOST_SEGMENTS
from spa.segments import size
from tests.gateway.played_engine import eventually
from tests.gateway.town import ON_CALL

YES_NO = [{"value": "no", "label": "No"}, {"value": "active", "label": "Yes, I think of ending my life"}]


def steps(town, escalation):
    return town.rows(EscalationStep, EscalationStep.escalation_id == escalation.id)


def asking(request):
    reply = {"text": "Do you think of ending your life?", "ask": "suicidal_thoughts", "choices": YES_NO}
    return {"draft": request["draft"], "replies": [reply], "effects": [], "ask": "suicidal_thoughts"}


@pytest.fixture
def started(phone):
    """A phone in the middle of a conversation."""
    phone.text("hello there, I need help with my flat")
    return phone


def test_a_first_text_gets_the_opening_and_is_kept_for_the_story(town, phone):
    phone.text("I am behind with my rent")
    (conversation,) = phone.conversations
    (opening,) = phone.replies
    assert opening.endswith("1 Yes\n2 No\n3 Tell me more")
    assert conversation.draft["telling"] == ["I am behind with my rent"] and conversation.ask == "consent"
    assert town.engine.of(conversation.id) == []
    assert town.assessments(conversation.id)[0].level.value == "none"
    assert town.messages(conversation.id)[0].state == "done"


def test_a_greeting_is_not_kept_for_the_story(town, phone):
    phone.text("Hi")
    assert not phone.conversations[0].draft.get("telling")


def test_the_replies_of_a_turn_are_one_text_with_numbered_choices(town, started):
    town.engine.script = lambda request: (
        asking(request) | {"replies": [{"text": "Thank you."}, *asking(request)["replies"]]}
    )
    started.text("Yes")
    eventually(lambda: len(started.replies) == 2)
    assert started.replies[1] == (
        "Thank you.\n\nDo you think of ending your life?\n1 No\n2 Yes, I think of ending my life"
    )


def test_a_long_reply_is_cut_into_texts_that_twilio_takes(town, started):
    words = " ".join(f"word{n}" for n in range(600))
    town.engine.script = lambda request: asking(request) | {"replies": [{"text": words}]}
    started.text("Yes")
    eventually(lambda: len(started.replies) > 2)
    assert all(size(text).segments <= MOST_SEGMENTS for text in started.replies)
    assert [text.split()[0] for text in started.replies[1:]] == [
        f"({n}/{m})" for m in [len(started.replies) - 1] for n in range(1, m + 1)
    ]
    assert " ".join(text.partition(" ")[2] for text in started.replies[1:]) == words


@pytest.mark.parametrize("reply", ["2", "Yes, I think of ending my life"])
def test_a_number_is_screened_as_the_words_it_stands_for(town, started, reply):
    town.engine.script = asking
    started.text("Yes")
    eventually(lambda: len(started.replies) == 2)
    started.text(reply)
    conversation = started.conversations[0]
    message = [m for m in town.messages(conversation.id) if m.author == "resident"][-1]
    assert (message.choice, message.text) == ("active", "Yes, I think of ending my life")
    assert town.assessments(conversation.id)[-1].asked == "suicidal_thoughts"
    assert town.escalations(conversation.id)[0].flag.value == "red"


@pytest.mark.parametrize("reply", ["7", "2 bedrooms"])
def test_a_number_that_was_not_offered_stays_own_words(town, started, reply):
    started.text(reply)
    eventually(lambda: town.engine.of(started.conversations[0].id))
    request = town.engine.of(started.conversations[0].id)[-1]
    assert (request["text"], request["choice"]) == (reply, None)


@pytest.mark.parametrize("word", ["STOP", " Unsubscribe. "])
def test_stop_ends_routine_texts_but_the_text_is_stored_and_screened(town, started, word):
    sent = len(started.replies)
    started.text(word)
    started.text("my rent is late too")
    conversation = started.conversations[0]
    assert [m.text for m in town.messages(conversation.id) if m.author == "resident"][-2:] == [
        word,
        "my rent is late too",
    ]
    assert len(town.assessments(conversation.id)) == 3
    assert town.engine.of(conversation.id) == [] and len(started.replies) == sent
    assert town.rows(OptOut, OptOut.address == started.number)


def test_a_disclosure_after_stop_still_pages_and_gets_the_card(town, started):
    started.text("STOP")
    started.text("I am going to kill myself tonight")
    conversation = started.conversations[0]
    assert town.escalations(conversation.id)[0].flag.value == "red"
    assert town.outbox(purpose="page", conversation=conversation.id)
    assert "999" in started.replies[-1]


def test_stop_in_an_open_escalation_is_shown_to_staff_and_the_last_text_says_how_to_reach_help(town, started):
    started.text("I am going to kill myself tonight")
    sent = len(started.replies)
    started.text("STOP")
    started.text("STOP")
    (escalation,) = town.escalations(started.conversations[0].id)
    assert escalation.state == "open"
    (note,) = [step.detail for step in steps(town, escalation) if step.action == "noted"]
    assert "STOP" in note
    (last,) = started.replies[sent:]
    assert "999" in last and "116 123" in last and "START" in last


def test_stop_without_an_escalation_is_answered_by_nothing(town, started):
    sent = len(started.replies)
    started.text("STOP")
    assert len(started.replies) == sent


@pytest.mark.parametrize("words", ["I want it all to stop", "I want to end it"])
def test_stop_or_end_in_a_sentence_is_screened_and_no_opt_out(town, started, words):
    started.text(words)
    assert not town.rows(OptOut, OptOut.address == started.number)
    assert len(town.assessments(started.conversations[0].id)) == 2


def test_not_me_puts_the_conversation_away_and_the_next_text_starts_afresh(town, started):
    town.engine.script = lambda request: asking(request) | {"ask": "story"}
    started.text("Yes")
    eventually(lambda: started.conversations[0].ask == "story")
    started.text("not me")
    assert "put the earlier texts away" in started.replies[-1]
    started.text("hi there, I need help with my own flat")
    first, second = started.conversations
    assert first.state == "ended" and second.ask == "consent"
    assert "told_to_engine" not in second.draft


def test_not_me_in_a_crisis_is_put_before_staff_and_shows_nothing_of_it(town, started):
    started.text("I am going to kill myself tonight")
    started.text("wrong number")
    assert len(town.escalations(started.conversations[0].id)[0].reasons) > 1
    started.text("hello there")
    assert len(started.conversations) == 2


@pytest.mark.parametrize("word", ["START", "Yes"])
def test_start_takes_texts_up_again_at_the_open_question(town, started, word):
    started.text("STOP")
    started.text(word)
    assert not town.rows(OptOut, OptOut.address == started.number)
    assert "again" in started.replies[-1] and "1 Yes" in started.replies[-1]
    assert town.engine.of(started.conversations[0].id) == []


def test_yes_is_an_answer_where_texts_were_not_stopped(town, started):
    started.text("YES")
    assert eventually(lambda: town.engine.of(started.conversations[0].id))[-1]["choice"] == "yes"


@pytest.mark.parametrize("word", ["HELP", "info"])
def test_help_gets_the_fixed_text_and_is_screened_all_the_same(town, started, word):
    started.text(word)
    assert len(started.replies) == 2
    assert "not an emergency service" in started.replies[-1] and "STOP" in started.replies[-1]
    assert len(town.assessments(started.conversations[0].id)) == 2
    assert town.engine.of(started.conversations[0].id) == []
    assert started.conversations[0].ask == "consent"


@pytest.mark.parametrize("begun", [True, False])
def test_help_alone_is_put_before_staff_without_a_card(town, phone, begun):
    if begun:
        phone.text("hello there, I need help with my flat")
    phone.text("HELP")
    assert "not an emergency service" in phone.replies[-1] and len(phone.replies) == 1 + begun
    (escalation,) = town.escalations(phone.conversations[0].id)
    assert (escalation.flag.value, escalation.words) == ("amber", "HELP")


def test_help_after_words_that_make_it_red_still_gets_the_card(town, started, monkeypatch):
    from bot.crisis.assessment import Assessment, Flag, Level

    monkeypatch.setattr(
        "bot.gateway.screening.Remembering.assess", lambda *_, **__: Assessment(Level.CRISIS_ACTIVE, Flag.RED)
    )
    started.text("HELP")
    monkeypatch.undo()
    assert any("0800 731 2864" in reply for reply in started.replies[1:-1])
    assert "Text STOP" in started.replies[-1]


def notes(town, phone):
    """Escalations about any conversation of this phone."""
    return [escalation for conversation in phone.conversations for escalation in town.escalations(conversation.id)]


def test_a_phone_that_writes_after_stop_is_put_before_a_person_once(town, started):
    started.text("STOP")
    assert notes(town, started) == []
    started.text("my rent is late too")
    started.text("and the heating is off")
    town.clock.forward(hours=3)
    started.text("is anybody there")
    (note,) = notes(town, started)
    assert (note.level, note.flag.value, note.words) == ("call_back", "amber", "my rent is late too")
    assert note.reasons[0]["rule"] == "wrote_after_stop"


def test_once_a_person_has_closed_it_a_new_text_is_news(town, started):
    started.text("STOP")
    started.text("my rent is late too")
    with town.database.session() as session:
        (note,) = escalations.of_conversation(session, started.conversations[0].id)
        escalations.close(session, note, actor="Amina Yusuf", outcome="rang", now=town.clock())
    started.text("are you there")
    assert {note.words for note in notes(town, started)} == {"my rent is late too", "are you there"}


@pytest.mark.parametrize("text", ["STOP", "HELP", "  "])
def test_a_keyword_or_a_blank_after_stop_is_no_news(town, started, text):
    started.text("STOP")
    started.text(text)
    assert not [note for note in notes(town, started) if note.level == "call_back"]


@pytest.mark.parametrize("word", ["HELP", "STOP"])
def test_after_a_keyword_as_first_text_the_next_one_still_gets_the_opening(town, phone, word):
    phone.text(word)
    phone.text("START")
    phone.text("I need help with my flat")
    assert any("1 Yes" in reply for reply in phone.replies)


def test_a_picture_is_counted_and_acknowledged_and_the_question_put_again(town, started):
    started.text("", NumMedia="2")
    message = [m for m in town.messages(started.conversations[0].id) if m.author == "resident"][-1]
    assert message.media == 2
    assert "pictures" in started.replies[-1] and "1 Yes" in started.replies[-1]


def test_the_words_beside_a_picture_are_answered(town, started):
    started.text("this is my letter", NumMedia="1")
    eventually(lambda: started.replies[-1] == "Heard 1.")
    assert "pictures" in started.replies[-2]


def test_an_idle_phone_starts_afresh(town, started):
    town.clock.forward(hours=2)
    started.text("hello there, a new person")
    assert len(started.conversations) == 2
    assert started.conversations[0].state == "ended" and started.conversations[1].draft["telling"]


def test_a_phone_with_an_open_red_escalation_goes_on_in_the_same_conversation(town, started):
    started.text("I am going to kill myself tonight")
    town.clock.forward(hours=2)
    started.text("at home, 12 Acre Lane")
    assert len(started.conversations) == 1


def test_a_flagged_first_text_gets_card_and_page_before_any_question_of_consent(town, phone):
    phone.text("I have taken all my tablets")
    (conversation,) = phone.conversations
    assert "999" in phone.replies[0] and not any("1 Yes\n2 No" in reply for reply in phone.replies)
    assert conversation.ask == "whereabouts"
    assert conversation.draft["flags"] == ["crisis_imminent"] and conversation.draft["telling"]
    assert town.outbox(purpose="page", conversation=conversation.id)


def test_a_contact_who_texts_the_code_has_the_escalation(town, phone):
    started = town.phone()
    started.text("I am going to kill myself tonight")
    escalation = town.escalations(started.conversations[0].id)[0]
    phone.number = ON_CALL.sms
    before = len(town.rows(Conversation, Conversation.address == ON_CALL.sms))
    fields = phone.fields(f"{escalation.code.lower()} on my way")
    for _ in range(2):
        assert phone.post(fields).status_code == 200
    escalation = town.escalations(started.conversations[0].id)[0]
    assert (escalation.state, escalation.acknowledged_by) == ("acknowledged", ON_CALL.name)
    assert len([text for text in phone.replies if escalation.code in text]) == 1
    assert len(town.rows(Conversation, Conversation.address == ON_CALL.sms)) == before


def test_a_second_contact_learns_that_somebody_has_it(town, phone):
    started = town.phone()
    started.text("I am going to kill myself tonight")
    with town.database.session() as session:
        escalation = escalations.of_conversation(session, started.conversations[0].id)[0]
        escalations.acknowledge(session, escalation, actor="Bola Ade", via="console", now=town.clock())
    phone.number = ON_CALL.sms
    phone.text(escalation.code)
    assert "already" in phone.replies[-1]
    assert town.escalations(started.conversations[0].id)[0].acknowledged_by == "Bola Ade"


def test_a_code_from_a_phone_that_is_on_no_ladder_is_a_residents_text(town, phone):
    started = town.phone()
    started.text("I am going to kill myself tonight")
    escalation = town.escalations(started.conversations[0].id)[0]
    phone.text(escalation.code)
    assert town.escalations(started.conversations[0].id)[0].state == "open"
    assert len(phone.conversations) == 1


def test_a_contact_in_need_is_a_resident_like_any_other(town, phone):
    phone.number = ON_CALL.sms
    phone.text("I am going to kill myself tonight")
    assert town.rows(Message, Message.text == "I am going to kill myself tonight")
    assert town.escalations(phone.conversations[-1].id)
