"""The ways out as configured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from spa.delivery.email import EmailSender
from spa.delivery.sender import Sender
from spa.delivery.sms import SmsSender
from spa.delivery.webhook import WebhookSender
from spa.ladder import Ladder
from spa.models import OutboxKind


class DeliverySettingError(ValueError):
    """A setting that a way out needs is missing; the message names it."""


class Secret(Protocol):
    """A value that does not show itself in a log."""

    def get_secret_value(self) -> str: ...


class DeliverySettings(Protocol):
    """What the settings must hold for the ways out. An empty account or host switches that way off."""

    @property
    def twilio_account_sid(self) -> str: ...
    @property
    def twilio_auth_token(self) -> Secret: ...
    @property
    def twilio_from(self) -> str: ...
    @property
    def twilio_messaging_service_sid(self) -> str: ...
    @property
    def twilio_base_url(self) -> str: ...
    @property
    def public_address(self) -> str: ...
    @property
    def smtp_host(self) -> str: ...
    @property
    def smtp_port(self) -> int: ...
    @property
    def smtp_from(self) -> str: ...
    @property
    def webhook_secret(self) -> Secret: ...


def senders(
    settings: DeliverySettings, *, ladder: Ladder, clock: Callable[[], datetime]
) -> Mapping[OutboxKind, Sender]:
    """A sender for each way that is configured. Raises DeliverySettingError where the ladder needs one that is not."""
    made: dict[OutboxKind, Sender] = {}
    if settings.twilio_account_sid:
        made[OutboxKind.SMS] = _sms(settings)
    if settings.smtp_host:
        made[OutboxKind.EMAIL] = EmailSender(
            host=settings.smtp_host, port=settings.smtp_port, sender=settings.smtp_from
        )
    if settings.webhook_secret.get_secret_value():
        made[OutboxKind.WEBHOOK] = WebhookSender(secret=settings.webhook_secret.get_secret_value(), clock=clock)
    _check_ladder(ladder, made)
    return made


NEEDED = {
    OutboxKind.SMS: "FRONTDOOR_TWILIO_ACCOUNT_SID",
    OutboxKind.EMAIL: "FRONTDOOR_SMTP_HOST",
    OutboxKind.WEBHOOK: "FRONTDOOR_WEBHOOK_SECRET",
}


def _check_ladder(ladder: Ladder, made: Mapping[OutboxKind, Sender]) -> None:
    """A page that could never go must be known at start-up, not in the night that it is needed."""
    for contact in ladder.contacts:
        for kind, _ in contact.ways:
            if OutboxKind(kind) not in made:
                needed = NEEDED[OutboxKind(kind)]
                raise DeliverySettingError(
                    f"FRONTDOOR_ESCALATION_CONTACTS lets {contact.name} be paged by {kind}, so {needed} is needed too"
                )


def _sms(settings: DeliverySettings) -> SmsSender:
    callback = f"{settings.public_address.rstrip('/')}/sms/status" if settings.public_address else ""
    return SmsSender(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        sender=settings.twilio_from,
        messaging_service_sid=settings.twilio_messaging_service_sid,
        base_url=settings.twilio_base_url,
        status_callback=callback,
    )
