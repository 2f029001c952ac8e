"""The client of the conversation engine (Rasa, on loopback). Whatever goes wrong there is one error here: EngineUnavailable."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import httpx

from bot.intake.turn import Choice, Reply, Turn

PATH = "/webhooks/frontdoor/"
READY_SECONDS = 2.0
LONGEST_ANSWER = 4 * 1024 * 1024
KINDS = frozenset({"text", "crisis", "summary", "receipt"})


class EngineUnavailable(Exception):
    """No turn came. `reason` is a code for the log: "unreachable", "slow", "status_503", "malformed", …"""

    UNREACHABLE = "unreachable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class TurnRequest:
    """One message on its way to the engine, with all that the engine needs to know of the conversation."""

    conversation: str
    message: str
    channel: str
    text: str
    choice: str | None
    ask: str | None
    level: str
    flag: str
    draft: Mapping[str, Any]
    reference: str | None
    address: str | None
    now: datetime
    vector: tuple[float, ...] | None = None
    needs: tuple[Mapping[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The engine wire of docs/architecture.md."""
        return asdict(self) | {"now": self.now.isoformat()}


class Engine:
    """Speaks to one engine over HTTP. `timeout` is seconds for a whole turn."""

    def __init__(self, base_url: str, *, timeout: float) -> None:
        self._timeout = timeout
        # The engine is on loopback: a proxy named in the environment must not see the messages.
        self._client = httpx.AsyncClient(base_url=base_url, timeout=timeout, trust_env=False)

    async def turn(self, request: TurnRequest) -> Turn:
        """What the engine proposes for this message; the same again for a message it has answered. Raises EngineUnavailable."""
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.post(f"{PATH}turn", json=request.as_dict())
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout) as e:
            raise EngineUnavailable("slow") from e
        except (httpx.ConnectTimeout, httpx.ConnectError) as e:
            raise EngineUnavailable(EngineUnavailable.UNREACHABLE) from e
        except httpx.HTTPError as e:
            raise EngineUnavailable("broken_off") from e
        if response.status_code != httpx.codes.OK:
            raise EngineUnavailable(f"status_{response.status_code}")
        if len(response.content) > LONGEST_ANSWER:
            raise EngineUnavailable("malformed")
        try:
            return read_turn(response.json())
        except (ValueError, TypeError, RecursionError) as e:
            raise EngineUnavailable("malformed") from e

    async def ready(self) -> bool:
        """Whether the engine says that its model and its tracker store are ready."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                response = await self._client.get(PATH)
            body = response.json() if response.status_code == httpx.codes.OK else None
        except (TimeoutError, httpx.HTTPError, ValueError):
            return False
        return isinstance(body, dict) and body.get("status") == "ok"

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def read_turn(body: object) -> Turn:
    """The turn in the engine's JSON. Raises ValueError or TypeError on anything but the wire of docs/architecture.md."""
    fields = _mapping(body)
    if not {"replies", "effects", "draft"} <= fields.keys():
        raise ValueError("replies, effects and draft are required")
    return Turn(
        draft=_mapping(fields["draft"]),
        replies=tuple(_reply(_mapping(reply)) for reply in _list(fields["replies"])),
        effects=tuple(_effect(_mapping(effect)) for effect in _list(fields["effects"])),
        ask=_optional_text(fields.get("ask")),
    )


def _reply(fields: Mapping[str, Any]) -> Reply:
    choices = [_mapping(choice) for choice in _list(fields.get("choices") or [])]
    reply = Reply(
        **{
            **fields,
            "choices": tuple(Choice(value=str(c["value"]), label=str(c["label"])) for c in choices if _is_choice(c)),
        }
    )
    if not isinstance(reply.text, str) or not reply.text or reply.kind not in KINDS:
        raise ValueError("a reply needs a text and a kind")
    if reply.progress is not None:
        _mapping(reply.progress)
    _optional_text(reply.ask)
    _optional_text(reply.reference)
    return reply


def _is_choice(fields: Mapping[str, Any]) -> bool:
    if not {"value", "label"} <= fields.keys():
        raise ValueError("a choice needs a value and a label")
    return True


def _effect(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(fields.get("type"), str):
        raise ValueError("an effect needs a type")
    return fields


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError("a list is expected")
    return list(value)


def _optional_text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("a text or null is expected")
    return value
