"""Who may use the console: for administrators. Every change goes on the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from spa import audit, people
from spa.console import permissions
from spa.console.access import FromOwnForm, SignedIn
from spa.console.forms import NotFound, Trouble
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Role, Staff

router = APIRouter(prefix="/people")

DONE = {
    "role": "The role is changed.",
    "off": "They are logged out, and not let in any more.",
    "on": "They are let in again.",
    "factor": "Their second factor is gone, and they are logged out.",
}
YOURSELF = "You cannot do that to your own account. Ask another administrator."
ELSEWHERE = "Their role comes from your organisation’s login. Change their groups there."
UNKNOWN = "Choose a role from the list"
Code = Annotated[str, Form(max_length=100)]
Change = Callable[[Session, Staff], None]


@router.get("")
def show(place: AtWork, member: SignedIn, done: str = "") -> Response:
    """Everybody; that it was looked at goes on the record."""
    if not permissions.look_after_people(member):
        return _refused(place, member)
    with place.database.session() as session:
        audit.record(session, actor=member.username, action="people.read", subject="people", now=place.clock())
    return _page(place, member, done=DONE.get(done, ""))


@router.post("/{username}/role")
def role(place: AtWork, member: FromOwnForm, username: str, role: Code = "") -> Response:
    """Another role."""

    def change(session: Session, person: Staff) -> None:
        people.give_role(session, person, role, actor=member.username)

    if role not in set(Role):
        return _page(place, member, trouble=UNKNOWN, status=422) if _may(member) else _refused(place, member)
    return _change(place, member, username, change, "person.role", "role", detail=role)


@router.post("/{username}/off")
def off(place: AtWork, member: FromOwnForm, username: str) -> Response:
    """Not let in any more."""

    def change(session: Session, person: Staff) -> None:
        people.turn_off(session, person, actor=member.username)

    return _change(place, member, username, change, "person.off", "off")


@router.post("/{username}/on")
def on(place: AtWork, member: FromOwnForm, username: str) -> Response:
    """Let in again."""

    def change(session: Session, person: Staff) -> None:
        people.turn_on(session, person, actor=member.username)

    return _change(place, member, username, change, "person.on", "on")


@router.post("/{username}/factor")
def factor(place: AtWork, member: FromOwnForm, username: str) -> Response:
    """For somebody who has lost everything that lets them in."""

    def change(session: Session, person: Staff) -> None:
        people.reset_factor(session, person, actor=member.username)

    return _change(place, member, username, change, "person.factor", "factor")


def _change(
    place: Workplace,
    member: Member,
    username: str,
    change: Change,
    action: str,
    done: str,
    *,
    detail: str | None = None,
) -> Response:
    if not _may(member):
        return _refused(place, member)
    try:
        with place.database.session() as session:
            person = people.by_username(session, username)
            if person is None:
                raise NotFound
            change(session, person)
            audit.record(
                session, actor=member.username, action=action, subject=username, detail=detail, now=place.clock()
            )
    except people.NotYourself:
        return _page(place, member, trouble=YOURSELF, status=422)
    except people.NotHere:
        return _page(place, member, trouble=ELSEWHERE, status=422)
    return RedirectResponse(f"/people?done={done}", status_code=303)


def _may(member: Member) -> bool:
    return permissions.look_after_people(member)


def _page(place: Workplace, member: Member, *, trouble: str = "", status: int = 200, done: str = "") -> Response:
    now = place.clock()
    with place.database.reading() as session:
        found = people.everybody(session)
    return place.page("people.html", status=status, member=member, people=found, now=now, trouble=trouble, done=done)


def _refused(place: Workplace, member: Member) -> Response:
    trouble = Trouble(permissions.REFUSALS[permissions.look_after_people])
    return place.page("refused.html", status=403, member=member, trouble=trouble)
