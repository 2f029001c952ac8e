"""The second step of logging in with a password: the authenticator's six digits, or setting one up where that is required."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from spa import audit, second_factor
from spa.console import access, entrance, tickets
from spa.console.qr import picture
from spa.console.workplace import AtWork, Workplace
from spa.models import Staff

router = APIRouter(prefix="/login")

WRONG = "That code is not right, or was used before. Wait for the next one and try again."
TOO_MANY = "There were too many wrong codes. Wait 15 minutes, then try again."
Typed = Annotated[str, Form(max_length=40)]
Token = Annotated[str, Form()]


@router.get("/code")
def code_page(request: Request, place: AtWork) -> Response:
    """Asks for the code; without the password before it, back to the beginning."""
    return _page(request, place, "login_code.html")


@router.post("/code")
def code(request: Request, place: AtWork, code: Typed = "", csrf: Token = "") -> Response:
    """Lets in whoever gives the right one."""
    values = _own_ticket(request, place, csrf)
    try:
        with place.database.session() as session:
            person = session.get_one(Staff, values["staff"])
            second_factor.check(session, person, code, sealer=place.sealer, now=place.clock())
            token = entrance.opened(session, place, person, how="password and code")
    except second_factor.WrongCode:
        return _page(request, place, "login_code.html", trouble=WRONG, status=401)
    except second_factor.TooManyCodes:
        return _page(request, place, "login_code.html", trouble=TOO_MANY, status=429)
    return entrance.let_in(RedirectResponse(values["onward"], status_code=303), place, token)


@router.get("/set-up")
def set_up_page(request: Request, place: AtWork) -> Response:
    """The picture for an authenticator, where an account must have one."""
    return _page(request, place, "login_set_up.html", also=lambda session, person: _picture(session, place, person))


@router.post("/set-up")
def set_up(request: Request, place: AtWork, code: Typed = "", csrf: Token = "") -> Response:
    """Lets them in once the authenticator works, and shows the recovery codes this once."""
    values = _own_ticket(request, place, csrf)
    shown: Callable[[Session, Staff], dict[str, Any]] = lambda session, person: _picture(session, place, person)  # noqa: E731
    try:
        with place.database.session() as session:
            person = session.get_one(Staff, values["staff"])
            codes = second_factor.confirm(session, person, code, sealer=place.sealer, now=place.clock())
            audit.record(
                session, actor=person.username, action="second_factor.on", subject=person.username, now=place.clock()
            )
            token = entrance.opened(session, place, person, how="password and code")
    except second_factor.WrongCode:
        return _page(request, place, "login_set_up.html", trouble=WRONG, status=401, also=shown)
    except second_factor.TooManyCodes:
        return _page(request, place, "login_set_up.html", trouble=TOO_MANY, status=429, also=shown)
    answer = place.page("recovery_codes.html", codes=codes, onward=values["onward"])
    return entrance.let_in(answer, place, token)


def _picture(session: Session, place: Workplace, person: Staff) -> dict[str, Any]:
    secret = second_factor.begun(session, person, sealer=place.sealer)
    return {} if secret is None else {"secret": secret, "picture": picture(second_factor.address(secret, person))}


def _own_ticket(request: Request, place: Workplace, csrf: str) -> dict[str, Any]:
    """Raises ForgedForm for a form that is not ours, or whose password was too long ago."""
    ticket = entrance.ticket_of(request, place)
    values = tickets.read(place, entrance.HALFWAY, ticket)
    if values is None or not access.is_our_form(place, entrance.HALFWAY, ticket, csrf):
        raise access.ForgedForm
    return values


def _page(
    request: Request,
    place: Workplace,
    template: str,
    *,
    trouble: str = "",
    status: int = 200,
    also: Callable[[Session, Staff], dict[str, Any]] = lambda session, person: {},
) -> Response:
    ticket = entrance.ticket_of(request, place)
    values = tickets.read(place, entrance.HALFWAY, ticket)
    if values is None:
        return RedirectResponse("/login", status_code=303)
    with place.database.reading() as session:
        shown = also(session, session.get_one(Staff, values["staff"]))
    if template == "login_set_up.html" and not shown:
        return RedirectResponse("/login/code", status_code=303)
    csrf = access.form_token(place, entrance.HALFWAY, ticket)
    return place.page(template, status=status, csrf=csrf, trouble=trouble, **shown)
