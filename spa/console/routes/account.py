"""One's own account: the second factor on, off, and its recovery codes. Each change asks for a code of it, and goes on the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import audit, second_factor
from spa.console.access import FromOwnForm, SignedIn
from spa.console.qr import picture
from spa.console.routes.login_code import TOO_MANY, WRONG
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Staff

router = APIRouter(prefix="/account")

Typed = Annotated[str, Form(max_length=40)]
DONE = {"off": "The second factor is off. Only your password is asked for now."}


@router.get("")
def show(place: AtWork, member: SignedIn, done: str = "") -> Response:
    """What there is, and the picture for an authenticator while one is being set up."""
    return _page(place, member, done=DONE.get(done, ""))


@router.post("/second-factor/begin")
def begin(place: AtWork, member: FromOwnForm) -> Response:
    """A new secret; nothing is asked for until it is confirmed."""
    with place.database.session() as session:
        person = _person(session, member)
        if person.password_hash and not second_factor.is_on(session, person):
            second_factor.begin(session, person, sealer=place.sealer)
    return RedirectResponse("/account#set-up", status_code=303)


@router.post("/second-factor/confirm")
def confirm(place: AtWork, member: FromOwnForm, code: Typed = "") -> Response:
    """The authenticator works: on, with the recovery codes shown this once."""

    def change(session: Session, person: Staff) -> list[str]:
        return second_factor.confirm(session, person, code, sealer=place.sealer, now=place.clock())

    return _change(place, member, change, "second_factor.on")


@router.post("/second-factor/codes")
def codes(place: AtWork, member: FromOwnForm, code: Typed = "") -> Response:
    """New recovery codes in the place of the old ones."""

    def change(session: Session, person: Staff) -> list[str]:
        second_factor.check(session, person, code, sealer=place.sealer, now=place.clock())
        return second_factor.new_recovery_codes(session, person)

    return _change(place, member, change, "second_factor.codes")


@router.post("/second-factor/off")
def off(place: AtWork, member: FromOwnForm, code: Typed = "") -> Response:
    """Off, where that is allowed."""

    def change(session: Session, person: Staff) -> list[str]:
        second_factor.check(session, person, code, sealer=place.sealer, now=place.clock())
        second_factor.turn_off(session, person)
        return []

    if place.second_factor_required:
        return _page(place, member, trouble="Every account must have a second factor here.", status=403)
    return _change(place, member, change, "second_factor.off")


def _change(place: Workplace, member: Member, change: Callable[[Session, Staff], list[str]], action: str) -> Response:
    """Make it and say so, or say why not; either way the count of wrong codes is kept."""
    try:
        with place.database.session() as session:
            made = change(session, _person(session, member))
            audit.record(session, actor=member.username, action=action, subject=member.username, now=place.clock())
    except second_factor.WrongCode:
        return _page(place, member, trouble=WRONG, status=422)
    except second_factor.TooManyCodes:
        return _page(place, member, trouble=TOO_MANY, status=429)
    if made:
        return place.page("recovery_codes.html", member=member, codes=made, onward="/account")
    return RedirectResponse("/account?done=off", status_code=303)


def _page(place: Workplace, member: Member, *, trouble: str = "", status: int = 200, done: str = "") -> Response:
    with place.database.reading() as session:
        person = _person(session, member)
        secret = second_factor.begun(session, person, sealer=place.sealer)
        return place.page(
            "account.html",
            status=status,
            member=member,
            trouble=trouble,
            done=done,
            has_password=bool(person.password_hash),
            on=second_factor.is_on(session, person),
            left=second_factor.recovery_codes_left(session, person),
            required=place.second_factor_required,
            secret=secret or "",
            picture=picture(second_factor.address(secret, person)) if secret else "",
        )


def _person(session: Session, member: Member) -> Staff:
    return session.scalars(select(Staff).where(Staff.username == member.username)).one()
