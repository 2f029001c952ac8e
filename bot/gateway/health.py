"""Whether the gateway runs, and whether all that it needs is ready. Says nothing but that."""

from __future__ import annotations

import asyncio

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.parts import Parts

PROBE = "I would like to talk about my housing"


async def live(request: Request) -> Response:
    """GET /health/live: 200 as soon as the page is there; messages are taken from then on, and answered once the screen is loaded."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """GET /health/ready: 200 when database, screen and engine (with its tracker store) all answer, otherwise 503; names each."""
    parts: Parts = request.app.state.parts
    database, screen, engine = await asyncio.gather(
        asyncio.to_thread(_database, parts), asyncio.to_thread(_screen, parts), parts.engine.ready()
    )
    found = {"database": database, "screen": screen, "engine": engine}
    body = {"status": "ok" if all(found.values()) else "not_ready"}
    body |= {name: "ok" if answers else "not_ready" for name, answers in found.items()}
    return JSONResponse(body, status_code=200 if all(found.values()) else 503)


def _database(parts: Parts) -> bool:
    try:
        parts.database.ping()
    except SQLAlchemyError:
        return False
    return True


def _screen(parts: Parts) -> bool:
    if not parts.screen.is_there:
        return False
    try:
        parts.screen.assess([PROBE])
    except Exception:  # noqa: BLE001 - whatever it is, the screen does not run
        return False
    return True


routes = [
    Route("/health/live", live, methods=["GET"]),
    Route("/health/ready", ready, methods=["GET"]),
]
