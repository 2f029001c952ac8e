"""What the destinations of an introduction answered: accepted or declined, on which day, and who recorded it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import introductions
from spa.models import Destination, Handover, HandoverState, Introduction, IntroductionStatus


def of(session: Session, introduction: Introduction) -> list[Handover]:
    """Every hand-over of it, the latest first."""
    of_it = Handover.introduction_reference == introduction.reference
    return list(session.scalars(select(Handover).where(of_it).order_by(Handover.id.desc())))


def by_id(session: Session, introduction: Introduction, number: int) -> Handover | None:
    """One hand-over, if it is of this introduction."""
    found = session.get(Handover, number)
    return found if found and found.introduction_reference == introduction.reference else None


def waiting(
    session: Session, *, destination: str = "", limit: int, offset: int = 0
) -> list[tuple[Handover, Introduction]]:
    """Those without an answer, the oldest first; of one destination where it is given."""
    query = select(Handover, Introduction).join(Introduction, Introduction.reference == Handover.introduction_reference)
    query = query.where(Handover.state == HandoverState.WAITING)
    if destination:
        query = query.where(Handover.destination == Destination(destination))
    found = session.execute(query.order_by(Handover.sent_at, Handover.id).limit(limit).offset(offset))
    return [(handover, introduction) for handover, introduction in found]


def answer(
    session: Session,
    introduction: Introduction,
    handover: Handover,
    state: str,
    *,
    on: date,
    words: str,
    actor: str,
    now: datetime,
    note: str = "",
) -> None:
    """Keep what the destination said. `words`: the answer as the history says it. May be corrected by answering again.

    An introduction that nobody takes any more is in review again, so that nobody is lost between two services.
    """
    handover.state = HandoverState(state)
    handover.answered_on, handover.answered_by, handover.note = on, actor, note or None
    session.flush()
    told = f"{words}. {note}" if note else words
    if introduction.status == IntroductionStatus.ROUTED and _all_declined(of(session, introduction)):
        back = IntroductionStatus.IN_REVIEW
        introductions.set_status(session, introduction, back, actor=actor, now=now, note=told)
    else:
        introductions.add_note(session, introduction, actor=actor, text=told, now=now)


def _all_declined(handovers: Sequence[Handover]) -> bool:
    return all(handover.state == HandoverState.DECLINED for handover in handovers)
