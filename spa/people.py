"""The people who may use the console, as an administrator looks after them: their role, whether they are let in, their second factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spa import second_factor, staff
from spa.models import Login, ProviderIdentity, Role, SecondFactor, Staff


class NotYourself(ValueError):  # noqa: N818 - names what is the case
    """An administrator does this to somebody else: nobody locks themselves out."""


class NotHere(ValueError):  # noqa: N818 - names what is the case
    """The provider says what they are, each time they log in: it is changed there."""


@dataclass(frozen=True)
class Person:
    """One account. `by_provider`: it logs in at the provider, which decides its role; `seen_at`: its login now, None where it has none."""

    username: str
    name: str
    role: Role
    active: bool
    by_provider: bool
    has_factor: bool
    seen_at: datetime | None


def everybody(session: Session) -> Sequence[Person]:
    """Those who are let in first, by name."""
    seen = select(Login.staff_id, func.max(Login.seen_at).label("at")).group_by(Login.staff_id).subquery()
    query = (
        select(Staff, ProviderIdentity.subject, SecondFactor.confirmed_at, seen.c.at)
        .outerjoin(ProviderIdentity, ProviderIdentity.staff_id == Staff.id)
        .outerjoin(SecondFactor, SecondFactor.staff_id == Staff.id)
        .outerjoin(seen, seen.c.staff_id == Staff.id)
        .order_by(Staff.active.desc(), Staff.name, Staff.username)
    )
    return [
        Person(one.username, one.name, one.role, one.active, subject is not None, confirmed is not None, at)
        for one, subject, confirmed, at in session.execute(query)
    ]


def by_username(session: Session, username: str) -> Staff | None:
    """The account, or None."""
    return session.scalars(select(Staff).where(Staff.username == username)).one_or_none()


def give_role(session: Session, person: Staff, role: str, *, actor: str) -> None:
    """Another role, from their next page on. Raises NotYourself, NotHere, or ValueError for no such role."""
    _somebody_else(person, actor)
    if session.scalar(select(ProviderIdentity.subject).where(ProviderIdentity.staff_id == person.id)) is not None:
        raise NotHere(person.username)
    person.role = Role(role)
    session.flush()


def turn_off(session: Session, person: Staff, *, actor: str) -> None:
    """Let in no more, and logged out everywhere. What they did stays under their name. Raises NotYourself."""
    _somebody_else(person, actor)
    person.active = False
    staff.end_logins(session, person)


def turn_on(session: Session, person: Staff, *, actor: str) -> None:
    """Let in again. Raises NotYourself."""
    _somebody_else(person, actor)
    person.active = True
    session.flush()


def reset_factor(session: Session, person: Staff, *, actor: str) -> None:
    """For somebody who has lost phone and recovery codes: logged out, and the second factor gone. Raises NotYourself."""
    _somebody_else(person, actor)
    second_factor.turn_off(session, person)
    staff.end_logins(session, person)


def _somebody_else(person: Staff, actor: str) -> None:
    if person.username == actor:
        raise NotYourself(actor)
