"""Introductions in the queue, and what is done to them."""

import pytest
from sqlalchemy.exc import IntegrityError

from spa import documents, escalations, introductions, listings
from spa.database import Database
from spa.models import Conversation, Introduction, IntroductionStatus
from tests.spa.factories import NOW, alarm, at_once, conversation, document, introduction, minutes


def actions(made: Introduction) -> list[tuple[str, str, str]]:
    return [(str(event.action), event.actor, str(event.status)) for event in made.events]


def test_submit_puts_it_into_the_queue(database: Database) -> None:
    with database.session() as session:
        made = introduction(session, priority=2)
        assert introductions.queue(session) == [made]
        assert actions(made) == [("submitted", "resident", "new")]
        own = session.get_one(Conversation, made.conversation_id)
        assert (own.state, own.reference) == ("submitted", made.reference)


def test_submitting_again_gives_the_first(database: Database) -> None:
    with database.session() as session:
        own = conversation(session)
        first = introductions.submit(session, own, document=document(), now=NOW)
        again = introductions.submit(session, own, document=document(summary="another"), now=minutes(1))
        assert again is first
        assert again.document["summary"] == "Grace may lose her flat."


def test_submitting_at_once_makes_one(database: Database) -> None:
    with database.session() as session:
        own = conversation(session)

    def submit() -> str:
        with database.session() as session:
            return introductions.submit(session, own, document=document(), now=NOW).reference

    assert len(set(at_once([submit] * 6))) == 1
    with database.reading() as session:
        assert len(introductions.queue(session)) == 1


