"""Staff who log in at an OpenID Connect provider: an account here for each, made at the first login and kept up to date by each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import audit
from spa.database import Refusal, lock
from spa.models import ProviderIdentity, Role, Staff

LONGEST_USERNAME = 60
LONGEST_NAME = 128


class NoLongerHere(Refusal):
    """The account was turned off here, whatever the provider says."""


@dataclass(frozen=True)
class Identity:
    """Whom a provider vouches for. `subject` never changes; `username` and `name` may, and may be blank."""

    issuer: str
    subject: str
    username: str
    name: str
    role: Role


def account(session: Session, identity: Identity, *, now: datetime) -> Staff:
    """Their account, with the name and the role that the provider says today; a new one and a new role go on the record.
    Raises NoLongerHere.

    An account that was made here is never taken over by somebody of the same name there: they get one beside it.
    """
    lock(session, f"identity:{identity.issuer}:{identity.subject}")
    known = session.get(ProviderIdentity, (identity.issuer, identity.subject))
    if known is None:
        return _made(session, identity, now=now)
    person = session.get_one(Staff, known.staff_id)
    if not person.active:
        raise NoLongerHere
    if person.role != identity.role:
        change = f"from {person.role} to {identity.role}"
        audit.record(
            session, actor=person.username, action="account.role", subject=person.username, detail=change, now=now
        )
    person.name, person.role = _name(identity, person.username), identity.role
    session.flush()
    return person


def _made(session: Session, identity: Identity, *, now: datetime) -> Staff:
    username = _free_username(session, identity.username.strip() or identity.subject)
    person = Staff(
        username=username,
        name=_name(identity, username),
        role=identity.role,
        password_hash="",  # none: `spa.staff.authenticate` never lets such an account in
        active=True,
        failures=0,
        created_at=now,
    )
    session.add(person)
    session.flush()
    session.add(ProviderIdentity(issuer=identity.issuer, subject=identity.subject, staff_id=person.id))
    audit.record(session, actor=username, action="account.made", subject=username, detail=str(identity.role), now=now)
    return person


def _name(identity: Identity, username: str) -> str:
    return identity.name.strip()[:LONGEST_NAME] or username


def _free_username(session: Session, wanted: str) -> str:
    lock(session, "usernames")
    base = wanted.strip().lower()[:LONGEST_USERNAME]
    names = (base if number == 1 else f"{base}.{number}" for number in count(1))
    return next(name for name in names if session.scalar(select(Staff.id).where(Staff.username == name)) is None)
