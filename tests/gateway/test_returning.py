"""A phone that texts again after an hour, or after "not me": what was said before is for who knows the date of birth."""

import pytest

from bot.intake import draft as drafts
from spa.models import BirthDateTry, Conversation
from spa.segments import size
from tests.gateway.played_engine import eventually, heard

BORN = "1984-11-12"
QUESTION = "What would you like to be different?"


def at_goals(request):
    """The engine's turn that leaves the conversation at the question of goals, with story and date of birth told."""
    draft = drafts.answer(drafts.empty(), "consent", True)
    draft = drafts.answer(draft, "date_of_birth", BORN, words="12/11/84")
    draft = drafts.add_story(drafts.answer(draft, "story", ["I lost my job"]), request["text"])
    return {"draft": draft, "replies": [{"text": QUESTION, "ask": "goals"}], "effects": [], "ask": "goals"}


@pytest.fixture
def begun(town, phone):
    """A phone that told its story and date of birth, and then fell silent for two hours."""
    phone.text("hello there, I need help with my flat")
    town.engine.script = at_goals
    phone.text("Yes")
    eventually(lambda: phone.replies[-1] == QUESTION)
    town.clock.forward(hours=2)
    return phone


def since(phone, sent):
    return phone.replies[sent:]


def tries(town, phone):
    return len(town.rows(BirthDateTry, BirthDateTry.address == phone.number))


def resume(phone):
    phone.text("RESUME")
    assert "date of birth" in phone.replies[-1]


@pytest.mark.parametrize("text", ["find work and sort the rent", "hi", "what did I say so far", "12/11/84"])
def test_after_an_hour_nothing_earlier_is_shown_or_carried_over(town, begun, text):
    sent = len(begun.replies)
    begun.text(text)
    (opening,) = since(begun, sent)
    assert "automated" in opening and "job" not in opening and QUESTION not in opening
    assert "I lost my job" not in str(begun.conversations[-1].draft)
    assert len(begun.conversations) == 2 and begun.conversations[0].state == "ended"


def test_the_opening_says_how_to_go_on_in_one_text_of_two_segments(begun):
    begun.text("hello")
    assert begun.replies[-1].startswith("To go on from earlier texts, text RESUME.")
    assert size(begun.replies[-1]).segments <= 2


def test_a_phone_with_nothing_to_go_on_with_is_not_told_of_it(town, phone):
    phone.text("hello there, I need help with my flat")
    town.clock.forward(hours=2)
    phone.text("hello again")
    assert "RESUME" not in phone.replies[-1]


@pytest.mark.parametrize("first", ["hello", None])
@pytest.mark.parametrize("date", ["12/11/84", "12th November 1984"])
def test_with_the_right_date_it_goes_on_where_it_stopped(town, begun, first, date):
    if first:
        begun.text(first)
    resume(begun)
    begun.text(date)
    assert begun.replies[-1].startswith("Welcome back") and "different" in begun.replies[-1]
    (old, *others) = begun.conversations
    assert (old.state, old.ask) == ("open", "goals") and all(one.state == "ended" for one in others)
    begun.text("find work")
    eventually(lambda: town.engine.of(old.id)[-1]["text"] == "find work")
    assert town.engine.of(old.id)[-1]["draft"]["answers"]["story"]["value"][0] == "I lost my job"


def test_what_was_told_meanwhile_joins_the_story(town, begun):
    begun.text("my heating is off as well")
    resume(begun)
    begun.text("12/11/84")
    assert "my heating is off as well" in begun.conversations[0].draft["answers"]["story"]["value"]


def test_what_was_put_away_by_the_worker_is_taken_up_too(town, begun):
    with town.database.session() as session:
        session.get_one(Conversation, begun.conversations[0].id).state = "ended"
    resume(begun)
    begun.text("12/11/84")
    assert begun.replies[-1].startswith("Welcome back")


def test_what_was_handed_over_is_found_again(town, begun):
    with town.database.session() as session:
        row = session.get_one(Conversation, begun.conversations[0].id)
        row.state, row.ask = "submitted", None
    resume(begun)
    begun.text("12/11/84")
    assert begun.replies[-1].startswith("Welcome back")
    begun.text("how is it going")
    eventually(lambda: town.engine.of(begun.conversations[0].id)[-1]["text"] == "how is it going")


@pytest.mark.parametrize("wrong", ["13/11/84", "I am not sure", "1984", "Marcus"])
def test_a_wrong_answer_shows_nothing_and_may_be_tried_again(town, begun, wrong):
    resume(begun)
    begun.text(wrong)
    assert "not what we have" in begun.replies[-1] and "job" not in begun.replies[-1]
    begun.text("12/11/84")
    assert begun.replies[-1].startswith("Welcome back")


def test_after_three_wrong_dates_there_is_no_more_try_for_a_day(town, begun):
    resume(begun)
    for day in (1, 2, 3):
        begun.text(f"{day}/11/84")
    assert "can't go on from earlier texts" in begun.replies[-1] and "1 Yes" in begun.replies[-1]
    assert begun.conversations[-1].ask == "consent"
    town.clock.forward(hours=2)
    begun.text("RESUME")
    assert "can't go on from earlier texts" in begun.replies[-1]
    town.engine.script, sent = heard, len(begun.replies)
    begun.text("12/11/84")
    eventually(lambda: since(begun, sent))
    assert not any(reply.startswith("Welcome back") for reply in begun.replies)
    town.clock.forward(hours=25)
    resume(begun)
    begun.text("12/11/84")
    assert begun.replies[-1].startswith("Welcome back")


