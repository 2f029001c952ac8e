"""Who is asking: the login cookie, and the token without which no form is taken."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Form, Request
from fastapi.responses import Response

from spa import staff
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Staff


class LoginNeeded(Exception):  # noqa: N818 - an answer, not a fault
    """Nobody is logged in."""


class ForgedForm(Exception):  # noqa: N818 - an answer, not a fault
    """A form came without the token we put in it."""


def cookie_name(place: Workplace, purpose: str) -> str:
    """Over HTTPS the browser itself guards the name: __Host- cookies cannot be set by another host or over HTTP."""
    return f"__Host-frontdoor-{purpose}" if place.cookies_secure else f"frontdoor-{purpose}"


def set_cookie(
    response: Response, place: Workplace, purpose: str, value: str, *, keep: timedelta | None = None
) -> None:
    """A cookie that no script reads and no other site sends along with a form. The browser keeps it as long as a login may last;
    the store ends a login sooner when it is idle."""
    response.set_cookie(
        cookie_name(place, purpose),
        value,
        max_age=round((keep or place.lengths.longest).total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=place.cookies_secure,
    )


def drop_cookie(response: Response, place: Workplace, purpose: str) -> None:
    """Take it back."""
    response.delete_cookie(
        cookie_name(place, purpose), path="/", httponly=True, samesite="lax", secure=place.cookies_secure
    )


def form_token(place: Workplace, purpose: str, value: str) -> str:
    """The token of forms shown to the holder of this cookie: only we can make it, and only for them."""
    return hmac.new(place.secret, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def is_our_form(place: Workplace, purpose: str, value: str, csrf: str) -> bool:
    """Whether a form holds the token that we gave to the holder of this cookie."""
    return bool(value) and hmac.compare_digest(form_token(place, purpose, value).encode(), csrf.encode())


def login_token(request: Request, place: Workplace) -> str:
    """What the browser holds of a login; "" when it holds nothing."""
    return request.cookies.get(cookie_name(place, "login"), "")


def signed_in(request: Request, place: AtWork) -> Member:
    """The staff member whose login this is; the login counts as used now. Raises LoginNeeded."""
    token = login_token(request, place)
    with place.database.session() as session:
        return _member(place, token, staff.by_token(session, token, now=place.clock(), lengths=place.lengths))


def present(request: Request, place: AtWork) -> Member:
    """The staff member whose page refreshes itself: that counts as use only where somebody touched it. Raises LoginNeeded."""
    if request.headers.get("X-Somebody-There") == "yes":
        return signed_in(request, place)
    token = login_token(request, place)
    with place.database.reading() as session:
        found = staff.by_token(session, token, now=place.clock(), touch=False, lengths=place.lengths)
        return _member(place, token, found)


def _member(place: Workplace, token: str, person: Staff | None) -> Member:
    if person is None:
        raise LoginNeeded
    return Member(person.username, person.name, str(person.role), form_token(place, "login", token))


SignedIn = Annotated[Member, Depends(signed_in)]
Present = Annotated[Member, Depends(present)]


def own_form(request: Request, place: AtWork, member: SignedIn, csrf: Annotated[str, Form()] = "") -> Member:
    """The staff member, whose form this truly is. Raises LoginNeeded or ForgedForm."""
    if not is_our_form(place, "login", login_token(request, place), csrf):
        raise ForgedForm
    return member


FromOwnForm = Annotated[Member, Depends(own_form)]


def own_page(wanted: str) -> str:
    """Where to go after logging in: a page of this console, or its front page for anything else."""
    parts = urlsplit(wanted)
    inside = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if inside and not parts.netloc and wanted.isprintable() else "/"


def login_page_for(request: Request, place: Workplace) -> str:
    """The login page, which leads back to the page that was asked for and says so where a login ran out."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    asked = {} if wanted == "/" else {"next": wanted}
    asked |= {"told": "idle"} if login_token(request, place) else {}
    return f"/login?{urlencode(asked)}" if asked else "/login"
