"""A resident on either channel, talking to the processes as they run, with what staff see of it after every message."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.crisis.published.publications import Conversation
from tests.journeys.answers import GRACE, MARCUS
from tests.journeys.installation import Installation, eventually
from tests.journeys.web_chat import WebChat
from tests.twilio_server.server import TwilioServer

NUMBERS = itertools.count(400)
AFTER_A_FLAG = {
    "whereabouts": "at home, 12 Acre Lane",
    "suicidal_plan": "no",
    "suicidal_thoughts": "no",
    "self_harm": "no",
    "phone": "07700 900124",
}
"""Answers to the questions that a flag may bring."""
MOST_ANSWERS = 60
REFERENCE = re.compile(r"LW-[0-9A-Z]{4}-[0-9A-Z]{3}")


class Resident(Protocol):
    """Somebody who talks to Front Door; `id` is the conversation's."""

    @property
    def id(self) -> str: ...
    @property
    def ask(self) -> str | None: ...
    def say(self, text: str) -> list[str]: ...


@dataclass
class OnTheWeb:
    """A resident on the chat page."""

    chat: WebChat

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.chat.id

    @property
    def ask(self) -> str | None:
        """The question that is open."""
        return self.chat.ask

    def say(self, text: str) -> list[str]:
        """Send one message; the texts of its replies."""
        return [reply["text"] for reply in self.chat.say(text)]


@dataclass
class ByText:
    """A resident with a phone."""

    installation: Installation
    twilio: TwilioServer
    number: str

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.installation.rows("SELECT id FROM conversation WHERE address = ?", self.number)[0][0]

    @property
    def ask(self) -> str | None:
        """The question that is open."""
        return self.installation.ask_of(address=self.number)

    def say(self, text: str) -> list[str]:
        """Send one text; what came back once nothing is left to answer or to deliver."""
        phone = self.twilio.phone(self.number)
        before = len(phone.texts)
        assert self.twilio.inbound(self.number, text).status_code == 200
        eventually(self._settled, what="an answer by text")
        return phone.texts[before:]

    def _settled(self) -> bool:
        waiting = "SELECT count(*) FROM message WHERE conversation_id = ? AND state = 'received'"
        leaving = "SELECT count(*) FROM outbox_item WHERE recipient = ? AND state IN ('queued', 'leased')"
        return self.installation.rows(waiting, self.id) == self.installation.rows(leaving, self.number) == [(0,)]


@dataclass(frozen=True)
class Turn:
    """One message with its replies, the question that is open after it, and the escalation that staff see by then."""

    said: str
    replies: tuple[str, ...]
    ask: str | None
    flag: str
    level: str

    @property
    def text(self) -> str:
        """Everything that was replied."""
        return "\n".join(self.replies)


@dataclass
class Played:
    """A conversation that was had. `reference`: of the introduction it ended in, if it went on as far as that."""

    installation: Installation
    resident: Resident
    turns: list[Turn] = field(default_factory=list)
    reference: str = ""

    @property
    def last(self) -> Turn:
        """The last turn."""
        return self.turns[-1]

    @property
    def text(self) -> str:
        """Everything that was replied."""
        return "\n".join(turn.text for turn in self.turns)

    def say(self, text: str) -> Turn:
        """One more message."""
        replies = self.resident.say(text)
        seen = self.installation.rows(
            "SELECT flag, level FROM escalation WHERE conversation_id = ? AND state != 'closed'", self.resident.id
        )
        flag, level = seen[0] if seen else ("none", "none")
        turn = Turn(text, tuple(replies), self.resident.ask, flag.lower(), level)
        self.turns.append(turn)
        return turn


def play(installation: Installation, twilio: TwilioServer, conversation: Conversation, channel: str) -> Played:
    """Have the conversation, from the first question to the last thing the resident says."""
    resident: Resident
    if channel == "web":
        resident = OnTheWeb(WebChat(installation.gateway).open())
    else:
        resident = ByText(installation, twilio, f"+447700900{next(NUMBERS)}")
        resident.say("hello")
    _come_to(resident, conversation.at, answers(channel))
    played = Played(installation, resident)
    for text in conversation.says:
        played.say(text)
    if conversation.hands_over:
        played.reference = _hand_over(resident, answers(channel) | {"story": "that's all"})
    return played


def answers(channel: str) -> dict[str, Any]:
    """What the resident answers to everything else."""
    return {**AFTER_A_FLAG, **(GRACE if channel == "web" else MARCUS)}


def _come_to(resident: Resident, ask: str, given: Mapping[str, Any]) -> None:
    left = {one: list(value) if isinstance(value, list) else [value] for one, value in given.items()}
    for _ in range(MOST_ANSWERS):
        if resident.ask == ask:
            return
        answer = left[str(resident.ask)].pop(0)
        resident.say(answer[1] if isinstance(answer, tuple) else answer)
    raise AssertionError(f"{ask!r} was never asked")


def _hand_over(resident: Resident, given: Mapping[str, Any]) -> str:
    """Answer whatever is asked until the introduction is sent; its reference."""
    left = {ask: list(one) if isinstance(one, list) else [one] * 5 for ask, one in given.items()}
    for _ in range(MOST_ANSWERS):
        ask = str(resident.ask)
        assert left.get(ask), f"no answer left for {ask!r}"
        answer = left[ask].pop(0)
        sent = REFERENCE.search("\n".join(resident.say(answer[1] if isinstance(answer, tuple) else answer)))
        if sent:
            return sent[0]
    raise AssertionError("the introduction was never sent")
