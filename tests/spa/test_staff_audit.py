"""Accounts, lock-out, logins, and the record of who did what."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from spa import audit, staff
from spa.database import Database
from spa.models import Login, Staff
from spa.staff import LockedOut, WrongPassword
from tests.spa.factories import NOW, at_once, minutes

pytestmark = pytest.mark.usefixtures("quick_hashes")

PASSWORD = "seven quiet herons"


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 itself, with little memory: its cost is the library's default in earnest."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(staff, "_hasher", lambda: hasher)


def account(session, *, username="sam", role="clinician") -> Staff:
    return staff.create(session, username=username, name="Sam Reid", role=role, password=PASSWORD, now=NOW)


def fail(database: Database, *, password="wrong", now=NOW, username="sam") -> None:
    with pytest.raises(WrongPassword), database.session() as session:
        staff.authenticate(session, username=username, password=password, now=now)


@pytest.mark.parametrize("typed", ["sam", "SAM", " Sam "])
def test_the_right_password_lets_in(database: Database, typed: str) -> None:
    with database.session() as session:
        made = account(session)
        assert staff.authenticate(session, username=typed, password=PASSWORD, now=NOW) is made
        assert made.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize("username, password", [("sam", "wrong"), ("nobody", PASSWORD), ("sam", ""), ("", "")])
def test_a_wrong_one_does_not(database: Database, username: str, password: str) -> None:
    with database.session() as session:
        account(session)
    fail(database, username=username, password=password)


def test_five_failures_lock_the_account_for_a_while(database: Database) -> None:
    with database.session() as session:
        account(session)
    for _ in range(5):
        fail(database)
    with pytest.raises(LockedOut), database.session() as session:
        staff.authenticate(session, username="sam", password=PASSWORD, now=minutes(14))
    with database.session() as session:
        assert staff.authenticate(session, username="sam", password=PASSWORD, now=minutes(15))


def test_the_right_password_clears_the_count(database: Database) -> None:
    with database.session() as session:
        account(session)
    for _ in range(2):
        for _ in range(4):
            fail(database)
        with database.session() as session:
            staff.authenticate(session, username="sam", password=PASSWORD, now=NOW)


def test_guesses_at_once_are_all_counted(database: Database) -> None:
    with database.session() as session:
        account(session)

    def guess() -> str:
        try:
            with database.session() as session:
                staff.authenticate(session, username="sam", password="wrong", now=NOW)
        except (WrongPassword, LockedOut) as e:
            return type(e).__name__
        return "in"

    assert sorted(at_once([guess] * 7)) == ["LockedOut"] * 2 + ["WrongPassword"] * 5


def test_a_switched_off_account_stays_out(database: Database) -> None:
    with database.session() as session:
        made = account(session)
        token = staff.open_login(session, made, now=NOW)
        made.active = False
    fail(database, password=PASSWORD)
    with database.session() as session:
        assert staff.by_token(session, token, now=NOW) is None


@pytest.mark.parametrize("wrong", [{"role": "king"}, {"name": " "}, {"username": ""}, {"password": "short"}])
def test_an_account_without_what_it_needs_is_refused(database: Database, wrong: dict[str, str]) -> None:
    given = {"username": "sam", "name": "Sam Reid", "role": "clinician", "password": PASSWORD} | wrong
    with database.session() as session, pytest.raises(ValueError):
        staff.create(session, **given, now=NOW)


def test_a_username_is_one_persons(database: Database) -> None:
    with database.session() as session:
        account(session)
    with pytest.raises(IntegrityError), database.session() as session:
        account(session, username="SAM")


@pytest.mark.parametrize("uses, valid", [
    ([], True),
    ([29], True),
    ([31], False),
    ([25, 50, 75], True),
    (range(25, 12 * 60 + 26, 25), False),
])  # fmt: skip
def test_a_login_ends_when_idle_or_old(database: Database, uses, valid: bool) -> None:
    with database.session() as session:
        made = account(session)
        token = staff.open_login(session, made, now=NOW)
        found = [made, *(staff.by_token(session, token, now=minutes(use)) for use in uses)]
        assert (found[-1] is made) is valid


def test_only_the_hash_of_a_token_is_stored(database: Database) -> None:
    with database.session() as session:
        token = staff.open_login(session, account(session), now=NOW)
        assert token not in str(session.execute(text("SELECT * FROM login")).all())


@pytest.mark.parametrize("token", ["", "guess", "x" * 5000, "\0"])
def test_other_tokens_are_nobodys(database: Database, token: str) -> None:
    with database.session() as session:
        staff.open_login(session, account(session), now=NOW)
        assert staff.by_token(session, token, now=NOW) is None


def test_logging_out_ends_the_login(database: Database) -> None:
    with database.session() as session:
        token = staff.open_login(session, account(session), now=NOW)
        staff.end_login(session, token)
        staff.end_login(session, token)
        assert staff.by_token(session, token, now=NOW) is None


def test_a_new_login_clears_away_dead_ones(database: Database) -> None:
    with database.session() as session:
        made = account(session)
        staff.open_login(session, made, now=NOW)
        staff.open_login(session, made, now=NOW + timedelta(hours=1))
        assert session.query(Login).count() == 1


def test_audit_keeps_who_did_what_to_which(database: Database) -> None:
    with database.session() as session:
        audit.record(session, actor="sam", action="viewed", subject="LW-7K2F-9QX", now=NOW)
        audit.record(session, actor="ines", action="routed", subject="LW-7K2F-9QX", now=minutes(1), detail="gp")
        audit.record(session, actor="sam", action="viewed", subject="LW-AAAA-AAA", now=NOW)
        found = audit.for_subject(session, "LW-7K2F-9QX")
    assert [(entry.actor, entry.action, entry.detail, entry.at) for entry in found] == [
        ("sam", "viewed", None, NOW), ("ines", "routed", "gp", minutes(1)),
    ]  # fmt: skip


@pytest.mark.parametrize("actor, action", [("", "viewed"), (" ", "viewed"), ("sam", "")])
def test_audit_refuses_an_act_of_nobody(database: Database, actor: str, action: str) -> None:
    with database.session() as session, pytest.raises(ValueError):
        audit.record(session, actor=actor, action=action, subject="LW-7K2F-9QX", now=NOW)


def test_a_locked_account_takes_as_long_to_refuse_as_any_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        account(session)
    for _ in range(5):
        fail(database)
    checked: list[str] = []
    matches = staff._matches
    monkeypatch.setattr(staff, "_matches", lambda stored, given: (checked.append(given), matches(stored, given))[1])
    with pytest.raises(LockedOut), database.session() as session:
        staff.authenticate(session, username="sam", password=PASSWORD, now=NOW)
    assert checked == [PASSWORD]
