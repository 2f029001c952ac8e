"""In which language a message is written, kept with what the screen said of it, and noted for the interpreter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.crisis.assessment import Assessment, Reason
from bot.crisis.foreign import ForeignCards
from bot.directory import Directory
from bot.intake import draft as drafts
from bot.language.identify import ENGLISH, TAGS, Identifier
from spa.models import AssessmentRow

LANGUAGE = "language:"
"""How the reason begins that keeps the language of a message, for staff and for the messages after it."""
_RULE = re.compile(rf"({'|'.join(TAGS)})_(?:wish|attempt|past|now|self_harm|home|others|worried|low)\b")


@dataclass(frozen=True)
class Speaking:
    """The identifier and the cards of the languages it knows."""

    identifier: Identifier
    cards: ForeignCards

    @classmethod
    def load(cls, lines: Directory) -> Speaking:
        """Raises what Identifier.load and ForeignCards.load raise."""
        return cls(Identifier.load(), ForeignCards.load(lines))

    def heard(self, text: str, assessment: Assessment) -> Assessment:
        """The assessment, with the language of the text as a reason of no weight where it is not English."""
        tag = self._language(text, assessment)
        if tag is None:
            return assessment
        return replace(assessment, reasons=(*assessment.reasons, Reason(rule=LANGUAGE + tag, words="")))

    def _language(self, text: str, assessment: Assessment) -> str | None:
        """What the text as a whole is in; else the language of the rule that a few words of it met."""
        tag = self.identifier.identify(text)
        if tag not in (None, ENGLISH):
            return tag
        met = (_RULE.match(reason.rule) for reason in assessment.reasons)
        return next((match.group(1) for match in met if match), None)

    def replies(self, assessment: Assessment, card: Mapping[str, Any] | None, *, new: bool) -> list[Mapping[str, Any]]:
        """What goes out: the card in the message's language first, the card in English after it.

        `new`: this language was not met before in the conversation. A follow-up, and any answer to a watched phone, stays as it is.
        """
        tag = language_in(assessment.reasons)
        own = [] if card is None else [card]
        due = new or (card is not None and "ask" in card)
        if tag is None or assessment.discreet or not due:
            return list(own)
        return [self.cards.card(tag, level=assessment.level, flag=assessment.flag), *own]


def language_in(reasons: Iterable[Reason]) -> str | None:
    """The language that `heard` put with the reasons."""
    return next((one.rule.removeprefix(LANGUAGE) for one in reasons if one.rule.startswith(LANGUAGE)), None)


def language_before(earlier: Iterable[AssessmentRow]) -> set[str]:
    """The languages met in a conversation so far."""
    rules = (str(reason["rule"]) for row in earlier for reason in row.reasons)
    return {rule.removeprefix(LANGUAGE) for rule in rules if rule.startswith(LANGUAGE)}


def with_interpreter(draft: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """The draft with an interpreter for this language among what is needed, unless the resident has said what they need."""
    whole = drafts.whole(draft)
    if drafts.answered(whole, "access_needs"):
        return whole
    value = {"language": tag, "interpreter": True, "needs": [], "notes": None}
    return drafts.answer(whole, "access_needs", value)
