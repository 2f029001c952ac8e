"""What staff sent with a form, and why it could not be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from spa.console.permissions import REFUSALS, Permission
from spa.console.workplace import Member

LONGEST_NOTE = 4000


@dataclass(frozen=True)
class Kept:
    """What was typed, to be shown again when it could not be taken."""

    note: str = ""
    result: str = ""
    destination: str = ""
    reason: str = ""
    outcome: str = ""
    next_on: str = ""


@dataclass(frozen=True)
class Trouble:
    """Why not, in plain words; the form it was in, and the field to go to."""

    text: str = ""
    form: str = ""
    field: str = ""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The change was not made. `status` is the HTTP status of the page that says so."""

    def __init__(self, trouble: Trouble, *, kept: Kept | None = None, status: int = 422) -> None:
        super().__init__(trouble.form)
        self.trouble = trouble
        self.kept = kept or Kept()
        self.status = status


class NotFound(LookupError):  # noqa: N818 - an answer, not a fault
    """There is no such introduction or escalation."""


def permitted(member: Member, permission: Permission, *, form: str, kept: Kept | None = None) -> None:
    """Whether their role allows it. Raises Refused, in words that say who may."""
    if not permission(member):
        raise Refused(Trouble(REFUSALS[permission], form), kept=kept, status=403)


def written(text: str, *, form: str, field: str, kept: Kept) -> str:
    """A text that must be there. Raises Refused when it is empty or too long."""
    if not text.strip():
        raise Refused(Trouble("Write something first", form, field), kept=kept)
    return bounded(text, form=form, field=field, kept=kept)


def bounded(text: str, *, form: str, field: str, kept: Kept) -> str:
    """A text that may be empty. Raises Refused when it is too long."""
    if len(text) > LONGEST_NOTE:
        raise Refused(Trouble(f"Use {LONGEST_NOTE} characters or fewer", form, field), kept=kept)
    return text.strip()


def chosen(code: str, words: Mapping[str, str], *, form: str, field: str, kept: Kept) -> str:
    """A code that is one of those offered. Raises Refused."""
    if code not in words:
        raise Refused(Trouble("Choose one from the list", form, field), kept=kept)
    return code


def later_day(text: str, *, today: date, form: str, field: str, kept: Kept) -> date | None:
    """A day from today on within a year, None for none. Raises Refused."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(Trouble("Give the next try as a date", form, field), kept=kept) from None
    if not today <= day <= today + timedelta(days=365):
        raise Refused(Trouble("The next try must be today or later, and within a year", form, field), kept=kept)
    return day


def told(words: str, note: str) -> str:
    """A choice in plain words, with what was written beside it."""
    return f"{words}. {note}" if note else words
