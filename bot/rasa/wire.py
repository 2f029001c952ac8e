"""What the gateway sends for one turn, checked; and how it travels through Rasa as the message's metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.intake.parsing.needs import DOMAINS
from bot.intake.turn import Inbound

CHANNELS = ("web", "sms")
MAX_ID = 200
MAX_TEXT = 100_000
NLU_TEXT = 1_000  # an intent shows in the first sentences; the actions still read all of it
NO_WORDS = "…"  # Rasa drops a message without text, and with it the turn


class BadRequest(ValueError):
    """The body is not a turn; the message names the field, never its value."""


@dataclass(frozen=True)
class TurnRequest:
    """One inbound message with the gateway's draft and open question. `now` is aware."""

    conversation: str
    message: str
    inbound: Inbound
    draft: Mapping[str, Any]

    @property
    def words(self) -> str:
        """The text the NLU reads: never a command of Rasa's, never empty, cut to NLU_TEXT characters.

        Rasa takes text that starts with `/` for an intent of its own choosing and skips the NLU.
        """
        return self.inbound.text[: 2 * NLU_TEXT].lstrip("/ \t\r\n\f\v\x00")[:NLU_TEXT].strip() or NO_WORDS


def read(body: object) -> TurnRequest:
    """Check a decoded JSON body. Raises BadRequest naming the first wrong field."""
    if not isinstance(body, dict):
        raise BadRequest("the body must be an object")
    channel = _text(body, "channel", MAX_ID)
    if channel not in CHANNELS:
        raise BadRequest(f"channel must be one of {', '.join(CHANNELS)}")
    draft = body.get("draft")
    if not isinstance(draft, dict):
        raise BadRequest("draft must be an object")
    inbound = Inbound(
        text=_text(body, "text", MAX_TEXT, empty=True),
        channel=channel,
        now=_moment(body),
        ask=_optional(body, "ask"),
        choice=_optional(body, "choice", MAX_TEXT),  # what a client sent, as long as it pleased
        level=_optional(body, "level") or "none",
        flag=_optional(body, "flag") or "none",
        reference=_optional(body, "reference"),
        address=_optional(body, "address"),
        needs=_needs(body),
    )
    return TurnRequest(_text(body, "conversation", MAX_ID), _text(body, "message", MAX_ID), inbound, draft)


def as_metadata(inbound: Inbound) -> dict[str, Any]:
    """JSON-ready, for the message's metadata; the actions and the arbiter read it back with `from_metadata`."""
    return {
        "text": inbound.text,
        "channel": inbound.channel,
        "now": inbound.now.isoformat(),
        "ask": inbound.ask,
        "choice": inbound.choice,
        "level": inbound.level,
        "flag": inbound.flag,
        "reference": inbound.reference,
        "address": inbound.address,
        "needs": [dict(need) for need in inbound.needs],
    }


def from_metadata(metadata: Mapping[str, Any], *, intent: str | None, confidence: float) -> Inbound:
    """The message as the conversation reads it. Raises KeyError where the metadata is not of `as_metadata`."""
    fields = {
        name: metadata[name] for name in ("text", "channel", "ask", "choice", "level", "flag", "reference", "address")
    }
    return Inbound(
        now=datetime.fromisoformat(metadata["now"]),
        intent=intent,
        confidence=confidence,
        needs=tuple(metadata["needs"]),
        **fields,
    )


def _text(body: Mapping[str, Any], name: str, limit: int, *, empty: bool = False) -> str:
    value = body.get(name)
    if not isinstance(value, str) or len(value) > limit or not (value or empty):
        raise BadRequest(f"{name} must be a text of at most {limit} characters")
    # JSON may carry half of a surrogate pair, which no later step can encode.
    return value.encode("utf-8", "replace").decode("utf-8")


def _optional(body: Mapping[str, Any], name: str, limit: int = MAX_ID) -> str | None:
    return None if body.get(name) is None else _text(body, name, limit, empty=True)


def _needs(body: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    given = body.get("needs") or []
    if not isinstance(given, list) or not all(
        isinstance(need, dict) and need.get("domain") in DOMAINS and isinstance(need.get("own_words"), str)
        for need in given
    ):
        raise BadRequest("needs must be objects with a domain and own_words")
    return tuple({"domain": need["domain"], "own_words": need["own_words"]} for need in given)


def _moment(body: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(body, "now", MAX_ID).replace("Z", "+00:00"))
    except ValueError as e:
        raise BadRequest("now must be an ISO 8601 time") from e
    if moment.tzinfo is None:
        raise BadRequest("now must name its offset from UTC")
    return moment
