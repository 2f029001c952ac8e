"""What a browser holds between two steps of logging in: signed, good for a few minutes and for that step only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from spa.console.workplace import Workplace

GOOD_FOR = timedelta(minutes=10)


def made(place: Workplace, step: str, values: Mapping[str, Any]) -> str:
    """A ticket for this step."""
    return _signer(place, step).dumps({**values, "at": place.clock().isoformat()})


def read(place: Workplace, step: str, ticket: str) -> dict[str, Any] | None:
    """What is in it; None where it is not ours, of another step, or too old."""
    try:
        values = _signer(place, step).loads(ticket)
    except BadSignature:
        return None
    at = datetime.fromisoformat(values.pop("at"))
    return values if timedelta(0) <= place.clock() - at <= GOOD_FOR else None


def _signer(place: Workplace, step: str) -> URLSafeSerializer:
    return URLSafeSerializer(place.secret, salt=f"ticket:{step}")
