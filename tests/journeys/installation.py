"""A whole Front Door on private ports and folders: the five real processes under the real supervisor."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.serving import free_port
from tests.twilio_server.server import ACCOUNT, NUMBER, TOKEN

ROOT = Path(__file__).resolve().parent.parent.parent
FRONTDOOR = Path(sys.executable).parent / "frontdoor"


def eventually(check: Callable[[], object], *, seconds: float = 20.0, what: str = "it") -> object:
    """The first true value of `check`, tried until time runs out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds} s")


@dataclass
class Installation:
    """Start with `start()`, stop with `stop()`. `extra` are further environment variables; a page on `host_port` may show the chat."""

    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    output: str = ""

    def __post_init__(self) -> None:
        self.ports = {name: free_port() for name in ("gateway", "console", "engine", "actions")}
        self.host_port = free_port()
        self.gateway = f"http://127.0.0.1:{self.ports['gateway']}"
        self.console = f"http://127.0.0.1:{self.ports['console']}"
        self._run: subprocess.Popen[str] | None = None
        self._out = self.folder / "run.out"

    @property
    def environment(self) -> dict[str, str]:
        """What every command of this installation is started with."""
        ours = {f"FRONTDOOR_{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FRONTDOOR_") and k != "DATABASE_URL"}
        here = {
            "FRONTDOOR_VAR": str(self.folder / "var"),
            "FRONTDOOR_MESSAGES_PER_MINUTE": "10000",
            "FRONTDOOR_EMBEDDING_ORIGINS": f"http://127.0.0.1:{self.host_port}",
        }
        return kept | ours | here | self.extra

    def start(self, *, seconds: float = 90.0) -> "Installation":
        """Start everything and wait until all of it is ready."""
        with self._out.open("a") as out:
            self._run = subprocess.Popen(
                [str(FRONTDOOR), "run"], cwd=ROOT, env=self.environment, stdout=out, stderr=subprocess.STDOUT, text=True
            )
        begun = len(re.findall("Front Door is ready", self.printed()))
        eventually(
            lambda: len(re.findall("Front Door is ready", self.printed())) > begun or self._run.poll() is not None,
            seconds=seconds,
            what=f"start-up\n{self.printed()}\n",
        )
        assert self._run.poll() is None, self.printed()
        return self

    def stop(self) -> int:
        """Stop as Ctrl-C does; the exit status."""
        self._run.send_signal(signal.SIGINT)
        return self._run.wait(timeout=30)

    def printed(self) -> str:
        """What the person at the terminal has seen."""
        return self._out.read_text() if self._out.exists() else ""

    def login(self) -> tuple[str, str]:
        """The generated first staff login, as it was printed."""
        found = re.search(r"First staff login.*: (\S+)  (\S+)", self.printed())
        assert found, self.printed()
        return found[1], found[2]

    def pid(self, name: str) -> int:
        """The process of that name, found among the supervisor's children by what it was started with."""
        marks = {
            "gateway": "gateway",
            "console": "console",
            "worker": "worker",
            "engine": "bot.rasa",
            "actions": "actions.server",
        }
        children = Path(f"/proc/{self._run.pid}/task").glob("*/children")
        for child in " ".join(path.read_text() for path in children).split():
            if marks[name] in Path(f"/proc/{child}/cmdline").read_text().split("\0"):
                return int(child)
        raise AssertionError(f"{name} is not running")

    def kill(self, name: str) -> int:
        """Kill a process outright (SIGKILL); its former process id."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def pause(self, name: str) -> None:
        """Stop a process from answering, without ending it."""
        os.kill(self.pid(name), signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Let a paused process go on."""
        os.kill(self.pid(name), signal.SIGCONT)

    def wait_ready(self, *, seconds: float = 60.0) -> None:
        """Until gateway, engine and their stores all answer."""
        eventually(lambda: self._answers(f"{self.gateway}/health/ready"), seconds=seconds, what="readiness")

    def _answers(self, address: str) -> bool:
        try:
            return httpx.get(address, timeout=3.0, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def ask_of(self, *, address: str | None = None, message_id: str | None = None) -> str | None:
        """The question that is open for a phone, or in the conversation a message belongs to, as the database has it."""
        by = "address = ?" if address else "id = (SELECT conversation_id FROM message WHERE id = ?)"
        rows = self.rows(
            f"SELECT ask FROM conversation WHERE {by} ORDER BY started_at DESC LIMIT 1", address or message_id
        )
        return rows[0][0] if rows else None

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the database holds, read beside the running processes."""
        with closing(sqlite3.connect(self.folder / "var" / "frontdoor.sqlite3")) as database:
            return database.execute(query, values).fetchall()

    def command(self, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run `frontdoor …` against this installation."""
        return subprocess.run(
            [str(FRONTDOOR), *arguments],
            cwd=ROOT,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
        )


def sms_settings(*, twilio: str, gateway: str) -> dict[str, str]:
    """Settings that turn the SMS channel on, towards a Twilio-shaped server."""
    return {
        "FRONTDOOR_TWILIO_ACCOUNT_SID": ACCOUNT,
        "FRONTDOOR_TWILIO_AUTH_TOKEN": TOKEN,
        "FRONTDOOR_TWILIO_FROM": NUMBER,
        "FRONTDOOR_TWILIO_BASE_URL": twilio,
        "FRONTDOOR_PUBLIC_ADDRESS": gateway,
        "FRONTDOOR_TEXTS_PER_SECOND": "20",
        "FRONTDOOR_TEXTS_TOGETHER_SECONDS": "0.2",
    }
