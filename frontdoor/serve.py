"""Runs one of the front's processes in this process, with logging set up."""

from __future__ import annotations

import signal
import threading
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from frontdoor import engine_store, logs
from frontdoor.settings import Settings
from spa.database import Database


def serve_gateway(settings: Settings) -> None:
    """The public app. Blocks until stopped."""
    from bot.gateway.app import create_app

    logs.configure()
    database = Database(settings.database)
    database.migrate()
    # One worker a process: order per conversation is kept by locks in this process, and by PostgreSQL's between machines.
    _serve(create_app(settings, database), settings, port=settings.gateway_port)


def serve_console(settings: Settings) -> None:
    """The staff web app. Blocks until stopped."""
    from spa.console.app import create_app

    logs.configure()
    database = Database(settings.database)
    database.migrate()
    _serve(create_app(settings, database), settings, port=settings.console_port)


def run_worker(settings: Settings) -> None:
    """Outbox, ladder, reminders, retention. Blocks until SIGTERM or SIGINT."""
    from bot import directory
    from bot.gateway import wording
    from spa.worker import Worker

    logs.configure()
    database = Database(settings.database)
    database.migrate()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    words, purge = wording.load(directory.load()), engine_store.purge(settings)
    Worker.from_settings(settings, database, purge=purge, reminder=words.reminder, says_late=words.late).run(stop)


def server_options(settings: Settings) -> dict[str, Any]:
    """How uvicorn serves either app."""
    return {
        # Access logs would hold nothing of use and every address; uvicorn's own errors still come through.
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "timeout_graceful_shutdown": 5,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": settings.trusted_proxies,
    }


def _serve(app: ASGIApp, settings: Settings, *, port: int) -> None:
    uvicorn.run(app, host=settings.host, port=port, **server_options(settings))
