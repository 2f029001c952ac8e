"""Whether our texts reach the phone that an introduction came from: staff must not wait for an answer to one that never arrived."""

from __future__ import annotations

from sqlalchemy.orm import Session

from spa import undelivered
from spa.console.contact_rules import Rule


def rules(session: Session, conversation_id: str) -> tuple[Rule, ...]:
    """A rule for staff where the last text did not arrive."""
    item = undelivered.lost(session, conversation_id)
    if item is None:
        return ()
    return (
        Rule(
            "ask", "Our last text did not arrive", f"Reason: {undelivered.reason(item.error)}. Reach them another way."
        ),
    )
