"""People as they are: who tell their story at the wrong question, answer sideways, change their mind and ask things back."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from bot.intake import introduction, summary
from tests.intake.play import NOW, REFERENCE, WEB, Conversation, at

ACCOUNT = "the council stopped my housing benefit and now the rent is behind"


def told(talk: Conversation) -> list[str]:
    return [*talk.draft["telling"], *(drafts.value(talk.draft, "story") or [])]


@pytest.mark.parametrize("ask", ["lambeth_link", "duration", "full_name", "phone", "gp_practice"])
def test_what_is_told_at_the_wrong_question_is_kept(ask: str) -> None:
    talk = at(ask)
    talk.say(ACCOUNT)
    assert ACCOUNT in told(talk)
    assert "kept that" in talk.text and talk.ask == ask


def test_a_few_words_that_answer_nothing_are_no_part_of_the_story() -> None:
    talk = at("duration")
    talk.say("carrier pigeon")
    assert "carrier pigeon" not in told(talk)


def test_a_question_nobody_can_answer_here_is_no_failed_answer() -> None:
    talk = at("duration")
    for _ in range(4):
        talk.say("can you find my lost cat?")
    assert talk.ask == "duration" and not talk.draft["misses"]
    assert "can't answer that here" in talk.text


def test_a_no_that_ends_the_story_is_no_part_of_it() -> None:
    talk = at("story")
    talk.say(ACCOUNT)
    talk.say("no")
    assert drafts.value(talk.draft, "story") == [ACCOUNT]


def test_a_no_to_what_was_heard_asks_what_to_change() -> None:
    talk = at("needs")
    talk.say("no")
    assert talk.ask == "needs" and "add or take away" in talk.text
    talk.say("add drinking")
    assert "drugs_alcohol" in [need["domain"] for need in drafts.value(talk.draft, "needs")]


def test_a_second_no_leaves_what_was_heard() -> None:
    talk = at("needs")
    talk.say("no")
    talk.say("no")
    assert drafts.answered(talk.draft, "needs")


@pytest.mark.parametrize(
    "text",
    [
        "I'm Grace Mensah, 34, I live in Brixton SW9 8LF, call me after 5. it's for me",
        "i lost my job in march and the rent is behind",
        "me you idiot",
    ],
)
def test_who_tells_of_themself_has_said_who_it_is_about(text: str) -> None:
    talk = at("about_whom")
    talk.say(text)
    assert drafts.value(talk.draft, "about_whom") == "me"


def test_a_story_that_begins_at_who_is_kept() -> None:
    talk = at("about_whom")
    talk.say("i lost my job in march and the rent is behind")
    assert told(talk) == ["i lost my job in march and the rent is behind"]


def test_yes_means_me_only_when_asked_if_it_is_them() -> None:
    talk = at("about_whom")
    talk.say("yes")
    assert not drafts.answered(talk.draft, "about_whom")
    talk.say("yes")
    assert drafts.value(talk.draft, "about_whom") == "me"


@pytest.mark.parametrize("text", ["she needs help with her drinking", "I am worried about my neighbour upstairs"])
def test_words_about_somebody_else_are_not_taken_for_me(text: str) -> None:
    talk = at("about_whom")
    talk.say(text)
    assert drafts.value(talk.draft, "about_whom") != "me"


def test_where_a_worker_works_is_not_asked_again() -> None:
    talk = at("about_whom")
    talk.say("a client of mine, I'm a support worker at Thames Reach")
    assert drafts.value(talk.draft, "introducer_organisation") == "Thames Reach"


def test_yes_to_living_here_or_gp_here_asks_which() -> None:
    talk = at("lambeth_link")
    talk.say("yes")
    assert talk.ask == "lambeth_link" and "Which one" in talk.text


def test_a_language_said_at_another_question_is_noted() -> None:
    talk = at("full_name")
    talk.say("i need someone who speaks Portuguese")
    assert drafts.value(talk.draft, "access_needs")["language"] == "pt"


@pytest.mark.parametrize("known", [{"choice": "declined"}, {}])
def test_rather_not_say_about_suicide_is_no_answer_either_way(known: dict[str, str]) -> None:
    talk = at("suicidal_thoughts")
    talk.say("I would rather not say", level="passive_low", flag="amber", **known)
    assert drafts.status(talk.draft, "suicidal_thoughts") == drafts.DECLINED
    assert talk.ask != "suicidal_plan"
    made = introduction.document(
        talk.draft, reference=REFERENCE, channel="web", started_at=NOW, submitted_at=talk.now, address=None
    )
    assert "The question about suicide was not answered" in made["priority"]["why"]


def test_an_offered_answer_that_is_flagged_is_still_an_answer() -> None:
    talk = at("impact")
    talk.say("I can't manage", level="passive_low", flag="amber")
    assert drafts.value(talk.draft, "impact") == "cannot_manage"


def test_my_number_is_the_introducers_where_somebody_else_is_introduced() -> None:
    talk = at("check", answers={**WEB, "about_whom": "my son", "phone": "07700 900888"})
    talk.say("my number is 07700 900667 not 456")
    assert drafts.value(talk.draft, "introducer_phone") == "+447700900667"
    assert drafts.value(talk.draft, "phone") == "+447700900888"


def test_an_age_put_right_settles_who_we_are_for() -> None:
    talk = at("adult")
    talk.say("no")
    assert talk.ask == "pass_on_anyway"
    talk.say("sorry i meant 19")
    assert drafts.value(talk.draft, "adult") is True
    assert talk.ask == "lambeth_link"


def test_a_yes_after_the_ending_passes_it_on_after_all() -> None:
    talk = at("adult")
    talk.say("no")
    talk.say("no thanks")
    assert talk.ask is None
    talk.say("yes")
    assert drafts.value(talk.draft, "adult") is False and talk.ask == "lambeth_link"


def test_actually_yes_takes_up_a_consent_that_was_refused() -> None:
    talk = at("consent")
    talk.say("no")
    talk.say("actually ok yes")
    assert drafts.value(talk.draft, "consent") is True


@pytest.mark.parametrize("text", ["no", "nothing", "nothing else"])
def test_nothing_to_change_goes_back_to_the_check(text: str) -> None:
    talk = at("check")
    talk.tap("change")
    talk.say(text)
    assert talk.ask == "check" and talk.draft["state"] == "open"


def test_yes_send_it_while_choosing_a_line_sends_it() -> None:
    talk = at("check")
    talk.tap("change")
    talk.say("yes send it")
    assert talk.draft["state"] == "submitted"


def test_an_answer_where_a_change_was_misheard_is_taken() -> None:
    talk = at("contact_method")
    talk.say("something is wrong", intent="change_answer")
    assert talk.ask == "change_which"
    talk.say("call")
    assert drafts.value(talk.draft, "contact_method") == "call"


def test_a_number_by_text_names_a_line_and_never_sends() -> None:
    talk = at("check", channel="sms")
    assert talk.turn.replies[-1].choices == ()
    talk.say("1")
    assert talk.draft["state"] == "open" and talk.draft["again"]


def test_something_added_in_passing_is_added_at_once() -> None:
    talk = at("postcode")
    talk.say("i forgot to say i also lost my job last week", intent="add_more")
    assert "i forgot to say i also lost my job last week" in told(talk)
    assert talk.ask == "postcode"


def test_something_to_add_is_asked_for() -> None:
    talk = at("postcode")
    talk.say("can i add something else", intent="add_more")
    assert talk.ask == "add_more"


def test_a_person_asked_for_before_consent_gets_the_number_and_nothing_is_demanded() -> None:
    talk = at("consent")
    talk.say("can i talk to a person", intent="talk_to_human")
    talk.say("07700 900444")
    assert talk.effects[-1] == {"type": "escalation_detail", "phone": "+447700900444"}
    assert "do not have to do more" in talk.text


def test_skipping_is_not_met_with_the_same_words_each_time() -> None:
    talk = at("dependants")
    openers = []
    for _ in range(6):
        talk.say("skip")
        openers.append(talk.text.split(".")[0])
    assert all(one != other for one, other in zip(openers, openers[1:], strict=False))


def test_answers_in_a_row_are_not_met_with_the_same_words() -> None:
    talk = at("full_name")
    openers = []
    while talk.ask not in ("contact_method", "check"):
        talk.say(WEB[str(talk.ask)])
        openers.append(talk.text.split("\n")[0].split("?")[0])
    assert len(set(openers)) == len(openers)


def test_light_talk_after_a_disclosure_is_not_met_lightly() -> None:
    talk = at("goals")
    talk.say("i want to die", level="crisis_active", flag="red")
    talk.say("lol sorry mate", intent="small_talk")
    assert "small talk" not in talk.text


def test_a_place_after_sending_is_passed_on_and_said_to_be() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("i am going to end it tonight", level="crisis_imminent", flag="red")
    assert talk.ask == "whereabouts"
    talk.say("Brixton bridge")
    assert "passed that on" in talk.text and "still here" in talk.text
    assert {"type": "escalation_detail", "whereabouts": "Brixton bridge"} in talk.effects


def test_nobody_is_told_that_nothing_was_passed_on_when_crisis_outreach_was() -> None:
    talk = at("lambeth_link")
    talk.say("neither")
    talk.say("i want to die", level="crisis_active", flag="red")
    while talk.ask != "pass_on_anyway":
        talk.say({"suicidal_plan": "no", "phone": "07700 900123", "self_harm": "no"}[str(talk.ask)])
    talk.say("no")
    assert "Nothing is passed on" not in talk.text and "has been told" in talk.text


def test_a_text_never_spells_out_what_another_may_not_read() -> None:
    talk = at("story", channel="sms")
    talk.say("my boyfriend hits me", level="safeguarding", flag="red")
    talk.play(until="check", answers={**WEB, "safe_at_home": "yes"}, story=("that's all",))
    assert "boyfriend" not in summary.text(talk.draft, channel="sms")
    assert "boyfriend" not in talk.text


def test_what_happens_next_after_sending_is_about_what_happens_next() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("what happens now?", intent="ask_how_it_works")
    assert "I ask some questions" not in talk.text


def test_it_got_worse_is_heard_where_something_is_added() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("add something", intent="add_more")
    talk.say("it got worse", intent="it_got_worse")
    assert talk.ask == "suicidal_thoughts"


def test_lines_about_another_person_speak_of_them() -> None:
    talk = at("check", answers={**WEB, "about_whom": "my son", "phone": "07700 900888"})
    labels = [line.label for line in summary.lines(talk.draft, channel="web")]
    assert "They would like" in labels and not [label for label in labels if label.startswith("You ")]


def test_an_age_put_right_is_heard_when_the_classifier_calls_it_a_change() -> None:
    talk = at("adult")
    talk.say("no")
    talk.say("sorry i meant 19", intent="change_answer")
    assert drafts.value(talk.draft, "adult") is True


def test_a_no_to_telling_the_story_is_no_story() -> None:
    talk = at("story")
    talk.say("no")
    assert drafts.status(talk.draft, "story") == drafts.DECLINED and not talk.draft["telling"]


def test_a_number_where_a_place_was_asked_for_is_a_number() -> None:
    talk = at("goals")
    talk.say("i have taken pills", level="crisis_imminent", flag="red")
    talk.say("07700 900999")
    assert drafts.value(talk.draft, "phone") == "+447700900999"
    assert talk.ask == "whereabouts" and not drafts.answered(talk.draft, "whereabouts")
    assert {"type": "escalation_detail", "phone": "+447700900999"} in talk.effects


def test_a_long_message_is_no_greeting() -> None:
    talk = at("adult")
    talk.say("no")
    talk.say("is there anyone else", intent="greeting")
    assert not talk.text.startswith("Hello")


def test_an_answer_that_begins_with_me_is_no_swearing() -> None:
    talk = at("about_whom")
    talk.say("me you idiot", intent="swearing")
    assert drafts.value(talk.draft, "about_whom") == "me"


def test_part_of_a_date_is_met_with_what_is_missing() -> None:
    talk = at("date_of_birth")
    talk.say("1991")
    assert "the day, the month and the year" in talk.text


def test_a_safety_answer_after_sending_is_met_as_one() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("it got worse", intent="it_got_worse")
    talk.say("no")
    assert "Thank you for telling me. The team will see that." in talk.text


def test_facts_are_named_in_the_order_of_the_questions() -> None:
    talk = at("duration")
    talk.say("sw9 8lf and my number is 07700 900124")
    assert "I have noted: phone and postcode." in talk.text


@pytest.mark.parametrize("text", ["i also forgot to say i got sacked", "can you add that i have asthma"])
def test_short_things_are_added_in_passing_too(text: str) -> None:
    talk = at("postcode")
    talk.say(text, intent="add_more")
    assert text in told(talk)


@pytest.mark.parametrize("text", ["brixton", "near stockwell"])
def test_a_place_here_asks_which_of_the_two_it_is(text: str) -> None:
    talk = at("lambeth_link")
    talk.say(text)
    assert "Which one is it" in talk.text


def test_a_number_from_an_introducer_not_yet_asked_is_theirs() -> None:
    talk = at("lambeth_link", answers={**WEB, "about_whom": "a client of mine"})
    talk.say("Priya, 020 7946 0123")
    assert drafts.value(talk.draft, "introducer_phone") == "+442079460123"
    assert not drafts.answered(talk.draft, "phone")


def test_nothing_to_add_or_take_away_keeps_what_was_heard() -> None:
    talk = at("needs")
    talk.say("no")
    talk.say("none")
    assert drafts.value(talk.draft, "needs")


def test_what_is_said_after_the_end_need_not_be_said_again() -> None:
    talk = at("lambeth_link")
    talk.say("neither")
    talk.say("no")
    talk.say("i just want help with my benefits")
    assert talk.ask == "consent" and told(talk) == ["i just want help with my benefits"]


def test_a_red_disclosure_is_not_spelled_out_in_a_text() -> None:
    talk = at("story", channel="sms")
    talk.say("i want to die", level="crisis_active", flag="red")
    assert "want to die" not in summary.text(talk.draft, channel="sms")
    talk.play(until="check", story=("that's all",))
    assert "want to die" not in talk.text


def test_who_we_are_is_said_where_a_card_came_before_the_greeting() -> None:
    talk = Conversation(channel="sms", address="+447700900123", ask="suicidal_plan")
    talk.draft = {**drafts.flag(drafts.empty(), "crisis_active"), "telling": ["i want to die"]}
    talk.say("no")
    assert talk.ask == "consent" and "automated" in talk.text


@pytest.mark.parametrize("text", ["i can't sleep. it's been like this 6 months", "its been going on for 2 years"])
def test_how_long_is_not_asked_where_the_story_said_it(text: str) -> None:
    talk = at("story")
    talk.say(text)
    talk.say("that's all")
    assert drafts.status(talk.draft, "duration") == drafts.GIVEN


@pytest.mark.parametrize("text", ["i was in prison for 2 years", "my mum died in 2019"])
def test_other_lengths_of_time_are_not_taken_for_it(text: str) -> None:
    talk = at("story")
    talk.say(text)
    talk.say("that's all")
    assert not drafts.answered(talk.draft, "duration")


def test_a_watched_phone_is_asked_again_only_if_it_is_a_good_time() -> None:
    talk = at("story", channel="sms")
    talk.say("my ex hits me", level="safeguarding", flag="red")
    talk.say("potato")
    assert talk.ask == "safe_at_home" and "safe" not in talk.text and "good time" in talk.text
    talk.say("yes its ok")
    assert talk.ask == "story" and not drafts.answered(talk.draft, "safe_at_home")


@pytest.mark.parametrize("text", ["home", "my flat", "just my home"])
def test_home_says_which_of_the_two(text: str) -> None:
    talk = at("lambeth_link")
    talk.say(text)
    assert drafts.value(talk.draft, "lambeth_link") == "lives"


@pytest.mark.parametrize(("ask", "asked"), [("dependants", "Who is it?"), ("support_now", "What help is it?")])
def test_a_yes_that_half_answers_is_asked_further(ask: str, asked: str) -> None:
    talk = at(ask)
    talk.say("yes")
    assert talk.ask == ask and asked in talk.text


@pytest.mark.parametrize("text", ["ok send", "yes please send it", "send it now"])
def test_ways_to_say_send(text: str) -> None:
    talk = at("check")
    talk.say(text)
    assert talk.draft["state"] == "submitted"


@pytest.mark.parametrize("text", ["send it to my GP not you", "don't send it", "ok"])
def test_ways_that_do_not_say_send(text: str) -> None:
    talk = at("check")
    talk.say(text)
    assert talk.draft["state"] == "open" or text == "ok"
