"""What was heard in one message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heard:
    """`vector`: 384 numbers of the whole message. `needs`: {"domain", "own_words"}, the surest first."""

    vector: tuple[float, ...]
    needs: tuple[dict[str, str], ...]
