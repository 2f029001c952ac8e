"""Takes a conversation up again whose person has fallen silent: a resident is never left waiting for somebody who is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.gateway.effects import Effects
from bot.gateway.events import Hub
from bot.gateway.failures import described
from bot.intake import attended
from spa import conversations, takeovers
from spa.database import Database
from spa.models import Conversation, Takeover, TakeoverEnd

log = structlog.get_logger()

RULE = "staff_went_quiet"
NOTE = (
    "Nobody has answered in the conversation for a while, so the assistant took it up again. The resident was told so."
)


class Attending:
    """`after`: how long a resident waits for the person in the conversation."""

    def __init__(
        self, database: Database, effects: Effects, hub: Hub, *, after: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._effects = effects
        self._hub = hub
        self._after = after
        self._clock = clock

    async def watch(self, *, look_every: float) -> None:
        """Look every so many seconds. Runs until cancelled; a database that is away for a while is no reason to end."""
        while True:
            await asyncio.sleep(look_every)
            try:
                taken_up = await asyncio.to_thread(self.take_up, now=self._clock())
            except SQLAlchemyError as e:
                log.warning("attending_not_read", **described(e))
                continue
            for conversation_id in taken_up:
                self._hub.notify(conversation_id)

    def take_up(self, *, now: datetime) -> list[str]:
        """Every conversation whose person has been silent for too long goes on with the assistant. Their ids.

        One that reaches nobody any more has nobody in it either. What goes wrong with one holds up no other.
        """
        with self._database.reading() as session:
            quiet = takeovers.gone_quiet(session, after=self._after, now=now)
            ids = [one.conversation_id for one in (*quiet, *takeovers.left_over(session, now=now))]
        return [conversation_id for conversation_id in dict.fromkeys(ids) if self._looked_at(conversation_id, now=now)]

    def _looked_at(self, conversation_id: str, *, now: datetime) -> bool:
        try:
            return self._taken_up(conversation_id, now=now)
        except Exception as e:  # noqa: BLE001 - it is looked at again; the others must not wait for it
            log.error("attending_failed", conversation=conversation_id, **described(e))
            return False

    def _taken_up(self, conversation_id: str, *, now: datetime) -> bool:
        """False where the person wrote or left after all, or another gateway was first."""
        with self._database.session() as session:
            conversation = conversations.locked(session, session.get_one(Conversation, conversation_id))
            there = takeovers.current(session, conversation_id)
            if there is None:
                return False
            since = takeovers.waiting_since(session, there)
            if since is not None and now - since >= self._after:
                self._tell(session, conversation, there, now=now)
                self._effects.left_alone(session, conversation, by=there.staff, why=NOTE, rule=RULE, now=now)
                log.info("staff_went_quiet", conversation=conversation_id, takeover=there.id)
                return True
            if takeovers.unreachable(session, conversation, now=now) is not None:
                takeovers.end_with(session, conversation, now=now)
                log.info("takeover_left_over", conversation=conversation_id, takeover=there.id)
                return True
            return False

    def _tell(self, session: Session, conversation: Conversation, there: Takeover, *, now: datetime) -> None:
        replies, turn = attended.back(
            conversation.draft, who=there.signed, ask=there.ask, quiet=True, channel=conversation.channel, now=now
        )
        takeovers.leave(
            session,
            conversation,
            staff=there.staff,
            replies=replies,
            draft=turn.draft,
            ask=turn.ask,
            how=TakeoverEnd.WENT_QUIET,
            now=now,
        )
