"""What every page says until somebody acknowledges it: the escalations that nobody has yet, without a word of a resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from spa import escalations
from spa.console import wording
from spa.console.escalation_view import next_step
from spa.console.times import ago
from spa.models import EscalationState


@dataclass(frozen=True)
class Unanswered:
    """One that waits. `mark` is another text for each alarm raised, so that a browser sounds once for each."""

    code: str
    mark: str
    flag: str
    flag_words: str
    level: str
    opened_ago: str
    next_step: str


def unanswered(session: Session, *, now: datetime) -> tuple[Unanswered, ...]:
    """Every escalation that nobody has acknowledged, red and most urgent first."""
    return tuple(
        Unanswered(
            code=escalation.code,
            mark=f"{escalation.code}:{escalation.alerts}",
            flag=escalation.flag.value,
            flag_words=wording.plain(escalation.flag.value, wording.FLAGS),
            level=wording.plain(str(escalation.level), wording.LEVELS),
            opened_ago=ago(escalation.opened_at, now),
            next_step=next_step(escalation, now),
        )
        for escalation in escalations.open_now(session)
        if escalation.state == EscalationState.OPEN
    )
