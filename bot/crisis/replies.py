"""The fixed replies of `data/crisis/replies.yml`: what a resident gets at once, before and without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.crisis.assessment import Level
from bot.crisis.datafile import FOLDER, RuleError, check_keys, entries, read
from bot.directory import Directory

CHANNELS = ("web", "sms")
SHARED = "shared"


@dataclass(frozen=True)
class Wording:
    """One card on one channel, filled: the text, the question put after it with its choices, the shorter follow-up."""

    first: str
    question: str | None = None
    choices: tuple[Mapping[str, str], ...] = ()
    again: str | None = None


@dataclass(frozen=True)
class Card:
    """One level's card on every channel. `ask` is the id of the question; `discreet` the text for a watched phone."""

    wordings: Mapping[str, Wording]
    kind: str = "crisis"
    ask: str | None = None
    discreet: Mapping[str, str] | None = None


class Replies:
    """Fixed texts by level and channel; nothing of what the resident wrote ever enters them."""

    def __init__(
        self, cards: Mapping[Level, Card], *, retracted: Mapping[str, str], unavailable: Mapping[str, str]
    ) -> None:
        self._cards = cards
        self._retracted = retracted
        self._unavailable = unavailable

    @classmethod
    def load(cls, directory: Directory, *, path: Path = FOLDER / "replies.yml") -> Replies:
        """Read, check and fill the file. Raises RuleError, or DirectoryError for a line that may not be shown."""
        known = ("choices", "cards", "retracted", "unavailable")
        data = check_keys(read(path), path=path, known=known, required=known)
        shared = entries(data["choices"], path=path)
        cards = {
            Level(level): _card(entry, shared=shared, directory=directory, path=path)
            for level, entry in entries(data["cards"], path=path).items()
        }
        return cls(
            cards,
            retracted=_by_channel(data["retracted"], directory=directory, path=path),
            unavailable=_by_channel(data["unavailable"], directory=directory, path=path),
        )

    def card(
        self, level: Level, *, channel: str, repeated: bool, discreet: bool = False, asked: str | None = None
    ) -> dict[str, Any] | None:
        """The reply for a level (`kind`, `text`, and `ask`, `choices` where it asks), or None where none is due.

        `repeated`: a card was shown before, so the shorter one; `discreet`: phone or chat may be watched, so no word of
        harm on any channel; `asked`: the question now open, which is not put a second time.
        """
        card = self._cards.get(level)
        if card is None:
            return None
        wording = card.wordings[channel]
        if discreet:
            return {"kind": "text", "text": self._discreet(card, channel=channel)} if wording.again else None
        if repeated:
            return {"kind": card.kind, "text": wording.again} if wording.again else None
        if wording.question is None or card.ask is None:
            return {"kind": card.kind, "text": wording.first}
        if card.ask == asked:
            # The answer to this very question led here; thanking somebody for a plain "in the past" is the engine's part.
            return {"kind": card.kind, "text": wording.first} if wording.again else None
        reply = {"kind": card.kind, "text": f"{wording.first} {wording.question}", "ask": card.ask}
        return reply | ({"choices": [dict(choice) for choice in wording.choices]} if wording.choices else {})

    def _discreet(self, card: Card, *, channel: str) -> str:
        quiet = card.discreet or self._cards[Level.SAFEGUARDING].discreet or {}
        return quiet[channel]

    def retracted(self, channel: str, *, discreet: bool = False) -> dict[str, Any]:
        """The kind text after "jk" or "forget it"; it changes nothing for staff. `discreet`: it gives nothing away."""
        if discreet:
            return {"kind": "text", "text": self._discreet(self._cards[Level.SAFEGUARDING], channel=channel)}
        return {"kind": "text", "text": self._retracted[channel]}

    def unavailable(self, channel: str) -> dict[str, Any]:
        """The honest text when the engine cannot answer: the message is kept, and these lines are there now."""
        return {"kind": "text", "text": self._unavailable[channel]}


def _card(entry: object, *, shared: Mapping[str, Any], directory: Directory, path: Path) -> Card:
    fields = check_keys(entry, path=path, known=("kind", "ask", "discreet", *CHANNELS), required=CHANNELS)
    wordings = {
        channel: _wording(fields[channel], shared=shared[channel], directory=directory, path=path)
        for channel in CHANNELS
    }
    quiet = fields.get("discreet")
    return Card(
        wordings=wordings,
        kind=str(fields.get("kind", "crisis")),
        ask=fields.get("ask"),
        discreet=_by_channel(quiet, directory=directory, path=path) if quiet else None,
    )


def _wording(entry: object, *, shared: Any, directory: Directory, path: Path) -> Wording:
    fields = check_keys(entry, path=path, known=("first", "question", "choices", "again"), required=("first",))
    choices = fields.get("choices", [])
    choices = shared if choices == SHARED else choices
    filled = {name: directory.fill(str(fields[name])) for name in ("first", "question", "again") if name in fields}
    return Wording(
        first=filled["first"],
        question=filled.get("question"),
        choices=tuple(_choice(choice, path=path) for choice in choices),
        again=filled.get("again"),
    )


def _choice(entry: object, *, path: Path) -> Mapping[str, str]:
    fields = check_keys(entry, path=path, known=("value", "label"), required=("value", "label"))
    if not all(isinstance(value, str) for value in fields.values()):
        raise RuleError(f"{path.name}: put quotes around {fields}")
    return fields


def _by_channel(entry: object, *, directory: Directory, path: Path) -> dict[str, str]:
    fields = check_keys(entry, path=path, known=CHANNELS, required=CHANNELS)
    return {channel: directory.fill(str(text)) for channel, text in fields.items()}
