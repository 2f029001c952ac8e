"""Detours at any question: answered, nothing lost, and the question comes back in fewer words."""

from __future__ import annotations

from functools import cache

import pytest

from bot.intake import arbitration, dialogue, questions
from bot.intake import draft as drafts
from bot.intake.turn import Inbound
from tests.intake.play import NOW, NUMBER, REFERENCE, WEB, Conversation, at

SAID = {
    "skip": "skip",
    "dont_know": "I don't know",
    "prefer_not_to_say": "I'd rather not say",
    "ask_why": "why do you need that?",
    "ask_who_sees": "who sees this?",
    "ask_wait_time": "how long is the wait?",
    "ask_how_it_works": "how does this work?",
    "ask_cost": "does it cost anything?",
    "ask_if_robot": "are you a robot?",
    "ask_what_said": "what did I say so far?",
    "go_back": "go back",
    "change_answer": "I want to change something",
    "repeat": "say that again please",
    "start_again": "start again",
    "stop": "stop",
    "save_for_later": "save for later",
    "go_online": "can I do this on the web?",
    "talk_to_human": "can I talk to a person?",
    "privacy": "is this private?",
    "thanks": "thanks",
    "greeting": "hello",
    "goodbye": "bye",
    "small_talk": "how are you?",
    "swearing": "this is bollocks",
    "complaint": "this is a terrible service",
    "other_language": "no hablo ingles",
    "status": "what is happening with my referral?",
    "withdraw": "I want to take it back",
    "it_got_worse": "it got worse",
    "add_more": "can I add something?",
    "out_of_scope": "what is the weather?",
}
ON_THE_WAY = [
    question.ask
    for question in questions.load().phase("path")
    if question.ask not in ("suicidal_plan", "self_harm", "other_contact")
]
OTHERS = ("relationship", "introducer_name", "introducer_phone", "introducer_organisation", "person_knows")
ANSWERS_OF_THEIR_OWN = {
    ("skip", "phone"),
    ("dont_know", "lambeth_link"),
    ("dont_know", "safe_at_home"),
}
ENDS = {"stop", "save_for_later", "goodbye"}


@cache
def draft_at(ask: str, channel: str) -> Conversation:
    if ask not in OTHERS:
        return at(ask, channel=channel)
    whom = "I work with them" if ask == "introducer_organisation" else "someone I know"
    return at(ask, channel=channel, answers=WEB | {"about_whom": whom})


def fresh(ask: str, channel: str = "web") -> Conversation:
    reached = draft_at(ask, channel)
    return Conversation(channel=channel, address=reached.address, draft=reached.draft, ask=reached.ask, now=reached.now)


@pytest.mark.parametrize("intent", sorted(arbitration.INTENTS))
@pytest.mark.parametrize("ask", ON_THE_WAY)
def test_any_detour_at_any_question(ask: str, intent: str) -> None:
    for channel in questions.load()[ask].channels:
        talk = fresh(ask, channel)
        before = dict(talk.answers)
        turn = talk.say(SAID[intent], intent=intent)
        assert turn.ask in questions.load() or turn.ask is None
        assert turn.ask is not None or {"end"} & {effect["type"] for effect in turn.effects}
        assert turn.replies
        if not {"end"} & {effect["type"] for effect in turn.effects}:
            kept = {one: answer for one, answer in before.items() if one not in (ask, "story")}
            assert {one: talk.answers.get(one) for one in kept} == kept
            told = [*talk.draft["telling"], *(drafts.value(talk.draft, "story") or [])]
            assert set((before.get("story") or {}).get("value") or []) <= set(told)


@pytest.mark.parametrize("ask", ON_THE_WAY)
@pytest.mark.parametrize("intent", ["ask_who_sees", "ask_wait_time", "ask_if_robot", "privacy", "thanks", "ask_why"])
def test_a_question_back_is_answered_and_the_question_comes_again(ask: str, intent: str) -> None:
    talk = fresh(ask)
    turn = talk.say(SAID[intent], intent=intent)
    assert turn.ask == ask
    assert turn.replies[-1].ask == ask
    assert (
        len(talk.text) > len(turn.replies[-1].text)
        or turn.replies[-1].text.count(".") + turn.replies[-1].text.count("?") > 1
    )
    assert drafts.answered(talk.draft, ask) is False


@pytest.mark.parametrize("ask", ON_THE_WAY)
def test_skip_moves_on_but_where_an_answer_is_needed(ask: str) -> None:
    talk = fresh(ask)
    talk.say("skip", intent="skip")
    if questions.load()[ask].skippable:
        assert talk.answers[ask]["status"] in ("declined",)
        assert talk.ask != ask
    else:
        assert talk.ask == ask


