"""The only door into the engine: loopback HTTP for the gateway (docs/architecture.md, "Engine wire")."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any
from urllib.parse import unquote

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.rasa import logs, turns, wire
from bot.rasa.tracker_store import NoTurn
from bot.rasa.turns import NotReady
from bot.rasa.wire import BadRequest

TURN_SECONDS = 7.5  # the gateway waits 8: it should hear from us rather than hang up
VECTOR_LENGTH = 384

log = structlog.get_logger(__name__)

# Each of these keeps nothing, and the gateway sends the message again.
FAILURES = (NotReady, NoTurn, LockError, sqlite3.Error, asyncio.TimeoutError)


class LoopbackChannel(InputChannel):
    """Serves `turn`, health and forgetting under `/webhooks/frontdoor`."""

    @classmethod
    def name(cls) -> str:
        """The path segment, and the input channel of the messages."""
        return turns.ROUTE

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Rasa's own handler is not used: it would keep a turn whose action failed."""
        logs.install()
        turns.check_action_schema_once()
        routes = Blueprint("frontdoor_loopback")
        routes.add_route(health, "/", methods=["GET"])
        routes.add_route(turn, "/turn", methods=["POST"])
        routes.add_route(forget, "/conversations/<conversation:str>", methods=["DELETE"])
        return routes


async def health(request: Request) -> HTTPResponse:
    """200 once the model is loaded and the store of endpoints.yml answers; 503 with the reason otherwise."""
    try:
        store = turns.own_store(_agent(request))
        store.ping()
    except NotReady as e:
        return response.json({"status": "unavailable", "reason": str(e)}, status=503)
    except sqlite3.Error:
        return response.json({"status": "unavailable", "reason": "the tracker store cannot be read"}, status=503)
    return response.json({"status": "ok", "tracker_store": type(store).__name__})


async def turn(request: Request) -> HTTPResponse:
    """Answer one message: 200 with the turn, 400 for a body that is none, 503 where nothing was kept."""
    logs.withhold()
    try:
        body = _body(request)
        asked = wire.read(body)
        vector = _vector(body)
    except BadRequest as e:
        return response.json({"error": str(e)}, status=400)
    started = perf_counter()
    try:
        taken = await asyncio.wait_for(turns.take(_agent(request), asked, vector=vector), TURN_SECONDS)
    except FAILURES as e:
        log.error("turn_failed", conversation=asked.conversation, message_id=asked.message, error=type(e).__name__)
        return response.json({"error": "no turn"}, status=503)
    except Exception as e:
        # The last line of defence: no error page of the framework, which would show the message, ever answers.
        log.error("turn_broke", conversation=asked.conversation, message_id=asked.message, failure=logs.describe(e))
        return response.json({"error": "no turn"}, status=503)
    milliseconds = round((perf_counter() - started) * 1000, 1)
    log.info("turn_taken", conversation=asked.conversation, message_id=asked.message, ms=milliseconds)
    return response.json(taken)


async def forget(request: Request, conversation: str) -> HTTPResponse:
    """Delete what is held of a conversation: 204, also where nothing was."""
    try:
        turns.own_store(_agent(request)).delete(unquote(conversation))
    except (NotReady, sqlite3.Error):
        return response.json({"error": "not ready"}, status=503)
    return response.empty()


def _agent(request: Request) -> Any:
    return getattr(request.app.ctx, "agent", None)


def _body(request: Request) -> dict[str, Any]:
    # A page in a browser on this machine can post plain text across origins, but not JSON.
    if not (request.content_type or "").startswith("application/json"):
        raise BadRequest("the body must be application/json")
    try:
        body = json.loads(request.body)
    except ValueError as e:
        raise BadRequest("the body is not JSON") from e
    if not isinstance(body, dict):
        raise BadRequest("the body must be an object")
    return body


def _vector(body: dict[str, Any]) -> list[float] | None:
    vector = body.get("vector")
    if vector is None:
        return None
    if (
        not isinstance(vector, list)
        or len(vector) != VECTOR_LENGTH
        or not all(isinstance(x, (int, float)) for x in vector)
    ):
        raise BadRequest(f"vector must be {VECTOR_LENGTH} numbers")
    return vector
