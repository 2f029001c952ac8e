"""The outermost layer: security headers on every answer, and a plain problem where the code below failed."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.failures import described
from bot.gateway.problems import Problem

log = structlog.get_logger()

RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
POLICY = "; ".join((*RULES, "frame-ancestors 'none'"))
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LISTENING = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"}
"""Of the one page that may ask for the microphone, so that its browser can turn speech into words."""
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


def framing(origins: Sequence[str]) -> dict[str, str]:
    """Headers of an answer that pages of these origins may show in a frame, and no others."""
    if not origins:
        return {}
    # X-Frame-Options cannot name an origin: browsers that know frame-ancestors pass over it, so this policy alone decides.
    return {"Content-Security-Policy": "; ".join((*RULES, f"frame-ancestors {' '.join(origins)}"))}


FILES = "/static/"
"""Under it is nothing private: a browser may keep it, if it asks whether it is still the same."""


class Shield:
    """ASGI middleware. `https`: the gateway is reached by https, and browsers may be told to insist on it."""

    def __init__(self, app: ASGIApp, *, https: bool, apology: str) -> None:
        self._app = app
        self._headers = HEADERS | (HTTPS_ONLY if https else {})
        self._apology = apology

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_shielded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith(FILES) else "no-store")
            await send(message)

        try:
            await self._app(scope, receive, send_shielded)
        except Exception as e:  # noqa: BLE001 - no one outside sees what went wrong, and the server's log must not quote it
            log.error("request_failed", path=scope["path"], **described(e))
            if begun:
                raise ConnectionError("the answer broke off") from None
            await Problem(503, "broken", self._apology).response()(scope, receive, send_shielded)
