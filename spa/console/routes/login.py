"""Logging in and out."""

from __future__ import annotations

import secrets
from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from spa import audit, staff
from spa.console import access
from spa.console.access import FromOwnForm
from spa.console.workplace import AtWork, Workplace

log = structlog.get_logger(__name__)

router = APIRouter()

WRONG = (
    "The username or the password is wrong, or there were too many tries. "
    "After 5 wrong tries a username is locked for 15 minutes."
)
TOLD = {"out": "You have logged out.", "idle": "You were logged out because the console was not used for a while."}


@router.get("/login")
def login_page(request: Request, place: AtWork, next: str = "/", told: str = "") -> Response:  # noqa: A002
    """The form; it leads on to `next`."""
    return _form(request, place, onward=access.own_page(next), told=TOLD.get(told, ""))


@router.post("/login")
def log_in(
    request: Request,
    place: AtWork,
    username: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Opens a login, or says the same thing whatever was wrong."""
    visitor = request.cookies.get(access.cookie_name(place, "visitor"), "")
    if not access.is_our_form(place, "visitor", visitor, csrf):
        raise access.ForgedForm
    onward = access.own_page(next)
    token = _open(place, username=username, password=password)
    if token is None:
        return _form(request, place, onward=onward, trouble=WRONG, status=401)
    answer = RedirectResponse(onward, status_code=303)
    access.set_cookie(answer, place, "login", token)
    access.drop_cookie(answer, place, "visitor")
    return answer


@router.post("/logout")
def log_out(request: Request, place: AtWork, member: FromOwnForm) -> Response:
    """Ends the login here and in the browser."""
    now = place.clock()
    with place.database.session() as session:
        staff.end_login(session, access.login_token(request, place))
        audit.record(session, actor=member.username, action="login.closed", subject=member.username, now=now)
    answer = RedirectResponse("/login?told=out", status_code=303)
    access.drop_cookie(answer, place, "login")
    return answer


def _open(place: Workplace, *, username: str, password: str) -> str | None:
    """The token of a new login, or None."""
    now = place.clock()
    try:
        with place.database.session() as session:
            person = staff.authenticate(session, username=username, password=password, now=now)
            audit.record(session, actor=person.username, action="login.opened", subject=person.username, now=now)
            return staff.open_login(session, person, now=now)
    except (staff.WrongPassword, staff.LockedOut) as e:
        log.warning("console.login_refused", why=type(e).__name__)
        return None


def _form(
    request: Request, place: Workplace, *, onward: str, told: str = "", trouble: str = "", status: int = 200
) -> Response:
    """The form, tied to this visitor by a cookie so that no other site can log somebody in."""
    visitor = request.cookies.get(access.cookie_name(place, "visitor"), "") or secrets.token_urlsafe(32)
    csrf = access.form_token(place, "visitor", visitor)
    answer = place.page("login.html", status=status, csrf=csrf, next=onward, told=told, trouble=trouble)
    access.set_cookie(answer, place, "visitor", visitor)
    return answer