def test_the_database_refuses_a_reference_twice(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
    with pytest.raises(IntegrityError), database.session() as session:
        introduction(session, reference=made.reference)


@pytest.mark.parametrize("wrong, named", [
    ({"reference": "LW-1"}, "$.reference"),
    ({"submitted_at": "yesterday"}, "$.submitted_at"),
    ({"person": {"full_name": "Grace Okafor", "date_of_birth": "1992-13-40"}}, "$.person.date_of_birth"),
    ({"needs": [{"domain": "weather", "source": "heard"}]}, "$.needs[0].domain"),
    ({"story": {"own_words": []}}, "$.story.own_words"),
    ({"channel": "pigeon"}, "$.channel"),
])  # fmt: skip
def test_what_is_not_as_the_schema_says_is_refused(database: Database, wrong, named: str) -> None:
    with database.session() as session:
        own = conversation(session)
        with pytest.raises(documents.ValidationError) as refused:
            introductions.submit(session, own, document=document(**wrong), now=NOW)
        assert named in str(refused.value)
        assert introductions.of_conversation(session, own) is None


def test_a_refusal_names_fields_and_never_what_they_hold() -> None:
    with pytest.raises(documents.ValidationError) as refused:
        documents.checked(document(person={"full_name": 7, "date_of_birth": "Grace's birthday"}))
    assert "Grace" not in str(refused.value)


def test_update_keeps_reference_status_and_time(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        own = session.get_one(Conversation, made.conversation_id)
        introductions.claim(session, made, actor="Sam Reid", now=minutes(1))
        introductions.update(session, own, document=document(summary="New words."), now=minutes(2))
        assert made.document["summary"] == "New words."
        assert made.document["reference"] == made.reference
        assert made.document["status"] == "in_review"
        assert actions(made)[-1] == ("updated", "resident", "in_review")


def test_the_same_update_again_is_no_second_event(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        own = session.get_one(Conversation, made.conversation_id)
        changed = document(summary="New words.")
        introductions.update(session, own, document=changed, now=minutes(1))
        introductions.update(session, own, document=changed, now=minutes(2))
        assert [action for action, _, _ in actions(made)] == ["submitted", "updated"]


def test_update_never_lowers_a_priority(database: Database) -> None:
    with database.session() as session:
        made = introduction(session, priority=3)
        own = session.get_one(Conversation, made.conversation_id)
        introductions.raise_priority(session, made, 1, why="crisis_imminent", now=minutes(1))
        introductions.update(session, own, document=document(priority=2, summary="New."), now=minutes(2))
        assert made.document["priority"]["code"] == made.priority_code == 1
        assert "crisis_imminent" in made.document["priority"]["why"]


def test_an_invalid_update_changes_nothing(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        own = session.get_one(Conversation, made.conversation_id)
        with pytest.raises(documents.ValidationError):
            introductions.update(session, own, document=document(channel="pigeon"), now=minutes(1))
        assert made.document["channel"] == "web"


@pytest.mark.parametrize(
    "change", [introductions.withdraw, lambda s, c, now: introductions.update(s, c, document=document(), now=now)]
)
def test_what_was_not_handed_over_cannot_be_changed(database: Database, change) -> None:
    with database.session() as session, pytest.raises(introductions.NotHandedOver):
        change(session, conversation(session), now=NOW)


def test_withdraw_leaves_the_queue_and_is_kept(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        own = session.get_one(Conversation, made.conversation_id)
        introductions.withdraw(session, own, now=minutes(1))
        introductions.withdraw(session, own, now=minutes(2))
        assert introductions.queue(session) == []
        assert (own.state, made.document["status"]) == ("withdrawn", "withdrawn")
        assert [action for action, _, _ in actions(made)] == ["submitted", "withdrawn"]


def test_the_queue_goes_by_priority_and_then_age(database: Database) -> None:
    with database.session() as session:
        routine_new = introduction(session, priority=3, now=minutes(9))
        urgent = introduction(session, priority=2, now=minutes(5))
        very_urgent = introduction(session, priority=4, now=minutes(6))
        emergency = introduction(session, priority=1, now=minutes(8))
        routine_old = introduction(session, priority=3, now=minutes(1))
        assert introductions.queue(session) == [emergency, very_urgent, urgent, routine_old, routine_new]


def test_the_queue_of_other_statuses(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        introductions.close(session, made, actor="Sam Reid", now=minutes(1), note="advice given")
        assert introductions.queue(session) == []
        assert introductions.queue(session, states=["closed"]) == [made]


@pytest.mark.parametrize("code, raised, now_code", [(1, True, 1), (4, True, 4), (2, False, 2), (3, False, 2)])
def test_priority_is_raised_never_lowered(database: Database, code: int, raised: bool, now_code: int) -> None:
    with database.session() as session:
        made = introduction(session, priority=2)
        assert introductions.raise_priority(session, made, code, why="crisis_active", now=minutes(1)) is raised
        assert made.document["priority"]["code"] == made.priority_code == now_code


def test_a_raised_one_moves_up_the_queue(database: Database) -> None:
    with database.session() as session:
        first, second = introduction(session, priority=2), introduction(session, priority=3)
        alarm(session, session.get_one(Conversation, second.conversation_id))
        introductions.raise_priority(session, second, 1, why="crisis_active", now=minutes(1))
        assert introductions.queue(session) == [second, first]
        documents.checked(second.document)


def test_every_step_is_a_row_with_its_actor(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        introductions.claim(session, made, actor="Sam Reid", now=minutes(1))
        introductions.set_status(session, made, "contact_attempted", actor="Sam Reid", now=minutes(2), note="no answer")
        introductions.add_note(session, made, actor="Sam Reid", text="try after five", now=minutes(3))
        introductions.route(session, made, "talking_therapies", actor="Ines Costa", now=minutes(4))
        introductions.close(session, made, actor="Ines Costa", now=minutes(5))
        assert actions(made) == [
            ("submitted", "resident", "new"),
            ("claimed", "Sam Reid", "in_review"),
            ("status", "Sam Reid", "contact_attempted"),
            ("noted", "Sam Reid", "contact_attempted"),
            ("routed", "Ines Costa", "routed"),
            ("closed", "Ines Costa", "closed"),
        ]
        assert (made.assignee, made.destination, made.events[4].destination) == ("Sam Reid",) + (
            "talking_therapies",
        ) * 2
        assert [event.at for event in made.events][1:] == [minutes(number) for number in range(1, 6)]
        documents.checked(made.document)


def test_a_second_claim_keeps_how_far_it_is(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        introductions.set_status(session, made, "in_contact", actor="Sam Reid", now=minutes(1))
        introductions.claim(session, made, actor="Ines Costa", now=minutes(2))
        assert (made.assignee, made.status) == ("Ines Costa", IntroductionStatus.IN_CONTACT)


@pytest.mark.parametrize("nobody", ["", " ", "resident"])
def test_only_a_named_person_changes_it(database: Database, nobody: str) -> None:
    with pytest.raises(ValueError), database.session() as session:
        introductions.claim(session, introduction(session), actor=nobody, now=NOW)


@pytest.mark.parametrize("wrong", ["", "the pub"])
def test_unknown_destinations_and_statuses_are_refused(database: Database, wrong: str) -> None:
    with database.session() as session:
        made = introduction(session)
        with pytest.raises(ValueError):
            introductions.route(session, made, wrong, actor="Sam Reid", now=NOW)
        with pytest.raises(ValueError):
            introductions.set_status(session, made, wrong, actor="Sam Reid", now=NOW)


def test_listings_show_the_queue_without_the_resident(database: Database) -> None:
    with database.session() as session:
        made = introduction(session, priority=2)
        (row,) = listings.queue(session)
    assert row == {
        "reference": made.reference, "status": "new", "priority": 2, "submitted_at": "2026-11-23T02:00:00+00:00",
        "channel": "web", "needs": ["housing"], "assignee": None,
    }  # fmt: skip


def test_listings_show_the_document_for_a_reference_as_typed(database: Database) -> None:
    with database.session() as session:
        made = introduction(session)
        shown = listings.introduction(session, made.reference.lower().replace("-", " "))
        assert shown == made.document
        assert documents.checked(dict(shown)) == made.document
        assert listings.introduction(session, "LW-2222-222") is None


def test_listings_show_open_escalations_before_closed_ones(database: Database) -> None:
    with database.session() as session:
        closed = alarm(session, conversation(session))
        escalations.close(session, closed, actor="Ama Boateng", outcome="seen", now=minutes(1))
        opened = alarm(session, conversation(session))
        assert [row["id"] for row in listings.escalations(session)] == [opened.id, closed.id]
