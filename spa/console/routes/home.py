"""The front page: open escalations, then the queue; and finding one by what somebody reads out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spa import audit, escalations, introductions, references
from spa.console import escalation_view, queue_view, wording
from spa.console.access import Present, SignedIn
from spa.console.names import names_of_staff
from spa.console.queue_view import Filter, filter_from
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import IntroductionAction, IntroductionEvent

router = APIRouter()

DONE = {"acknowledged": "You have acknowledged the escalation. Nobody else is paged now."}
MOST_ROWS = 200
"""Rows of the list: more take too long to draw again every few seconds, and nobody reads them."""
NOT_FOUND = "There is no introduction or escalation with that reference or code. Check it and try again."


@router.get("/")
def home(place: AtWork, member: SignedIn, status: str = "open", mine: str = "", done: str = "") -> Response:
    """The whole page; that it was looked at goes on the record."""
    chosen = filter_from(status, mine)
    now = place.clock()
    with place.database.session() as session:
        audit.record(session, actor=member.username, action="queue.read", subject="queue", detail=chosen.query, now=now)
    with place.database.reading() as session:  # the record holds up no writer while the page is made
        context = _lists(session, place, member, chosen)
    return place.page("home.html", member=member, done=DONE.get(done, ""), trouble="", **context)


@router.get("/fragments/home")
def home_fragment(place: AtWork, member: Present, status: str = "open", mine: str = "") -> Response:
    """The two lists alone, for the page that refreshes itself."""
    with place.database.reading() as session:
        context = _lists(session, place, member, filter_from(status, mine))
    return place.page("home_fragment.html", member=member, **context)


@router.get("/find")
def find(place: AtWork, member: SignedIn, reference: str = "") -> Response:
    """To the introduction of a reference, or the escalation of a code, as somebody read it out."""
    with place.database.reading() as session:
        there = _address_of(session, reference)
        if there:
            return RedirectResponse(there, status_code=303)
        context = _lists(session, place, member, Filter())
    return place.page("home.html", status=404, member=member, done="", trouble=NOT_FOUND, **context)


def _address_of(session: Session, typed: str) -> str:
    reference = references.valid(typed[:80])
    if reference and introductions.by_reference(session, reference):
        return f"/introductions/{reference}"
    escalation = escalations.by_code(session, typed)
    return f"/escalations/{escalation.code}" if escalation else ""


def _lists(session: Session, place: Workplace, member: Member, chosen: Filter) -> dict[str, Any]:
    """What both forms of the page show."""
    now, names = place.clock(), names_of_staff(session)
    alarms = escalations.open_now(session)
    waiting = introductions.queue(session, states=chosen.statuses)
    if chosen.mine:
        waiting = [introduction for introduction in waiting if introduction.assignee == member.username]
    alarmed = {alarm.conversation_id: wording.plain(str(alarm.level), wording.LEVELS) for alarm in alarms}
    shown = escalation_view.all_of(session, alarms, names=names, now=now)
    unseen = sum(alarm.state == "open" for alarm in shown)
    return {
        "escalations": sorted(shown, key=lambda alarm: alarm.state != "open"),  # nobody has these: they come first
        "queue": queue_view.rows(waiting[:MOST_ROWS], alarmed=alarmed, raised=_raised(session), names=names, now=now),
        "waiting": len(waiting),
        "chosen": chosen,
        "title": f"({unseen}) Escalations and introductions" if unseen else "Escalations and introductions",
        "announce": f"{_counted(unseen, 'escalation')} to acknowledge, {_counted(len(waiting), 'introduction')} shown",
    }


def _raised(session: Session) -> dict[str, datetime]:
    """{reference: when its priority was last raised}; one query for the whole list."""
    reference = IntroductionEvent.introduction_reference
    of_raising = IntroductionEvent.action == IntroductionAction.PRIORITY_RAISED
    latest = select(reference, func.max(IntroductionEvent.at)).where(of_raising).group_by(reference)
    return {found: at for found, at in session.execute(latest)}


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
