"""JSON to a web address, signed so that the receiver knows it is from us and fresh."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

import httpx

from spa.delivery.sender import TIMEOUT, DeliveryFailed, http_is_permanent
from spa.models import OutboxItem


class WebhookSender:
    """Posts the item's body. The receiver checks `X-FrontDoor-Signature` against `signature` and refuses old timestamps."""

    def __init__(self, *, secret: str, clock: Callable[[], datetime]) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def send(self, item: OutboxItem) -> str:
        """Returns our delivery id, the same for every attempt at one item. Raises DeliveryFailed with `webhook_` and a code."""
        delivery = hashlib.sha256(item.dedupe_key.encode()).hexdigest()[:32]
        body = item.body.encode()
        timestamp = str(int(self._clock().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-FrontDoor-Delivery": delivery,
            "X-FrontDoor-Timestamp": timestamp,
            "X-FrontDoor-Signature": signature(self._secret, timestamp, body),
        }
        try:
            answer = httpx.post(item.recipient, content=body, headers=headers, timeout=TIMEOUT)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as e:
            raise DeliveryFailed("webhook_wrong_address", permanent=True) from e
        except httpx.HTTPError as e:
            raise DeliveryFailed("webhook_unreachable", permanent=False) from e
        if not answer.is_success:
            raise DeliveryFailed(f"webhook_{answer.status_code}", permanent=http_is_permanent(answer.status_code))
        return delivery


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """`sha256=` and the hex HMAC-SHA256 of "TIMESTAMP.BODY"; the timestamp is in Unix seconds."""
    return "sha256=" + hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
