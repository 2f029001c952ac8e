"""Debian's Firefox, headless, over the protocol that it speaks itself (WebDriver BiDi): nothing of it is fetched, nothing stands between.

It reaches this machine alone: every other address goes to a proxy that is not there.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.installed import required

WAIT = 30.0
"""Seconds for an answer of the browser, and for what a page is waited for."""
ENTER, SHIFT = "\ue007", "\ue008"
SETTINGS = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.shell.checkDefaultBrowser": False,
}
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://127\.0\.0\.1:\d+)")
# Looks again whenever something on the page changes: nothing has to be slept for.
_WAITING = """new Promise((resolve) => {
    const look = () => { const found = (%s)(); if (found) { watch.disconnect(); resolve(JSON.stringify(found)); } };
    const watch = new MutationObserver(look);
    watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    look();
})"""


@dataclass
class Firefox:
    """One tab. `errors`: what scripts and the console complained of; `asked`: every address that was asked for."""

    socket: ClientConnection
    tab: str = ""
    count: int = 0
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def command(self, method: str, **params: Any) -> Any:
        """The result of one command. Raises AssertionError with what the browser said against it, TimeoutError."""
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv(timeout=WAIT))).get("id") != self.count:
            self._note(answer)
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self) -> "Firefox":
        """Begin a session, with the tab that is there."""
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.tab = self.command("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def goto(self, address: str) -> None:
        """Open this page, and wait until it is loaded."""
        self.command("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression on the page, awaited."""
        return json.loads(
            self._evaluated(f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))")["value"]
        )

    def wait_for(self, function: str) -> Any:
        """The first true value that this function of the page gives. Raises TimeoutError."""
        return json.loads(self._evaluated(_WAITING % function)["value"])

    def wait_asked(self, beginning: str) -> None:
        """Until an address that begins so is asked for. Raises TimeoutError."""
        while not any(address.startswith(beginning) for address in self.asked):
            self._note(json.loads(self.socket.recv(timeout=WAIT)))

    def click(self, element: str) -> None:
        """Press the mouse on the element that this expression gives, where it is shown."""
        found = self._evaluated(
            f"(() => {{ const found = {element}; found?.scrollIntoView({{block: 'nearest'}}); return found; }})()"
        )
        assert found["type"] == "node", f"{element} is not on the page"
        origin = {"type": "element", "element": {"sharedId": found["sharedId"]}}
        steps = [{"type": "pointerMove", "x": 0, "y": 0, "origin": origin}, *_pressed("pointer", button=0)]
        self._act({"type": "pointer", "id": "mouse", "actions": steps})

    def press(self, keys: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        steps = [step for key in keys for step in _pressed("key", value=key)]
        self._act({"type": "key", "id": "keyboard", "actions": steps})

    def _act(self, source: dict[str, Any]) -> None:
        self.command("input.performActions", context=self.tab, actions=[source])

    def _evaluated(self, expression: str) -> dict[str, Any]:
        answer = self.command(
            "script.evaluate",
            expression=expression,
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return answer["result"]

    def _note(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        if event.get("method") == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.errors.append(params["text"])
        elif event.get("method") == "network.beforeRequestSent":
            self.asked.append(params["request"]["url"])


def _pressed(kind: str, **what: Any) -> list[dict[str, Any]]:
    return [{"type": f"{kind}Down", **what}, {"type": f"{kind}Up", **what}]


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A browser with a profile of its own, for as long as the block runs."""
    path = required(shutil.which("firefox-esr"), "firefox-esr")
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in SETTINGS.items()]
        (Path(folder) / "user.js").write_text("\n".join(lines))
        command = (path, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0")
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            try:
                address = next(found[1] for line in process.stderr if (found := _LISTENING.search(line)))
                with connect(f"{address}/session", proxy=None, max_size=None) as socket:
                    yield Firefox(socket).open()
            finally:
                process.terminate()
