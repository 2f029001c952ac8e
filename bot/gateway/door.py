"""The one way in. A resident's message is stored, screened, and answered with a card where it must be, in one transaction.

Nothing here needs the engine, the action server or the network. What the transaction holds when it commits is all that
crisis outreach needs: the message, what the screen said of it, the escalation with its page in the outbox, and the card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.crisis.assessment import Assessment, Flag, Level
from bot.gateway import carding, screening, speaking
from bot.gateway.effects import raise_after_submission
from bot.gateway.incoming import Incoming
from bot.gateway.speaking import Speaking
from bot.intake import draft as drafts
from bot.intake.conditions import SEEN_LEVELS
from bot.intake.safety import is_taken_back, tells_a_plan
from spa import escalations, messages, replying, takeovers
from spa.ladder import Ladder
from spa.models import AssessmentRow, Conversation, EscalationLevel, Message, MessageKind, MessageState

log = structlog.get_logger()

WHEREABOUTS = "whereabouts"
"""The question of the card for a life in danger now."""


@dataclass(frozen=True)
class Received:
    """What became of a message at the door. `seq` is its number; `waiting`: the engine has still to answer it."""

    conversation_id: str
    seq: int
    new: bool
    waiting: bool


class Door:
    """Holds the loaded screen, the fixed cards and the ladder; keeps nothing between messages.

    `told_too`: by channel, what is said instead of a card that would come twice in a row.
    """

    def __init__(
        self,
        screen: screening.Screen,
        cards: carding.Cards,
        ladder: Ladder,
        speaking: Speaking,
        *,
        told_too: Mapping[str, str],
    ) -> None:
        self._screen = screening.Remembering(screen)
        self._cards = cards
        self._ladder = ladder
        self._speaking = speaking
        self._told_too = told_too

    def read_ahead(self, session: Session, conversation: Conversation | None, text: str, *, now: datetime) -> None:
        """Read a text before the transaction that will receive it (the caller's, which only reads); None: it begins a conversation."""
        screening.assess(self._screen, session, conversation, text, before=None, at=now)

    def receive(
        self,
        session: Session,
        conversation: Conversation,
        incoming: Incoming,
        *,
        engine: bool = True,
        answered: bool = False,
        now: datetime,
    ) -> Received:
        """Store and screen one message in the caller's transaction. The same key again changes nothing.

        `engine`: whether the engine is to answer it; otherwise, and while a person is in the conversation, it is kept for staff and
        done with. `answered`: a fixed text with the lines answers it, so that no card but a red one is put beside that.
        """
        message, new = messages.receive(
            session,
            conversation,
            key=incoming.key,
            text=incoming.text,
            choice=incoming.choice,
            media=incoming.media,
            by=incoming.by,
            now=now,
        )
        if new:
            attended = takeovers.current(session, conversation.id) is not None
            assessment = self._screen_it(session, conversation, message, answered=answered, attended=attended, now=now)
            if engine and not attended:
                self._take_kindly(session, conversation, message, assessment, now=now)
            else:
                messages.settle(session, message, state=MessageState.DONE)
                conversation.draft = _with_flag(conversation.draft, assessment)
        return Received(
            conversation_id=message.conversation_id,
            seq=message.seq,
            new=new,
            waiting=message.state == MessageState.RECEIVED,
        )

    def _screen_it(
        self,
        session: Session,
        conversation: Conversation,
        message: Message,
        *,
        answered: bool,
        attended: bool,
        now: datetime,
    ) -> Assessment:
        asked = conversation.ask
        earlier = messages.assessments(session, conversation)
        found = screening.assess(self._screen, session, conversation, message.text, before=message.seq, at=message.at)
        assessment = self._speaking.heard(message.text, found)
        messages.record_assessment(session, message, assessment, asked=asked, now=now)
        if assessment.flag is not Flag.NONE:
            self._alarm(session, conversation, message, assessment, now=now)
        new = self._note_language(session, conversation, message, assessment, earlier, now=now)
        if answered and assessment.flag is not Flag.RED:
            return assessment
        if attended:
            self._say_999(session, conversation, message, assessment, now=now)
            return assessment
        last = messages.last_of_kind(session, conversation, MessageKind.CRISIS)
        card = carding.card_for(
            self._cards,
            assessment,
            earlier,
            channel=conversation.channel,
            asked="suicidal_plan" if tells_a_plan(message.text, asked=asked, choice=message.choice) else asked,
            last=last.text if last is not None else None,
            told_too=self._told_too[conversation.channel],
            now=now,
        )
        replies = self._speaking.replies(assessment, card, new=new)
        if replies:
            replying.put(session, conversation, replies, answers=message, now=now)
        if card is not None:
            conversation.ask = card.get("ask") or conversation.ask
        return assessment

    def _say_999(
        self, session: Session, conversation: Conversation, message: Message, assessment: Assessment, *, now: datetime
    ) -> None:
        """Beside a person the assistant is silent, but for a life in danger now: whoever is there may be looking elsewhere. It says
        so once, and asks nothing."""
        if assessment.level is not Level.CRISIS_IMMINENT:
            return
        channel = conversation.channel
        card = self._cards.card(assessment.level, channel=channel, repeated=False, asked=WHEREABOUTS)
        last = messages.last_of_kind(session, conversation, MessageKind.CRISIS)
        if card is not None and not (last is not None and last.text.startswith(card["text"])):
            replying.put(session, conversation, [card], answers=message, now=now)

    def _note_language(
        self,
        session: Session,
        conversation: Conversation,
        message: Message,
        assessment: Assessment,
        earlier: Sequence[AssessmentRow],
        *,
        now: datetime,
    ) -> bool:
        """Note the interpreter that the message asks for by its language. Returns whether this language is new here: then a person
        sees it the same day, since the screen reads little but direct words of it."""
        tag = speaking.language_in(assessment.reasons)
        before = speaking.language_before(earlier)
        known = tag or next(iter(sorted(before)), None)
        if known is not None:
            conversation.draft = speaking.with_interpreter(conversation.draft, known)
        new = tag is not None and tag not in before
        if new and assessment.flag is Flag.NONE:
            escalations.open_or_raise(
                session,
                conversation,
                message=message,
                level=EscalationLevel.CALL_BACK,
                flag=Flag.AMBER,
                words=message.text,
                reasons=assessment.as_dict()["reasons"],
                ladder=self._ladder,
                now=now,
            )
        return new

    def _take_kindly(
        self, session: Session, conversation: Conversation, message: Message, assessment: Assessment, *, now: datetime
    ) -> None:
        """ "jk" after a flag gets a kind word, which changes nothing for staff. The engine puts the open question again after it."""
        earlier = [row for row in messages.assessments(session, conversation) if row.message_seq < message.seq]
        flagged = any(row.level.value in SEEN_LEVELS for row in earlier)
        if assessment.flag is Flag.NONE and flagged and is_taken_back(message.text, choice=message.choice):
            unsafe = any(row.level is Level.SAFEGUARDING for row in earlier)
            reply = self._cards.retracted(
                conversation.channel, discreet=unsafe or carding.is_discreet(assessment, earlier)
            )
            replying.put(session, conversation, [reply], answers=message, now=now)

    def _alarm(
        self, session: Session, conversation: Conversation, message: Message, assessment: Assessment, *, now: datetime
    ) -> None:
        escalations.open_or_raise(
            session,
            conversation,
            message=message,
            level=assessment.level,
            flag=assessment.flag,
            words=message.text,
            reasons=assessment.as_dict()["reasons"],
            ladder=self._ladder,
            now=now,
        )
        raise_after_submission(session, conversation, assessment, now=now)
        log.info("flagged", conversation=conversation.id, level=assessment.level.value, flag=assessment.flag.value)


def _with_flag(draft: Mapping[str, Any], assessment: Assessment) -> dict[str, Any]:
    """The draft knows of the flag, as it does where the engine sees the message."""
    if assessment.level in (Level.NONE, Level.NEGATED):
        return dict(draft)
    return drafts.flag(drafts.whole(draft), assessment.level.value)
