"""Who is paged, when, and what a page says."""

import json
from dataclasses import dataclass, field

import pytest

from spa import escalations, ladder, outbox, paging
from spa.database import Database
from spa.ladder import Contact, Ladder, LadderError
from spa.models import Escalation, OutboxItem
from tests.spa.factories import LADDER, PHONE, SECRET_WORDS, alarm, at_once, conversation, minutes


def paged(session) -> list[str]:
    return [item.recipient for item in session.query(OutboxItem).order_by(OutboxItem.id)]


@dataclass
class Settings:
    """What the ladder reads."""

    escalation_contacts: list[Contact] = field(default_factory=list)
    escalation_minutes: float = 5.0
    console_address: str = "https://console.example/"


def test_the_next_contact_is_paged_when_the_time_has_passed(database: Database) -> None:
    with database.session() as session:
        alarm(session, conversation(session))
        assert escalations.climb(session, ladder=LADDER, now=minutes(4.9)) == 0
        assert escalations.climb(session, ladder=LADDER, now=minutes(5)) == 2
        assert escalations.climb(session, ladder=LADDER, now=minutes(5)) == 0
        assert escalations.climb(session, ladder=LADDER, now=minutes(10)) == 1
        assert paged(session) == ["+447700900201", "+447700900202", "joe@outreach.example", "http://127.0.0.1:9/page"]


def test_the_ladder_is_climbed_again_and_then_ends_on_the_record(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        pages = [escalations.climb(session, ladder=LADDER, now=minutes(5 * number)) for number in range(1, 12)]
        assert pages == [2, 1, 1, 2, 1, 1, 2, 1, 0, 0, 0]
        assert [str(step.action) for step in escalation.steps].count("ladder_ended") == 1
        assert escalation.state == "open"


def test_workers_climbing_at_once_page_once(database: Database) -> None:
    with database.session() as session:
        alarm(session, conversation(session))

    def climb() -> int:
        with database.session() as session:
            return escalations.climb(session, ladder=LADDER, now=minutes(5))

    assert sum(at_once([climb] * 4)) == 2


def test_a_page_holds_nothing_of_the_resident(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        alarm(session, made)
        escalations.add_detail(session, made, whereabouts="Brixton", phone=PHONE, now=minutes(1))
        for number in (5, 10):
            escalations.climb(session, ladder=LADDER, now=minutes(number))
        for item in session.query(OutboxItem):
            said = f"{item.subject} {item.body}"
            assert all(word not in said for word in (SECRET_WORDS, "tablets", "Brixton", PHONE))


def test_a_text_says_what_to_do(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session, channel="sms"), level="crisis_imminent")
        (item,) = session.query(OutboxItem)
    assert item.body == (
        f"Front Door RED {escalation.code}: crisis imminent, by text message. "
        f"https://console.example/escalations/{escalation.id} Reply {escalation.code} to acknowledge."
    )
    assert len(item.body) <= 160


def test_a_webhook_gets_json(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(
            session, conversation(session), ladder=Ladder((Contact("Rota", webhook="http://127.0.0.1:9/"),))
        )
        (item,) = session.query(OutboxItem)
    told = json.loads(item.body)
    assert (told["code"], told["level"], told["flag"], told["channel"]) == (
        escalation.code,
        "crisis_active",
        "red",
        "web",
    )


def test_a_contact_who_cannot_be_reached_is_passed_over_at_once(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        (item,) = outbox.due(session, now=minutes(0), limit=5)
        outbox.failed(session, item, error="twilio_21211", permanent=True, now=minutes(0.1))
        paging.hurry(session, item, now=minutes(0.1))
        assert escalation.next_step_at == minutes(0.1)
        assert escalations.climb(session, ladder=LADDER, now=minutes(0.1)) == 2


def test_a_contact_who_has_the_page_another_way_keeps_the_time(database: Database) -> None:
    both = Ladder(
        (Contact("Joe", sms="+447700900202", email="joe@outreach.example"), Contact("Lead", email="a@b.example"))
    )
    with database.session() as session:
        escalation = alarm(session, conversation(session), ladder=both)
        text, email = outbox.due(session, now=minutes(0), limit=5)
        outbox.failed(session, text, error="twilio_21211", permanent=True, now=minutes(0.1))
        outbox.sent(session, email, provider_id="mail-1", now=minutes(0.1))
        paging.hurry(session, text, now=minutes(0.1))
        assert escalation.next_step_at == minutes(5)


def test_a_page_that_the_provider_lost_counts_as_not_sent(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        (item,) = outbox.due(session, now=minutes(0), limit=5)
        outbox.sent(session, item, provider_id="SM1", now=minutes(0.1))
        outbox.record_status(session, "SM1", "undelivered", now=minutes(1))
        assert paging.follow_up(session, now=minutes(1)) == 1
        assert paging.follow_up(session, now=minutes(1)) == 0
        assert (item.state, escalation.next_step_at) == ("failed", minutes(1))


def test_a_lost_page_of_an_acknowledged_escalation_changes_nothing(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        (item,) = outbox.due(session, now=minutes(0), limit=5)
        escalations.acknowledge(session, escalation, actor="Ama Boateng", via="console", now=minutes(0))
        paging.hurry(session, item, now=minutes(1))
    with database.reading() as session:
        assert session.get_one(Escalation, escalation.id).next_step_at is None


@pytest.mark.parametrize("phone", ["+447700900201", "+44 7700 900201"])
def test_a_contact_is_known_by_phone(phone: str) -> None:
    assert LADDER.contact_for_phone(phone) is LADDER.contacts[0]


@pytest.mark.parametrize("phone", ["+447700900999", "", "web"])
def test_other_phones_are_nobodys(phone: str) -> None:
    assert LADDER.contact_for_phone(phone) is None


def test_settings_make_the_ladder() -> None:
    made = ladder.from_settings(Settings([Contact("Ama", sms="+447700900201")], escalation_minutes=2))
    assert made == Ladder((Contact("Ama", sms="+447700900201"),), minutes=2, console_address="https://console.example/")
    assert made.link("abc") == "https://console.example/escalations/abc"


def test_a_contact_without_any_way_stops_the_start() -> None:
    with pytest.raises(LadderError, match="FRONTDOOR_ESCALATION_CONTACTS: Ama"):
        ladder.from_settings(Settings([Contact("Ama", sms="")]))