@pytest.mark.parametrize("word", ["NEW", "no", "skip"])
def test_who_wants_a_new_start_gets_it_and_no_try_is_counted(town, begun, word):
    resume(begun)
    begun.text(word)
    assert "automated" in begun.replies[-1] and begun.conversations[-1].ask == "consent"
    assert tries(town, begun) == 0


def test_after_not_me_nothing_is_shown_without_the_date(town, begun):
    begun.text("not me")
    assert "put the earlier texts away" in begun.replies[-1]
    begun.text("hello there, I need some help myself")
    assert "RESUME" not in begun.replies[-1] and "job" not in begun.replies[-1]
    resume(begun)
    begun.text("12/11/84")
    assert begun.replies[-1].startswith("Welcome back")


def test_not_me_an_hour_later_is_no_story_and_no_new_conversation(town, begun):
    begun.text("wrong number")
    assert len(begun.conversations) == 1 and begun.conversations[0].channel == "web"


def test_not_me_after_handing_over_is_put_before_staff_at_any_time(town, begun):
    with town.database.session() as session:
        session.get_one(Conversation, begun.conversations[0].id).state = "submitted"
    begun.text("wrong number")
    (escalation,) = town.escalations(begun.conversations[0].id)
    assert escalation.reasons[0]["rule"] == "not_me"


def test_a_disclosure_instead_of_the_date_gets_the_card(town, begun):
    resume(begun)
    begun.text("I have taken all my tablets")
    assert "999" in begun.replies[-1] and "not what we have" not in begun.replies[-1]
    assert town.escalations(begun.conversations[-1].id)[0].flag.value == "red"
    assert tries(town, begun) == 0


def test_resume_on_a_phone_that_never_texted_gets_the_opening(phone):
    phone.text("RESUME")
    assert "can't go on from earlier texts" in phone.replies[-1] and "1 Yes" in phone.replies[-1]


def test_resume_without_a_date_of_birth_told_gets_the_opening(town, phone):
    phone.text("hello there, I need help with my flat")
    phone.text("Yes")
    eventually(lambda: len(phone.replies) == 2)
    town.clock.forward(hours=2)
    phone.text("RESUME")
    assert "can't go on from earlier texts" in phone.replies[-1] and len(phone.conversations) == 2


@pytest.mark.parametrize("word", ["carry on", "resume"])
def test_within_the_hour_the_word_belongs_to_the_conversation(town, phone, word):
    phone.text("hello there, I need help with my flat")
    town.engine.script = at_goals
    phone.text("Yes")
    eventually(lambda: phone.replies[-1] == QUESTION)
    phone.text(word)
    eventually(lambda: town.engine.of(phone.conversations[0].id)[-1]["text"] == word)
    assert len(phone.conversations) == 1


def test_another_phone_cannot_take_it_up(town, begun):
    other = town.phone()
    other.text("RESUME")
    other.text("12/11/84")
    assert not any(reply.startswith("Welcome back") for reply in other.replies)


def test_a_retry_of_the_right_date_changes_nothing(town, begun):
    resume(begun)
    fields = begun.fields("12/11/84")
    for _ in range(3):
        assert begun.post(fields).status_code == 200
    assert len([reply for reply in begun.replies if reply.startswith("Welcome back")]) == 1


WISH = "i dont want to go on"
WORDS = "my boss has sacked me and i cant pay the rent"


@pytest.mark.parametrize("word", ["carry on", "go on", "RESUME"])
def test_a_cards_question_is_not_replaced_by_that_of_the_date(town, begun, word):
    begun.text(WISH)
    begun.text(word)
    assert "date of birth" not in begun.replies[-1]
    assert begun.conversations[-1].ask != "date_of_birth"


def test_words_in_pieces_that_come_to_a_disclosure_get_the_card_alone(town, begun):
    begun.text("i dont want to")
    begun.text("go on")
    assert "date of birth" not in begun.replies[-1]


def test_going_on_says_yes_to_the_questions_as_anywhere(town, begun):
    begun.text("hello")
    begun.text("go on")
    eventually(lambda: [request["text"] for request in town.engine.of(begun.conversations[-1].id)] == ["go on"])


def test_who_said_stop_at_the_date_is_put_before_staff_when_they_write(town, begun):
    resume(begun)
    begun.text("STOP")
    begun.text("my flat is cold and i have no food, can someone ring me please")
    (escalation,) = town.escalations(begun.conversations[-1].id)
    assert escalation.reasons[0]["rule"] == "wrote_after_stop"
    assert tries(town, begun) == 0


def test_not_me_puts_away_all_that_was_said_on_the_phone(town, begun):
    with town.database.session() as session:
        session.get_one(Conversation, begun.conversations[0].id).state = "submitted"
    begun.text("hello")
    begun.text("wrong number")
    assert {one.channel for one in begun.conversations} == {"web"}
    (escalation,) = town.escalations(begun.conversations[0].id)
    assert escalation.reasons[0]["rule"] == "not_me"


def test_words_instead_of_the_date_cost_no_try_and_are_kept(town, begun):
    resume(begun)
    begun.text(WORDS)
    begun.text("i dont know what you want")
    assert begun.conversations[-1].ask == "consent" and "1 Yes" in begun.replies[-1]
    assert tries(town, begun) == 0
    assert WORDS in str(begun.conversations[-1].draft)


def test_what_the_screen_saw_meanwhile_goes_with_the_story(town, begun):
    begun.text("my heating is off as well")
    with town.database.session() as session:
        told = session.get_one(Conversation, begun.conversations[-1].id)
        told.draft = drafts.flag(drafts.whole(told.draft), "historical")
    resume(begun)
    begun.text("12/11/84")
    assert "historical" in begun.conversations[0].draft["flags"]
