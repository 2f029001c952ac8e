"""Takes each conversation forward: one message at a time, in order, through the engine.

A message waits in the database until the engine has answered it and its replies and effects are stored, in one transaction.
When the engine is down, slow or fails, the resident is told so once, and the message is tried again until it goes through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.effects import Refused
from bot.gateway.engine import Engine, EngineUnavailable
from bot.gateway.events import Hub
from bot.gateway.failures import described
from bot.gateway.inbox import Inbox, Job
from bot.gateway.listening import unheard
from bot.gateway.serial import Serial
from bot.needs.heard import Heard

log = structlog.get_logger()

LOOK_EVERY = 2.0
"""Seconds between looks for messages that wait; a message is tried again after this time, then after twice as long, and so on."""
LONGEST_PAUSE = 60.0
"""Seconds at most between two tries of the same message."""
AT_ONCE = 16
"""Turns in the engine at the same time."""
MOST_WAITS = 4
"""How many times the pause that ends a run of texts they are waited for at most."""
STUMBLES = 4
"""Failed tries of one message, with an engine that is up, until a person is asked to look."""


@dataclass
class Trouble:
    """A conversation whose first waiting message did not go through; `not_before` is in the loop's seconds."""

    failures: int = 0
    stumbles: int = 0
    not_before: float = 0.0


@dataclass(frozen=True)
class Gathering:
    """A phone that may be in the middle of several texts, since `first` (the loop's seconds)."""

    first: float
    timer: asyncio.TimerHandle


class Turns:
    """Lives in one event loop. What is cut off by `stop` waits in the database and is taken up at the next start."""

    def __init__(
        self,
        inbox: Inbox,
        engine: Engine,
        serial: Serial,
        hub: Hub,
        *,
        clock: Callable[[], datetime],
        patience: float,
        look_every: float = LOOK_EVERY,
        together: timedelta = timedelta(0),
        listen: Callable[[str], Heard | None] = unheard,
    ) -> None:
        self._inbox = inbox
        self._engine = engine
        self._serial = serial
        self._hub = hub
        self._clock = clock
        self._patience = patience
        self._look_every = look_every
        self._together = together.total_seconds()
        self._gathering: dict[str, Gathering] = {}
        self._listen = listen
        self._running: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[str] = set()
        self._waiters: dict[str, dict[int, asyncio.Event]] = {}
        self._trouble: dict[str, Trouble] = {}
        self._engine_away = True  # until it says that it is ready
        self._room = asyncio.Semaphore(AT_ONCE)
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Take up what waits, now and from then on."""
        self._looking = asyncio.create_task(self._look_for_ever())

    async def stop(self) -> None:
        """End all work in hand."""
        for gathering in self._gathering.values():
            gathering.timer.cancel()
        tasks = [task for task in (self._looking, *self._running.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, conversation_id: str) -> None:
        """There is something to answer in this conversation."""
        self._wanted.add(conversation_id)
        if conversation_id not in self._running:
            self._running[conversation_id] = asyncio.create_task(self._run(conversation_id))

    def gather(self, conversation_id: str) -> None:
        """A text came: answer when no other has followed it for a while, but do not wait for ever."""
        loop = asyncio.get_running_loop()
        earlier = self._gathering.pop(conversation_id, None)
        if earlier is not None:
            earlier.timer.cancel()
        first = earlier.first if earlier is not None else loop.time()
        at = min(loop.time() + self._together, first + self._together * MOST_WAITS)
        timer = loop.call_at(at, self._gathered, conversation_id)
        self._gathering[conversation_id] = Gathering(first, timer)

    def _gathered(self, conversation_id: str) -> None:
        del self._gathering[conversation_id]
        self.wake(conversation_id)

    async def answered(self, conversation_id: str, seq: int) -> None:
        """Return when this message has been answered, or the resident was told that it cannot be now."""
        bell = self._waiters.setdefault(conversation_id, {}).setdefault(seq, asyncio.Event())
        self.wake(conversation_id)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                await bell.wait()
        if not bell.is_set():  # it waits behind others that take their time
            await asyncio.to_thread(self._inbox.excuse, conversation_id, now=self._clock())
            self._hub.notify(conversation_id)

    async def _run(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._wanted:
                self._wanted.discard(conversation_id)
                async with self._serial.held(conversation_id):
                    await self._work_through(conversation_id)
        except SQLAlchemyError as e:
            log.error("turns_not_stored", conversation=conversation_id, **described(e))
        finally:
            self._wanted.discard(conversation_id)
            del self._running[conversation_id]
            self._release(conversation_id)

    async def _work_through(self, conversation_id: str) -> None:
        while (job := await asyncio.to_thread(self._inbox.next, conversation_id)) is not None:
            reason = await self._take(conversation_id, job)
            if reason is not None:
                await self._failed(conversation_id, job, reason)
                return
            self._trouble.pop(conversation_id, None)
            self._ring(conversation_id, job.seq)

    async def _take(self, conversation_id: str, job: Job) -> str | None:
        """One message through the engine and into the database; the reason why not, or None."""
        self._hub.typing(conversation_id, True)
        try:
            async with self._room:
                heard = await asyncio.to_thread(self._listen, job.request.text)
                turn = await self._engine.turn(replace(job.request, **vars(heard)) if heard else job.request)
            await asyncio.to_thread(self._inbox.settle, job, turn, now=self._clock())
        except (EngineUnavailable, Refused) as e:
            return e.reason
        except Exception as e:  # noqa: BLE001 - whatever a turn stumbles over, the message must not be lost with it
            log.error("turn_not_stored", conversation=conversation_id, **described(e))
            return "not_stored"
        finally:
            self._hub.typing(conversation_id, False)
        return None

    async def _failed(self, conversation_id: str, job: Job, reason: str) -> None:
        trouble = self._trouble.setdefault(conversation_id, Trouble())
        trouble.failures += 1
        trouble.not_before = asyncio.get_running_loop().time() + min(
            self._look_every * 2.0 ** (trouble.failures - 1), LONGEST_PAUSE
        )
        if reason == EngineUnavailable.UNREACHABLE:
            self._engine_away = True
        else:
            trouble.stumbles += 1
        log.warning("turn_failed", conversation=conversation_id, seq=job.seq, reason=reason, failures=trouble.failures)
        told = await asyncio.to_thread(self._inbox.excuse, conversation_id, now=self._clock())
        if trouble.stumbles == STUMBLES:
            await asyncio.to_thread(self._inbox.call_for_a_person, job.seq, now=self._clock())
        self._hub.notify(conversation_id)
        for seq in told:
            self._ring(conversation_id, seq)

    async def _look_for_ever(self) -> None:
        while True:
            try:
                await self._look()
            except SQLAlchemyError as e:
                log.error("inbox_not_read", **described(e))
            await asyncio.sleep(self._look_every)

    async def _look(self) -> None:
        if self._engine_away:
            if not await self._engine.ready():
                return
            self._engine_away = False
            for trouble in self._trouble.values():
                trouble.not_before = 0.0
        now = asyncio.get_running_loop().time()
        for conversation_id in await asyncio.to_thread(self._inbox.waiting):
            trouble = self._trouble.get(conversation_id, Trouble())
            if conversation_id not in {*self._running, *self._gathering} and trouble.not_before <= now:
                self.wake(conversation_id)

    def _ring(self, conversation_id: str, seq: int) -> None:
        bell = self._waiters.get(conversation_id, {}).pop(seq, None)
        if bell is not None:
            bell.set()

    def _release(self, conversation_id: str) -> None:
        for bell in self._waiters.pop(conversation_id, {}).values():
            bell.set()
