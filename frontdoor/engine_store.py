"""Keeps the engine's own store in step with retention: what was forgotten here is deleted there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import httpx

from frontdoor.settings import Settings

TIMEOUT = 5.0  # seconds


def purge(settings: Settings) -> Callable[[Sequence[str]], None]:
    """A function that deletes conversations, by id, from the engine's tracker store. It raises httpx.HTTPError where it cannot."""

    def delete(conversation_ids: Sequence[str]) -> None:
        address = f"http://127.0.0.1:{settings.engine_port}/webhooks/frontdoor"
        with httpx.Client(base_url=address, timeout=TIMEOUT, trust_env=False) as client:
            for conversation_id in conversation_ids:
                client.delete(f"/conversations/{conversation_id}").raise_for_status()

    return delete
