"""The introductions of a filter, one page of them, and how many there are: the database narrows, orders and counts, so that a
long queue opens as fast as a short one. Only what is looked up inside a document is narrowed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from spa.console.priority import PRIORITIES, WAITING
from spa.console.queue_filter import Filter
from spa.models import Conversation, Introduction, IntroductionAction, IntroductionEvent, IntroductionStatus

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
    if chosen.reads_documents:
        query = select(Introduction, late).outerjoin(*joined).where(*conditions).order_by(*ORDER)
        pairs = _read(session, query, chosen)
        rows = tuple(introduction for introduction, _ in islice(pairs, first, first + limit))
        counts = len(pairs), sum(is_late for _, is_late in pairs), sum(not one.assignee for one, _ in pairs)
    else:
        keys = select(Introduction.reference).outerjoin(*joined).where(*conditions).order_by(*ORDER)
        page = keys.offset(first).limit(limit).subquery()  # keys first: documents are too long to be sorted
        wanted = select(Introduction).where(Introduction.reference.in_(select(page.c.reference))).order_by(*ORDER)
        rows = tuple(session.scalars(wanted))
        tally = select(func.count(), _number_of(late), _number_of(Introduction.assignee.is_(None)))
        counted = session.execute(tally.select_from(Introduction).outerjoin(*joined).where(*conditions)).one()
        counts = counted[0], counted[1], counted[2]
    return Found(rows, *counts, raised=_raised(session, rows))


def _conditions(chosen: Filter, *, username: str, late: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """All of the filter that stands in columns, or in one fixed place of the document."""
    conditions: list[ColumnElement[bool]] = [Introduction.status.in_(chosen.statuses)]
    if chosen.destination:
        conditions.append(Introduction.destination == chosen.destination)
    if chosen.channel:
        conditions.append(Introduction.document["channel"].as_string() == chosen.channel)
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


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _read(session: Session, query: Select[Introduction, bool], chosen: Filter) -> list[tuple[Introduction, bool]]:
    """Those whose document has what is looked for, and whether each is late."""
    addresses = _addresses(session) if chosen.search else {}
    return [
        (introduction, bool(is_late))
        for introduction, is_late in session.execute(query)
        if chosen.lets(introduction, address=addresses.get(introduction.conversation_id))
    ]


def _addresses(session: Session) -> dict[str, str]:
    """{conversation: the phone it was texted from}."""
    query = select(Conversation.id, Conversation.address).where(Conversation.address.is_not(None))
    return {key: address for key, address in session.execute(query) if address}


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
