"""One alarm about one conversation, until a named person acknowledges and closes it."""

import re

import pytest
from sqlalchemy.exc import IntegrityError

from spa import escalations, listings, outbox
from spa.database import Database
from spa.ladder import REPEAT_AFTER, Ladder
from spa.models import Escalation, EscalationState, OutboxItem
from tests.spa.factories import LADDER, NOW, PHONE, SECRET_WORDS, alarm, at_once, conversation, inbound, minutes


def pages(session, **narrower) -> list[OutboxItem]:
    """All pages ever queued, first one first."""
    return session.query(OutboxItem).filter_by(purpose="page", **narrower).order_by(OutboxItem.id).all()


def actions(escalation: Escalation) -> list[str]:
    return [str(step.action) for step in escalation.steps]


def test_red_opens_an_escalation_and_queues_the_first_page(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session, channel="sms"))
        assert (escalation.state, escalation.level, escalation.words) == ("open", "crisis_active", "the tablets")
        assert [page.recipient for page in pages(session)] == ["+447700900201"]
        assert actions(escalation) == ["opened", "paged"]
        assert escalation.phone == PHONE


def test_amber_opens_an_escalation_and_pages_nobody(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session), level="passive_low", flag="amber")
        assert pages(session) == []
        assert escalations.open_now(session) == [escalation]
        assert escalations.climb(session, ladder=LADDER, now=minutes(600)) == 0


def test_no_flag_opens_none(database: Database) -> None:
    with database.session() as session, pytest.raises(ValueError):
        alarm(session, conversation(session), level="historical", flag="none")


def test_the_page_goes_with_the_message_or_not_at_all(database: Database) -> None:
    with pytest.raises(RuntimeError), database.session() as session:
        alarm(session, conversation(session))
        raise RuntimeError
    with database.reading() as session:
        assert (pages(session), escalations.open_now(session)) == ([], [])


