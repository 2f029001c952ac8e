"""The worker: delivers the outbox, climbs the escalation ladder, reminds of and puts away what is unfinished, enforces retention. Any number
of them may run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from spa import escalations, ladder, late, outbox, paging, retention, unasked, undelivered, unfinished
from spa.database import Database
from spa.delivery import setting
from spa.delivery.sender import DeliveryFailed, Sender, Traceable
from spa.ladder import Ladder
from spa.models import OutboxItem, OutboxKind, Purpose
from spa.pace import Pace
from spa.unfinished import Unfinished

log = structlog.get_logger(__name__)

POLL = 0.5
"""Seconds between looks at an outbox that had nothing due."""

POLL_WHILE_SENDING = 0.05
"""Seconds, while something is under way: the next text to the same resident may go as soon as it has gone."""

AFTER_FAULT = 5.0
"""Seconds to wait when the database could not be reached."""

AT_ONCE = 8
"""Items under way at one time, so that a provider that hangs does not hold up a page by another way."""

RETENTION_EVERY = timedelta(hours=1)
RETENTION_AGAIN = timedelta(minutes=1)
"""After one that failed."""

UNFINISHED_EVERY = timedelta(minutes=1)

Purge = Callable[[Sequence[str]], None]
"""Removes conversations, by id, from the engine's own store. Raises where it could not; they are tried again."""


class WorkerSettings(setting.DeliverySettings, ladder.LadderSettings, unfinished.UnfinishedSettings, Protocol):
    """What the settings must hold for a worker."""

    @property
    def draft_days(self) -> int: ...
    @property
    def transcript_days(self) -> int: ...
    @property
    def texts_per_second(self) -> float: ...


def _wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Keep:
    """Days that words are kept: of an unsent draft, and of the transcript of one that was handed over."""

    draft_days: int
    transcript_days: int


