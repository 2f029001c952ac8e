"""The public app. `create_app` makes it; what it needs is loaded when it starts, the crisis screen first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from bot import directory
from bot.crisis.screen import Screen
from bot.gateway import events, health, page, sms, web
from bot.gateway import wording as wording_file
from bot.gateway.parts import Clock, assemble, utc_now
from bot.gateway.problems import Problem, on_http_exception, on_problem
from bot.gateway.shield import Shield
from bot.gateway.turns import LOOK_EVERY
from frontdoor.settings import Settings
from spa.database import Database

THREADS = 12
"""Threads for the database and the screen; below the size of SQLAlchemy's pool, so that none waits for a connection."""


def create_app(
    settings: Settings,
    database: Database,
    *,
    screen: Callable[[], Screen] = Screen.load,
    clock: Clock = utc_now,
    look_every: float = LOOK_EVERY,
) -> FastAPI:
    """The app over a migrated database. It takes and screens messages as soon as it has started, whether the engine is there or not."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="gateway"))
        lines = directory.load()
        app.state.page = page.load(lines)
        parts = assemble(settings, database, screen=screen(), clock=clock, look_every=look_every)
        app.state.parts = parts
        watch = asyncio.create_task(events.watch(database, parts.hub))
        parts.turns.start()
        yield
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        await parts.turns.stop()
        await parts.engine.close()
        await loop.shutdown_default_executor()  # what a thread was storing is stored

    return FastAPI(
        title="Front Door",
        routes=[*page.routes(), *web.routes, *sms.routes, *health.routes],
        lifespan=lifespan,
        middleware=[Middleware(_shield(settings))],
        exception_handlers={Problem: on_problem, HTTPException: on_http_exception},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )


def _shield(settings: Settings) -> Callable[[ASGIApp], Shield]:
    apology = wording_file.load(directory.load()).broken

    def around(app: ASGIApp) -> Shield:
        return Shield(app, https=settings.public_address.startswith("https://"), apology=apology)

    return around
