"""The screen, loaded once: it keeps nothing between messages."""

from __future__ import annotations

import pytest

from bot.crisis.screen import Screen


@pytest.fixture(scope="session")
def screen() -> Screen:
    return Screen.load()
