"""Serves the chat page and its files: small, and asked for once."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.gateway.problems import Problem
from bot.gateway.site import File, Site

ASK_EACH_TIME = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"
"""For an address that names the version: other content has another address."""


async def show(request: Request) -> Response:
    """GET /: the page, the same for everybody who reads the language that ?lang= names."""
    site: Site = request.app.state.site
    edition = site.now()
    return _answer(request, edition.pages.get(request.query_params.get("lang", ""), edition.page), cache=ASK_EACH_TIME)


async def file(request: Request) -> Response:
    """GET /static/[version/]name: one of the page's files. An older version's address gives what is there now, and is not kept."""
    site: Site = request.app.state.site
    version, _, name = str(request.path_params["path"]).rpartition("/")
    edition = site.now()
    found = edition.files.get(name) if re.fullmatch(r"[0-9a-f]{12}|", version) else None
    if found is None:
        raise Problem(404, "not_found", "Not Found.")
    return _answer(request, found, cache=FOR_GOOD if version == edition.version else ASK_EACH_TIME)


def _answer(request: Request, found: File, *, cache: str) -> Response:
    packed = found.packed if _takes_gzip(request.headers.get("accept-encoding", "")) else None
    tag = f'"{found.tag}-gz"' if packed is not None else f'"{found.tag}"'
    headers = {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(packed or found.body, headers=headers, media_type=found.media_type)


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (RFC 9110, section 12.5.3)."""
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name in ("gzip", "*"):
            return re.fullmatch(r"0(\.0*)?", weight) is None
    return False


def routes() -> list[BaseRoute]:
    """`/` and `/static`: nothing under it is generated for one person, or private."""
    return [
        Route("/", show, methods=["GET"]),
        Route("/static/{path:path}", file, methods=["GET"]),
    ]
