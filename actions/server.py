"""The action server: `python -m actions.server 8083`, on 127.0.0.1 alone.

Instead of `python -m rasa_sdk`, which listens on every interface unless an environment variable says otherwise, allows every
origin, and answers an error with the request's own body.
"""

from __future__ import annotations

import argparse
import json
import zlib
from typing import Any

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.introduction import ActionDetour, ValidateIntroductionForm
from bot.rasa import logs

HOST = "127.0.0.1"
ACTIONS = (ValidateIntroductionForm, ActionDetour)

log = structlog.get_logger("actions.server")  # run with -m, the module is called __main__


def create_app() -> Sanic:
    """The application: `POST /webhook` as rasa_sdk speaks it, `GET /health`."""
    logs.install()
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action)
    app = Sanic("frontdoor_actions", configure_logging=False)
    app.ctx.executor = executor
    app.add_route(health, "/health", methods=["GET"])
    app.add_route(webhook, "/webhook", methods=["POST"])
    app.error_handler.add(Exception, failed)
    return app


async def health(request: Request) -> HTTPResponse:
    """200 with the names of the actions."""
    return response.json({"status": "ok", "actions": sorted(request.app.ctx.executor.actions)})


async def webhook(request: Request) -> HTTPResponse:
    """Run one action. An error is answered with 500 and its type; no part of the message is repeated."""
    logs.withhold()
    call = _call(request)
    if call is None:
        return response.json({"error": "not an action call"}, status=422)
    try:
        return response.json(await request.app.ctx.executor.run(call))
    except ActionNotFoundException:
        return response.json({"error": "no such action"}, status=404)


async def failed(request: Request, error: Exception) -> HTTPResponse:
    """Log where it failed, and answer with the type alone."""
    if isinstance(error, SanicException):
        return response.json({"error": type(error).__name__}, status=error.status_code)
    log.error("action_failed", failure=logs.describe(error))
    return response.json({"error": type(error).__name__}, status=500)


def _call(request: Request) -> dict[str, Any] | None:
    """The decoded call; None for a body that is none. 400 would mean "the action declines" to Rasa, so it is never used."""
    try:
        body = zlib.decompress(request.body) if request.headers.get("Content-Encoding") == "deflate" else request.body
        call = json.loads(body)
    except (ValueError, zlib.error):
        return None
    return call if isinstance(call, dict) and "next_action" in call and "tracker" in call else None


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="Front Door's action server, on 127.0.0.1")
    parser.add_argument("port", type=int)
    options = parser.parse_args()
    logs.to_stdout()
    create_app().run(host=HOST, port=options.port, workers=1, access_log=False)


if __name__ == "__main__":
    main()
