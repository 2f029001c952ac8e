"""Runs an ASGI app on a loopback port in a thread, for tests that need real HTTP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(app: object, *, port: int | None = None, **options: Any) -> Iterator[str]:
    """The app's address, for as long as the block runs. `options` go to uvicorn."""
    port = port or free_port()
    options = {"log_config": None, "ws": "none"} | options | {"timeout_graceful_shutdown": 2}
    config = uvicorn.Config(app, host="127.0.0.1", port=port, **options)
    server = uvicorn.Server(config)
    started = threading.Event()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        started.wait(0.01)
    assert thread.is_alive(), "the server did not start"
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
