"""What the crisis screen says of a message: the values every other room speaks in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


class Level(str, Enum):
    """Levels of crisis.md, most urgent first."""

    CRISIS_IMMINENT = "crisis_imminent"
    CRISIS_ACTIVE = "crisis_active"
    HARM_TO_OTHERS = "harm_to_others"
    SELF_HARM = "self_harm"
    SAFEGUARDING = "safeguarding"
    PASSIVE_LOW = "passive_low"
    THIRD_PARTY = "third_party"
    SCREEN_FAILED = "screen_failed"
    HISTORICAL = "historical"
    NEGATED = "negated"
    NONE = "none"

    @property
    def urgency(self) -> int:
        """0 for none, rising with urgency; to compare two levels of one conversation."""
        return len(Level) - 1 - list(Level).index(self)


class Flag(str, Enum):
    """Who must see it: red pages crisis outreach, amber is seen by a person the same day."""

    RED = "red"
    AMBER = "amber"
    NONE = "none"


@dataclass(frozen=True)
class Reason:
    """Why: the rule's id, the resident's own matched words, and a score (1.0 for a rule, a probability otherwise)."""

    rule: str
    words: str
    score: float = 1.0


@dataclass(frozen=True)
class Assessment:
    """The screen's result for one message. A flag of NONE means "no flag", never "low risk".

    `discreet`: the phone or the chat may be watched, so that an answer must give nothing away.
    """

    level: Level
    flag: Flag
    reasons: tuple[Reason, ...] = ()
    model: str = "rules"
    ms: float = 0.0
    discreet: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready: {"level", "flag", "reasons": [{"rule", "words", "score"}], "model", "ms", "discreet"}."""
        return asdict(self) | {
            "level": self.level.value,
            "flag": self.flag.value,
            "reasons": [asdict(r) for r in self.reasons],
        }
