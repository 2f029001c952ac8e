"""Texts that never reached the phone are put before staff, once, in words."""

import pytest

from spa import conversations, outbox, reports, undelivered
from spa.database import Database
from spa.delivery.sender import DeliveryFailed
from spa.models import Escalation, OutboxItem, OutboxKind
from spa.worker import Keep, Worker
from tests.spa.factories import LADDER, NOW, PHONE, alarm, conversation, minutes


class Refusing:
    """A way out that refuses every text to the resident with this error."""

    def __init__(self, error: str) -> None:
        self.error = error

    def send(self, item: OutboxItem) -> str:
        if item.recipient == PHONE:
            raise DeliveryFailed(self.error, permanent=True)
        return f"SM{item.id}"


@pytest.fixture
def card(database: Database) -> OutboxItem:
    """A crisis card on its way to a phone whose conversation has an open escalation."""
    with database.session() as session:
        about = conversation(session, channel="sms")
        alarm(session, about)
        return outbox.enqueue(
            session, kind="sms", to=PHONE, body="Call 999", purpose="reply", dedupe_key="reply:1",
            conversation_id=about.id, now=NOW,
        )  # fmt: skip


def notes(database: Database) -> list[str]:
    with database.reading() as session:
        (escalation,) = session.query(Escalation).all()
        return [step.detail for step in escalation.steps if step.action == "noted"]


def send(database: Database, error: str) -> None:
    senders = dict.fromkeys(OutboxKind, Refusing(error))
    Worker(database, senders, LADDER, keep=Keep(30, 365)).tick(NOW)


@pytest.mark.parametrize("error, words", [
    ("twilio_21614", "not a mobile phone"),
    ("twilio_21211", "not a phone number"),
    ("twilio_99999", "twilio_99999"),
])  # fmt: skip
def test_a_text_that_can_never_go_is_noted_on_the_escalation(database: Database, card, error: str, words: str) -> None:
    send(database, error)
    (note,) = notes(database)
    assert words in note


def test_a_phone_that_unsubscribed_at_twilio_has_opted_out_here(database: Database, card) -> None:
    send(database, "twilio_21610")
    with database.reading() as session:
        assert conversations.opted_out(session, PHONE)


@pytest.mark.parametrize("code", ["30003", "30004", "30005", "30006", "30007", "30008"])
def test_a_report_that_it_did_not_arrive_is_noted_once_with_its_reason(database: Database, card, code: str) -> None:
    with database.session() as session:
        (leased,) = [one for one in outbox.due(session, now=NOW, limit=10) if one.recipient == PHONE]
        outbox.sent(session, leased, provider_id="SM1", now=NOW)
    for status in ("sent", "undelivered", "undelivered", "sent", "failed"):
        with database.session() as session:
            error = f"twilio_{code}" if status == "undelivered" else None
            reports.take(session, "SM1", status, item_id=leased.id, error=error, now=minutes(1))
    (note,) = notes(database)
    assert undelivered.REASONS[f"twilio_{code}"] in note
    with database.reading() as session:
        assert undelivered.lost(session, leased.conversation_id).error == f"twilio_{code}"


def test_a_text_that_arrived_after_it_means_that_the_phone_works(database: Database, card) -> None:
    send(database, "twilio_30003")
    with database.session() as session:
        later = outbox.enqueue(
            session, kind="sms", to=PHONE, body="again", purpose="reply", dedupe_key="reply:2",
            conversation_id=card.conversation_id, now=NOW,
        )  # fmt: skip
        outbox.due(session, now=NOW, limit=1)
        outbox.sent(session, later, provider_id="SM2", now=NOW)
        assert undelivered.lost(session, card.conversation_id) is None
