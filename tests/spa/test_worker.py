"""The worker with real senders' shapes: nothing that one item does stops the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from spa import conversations, escalations, outbox, retention, unasked
from spa.database import Database
from spa.delivery.sender import DeliveryFailed
from spa.models import OutboxItem, OutboxKind
from spa.quiet import QuietHours
from spa.unfinished import Unfinished
from spa.worker import Keep, Worker
from tests.serving import serving
from tests.spa.factories import LADDER, NOW, PHONE, alarm, at_once, conversation, inbound, minutes
from tests.spa.test_delivery import ALL, Settings, sms
from tests.twilio_server.server import Fault, TwilioServer


class Pigeons:
    """A way out that keeps what it took. `how` may raise instead."""

    def __init__(self, how: Callable[[OutboxItem], None] = lambda item: None) -> None:
        self.how = how
        self.bodies: list[str] = []
        self.recipients: list[str] = []
        self.taken = threading.Condition()

    def send(self, item: OutboxItem) -> str:
        self.how(item)
        with self.taken:
            self.bodies.append(item.body)
            self.recipients.append(item.recipient)
            self.taken.notify_all()
            return f"P{item.id}"


def worker(database: Database, pigeons: Pigeons, **more) -> Worker:
    senders = dict.fromkeys(OutboxKind, pigeons)
    return Worker(database, senders, LADDER, keep=Keep(draft_days=30, transcript_days=365), **more)


def reply(database: Database, body: str, *, to: str = PHONE, kind: str = "sms", purpose: str = "reply", now=NOW) -> int:
    with database.session() as session:
        return outbox.enqueue(
            session, kind=kind, to=to, body=body, purpose=purpose, dedupe_key=f"{purpose}:{body}", now=now
        ).id


def unfinished_rules() -> Unfinished:
    """Reminders at any hour."""
    day = timedelta(days=1)
    return Unfinished("Hello again.", remind_after=None, close_texts=day, close_chats=day, quiet=QuietHours.parse(""))


def state(database: Database, item_id: int) -> tuple[str, str | None]:
    with database.reading() as session:
        row = session.get_one(OutboxItem, item_id)
        return str(row.state), row.error


def test_a_tick_sends_what_is_due_in_order(database: Database) -> None:
    pigeons = Pigeons()
    for body in ("one", "two", "three"):
        reply(database, body)
    assert worker(database, pigeons).tick(NOW) == 3
    assert pigeons.bodies == ["one", "two", "three"]
    assert worker(database, pigeons).tick(NOW) == 0


def test_one_bad_item_stops_no_other(database: Database) -> None:
    def how(item: OutboxItem) -> None:
        if item.body == "broken":
            raise KeyError("a fault of the sender's own")
        if item.body == "refused":
            raise DeliveryFailed("twilio_21211", permanent=True)

    broken, refused = reply(database, "broken", to="+447700900301"), reply(database, "refused", to="+447700900302")
    good = reply(database, "good", to="+447700900303")
    worker(database, Pigeons(how)).tick(NOW)
    assert state(database, broken) == ("queued", "sender_broke")
    assert state(database, refused) == ("failed", "twilio_21211")
    assert state(database, good) == ("sent", None)


def test_a_reminder_that_cannot_be_looked_at_is_not_sent_and_stops_no_page(database: Database) -> None:
    pigeons, rules = Pigeons(), unfinished_rules()
    with database.session() as session:
        made = conversation(session, channel="sms")
        assert unasked.put(session, made, body="Hello again.", key="reminder:1", quiet=rules.quiet, now=NOW) is None
        made.draft = {"answers": {"safe_at_home": "not an answer as the dialogue keeps them"}}
        alarm(session, conversation(session))
    worker(database, pigeons, unfinished=rules).tick(NOW)
    assert pigeons.recipients == ["+447700900201"]
    with database.reading() as session:
        reminder = session.query(OutboxItem).where(OutboxItem.purpose == "reminder").one()
        assert (reminder.state, reminder.error, reminder.doubt_since) == ("queued", "not_reviewed", None)


def unreadable_and_old(database: Database, *, now: datetime) -> None:
    """A conversation whose draft house-keeping cannot read, however often it tries."""
    with database.session() as session:
        conversation(session, now=now - timedelta(days=9)).draft = {"answers": {"self_harm": "no answer of ours"}}


def test_a_lasting_fault_of_house_keeping_stops_no_page(database: Database) -> None:
    pigeons = Pigeons()
    unreadable_and_old(database, now=NOW)
    with database.session() as session:
        alarm(session, conversation(session))
    worker(database, pigeons, unfinished=unfinished_rules()).tick(NOW)
    assert pigeons.recipients == ["+447700900201"]


def test_a_lasting_fault_of_house_keeping_does_not_end_the_run(database: Database) -> None:
    pigeons, stop, now = Pigeons(), threading.Event(), datetime.now(UTC)
    unreadable_and_old(database, now=now)
    reply(database, "before")
    at_work = worker(database, pigeons, unfinished=unfinished_rules(), clock=lambda: datetime.now(UTC))
    thread = threading.Thread(target=at_work.run, args=(stop,))
    thread.start()
    try:
        with pigeons.taken:
            assert pigeons.taken.wait_for(lambda: pigeons.bodies == ["before"], timeout=20)
        reply(database, "after it")
        with pigeons.taken:
            assert pigeons.taken.wait_for(lambda: pigeons.bodies == ["before", "after it"], timeout=20)
    finally:
        stop.set()
        thread.join(timeout=20)


def test_what_failed_in_house_keeping_is_tried_again_but_not_at_every_look(database: Database, capsys) -> None:
    unreadable_and_old(database, now=NOW)
    at_work = worker(database, Pigeons(), unfinished=unfinished_rules())
    for moment in (NOW, NOW + timedelta(seconds=1), minutes(1)):
        at_work.tick(moment)
    shown = capsys.readouterr()
    assert (shown.out + shown.err).count("house_keeping_failed") == 2
    assert "no answer of ours" not in shown.out + shown.err


def test_late_replies_that_cannot_be_replaced_hold_up_no_page(database: Database, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> int:
        raise KeyError("what a row lacks")

    monkeypatch.setattr("spa.worker.late.replace", broken)
    pigeons = Pigeons()
    reply(database, "Page", purpose="page")
    worker(database, pigeons, says_late="Sorry.").tick(NOW)
    assert pigeons.bodies == ["Page"]


def test_what_failed_for_the_moment_goes_later(database: Database) -> None:
    pigeons = Pigeons()
    away = [DeliveryFailed("twilio_500", permanent=False)]

    def how(item: OutboxItem) -> None:
        if away:
            raise away.pop()

    pigeons.how = how
    item = reply(database, "hello")
    at_work = worker(database, pigeons)
    at_work.tick(NOW)
    assert state(database, item) == ("queued", "twilio_500")
    at_work.tick(minutes(1))
    assert state(database, item) == ("sent", None)


def test_a_way_that_is_not_configured_fails_for_good(database: Database) -> None:
    item = reply(database, "hello")
    Worker(database, {}, LADDER, keep=Keep(30, 365)).tick(NOW)
    assert state(database, item) == ("failed", "channel_off")


def test_no_transaction_is_open_while_sending(database: Database) -> None:
    def how(item: OutboxItem) -> None:
        with database.session() as session:
            conversation(session)

    item = reply(database, "hello")
    worker(database, Pigeons(how)).tick(NOW)
    assert state(database, item) == ("sent", None)


def test_workers_at_once_send_nothing_twice(database: Database) -> None:
    pigeons = Pigeons()
    bodies = sorted(f"text {number}" for number in range(20))
    for number, body in enumerate(bodies):
        reply(database, body, to=f"+4477009004{number:02}")
    at_once([lambda: worker(database, pigeons).tick(NOW)] * 3)
    assert sorted(pigeons.bodies) == bodies


def test_a_page_climbs_until_somebody_acknowledges(database: Database) -> None:
    pigeons = Pigeons()
    at_work = worker(database, pigeons)
    with database.session() as session:
        made = alarm(session, conversation(session))
    at_work.tick(NOW)
    at_work.tick(minutes(5))
    with database.session() as session:
        escalations.acknowledge(session, made, actor="Joe Farrell", via="sms", now=minutes(6))
    at_work.tick(minutes(30))
    assert sorted(pigeons.recipients) == ["+447700900201", "+447700900202", "joe@outreach.example"]


def test_a_page_that_cannot_go_is_passed_on_at_the_next_look(database: Database) -> None:
    def how(item: OutboxItem) -> None:
        if item.recipient == "+447700900201":
            raise DeliveryFailed("twilio_21211", permanent=True)

    pigeons = Pigeons(how)
    at_work = worker(database, pigeons)
    with database.session() as session:
        alarm(session, conversation(session))
    at_work.tick(NOW)
    at_work.tick(NOW + timedelta(seconds=1))
    assert sorted(pigeons.recipients) == ["+447700900202", "joe@outreach.example"]


def test_old_drafts_go_and_the_engine_is_told(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made, "I am Grace")
    told: list[str] = []
    at_work = worker(database, Pigeons(), purge=told.extend)
    at_work.tick(NOW + timedelta(days=31))
    at_work.tick(NOW + timedelta(days=32))
    assert told == [made.id]


def test_an_engine_that_is_away_is_told_again(database: Database) -> None:
    told: list[str] = []
    faults = [ConnectionError("the engine is down")]

    def purge(ids: Sequence[str]) -> None:
        if faults:
            raise faults.pop()
        told.extend(ids)

    with database.session() as session:
        made = conversation(session)
        conversations.forget(session, made, now=NOW)
    at_work = worker(database, Pigeons(), purge=purge)
    at_work.tick(NOW)
    assert told == []
    at_work.tick(NOW + timedelta(hours=1))
    assert told == [made.id]
    with database.reading() as session:
        assert retention.to_purge(session) == []


def test_run_works_until_it_is_stopped(database: Database) -> None:
    pigeons, stop = Pigeons(), threading.Event()
    thread = threading.Thread(target=worker(database, pigeons, clock=lambda: datetime.now(UTC)).run, args=(stop,))
    thread.start()
    try:
        reply(database, "while it runs")
        with pigeons.taken:
            assert pigeons.taken.wait_for(lambda: pigeons.bodies == ["while it runs"], timeout=20)
    finally:
        stop.set()
        thread.join(timeout=20)
    assert not thread.is_alive()


def test_run_waits_for_a_database_that_is_away(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("spa.worker.AFTER_FAULT", 0.01)
    database, pigeons, stop = Database(f"sqlite:///{tmp_path / 'late.sqlite3'}"), Pigeons(), threading.Event()
    thread = threading.Thread(target=worker(database, pigeons, clock=lambda: datetime.now(UTC)).run, args=(stop,))
    thread.start()
    try:
        database.migrate()
        reply(database, "at last")
        with pigeons.taken:
            assert pigeons.taken.wait_for(lambda: pigeons.bodies == ["at last"], timeout=20)
    finally:
        stop.set()
        thread.join(timeout=20)
        database.close()


def test_twilio_down_for_a_while_loses_and_reorders_nothing(database: Database) -> None:
    server = TwilioServer()
    server.faults.extend([Fault(503, 20503)] * 3)
    for body in ("one", "two", "three"):
        reply(database, body)
    with serving(server.app()) as address:
        at_work = Worker(database, {OutboxKind.SMS: sms(address)}, LADDER, keep=Keep(30, 365))
        for minute in range(6):
            at_work.tick(minutes(minute))
    assert [text.body for text in server.texts] == ["one", "two", "three"]


class EverySetting(Settings):
    """What the worker reads."""

    escalation_contacts = LADDER.contacts
    escalation_minutes = 5.0
    console_address = "https://console.example"
    texts_per_second = 1.0
    draft_days = 30
    transcript_days = 365
    reminder_minutes = 30.0
    close_texts_hours = 48.0
    close_chats_days = 7.0
    quiet_hours = "21:00-08:00"


def test_settings_make_the_worker(database: Database) -> None:
    made = Worker.from_settings(EverySetting(**ALL), database, reminder="Hello again.", says_late="Sorry.")
    assert made.ladder == LADDER
    assert (made.keep, set(made.senders)) == (Keep(30, 365), set(OutboxKind))
    assert made.unfinished is not None
    assert (made.unfinished.reminder, made.unfinished.remind_after) == ("Hello again.", timedelta(minutes=30))


@pytest.mark.parametrize("word", [PHONE, "while it was dark"])
def test_logs_hold_no_word_and_no_number(database: Database, capsys, word: str) -> None:
    def how(item: OutboxItem) -> None:
        raise RuntimeError(item.body + item.recipient)

    reply(database, "while it was dark")
    worker(database, Pigeons(how)).tick(NOW)
    shown = capsys.readouterr()
    assert "sender_broke" in shown.out + shown.err
    assert word not in shown.out + shown.err
