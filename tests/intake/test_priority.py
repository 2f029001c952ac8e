"""Every rule of the table in `bot/intake/priority.py`, on its own; and that the more urgent one wins."""

from __future__ import annotations

from typing import Any

import pytest

from bot.intake import draft as drafts
from bot.intake.priority import priority


def code(*levels: str, statuses: dict[str, str] | None = None, **answers: Any) -> int:
    draft = drafts.empty()
    for ask, value in answers.items():
        draft = drafts.answer(draft, ask, value)
    for ask, status in (statuses or {}).items():
        draft = drafts.answer(draft, ask, None, status=status)
    found = priority(draft, flags=[{"level": level} for level in levels])
    assert found["why"]
    return int(found["code"])


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("crisis_imminent", 1),
        ("crisis_active", 4),
        ("harm_to_others", 4),
        ("safeguarding", 4),
        ("self_harm", 4),
        ("passive_low", 2),
        ("third_party", 2),
        ("screen_failed", 2),
        ("historical", 3),
    ],
)
def test_by_flag(level: str, expected: int) -> None:
    assert code(level) == expected


@pytest.mark.parametrize(
    ("thoughts", "expected"),
    [("attempt_recent", 1), ("plan", 1), ("active", 4), ("passive", 2), ("past", 3), ("none", 3)],
)
def test_by_answer_about_suicide(thoughts: str, expected: int) -> None:
    assert code(suicidal_thoughts=thoughts) == expected


@pytest.mark.parametrize("plan", [True, "with my tablets"])
def test_a_plan_is_an_emergency(plan: bool | str) -> None:
    assert code(suicidal_thoughts="passive", suicidal_plan=plan) == 1


@pytest.mark.parametrize("status", ["declined", "unknown", "left"])
def test_the_question_about_suicide_not_answered_is_urgent(status: str) -> None:
    assert code(statuses={"suicidal_thoughts": status}) == 2


@pytest.mark.parametrize(("harm", "expected"), [("current", 4), ("recent", 2), ("past", 3), ("none", 3)])
def test_by_answer_about_self_harm(harm: str, expected: int) -> None:
    assert code(self_harm=harm) == expected


def test_self_harm_now_with_thoughts_now_is_an_emergency() -> None:
    assert code(self_harm="current", suicidal_thoughts="active") == 1


@pytest.mark.parametrize("harm", ["none", "past"])
def test_a_self_harm_flag_that_turns_out_past_stays_urgent(harm: str) -> None:
    assert code("self_harm", self_harm=harm) == 2


@pytest.mark.parametrize(("safe", "expected"), [("no", 2), ("unsure", 2), ("yes", 3)])
def test_by_safety_at_home(safe: str, expected: int) -> None:
    assert code(safe_at_home=safe) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("I have nowhere to sleep tonight", 4),
        ("I have no food in the house", 4),
        ("I am being evicted on 3 December", 2),
        ("I would like to talk about my mum", 3),
    ],
)
def test_by_practical_need(story: str, expected: int) -> None:
    assert code(story=[story]) == expected


def test_a_denial_after_a_flag_lowers_nothing() -> None:
    assert code("crisis_imminent", suicidal_thoughts="none", suicidal_plan=False) == 1


def test_the_more_urgent_rule_wins_and_all_are_told() -> None:
    draft = drafts.answer(drafts.empty(), "suicidal_thoughts", "passive")
    found = priority(draft, flags=[{"level": "safeguarding"}])
    assert found["code"] == 4
    assert len(found["why"]) == 2


def test_flags_the_draft_knows_of_count_too() -> None:
    assert priority(drafts.flag(drafts.empty(), "crisis_imminent"))["code"] == 1


def test_no_rule_is_routine_and_never_called_low_risk() -> None:
    found = priority(drafts.empty())
    assert found["code"] == 3
    assert "low risk" not in " ".join(found["why"]).lower()
