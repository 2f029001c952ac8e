"""What a parser gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Parsed:
    """One understood answer.

    `value` has the shape `draft["answers"][ask]["value"]` wants; `words` are the resident's own words it came from; `complete` says
    that the whole message is this answer, so that it cannot be a question back or a command.
    """

    value: Any
    words: str
    complete: bool = True


class Correction(NamedTuple):
    """Something given before is wrong: which ask (None: not said), and the new answer where it was given too."""

    ask: str | None
    parsed: Parsed | None


class Detour(NamedTuple):
    """A short command: an intent of the NLU, and the ask it is about where one is named."""

    intent: str
    target: str | None = None
