"""An OpenID Connect provider that staff log in at (authorization code with PKCE), and the role that its groups mean here."""

from __future__ import annotations

import ipaddress
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from frontdoor.settings import Settings, SettingsError
from spa.identities import Identity
from spa.models import Role

TIMEOUT = 10.0
"""Seconds for each question to the provider."""

KNOWN_FOR = 300.0
"""Seconds for which its description of itself is kept."""

SCOPE = "openid profile email"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
LEEWAY = 60
"""Seconds that the provider's clock may be off."""


class ProviderFailed(Exception):  # noqa: N818 - an answer, not a fault
    """It cannot be reached, or what it says is not to be believed. Its own words are not in this."""


class NoRole(Exception):  # noqa: N818 - an answer, not a fault
    """It knows them, but none of their groups has a role here."""


@dataclass(frozen=True)
class Asked:
    """What went with somebody to the provider, to be held against what comes back."""

    state: str
    nonce: str
    verifier: str
    onward: str

    def as_dict(self) -> dict[str, str]:
        """To be signed into a cookie."""
        return asdict(self)


class Provider:
    """One provider. Nothing is asked of it before somebody logs in."""

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        role_claim: str,
        roles: Mapping[str, Role],
        name: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._issuer = issuer
        self._client = client_id, client_secret
        self._role_claim = role_claim
        self._roles = roles
        self._clock = clock
        self._description: tuple[float, Mapping[str, Any]] | None = None

    @classmethod
    def from_settings(cls, settings: Settings, *, clock: Callable[[], float] = time.monotonic) -> Provider | None:
        """None where there is none. Raises SettingsError."""
        if not settings.oidc_issuer:
            return None
        if not _is_safe(settings.oidc_issuer):
            raise SettingsError("FRONTDOOR_OIDC_ISSUER must begin with https://")
        unknown = sorted(set(settings.oidc_roles.values()) - set(Role))
        if unknown or not settings.oidc_roles:
            raise SettingsError(f"FRONTDOOR_OIDC_ROLES must give each group one of: {', '.join(Role)}")
        return cls(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value(),
            role_claim=settings.oidc_role_claim,
            roles={group: Role(role) for group, role in settings.oidc_roles.items()},
            name=settings.oidc_name,
            clock=clock,
        )

    def ask(self, *, back: str, onward: str) -> tuple[str, Asked]:
        """Where to send somebody, and what to keep until they come `back`. Raises ProviderFailed."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = Asked(state, nonce, verifier, onward)
        with self._talk(back) as client:
            url, _ = client.create_authorization_url(
                self._known(client)["authorization_endpoint"],
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier,
            )
        return url, asked

    def vouched(self, *, code: str, asked: Asked, back: str) -> Identity:
        """Whom it vouches for with this code. Raises ProviderFailed or NoRole."""
        with self._talk(back) as client:
            known = self._known(client)
            try:
                token = client.fetch_token(known["token_endpoint"], code=code, code_verifier=asked.verifier)
            except (httpx2.HTTPError, AuthlibBaseError, ValueError) as e:
                raise ProviderFailed("no token for this code") from e
            claims = self._believed(token, keys=_fetched(client, known["jwks_uri"]), nonce=asked.nonce)
        return self._identity(claims)

    def _talk(self, back: str) -> OAuth2Client:
        client_id, client_secret = self._client
        return OAuth2Client(
            client_id,
            client_secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=TIMEOUT,
            trust_env=False,
        )

    def _known(self, client: OAuth2Client) -> Mapping[str, Any]:
        """What it publishes of itself; only under its own name, and kept for a while. A failure is not kept."""
        now = self._clock()
        if self._description is not None and now < self._description[0]:
            return self._description[1]
        known = _fetched(client, self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if known.get("issuer") != self._issuer or not all(_is_safe(str(known.get(name, ""))) for name in needed):
            raise ProviderFailed("its own description is not what was set")
        self._description = now + KNOWN_FOR, known
        return known

    def _believed(self, token: Mapping[str, Any], *, keys: Any, nonce: str) -> Mapping[str, Any]:
        """The claims of an ID token that is signed by it, for us, now, and in answer to this question."""
        try:
            decoded = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=ALGORITHMS)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={"iss": {"values": [self._issuer]}, "aud": {"value": self._client[0]}},
                params={"nonce": nonce, "client_id": self._client[0]},
            )
            claims.validate(leeway=LEEWAY)
        except (JoseError, AuthlibBaseError, ValueError, TypeError, KeyError) as e:
            raise ProviderFailed("an ID token that cannot be believed") from e
        return dict(claims)

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        subject = str(claims["sub"])
        given = claims.get(self._role_claim) or ()
        groups = {given} if isinstance(given, str) else {str(group) for group in given}
        role = next((role for group, role in self._roles.items() if group in groups), None)
        if role is None:
            raise NoRole
        username = str(claims.get("preferred_username") or claims.get("email") or "")
        return Identity(self._issuer, subject, username, str(claims.get("name") or username), role)


def _fetched(client: OAuth2Client, address: str) -> dict[str, Any]:
    try:
        answer = client.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
    except (httpx2.HTTPError, ValueError) as e:
        raise ProviderFailed("cannot be reached") from e
    if not isinstance(found, dict):
        raise ProviderFailed("an answer of the wrong kind")
    return found


def _is_safe(address: str) -> bool:
    """Over TLS, or to this machine itself."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return True
    return parts.scheme == "http" and (parts.hostname == "localhost" or _is_loopback(parts.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
