"""The publications as data: one YAML file each, with its source, its criteria, and conversations of our own written to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parent
CHANNELS = ("web", "sms")
FLAGS = ("none", "amber", "red")
"""In rising order."""


@dataclass(frozen=True)
class Conversation:
    """What one resident says, and what must come of it.

    `at`: the question open when it begins. `flag`: the least that staff must see at the end ("none": none is called for). `by`: the message
    by which it must be there (the last). `calm`: how many messages at the start must set nothing off. `hands_over`: whether
    it goes on until the introduction is sent.
    """

    publication: str
    id: str
    says: tuple[str, ...]
    flag: str
    at: str = "story"
    by: int = 0
    calm: int = 0
    hands_over: bool = False

    @property
    def due(self) -> int:
        """The number of the message by which the flag must be there, from 1."""
        return self.by or len(self.says)


@dataclass(frozen=True)
class Publication:
    """Where the criteria come from, what they are, and the conversations that try them."""

    source: str
    criteria: dict[str, str]
    conversations: tuple[Conversation, ...]


def load(name: str) -> Publication:
    """Read and check `name`.yml. Raises ValueError for a flag that is not known, a number of no message, and where something is missing."""
    data = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    if set(data) != {"source", "criteria", "conversations"}:
        raise ValueError(f"{name}.yml: {sorted(data)}")
    conversations = tuple(_conversation(name, entry) for entry in data["conversations"])
    if len({one.id for one in conversations}) != len(conversations):
        raise ValueError(f"{name}.yml: an id comes twice")
    return Publication(data["source"], data["criteria"], conversations)


def cases(name: str, *, flagged: bool | None = None, handed_over: bool = False) -> list[Any]:
    """A pytest parameter for every conversation and channel: (conversation, channel).

    `flagged`: only those that must, or need not, be flagged. `handed_over`: only those that end in an introduction.
    """
    publication = load(name)
    return [
        pytest.param(one, channel, id=f"{one.id}-{channel}")
        for one in publication.conversations
        for channel in CHANNELS
        if flagged is None or flagged == (one.flag != "none")
        if one.hands_over or not handed_over
    ]


def at_least(flag: str, least: str) -> bool:
    """Whether a flag is this serious, or more."""
    return FLAGS.index(flag) >= FLAGS.index(least)


def _conversation(name: str, entry: dict[str, Any]) -> Conversation:
    made = Conversation(publication=name, **entry | {"says": tuple(entry["says"])})
    if made.flag not in FLAGS or not made.says or made.due > len(made.says):
        raise ValueError(f"{name}.yml: {made.id}")
    return made
