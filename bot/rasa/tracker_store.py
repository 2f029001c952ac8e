"""The engine's tracker store: one row a conversation, holding the last turn.

The gateway sends the draft and the open question with every message, so the only thing worth keeping here is the answer to
the last message: a gateway that lost it asks again under the same message id. Nothing grows, so a long conversation costs
what a short one does.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

FORM = "introduction_form"
DRAFT = "draft"

SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT PRIMARY KEY,
    message TEXT NOT NULL,
    turn TEXT NOT NULL,
    answered_at TEXT NOT NULL
)
"""


class NoTurn(RuntimeError):
    """A tracker was to be kept whose last message has not been answered with exactly one turn."""


class LastTurnStore(TrackerStore):
    """Keeps `bot.intake.turn.Turn.as_dict()` of the last message of each conversation in an SQLite file.

    Every failure of the file is raised as sqlite3.Error: a conversation that cannot be read is not a new one.
    """

    def __init__(
        self,
        domain: Domain | None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        *,
        path: str,
    ) -> None:
        """Open or make the file. Rasa's loader passes `host` (unused) and `path` of endpoints.yml."""
        super().__init__(domain, event_broker)
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=2.0)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.execute(SCHEMA)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the turn that answered the tracker's last message. Raises NoTurn where there is none, or several."""
        message = tracker.latest_message.message_id if tracker.latest_message else None
        if message is None:
            raise NoTurn("the tracker holds no message")
        row = (tracker.sender_id, message, json.dumps(last_turn(tracker)), datetime.now(timezone.utc).isoformat())
        self._connection.execute("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?)", row)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as its last turn left it; None where there was none. Raises sqlite3.Error."""
        found = self._connection.execute("SELECT message, turn FROM turns WHERE conversation = ?", (sender_id,))
        row = found.fetchone()
        if row is None:
            return None
        message, turn = row[0], json.loads(row[1])
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(
            [
                ActionExecuted(ACTION_LISTEN_NAME),
                UserUttered(message_id=message),
                BotUttered(data={"custom": {"turn": turn}}),
                *level(turn["draft"], turn["ask"]),
            ],
            self.domain,
        )
        return tracker

    async def keys(self) -> Iterable[str]:
        """Ids of the conversations held."""
        return [row[0] for row in self._connection.execute("SELECT conversation FROM turns")]

    def delete(self, conversation: str) -> bool:
        """Forget a conversation, in the journal too; whether it was held."""
        deleted = self._connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation,)).rowcount
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return deleted > 0

    def ping(self) -> None:
        """Raises sqlite3.Error where the file cannot be read any more."""
        self._connection.execute("SELECT count(*) FROM turns LIMIT 1").fetchone()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def level(draft: Any, ask: str | None) -> list[Event]:
    """Events that bring a tracker to where the gateway says the conversation is: in the form, at `ask`, listening."""
    return [ActiveLoop(FORM), SlotSet(DRAFT, draft), SlotSet(REQUESTED_SLOT, ask), ActionExecuted(ACTION_LISTEN_NAME)]


def last_turn(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The one turn uttered since the tracker's last message. Raises NoTurn."""
    turns: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and "turn" in (event.data.get("custom") or {}):
            turns.append(event.data["custom"]["turn"])
    if len(turns) != 1:
        raise NoTurn(f"{len(turns)} turns answer the last message")
    return turns[0]
