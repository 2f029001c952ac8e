"""A reply that is an hour late says nothing of what it was about: the phone may be in other hands."""

from datetime import datetime, timedelta

from spa import conversations, late, messages, outbox, undelivered
from spa.database import Database
from spa.models import Conversation, Escalation, OutboxItem
from tests.spa.factories import NOW, PHONE, alarm, at_once, conversation

SAYS = "Sorry, our answer is late."
HOUR = NOW + timedelta(hours=1)


def waiting(database: Database, *bodies: str, urgent: bool = False, to: str = PHONE) -> str:
    """Replies of one conversation, put into the outbox at NOW; its id."""
    with database.session() as session:
        made = conversation(session, channel="sms", now=NOW)
        for body in bodies:
            outbox.enqueue(
                session,
                kind="sms",
                to=to,
                body=body,
                purpose="reply",
                urgent=urgent,
                dedupe_key=f"reply:{made.id}:{body}",
                conversation_id=made.id,
                now=NOW,
            )
        return made.id


def replace(database: Database, *, now: datetime) -> int:
    with database.session() as session:
        return late.replace(session, says=SAYS, now=now)


def still_to_go(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        queued = session.query(OutboxItem).where(OutboxItem.state == "queued").order_by(OutboxItem.id)
        return [(item.recipient, item.body) for item in queued]


def test_replies_an_hour_late_become_one_text_that_tells_nothing(database: Database) -> None:
    waiting(database, "You said you feel low.", "What is your date of birth?")
    waiting(database, "Is anyone with you?", to="+447700900999")
    assert replace(database, now=HOUR) == 3
    assert still_to_go(database) == [(PHONE, SAYS), ("+447700900999", SAYS)]


def test_replies_go_as_they_are_until_then(database: Database) -> None:
    waiting(database, "What is your name?")
    assert replace(database, now=HOUR - timedelta(seconds=1)) == 0
    assert still_to_go(database) == [(PHONE, "What is your name?")]


def test_a_crisis_card_goes_however_late(database: Database) -> None:
    waiting(database, "Call 999 if you are in danger.", urgent=True)
    assert replace(database, now=HOUR) == 0


def test_it_is_said_once_however_long_it_waits_itself(database: Database) -> None:
    waiting(database, "What is your name?")
    replace(database, now=HOUR)
    assert replace(database, now=HOUR + timedelta(hours=3)) == 0
    assert still_to_go(database) == [(PHONE, SAYS)]


def test_a_phone_that_said_stop_is_told_nothing(database: Database) -> None:
    waiting(database, "What is your name?")
    with database.session() as session:
        conversations.opt_out(session, PHONE, now=NOW)
    replace(database, now=HOUR)
    assert still_to_go(database) == []


def test_staff_read_in_the_conversation_what_the_phone_was_told(database: Database) -> None:
    made = waiting(database, "What is your name?")
    replace(database, now=HOUR)
    with database.reading() as session:
        told = conversations.by_id(session, made)
        assert told is not None
        assert [message.text for message in messages.since(session, told, 0)][-1] == SAYS


def notes(database: Database) -> list[str]:
    with database.reading() as session:
        (escalation,) = session.query(Escalation).all()
        return [step.detail for step in escalation.steps if step.action == "noted"]


def test_staff_are_told_once_a_conversation_that_what_was_written_did_not_go(database: Database) -> None:
    made = waiting(database, "I am Amina, where are you?", "Are you still there?")
    with database.session() as session:
        alarm(session, session.get_one(Conversation, made), now=NOW)
    replace(database, now=HOUR)
    (note,) = notes(database)
    assert undelivered.REASONS[undelivered.TOO_LATE] in note


def test_what_was_too_late_counts_as_lost_until_the_phone_is_told(database: Database) -> None:
    made = waiting(database, "What is your name?")
    replace(database, now=HOUR)
    with database.reading() as session:
        lost = undelivered.lost(session, made)
        assert lost is not None and lost.error == undelivered.TOO_LATE
    with database.session() as session:
        (told,) = outbox.due(session, now=HOUR, limit=10)
        outbox.sent(session, told, provider_id="SM1", now=HOUR)
        assert undelivered.lost(session, made) is None


def test_it_and_a_resident_who_deletes_everything_never_wait_for_each_other(database: Database) -> None:
    ids = [waiting(database, "one", "two", to=f"+4477009005{number:02}") for number in range(10)]

    def forget() -> None:
        for one in reversed(ids):
            with database.session() as session:
                conversations.forget(session, session.get_one(Conversation, one), now=HOUR)

    def tell() -> None:
        replace(database, now=HOUR)

    at_once([forget, tell, tell])
    assert still_to_go(database) == []
