"""Runs one of the front's processes in this process, with logging set up."""

from __future__ import annotations

import signal
import threading

import uvicorn
from fastapi import FastAPI

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
    _serve(create_app(settings, database), host=settings.host, port=settings.gateway_port)


def serve_console(settings: Settings) -> None:
    """The staff web app. Blocks until stopped."""
    from spa.console.app import create_app

    logs.configure()
    database = Database(settings.database)
    database.migrate()
    _serve(create_app(settings, database), host=settings.host, port=settings.console_port)


def run_worker(settings: Settings) -> None:
    """Outbox, ladder, retention. Blocks until SIGTERM or SIGINT."""
    from spa.worker import Worker

    logs.configure()
    database = Database(settings.database)
    database.migrate()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    Worker.from_settings(settings, database, purge=engine_store.purge(settings)).run(stop)


def _serve(app: FastAPI, *, host: str, port: int) -> None:
    # Access logs would hold nothing of use and every address; uvicorn's own errors still come through.
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
