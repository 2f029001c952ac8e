"""Who the people are that introductions are about, with small numbers hidden. By whole months that are over: two periods that differ
by a few days would give away whoever came in those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from spa import facts
from spa.reporting import counts
from spa.reporting.period import Period
from spa.reporting.suppression import Protected, protected

NOT_ASKED = "not_asked"
"""The row of those who gave no answer and did not decline: the questions are optional, and come last."""

QUESTIONS = ("age", *facts.EQUALITY)


@dataclass(frozen=True)
class Breakdown:
    """One question's answers. Protected as a whole: rows, and their total."""

    question: str
    answers: Protected


def breakdowns(session: Session, months: Period) -> tuple[Breakdown, ...]:
    """Every question in turn, of the introductions of these whole months."""
    total = counts.total(session, months).now
    return tuple(Breakdown(name, protected(answers(session, name, months, total=total))) for name in QUESTIONS)


def answers(session: Session, name: str, months: Period, *, total: int) -> Mapping[str, int]:
    """{answer: how many}, unprotected: for this room only. Those who were not asked make it up to the total."""
    found = {value: both.now for value, both in counts.by_fact(session, name, months).items() if both.now}
    return found | {NOT_ASKED: total - sum(found.values())}
