"""Secrets that must be read again (an authenticator's, not a password) lie encrypted: a copy of the database alone opens nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Unreadable(ValueError):  # noqa: N818 - names what is the case
    """It was sealed with another key, or changed since."""


class Sealer:
    """Seals with a key of the installation (`FRONTDOOR_SECRET_KEY`); each purpose has a key of its own."""

    def __init__(self, key: bytes, purpose: str) -> None:
        digest = hashlib.sha256(purpose.encode() + b":" + key).digest()
        self._key = base64.urlsafe_b64encode(digest)

    def seal(self, text: str) -> str:
        """Another result each time."""
        return self._fernet().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises Unreadable."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken as e:
            raise Unreadable from e

    def _fernet(self) -> Fernet:
        from cryptography.fernet import Fernet

        return Fernet(self._key)
