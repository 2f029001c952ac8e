"""What every way out has in common."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable

from spa.models import OutboxItem

TIMEOUT = 10.0
"""Seconds one call may take; well below the outbox's lease."""


class Sender(Protocol):
    """One way out."""

    def send(self, item: OutboxItem) -> str:
        """Deliver it and return the provider's id for it. Raises DeliveryFailed."""


@runtime_checkable
class Traceable(Protocol):
    """A way out whose provider can be asked what it took: nothing in doubt is sent by it before that."""

    def trace(self, item: OutboxItem, *, since: datetime) -> list[str]:
        """The provider's ids of what it took since then that may be this item, oldest first. Raises DeliveryFailed."""


class DeliveryFailed(Exception):  # noqa: N818 - names what happened
    """It did not go. `permanent`: trying again will not help; `certain`: the provider surely has not got it;
    `busy`: it asked for fewer. `error` is a code, never the provider's text."""

    def __init__(self, error: str, *, permanent: bool, certain: bool = True, busy: bool = False) -> None:
        super().__init__(error)
        self.error = error
        self.permanent = permanent
        self.certain = certain
        self.busy = busy


def http_is_permanent(status: int) -> bool:
    """Whether an HTTP answer will be the same next time: it found fault with the request, not with the moment."""
    return 400 <= status < 500 and status not in (408, 425, 429)