def test_a_second_message_joins_the_open_escalation_without_a_page(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        first = alarm(session, made)
        assert alarm(session, made, now=minutes(1)) is first
        assert len(pages(session)) == 1
        assert actions(first) == ["opened", "paged", "repeated"]


def test_the_same_message_again_changes_nothing(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        message = inbound(session, made, SECRET_WORDS)
        escalation = alarm(session, made, message=message)
        alarm(session, made, message=message)
        assert actions(escalation) == ["opened", "paged"]


def test_the_same_message_that_proves_more_urgent_raises_it(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        message = inbound(session, made, SECRET_WORDS)
        escalation = alarm(session, made, message=message, level="passive_low", flag="amber")
        alarm(session, made, message=message, level="crisis_active", flag="red")
        assert (escalation.level, len(pages(session))) == ("crisis_active", 1)


def test_an_earlier_message_lowers_and_repeats_nothing(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        earlier, later = inbound(session, made), inbound(session, made)
        escalation = alarm(session, made, message=later)
        alarm(session, made, message=earlier, level=escalations.CALL_BACK, flag="amber")
        assert actions(escalation) == ["opened", "paged"]


def test_flagged_messages_at_once_open_one_escalation_and_one_page(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)

    def flagged() -> str:
        with database.session() as session:
            return alarm(session, made).id

    assert len(set(at_once([flagged] * 6))) == 1
    with database.reading() as session:
        assert len(pages(session)) == 1


def test_the_database_refuses_a_second_open_escalation(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        alarm(session, made)
    with pytest.raises(IntegrityError), database.session() as session:
        row = {"opened_at": NOW, "alerted_at": NOW, "words": "", "reasons": [], "alerts": 1, "rung": 0}
        session.add(
            Escalation(
                id="b",
                code="B",
                conversation_id=made.id,
                channel="web",
                level="self_harm",
                flag="red",
                state="open",
                **row,
            )
        )


@pytest.mark.parametrize("first, then", [
    (("crisis_active", "red"), ("crisis_imminent", "red")),
    (("passive_low", "amber"), ("crisis_active", "red")),
    (("self_harm", "amber"), ("safeguarding", "red")),
])  # fmt: skip
def test_a_more_urgent_message_raises_the_same_escalation_and_pages_again(database: Database, first, then) -> None:
    with database.session() as session:
        made = conversation(session)
        escalation = alarm(session, made, level=first[0], flag=first[1])
        before = len(pages(session))
        assert alarm(session, made, level=then[0], flag=then[1], now=minutes(1)) is escalation
        assert (escalation.level, escalation.flag.value) == then
        assert len(pages(session)) == before + 1
        assert pages(session)[-1].recipient == "+447700900201"
        assert "raised" in actions(escalation)


def test_a_less_urgent_message_lowers_nothing(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        escalation = alarm(session, made, level="crisis_imminent")
        alarm(session, made, level="passive_low", flag="amber", now=minutes(1))
        assert (escalation.level, escalation.flag.value, escalation.words) == ("crisis_imminent", "red", "the tablets")


def test_a_more_urgent_message_reopens_what_somebody_had(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        escalation = alarm(session, made)
        escalations.acknowledge(session, escalation, actor="Ama Boateng", via="sms", now=minutes(1))
        alarm(session, made, level="crisis_imminent", now=minutes(2))
        assert (escalation.state, escalation.acknowledged_by) == ("open", None)
        assert len(pages(session)) == 2


@pytest.mark.parametrize(
    "later, state", [(REPEAT_AFTER.seconds / 60 - 1, "acknowledged"), (REPEAT_AFTER.seconds / 60, "open")]
)
def test_red_again_long_after_somebody_took_it_raises_the_alarm(database: Database, later: float, state: str) -> None:
    with database.session() as session:
        made = conversation(session)
        escalation = alarm(session, made)
        escalations.acknowledge(session, escalation, actor="Ama Boateng", via="sms", now=NOW)
        alarm(session, made, now=minutes(later))
        assert escalation.state == state


def test_after_closing_a_new_message_opens_a_new_one(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        first = alarm(session, made)
        escalations.close(session, first, actor="Ama Boateng", outcome="seen at home", now=minutes(5))
        second = alarm(session, made, now=minutes(6))
        assert second.id != first.id
        assert escalations.of_conversation(session, made.id) == [first, second]


def test_acknowledging_stops_the_climb_and_the_pages_that_have_not_gone(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        assert escalations.acknowledge(session, escalation, actor="Ama Boateng", via="console", now=minutes(1))
        assert (escalation.state, escalation.acknowledged_by, escalation.acknowledged_at) == (
            "acknowledged", "Ama Boateng", minutes(1),
        )  # fmt: skip
        assert escalations.climb(session, ladder=LADDER, now=minutes(60)) == 0
        assert outbox.due(session, now=minutes(60), limit=10) == []
        assert escalations.open_now(session) == [escalation]


def test_the_first_to_acknowledge_has_it(database: Database) -> None:
    with database.session() as session:
        made = alarm(session, conversation(session))

    def take(name: str) -> bool:
        with database.session() as session:
            return escalations.acknowledge(session, made, actor=name, via="sms", now=NOW)

    assert sorted(at_once([lambda name=name: take(name) for name in ("Ama", "Joe", "Zed")])) == [False, False, True]


@pytest.mark.parametrize("nobody", ["", "  ", "Front Door", "resident"])
def test_only_a_named_person_acknowledges_notes_or_closes(database: Database, nobody: str) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        with pytest.raises(ValueError):
            escalations.acknowledge(session, escalation, actor=nobody, via="console", now=NOW)
        with pytest.raises(ValueError):
            escalations.note(session, escalation, actor=nobody, text="rang", now=NOW)
        with pytest.raises(ValueError):
            escalations.close(session, escalation, actor=nobody, outcome="seen", now=NOW)
        assert escalation.state == "open"


@pytest.mark.parametrize("state, column", [("acknowledged", "acknowledged_by"), ("closed", "closed_by")])
def test_the_database_refuses_a_state_without_its_person(database: Database, state: str, column: str) -> None:
    with database.session() as session:
        made = alarm(session, conversation(session))
    with pytest.raises(IntegrityError), database.session() as session:
        session.get_one(Escalation, made.id).state = EscalationState(state)


def test_closing_keeps_who_and_how_it_ended(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        escalations.note(session, escalation, actor="Ama Boateng", text="rang twice", now=minutes(2))
        assert escalations.close(session, escalation, actor="Ama Boateng", outcome="seen at home", now=minutes(9))
        assert not escalations.close(session, escalation, actor="Joe Farrell", outcome="again", now=minutes(10))
        assert (escalation.closed_by, escalation.outcome) == ("Ama Boateng", "seen at home")
        assert actions(escalation) == ["opened", "paged", "noted", "closed"]
        assert escalations.open_now(session) == []


def test_closing_needs_an_outcome(database: Database) -> None:
    with database.session() as session, pytest.raises(ValueError):
        escalations.close(session, alarm(session, conversation(session)), actor="Ama Boateng", outcome=" ", now=NOW)


def test_whereabouts_and_phone_join_the_open_escalation(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        assert escalations.add_detail(session, made, whereabouts="Brixton", now=NOW) is None
        escalation = alarm(session, made)
        escalations.add_detail(session, made, whereabouts="Brixton station", now=minutes(1))
        escalations.add_detail(session, made, phone=PHONE, now=minutes(2))
        assert (escalation.whereabouts, escalation.phone) == ("Brixton station", PHONE)
        assert [step.detail for step in escalation.steps][-2:] == ["whereabouts", "phone"]


@pytest.mark.parametrize("typed", ["{}", "{} ok", " {}.", "ack {} on my way", "{}\n"])
def test_a_code_is_found_as_people_text_it(database: Database, typed: str) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session))
        assert escalations.by_code(session, typed.format(escalation.code.lower())) is escalation


@pytest.mark.parametrize("typed", ["", "STOP", "????", "x" * 5000])
def test_other_words_are_no_code(database: Database, typed: str) -> None:
    with database.session() as session:
        alarm(session, conversation(session))
        assert escalations.by_code(session, typed) is None


def test_codes_are_short_clear_and_no_words(database: Database) -> None:
    with database.session() as session:
        codes = {alarm(session, conversation(session)).code for _ in range(20)}
    assert len(codes) == 20
    assert all(re.fullmatch(r"(?=.*\d)[ACDEFHJKMNPQRTVWXY34679]{4}", code) for code in codes)


def test_open_now_puts_red_first_then_unacknowledged_then_urgent_then_old(database: Database) -> None:
    with database.session() as session:

        def one(level: str, flag: str = "red", now=NOW) -> Escalation:
            return alarm(session, conversation(session), level=level, flag=flag, now=now)

        amber = one("passive_low", "amber")
        taken, newer, older, urgent = (
            one("crisis_imminent"),
            one("crisis_active", now=minutes(2)),
            one("crisis_active"),
            one("crisis_imminent"),
        )
        escalations.acknowledge(session, taken, actor="Ama Boateng", via="sms", now=NOW)
        assert escalations.open_now(session) == [urgent, older, newer, taken, amber]


def test_a_call_back_is_the_least_urgent_amber(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        asked = alarm(session, made, level=escalations.CALL_BACK, flag="amber")
        alarm(session, made, level="screen_failed", flag="amber", now=minutes(1))
        assert asked.level == "screen_failed"


def test_as_json_is_the_command_lines_contract(database: Database) -> None:
    with database.session() as session:
        alarm(session, conversation(session, channel="sms"))
        (shown,) = listings.escalations(session)
    assert {"id", "level", "flag", "state", "opened_at", "conversation", "channel", "steps"} <= set(shown)
    assert (shown["level"], shown["flag"], shown["state"], shown["channel"]) == ("crisis_active", "red", "open", "sms")
    assert shown["opened_at"] == "2026-11-23T02:00:00+00:00"
    assert shown["steps"][0] == {
        "at": "2026-11-23T02:00:00+00:00", "actor": "Front Door", "action": "opened", "detail": "crisis_active",
    }  # fmt: skip


def test_without_contacts_it_is_recorded_that_nobody_was_paged(database: Database) -> None:
    with database.session() as session:
        escalation = alarm(session, conversation(session), ladder=Ladder())
        assert actions(escalation) == ["opened", "nobody_to_page"]
        assert escalations.climb(session, ladder=Ladder(), now=minutes(60)) == 0
