"""The line between a browser and the gateway, which can go dead without either end being told: as when a laptop slept."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class Line:
    """Passes bytes on to a port of this machine. `address`: where it is reached."""

    port: int
    address: str = ""
    _server: socket.socket | None = None
    _dead: list[threading.Event] = field(default_factory=list)
    _open: list[socket.socket] = field(default_factory=list)

    def go_dead(self) -> None:
        """Every connection that there is now stays open and carries nothing more; new ones work."""
        for dead in self._dead:
            dead.set()

    def listen(self) -> None:
        """Take connections until `close`."""
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def close(self) -> None:
        """End every connection."""
        for one in (self._server, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self, server: socket.socket) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _ = server.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
                dead = threading.Event()
                self._dead.append(dead)
                self._open += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=_carry, args=(source, target, dead), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket, dead: threading.Event) -> None:
    with suppress(OSError):  # closed at either end
        while data := source.recv(CHUNK):
            if not dead.is_set():
                target.sendall(data)
        if not dead.is_set():
            target.shutdown(socket.SHUT_WR)


@contextmanager
def line(port: int) -> Iterator[Line]:
    """A line to this port, for as long as the block runs."""
    made = Line(port)
    made.listen()
    try:
        yield made
    finally:
        made.close()
