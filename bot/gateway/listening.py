"""The needs listener while it loads. A message does not wait for it: what it does not hear, the cues of the conversation may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.gateway.failures import described
from bot.needs.heard import Heard

if TYPE_CHECKING:
    from bot.needs.listener import Listener

log = structlog.get_logger()


def unheard(text: str) -> Heard | None:
    """Nothing is heard without a listener."""
    return None


class ListenerToCome:
    """`load` runs once, in a thread of the caller's."""

    def __init__(self, loader: Callable[[], Listener]) -> None:
        self._loader = loader
        self._listener: Listener | None = None

    def load(self) -> None:
        """Load it; a conversation goes on without it, so that it is logged where it cannot be loaded."""
        try:
            self._listener = self._loader()
        except Exception as e:  # noqa: BLE001 - whatever is wrong with it, residents must be answered
            log.error("listener_not_loaded", why=str(e), **described(e))

    def listen(self, text: str) -> Heard | None:
        """The vector and the needs of a message; None while it loads, and of a message without words."""
        if self._listener is None or not text.strip():
            return None
        try:
            return self._listener.listen(text)
        except Exception as e:  # noqa: BLE001 - the message is answered without it
            log.error("not_listened", **described(e))
            return None


def load_listener(models: Path) -> Listener:
    """The project's own. Its libraries take longer to load than the gateway may take to answer, so that it is imported here."""
    from bot.needs.listener import Listener

    return Listener.load(models)