@pytest.mark.parametrize("ask", ["dependants", "date_of_birth", "gp_practice"])
def test_not_knowing_is_not_declining(ask: str) -> None:
    talk = fresh(ask)
    talk.say("no idea", intent="dont_know")
    assert talk.answers[ask]["status"] == "unknown"


@pytest.mark.parametrize("ask", ON_THE_WAY)
def test_the_same_detour_three_times_never_says_the_same_twice(ask: str) -> None:
    talk = fresh(ask)
    texts = []
    for _ in range(3):
        talk.say("thanks", intent="thanks")
        texts.append(talk.text)
    assert texts[0] != texts[1] != texts[2]


def test_why_says_why_for_this_question() -> None:
    talk = fresh("date_of_birth")
    talk.say("why do you need that", intent="ask_why")
    assert "Many people share a name" in talk.text


def test_go_back_puts_the_question_before_and_then_returns() -> None:
    talk = fresh("date_of_birth")
    talk.say("go back", intent="go_back")
    assert talk.ask == "preferred_name"
    talk.say("Gracie")
    assert talk.value("preferred_name") == "Gracie"
    assert talk.ask == "date_of_birth"


def test_go_back_then_skip_keeps_the_answer() -> None:
    talk = fresh("date_of_birth")
    talk.say("go back", intent="go_back")
    talk.say("skip", intent="skip")
    assert talk.answers["preferred_name"]["status"] == "given"
    assert talk.ask == "date_of_birth"


def test_go_back_to_the_story_keeps_what_was_told() -> None:
    talk = fresh("needs")
    talk.say("go back", intent="go_back")
    assert talk.ask == "story"
    talk.say("and the flat is damp")
    talk.say("that's all")
    assert len(talk.value("story")) == 3
    assert talk.ask == "needs"


def test_change_a_named_answer_then_return() -> None:
    talk = fresh("postcode")
    talk.say("change my phone number")
    assert talk.ask == "phone"
    talk.say("07700 900999")
    assert talk.value("phone") == "+447700900999"
    assert talk.ask == "postcode"


def test_a_correction_in_words_changes_at_once() -> None:
    talk = fresh("postcode")
    talk.say("no, it's 07700 900124")
    assert talk.value("phone") == "+447700900124"
    assert talk.ask == "postcode"
    assert "phone" in talk.text


def test_start_again_is_confirmed_first() -> None:
    talk = fresh("postcode")
    talk.say("start again", intent="start_again")
    assert talk.ask == "start_again_ok"
    talk.say("no")
    assert talk.ask == "postcode"
    talk.say("start again", intent="start_again")
    talk.say("yes")
    assert talk.ask == "consent"
    assert talk.answers == {}


@pytest.mark.parametrize(
    ("choice", "ask", "effects"),
    [("keep", "goals", ["save"]), ("go_on", "goals", []), ("delete", None, ["end", "forget"])],
)
def test_stop_asks_what_to_do_with_the_answers(choice: str, ask: str | None, effects: list[str]) -> None:
    talk = fresh("goals")
    talk.say("stop", intent="stop")
    assert talk.ask == "stop_ok"
    talk.tap(choice)
    assert talk.ask == ask
    assert [effect["type"] for effect in talk.effects] == effects


def test_deleted_leaves_nothing() -> None:
    talk = fresh("goals")
    talk.say("stop", intent="stop")
    talk.tap("delete")
    assert talk.answers == {}


def test_save_for_later_keeps_the_question_open() -> None:
    talk = fresh("goals")
    talk.say("save for later", intent="save_for_later")
    assert talk.ask == "goals"
    talk.say("I want to sleep")
    assert drafts.answered(talk.draft, "goals")


@pytest.mark.parametrize("intent", ["save_for_later", "goodbye"])
def test_saving_proposes_a_code_and_leaves_its_place_in_the_text(intent: str) -> None:
    talk = fresh("goals")
    talk.say("gotta go", intent=intent)
    assert talk.effects == [{"type": "save"}]
    assert talk.text.count("{code}") == 1


def test_by_text_a_link_to_the_web_is_proposed_and_the_question_stays_open() -> None:
    talk = fresh("goals", channel="sms")
    talk.say("can I do this on the web?", intent="go_online")
    assert talk.effects == [{"type": "link"}]
    assert talk.text.count("{link}") == 1 and talk.ask == "goals"
    talk.say("I want to sleep")
    assert drafts.answered(talk.draft, "goals")


def test_on_the_web_no_link_is_needed() -> None:
    talk = fresh("goals")
    talk.say("can I do this on the web?", intent="go_online")
    assert talk.effects == [] and "{link}" not in talk.text and talk.ask == "goals"


