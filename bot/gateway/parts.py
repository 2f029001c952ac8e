"""Everything the routes work with, put together once when the gateway starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.request_validator import RequestValidator

from bot import directory
from bot.crisis.replies import Replies
from bot.gateway import wording as wording_file
from bot.gateway.attending import Attending
from bot.gateway.codes import Codes
from bot.gateway.door import Door
from bot.gateway.effects import Effects
from bot.gateway.engine import Engine
from bot.gateway.events import Hub
from bot.gateway.inbox import Inbox
from bot.gateway.limits import Limit
from bot.gateway.listening import ListenerToCome, load_listener
from bot.gateway.loading import ScreenToCome
from bot.gateway.resuming import Resuming
from bot.gateway.serial import Serial
from bot.gateway.sessions import Sessions
from bot.gateway.speaking import Speaking
from bot.gateway.texts import Texts
from bot.gateway.turns import LOOK_EVERY, Turns
from bot.gateway.wording import Wording
from bot.intake import dialogue
from frontdoor.settings import Settings
from spa import ladder
from spa.database import Database

Clock = Callable[[], datetime]
BEYOND_ENGINE = 1.0
"""Seconds that a page waits beyond the engine's own time, before it is told that the answer takes longer."""


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """The gateway's collaborators. `texts` and `validator` are None while the SMS channel is off."""

    settings: Settings
    database: Database
    clock: Clock
    wording: Wording
    sessions: Sessions
    screen: ScreenToCome
    listener: ListenerToCome
    door: Door
    inbox: Inbox
    turns: Turns
    hub: Hub
    attending: Attending
    engine: Engine
    pace: Limit
    openings: Limit
    codes: Codes
    resuming: Resuming
    opening: Callable[[str], Sequence[Mapping[str, Any]]]
    texts: Texts | None
    validator: RequestValidator | None


def assemble(
    settings: Settings,
    database: Database,
    *,
    screen: ScreenToCome,
    clock: Clock = utc_now,
    look_every: float = LOOK_EVERY,
) -> Parts:
    """Put the parts together; call it inside the event loop that they will live in."""
    lines = directory.load()
    replies = Replies.load(lines)
    wording = wording_file.load(lines)
    rungs = ladder.from_settings(settings)
    door = Door(screen, replies, rungs, Speaking.load(lines), told_too=wording.told_too)
    codes = Codes(settings.secret_key.get_secret_value())
    resuming = Resuming(codes)
    effects = Effects(rungs)
    together = timedelta(seconds=settings.texts_together_seconds)
    inbox = Inbox(database, effects, replies, wording, codes, page=settings.public_address, together=together)
    engine = Engine(f"http://127.0.0.1:{settings.engine_port}", timeout=settings.engine_timeout)
    hub = Hub()
    listener = ListenerToCome(lambda: load_listener(settings.models))
    turns = Turns(
        inbox,
        engine,
        Serial(database),
        hub,
        clock=clock,
        patience=settings.engine_timeout + BEYOND_ENGINE,
        look_every=look_every,
        together=together,
        listen=listener.listen,
    )
    texting = settings.sms_enabled
    return Parts(
        settings=settings,
        database=database,
        clock=clock,
        wording=wording,
        sessions=Sessions(settings.secret_key.get_secret_value()),
        screen=screen,
        listener=listener,
        door=door,
        inbox=inbox,
        turns=turns,
        hub=hub,
        attending=Attending(
            database, effects, hub, after=timedelta(minutes=settings.staff_silence_minutes), clock=clock
        ),
        engine=engine,
        pace=Limit(settings.messages_per_minute, timedelta(minutes=1)),
        openings=Limit(settings.sessions_per_minute, timedelta(minutes=1)),
        codes=codes,
        resuming=resuming,
        opening=opening,
        texts=Texts(door, effects, rungs, wording, opening, resuming) if texting else None,
        validator=RequestValidator(settings.twilio_auth_token.get_secret_value()) if texting else None,
    )


def opening(channel: str) -> list[dict[str, Any]]:
    """The first messages of a conversation."""
    return [reply.as_dict() for reply in dialogue.opening(channel)]
