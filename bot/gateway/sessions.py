"""Signed tokens that say which conversation a page may speak in. They hold its id and an expiry, and no personal data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

LIFETIME = timedelta(hours=24)
SALT = "frontdoor.chat"


class NotSignedIn(Exception):
    """There is no token, or it was not made here."""


class SessionExpired(NotSignedIn):
    """The token was made here but its time is over."""


class Sessions:
    """Makes and reads tokens with the installation's secret key."""

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("secret_key is empty: signed sessions need it")
        self._serializer = URLSafeSerializer(secret, salt=SALT)

    def token(self, conversation_id: str, *, now: datetime) -> str:
        """A token for this conversation, good for LIFETIME from `now`."""
        return str(self._serializer.dumps([conversation_id, int((now + LIFETIME).timestamp())]))

    def conversation(self, authorization: str | None, *, now: datetime) -> str:
        """The conversation id that an `Authorization: Bearer …` header gives a right to. Raises NotSignedIn, SessionExpired."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn
        try:
            conversation_id, expires = self._serializer.loads(token.strip())
        except (BadSignature, ValueError, TypeError) as e:
            raise NotSignedIn from e
        if now >= datetime.fromtimestamp(expires, UTC):
            raise SessionExpired
        return str(conversation_id)
