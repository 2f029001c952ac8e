"""Escalations that are closed, the latest first: how each ended, and who said so."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from spa import audit, escalations
from spa.console import escalation_view
from spa.console.access import SignedIn
from spa.console.names import names_of_staff
from spa.console.workplace import AtWork

router = APIRouter()

PER_PAGE = 50
Number = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/escalations")
def closed(place: AtWork, member: SignedIn, page: Number = 1) -> Response:
    """One page of them; that it was looked at goes on the record."""
    now = place.clock()
    with place.database.session() as session:
        audit.record(session, actor=member.username, action="closed.read", subject="escalations", now=now)
    with place.database.reading() as session:
        found = escalations.closed(session, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
        shown = escalation_view.all_of(session, found[:PER_PAGE], names=names_of_staff(session), now=now)
    return place.page("closed.html", member=member, escalations=shown, page=page, more=len(found) > PER_PAGE)
