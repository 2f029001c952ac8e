"""Texts keep to what the number may send; nothing else waits for them."""

from datetime import timedelta

from spa import outbox
from spa.database import Database
from spa.delivery.sender import DeliveryFailed
from spa.models import OutboxItem
from spa.pace import AFTER_BUSY, Pace
from tests.spa.factories import NOW, at_once
from tests.spa.test_outbox import put
from tests.spa.test_worker import Pigeons, worker

SLOW = Pace("+442079460999", per_second=1)
SECOND = timedelta(seconds=1)


def lease(database: Database, pace: Pace = SLOW, *, now=NOW, limit: int = 8) -> list[str]:
    with database.session() as session:
        return [str(item.kind) for item in outbox.due(session, now=now, limit=limit, pace=pace)]


def texts(database: Database, count: int) -> None:
    with database.session() as session:
        for number in range(count):
            put(session, to=f"+4477009003{number:02}")


def test_one_text_a_second_goes(database: Database) -> None:
    texts(database, 4)
    assert [len(lease(database, now=NOW + tenths * SECOND / 10)) for tenths in (0, 5, 9, 10, 15, 20)] == [
        1,
        0,
        0,
        1,
        0,
        1,
    ]


def test_a_quiet_hour_saves_nothing_up(database: Database) -> None:
    texts(database, 4)
    lease(database)
    assert len(lease(database, now=NOW + timedelta(hours=1))) == 1
    assert len(lease(database, now=NOW + timedelta(hours=1))) == 0


def test_a_faster_sender_sends_a_seconds_worth_at_once(database: Database) -> None:
    texts(database, 7)
    fast = Pace("MG1", per_second=5)
    assert len(lease(database, fast)) == 5
    assert len(lease(database, fast)) == 0
    assert len(lease(database, fast, now=NOW + SECOND)) == 2


def test_a_page_goes_before_a_reply_that_waited_longer(database: Database) -> None:
    texts(database, 2)
    with database.session() as session:
        page = put(session, purpose="page", to="+447700900399")
        assert outbox.due(session, now=NOW, limit=8, pace=SLOW) == [page]


def test_mail_does_not_wait_for_texts(database: Database) -> None:
    texts(database, 3)
    with database.session() as session:
        put(session, kind="email", to="a@b.example")
    assert sorted(lease(database)) == ["email", "sms"]
    assert lease(database) == []


def test_workers_at_once_keep_the_pace_together(database: Database) -> None:
    texts(database, 8)
    assert sum(len(kinds) for kinds in at_once([lambda: lease(database)] * 4)) == 1


def test_a_busy_provider_is_left_alone_for_a_while(database: Database) -> None:
    def how(item: OutboxItem) -> None:
        raise DeliveryFailed("twilio_20429", permanent=False, busy=True)

    texts(database, 2)
    worker(database, Pigeons(how), pace=SLOW).tick(NOW)
    later = Pigeons()
    worker(database, later, pace=SLOW).tick(NOW + AFTER_BUSY / 2)
    assert later.bodies == []
    worker(database, later, pace=SLOW).tick(NOW + AFTER_BUSY)
    assert len(later.bodies) == 1