class Worker:
    """`senders` by kind of outbox item; a kind without one is not configured and its items fail for good."""

    def __init__(
        self,
        database: Database,
        senders: Mapping[OutboxKind, Sender],
        ladder: Ladder,
        *,
        keep: Keep,
        pace: Pace | None = None,
        purge: Purge | None = None,
        unfinished: Unfinished | None = None,
        says_late: str | None = None,
        clock: Callable[[], datetime] = _wall_clock,
    ) -> None:
        self.database = database
        self.senders = senders
        self.ladder = ladder
        self.keep = keep
        self.pace = pace
        self.purge = purge
        self.unfinished = unfinished
        self.says_late = says_late
        self.clock = clock
        self._retention_at: datetime | None = None
        self._unfinished_at: datetime | None = None

    @classmethod
    def from_settings(
        cls, settings: WorkerSettings, database: Database, *, purge: Purge | None = None, reminder: str, says_late: str
    ) -> Worker:
        """A worker as configured; `reminder` is the text that an unfinished conversation is reminded with,
        `says_late` the one that goes instead of replies that are an hour late.

        Raises ladder.LadderError, delivery.setting.DeliverySettingError or quiet.QuietHoursError naming the setting.
        """
        climbed = ladder.from_settings(settings)
        senders = setting.senders(settings, ladder=climbed, clock=_wall_clock)
        keep = Keep(draft_days=settings.draft_days, transcript_days=settings.transcript_days)
        sender = settings.twilio_messaging_service_sid or settings.twilio_from
        pace = Pace(sender, per_second=settings.texts_per_second)
        left = Unfinished.from_settings(settings, reminder=reminder)
        return cls(database, senders, climbed, keep=keep, pace=pace, purge=purge, unfinished=left, says_late=says_late)

    def tick(self, now: datetime) -> int:
        """Everything that is due at `now`, to its end. Returns how many items were tried."""
        self._climb(now)
        self._keep_house(now)
        tried = 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while items := self._lease(AT_ONCE, now=now):
                wait([pool.submit(self._deliver, item, now) for item in items])
                tried += len(items)
        return tried

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, then finish what is under way. A database that is away is waited for."""
        under_way: set[Future[None]] = set()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while not stop.is_set():
                under_way = {future for future in under_way if not future.done()}
                stop.wait(self._turn(pool, under_way))

    def _turn(self, pool: ThreadPoolExecutor, under_way: set[Future[None]]) -> float:
        """One look at everything. Returns the seconds until the next."""
        now = self.clock()
        try:
            self._climb(now)
            items = self._lease(AT_ONCE - len(under_way), now=now)
        except SQLAlchemyError as e:
            log.error("worker.database_failed", fault=type(e).__name__)
            return AFTER_FAULT
        under_way.update(pool.submit(self._deliver, item, None) for item in items)
        self._keep_house(now)
        return POLL_WHILE_SENDING if under_way else POLL

    def _lease(self, limit: int, *, now: datetime) -> list[OutboxItem]:
        if limit <= 0:
            return []
        self._take_back_late(now)
        with self.database.session() as session:
            return outbox.due(session, now=now, limit=limit, pace=self.pace)

    def _take_back_late(self, now: datetime) -> None:
        """Before anything is leased; but no fault of it may hold up a page."""
        if self.says_late is None:
            return
        try:
            with self.database.session() as session:
                late.replace(session, says=self.says_late, now=now)
        except Exception as e:
            log.error("worker.late_not_replaced", fault=type(e).__name__)

    def _deliver(self, item: OutboxItem, now: datetime | None) -> None:
        """Send one item with no transaction open, then store how it went. Nothing that one item does stops the others."""
        try:
            if self._held_back(item, now=now or self.clock()):
                return
        except Exception as e:  # what cannot be looked at is not sent
            log.error("worker.review_failed", item=item.id, fault=type(e).__name__)
            outcome: str | DeliveryFailed = DeliveryFailed(undelivered.NOT_REVIEWED, permanent=False)
        else:
            outcome = self._send(item)
        try:
            if isinstance(outcome, DeliveryFailed):
                self._failed(item, outcome, now=now or self.clock())
            else:
                self._sent(item, provider_id=outcome, now=now or self.clock())
        except SQLAlchemyError as e:  # its lease passes and it is sent again
            log.error("worker.result_lost", item=item.id, fault=type(e).__name__)

    def _held_back(self, item: OutboxItem, *, now: datetime) -> bool:
        """Whether it is a text that nobody asked for and that may not go now, or not any more."""
        if self.unfinished is None or item.purpose != Purpose.REMINDER:
            return False
        with self.database.session() as session:
            return unasked.review(session, item, quiet=self.unfinished.quiet, now=now)

    def _send(self, item: OutboxItem) -> str | DeliveryFailed:
        sender = self.senders.get(item.kind)
        if sender is None:
            return DeliveryFailed("channel_off", permanent=True)
        try:
            return self._taken_before(sender, item) or sender.send(item)
        except DeliveryFailed as e:
            return e
        except Exception as e:  # a sender's own fault must not end the worker
            log.error("worker.sender_broke", item=item.id, kind=str(item.kind), fault=type(e).__name__)
            return DeliveryFailed("sender_broke", permanent=False, certain=False)

    def _taken_before(self, sender: Sender, item: OutboxItem) -> str | None:
        """The provider's id of an item that an earlier attempt, whose end nobody saw, did deliver."""
        if item.doubt_since is None or not isinstance(sender, Traceable):
            return None
        found = sender.trace(item, since=item.doubt_since)
        with self.database.reading() as session:
            return outbox.unclaimed(session, found)

    def _sent(self, item: OutboxItem, *, provider_id: str, now: datetime) -> None:
        with self.database.session() as session:
            outbox.sent(session, item, provider_id=provider_id, now=now)
        log.info("worker.sent", item=item.id, kind=str(item.kind), purpose=str(item.purpose), attempts=item.attempts)

    def _failed(self, item: OutboxItem, failure: DeliveryFailed, *, now: datetime) -> None:
        with self.database.session() as session:
            given_up = outbox.failed(
                session, item, error=failure.error, permanent=failure.permanent, certain=failure.certain, now=now
            )
            if failure.busy and self.pace is not None:
                self.pace.hold(session, now=now)
            if given_up:
                undelivered.note(session, session.get_one(OutboxItem, item.id), now=now)
        log.warning("worker.not_sent", item=item.id, kind=str(item.kind), error=failure.error, given_up=given_up)
        if given_up and item.purpose == Purpose.PAGE:
            with self.database.session() as session:
                paging.hurry(session, item, now=now)

    def _climb(self, now: datetime) -> None:
        with self.database.session() as session:
            lost = paging.follow_up(session, now=now)
            pages = escalations.climb(session, ladder=self.ladder, now=now)
        if pages or lost:
            log.info("worker.climbed", pages=pages, undelivered=lost)

    def _keep_house(self, now: datetime) -> None:
        """What can wait. Whatever fails in it, pages go on: it is tried again a little later."""
        for task in (self._tidy, self._retain):
            try:
                task(now)
            except Exception as e:
                log.error("worker.house_keeping_failed", task=task.__name__.strip("_"), fault=type(e).__name__)

    def _tidy(self, now: datetime) -> None:
        """Put away what was left, and remind of what is not put away yet."""
        rules = self.unfinished
        if rules is None or (self._unfinished_at is not None and now < self._unfinished_at):
            return
        self._unfinished_at = now + UNFINISHED_EVERY  # also where it fails
        with self.database.session() as session:
            closed = unfinished.close(session, rules, ladder=self.ladder, now=now)
            reminded = unfinished.remind(session, rules, now=now)
        if closed or reminded:
            log.info("worker.tidied", closed=closed, reminded=reminded)
        if max(closed, reminded) >= unfinished.BATCH:
            self._unfinished_at = now

    def _retain(self, now: datetime) -> None:
        if self._retention_at is not None and now < self._retention_at:
            return
        self._retention_at = now + RETENTION_AGAIN
        with self.database.session() as session:
            removed = retention.enforce(
                session, now=now, draft_days=self.keep.draft_days, transcript_days=self.keep.transcript_days
            )
        if removed.total:
            log.info("worker.retained", **vars(removed))
        more = self._purge_engine(now) or removed.total > 0
        self._retention_at = now if more else now + RETENTION_EVERY

    def _purge_engine(self, now: datetime) -> bool:
        """Pass on what was blanked to the engine's store. True where there may be more."""
        if self.purge is None:
            return False
        with self.database.reading() as session:
            ids = retention.to_purge(session)
        if not ids:
            return False
        try:
            self.purge(ids)
        except Exception as e:  # the engine's store is another process's: it may be away, and is asked again later
            log.error("worker.purge_failed", conversations=len(ids), fault=type(e).__name__)
            return False
        with self.database.session() as session:
            retention.purged(session, ids, now=now)
        return True
