"""Serves the chat page and its files: small, and asked for once."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shield import LISTENING, framing
from bot.gateway.site import File, Site

ASK_EACH_TIME = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"
"""For an address that names the version: other content has another address."""


async def show(request: Request) -> Response:
    """GET /: the page, the same for everybody who reads the language that ?lang= names."""
    site: Site = request.app.state.site
    edition = site.now()
    answer = _answer(
        request, edition.pages.get(request.query_params.get("lang", ""), edition.page), cache=ASK_EACH_TIME
    )
    answer.headers.update(framing(_embedders(request)) | LISTENING)
    return answer


async def embed(request: Request) -> Response:
    """GET /embed.js: what opens the chat on another site's page. Any page may run it; those of the sites that are set may also check it."""
    site: Site = request.app.state.site
    script = site.now().embed
    if script is None:
        raise Problem(404, "not_found", "Not Found.")
    answer = _answer(request, script, cache=ASK_EACH_TIME)
    origin = request.headers.get("origin", "")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Vary"] = "Accept-Encoding, Origin"
    if origin in _embedders(request):
        answer.headers["Access-Control-Allow-Origin"] = origin
    return answer


def _embedders(request: Request) -> tuple[str, ...]:
    parts: Parts = request.app.state.parts
    return parts.settings.embedders


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
    """`/`, `/static` and `/embed.js`: nothing under it is generated for one person, or private."""
    return [
        Route("/", show, methods=["GET"]),
        Route("/embed.js", embed, methods=["GET"]),
        Route("/static/{path:path}", file, methods=["GET"]),
    ]
