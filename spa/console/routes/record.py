"""Who looked at what and changed it: for managers and administrators."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlalchemy.orm import Session

from spa import audit, escalations, references
from spa.console import permissions, record_view
from spa.console.access import SignedIn
from spa.console.forms import Trouble
from spa.console.names import names_of_staff
from spa.console.workplace import AtWork

router = APIRouter()

PER_PAGE = 100
Number = Annotated[int, Query(ge=1, le=100_000)]
Short = Annotated[str, Query(max_length=128)]


@router.get("/record")
def record(place: AtWork, member: SignedIn, who: Short = "", what: Short = "", page: Number = 1) -> Response:
    """One page of the record, of one person or about one introduction or escalation; that it was looked at goes on it too."""
    if not permissions.read_audit(member):
        trouble = Trouble(permissions.REFUSALS[permissions.read_audit])
        return place.page("refused.html", status=403, member=member, trouble=trouble)
    now = place.clock()
    with place.database.session() as session:
        audit.record(session, actor=member.username, action="record.read", subject="record", now=now)
    with place.database.reading() as session:
        names = names_of_staff(session)
        subject = _subject(session, what)
        first = (page - 1) * PER_PAGE
        found = audit.latest(session, actor=who, subject=subject, limit=PER_PAGE + 1, offset=first)
        rows = record_view.rows(session, found[:PER_PAGE], names=names)
    asked = urlencode({name: value for name, value in (("who", who), ("what", what)) if value})
    return place.page(
        "record.html", member=member, rows=rows, names=names, who=who, what=what, asked=asked, page=page,
        more=len(found) > PER_PAGE,
    )  # fmt: skip


def _subject(session: Session, typed: str) -> str:
    """What the record calls a reference or an escalation code as somebody typed it."""
    reference = references.valid(typed)
    escalation = None if reference else escalations.by_code(session, typed)
    return escalation.id if escalation else reference or typed.strip()
