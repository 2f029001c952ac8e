"""Words that may mean a medical emergency right now: a heart attack, somebody who does not wake up. Advice follows, no judgement."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.intake.parsing import cues
from bot.intake.parsing.wording import plain

KEYS = ("now", "not_now")


def heard(text: str) -> bool:
    """Whether the text may tell of one that is going on, and not of one long ago, of panic that is known, or of somebody's death."""
    found = cues.find(text, {"now": _cues()["now"]})
    return bool(found) and _cues()["not_now"].search(plain(text)) is None


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    return cues.table(cues.read("emergencies.yml", keys=KEYS))
