"""Which card a flagged message gets: the level's own, a shorter one later, and never the same one twice in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.crisis.assessment import Assessment, Level
from spa.messages import WATCHED
from spa.models import AssessmentRow

UNDER_WAY = timedelta(hours=12)
"""How long after somebody said that they did something, or were about to, their card still comes before a lesser one."""
LESSER = (Level.CRISIS_ACTIVE, Level.SELF_HARM, Level.PASSIVE_LOW)
"""Levels of the resident's own danger below that."""


class Cards(Protocol):
    """The fixed crisis replies (bot.crisis.replies.Replies)."""

    def card(
        self, level: Level, *, channel: str, repeated: bool, discreet: bool = False, asked: str | None = None
    ) -> Mapping[str, Any] | None: ...

    def retracted(self, channel: str, *, discreet: bool = False) -> Mapping[str, Any]: ...


def card_for(
    cards: Cards,
    assessment: Assessment,
    earlier: Sequence[AssessmentRow],
    *,
    channel: str,
    asked: str | None,
    last: str | None,
    told_too: str,
    now: datetime,
) -> Mapping[str, Any] | None:
    """The card for this message, or None where none is due.

    `earlier`: what the screen said before; `last`: the text of the card shown last; `told_too`: what is said where the same one would
    come twice in a row.
    """
    discreet = is_discreet(assessment, earlier)
    level = assessment.level if discreet else _level(assessment, earlier, now=now)
    repeated = any(row.level.urgency >= level.urgency for row in earlier)
    card = cards.card(level, channel=channel, repeated=repeated, discreet=discreet, asked=asked)
    if card is not None and not discreet and card["text"] == last:
        return {**card, "text": told_too}
    return card


def is_discreet(assessment: Assessment, earlier: Sequence[AssessmentRow]) -> bool:
    """Whether somebody else may be reading: once that was said it holds for the conversation. A life in danger now outweighs it."""
    watched = any(reason["rule"] == WATCHED for row in earlier for reason in row.reasons)
    return (assessment.discreet or watched) and assessment.level is not Level.CRISIS_IMMINENT


def _level(assessment: Assessment, earlier: Sequence[AssessmentRow], *, now: datetime) -> Level:
    """The level whose card is shown: "please help me" after an overdose is answered with 999, not with a number to talk to."""
    under_way = any(row.level is Level.CRISIS_IMMINENT and now - row.at <= UNDER_WAY for row in earlier)
    return Level.CRISIS_IMMINENT if under_way and assessment.level in LESSER else assessment.level
