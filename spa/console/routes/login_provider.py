"""Logging in at the organisation's own OpenID Connect provider."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from spa import identities
from spa.console import access, entrance, tickets
from spa.console.forms import NotFound
from spa.console.provider import Asked, NoRole, Provider, ProviderFailed
from spa.console.workplace import AtWork, Workplace

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/login/provider")

ASKED = "asked"
FAILED = (
    "Logging in there did not work. Try again in a minute. If it goes on, tell the person who looks after Front Door."
)
NO_ROLE = "Your account there has no role in Front Door. Ask an administrator to put you into a group that has one."
OFF = "Your account in Front Door was turned off. Ask an administrator."
Given = Annotated[str, Query(max_length=4000)]


@router.get("")
def away(place: AtWork, next: Given = "/") -> Response:  # noqa: A002
    """To the provider, with what it must bring back."""
    provider = _provider(place)
    try:
        url, asked = provider.ask(back=_back(place), onward=access.own_page(next))
    except ProviderFailed as e:
        return _refused(place, FAILED, status=502, why=str(e))
    answer = RedirectResponse(url, status_code=303)
    access.set_cookie(answer, place, ASKED, tickets.made(place, ASKED, asked.as_dict()), keep=tickets.GOOD_FOR)
    return answer


@router.get("/back")
def back(request: Request, place: AtWork, code: Given = "", state: Given = "") -> Response:
    """Lets in whom it vouches for, with the role that their groups have here."""
    provider = _provider(place)
    values = tickets.read(place, ASKED, request.cookies.get(access.cookie_name(place, ASKED), ""))
    if values is None or not code or state != values["state"]:
        return _refused(place, FAILED, status=400, why="not asked by this browser, or refused there")
    asked = Asked(**values)
    try:
        identity = provider.vouched(code=code, asked=asked, back=_back(place))
    except ProviderFailed as e:
        return _refused(place, FAILED, status=502, why=str(e))
    except NoRole:
        return _refused(place, NO_ROLE, status=403, why="no group of theirs has a role")
    try:
        with place.database.session() as session:
            person = identities.account(session, identity, now=place.clock())
            token = entrance.opened(session, place, person, how="provider")
    except identities.NoLongerHere:
        return _refused(place, OFF, status=403, why="the account was turned off here")
    return entrance.let_in(RedirectResponse(asked.onward, status_code=303), place, token)


def _provider(place: Workplace) -> Provider:
    if place.provider is None:
        raise NotFound
    return place.provider


def _back(place: Workplace) -> str:
    return f"{place.address}/login/provider/back"


def _refused(place: Workplace, text: str, *, status: int, why: str) -> Response:
    log.warning("console.provider_login_refused", why=why)
    answer = place.page(
        "message.html",
        status=status,
        heading="You are not logged in",
        explained=[text],
        onward="/login",
        onward_words="Log in",
    )
    access.drop_cookie(answer, place, ASKED)
    return answer
