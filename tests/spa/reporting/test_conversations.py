"""Who finished, and at which question the others stopped, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from spa import conversations, introductions, messages
from spa.database import Database
from spa.models import Conversation
from spa.reporting import conversations as reported
from spa.reporting.comparison import Part
from tests.spa import factories
from tests.spa.factories import NOW
from tests.spa.reporting.years import YEAR, at


def asked(session: Session, *asks: str, channel: str = "web", phone: str | None = None) -> Conversation:
    """A conversation of March in which these questions were put, one after the other."""
    made = factories.conversation(session, channel=channel, address=phone, now=at(3, 4))
    for ask in asks:
        messages.post(session, made, {"text": "A question", "ask": ask}, now=at(3, 4))
    return made


def test_completion_is_told_by_channel(database: Database) -> None:
    with database.session() as session:
        sent = asked(session, "consent")
        introductions.submit(session, sent, document=factories.document(), now=at(3, 4))
        conversations.end(session, asked(session, "consent"))
        asked(session, "consent")
        asked(session, "consent").last_inbound_at = NOW - timedelta(hours=1)
        asked(session, "consent", channel="sms", phone="+447700900555")
    with database.reading() as session:
        found = reported.completion(session, YEAR, now=NOW)
    web = found["web"]
    assert (web.started, web.sent, web.stopped, web.going_on) == (4, 1, 2, 1)
    assert web.completed == Part(1, 3)
    assert (found["sms"].started, found["sms"].stopped) == (1, 1)


def test_one_taken_back_was_sent(database: Database) -> None:
    with database.session() as session:
        sent = asked(session, "consent")
        introductions.submit(session, sent, document=factories.document(), now=at(3, 4))
        introductions.withdraw(session, sent, now=at(3, 5))
    with database.reading() as session:
        assert reported.completion(session, YEAR, now=NOW)["web"].sent == 1


def test_stops_are_at_the_last_question_of_those_who_did_not_go_on(database: Database) -> None:
    with database.session() as session:
        asked(session, "consent", "story")
        asked(session, "consent", "story", "story", "needs")
        sent = asked(session, "consent", "story", "needs", "check")
        introductions.submit(session, sent, document=factories.document(), now=at(3, 4))
    with database.reading() as session:
        found = reported.stops(session, YEAR, now=NOW)
    assert found == {"consent": Part(0, 3), "story": Part(1, 3), "needs": Part(1, 2), "check": Part(0, 1)}


def test_stops_are_known_though_every_word_is_gone(database: Database) -> None:
    with database.session() as session:
        conversations.forget(session, asked(session, "consent", "story"), now=NOW)
    with database.reading() as session:
        assert reported.stops(session, YEAR, now=NOW)["story"] == Part(1, 1)


def test_a_conversation_that_goes_on_has_not_stopped(database: Database) -> None:
    with database.session() as session:
        asked(session, "consent").last_inbound_at = NOW - timedelta(hours=1)
    with database.reading() as session:
        assert reported.stops(session, YEAR, now=NOW) == {"consent": Part(0, 1)}
