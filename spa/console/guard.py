"""What wraps every answer: headers that keep a page to itself, and plain words where something broke."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}

LARGEST_FORM = 128 * 1024
"""Bytes; a note of 4,000 characters takes at most 48,000 once a browser has encoded it."""


class OwnHeaders:
    """Adds the headers to every answer, static files and errors too; over HTTPS also asks for HTTPS only."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class SmallForms:
    """Refuses what is larger than any form of ours before a byte of it is read, from whoever it comes."""

    def __init__(self, app: ASGIApp, *, page: Callable[[int], Response]) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
        if not length.isascii() or not length.isdigit():
            await self.page(411)(scope, receive, send)
        elif int(length) > LARGEST_FORM:
            await self.page(413)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class PlainFailure:
    """Turns a fault into `page()`, and logs where it was, never what it said: its text may hold a resident's words."""

    def __init__(self, app: ASGIApp, *, page: Callable[[], Response]) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as e:  # noqa: BLE001 - the outermost door: nothing may leave through it but plain words
            log.error("console.request_failed", method=scope["method"], **_where(e))
            if not started:
                await self.page()(scope, receive, send)


def _where(fault: Exception) -> dict[str, str | int]:
    """The fault's kind and the line it came from."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return {"fault": type(fault).__name__, "file": last.filename.rsplit("/", 1)[-1], "line": last.lineno or 0}
