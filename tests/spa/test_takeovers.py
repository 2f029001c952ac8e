"""Staff in a conversation: one at a time, only where they reach the resident, never waited for without end."""

from datetime import timedelta

import pytest

from spa import conversations, escalations, messages, takeovers, unfinished
from spa.models import Message, Takeover, TakeoverEnd
from spa.quiet import QuietHours
from spa.takeovers import CannotJoin, NotInIt, Why
from spa.unfinished import Unfinished
from tests.spa.factories import LADDER, NOW, alarm, at_once, conversation, inbound, minutes

SAYS = {"kind": "text", "text": "A person has joined.", "event": "joined"}
QUIET = timedelta(minutes=10)


def join(session, there, *, staff="ama", now=NOW):
    return takeovers.join(session, there, staff=staff, signed="Clinician", says=SAYS, now=now)


def leave(session, there, *, staff="ama", now=NOW):
    said = [{"kind": "text", "text": "They have left.", "event": "left", "by": "Clinician"}]
    return takeovers.leave(session, there, staff=staff, replies=said, draft={"told": "it"}, ask="story", now=now)


def test_takeover_second_to_join_is_told_who_is_in_it(database):
    with database.session() as session:
        there = conversation(session)
        join(session, there)
        with pytest.raises(CannotJoin) as refused:
            join(session, there, staff="joe")
    assert refused.value.by == "ama"


def test_takeover_of_many_at_once_one_wins(database):
    with database.session() as session:
        there = conversation(session)
    won = []

    def come(name):
        with database.session() as session:
            try:
                join(session, conversations.by_id(session, there.id), staff=name)
            except CannotJoin:
                return
            won.append(name)

    at_once([lambda name=name: come(name) for name in ("ama", "joe", "tom", "sam")])
    with database.reading() as session:
        assert [takeovers.current(session, there.id).staff] == won


def test_takeover_takes_the_open_question_away_and_gives_it_back(database):
    with database.session() as session:
        there = conversation(session)
        there.ask = "goals"
        assert join(session, there).ask == "goals"
        assert there.ask is None
        leave(session, there)
        assert (there.ask, there.draft) == ("story", {"told": "it"})


def test_takeover_takes_what_waits_for_the_engine(database):
    with database.session() as session:
        there = conversation(session)
        inbound(session, there)
        join(session, there)
        assert messages.pending(session, there) == []


def test_takeover_only_who_is_in_it_writes_and_leaves(database):
    with database.session() as session:
        there = conversation(session)
        join(session, there)
        with pytest.raises(NotInIt):
            takeovers.say(session, there, staff="joe", text="hello", now=NOW)
        with pytest.raises(NotInIt):
            leave(session, there, staff="joe")


def test_takeover_can_be_followed_by_another(database):
    with database.session() as session:
        there = conversation(session)
        join(session, there)
        leave(session, there)
        join(session, there, staff="joe")
        assert [one.ended for one in session.query(Takeover).order_by(Takeover.id)] == [TakeoverEnd.HANDED_BACK, None]


def opted_out(session, there):
    conversations.opt_out(session, there.address, now=NOW)


@pytest.mark.parametrize(
    ("channel", "before", "after", "why"),
    [
        ("web", lambda session, there: None, timedelta(hours=23), None),
        ("web", lambda session, there: None, timedelta(hours=25), Why.SILENT),
        ("sms", lambda session, there: None, timedelta(minutes=50), None),
        ("sms", lambda session, there: None, timedelta(minutes=70), Why.SILENT),
        ("sms", opted_out, timedelta(0), Why.OPTED_OUT),
        ("sms", lambda session, there: conversations.leave_phone(session, there), timedelta(0), Why.PUT_AWAY),
        ("web", lambda session, there: conversations.forget(session, there, now=NOW), timedelta(0), Why.REMOVED),
    ],
)
def test_takeover_only_of_a_conversation_that_still_reaches_its_resident(database, channel, before, after, why):
    with database.session() as session:
        there = conversation(session, channel=channel)
        before(session, there)
        assert takeovers.unreachable(session, there, now=NOW + after) is why


def test_takeover_resident_waits_since_their_first_unanswered_words(database):
    with database.session() as session:
        there = conversation(session)
        joined = join(session, there)
        assert takeovers.waiting_since(session, joined) == NOW
        takeovers.say(session, there, staff="ama", text="hello", now=minutes(1))
        assert takeovers.waiting_since(session, joined) is None
        inbound(session, there, now=minutes(3))
        inbound(session, there, now=minutes(8))
        assert takeovers.waiting_since(session, joined) == minutes(3)
        assert takeovers.gone_quiet(session, after=QUIET, now=minutes(12)) == []
        assert takeovers.gone_quiet(session, after=QUIET, now=minutes(13)) == [joined]


def test_takeover_conversation_is_neither_reminded_of_nor_put_away(database):
    rules = Unfinished("Hello.", timedelta(minutes=30), timedelta(hours=48), timedelta(days=7), QuietHours.parse(""))
    with database.session() as session:
        there = conversation(session, channel="sms")
        there.draft = {"answers": {"consent": {"value": True}}}
        join(session, there)
        assert unfinished.remind(session, rules, now=minutes(40)) == 0
        assert unfinished.close(session, rules, ladder=LADDER, now=minutes(60 * 49)) == 0
        leave(session, there)
        there.draft = {"answers": {"consent": {"value": True}}}
        assert unfinished.remind(session, rules, now=minutes(40)) == 1


def test_takeover_text_of_staff_is_signed(database):
    with database.session() as session:
        there = conversation(session)
        join(session, there)
        message = takeovers.say(session, there, staff="ama", text="hello", now=NOW)
        kept = session.get_one(Message, message.seq)
        assert (kept.author, kept.staff, kept.signed) == ("staff", "ama", "Clinician")


def test_takeover_handed_back_where_it_reaches_nobody_says_nothing(database):
    with database.session() as session:
        there = conversation(session, channel="sms")
        join(session, there)
        takeovers.say(session, there, staff="ama", text="hello", now=minutes(1))
        said = len(messages.since(session, there, 0))
        leave(session, there, now=minutes(60 * 25))
        assert takeovers.current(session, there.id) is None
        assert len(messages.since(session, there, 0)) == said


def test_takeover_of_a_phone_whose_texts_go_to_another_conversation_is_refused(database):
    with database.session() as session:
        first = conversation(session, channel="sms")
        alarm(session, first)
        other = conversation(session, channel="sms", now=minutes(120))
        assert other.address == first.address
        assert takeovers.unreachable(session, first, now=minutes(121)) is Why.PUT_AWAY


def test_takeover_is_possible_for_a_day_where_an_escalation_is_open(database):
    with database.session() as session:
        there = conversation(session, channel="sms")
        alarm(session, there)
        assert takeovers.unreachable(session, there, now=minutes(120)) is None


def test_takeover_whoever_joins_has_the_alarm(database):
    with database.session() as session:
        there = conversation(session)
        raised = alarm(session, there)
        escalations.acknowledge(session, raised, actor="On call", via="sms", now=NOW)
        escalations.take(session, raised, actor="ama", via="console", now=minutes(1))
        assert (raised.acknowledged_by, raised.acknowledged_at) == ("ama", NOW)
        assert raised.steps[-1].detail == "Took it over from On call."
