"""Answers that are wholly what was asked for: a date, a number, a postcode, an offered choice. There is nothing in them to read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import yaml

from bot.crisis.datafile import FOLDER

_NUMBER = r"[+()\d][\d\s().-]{5,24}"
_DATE = r"\d{1,4}(st|nd|rd|th)?[\s./-]{0,3}(\d{1,2}|[a-z]{3,9})[\s,./-]{0,3}\d{2,4}"
_POSTCODE = r"[a-z]{1,2}\d[a-z\d]?(\s*\d[a-z]{2})?"
_ADDRESS = r"[\w.+-]+@[\w-]+(\.[\w-]+)+"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PLAIN = {
    "phone": re.compile(_NUMBER),
    "introducer_phone": re.compile(_NUMBER),
    "nhs_number": re.compile(_NUMBER),
    "date_of_birth": re.compile(_DATE),
    "postcode": re.compile(_POSTCODE),
    "email": re.compile(_ADDRESS),
}

_ASKS_BACK = re.compile(
    r"(?:sorry|hang on|wait|um+|ok|but|and)?[\s,]*"
    r"(?:why (?:do|would|are|did) (?:you|u|they) (?:need|want|ask|asking|have)(?: (?:to know|to ask|me|that|this|it|so much|all this))*|"
    r"why(?: that| this)?|(?:do|must) i (?:have|need) to (?:say|answer|tell you)(?: that| this| it)?|"
    r"who (?:sees|reads|will see|gets)(?: that| this| it| my answers?)?|(?:is|will) (?:this|that|it) (?:be )?(?:private|confidential))[\s?!.]*"
)
QUESTIONS = FOLDER.parent / "questions.yml"
CHANGES_AN_ANSWER = "Change an earlier answer"
"""What is read where an answer was tapped to be changed, as the page shows it too. It names no question: a question's own words could read
like an answer to it."""
BUTTONS = frozenset(("delete this chat", CHANGES_AN_ANSWER.lower()))
"""What the page's own buttons say, tapped or typed: these words alone tell of nobody who is watched, and of nothing that never changes."""
ABOUT_SAFETY = frozenset(("suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home"))
"""Questions whose choices are read: one of them may be a disclosure."""


@cache
def offered() -> Mapping[str, frozenset[str]]:
    """By ask, the choices that our own question offers and that say nothing of risk, in lower case: "I can't manage" of housework."""
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"]
    return {
        ask: frozenset(
            str(choice["label"]).lower()
            for part in (question, question.get("other", {}))
            for kind in ("choices", "sms_choices")
            for choice in part.get(kind, ())
        )
        for ask, question in questions.items()
        if ask not in ABOUT_SAFETY
    }


def is_button(text: str) -> bool:
    """Whether the text is what a button of the page says, and nothing else. Beside other messages it would read like their end:
    "Nothing", tapped, and then "Change an earlier answer"."""
    return text.strip().lower() in BUTTONS


def is_offered_choice(messages: Sequence[str], *, asked: str | None) -> bool:
    """Whether the one message is a choice that the question offered, tapped or typed, or a button of the page."""
    if len(messages) != 1:
        return False
    return is_button(messages[0]) or messages[0].strip().lower() in offered().get(asked or "", frozenset())


def is_plain_answer(messages: Sequence[str], *, asked: str | None) -> bool:
    """Whether the one message is, as a whole, of the form that the question asks for, or asks why it is put and who sees the answer."""
    if len(messages) != 1:
        return False
    text = messages[0].strip().lower()
    form = PLAIN.get(asked or "")
    if _ASKS_BACK.fullmatch(text):
        return True
    if form is None or form.fullmatch(text) is None:
        return False
    words = re.findall(r"[a-z]{3,}", text) if asked == "date_of_birth" else []
    return all(word.startswith(_MONTHS) for word in words)
