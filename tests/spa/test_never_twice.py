"""A text that Twilio took goes once, whatever became of the worker or the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from spa import outbox
from spa.database import Database
from spa.models import OutboxItem, OutboxKind
from spa.outbox import LEASE
from spa.worker import Keep, Worker
from tests.serving import serving
from tests.spa.factories import LADDER, PHONE
from tests.spa.test_delivery import sms
from tests.twilio_server.server import Fault, TwilioServer

NOW = datetime.now(UTC)
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    server = TwilioServer()
    with serving(server.app()) as address:
        server.address = address
        yield server


def worker(database: Database, twilio: TwilioServer) -> Worker:
    return Worker(database, {OutboxKind.SMS: sms(twilio.address)}, LADDER, keep=Keep(30, 365))


def reply(database: Database, body: str = "Hello", *, key: str = "reply:1") -> int:
    with database.session() as session:
        return outbox.enqueue(session, kind="sms", to=PHONE, body=body, purpose="reply", dedupe_key=key, now=NOW).id


def row(database: Database, item: int) -> OutboxItem:
    with database.reading() as session:
        return session.get_one(OutboxItem, item)


def die_after_sending(database: Database, twilio: TwilioServer) -> str:
    """A worker that is killed between Twilio's answer and the commit; the SID that it never stored."""
    with database.session() as session:
        (item,) = outbox.due(session, now=NOW, limit=1)
    return sms(twilio.address).send(item)


def test_a_worker_killed_after_sending_does_not_make_the_text_go_again(database: Database, twilio) -> None:
    item = reply(database)
    sid = die_after_sending(database, twilio)
    worker(database, twilio).tick(LATER)
    assert len(twilio.texts) == 1
    assert (row(database, item).state, row(database, item).provider_id) == ("sent", sid)


def test_a_worker_killed_before_sending_does_not_lose_the_text(database: Database, twilio) -> None:
    item = reply(database)
    with database.session() as session:
        outbox.due(session, now=NOW, limit=1)
    worker(database, twilio).tick(LATER)
    assert len(twilio.texts) == 1
    assert row(database, item).state == "sent"


@pytest.mark.parametrize("fault", [Fault(500, 20500, taken=True), Fault(reset=True, taken=True)])
def test_a_lost_answer_does_not_make_the_text_go_again(database: Database, twilio, fault: Fault) -> None:
    item = reply(database)
    twilio.faults.append(fault)
    at_work = worker(database, twilio)
    at_work.tick(NOW)
    assert row(database, item).state == "queued"
    at_work.tick(LATER)
    assert [text.sid for text in twilio.texts] == [row(database, item).provider_id]


def test_the_same_words_twice_are_two_texts(database: Database, twilio) -> None:
    first = reply(database)
    die_after_sending(database, twilio)
    second = reply(database, key="reply:2")
    worker(database, twilio).tick(LATER)
    assert sorted(text.sid for text in twilio.texts) == sorted(row(database, i).provider_id for i in (first, second))


def test_nothing_in_doubt_is_sent_while_twilio_cannot_be_asked(database: Database, twilio) -> None:
    item = reply(database)
    sid = die_after_sending(database, twilio)
    twilio.down = True
    worker(database, twilio).tick(LATER)
    assert row(database, item).state == "queued"
    twilio.down = False
    worker(database, twilio).tick(LATER + timedelta(minutes=10))
    assert [text.sid for text in twilio.texts] == [sid]
    assert row(database, item).provider_id == sid


def test_a_report_that_names_the_item_settles_it_without_a_look(database: Database, twilio) -> None:
    item = reply(database)
    sid = die_after_sending(database, twilio)
    with database.session() as session:
        outbox.record_status(session, sid, "delivered", item_id=item, now=NOW)
    worker(database, twilio).tick(LATER)
    found = row(database, item)
    assert (found.state, found.provider_id, found.provider_status) == ("sent", sid, "delivered")
    assert (len(twilio.texts), twilio.traces) == (1, 0)


def test_a_report_cannot_settle_what_was_never_tried(database: Database) -> None:
    item = reply(database)
    with database.session() as session:
        assert outbox.record_status(session, "SM9", "delivered", item_id=item, now=NOW) is None
    assert row(database, item).state == "queued"


def test_the_answer_after_the_report_changes_nothing(database: Database) -> None:
    item = reply(database)
    with database.session() as session:
        (leased,) = outbox.due(session, now=NOW, limit=1)
        outbox.record_status(session, "SM9", "delivered", item_id=item, now=NOW)
        outbox.sent(session, leased, provider_id="SM9", now=LATER)
        assert not outbox.failed(session, leased, error="twilio_unreachable", permanent=True, now=LATER)
    found = row(database, item)
    assert (found.state, found.provider_id, found.provider_status) == ("sent", "SM9", "delivered")


def test_what_was_refused_for_sure_is_in_no_doubt(database: Database, twilio) -> None:
    item = reply(database)
    twilio.faults.append(Fault(429, 20429))
    at_work = worker(database, twilio)
    at_work.tick(NOW)
    assert row(database, item).doubt_since is None
    at_work.tick(LATER)
    assert (len(twilio.texts), twilio.traces) == (1, 0)


def test_five_minutes_without_twilio_lose_and_double_nothing(database: Database, twilio) -> None:
    for number in range(4):
        reply(database, f"text {number}", key=f"reply:{number}")
    twilio.down = True
    at_work = worker(database, twilio)
    for minute in range(5):
        at_work.tick(NOW + timedelta(minutes=minute))
    twilio.down = False
    twilio.faults.extend([Fault(500, 20500, taken=True), Fault(429, 20429)])
    for minute in range(10, 60, 10):
        at_work.tick(NOW + timedelta(minutes=minute))
    assert [text.body for text in twilio.texts] == [f"text {number}" for number in range(4)]
