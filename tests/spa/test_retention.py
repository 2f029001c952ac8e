"""Words that were kept long enough go; introductions and the record of who did what stay."""

from datetime import timedelta

from spa import audit, conversations, escalations, introductions, messages, outbox, retention
from spa.database import Database
from spa.models import Conversation, Escalation
from spa.retention import Counts
from tests.spa.factories import NOW, PHONE, alarm, conversation, document, inbound

LATER = NOW + timedelta(days=31)
MUCH_LATER = NOW + timedelta(days=366)


def enforce(session, *, now) -> Counts:
    return retention.enforce(session, now=now, draft_days=30, transcript_days=365)


def words(session, made: Conversation) -> list[str]:
    return [message.text for message in messages.since(session, made, 0)]


def test_an_old_draft_is_blanked_once(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        made.draft = {"answers": {"full_name": "Grace"}}
        inbound(session, made, "I am Grace")
        assert enforce(session, now=NOW + timedelta(days=29)) == Counts()
        assert enforce(session, now=LATER) == Counts(drafts=1)
        assert enforce(session, now=LATER) == Counts()
        assert (words(session, made), made.draft, made.address, made.state) == ([""], {}, None, "ended")


def test_a_draft_with_an_alarm_is_kept_until_somebody_closes_it(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        escalation = alarm(session, made)
        assert enforce(session, now=LATER) == Counts()
        escalations.close(session, escalation, actor="Ama Boateng", outcome="seen", now=LATER)
        assert enforce(session, now=LATER) == Counts(drafts=1)
        assert escalation.words == "the tablets"


def test_a_transcript_goes_and_the_introduction_stays(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        inbound(session, made, "I may lose my flat")
        given = introductions.submit(session, made, document=document(), now=NOW)
        audit.record(session, actor="sam", action="viewed", subject=given.reference, now=NOW)
        introductions.close(session, given, actor="Sam Reid", now=NOW)
        assert enforce(session, now=LATER) == Counts()
        assert enforce(session, now=MUCH_LATER) == Counts(transcripts=1)
        assert (words(session, made), made.address, made.state) == ([""], None, "submitted")
        assert given.document["person"]["full_name"] == "Grace Okafor"
        assert len(audit.for_subject(session, given.reference)) == 1


def test_a_transcript_is_kept_while_the_introduction_waits_for_staff(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made, "I may lose my flat")
        introductions.submit(session, made, document=document(), now=NOW)
        assert enforce(session, now=MUCH_LATER) == Counts()


def test_words_of_a_closed_escalation_go_and_its_steps_stay(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        escalation = alarm(session, made)
        escalations.add_detail(session, made, whereabouts="Brixton", now=NOW)
        escalations.close(session, escalation, actor="Ama Boateng", outcome="seen", now=NOW)
        assert enforce(session, now=MUCH_LATER).escalations == 1
        assert enforce(session, now=MUCH_LATER).escalations == 0
    with database.reading() as session:
        row = session.get_one(Escalation, escalation.id)
        assert (row.words, row.reasons, row.whereabouts, row.phone) == ("", [], None, None)
        assert [str(step.action) for step in row.steps] == ["opened", "paged", "detail", "closed"]


def test_texts_lose_their_words_and_number_with_the_conversation(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        item = outbox.enqueue(session, kind="sms", to=PHONE, body="Thank you, Grace", purpose="reply", dedupe_key="a",
                              conversation_id=made.id, now=NOW)  # fmt: skip
        outbox.due(session, now=NOW, limit=1)
        outbox.sent(session, item, provider_id="SM1", now=NOW)
        enforce(session, now=LATER)
        session.refresh(item)
        assert (item.body, item.recipient, item.state) == ("", "removed", "sent")


def test_what_was_blanked_waits_to_be_purged_from_the_engine(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        conversation(session, now=LATER)
        enforce(session, now=LATER)
        assert retention.to_purge(session) == [made.id]
        retention.purged(session, [made.id], now=LATER)
        assert retention.to_purge(session) == []


def test_one_run_takes_one_batch(database: Database, monkeypatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    with database.session() as session:
        for _ in range(3):
            conversation(session)
        assert [enforce(session, now=LATER).drafts for _ in range(3)] == [2, 1, 0]


def test_a_text_that_outlived_its_conversation_loses_its_words_too(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        conversations.forget(session, made, now=NOW)
        item = outbox.enqueue(session, kind="sms", to=PHONE, body="It is all removed", purpose="reply", dedupe_key="bye",
                              conversation_id=made.id, now=NOW)  # fmt: skip
        assert enforce(session, now=LATER) == Counts()
        outbox.due(session, now=NOW, limit=1)
        outbox.sent(session, item, provider_id="SM1", now=NOW)
        assert enforce(session, now=LATER) == Counts(deliveries=1)
        assert (item.body, item.recipient) == ("", "removed")
        assert enforce(session, now=LATER) == Counts()
