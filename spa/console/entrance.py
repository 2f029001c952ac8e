"""Opens a login for somebody who has shown who they are, whichever way they did."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from spa import audit, staff
from spa.console import access, tickets
from spa.console.workplace import Workplace
from spa.models import Staff

HALFWAY = "halfway"
"""The step between the password and the second factor."""


def opened(session: Session, place: Workplace, person: Staff, *, how: str) -> str:
    """The token of a new login, on the record with `how`: "password", "password and code", "provider"."""
    now = place.clock()
    audit.record(session, actor=person.username, action="login.opened", subject=person.username, detail=how, now=now)
    return staff.open_login(session, person, now=now, lengths=place.lengths)


def let_in(answer: Response, place: Workplace, token: str) -> Response:
    """The browser holds the login from now on, and nothing of the steps before it."""
    access.set_cookie(answer, place, "login", token)
    for step in ("visitor", HALFWAY, "asked"):
        access.drop_cookie(answer, place, step)
    return answer


def halfway(answer: Response, place: Workplace, person: Staff, *, onward: str) -> Response:
    """The password was right: the browser holds that, for a few minutes and for no more than the second factor."""
    ticket = tickets.made(place, HALFWAY, {"staff": person.id, "onward": onward})
    access.set_cookie(answer, place, HALFWAY, ticket, keep=tickets.GOOD_FOR)
    access.drop_cookie(answer, place, "visitor")
    return answer


def ticket_of(request: Request, place: Workplace) -> str:
    """What the browser holds of that; "" when it holds nothing."""
    return request.cookies.get(access.cookie_name(place, HALFWAY), "")
