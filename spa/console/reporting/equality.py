"""Who the people are, with small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.intake import questions
from spa import facts
from spa.console import wording
from spa.console.reporting.tables import Table, count, named
from spa.reporting import equality, period
from spa.reporting.equality import Breakdown
from spa.reporting.period import Period

TITLES = {
    "age": "Age",
    "ethnic_category": "Ethnic category",
    "gender_identity": "Gender",
    "sexual_orientation": "Sexual orientation",
    "religion": "Religion",
    "disability": "Disability",
    "veteran": "Served in the armed forces",
    "carer": "Cares for somebody",
}
ENDS = {"yes": "Yes", "no": "No", facts.DECLINED: "Did not want to say", equality.NOT_ASKED: "Not asked, or no answer"}
NOTE = (
    "Numbers below 5 are hidden, and so is any other number from which one of them could be worked out. "
    "Whole months only, for the same reason."
)


def tables(session: Session, days: Period, *, now: datetime) -> tuple[Table, ...]:
    """One for each question, of the whole months of the period; none where it holds no whole month that is over."""
    months = days.whole_months(today=period.today(now))
    if months is None:
        return ()
    return tuple(_table(found, months) for found in equality.breakdowns(session, months))


def _table(found: Breakdown, months: Period) -> Table:
    words, answers = _words(found.question), found.answers.cells
    order = [code for code in words if code in answers] + sorted(code for code in answers if code not in words)
    rows = [named(words.get(code, wording.plain(code)), count(answers[code])) for code in order]
    rows.append(named("All", count(found.answers.total)))
    title = TITLES[found.question]
    note = f"{months.first:%B %Y} to {months.last:%B %Y}. {NOTE}"
    return Table(found.question, title, (title, "Introductions"), tuple(rows), note, (1,))


def _words(question: str) -> Mapping[str, str]:
    """The words of its answers, in their order; no answer comes last."""
    if question == "age":
        bands = [name for _, name in facts.AGES] + [facts.OLDEST]
        return {name: wording.plain(name) for name in bands} | ENDS
    if question == "ethnic_category":
        return {**wording.ETHNIC_CATEGORIES, **ENDS}
    offered = questions.load()[question].own.choices["web"]
    return {
        choice.value: choice.label for choice in offered if choice.value not in ENDS and question != "disability"
    } | ENDS
