"""Leasing, retrying and ordering of what is to be delivered."""

import itertools
from datetime import timedelta

import pytest

from spa import outbox
from spa.database import Database
from spa.models import OutboxItem
from spa.outbox import LEASE, MOST_ATTEMPTS
from tests.spa.factories import NOW, PHONE, at_once, minutes

numbers = itertools.count()


def put(session, *, kind="sms", to=PHONE, purpose="reply", key=None, not_before=None, now=NOW) -> OutboxItem:
    key = key or f"item-{next(numbers)}"
    return outbox.enqueue(
        session, kind=kind, to=to, body="Hello", purpose=purpose, dedupe_key=key, not_before=not_before, now=now
    )


def lease(session, *, now=NOW, limit=10) -> list[int]:
    return [item.id for item in outbox.due(session, now=now, limit=limit)]


def test_the_same_key_is_one_item(database: Database) -> None:
    with database.session() as session:
        assert put(session, key="a").id == put(session, key="a", to="+447700900999").id
        assert len(lease(session)) == 1


def test_the_same_key_at_once_is_one_item(database: Database) -> None:
    def enqueue() -> int:
        with database.session() as session:
            return put(session, key="a").id

    assert len(set(at_once([enqueue] * 8))) == 1


def test_an_item_under_way_is_nobody_elses(database: Database) -> None:
    with database.session() as session:
        item = put(session)
        assert lease(session) == [item.id]
        assert lease(session, now=NOW + LEASE / 2) == []


def test_workers_at_once_share_the_items(database: Database) -> None:
    with database.session() as session:
        ids = [put(session, kind="email", to="a@b.example").id for _ in range(12)]

    def work() -> list[int]:
        with database.session() as session:
            return lease(session, limit=4)

    taken = [item for items in at_once([work] * 4) for item in items]
    assert len(taken) == len(set(taken))
    with database.session() as session:
        assert sorted(taken + lease(session, limit=20)) == ids


def test_what_a_dead_worker_held_is_sent_by_another(database: Database) -> None:
    with database.session() as session:
        item = put(session)
        lease(session)
        assert lease(session, now=NOW + LEASE) == [item.id]
        assert item.attempts == 2


def test_pages_go_before_replies_and_replies_before_reminders(database: Database) -> None:
    with database.session() as session:
        reminder = put(session, purpose="reminder", to="+447700900301")
        reply = put(session, to="+447700900302")
        page = put(session, purpose="page", to="+447700900303")
        assert lease(session) == [page.id, reply.id, reminder.id]


def test_nothing_goes_before_its_time(database: Database) -> None:
    with database.session() as session:
        item = put(session, not_before=minutes(60))
        assert lease(session, now=minutes(59)) == []
        assert lease(session, now=minutes(60)) == [item.id]


def test_texts_to_one_resident_keep_their_order(database: Database) -> None:
    with database.session() as session:
        first, second, other = put(session), put(session), put(session, to="+447700900999")
        items = outbox.due(session, now=NOW, limit=10)
        assert items == [first, other]
        outbox.sent(session, other, provider_id="SM9", now=NOW)
        assert lease(session) == []
        outbox.failed(session, first, error="twilio_500", permanent=False, now=NOW)
        assert lease(session) == []
        assert lease(session, now=minutes(0.5)) == [first.id]
        outbox.sent(session, first, provider_id="SM1", now=minutes(1))
        assert lease(session, now=minutes(1)) == [second.id]


def test_a_text_that_can_never_go_holds_up_no_other(database: Database) -> None:
    with database.session() as session:
        first, second = put(session), put(session)
        lease(session)
        outbox.failed(session, first, error="twilio_21610", permanent=True, now=NOW)
        assert lease(session) == [second.id]


def test_pages_wait_for_nothing(database: Database) -> None:
    with database.session() as session:
        pages = [put(session, purpose="page").id for _ in range(3)]
        assert lease(session) == pages


def test_a_reminder_for_later_holds_up_no_reply(database: Database) -> None:
    with database.session() as session:
        put(session, purpose="reminder", not_before=minutes(60))
        reply = put(session)
        assert lease(session) == [reply.id]


