"""Keywords and choices: what a text stands for."""

import pytest

from bot.gateway.incoming import Incoming, as_chosen, clean
from bot.gateway.keywords import Keyword, read
from spa.models import Message
from spa.replying import with_numbers

CHOICES = [
    {"value": "no", "label": "No"},
    {"value": "past", "label": "In the past, not now"},
    {"value": "active", "label": "Yes, I do"},
]
ASKED = Message(ask="suicidal_thoughts", choices=CHOICES, multi=False)


@pytest.mark.parametrize(
    "text", ["STOP", "stop", " Stop. ", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "STOP!"]
)
def test_stop_words_alone_stop(text):
    assert read(text, opted_out=False) is Keyword.STOP


@pytest.mark.parametrize("text", ["please stop", "stop him", "the end", "I want to quit drinking", "", "endless", "no"])
def test_the_same_words_in_a_sentence_do_not(text):
    assert read(text, opted_out=False) is None


@pytest.mark.parametrize(
    ("text", "opted_out", "keyword"),
    [
        ("START", False, Keyword.START),
        ("unstop", True, Keyword.START),
        ("Yes.", True, Keyword.START),
        ("yes", False, None),
        ("HELP", False, Keyword.HELP),
        ("info", True, Keyword.HELP),
        ("help me", False, None),
    ],
)
def test_start_and_help(text, opted_out, keyword):
    assert read(text, opted_out=opted_out) is keyword


@pytest.mark.parametrize("text", ["3", "3.", " 3 ", "(3)", "3)", "the third one", "Yes, I do", "yes, i do.", "ACTIVE"])
def test_a_number_label_or_value_is_the_choice(text):
    chosen = as_chosen(Incoming(key="k", text=text), ASKED)
    assert (chosen.choice, chosen.text) == ("active", "Yes, I do")


@pytest.mark.parametrize("text", ["0", "4", "33", "3 children", "I do not", "yes", "", "9" * 500])
def test_anything_else_is_own_words(text):
    incoming = Incoming(key="k", text=text)
    assert as_chosen(incoming, ASKED) == incoming


@pytest.mark.parametrize("asked", [None, Message(ask="full_name", choices=None)])
def test_without_choices_a_number_is_a_number(asked):
    assert as_chosen(Incoming(key="k", text="2"), asked).choice is None


def test_several_numbers_are_several_choices():
    chosen = as_chosen(Incoming(key="k", text="1 and 3"), ASKED)
    assert (chosen.choice, chosen.text) == ("no,active", "No, Yes, I do")


def test_a_choice_that_was_not_offered_keeps_its_value():
    assert as_chosen(Incoming(key="k", text="", choice="maybe"), ASKED).text == "maybe"


@pytest.mark.parametrize("ask", ["phone", "suicidal_thoughts"])
def test_a_tapped_answer_reads_as_a_wish_to_change_it_and_names_no_question(ask):
    assert as_chosen(Incoming(key="k", text="", choice=f"change:{ask}"), ASKED).text == "Change an earlier answer"


def test_words_beside_a_choice_are_never_lost():
    assert as_chosen(Incoming(key="k", text="I want to die", choice="change:phone"), ASKED).text == "I want to die"


@pytest.mark.parametrize(
    ("text", "stored"),
    [("a\0b", "a\ufffdb"), ("\ud83d", "\ufffd"), ("\ud83d\ude14", "\U0001f614"), ("a\x07\n", "a\x07\n")],
)
def test_only_what_a_database_refuses_is_replaced(text, stored):
    assert clean(text) == stored


def test_choices_are_numbered_on_lines_of_their_own():
    assert with_numbers("Is it you?", CHOICES[:2]) == "Is it you?\n1 No\n2 In the past, not now"
    assert with_numbers("Is it you?", None) == "Is it you?"
