"""Plays whole conversations against the real dialogue, as the gateway would: the draft and the open question travel with every message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.intake import dialogue
from bot.intake import draft as drafts
from bot.intake.turn import Inbound, Turn

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)
NUMBER = "+447700900123"
REFERENCE = "LW-7K2F-9QX"

WEB = {
    "consent": "yes",
    "about_whom": "it's for me",
    "adult": "yes",
    "lambeth_link": "I live in Lambeth",
    "needs": "that's right",
    "duration": "since last spring",
    "impact": "a lot",
    "goals": "I want to keep my flat and sleep",
    "suicidal_thoughts": "no",
    "suicidal_plan": "no",
    "self_harm": "no",
    "safe_at_home": "yes",
    "dependants": "my son, he is six",
    "support_now": "my GP gives me sertraline",
    "full_name": "Grace Mensah",
    "preferred_name": "Grace",
    "date_of_birth": "3 April 1991",
    "phone": "07700 900123",
    "other_contact": "my key worker Dan",
    "contact_method": "a call please",
    "ok_to_text": "yes",
    "voicemail_ok": "no",
    "best_time": "after 5",
    "email": "grace@example.org",
    "postcode": "SW9 8LF",
    "gp_practice": "Clapham Family Practice",
    "nhs_number": "skip",
    "access_needs": "nothing",
    "relationship": "family",
    "introducer_name": "Kofi Mensah",
    "introducer_phone": "07700 900456",
    "introducer_organisation": "St Anne's Hostel",
    "person_knows": "yes",
    "whereabouts": "Brixton station",
    "check": "yes",
    "equality_ok": "no",
}
"""An answer to every question, in words."""
STORY = ("I lost my job and I can't pay the rent", "I can't sleep and I feel low all the time", "that's all")


@dataclass
class Conversation:
    """One conversation. `say` and `tap` send a message; `turn` is what came back last."""

    channel: str = "web"
    address: str | None = None
    draft: Mapping[str, Any] = field(default_factory=drafts.empty)
    ask: str | None = "consent"
    now: datetime = NOW
    turns: list[Turn] = field(default_factory=list)
    effects: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def turn(self) -> Turn:
        return self.turns[-1]

    @property
    def text(self) -> str:
        """Everything said in the last turn."""
        return "\n".join(reply.text for reply in self.turn.replies)

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.draft["answers"]

    def value(self, ask: str) -> Any:
        return self.answers[ask]["value"]

    def say(self, text: str, **known: Any) -> Turn:
        """A message in words; `known`: intent, confidence, level, flag, choice."""
        if "intent" in known:
            known.setdefault("confidence", 0.95)
        self.now += timedelta(seconds=20)
        inbound = Inbound(
            text=text,
            channel=self.channel,
            now=self.now,
            ask=self.ask,
            reference=REFERENCE,
            address=self.address,
            **known,
        )
        turn = dialogue.take_turn(self.draft, inbound)
        self.turns.append(turn)
        self.effects += turn.effects
        self.draft, self.ask = turn.draft, turn.ask
        return turn

    def tap(self, value: str) -> Turn:
        """A tapped choice."""
        return self.say(value, choice=value)

    def play(
        self, *, until: str | None, answers: Mapping[str, str] = WEB, story: tuple[str, ...] = STORY, most: int = 60
    ) -> None:
        """Answers question after question until this ask is open (or, with None, until nothing is)."""
        telling = list(story)
        for _ in range(most):
            if self.ask == until:
                return
            assert self.ask is not None, f"nothing open before {until}"
            self.say(telling.pop(0) if self.ask == "story" and telling else answers[self.ask])
        raise AssertionError(f"{until} was never reached; open is {self.ask}")


def sms() -> Conversation:
    return Conversation(channel="sms", address=NUMBER)


def at(ask: str, *, channel: str = "web", answers: Mapping[str, str] = WEB) -> Conversation:
    """A conversation in which this question of the path is open."""
    talk = Conversation(channel=channel, address=NUMBER if channel == "sms" else None)
    talk.play(until=ask, answers=answers)
    return talk