def test_a_failure_is_tried_again_after_longer_and_longer(database: Database) -> None:
    with database.session() as session:
        item, now, waits = put(session), NOW, []
        for _ in range(12):
            assert lease(session, now=now) == [item.id]
            outbox.failed(session, item, error="twilio_500", permanent=False, now=now)
            waits.append((item.not_before - now).total_seconds())
            now = item.not_before
        assert 1 <= waits[0] <= 3
        assert all(150 <= wait <= 450 for wait in waits[-3:])
        assert (item.state, item.error, item.attempts) == ("queued", "twilio_500", 12)


@pytest.mark.parametrize("purpose", ["page", "reply", "reminder"])
def test_tried_often_enough_it_is_given_up(database: Database, purpose: str) -> None:
    with database.session() as session:
        item = put(session, purpose=purpose)
        item.attempts = MOST_ATTEMPTS[item.purpose] - 1
        lease(session)
        assert outbox.failed(session, item, error="twilio_500", permanent=False, now=NOW)
        assert item.state == "failed"


def test_a_worker_that_lost_its_lease_overwrites_nothing(database: Database) -> None:
    with database.session() as session:
        put(session)
        (slow,) = outbox.due(session, now=NOW, limit=1)
    with database.session() as session:
        (quick,) = outbox.due(session, now=NOW + LEASE, limit=1)
        outbox.sent(session, quick, provider_id="SM2", now=minutes(2))
    with database.session() as session:
        assert not outbox.failed(session, slow, error="twilio_500", permanent=True, now=minutes(3))
        outbox.sent(session, slow, provider_id="SM1", now=minutes(3))
        row = session.get_one(OutboxItem, slow.id)
        assert (row.state, row.provider_id, row.error) == ("sent", "SM2", None)


@pytest.mark.parametrize("reports, kept", [
    (["queued", "sent", "delivered"], "delivered"),
    (["delivered", "sent", "queued"], "delivered"),
    (["sent", "undelivered", "sent"], "undelivered"),
    (["delivered", "failed"], "delivered"),
    (["sent", "nonsense"], "sent"),
])  # fmt: skip
def test_reports_in_any_order_keep_the_furthest(database: Database, reports: list[str], kept: str) -> None:
    with database.session() as session:
        item = put(session)
        lease(session)
        outbox.sent(session, item, provider_id="SM1", now=NOW)
        for report in reports:
            assert outbox.record_status(session, "SM1", report, now=NOW) is item
        assert item.provider_status == kept
        assert outbox.by_provider_id(session, "SM1") is item


def test_a_report_before_the_id_was_stored_is_not_lost(database: Database) -> None:
    with database.session() as session:
        item = put(session)
        lease(session)
        assert outbox.record_status(session, "SM1", "delivered", now=NOW) is None
        outbox.sent(session, item, provider_id="SM1", now=NOW + timedelta(seconds=1))
        assert item.provider_status == "delivered"


def test_reports_at_once_are_one_row(database: Database) -> None:
    def report(status: str) -> None:
        with database.session() as session:
            outbox.record_status(session, "SM1", status, now=NOW)

    at_once([lambda status=status: report(status) for status in ("queued", "sent", "delivered", "sending")])
    with database.session() as session:
        item = put(session)
        lease(session)
        outbox.sent(session, item, provider_id="SM1", now=NOW)
        assert item.provider_status == "delivered"


def test_an_urgent_reply_goes_as_early_as_a_page(database: Database) -> None:
    with database.session() as session:
        reply = put(session, to="+447700900302")
        card = outbox.enqueue(
            session, kind="sms", to="+447700900303", body="Call 999", purpose="reply", urgent=True, dedupe_key="card", now=NOW
        )  # fmt: skip
        assert lease(session) == [card.id, reply.id]


def test_a_text_is_put_into_letters_that_every_phone_has(database: Database) -> None:
    with database.session() as session:
        item = outbox.enqueue(session, kind="sms", to=PHONE, body="It’s us", purpose="reply", dedupe_key="a", now=NOW)
        mail = outbox.enqueue(
            session, kind="email", to="a@b.c", body="It’s us", purpose="page", dedupe_key="b", now=NOW
        )
        assert (item.body, mail.body) == ("It's us", "It’s us")
