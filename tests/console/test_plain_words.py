"""Highlights, times, due times and contact rules, on their own."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.crisis.assessment import Level
from spa.console import contact_rules, conversation_view, priority, times, wording
from spa.console.highlight import highlight
from spa.models import EscalationLevel, IntroductionStatus, Role
from tests.console.factories import NOW, document


@pytest.mark.parametrize(
    ("text", "matched", "marked"),
    [
        ("I want to DIE now", ["want to die"], ["want to DIE"]),
        ("i don’t want to wake up", ["don't want to wake up"], ["don’t want to wake up"]),
        ("dont wanna be here", ["don't wanna"], ["dont wanna"]),
        ("end   it,  all", ["end it all"], ["end   it,  all"]),
        ("die die", ["die"], ["die", "die"]),
        ("diet soldier", ["die"], []),
        ("kill myself tonight", ["kill myself", "kill myself tonight"], ["kill myself tonight"]),
        ("💊💊 bye", ["💊💊"], ["💊💊"]),
        ("a (b] c*", ["(b] c*"], ["(b] c*"]),
        ("nothing", ["", "  "], []),
    ],
)
def test_highlight_marks_matched_words(text, matched, marked):
    made = str(highlight(text, matched))
    assert made.count("<mark") == len(marked)
    for words in marked:
        assert f"<mark class='fd-match'>{words}</mark>" in made


def test_highlight_escapes_everything_around_and_inside():
    made = str(highlight("<b>die</b> & <i>die", ["<i>die"]))
    assert made == "&lt;b&gt;die&lt;/b&gt; &amp; <mark class='fd-match'>&lt;i&gt;die</mark>"


def test_highlight_of_a_long_text_takes_no_time():
    started = datetime.now(UTC)
    highlight("a " * 10_000, ["a a a a b", "a " * 40 + "b"])
    assert datetime.now(UTC) - started < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-07-01T08:05:00+00:00", "1 Jul 2026, 9:05am"),
        ("2026-12-01T00:00:00Z", "1 Dec 2026, midnight"),
        ("2026-12-01T12:00:00Z", "1 Dec 2026, midday"),
        ("2026-12-01T13:00:00Z", "1 Dec 2026, 1pm"),
        ("2026-10-25T00:30:00Z", "25 Oct 2026, 1:30am"),
    ],
)
def test_times_are_in_london_and_in_nhs_style(moment, shown):
    assert times.short_stamp(moment) == shown


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, minutes=20), "1 hour 20 minutes"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_times_say_how_long(length, words):
    assert times.span(length) == words


@pytest.mark.parametrize(("born", "years"), [("2008-11-23", 18), ("2008-11-24", 17), ("1964-02-29", 62)])
def test_times_count_whole_years(born, years):
    assert times.years_old(born, NOW) == years


@pytest.mark.parametrize(
    ("code", "hours", "state"),
    [(1, 0, "overdue"), (4, 2.9, "in_time"), (4, 3.1, "soon"), (4, 4, "overdue"), (2, 17, "in_time"), (2, 24, "overdue"),
     (3, 24 * 20, "in_time"), (3, 24 * 28, "overdue")],
)  # fmt: skip
def test_due_follows_the_response_priority(code, hours, state):
    assert priority.due(code, since=NOW - timedelta(hours=hours), status="new", now=NOW).state == state


@pytest.mark.parametrize("status", ["in_contact", "routed", "closed", "withdrawn"])
def test_due_is_met_once_somebody_is_in_contact(status):
    assert priority.due(4, since=NOW - timedelta(days=9), status=status, now=NOW).state == "met"


@pytest.mark.parametrize("allowed", [None, "absent"])
def test_rules_take_no_answer_for_a_no(allowed):
    contact = {"ok_to_text": allowed, "ok_to_leave_voicemail": allowed}
    made = document(contact=contact)
    if allowed == "absent":
        del made["contact"]["ok_to_text"], made["contact"]["ok_to_leave_voicemail"]
    found = contact_rules.rules(made, now=NOW)
    assert {rule.headline for rule in found} == {"Voicemail: not answered", "Text messages: not answered"}
    assert all("Do not" in rule.detail for rule in found)


def test_rules_put_what_must_not_be_done_first():
    made = document(contact={"ok_to_leave_voicemail": False}, access={"interpreter": True, "language": "xx"})
    assert [rule.kind for rule in contact_rules.rules(made, now=NOW)] == ["stop", "ask", "go"]


@pytest.mark.parametrize(("retracted", "warned"), [(False, True), (True, False)])
def test_rules_ask_whether_it_is_safe_to_reply_after_a_safeguarding_flag(retracted, warned):
    flag = {"level": "safeguarding", "at": NOW.isoformat(), "words": "w", "reasons": [], "retracted": retracted}
    found = contact_rules.rules(document(flags=[flag]), now=NOW)
    assert any(rule.headline.startswith("Safe to reply?") for rule in found) is warned


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({"person": {"date_of_birth": "2010-01-01"}}, "Under 18"),
        ({"contact": {"phone": None}}, "No phone number"),
        ({"access": {"needs": ["bsl"]}}, "Book a British Sign Language interpreter"),
        ({"consent": {"contact_gp": False}}, "DO NOT contact the GP"),
        ({"introducer": {"relationship": "carer"}}, "Does the person know? Not answered"),
    ],
)
def test_rules_say_what_to_find_out_first(changes, headline):
    assert headline in {rule.headline for rule in contact_rules.rules(document(**changes), now=NOW)}


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+447700900123", "07700 900123"), ("+442079460123", "020 7946 0123"), ("+15005550006", "+1 500-555-0006"),
     ("not a number", "not a number"), (None, "")],
)  # fmt: skip
def test_phone_numbers_are_shown_as_they_are_dialled(number, shown):
    assert contact_rules.phone_number(number) == shown


def test_every_level_status_and_role_has_plain_words():
    assert {level.value for level in Level} | {str(level) for level in EscalationLevel} <= set(wording.LEVELS)
    assert {str(status) for status in IntroductionStatus} == set(wording.STATUSES)
    assert {str(role) for role in Role} == set(wording.ROLES)


def test_unknown_codes_are_shown_readably():
    assert wording.plain("some_new-code", wording.LEVELS) == "Some new code"


def test_reasons_are_given_once_and_in_plain_words():
    stored = [{"rule": "a.b_c", "words": "w", "score": 1.0}] * 2 + [{"rule": "classifier", "words": "", "score": 0.5}]
    found = conversation_view.reasons_of(stored)
    assert [reason.why for reason in found] == ["rule “a, b c”", "reads like crisis messages (50 out of 100)"]
