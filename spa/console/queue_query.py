"""The introductions of a filter, one page of them, and how many there are: the database narrows, orders and counts, so that a
long queue opens as fast as a short one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from spa import facts
from spa.console.priority import PRIORITIES, WAITING
from spa.console.queue_filter import Filter
from spa.models import Introduction, IntroductionAction, IntroductionEvent, IntroductionStatus
from spa.reporting.counts import number_of

ORDER = Introduction.priority_rank, Introduction.submitted_at, Introduction.reference


@dataclass(frozen=True)
class Found:
    """`rows` are one page; the numbers are of all pages together. `raised`: when a row's priority was last raised."""

    rows: tuple[Introduction, ...]
    number: int
    overdue: int
    unassigned: int
    raised: Mapping[str, datetime]


def found(session: Session, chosen: Filter, *, username: str, now: datetime, first: int, limit: int) -> Found:
    """From the row `first` on, most urgent and then oldest first."""
    raised = _latest_raising().subquery()
    late = _late(func.coalesce(raised.c.at, Introduction.submitted_at), now)
    joined = raised, raised.c.reference == Introduction.reference
    conditions = _conditions(chosen, username=username, late=late)
    keys = select(Introduction.reference).outerjoin(*joined).where(*conditions).order_by(*ORDER)
    page = keys.offset(first).limit(limit).subquery()  # keys first: documents are too long to be sorted
    wanted = select(Introduction).where(Introduction.reference.in_(select(page.c.reference))).order_by(*ORDER)
    rows = tuple(session.scalars(wanted))
    tally = select(func.count(), number_of(late), number_of(Introduction.assignee.is_(None)))
    number, overdue, unassigned = session.execute(
        tally.select_from(Introduction).outerjoin(*joined).where(*conditions)
    ).one()
    return Found(rows, number, overdue, unassigned, raised=_raised(session, rows))


def _conditions(chosen: Filter, *, username: str, late: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """All of the filter."""
    conditions: list[ColumnElement[bool]] = [Introduction.status.in_(chosen.statuses)]
    if chosen.destination:
        conditions.append(Introduction.destination == chosen.destination)
    named = (("channel", chosen.channel), ("need", chosen.need), ("interpreter", chosen.interpreter and "yes"))
    conditions += [facts.having(name, value) for name, value in named if value]
    if chosen.search:
        conditions.append(facts.found_by(chosen.search))
    if chosen.whose:
        mine = chosen.whose == "mine"
        conditions.append(Introduction.assignee == username if mine else Introduction.assignee.is_(None))
    if chosen.overdue:
        conditions.append(late)
    return conditions


def _late(since: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """Whether a first response is overdue, as `spa.console.priority.due` says it of one introduction."""
    waiting = Introduction.status.in_([IntroductionStatus(status) for status in WAITING])
    each = (
        and_(Introduction.priority_code == code, since <= now - priority.within)
        for code, priority in PRIORITIES.items()
    )
    return and_(waiting, or_(false(), *each))


def _latest_raising() -> Select[str, datetime]:
    reference = IntroductionEvent.introduction_reference
    of_raising = IntroductionEvent.action == IntroductionAction.PRIORITY_RAISED
    latest = select(reference.label("reference"), func.max(IntroductionEvent.at).label("at"))
    return latest.where(of_raising).group_by(reference)


def _raised(session: Session, rows: Sequence[Introduction]) -> dict[str, datetime]:
    """One query for the whole page."""
    references = [introduction.reference for introduction in rows]
    of_page = _latest_raising().where(IntroductionEvent.introduction_reference.in_(references))
    return {reference: at for reference, at in session.execute(of_page)}
