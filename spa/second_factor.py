"""A second factor beside the password: six digits that change every 30 seconds (TOTP, RFC 6238), and codes for when the phone is lost."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from spa.database import Refusal
from spa.models import RecoveryCode, SecondFactor, Staff
from spa.sealing import Sealer, Unreadable

STEP = 30
"""Seconds for which a code stands; the one before and the one after are taken too, for clocks that are off."""

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
RECOVERY_CODES = 10
ISSUER = "Front Door"
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


class WrongCode(Refusal):
    """Not the present code, one that was used before, or no recovery code of this account."""


class TooManyCodes(Refusal):
    """Too many wrong ones; even the right code is refused for a while."""


def is_on(session: Session, staff: Staff) -> bool:
    """Whether this account is asked for a code."""
    factor = session.get(SecondFactor, staff.id)
    return factor is not None and factor.confirmed_at is not None


def begin(session: Session, staff: Staff, *, sealer: Sealer) -> str:
    """A new secret for an authenticator; it counts once a code of it has been given (`confirm`). Raises ValueError where one counts."""
    factor = _locked(session, staff)
    if factor is not None and factor.confirmed_at is not None:
        raise ValueError("this account has a second factor already")
    secret = pyotp.random_base32()
    if factor is None:
        session.add(SecondFactor(staff_id=staff.id, sealed=sealer.seal(secret), failures=0))
    else:
        factor.sealed, factor.last_step = sealer.seal(secret), None
    session.flush()
    return secret


def begun(session: Session, staff: Staff, *, sealer: Sealer) -> str | None:
    """The secret that waits to be confirmed; None where none does, or where it cannot be read any more."""
    factor = session.get(SecondFactor, staff.id)
    return _secret(factor, sealer) if factor is not None and factor.confirmed_at is None else None


def address(secret: str, staff: Staff) -> str:
    """What an authenticator reads from the picture: "otpauth://totp/…"."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=staff.username, issuer_name=ISSUER)


def confirm(session: Session, staff: Staff, code: str, *, sealer: Sealer, now: datetime) -> list[str]:
    """The authenticator works: from now on it is asked for. Gives the recovery codes, once. Raises WrongCode or TooManyCodes."""
    factor = _locked(session, staff)
    if factor is None or factor.confirmed_at is not None:
        raise WrongCode
    _take(session, factor, code, sealer=sealer, now=now)
    factor.confirmed_at = now
    return new_recovery_codes(session, staff)


def check(session: Session, staff: Staff, code: str, *, sealer: Sealer, now: datetime) -> None:
    """Take a code of the authenticator, or a recovery code; each is taken once. Raises WrongCode or TooManyCodes."""
    factor = _locked(session, staff)
    if factor is None or factor.confirmed_at is None:
        raise WrongCode
    _take(session, factor, code, sealer=sealer, now=now, recovering=True)


def turn_off(session: Session, staff: Staff) -> None:
    """The account needs no code any more; its recovery codes are gone too. Whoever asks for it has shown that they may."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    session.execute(delete(SecondFactor).where(SecondFactor.staff_id == staff.id))


def new_recovery_codes(session: Session, staff: Staff) -> list[str]:
    """Ten new ones in the place of those there were, shown once: only their digests are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    codes = [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)
    ]
    session.add_all(RecoveryCode(digest=_digest(staff.id, code), staff_id=staff.id) for code in codes)
    session.flush()
    return codes


def recovery_codes_left(session: Session, staff: Staff) -> int:
    """How many were not used yet."""
    return session.scalar(select(func.count()).where(RecoveryCode.staff_id == staff.id)) or 0


def _take(
    session: Session, factor: SecondFactor, code: str, *, sealer: Sealer, now: datetime, recovering: bool = False
) -> None:
    if factor.locked_until is not None and factor.locked_until > now:
        raise TooManyCodes
    typed = "".join(code.split()).lower()
    secret = _secret(factor, sealer)
    step = _step_of(secret, typed, now=now) if secret is not None else None
    fresh = step is not None and (factor.last_step is None or step > factor.last_step)
    if not fresh and not (recovering and _use_recovery_code(session, factor.staff_id, typed)):
        _count_failure(session, factor, now=now)
        raise WrongCode
    factor.last_step = step if fresh else factor.last_step
    factor.failures, factor.locked_until = 0, None
    session.flush()


def _secret(factor: SecondFactor, sealer: Sealer) -> str | None:
    """None where the installation's key is not the one it was sealed with: its owner needs a recovery code, or an administrator."""
    try:
        return sealer.open(factor.sealed)
    except Unreadable:
        return None


def _step_of(secret: str, typed: str, *, now: datetime) -> int | None:
    """The step whose code this is: the present one, the one before or the one after."""
    totp, present = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    steps = (present, present - 1, present + 1)
    return (
        next((step for step in steps if hmac.compare_digest(totp.generate_otp(step), typed)), None)
        if typed.isascii()
        else None
    )


def _use_recovery_code(session: Session, staff_id: int, typed: str) -> bool:
    digest = _digest(staff_id, typed)
    used = delete(RecoveryCode).where(RecoveryCode.digest == digest, RecoveryCode.staff_id == staff_id)
    return session.execute(used.returning(RecoveryCode.digest)).first() is not None


def _count_failure(session: Session, factor: SecondFactor, *, now: datetime) -> None:
    factor.failures += 1
    if factor.failures >= MOST_FAILURES:
        factor.failures, factor.locked_until = 0, now + LOCKED_FOR
    session.flush()


def _digest(staff_id: int, code: str) -> str:
    """Of a code as it is typed, with or without its lines. The codes are random (58 bits), so no slow digest is needed."""
    return hashlib.sha256(f"{staff_id}:{code.replace('-', '')}".encode()).hexdigest()


def _locked(session: Session, staff: Staff) -> SecondFactor | None:
    """Its row as it is now, and no other transaction takes a code until this one ends."""
    query = select(SecondFactor).where(SecondFactor.staff_id == staff.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
