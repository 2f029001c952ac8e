"""The values of one turn of the conversation: what came in, what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

CHANGES = "change:"
"""Before an ask, a choice that no question offers: the answer to that question, given before, was tapped to be changed."""


@dataclass(frozen=True)
class Choice:
    """One offered answer: `value` travels, `label` is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Reply:
    """One message to the resident, as in the wire contract. `kind`: text, crisis, summary or receipt."""

    text: str
    kind: str = "text"
    ask: str | None = None
    choices: tuple[Choice, ...] = ()
    multi: bool = False
    progress: Mapping[str, int] | None = None
    reference: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, without the fields that are not set."""
        return {key: value for key, value in asdict(self).items() if value not in (None, (), False)}


@dataclass(frozen=True)
class Inbound:
    """One message from the resident, with what is known around it.

    `ask` is the question last put to them (None when none is open); `choice` the value of a tapped or numbered choice;
    `intent` and `confidence` come from the NLU; `needs` ({"domain", "own_words"}) from the needs classifier; `level` and `flag` from the crisis screen.
    """

    text: str
    channel: str
    now: datetime
    ask: str | None = None
    choice: str | None = None
    intent: str | None = None
    confidence: float = 0.0
    level: str = "none"
    flag: str = "none"
    reference: str | None = None
    address: str | None = None
    needs: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Turn:
    """What the conversation proposes: the new draft, replies in order, effects for the gateway to apply, the question now open."""

    draft: Mapping[str, Any]
    replies: tuple[Reply, ...] = ()
    effects: tuple[Mapping[str, Any], ...] = ()
    ask: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready: {"draft", "replies", "effects", "ask"}."""
        return {
            "draft": dict(self.draft),
            "replies": [reply.as_dict() for reply in self.replies],
            "effects": [dict(effect) for effect in self.effects],
            "ask": self.ask,
        }
