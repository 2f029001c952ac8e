"""Phones to try texting by hand: a page that shows them side by side, over the Twilio-shaped server."""

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from spa.segments import size
from tests.twilio_server.server import TwilioServer

PAGE = Path(__file__).with_name("phones.html")


@dataclass
class Phones:
    """What each phone sent and received, in order. Every text that arrives is reported as delivered."""

    server: TwilioServer
    numbers: tuple[str, ...]
    lines: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def app(self) -> Starlette:
        """The REST side that Front Door talks to, and the page for people."""
        app = self.server.app()
        app.router.routes += [
            Route("/", self._page),
            Route("/sim/{number}", self._texts, methods=["GET"]),
            Route("/sim/{number}", self._send, methods=["POST"]),
        ]
        return app

    def send(self, number: str, body: str) -> int:
        """Text the service; the status that its webhook answered with."""
        self.look()
        with self._lock:
            self.lines.setdefault(number, []).append({"from": "phone", "body": body})
        return self.server.inbound(number, body).status_code

    def look(self) -> list[tuple[str, str]]:
        """Take in what has arrived since the last look: (number, text), each reported as delivered."""
        with self._lock:
            came, self._seen = self.server.texts[self._seen :], len(self.server.texts)
            for text in came:
                taken = size(text.body)
                line = {"from": "service", "body": text.body, "size": f"{taken.encoding}, segments {taken.segments}"}
                self.lines.setdefault(text.to, []).append(line)
        for text in came:
            self.server.report(text, "delivered")
        return [(text.to, text.body) for text in came]

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(PAGE.read_text(encoding="utf-8").replace("NUMBERS", json.dumps(self.numbers)))

    async def _texts(self, request: Request) -> Response:
        await run_in_threadpool(self.look)
        return JSONResponse(self.lines.get(request.path_params["number"], []))

    async def _send(self, request: Request) -> Response:
        body = (await request.body()).decode()
        return Response(status_code=await run_in_threadpool(self.send, request.path_params["number"], body))
