"""Every text that a phone may be sent, as it is sent, with what it takes: `frontdoor sms preview`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot import directory
from bot.crisis.assessment import Level
from bot.crisis.replies import Replies
from bot.gateway import wording as gateway_wording
from bot.gateway.codes import LINK_SLOT
from bot.intake import dialogue, questions
from bot.intake import wording as intake_wording
from bot.intake.turn import Choice
from spa import segments
from spa.models import Channel
from spa.replying import with_numbers

EXAMPLE = "https://frontdoor.example"
WEB_ONLY = ("too_many_chats", "kept", "signed_out", "expired", "forgotten", "broken")
"""Texts of the gateway that only a page shows."""


@dataclass(frozen=True)
class Preview:
    """One text. `name` is its place in the wording files; slots in braces are filled while the conversation goes on."""

    name: str
    text: str

    @property
    def size(self) -> segments.Size:
        """What it takes, slots as they stand."""
        return segments.size(self.text)


def texts(*, page: str = EXAMPLE) -> tuple[Preview, ...]:
    """Every text, in the order of a conversation. `page`: the address of the chat page, which the link in a text begins with."""
    named = [*_openings(), *_questions(), *_crisis(), *_gateway(), *_copy()]
    link = f"{page.rstrip('/')}/#7K2F-9QXP"
    return tuple(Preview(name, segments.plain(text.replace(LINK_SLOT, link))) for name, text in named)


def _openings() -> Iterator[tuple[str, str]]:
    replies = [reply.as_dict() for reply in dialogue.opening(Channel.SMS)]
    yield "opening", "\n\n".join(with_numbers(reply["text"], reply.get("choices")) for reply in replies)


def _questions() -> Iterator[tuple[str, str]]:
    asked = questions.load()
    for ask in asked.asks:
        question = asked[ask]
        if Channel.SMS not in question.channels:
            continue
        yield f"questions.{ask}", _with_choices(question.own.sms, question.own.choices["sms"])
        if question.other != question.own:
            yield f"questions.{ask}.other", _with_choices(question.other.sms, question.other.choices["sms"])


def _crisis() -> Iterator[tuple[str, str]]:
    replies = Replies.load(directory.load())
    for level in Level:
        for repeated, discreet in ((False, False), (True, False), (False, True)):
            card = replies.card(level, channel=Channel.SMS, repeated=repeated, discreet=discreet)
            if card is not None:
                kind = "discreet" if discreet else "again" if repeated else "first"
                yield f"crisis.{level.value}.{kind}", with_numbers(card["text"], card.get("choices"))
    yield "crisis.retracted", replies.retracted(Channel.SMS)["text"]
    yield "crisis.unavailable", replies.unavailable(Channel.SMS)["text"]


def _gateway() -> Iterator[tuple[str, str]]:
    for name, text in asdict(gateway_wording.load(directory.load())).items():
        if name not in WEB_ONLY:
            yield f"gateway.{name}", text if isinstance(text, str) else text[Channel.SMS]


def _copy() -> Iterator[tuple[str, str]]:
    wording = intake_wording.own()
    for key in wording.keys:
        yield f"copy.{key}", wording.texts[key, Channel.SMS]


def _with_choices(text: str, offered: tuple[Choice, ...]) -> str:
    return with_numbers(text, [{"value": choice.value, "label": choice.label} for choice in offered])