def test_keeping_it_when_stopping_is_saving() -> None:
    talk = fresh("goals")
    talk.say("stop", intent="stop")
    talk.tap("keep")
    assert talk.effects == [{"type": "save"}] and "{code}" in talk.text


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("ask", ["consent", "story", "needs", "date_of_birth", "suicidal_thoughts", "check"])
def test_taking_it_up_puts_the_open_question_on_either_channel(ask: str, channel: str) -> None:
    turn = dialogue.resumed(draft_at(ask, "web").draft, channel=channel, ask=ask, now=fresh(ask).now)
    assert turn.ask == ask and [reply.ask for reply in turn.replies if reply.ask] == [ask]
    assert turn.replies[0].text.startswith("Welcome back.")
    assert turn.effects == ()


def test_what_is_approved_after_taking_it_up_is_what_was_shown_then() -> None:
    turn = dialogue.resumed(draft_at("check", "web").draft, channel="sms", ask="check", now=fresh("check").now)
    assert str(turn.draft["shown"]) in turn.replies[-1].text


def test_a_person_is_asked_for_at_once_and_what_is_there_can_be_sent() -> None:
    talk = fresh("goals")
    talk.say("can I talk to someone", intent="talk_to_human")
    assert talk.effects[0] == {"type": "human", "words": "can I talk to someone"}
    assert talk.ask == "phone"
    talk.say("07700 900123")
    assert {"type": "escalation_detail", "phone": NUMBER} in talk.effects
    talk.say("can I talk to someone", intent="talk_to_human")
    assert talk.ask == "human_ok"
    talk.tap("send")
    assert talk.effects[-1] == {"type": "submit"}
    assert talk.turn.replies[0].kind == "receipt"
    assert talk.turn.replies[0].reference == REFERENCE


def test_a_person_may_be_asked_for_before_consent() -> None:
    talk = Conversation()
    talk.say("I want a human", intent="talk_to_human")
    assert talk.effects[0]["type"] == "human"
    assert talk.ask == "phone"


def test_what_did_i_say_lists_the_answers() -> None:
    talk = fresh("postcode")
    talk.say("what did I say so far", intent="ask_what_said")
    assert "Name: Grace Mensah" in talk.text
    assert talk.ask == "postcode"


def test_it_got_worse_asks_about_suicide_if_not_asked_yet() -> None:
    talk = fresh("needs")
    talk.say("it has got a lot worse", intent="it_got_worse")
    assert talk.ask == "suicidal_thoughts"
    assert "999" in talk.text


def test_without_a_number_another_way_is_asked() -> None:
    talk = fresh("phone")
    talk.say("skip", intent="skip")
    assert talk.ask == "other_contact"
    talk.say("through my key worker Dan at the hostel")
    assert drafts.value(talk.draft, "other_contact") == "through my key worker Dan at the hostel"
    assert talk.ask == "contact_method"


@pytest.mark.parametrize(
    ("ask", "text", "intent", "detour"),
    [
        ("story", "I want to stop drinking", "stop", False),
        ("story", "stop", "stop", True),
        ("goals", "I want to stop drinking and go back to college", "stop", False),
        ("goals", "who sees this?", "ask_who_sees", True),
        ("goals", "can i talk to a person please, i cant do this", "talk_to_human", True),
        ("story", "please can someone ring me i dont want to type all this", "talk_to_human", True),
        ("goals", "I want to talk to a person who knows what grief is like", "talk_to_human", False),
        ("story", "when I can I go to church but can you believe they shut it", "small_talk", False),
        ("full_name", "Grace Mensah", "small_talk", False),
        ("phone", "07700 900123", "ask_who_sees", False),
        ("phone", "why do you need my number?", "ask_why", True),
        ("adult", "yes", "thanks", False),
        ("adult", "skip", "thanks", True),
        ("safe_at_home", "not sure", "dont_know", False),
        ("postcode", "is this free?", "ask_cost", True),
        ("dependants", "no one", "skip", False),
        ("contact_method", "text me please", "talk_to_human", False),
    ],
)
def test_arbitration(ask: str, text: str, intent: str, detour: bool) -> None:
    inbound = Inbound(text=text, channel="web", now=NOW, ask=ask, intent=intent, confidence=0.9)
    assert arbitration.is_detour(inbound) is detour


def test_an_uncertain_classifier_does_not_make_a_detour() -> None:
    inbound = Inbound(text="banana", channel="web", now=NOW, ask="adult", intent="stop", confidence=0.3)
    assert arbitration.is_detour(inbound) is False


def test_a_tapped_choice_is_never_a_detour() -> None:
    inbound = Inbound(text="Stop", channel="web", now=NOW, ask="adult", choice="no", intent="stop", confidence=1.0)
    assert arbitration.is_detour(inbound) is False
