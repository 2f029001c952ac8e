"""Is a message the answer to the open question, or a detour (a question back, a skip, a change of mind)?"""

from __future__ import annotations

import re

from bot.intake import draft as drafts
from bot.intake import questions, reading, whom
from bot.intake.draft import Draft
from bot.intake.parsing import choices, detours
from bot.intake.parsing.parsed import Detour
from bot.intake.turn import CHANGES, Inbound

INTENTS = frozenset(
    (
        *(
            "skip",
            "dont_know",
            "prefer_not_to_say",
            "ask_why",
            "ask_who_sees",
            "ask_wait_time",
            "ask_how_it_works",
            "ask_cost",
        ),
        *(
            "ask_if_robot",
            "ask_what_said",
            "go_back",
            "change_answer",
            "repeat",
            "start_again",
            "stop",
            "save_for_later",
            "go_online",
        ),
        *(
            "talk_to_human",
            "privacy",
            "thanks",
            "greeting",
            "goodbye",
            "small_talk",
            "swearing",
            "complaint",
            "other_language",
        ),
        *("status", "withdraw", "it_got_worse", "add_more", "out_of_scope"),
    )
)
"""Every detour the NLU knows."""
CERTAIN = 0.5
"""The classifier's probability from which a detour is believed at a question with a form of its own."""
CERTAIN_IN_FREE_TEXT = 0.7
"""The same where any text could be the answer: "I want to stop drinking" belongs to the story."""
LONGEST_COMMAND = 6
LONGEST_QUESTION = 14
LONGEST_STOP = 4
LONGEST_GREETING = 3
"""Words up to which a message may be a detour where any text could be the answer: a statement, one with a question mark, and a wish to stop."""
_ASKS = re.compile(
    r"(?:(?:please|pls|hi|hello|hey|sorry|ok|um+)[ ,]+)*(?:can|could|may|will) (?:i|u|you|we|some\w+|any\w+)\b",
    re.I,
)
"""Who texts leaves the question mark out: "can i talk to a person please, i cant do this"."""
PART_OF_A_STORY = frozenset(
    ("it_got_worse", "complaint", "swearing", "small_talk", "out_of_scope", "add_more", "status", "withdraw")
)
"""What people also say when they tell what happened; there it is a detour only as a question."""
SOFT = frozenset(("out_of_scope", "small_talk", "complaint", "swearing", "greeting", "add_more", "thanks"))
"""Detours that an understood answer outweighs, though it says more than the answer: "wheelchair access and large print"."""
OFFERED = {"skip": "skip", "human": "talk_to_human", "declined": "prefer_not_to_say"}
"""Choices that are detours: those offered when an answer was not understood twice, and "I would rather not say"."""


def is_detour(inbound: Inbound) -> bool:
    """Whether the message is a detour at the question that is open (`inbound.ask`). Never raises on any text."""
    return find(drafts.empty(), inbound, ask=inbound.ask) is not None


def find(draft: Draft, inbound: Inbound, *, ask: str | None) -> Detour | None:
    """The detour the message is, or None for an answer.

    An answer that fills the whole message is never a detour; a command said in so many words always is; otherwise the classifier
    decides where it is certain enough. What is left over goes to the question, whose repair asks again.
    """
    if inbound.choice is not None and inbound.choice.startswith(CHANGES):
        return Detour("change_answer")
    if inbound.choice is not None:
        return Detour(OFFERED[inbound.choice]) if inbound.choice in OFFERED else None
    if not inbound.text.strip():
        return None
    if ask not in questions.load():
        ask = None
    command = detours.find(inbound.text, asked=ask)
    if command and command.intent == "thats_all":
        return None
    free = ask in reading.FREE
    if ask and _is_whole_answer(draft, inbound, ask, free=free, command=command):
        return None
    if command:
        return command
    if ask == "about_whom" and whom.begins_with_me(inbound.text):
        return None
    if not inbound.intent or not _believed(inbound, free=free):
        return None
    answers = ask is not None and not free and inbound.intent in SOFT and "?" not in inbound.text
    return None if answers and ask and reading.parse(draft, ask, inbound) is not None else Detour(inbound.intent)


def _is_whole_answer(draft: Draft, inbound: Inbound, ask: str, *, free: bool, command: Detour | None) -> bool:
    question = questions.load()[ask]
    if free and choices.resolve(inbound.text, question.copy(draft).choices[inbound.channel]):
        return True
    if free and (command is not None or ask in reading.OPEN_ENDED):
        return False
    if command is not None and question.kind == "text":
        return False
    parsed = reading.parse(draft, ask, inbound)
    return parsed is not None and parsed.complete


def _believed(inbound: Inbound, *, free: bool) -> bool:
    if inbound.intent not in INTENTS:
        return False
    if inbound.intent == "greeting" and len(inbound.text.split()) > LONGEST_GREETING:
        return False
    if not free:
        return inbound.confidence >= CERTAIN
    asks_back = "?" in inbound.text or _ASKS.match(inbound.text) is not None
    worse_now = inbound.intent == "it_got_worse" and inbound.ask == "add_more"
    if inbound.intent in PART_OF_A_STORY and not asks_back and not worse_now:
        return False
    longest = LONGEST_QUESTION if asks_back else LONGEST_STOP if inbound.intent == "stop" else LONGEST_COMMAND
    return inbound.confidence >= CERTAIN_IN_FREE_TEXT and len(inbound.text.split()) <= longest
