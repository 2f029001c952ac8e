"""E-mail by SMTP."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from spa.delivery.sender import TIMEOUT, DeliveryFailed
from spa.models import OutboxItem


class EmailSender:
    """Sends through one relay, from one address."""

    def __init__(self, *, host: str, port: int, sender: str) -> None:
        self._host = host
        self._port = port
        self._from = sender

    def send(self, item: OutboxItem) -> str:
        """Returns the Message-ID, the same for every attempt at one item. Raises DeliveryFailed with `smtp_` and a code."""
        message = self._message(item)
        try:
            with smtplib.SMTP(self._host, self._port, timeout=TIMEOUT) as relay:
                relay.ehlo()
                if relay.has_extn("starttls"):
                    relay.starttls(context=_relay_context())
                relay.send_message(message)
        except smtplib.SMTPRecipientsRefused as e:
            code = max(code for code, _ in e.recipients.values())
            raise DeliveryFailed(f"smtp_{code}", permanent=code >= 500) from e
        except smtplib.SMTPResponseException as e:
            raise DeliveryFailed(f"smtp_{e.smtp_code}", permanent=e.smtp_code >= 500) from e
        except (OSError, smtplib.SMTPException) as e:
            raise DeliveryFailed("smtp_unreachable", permanent=False) from e
        return str(message["Message-ID"]).strip("<>")

    def _message(self, item: OutboxItem) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._from
        message["To"] = item.recipient
        message["Subject"] = item.subject or "Front Door"
        message["Date"] = format_datetime(item.created_at)
        name = hashlib.sha256(item.dedupe_key.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{name}@{self._from.rpartition('@')[2] or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(item.body)
        return message


def _relay_context() -> ssl.SSLContext:
    """Encrypts without checking the name: a relay inside rarely has a public certificate, and plain text is the alternative."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
