"""Whom a page goes to, in which order, and how long each of them has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

ROUNDS = 3
"""Times the whole ladder is climbed before paging stops. The console shows the escalation red throughout."""

REPEAT_AFTER = timedelta(minutes=30)
"""A red message this long after the last alarm, or after somebody took it on, is news and raises the alarm again."""


class LadderError(ValueError):
    """A contact of the ladder cannot be reached in any way; the message names the setting."""


class ContactSetting(Protocol):
    """One contact as the settings give it."""

    @property
    def name(self) -> str: ...
    @property
    def sms(self) -> str | None: ...
    @property
    def email(self) -> str | None: ...
    @property
    def webhook(self) -> str | None: ...


class LadderSettings(Protocol):
    """What the settings must hold for a ladder."""

    @property
    def escalation_contacts(self) -> Sequence[ContactSetting]: ...
    @property
    def escalation_minutes(self) -> float: ...
    @property
    def console_address(self) -> str: ...


@dataclass(frozen=True)
class Contact:
    """One rung. Every way that is set gets the page: an E.164 number, an e-mail address, a web address."""

    name: str
    sms: str | None = None
    email: str | None = None
    webhook: str | None = None

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """(kind of delivery, recipient) for each way that is set."""
        given = (("sms", self.sms), ("email", self.email), ("webhook", self.webhook))
        return tuple((kind, to) for kind, to in given if to)


@dataclass(frozen=True)
class Ladder:
    """Contacts, first one first; `minutes` each has to answer; `console_address` for the link in a page."""

    contacts: tuple[Contact, ...] = ()
    minutes: float = 5.0
    console_address: str = ""
    rounds: int = ROUNDS

    @property
    def wait(self) -> timedelta:
        """Time before an unacknowledged page goes to the next contact."""
        return timedelta(minutes=self.minutes)

    def contact_at(self, rung: int) -> Contact | None:
        """Who is paged as number `rung` (0 the first) of an alarm; None once everybody was paged `rounds` times."""
        if rung >= len(self.contacts) * self.rounds:
            return None
        return self.contacts[rung % len(self.contacts)]

    def contact_for_phone(self, phone: str) -> Contact | None:
        """The contact who texts from this number (E.164), or None."""
        return next(
            (contact for contact in self.contacts if contact.sms and _digits(contact.sms) == _digits(phone)), None
        )

    def link(self, escalation_id: str) -> str:
        """Where the console shows the escalation; empty where no console address is set."""
        return f"{self.console_address.rstrip('/')}/escalations/{escalation_id}" if self.console_address else ""


def from_settings(settings: LadderSettings) -> Ladder:
    """The ladder as configured. Raises LadderError for a contact who has a name but no way to be reached."""
    contacts = tuple(
        Contact(given.name, sms=given.sms or None, email=given.email or None, webhook=given.webhook or None)
        for given in settings.escalation_contacts
    )
    for contact in contacts:
        if not contact.ways:
            raise LadderError(f"FRONTDOOR_ESCALATION_CONTACTS: {contact.name} has neither sms, email nor webhook")
    return Ladder(contacts, minutes=settings.escalation_minutes, console_address=settings.console_address)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
