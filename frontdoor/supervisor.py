"""Starts the five processes, restarts one that dies, stops all of them together."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import signal
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from frontdoor.processes import Process, environment_of
from frontdoor.settings import ROOT

GRACE = 10.0  # seconds a process has to stop by itself
RESTART_DELAYS = (0.2, 1.0, 2.0, 5.0, 15.0)  # seconds; the last one repeats
AHEAD = 3.0  # seconds the first process, which faces people, has the machine to itself at most
STEADY = 60.0  # seconds after which a restart counts as the first again
PR_SET_PDEATHSIG = 1  # prctl(2): the child is told when the supervisor is killed, so that none is left behind


class PortTaken(Exception):
    """Another program listens where one of ours should; the message names port and setting."""


class Supervisor:
    """Runs until `stop` is called. `say` gets one line for the person at the terminal."""

    def __init__(self, processes: Sequence[Process], *, logs: Path, say: Callable[[str], None]) -> None:
        self.processes = processes
        self.logs = logs
        self.say = say
        self.pids: dict[str, int] = {}
        self._stopping = asyncio.Event()
        self._first_is_ready = asyncio.Event()

    def stop(self) -> None:
        """Ask for the end; `run` returns when all have stopped."""
        self._stopping.set()

    async def run(self, *, on_ready: Callable[[str, float], None]) -> None:
        """Start all, call `on_ready(name, seconds)` as each becomes ready, keep them alive until stopped. Raises PortTaken."""
        for process in self.processes:
            require_free(process)
        self.logs.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for process in self.processes:
                group.create_task(self._keep_alive(process))
                group.create_task(self._announce(process, started, on_ready))

    async def _keep_alive(self, process: Process) -> None:
        if process is not self.processes[0]:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._first_is_ready.wait(), AHEAD)
        failures = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._run_once(process)
            if self._stopping.is_set():
                return
            failures = 0 if time.monotonic() - began > STEADY else failures
            delay = RESTART_DELAYS[min(failures, len(RESTART_DELAYS) - 1)]
            failures += 1
            self.say(f"{process.name} stopped (exit {code}); starting it again. Its log: {self._log(process)}")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), delay)

    async def _run_once(self, process: Process) -> int:
        with self._log(process).open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                *process.argv,
                cwd=ROOT,
                env=environment_of(process),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.pids[process.name] = child.pid
        ended = asyncio.create_task(child.wait())
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            await _end(child, ended)
        return await ended

    async def _announce(self, process: Process, started: float, on_ready: Callable[[str, float], None]) -> None:
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
            while not self._stopping.is_set():
                if await _is_ready(client, process):
                    if process is self.processes[0]:
                        self._first_is_ready.set()
                    on_ready(process.name, time.monotonic() - started)
                    return
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), 0.1)

    def _log(self, process: Process) -> Path:
        return self.logs / f"{process.name}.log"


async def _is_ready(client: httpx.AsyncClient, process: Process) -> bool:
    if process.ready is None:
        return True
    try:
        response = await client.get(process.ready)
    except httpx.HTTPError:
        return False
    return response.status_code == httpx.codes.OK


async def _end(child: asyncio.subprocess.Process, ended: asyncio.Task[int]) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.send_signal(signal.SIGTERM)
    done, _ = await asyncio.wait((ended,), timeout=GRACE)
    if not done:
        with contextlib.suppress(ProcessLookupError):
            child.kill()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def require_free(process: Process) -> None:
    """Raises PortTaken where another program already listens on the process's port."""
    if process.port is None:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", process.port))
        except OSError as e:
            setting = f"FRONTDOOR_{process.name.upper()}_PORT"
            raise PortTaken(
                f"port {process.port} for the {process.name} is taken: stop what uses it or set {setting}"
            ) from e
