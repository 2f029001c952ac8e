"""The crisis screen while it loads: the gateway answers before it is there, and a message waits for it rather than pass unscreened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from bot.crisis.assessment import Assessment

if TYPE_CHECKING:
    from bot.crisis.screen import Screen

WARMING = ("hello", "I would like to talk about my housing")
"""Assessed once after loading: what is made at first use is made before the first resident writes."""


class ScreenToCome:
    """`load` runs once, in a thread of the caller's; everything else waits for it."""

    def __init__(self, loader: Callable[[], Screen]) -> None:
        self._loader = loader
        self._loaded: Future[Screen] = Future()
        self._settled: Future[None] = Future()

    def load(self) -> None:
        """Load it. Raises what the loader raises; whoever waits then gets that too."""
        try:
            screen = self._loader()
            for text in WARMING:
                screen.assess([text])
            self._loaded.set_result(screen)
        except BaseException as e:
            self._loaded.set_exception(e)
            raise
        finally:
            self._settled.set_result(None)

    @property
    def is_there(self) -> bool:
        """It is loaded and works."""
        return self._loaded.done() and self._loaded.exception() is None

    async def settled(self) -> None:
        """Return when it is loaded, or can never be: await this before a transaction that needs it, so that none is held meanwhile."""
        if not self._settled.done():
            await asyncio.wait([asyncio.wrap_future(self._settled)])

    def assess(self, messages: Sequence[str], *, asked: str | None = None, known: int = 0) -> Assessment:
        """As bot.crisis.screen.Screen; waits while it loads, raises where it could not be loaded."""
        return self._loaded.result().assess(messages, asked=asked, known=known)

    def across(self, messages: Sequence[str]) -> Assessment:
        """As bot.crisis.screen.Screen."""
        return self._loaded.result().across(messages)


def load_screen() -> Screen:
    """The project's own screen. Its libraries take longer to load than the gateway may take to answer, so that it is imported here."""
    from bot.crisis.screen import Screen

    return Screen.load()
