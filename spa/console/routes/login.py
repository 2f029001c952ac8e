"""Logging in and out."""

from __future__ import annotations

import secrets
from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from spa import audit, second_factor, staff
from spa.console import access, entrance
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
    answer = _let_in(place, username=username, password=password, onward=onward)
    return answer or _form(request, place, onward=onward, trouble=WRONG, status=401)


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


def _let_in(place: Workplace, *, username: str, password: str, onward: str) -> Response | None:
    """Into the console, or on to the second factor where the account has one or must have one; None where the password was wrong."""
    try:
        with place.database.session() as session:
            person = staff.authenticate(session, username=username, password=password, now=place.clock())
            if second_factor.is_on(session, person):
                return entrance.halfway(RedirectResponse("/login/code", status_code=303), place, person, onward=onward)
            if place.second_factor_required:
                if second_factor.begun(session, person, sealer=place.sealer) is None:
                    second_factor.begin(session, person, sealer=place.sealer)
                return entrance.halfway(
                    RedirectResponse("/login/set-up", status_code=303), place, person, onward=onward
                )
            token = entrance.opened(session, place, person, how="password")
            return entrance.let_in(RedirectResponse(onward, status_code=303), place, token)
    except (staff.WrongPassword, staff.LockedOut) as e:
        log.warning("console.login_refused", why=type(e).__name__)
        return None


def _form(
    request: Request, place: Workplace, *, onward: str, told: str = "", trouble: str = "", status: int = 200
) -> Response:
    """The form, tied to this visitor by a cookie so that no other site can log somebody in."""
    visitor = request.cookies.get(access.cookie_name(place, "visitor"), "") or secrets.token_urlsafe(32)
    csrf = access.form_token(place, "visitor", visitor)
    provider = place.provider.name if place.provider else ""
    answer = place.page(
        "login.html", status=status, csrf=csrf, next=onward, told=told, trouble=trouble, provider=provider
    )
    access.set_cookie(answer, place, "visitor", visitor)
    return answer
