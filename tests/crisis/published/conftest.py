"""One installation for all publications, as the journeys have it; each conversation is had once, whatever is asserted of it."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
import yaml

from bot import directory
from tests.crisis.published.publications import CHANNELS, FOLDER, Conversation, load
from tests.crisis.published.residents import Played, play
from tests.journeys.conftest import hook, installation, mail, twilio

__all__ = ["hook", "installation", "mail", "twilio"]

AT_ONCE = 8
ALWAYS = "24 hours a day"


@pytest.fixture(scope="session")
def had(installation, twilio) -> Iterator[Callable[[Conversation, str], Played]]:
    """Gives a conversation as it was had on a channel. All of its publication are had at the same time, as in a busy service."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        known: dict[tuple[Conversation, str], Future[Played]] = {}

        def once(conversation: Conversation, channel: str) -> Played:
            if (conversation, channel) not in known:
                for one in load(conversation.publication).conversations:
                    for by in CHANNELS:
                        known[one, by] = pool.submit(play, installation, twilio, one, by)
            return known[conversation, channel].result()

        yield once


@pytest.fixture
def listed(installation) -> Callable[[str], list[dict[str, Any]]]:
    """The escalations about a conversation, as staff list them."""

    def of(conversation_id: str) -> list[dict[str, Any]]:
        rows = json.loads(installation.command("escalations", "list", "--json").stdout)
        return [row for row in rows if row["conversation"] == conversation_id]

    return of


@pytest.fixture
def introduction(installation) -> Callable[[str], dict[str, Any]]:
    """An introduction, as staff are shown it."""
    return lambda reference: json.loads(installation.command("queue", "show", reference, "--json").stdout)


@pytest.fixture(scope="session")
def open_now() -> tuple[str, ...]:
    """Every number that somebody answers day and night."""
    lines = directory.load().lines.values()
    return tuple(line.phone or line.text or "" for line in lines if line.status == "confirmed" and line.hours == ALWAYS)


@pytest.fixture(scope="session")
def unfit() -> Callable[..., list[str]]:
    """What a text holds of the words of unfit.yml, under the keys that are named."""
    words = yaml.safe_load((FOLDER / "unfit.yml").read_text(encoding="utf-8"))
    return lambda text, *keys: [word for key in keys for word in words[key] if re.search(word, text, re.IGNORECASE)]
