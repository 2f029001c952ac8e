"""What one handler of a message decides, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

NEXT = "next"


@dataclass(frozen=True)
class Step:
    """A new draft, what to say first (texts, in order), effects, and which question to put.

    `ask`: an ask id, None for no question at all, or NEXT for the next one on the way. `short`: put it in fewer words. `silent`: open it
    without putting it, because a crisis card just did, or because it was put already. `receipt`: the first text said is the receipt.
    `extra`: choices offered besides the question's own ((value, label), …).
    """

    draft: dict[str, Any]
    said: tuple[str, ...] = ()
    effects: tuple[Mapping[str, Any], ...] = ()
    ask: str | None = NEXT
    short: bool = False
    silent: bool = False
    receipt: bool = False
    extra: tuple[tuple[str, str], ...] = ()

    def doing(self, *effects: Mapping[str, Any]) -> Step:
        """The same step with these effects too."""
        return replace(self, effects=(*self.effects, *effects))
