"""What was left half way: one reminder by text, then it is put away, and nothing that was disclosed in it is lost."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.crisis.assessment import Assessment, Flag, Level
from spa import conversations, escalations, messages, outbox, unfinished
from spa.database import Database
from spa.models import Conversation, Escalation, EscalationStep, OutboxItem, OutboxKind
from spa.quiet import QuietHours
from spa.unfinished import Unfinished
from spa.worker import Keep, Worker
from tests.spa.factories import LADDER, NOW, PHONE, alarm, at_once, conversation, inbound, minutes
from tests.spa.test_worker import Pigeons

NOON = NOW.replace(hour=12)
RULES = Unfinished(
    reminder="Hello again.",
    remind_after=timedelta(minutes=30),
    close_texts=timedelta(hours=48),
    close_chats=timedelta(days=7),
    quiet=QuietHours.parse("21:00-08:00"),
)
AGREED = {"answers": {"consent": {"value": True, "status": "given", "words": None}}}


def after(**by: float) -> datetime:
    return NOON + timedelta(**by)


def left(database: Database, *, channel: str = "sms", draft: dict[str, Any] = AGREED, now: datetime = NOON) -> str:
    """A conversation that somebody agreed to and wrote in once; its id."""
    with database.session() as session:
        made = conversation(session, channel=channel, now=now)
        made.draft = draft
        message = inbound(session, made, "my rent is late", now=now)
        messages.settle(session, message, state="done")
        return made.id


def remind(database: Database, *, now: datetime, rules: Unfinished = RULES) -> int:
    with database.session() as session:
        return unfinished.remind(session, rules, now=now)


def close(database: Database, *, now: datetime) -> int:
    with database.session() as session:
        return unfinished.close(session, RULES, ladder=LADDER, now=now)


def state(database: Database, conversation_id: str) -> str:
    with database.reading() as session:
        return str(session.get_one(Conversation, conversation_id).state)


def reminders(database: Database) -> list[OutboxItem]:
    with database.reading() as session:
        return list(session.query(OutboxItem).where(OutboxItem.purpose == "reminder"))


def alarms(database: Database) -> list[Escalation]:
    with database.reading() as session:
        return list(session.query(Escalation))


def test_a_silent_phone_is_reminded_once(database: Database) -> None:
    left(database)
    assert remind(database, now=after(minutes=29)) == 0
    assert [remind(database, now=after(minutes=minute)) for minute in (30, 31, 90)] == [1, 0, 0]
    (item,) = reminders(database)
    assert (item.recipient, item.body) == (PHONE, "Hello again.")


def test_workers_at_once_remind_once(database: Database) -> None:
    left(database)
    at_once([lambda: remind(database, now=after(minutes=30))] * 3)
    assert len(reminders(database)) == 1


def test_the_reminder_stands_in_the_transcript(database: Database) -> None:
    about = left(database)
    remind(database, now=after(minutes=30))
    with database.reading() as session:
        said = messages.since(session, session.get_one(Conversation, about), 0)
        assert [(str(one.author), one.text) for one in said][-1] == ("assistant", "Hello again.")


@pytest.mark.parametrize("draft", [{}, {"answers": {"consent": {"value": False, "status": "given", "words": "no"}}}])
def test_who_did_not_agree_is_not_reminded(database: Database, draft) -> None:
    left(database, draft=draft)
    assert remind(database, now=after(minutes=30)) == 0


def test_a_chat_on_the_web_is_not_reminded_of(database: Database) -> None:
    left(database, channel="web")
    assert remind(database, now=after(minutes=30)) == 0


def test_who_waits_for_our_answer_is_not_reminded(database: Database) -> None:
    about = left(database)
    with database.session() as session:
        inbound(session, session.get_one(Conversation, about), "are you there", now=NOON)
    assert remind(database, now=after(minutes=30)) == 0


def test_who_finished_is_not_reminded(database: Database) -> None:
    about = left(database)
    with database.session() as session:
        session.get_one(Conversation, about).state = "submitted"
    assert remind(database, now=after(minutes=30)) == 0


def test_who_may_not_be_texted_is_not_reminded_later_either(database: Database) -> None:
    about = left(database)
    with database.session() as session:
        escalation = alarm(session, session.get_one(Conversation, about), now=NOON)
        for one in messages.pending(session, session.get_one(Conversation, about)):
            messages.settle(session, one, state="done")
    assert remind(database, now=after(minutes=30)) == 0
    with database.session() as session:
        escalations.close(session, escalation, actor="Ama Boateng", outcome="seen", now=after(hours=1))
    assert remind(database, now=after(hours=2)) == 0
    assert reminders(database) == []


def test_at_night_the_reminder_waits_for_the_morning(database: Database) -> None:
    left(database, now=NOW)
    remind(database, now=NOW + timedelta(minutes=30))
    assert [item.not_before for item in reminders(database)] == [NOW.replace(hour=8)]


def test_without_minutes_nobody_is_reminded(database: Database) -> None:
    left(database)
    assert remind(database, now=after(minutes=30), rules=replace(RULES, remind_after=None)) == 0


def test_what_is_about_to_be_put_away_is_not_reminded_of(database: Database) -> None:
    left(database)
    assert remind(database, now=after(hours=48)) == 0


@pytest.mark.parametrize("channel, early, late", [
    ("sms", timedelta(hours=48), timedelta(hours=49)), ("web", timedelta(days=7), timedelta(days=7, hours=1)),
])  # fmt: skip
def test_what_was_left_is_put_away_whole(database: Database, channel: str, early: timedelta, late: timedelta) -> None:
    about = left(database, channel=channel)
    with database.session() as session:
        session.get_one(Conversation, about).ask = "goals"
    assert close(database, now=NOON + early) == 0
    assert [close(database, now=NOON + late) for _ in range(2)] == [1, 0]
    with database.reading() as session:
        row = session.get_one(Conversation, about)
        assert (row.state, row.ask, row.draft) == ("ended", "goals", AGREED)


def test_what_still_waits_for_our_answer_is_not_put_away(database: Database) -> None:
    about = left(database)
    with database.session() as session:
        inbound(session, session.get_one(Conversation, about), "are you there", now=NOON)
    assert close(database, now=after(days=9)) == 0


def test_what_was_put_away_without_a_risk_raises_nothing(database: Database) -> None:
    left(database)
    close(database, now=after(days=3))
    assert alarms(database) == []


def steps(database: Database, escalation: Escalation) -> list[str | None]:
    with database.reading() as session:
        found = session.query(EscalationStep).where(EscalationStep.escalation_id == escalation.id)
        return [step.detail for step in found]


def test_an_open_alarm_stays_open_and_is_told_of_it(database: Database) -> None:
    about = left(database)
    with database.session() as session:
        alarm(session, session.get_one(Conversation, about), now=NOON)
        for one in messages.pending(session, session.get_one(Conversation, about)):
            messages.settle(session, one, state="done")
    close(database, now=after(days=3))
    (escalation,) = alarms(database)
    assert (state(database, about), escalation.state, escalation.words) == ("ended", "open", "the tablets")
    assert unfinished.PUT_AWAY in steps(database, escalation)


@pytest.mark.parametrize("level", [Level.HISTORICAL, Level.PASSIVE_LOW])
def test_a_disclosure_that_raised_no_alarm_is_put_before_a_person(database: Database, level: Level) -> None:
    about = left(database)
    with database.session() as session:
        own = session.get_one(Conversation, about)
        message = inbound(session, own, "I tried once", now=NOON)
        messages.record_assessment(session, message, Assessment(level, Flag.NONE), asked=None, now=NOON)
        messages.settle(session, message, state="done")
    close(database, now=after(days=3))
    (escalation,) = alarms(database)
    assert (escalation.level, escalation.flag.value, escalation.words) == (level.value, "amber", "I tried once")
    assert escalation.reasons[0]["rule"] == unfinished.RULE


@pytest.mark.parametrize(
    "ask, value", [("suicidal_thoughts", "past"), ("self_harm", "current"), ("safe_at_home", "no")]
)
def test_an_answer_that_tells_of_a_risk_is_put_before_a_person(database: Database, ask: str, value: str) -> None:
    left(database, draft={"answers": {**AGREED["answers"], ask: {"value": value, "status": "given", "words": None}}})
    close(database, now=after(days=3))
    (escalation,) = alarms(database)
    assert (escalation.level, escalation.words) == ("call_back", "my rent is late")


def test_an_alarm_that_a_person_closed_is_not_raised_again(database: Database) -> None:
    about = left(database)
    with database.session() as session:
        own = session.get_one(Conversation, about)
        escalation = alarm(session, own, now=NOON)
        for one in messages.pending(session, own):
            messages.settle(session, one, state="done")
        escalations.close(session, escalation, actor="Ama Boateng", outcome="seen", now=NOON)
    close(database, now=after(days=3))
    assert [one.state for one in alarms(database)] == ["closed"]


def closed_alarm(database: Database, about: str, *, now: datetime) -> None:
    """A person closed the alarm of this conversation at `now`."""
    with database.session() as session:
        own = session.get_one(Conversation, about)
        escalation = alarm(session, own, now=NOON)
        for one in messages.pending(session, own):
            messages.settle(session, one, state="done")
        escalations.close(session, escalation, actor="Ama Boateng", outcome="seen", now=now)


def told(database: Database, about: str, words: str, *, now: datetime) -> None:
    """They tell of a risk that raises no alarm."""
    with database.session() as session:
        message = inbound(session, session.get_one(Conversation, about), words, now=now)
        messages.record_assessment(session, message, Assessment(Level.PASSIVE_LOW, Flag.NONE), asked=None, now=now)
        messages.settle(session, message, state="done")


def test_a_risk_told_after_an_alarm_was_closed_is_put_before_a_person(database: Database) -> None:
    about = left(database)
    told(database, about, "I hate mornings", now=NOON)
    closed_alarm(database, about, now=after(hours=1))
    told(database, about, "I wish I would not wake up", now=after(hours=2))
    close(database, now=after(days=3))
    assert [(one.state, one.level, one.words) for one in alarms(database) if one.state != "closed"] == [
        ("open", "passive_low", "I wish I would not wake up")
    ]


def test_a_risk_told_before_an_alarm_was_closed_is_not_raised_again(database: Database) -> None:
    answered = {"answers": {**AGREED["answers"], "self_harm": {"value": "current", "status": "given", "words": None}}}
    about = left(database, draft=answered)
    told(database, about, "I hate mornings", now=NOON)
    closed_alarm(database, about, now=after(hours=1))
    close(database, now=after(days=3))
    assert [one.state for one in alarms(database)] == ["closed"]


def test_an_open_alarm_beside_a_closed_one_is_told_of_it(database: Database) -> None:
    about = left(database)
    closed_alarm(database, about, now=after(hours=1))
    with database.session() as session:
        second = alarm(session, session.get_one(Conversation, about), now=after(hours=2))
        for one in messages.pending(session, session.get_one(Conversation, about)):
            messages.settle(session, one, state="done")
    close(database, now=after(days=3))
    assert len(alarms(database)) == 2
    assert unfinished.PUT_AWAY in steps(database, second)


def worker(database: Database, pigeons: Pigeons) -> Worker:
    return Worker(database, dict.fromkeys(OutboxKind, pigeons), LADDER, keep=Keep(30, 365), unfinished=RULES)


def test_the_worker_reminds_and_puts_away(database: Database) -> None:
    about, pigeons = left(database), Pigeons()
    at_work = worker(database, pigeons)
    for moment in (after(minutes=30), after(hours=1), after(hours=20), after(hours=49)):
        at_work.tick(moment)
    assert (pigeons.bodies, state(database, about)) == (["Hello again."], "ended")


def test_a_reminder_that_could_not_go_by_day_does_not_go_at_night(database: Database) -> None:
    left(database, now=NOW.replace(hour=20))
    pigeons = Pigeons()
    away = worker(database, pigeons)
    with database.session() as session:
        unfinished.remind(session, RULES, now=NOW.replace(hour=20, minute=30))
    away.tick(NOW.replace(hour=22))
    assert pigeons.bodies == []
    away.tick(NOW.replace(hour=8) + timedelta(days=1))
    assert pigeons.bodies == ["Hello again."]


def test_a_reminder_is_not_sent_to_who_stopped_texts_in_between(database: Database) -> None:
    left(database, now=NOW)
    remind(database, now=minutes(30))
    with database.session() as session:
        conversations.opt_out(session, PHONE, now=minutes(31))
    pigeons = Pigeons()
    worker(database, pigeons).tick(NOW.replace(hour=9))
    assert pigeons.bodies == []
    assert [item.error for item in reminders(database)] == [outbox.WITHDRAWN]
