"""The five processes of Front Door: how each is started and how one knows that it is ready."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from frontdoor.settings import ROOT, Settings


@dataclass(frozen=True)
class Process:
    """`argv` with `environment` on top of ours; `ready` is an address that answers 200 (None: ready once it runs)."""

    name: str
    argv: tuple[str, ...]
    port: int | None = None
    ready: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


def all_processes(settings: Settings) -> tuple[Process, ...]:
    """In the order they are started: what faces people first, so that the screen answers before the engine is there."""
    front = str(Path(sys.executable).parent / "frontdoor")
    engine = str(ROOT / ".venv-engine" / "bin" / "python")
    loopback = "http://127.0.0.1"
    return (
        Process(
            "gateway", (front, "gateway"), settings.gateway_port, f"{loopback}:{settings.gateway_port}/health/live"
        ),
        Process(
            "actions",
            (engine, "-m", "actions.server", str(settings.actions_port)),
            settings.actions_port,
            f"{loopback}:{settings.actions_port}/health",
            _engine_environment(settings),
        ),
        Process(
            "engine",
            (
                *(engine, "-m", "bot.rasa", "run"),
                *("--model", str(settings.models / "engine" / "engine.tar.gz")),
                *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
                *("--interface", "127.0.0.1", "--port", str(settings.engine_port)),
            ),
            settings.engine_port,
            f"{loopback}:{settings.engine_port}/webhooks/frontdoor/",
            _engine_environment(settings),
        ),
        Process("console", (front, "console"), settings.console_port, f"{loopback}:{settings.console_port}/health"),
        Process("worker", (front, "worker")),
    )


def _engine_environment(settings: Settings) -> dict[str, str]:
    """The engine gets its own store and nothing else of ours: no database address, no keys (see `environment_of`)."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "FRONTDOOR_ENGINE_STORE": str(settings.var / "engine.sqlite3"),
        "FRONTDOOR_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
    }


def environment_of(process: Process) -> dict[str, str]:
    """The whole environment to start it in. Engine and actions are given none of the front's settings or secrets."""
    ours = dict(os.environ)
    if "FRONTDOOR_ENGINE_STORE" in process.environment:
        ours = {k: v for k, v in ours.items() if not k.startswith("FRONTDOOR_") and k != "DATABASE_URL"}
    return ours | dict(process.environment)
