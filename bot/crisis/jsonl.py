"""The logic of `frontdoor screen --jsonl`: one JSON object a line in, one a line out, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bot.crisis.screen import Screen

KNOWN = {"id", "messages", "asked"}


class MalformedLine(ValueError):
    """A line is not what the contract asks for; the message names the line, never what stands in it."""


def run(lines: Iterable[str], write: Callable[[str], object], screen: Screen) -> None:
    """Read `{"id": str, "messages": [str, …], "asked": str | null}`, write `{"id", "level", "flag", "reasons", "ms"}`.

    `write` gets each line with its line break as soon as it is known. Raises MalformedLine at the first wrong line.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked = _parsed(line, number=number)
        result = screen.assess(asked["messages"], asked=asked.get("asked")).as_dict()
        found = {"id": asked["id"]} | {key: result[key] for key in ("level", "flag", "reasons", "ms")}
        write(json.dumps(found, ensure_ascii=False) + "\n")


def _parsed(line: str, *, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as e:
        raise MalformedLine(f"line {number}: not JSON") from e
    if not isinstance(found, dict):
        raise MalformedLine(f"line {number}: not a JSON object")
    if unknown := set(found) - KNOWN:
        raise MalformedLine(f"line {number}: unknown keys {sorted(unknown)}")
    if not isinstance(found.get("id"), str):
        raise MalformedLine(f'line {number}: "id" must be text')
    messages = found.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(text, str) for text in messages):
        raise MalformedLine(f'line {number}: "messages" must be a list of one or more texts')
    if not isinstance(found.get("asked"), str | None):
        raise MalformedLine(f'line {number}: "asked" must be text or null')
    return found
