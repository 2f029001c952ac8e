"""The front page: open escalations, then the queue; and finding one by what somebody reads out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spa import audit, escalations, introductions, references
from spa.console import escalation_view, queue_filter, queue_view, wording
from spa.console.access import Present, SignedIn
from spa.console.names import names_of_staff
from spa.console.priority import due
from spa.console.queue_filter import Filter, filter_from
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Conversation, Introduction, IntroductionAction, IntroductionEvent

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
    raised = _raised(session)
    found = _chosen(session, member, chosen, raised=raised, now=now)
    alarmed = {alarm.conversation_id: wording.plain(str(alarm.level), wording.LEVELS) for alarm in alarms}
    shown = escalation_view.all_of(session, alarms, names=names, now=now)
    unseen = sum(alarm.state == "open" for alarm in shown)
    first = (page - 1) * PER_PAGE
    rows = found[first : first + PER_PAGE]
    return {
        "escalations": sorted(shown, key=lambda alarm: alarm.state != "open"),  # nobody has these: they come first
        "queue": queue_view.rows(rows, alarmed=alarmed, raised=raised, names=names, now=now),
        "waiting": len(found),
        "counts": _counts(found, raised=raised, now=now),
        "first": first,
        "page": page,
        "more": len(found) > first + PER_PAGE,
        "chosen": chosen,
        "title": f"({unseen}) Escalations and introductions" if unseen else "Escalations and introductions",
        "announce": f"{_counted(unseen, 'escalation')} to acknowledge, {_counted(len(found), 'introduction')} shown",
    }


def _chosen(
    session: Session, member: Member, chosen: Filter, *, raised: Mapping[str, datetime], now: datetime
) -> list[Introduction]:
    """The introductions that the filter lets through, most urgent first."""
    addresses = _addresses(session) if chosen.search else {}
    return [
        introduction
        for introduction in introductions.queue(session, states=chosen.statuses)
        if chosen.lets(
            introduction,
            username=member.username,
            address=addresses.get(introduction.conversation_id),
            since=raised.get(introduction.reference, introduction.submitted_at),
            now=now,
        )
    ]


def _addresses(session: Session) -> dict[str, str]:
    """{conversation: the phone it was texted from}."""
    query = select(Conversation.id, Conversation.address).where(Conversation.address.is_not(None))
    return {found: address for found, address in session.execute(query) if address}


def _counts(found: Sequence[Introduction], *, raised: Mapping[str, datetime], now: datetime) -> str:
    """How many of those listed are late, and how many nobody has."""
    since = {one.reference: raised.get(one.reference, one.submitted_at) for one in found}
    states = [
        due(one.priority_code, since=since[one.reference], status=str(one.status), now=now).state for one in found
    ]
    return queue_filter.counts(
        [("overdue", states.count("overdue")), ("with nobody", sum(not one.assignee for one in found))]
    )


def _raised(session: Session) -> dict[str, datetime]:
    """{reference: when its priority was last raised}; one query for the whole list."""
    reference = IntroductionEvent.introduction_reference
    of_raising = IntroductionEvent.action == IntroductionAction.PRIORITY_RAISED
    latest = select(reference, func.max(IntroductionEvent.at)).where(of_raising).group_by(reference)
    return {found: at for found, at in session.execute(latest)}


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
