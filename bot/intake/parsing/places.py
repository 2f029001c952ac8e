"""Does a message name a place where somebody could be found?"""

from __future__ import annotations

import re

_PLACE = re.compile(
    r"\b(?:at|on|in|near|by|outside|home|flat|house|bridge|station|park|road|street|estate|bus|train|hostel|hospital)\b",
    re.I,
)


def names_a_place(text: str) -> bool:
    """Whether it may say where somebody is: "at home", "Brixton station"."""
    return _PLACE.search(text) is not None
