"""Is a message the answer to the open question, or a detour (a question back, a skip, a change of mind)?"""

from __future__ import annotations

from bot.intake import draft as drafts
from bot.intake import questions, reading
from bot.intake.draft import Draft
from bot.intake.parsing import detours
from bot.intake.parsing.parsed import Detour
from bot.intake.turn import Inbound

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
SHORT = 8
"""Words up to which a message may be a detour where any text could be the answer; twice as many for a question back."""
OFFERED = {"skip": "skip", "human": "talk_to_human"}
"""Choices offered besides a question's own when an answer was not understood twice."""


def is_detour(inbound: Inbound) -> bool:
    """Whether the message is a detour at the question that is open (`inbound.ask`). Never raises on any text."""
    return find(drafts.empty(), inbound, ask=inbound.ask) is not None


def find(draft: Draft, inbound: Inbound, *, ask: str | None) -> Detour | None:
    """The detour the message is, or None for an answer.

    An answer that fills the whole message is never a detour; a command said in so many words always is; otherwise the classifier
    decides where it is certain enough. What is left over goes to the question, whose repair asks again.
    """
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
    if ask and not free and (command is None or questions.load()[ask].kind != "text"):
        parsed = reading.parse(draft, ask, inbound)
        if parsed is not None and parsed.complete:
            return None
    if command:
        return command
    return Detour(inbound.intent) if _believed(inbound, free=free) and inbound.intent else None


def _believed(inbound: Inbound, *, free: bool) -> bool:
    if inbound.intent not in INTENTS:
        return False
    if not free:
        return inbound.confidence >= CERTAIN
    longest = SHORT * 2 if "?" in inbound.text else SHORT
    return inbound.confidence >= CERTAIN_IN_FREE_TEXT and len(inbound.text.split()) <= longest
