"""An engine played over real HTTP: answers turns from a script, and can be failing, slow, or talking nonsense."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.intake import dialogue
from bot.intake.turn import Inbound

Turn = dict[str, Any]


def heard(request: dict[str, Any]) -> Turn:
    """The usual turn: the draft counts the messages, the reply puts the next of some questions."""
    told = [*request["draft"].get("told_to_engine", []), request["text"]]
    ask = f"question_{len(told)}"
    reply = {"text": f"Heard {len(told)}.", "kind": "text", "ask": ask}
    return {"draft": {**request["draft"], "told_to_engine": told}, "replies": [reply], "effects": [], "ask": ask}


def conversing(request: dict[str, Any]) -> Turn:
    """The turn of the project's own dialogue, which hears no detours without its NLU."""
    given = {
        name: request[name] for name in ("text", "channel", "ask", "choice", "level", "flag", "reference", "address")
    }
    inbound = Inbound(now=datetime.fromisoformat(request["now"]), **given)
    return dialogue.take_turn(request["draft"], inbound).as_dict()


@dataclass
class PlayedEngine:
    """`script` makes the turns; `mode` is ok, failing, slow or nonsense. `requests` holds every request for a turn, in order."""

    script: Callable[[dict[str, Any]], Turn] = heard
    mode: str = "ok"
    seconds: float = 5.0
    requests: list[dict[str, Any]] = field(default_factory=list)
    given: dict[tuple[str, str], Turn] = field(default_factory=dict)
    most_at_once: int = 0
    _inside: dict[str, int] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def app(self) -> Starlette:
        """To be served over HTTP."""
        routes = [
            Route("/webhooks/frontdoor/turn", self._turn, methods=["POST"]),
            Route("/webhooks/frontdoor/", self._ready, methods=["GET"]),
        ]
        return Starlette(routes=routes)

    def of(self, conversation: str) -> list[dict[str, Any]]:
        """Requests for turns of one conversation."""
        return [request for request in self.requests if request["conversation"] == conversation]

    def wait(self, condition: Callable[[], bool], *, seconds: float = 5.0) -> bool:
        """Whether the condition came true in time; tried whenever a turn was asked for or given."""
        with self._changed:
            return self._changed.wait_for(condition, timeout=seconds)

    async def _ready(self, request: Request) -> Response:
        return JSONResponse({"status": "ok", "tracker_store": "sql"})

    async def _turn(self, request: Request) -> Response:
        body = await request.json()
        key = body["conversation"]
        self._inside[key] = self._inside.get(key, 0) + 1
        self.most_at_once = max(self.most_at_once, self._inside[key])
        with self._changed:
            self.requests.append(body)
            self._changed.notify_all()
        try:
            return await self._answer(body)
        finally:
            self._inside[key] -= 1
            with self._changed:
                self._changed.notify_all()

    async def _answer(self, body: dict[str, Any]) -> Response:
        if self.mode == "failing":
            return JSONResponse({"secret": "inside"}, status_code=503)
        if self.mode == "nonsense":
            return JSONResponse({"replies": "none"})
        if self.mode == "slow":
            await anyio.sleep(self.seconds)
        key = (body["conversation"], body["message"])
        if key not in self.given:
            self.given[key] = self.script(body)
        return JSONResponse(self.given[key])


def eventually(check: Callable[[], object], *, seconds: float = 5.0) -> object:
    """The first true value of `check`. Raises AssertionError when time runs out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        threading.Event().wait(0.02)
    raise AssertionError(f"did not come true within {seconds} s")
