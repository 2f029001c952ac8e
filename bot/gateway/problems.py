"""Errors as RFC 9457 problem details: plain words for the person, a stable `type` for the page, nothing from inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """Raised by a route to answer with a problem. `kind` ends its type ("about:frontdoor/<kind>"); `extra` are extension members."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})

    def response(self) -> Response:
        """The HTTP answer."""
        body = {
            "type": f"about:frontdoor/{self.kind}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        content = json.dumps(self.extra | body, ensure_ascii=False).encode("utf-8", "replace")
        return Response(content, status_code=self.status, headers=self.headers, media_type=MEDIA_TYPE)


async def on_problem(request: Request, error: Exception) -> Response:
    """Starlette's handler for Problem."""
    if not isinstance(error, Problem):
        raise error
    return error.response()


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's own 404, 405 and the like, as problems; its detail is not passed on."""
    if not isinstance(error, HTTPException):
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    kind = phrase.lower().replace(" ", "_")
    return Problem(error.status_code, kind, f"{phrase}.", headers=error.headers).response()
