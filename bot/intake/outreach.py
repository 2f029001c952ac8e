"""When crisis outreach is there: said only where its hours are confirmed in the directory."""

from __future__ import annotations

from functools import lru_cache

from bot import directory
from bot.directory import Directory
from bot.intake.turn import Inbound
from bot.intake.wording import say

LINE = "crisis_outreach"


def when(inbound: Inbound, lines: Directory | None = None) -> str:
    """That the team is at work now, or is not, with its hours; "" where they are not confirmed, so that nothing is promised."""
    line = (lines or _own()).lines.get(LINE)
    there = line.is_open(inbound.now) if line is not None else None
    if line is None or there is None:
        return ""
    key = "safety.outreach_open" if there else "safety.outreach_closed"
    return say(key, inbound.channel, hours=str(line.hours))


@lru_cache(maxsize=1)
def _own() -> Directory:
    return directory.load()
