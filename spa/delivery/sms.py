"""Texts by Twilio's API, with its own client."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import structlog
from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from spa.delivery.sender import TIMEOUT, DeliveryFailed, http_is_permanent
from spa.models import OutboxItem

ACCOUNT_FAULTS = (401, 403, 404)
"""The account, its key or its number is set wrongly: somebody will put it right, and the texts must still go then."""
TOO_MANY = 429
CLOCKS_APART = timedelta(minutes=1)
"""How far Twilio's clock and ours may differ."""
MOST_TRACED = 50
"""Texts to one phone that are looked through."""

log = structlog.get_logger(__name__)


class SmsSender:
    """Sends from one number (`sender`) or messaging service. `base_url` replaces Twilio's address; `status_callback` gets reports,
    each with the number of the item it is about (`?item=`)."""

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        sender: str = "",
        messaging_service_sid: str = "",
        base_url: str = "",
        status_callback: str = "",
    ) -> None:
        # The client logs request bodies, which hold numbers and words: its log goes nowhere.
        silent = logging.Logger("twilio", level=logging.CRITICAL + 1)
        self._client = Client(account_sid, auth_token, http_client=TwilioHttpClient(timeout=TIMEOUT, logger=silent))
        if base_url:
            self._client.api.base_url = base_url.rstrip("/")
        self._from = {"messaging_service_sid": messaging_service_sid} if messaging_service_sid else {"from_": sender}
        self._callback = status_callback

    def send(self, item: OutboxItem) -> str:
        """Returns the message's SID. Raises DeliveryFailed with `twilio_` and Twilio's error code."""
        callback = {"status_callback": f"{self._callback}?item={item.id}"} if self._callback else {}
        try:
            message = self._client.messages.create(to=item.recipient, body=item.body, **self._from, **callback)
        except TwilioRestException as e:
            raise _refused(e) from e
        except (TwilioException, RequestException, ValueError) as e:
            raise DeliveryFailed("twilio_unreachable", permanent=False, certain=False) from e
        if not message.sid:
            raise DeliveryFailed("twilio_no_sid", permanent=False, certain=False)
        return str(message.sid)

    def trace(self, item: OutboxItem, *, since: datetime) -> list[str]:
        """SIDs of the texts with these words that Twilio took for this phone since then, oldest first.

        Raises DeliveryFailed where Twilio cannot say now. A key that may not read texts can never say: then none is known.
        """
        try:
            taken = self._client.messages.list(to=item.recipient, limit=MOST_TRACED)
        except (TwilioException, RequestException, ValueError) as e:
            status = _status(e)
            if status in ACCOUNT_FAULTS:
                log.error("sms.trace_refused", item=item.id, status=status)
                return []
            raise DeliveryFailed(f"twilio_{status or 'unreachable'}", permanent=False) from e
        same = [
            text
            for text in taken
            if text.body == item.body
            and str(text.direction).startswith("outbound")
            and text.date_created >= since - CLOCKS_APART
        ]
        return [str(text.sid) for text in reversed(same)]  # Twilio lists the newest first


def _status(error: Exception) -> int | None:
    """The HTTP status of a list that Twilio refused; its client raises that with the answer as second argument."""
    return getattr(error.args[1], "status_code", None) if len(error.args) > 1 else None


def _refused(error: TwilioRestException) -> DeliveryFailed:
    permanent = http_is_permanent(error.status) and error.status not in ACCOUNT_FAULTS
    return DeliveryFailed(
        f"twilio_{error.code or error.status}",
        permanent=permanent,
        certain=error.status < 500,
        busy=error.status == TOO_MANY,
    )
