"""The engine on its own: seconds to ready, memory, and milliseconds a turn over one conversation of 200 messages.

Run: `.venv/bin/python bench/engine.py` (after `make train`). Prints one line a figure.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv-engine" / "bin" / "python"
MODEL = ROOT / "models" / "engine" / "engine.tar.gz"
MESSAGES = 200
EDGE = 20
READY_SECONDS = 120
SAID = (
    "yes",
    "me",
    "why do you need to know that?",
    "my landlord wants us out by Friday and I have not slept for a week",
    "and the benefits have stopped so there is nothing in the cupboard",
    "skip",
    "can I talk to a person",
    "Grace Okoro",
    "07700 900123",
    "what have I said so far",
)


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str, health: str, environment: dict[str, str]) -> Iterator[tuple[int, float]]:
    """A process for as long as the block runs: its id, and the seconds until it was ready."""
    started = time.perf_counter()
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    process = subprocess.Popen(
        [str(PYTHON), *command], cwd=ROOT, env=whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not ready(health):
            if process.poll() is not None or time.perf_counter() - started > READY_SECONDS:
                sys.exit(f"{command[1]} did not start: is everything set up? (make setup)")
            time.sleep(0.05)
        yield process.pid, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(20)


def ready(address: str) -> bool:
    """Whether the process answers its health check."""
    try:
        return httpx.get(address, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def megabytes(pid: int) -> float:
    """Resident memory of a process."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def converse(address: str) -> list[float]:
    """Milliseconds of each of MESSAGES turns of one conversation."""
    times: list[float] = []
    draft: dict[str, Any] = {}
    ask: str | None = "consent"
    with httpx.Client(timeout=30) as client:
        for number in range(MESSAGES):
            body = {
                "conversation": "bench",
                "message": f"m{number}",
                "channel": "web",
                "text": SAID[number % len(SAID)],
                "ask": ask,
                "draft": draft,
                "now": "2026-11-23T02:00:00+00:00",
            }
            started = time.perf_counter()
            taken = client.post(address, json=body).raise_for_status().json()
            times.append((time.perf_counter() - started) * 1000)
            draft, ask = taken["draft"], taken["ask"]
    return times


def main() -> None:
    """Start both processes in a temporary folder, measure, print."""
    if not MODEL.exists():
        sys.exit("the engine is not trained: run 'make train'")
    actions, engine = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "FRONTDOOR_ENGINE_STORE": str(Path(folder) / "engine.sqlite3"),
            "FRONTDOOR_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
        }
        serve = (
            "-m",
            "bot.rasa",
            "run",
            "--model",
            str(MODEL),
            "--endpoints",
            "endpoints.yml",
            "--credentials",
            "credentials.yml",
        )
        listen = ("--interface", "127.0.0.1", "--port", str(engine))
        loopback = f"http://127.0.0.1:{engine}/webhooks/frontdoor"
        with (
            running(
                "-m", "actions.server", str(actions), health=f"http://127.0.0.1:{actions}/health", environment={}
            ) as hands,
            running(*serve, *listen, health=f"{loopback}/", environment=environment) as mind,
        ):
            times = converse(f"{loopback}/turn")
            print(f"ready after: actions {hands[1]:.1f} s, engine {mind[1]:.1f} s")
            print(f"memory: actions {megabytes(hands[0]):.0f} MB, engine {megabytes(mind[0]):.0f} MB")
    ranked = sorted(times)
    print(
        f"a turn over {MESSAGES} messages: median {statistics.median(ranked):.1f} ms, p99 {ranked[int(MESSAGES * 0.99) - 1]:.1f} ms"
    )
    print(
        f"median of the first {EDGE}: {statistics.median(times[:EDGE]):.1f} ms, of the last {EDGE}: {statistics.median(times[-EDGE:]):.1f} ms"
    )


if __name__ == "__main__":
    main()
