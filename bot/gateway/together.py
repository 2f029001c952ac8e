"""Texts that one phone sends within seconds of each other are one message in pieces: the engine reads them together, the screen each at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from bot.gateway.engine import TurnRequest
from spa import messages
from spa.models import Channel, Conversation, Message

LONGEST_RUN = 10
"""Texts that are read as one."""
OWN_WORDS = ("story", "goals")
"""Questions whose answers are kept as they were told, line by line; elsewhere a second text goes on in the same line."""


def run(
    session: Session, conversation: Conversation, pending: Sequence[Message], *, within: timedelta
) -> Sequence[Message]:
    """The first waiting messages that belong together; at least one. A choice or a flagged message stands by itself."""
    count = 1
    if conversation.channel == Channel.SMS and _is_plain(session, pending[0]):
        for before, after in zip(pending, pending[1:LONGEST_RUN], strict=False):
            if after.at - before.at > within or not _is_plain(session, after):
                break
            count += 1
    return pending[:count]


def joined(request: TurnRequest, texts: Sequence[Message]) -> TurnRequest:
    """The request with the words of all of them, under the last one's id: one more text makes it another request."""
    glue = "\n" if request.ask in OWN_WORDS else " "
    return replace(request, message=texts[-1].id, text=glue.join(message.text for message in texts))


def _is_plain(session: Session, message: Message) -> bool:
    assessment = messages.assessment_of(session, message)
    flagged = assessment is None or assessment.flag is not Flag.NONE
    return message.choice is None and not message.media and not flagged
