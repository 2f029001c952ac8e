"""Texts by Twilio's API, with its own client."""

from __future__ import annotations

import logging

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from spa.delivery.sender import TIMEOUT, DeliveryFailed, http_is_permanent
from spa.models import OutboxItem

ACCOUNT_FAULTS = (401, 403, 404)
"""The account, its key or its number is set wrongly: somebody will put it right, and the texts must still go then."""


class SmsSender:
    """Sends from one number (`sender`) or messaging service. `base_url` replaces Twilio's address; `status_callback` gets reports."""

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
        self._callback = {"status_callback": status_callback} if status_callback else {}

    def send(self, item: OutboxItem) -> str:
        """Returns the message's SID. Raises DeliveryFailed with `twilio_` and Twilio's error code."""
        try:
            message = self._client.messages.create(to=item.recipient, body=item.body, **self._from, **self._callback)
        except TwilioRestException as e:
            permanent = http_is_permanent(e.status) and e.status not in ACCOUNT_FAULTS
            raise DeliveryFailed(f"twilio_{e.code or e.status}", permanent=permanent) from e
        except (TwilioException, RequestException, ValueError) as e:
            raise DeliveryFailed("twilio_unreachable", permanent=False) from e
        if not message.sid:
            raise DeliveryFailed("twilio_no_sid", permanent=False)
        return str(message.sid)
