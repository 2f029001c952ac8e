"""The public app. `create_app` makes it; what takes time to load is loaded after it has started, the crisis screen first."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from bot import directory
from bot.gateway import events, health, page, plain, sms, web
from bot.gateway import wording as wording_file
from bot.gateway.failures import described
from bot.gateway.loading import ScreenToCome, load_screen
from bot.gateway.parts import Clock, Parts, assemble, utc_now
from bot.gateway.problems import Problem, on_http_exception, on_problem
from bot.gateway.shield import Shield
from bot.gateway.site import Site
from bot.gateway.turns import LOOK_EVERY
from frontdoor.settings import Settings
from spa import documents
from spa.database import Database
from spa.models import Channel

if TYPE_CHECKING:
    from bot.crisis.screen import Screen

log = structlog.get_logger()

THREADS = 12
"""Threads for the database and the screen; below the size of SQLAlchemy's pool, so that none waits for a connection."""


def _end_process() -> None:
    """A gateway that cannot screen must not run: the supervisor starts it again, and says so."""
    signal.raise_signal(signal.SIGTERM)


def create_app(
    settings: Settings,
    database: Database,
    *,
    screen: Callable[[], Screen] = load_screen,
    clock: Clock = utc_now,
    look_every: float = LOOK_EVERY,
    give_up: Callable[[], None] = _end_process,
) -> Starlette:
    """The app over a migrated database. It answers as soon as it has started, whether the engine is there or not.

    The screen loads meanwhile: messages wait for it. `give_up` is called where it cannot be loaded.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="gateway"))
        app.state.site = Site(directory.load())
        parts = assemble(settings, database, screen=ScreenToCome(screen), clock=clock, look_every=look_every)
        app.state.parts = parts
        preparing = loop.run_in_executor(None, _prepare, parts, give_up)
        watches = [
            asyncio.create_task(events.watch(database, parts.hub)),
            asyncio.create_task(parts.attending.watch(look_every=look_every)),
        ]
        parts.turns.start()
        yield
        for watch in watches:
            watch.cancel()
        await asyncio.gather(*watches, return_exceptions=True)
        await parts.turns.stop()
        await parts.engine.close()
        await preparing
        await loop.shutdown_default_executor()  # what a thread was storing is stored

    return Starlette(
        routes=[*page.routes(), *web.routes, *plain.routes, *sms.routes, *health.routes],
        lifespan=lifespan,
        middleware=[Middleware(_shield(settings))],
        exception_handlers={Problem: on_problem, HTTPException: on_http_exception},
    )


def _prepare(parts: Parts, give_up: Callable[[], None]) -> None:
    """The screen first; then what the first chat and the first introduction would otherwise wait for."""
    try:
        parts.screen.load()
    except Exception as e:
        log.critical(
            "screen_not_loaded", why=str(e), **described(e)
        )  # about our own files: nobody has written anything
        give_up()
        return
    try:
        for channel in Channel:
            parts.opening(channel)
        documents.prepare()
        parts.listener.load()
    except Exception as e:
        log.error("not_prepared", why=str(e), **described(e))


def _shield(settings: Settings) -> Callable[[ASGIApp], Shield]:
    apology = wording_file.load(directory.load()).broken

    def around(app: ASGIApp) -> Shield:
        return Shield(app, https=settings.public_address.startswith("https://"), apology=apology)

    return around
