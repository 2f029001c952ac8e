"""Reads request bodies within a limit. Whatever is wrong with one is a Problem that names what to change."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from bot.gateway.problems import Problem

LONGEST_JSON = 512 * 1024
"""Bytes: 20,000 characters, each written as an escaped surrogate pair, and room for the rest."""
LONGEST_FORM = 256 * 1024


async def read(request: Request, *, limit: int) -> bytes:
    """The body. Raises Problem 413 for one longer than `limit` bytes, without reading on."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise too_long()
    except ClientDisconnect as e:
        raise Problem(400, "incomplete", "The request broke off.") from e
    return bytes(body)


async def read_object(request: Request, *, may_be_empty: bool = False) -> dict[str, Any]:
    """The body as a JSON object. Raises Problem 400 or 413."""
    body = await read(request, limit=LONGEST_JSON)
    if may_be_empty and not body:
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as e:
        raise Problem(400, "not_json", "The request body is not valid JSON in UTF-8.") from e
    if not isinstance(value, dict):
        raise Problem(400, "not_an_object", "The request body must be a JSON object.")
    return value


async def read_form(request: Request) -> dict[str, list[str]]:
    """A form's fields with all their values, blank ones included: Twilio signs those too. Raises Problem 400 or 413."""
    body = await read(request, limit=LONGEST_FORM)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=200
        )
    except ValueError as e:
        raise Problem(400, "not_a_form", "The request body is not a URL-encoded form in UTF-8.") from e
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def too_long() -> Problem:
    """The answer to a body or a text beyond its limit."""
    return Problem(
        413, "too_long", "That message is too long. Please send it in shorter parts, of up to 20,000 letters each."
    )
