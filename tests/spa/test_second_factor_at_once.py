"""One code, two logins at the same moment: one of them has it, on both databases."""

from __future__ import annotations

import pyotp
import pytest

from spa import second_factor, staff
from spa.database import Database
from spa.models import Staff
from spa.sealing import Sealer, Unreadable
from tests.spa.factories import NOW, at_once, minutes

SEALER = Sealer(b"a key for tests only", "second factor")


def enrolled(database: Database) -> tuple[int, pyotp.TOTP]:
    with database.session() as session:
        made = staff.create(session, username="amina", name="Amina", role="clinician", password="x" * 12, now=NOW)
        totp = pyotp.TOTP(second_factor.begin(session, made, sealer=SEALER))
        second_factor.confirm(session, made, totp.at(NOW), sealer=SEALER, now=NOW)
        return made.id, totp


def test_a_code_is_taken_once_though_two_give_it_at_once(database: Database) -> None:
    staff_id, totp = enrolled(database)
    code = totp.at(minutes(1))

    def give() -> bool:
        try:
            with database.session() as session:
                person = session.get_one(Staff, staff_id)
                second_factor.check(session, person, code, sealer=SEALER, now=minutes(1))
        except second_factor.WrongCode:
            return False
        return True

    assert sorted(at_once([give, give])) == [False, True]


def test_a_wrong_code_is_counted_though_it_is_refused(database: Database) -> None:
    staff_id, totp = enrolled(database)
    for _ in range(second_factor.MOST_FAILURES):
        with pytest.raises(second_factor.WrongCode), database.session() as session:
            second_factor.check(session, session.get_one(Staff, staff_id), "no", sealer=SEALER, now=minutes(1))
    with pytest.raises(second_factor.TooManyCodes), database.session() as session:
        person = session.get_one(Staff, staff_id)
        second_factor.check(session, person, totp.at(minutes(1)), sealer=SEALER, now=minutes(1))


def test_a_second_factor_is_not_begun_anew_over_one_that_counts(database: Database) -> None:
    staff_id, _ = enrolled(database)
    with database.session() as session, pytest.raises(ValueError, match="already"):
        second_factor.begin(session, session.get_one(Staff, staff_id), sealer=SEALER)


def test_a_secret_opens_with_its_own_key_and_purpose_only() -> None:
    sealed = SEALER.seal("secret")
    assert SEALER.open(sealed) == "secret"
    for other in (Sealer(b"another key", "second factor"), Sealer(b"a key for tests only", "another purpose")):
        with pytest.raises(Unreadable):
            other.open(sealed)
