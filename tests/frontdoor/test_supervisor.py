"""The supervisor with small real processes: restarts what dies, stops all, refuses a taken port."""

import asyncio
import os
import signal
import socket
import sys

import pytest

from frontdoor.processes import Process
from frontdoor.supervisor import PortTaken, Supervisor, require_free
from tests.serving import free_port

FOR_EVER = "import time\nwhile True: time.sleep(1)"
SERVER = """
import http.server, sys
class Ok(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ok).serve_forever()
"""


def supervise(processes, tmp_path, scenario):
    """Run a supervisor until the scenario (a coroutine given the supervisor, what was said, who is ready) ends."""
    said, ready = [], []

    async def play():
        supervisor = Supervisor(processes, logs=tmp_path / "logs", say=said.append)
        running = asyncio.create_task(supervisor.run(on_ready=lambda name, _seconds: ready.append(name)))
        try:
            async with asyncio.timeout(20):
                await scenario(supervisor, said, ready)
        finally:
            supervisor.stop()
            await running

    asyncio.run(play())
    return said, ready


async def until(condition):
    while not condition():
        await asyncio.sleep(0.02)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_supervisor_announces_a_process_when_it_answers(tmp_path):
    port = free_port()
    server = Process("server", (sys.executable, "-c", SERVER, str(port)), port, f"http://127.0.0.1:{port}/")

    async def scenario(_supervisor, _said, ready):
        await until(lambda: ready == ["server"])

    supervise([server], tmp_path, scenario)


def test_supervisor_restarts_a_process_that_dies_and_says_so(tmp_path):
    async def scenario(supervisor, said, _ready):
        await until(lambda: "steady" in supervisor.pids)
        first = supervisor.pids["steady"]
        os.kill(first, signal.SIGKILL)
        await until(lambda: supervisor.pids["steady"] != first)
        assert any("steady stopped" in line for line in said)

    supervise([Process("steady", (sys.executable, "-c", FOR_EVER))], tmp_path, scenario)


def test_supervisor_leaves_no_process_behind(tmp_path):
    pids = []

    async def scenario(supervisor, _said, _ready):
        await until(lambda: len(supervisor.pids) == 2)
        pids.extend(supervisor.pids.values())

    supervise([Process(name, (sys.executable, "-c", FOR_EVER)) for name in ("one", "two")], tmp_path, scenario)
    assert not any(alive(pid) for pid in pids)


def test_supervisor_names_the_setting_of_a_port_that_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} .*FRONTDOOR_GATEWAY_PORT"):
            require_free(Process("gateway", ("true",), port))
