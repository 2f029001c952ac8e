"""The engine's two processes, started as `frontdoor run` starts them, on free loopback ports."""

import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """One process; its output is kept in `log`."""

    health = "/"
    command: tuple[str, ...]
    environment: dict[str, str]

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "output.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *, seconds: float = 120) -> None:
        """Start, and wait until it says it is ready."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **self.environment}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.command], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        pause, end = threading.Event(), time.monotonic() + seconds
        while not self._ready():
            assert self._process.poll() is None, self.output()[-3000:]
            assert time.monotonic() < end, "not ready in time"
            pause.wait(0.05)

    def _ready(self) -> bool:
        try:
            return requests.get(self.address + self.health, timeout=2).status_code == 200
        except requests.ConnectionError:
            return False

    def kill(self) -> None:
        """Kill it without a chance to tidy up."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def output(self) -> str:
        """All it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


class Actions(Process):
    """The action server."""

    health = "/health"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.command = ("-m", "actions.server", str(self.port))
        self.environment = {}

    @property
    def url(self) -> str:
        return self.address + "/webhook"


class Engine(Process):
    """Rasa with the loopback channel."""

    health = "/webhooks/frontdoor/"

    def __init__(self, folder: Path, *, model: Path, actions_url: str) -> None:
        super().__init__(folder)
        self.store = folder / "engine.sqlite3"
        self.command = ("-m", "bot.rasa", "run", "--model", str(model), "--endpoints", "endpoints.yml")
        self.command += ("--credentials", "credentials.yml", "--interface", "127.0.0.1", "--port", str(self.port))
        self.environment = {"FRONTDOOR_ENGINE_STORE": str(self.store), "FRONTDOOR_ACTIONS_URL": actions_url}

    def send(self, body: Any, **options: Any) -> requests.Response:
        """Post one turn."""
        return requests.post(f"{self.address}/webhooks/frontdoor/turn", json=body, timeout=20, **options)

    def say(self, text: str, *, ask: str | None = "consent", draft: Any = None, **fields: Any) -> requests.Response:
        """Post one turn made by `turn`."""
        return self.send(turn(text, ask=ask, draft=draft, **fields))


def turn(text: str, *, ask: str | None = "consent", draft: Any = None, **fields: Any) -> dict[str, Any]:
    """A body as the gateway sends it, in a conversation and under a message id of its own unless given."""
    return {
        "conversation": uuid.uuid4().hex,
        "message": uuid.uuid4().hex,
        "channel": "web",
        "text": text,
        "choice": None,
        "ask": ask,
        "level": "none",
        "flag": "none",
        "draft": draft or {},
        "reference": None,
        "address": None,
        "now": "2026-11-23T02:00:00+00:00",
        **fields,
    }
