"""The front page: open escalations, then the queue; and finding one by what somebody reads out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from spa import audit, escalations, introductions, references
from spa.console import escalation_view, queue_filter, queue_query, queue_view, wording
from spa.console.access import Present, SignedIn
from spa.console.names import names_of_staff
from spa.console.queue_filter import Filter, filter_from
from spa.console.workplace import AtWork, Member, Workplace

router = APIRouter()

DONE = {"acknowledged": "You have acknowledged the escalation. Nobody else is paged now."}
PER_PAGE = 100
"""Rows of the list: more take too long to draw again every few seconds."""
NOT_FOUND = "There is no introduction or escalation with that reference, code, name or number. Check it and try again."
Number = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/")
def home(request: Request, place: AtWork, member: SignedIn, page: Number = 1, done: str = "") -> Response:
    """The whole page; that it was looked at goes on the record."""
    chosen = filter_from(request.query_params)
    now, recorded = place.clock(), chosen.without_search().query
    with place.database.session() as session:
        audit.record(session, actor=member.username, action="queue.read", subject="queue", detail=recorded, now=now)
    with place.database.reading() as session:  # the record holds up no writer while the page is made
        context = _lists(session, place, member, chosen, page=page)
    return place.page("home.html", member=member, done=DONE.get(done, ""), trouble="", **context)


@router.get("/fragments/home")
def home_fragment(request: Request, place: AtWork, member: Present, page: Number = 1) -> Response:
    """The two lists alone, for the page that refreshes itself."""
    with place.database.reading() as session:
        context = _lists(session, place, member, filter_from(request.query_params), page=page)
    return place.page("home_fragment.html", member=member, **context)


@router.get("/find")
def find(place: AtWork, member: SignedIn, reference: str = "") -> Response:
    """To the introduction of a reference or the escalation of a code as somebody read it out; else to whoever has that name
    or number."""
    with place.database.reading() as session:
        there = _address_of(session, reference)
        if there:
            return RedirectResponse(there, status_code=303)
        named = filter_from({"status": "any", "search": reference})
        context = _lists(session, place, member, named, page=1)
        if named.search and context["waiting"]:
            return RedirectResponse(f"/?{named.query}", status_code=303)
        context = _lists(session, place, member, Filter(), page=1)
    return place.page("home.html", status=404, member=member, done="", trouble=NOT_FOUND, **context)


def _address_of(session: Session, typed: str) -> str:
    reference = references.valid(typed[:80])
    if reference and introductions.by_reference(session, reference):
        return f"/introductions/{reference}"
    escalation = escalations.by_code(session, typed)
    return f"/escalations/{escalation.code}" if escalation else ""


def _lists(session: Session, place: Workplace, member: Member, chosen: Filter, *, page: int) -> dict[str, Any]:
    """What both forms of the page show."""
    now, names = place.clock(), names_of_staff(session)
    alarms = escalations.open_now(session)
    first = (page - 1) * PER_PAGE
    found = queue_query.found(session, chosen, username=member.username, now=now, first=first, limit=PER_PAGE)
    alarmed = {alarm.conversation_id: wording.plain(str(alarm.level), wording.LEVELS) for alarm in alarms}
    shown = escalation_view.all_of(session, alarms, names=names, now=now)
    unseen = sum(alarm.state == "open" for alarm in shown)
    return {
        "escalations": sorted(shown, key=lambda alarm: alarm.state != "open"),  # nobody has these: they come first
        "queue": queue_view.rows(found.rows, alarmed=alarmed, raised=found.raised, names=names, now=now),
        "waiting": found.number,
        "counts": queue_filter.counts([("overdue", found.overdue), ("with nobody", found.unassigned)]),
        "first": first,
        "page": page,
        "more": found.number > first + PER_PAGE,
        "chosen": chosen,
        "title": f"({unseen}) Escalations and introductions" if unseen else "Escalations and introductions",
        "announce": f"{_counted(unseen, 'escalation')} to acknowledge, {_counted(found.number, 'introduction')} shown",
    }


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
