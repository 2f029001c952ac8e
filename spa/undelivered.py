"""Texts to a resident that never reached the phone: why, in words for staff, and who is to see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import conversations, outbox, paging
from spa.models import Escalation, EscalationState, OutboxItem, OutboxKind, OutboxState, Purpose, StepAction

UNSUBSCRIBED = "twilio_21610"
NOT_REVIEWED = "not_reviewed"
TOO_LATE = "too_late"
"""It had waited until the phone might be in other hands, and was taken back (`spa.late`)."""
REASONS: Mapping[str, str] = {
    "twilio_21211": "the number is not a phone number",
    "twilio_21408": "texts to that country are switched off",
    "twilio_21612": "our number cannot reach that phone",
    "twilio_21614": "the number is not a mobile phone",
    UNSUBSCRIBED: "the phone asked for no more texts",
    "twilio_30003": "the phone is switched off or out of reach",
    "twilio_30004": "the phone or its network blocks our texts",
    "twilio_30005": "the number is not in use",
    "twilio_30006": "it is a landline, or its network takes no texts",
    "twilio_30007": "the network took the text for spam",
    "twilio_30008": "the network did not say why",
    "channel_off": "texts are not set up",
    NOT_REVIEWED: "it could not be looked up whether this phone may be texted",
    TOO_LATE: "it waited for an hour and was taken back, because somebody else may have the phone by now",
}
"""By our error code: Twilio's, as its error dictionary explains them."""
UNDELIVERED = ("undelivered", "failed")


def reason(error: str | None) -> str:
    """Why a text did not arrive, for staff; a code without words is shown as itself."""
    return REASONS.get(error or "", error or "the network did not say why")


def note(session: Session, item: OutboxItem, *, now: datetime) -> None:
    """A text that was given up, or that the network could not deliver, is put on the open escalation of its conversation.

    Where the phone asked the network for no more texts, that holds here too.
    """
    if item.kind != OutboxKind.SMS or item.purpose == Purpose.PAGE:
        return
    if item.error == UNSUBSCRIBED:
        conversations.opt_out(session, item.recipient, now=now)
    open_one = Escalation.conversation_id == item.conversation_id, Escalation.state != EscalationState.CLOSED
    escalation = session.scalars(select(Escalation).where(*open_one)).one_or_none()
    if escalation is not None:
        told = f"A text to them did not arrive: {reason(item.error)}"
        paging.add_step(session, escalation, StepAction.NOTED, actor=paging.SYSTEM, detail=told, now=now)


def lost(session: Session, conversation_id: str) -> OutboxItem | None:
    """The last text of this conversation, if it did not arrive; one that arrived after a lost one means that the phone works."""
    sent_or_lost = OutboxItem.state.in_((OutboxState.SENT, OutboxState.FAILED))
    texts = OutboxItem.conversation_id == conversation_id, OutboxItem.kind == OutboxKind.SMS
    wanted = OutboxItem.error.is_distinct_from(outbox.WITHDRAWN)
    last = session.scalars(
        select(OutboxItem)
        .where(*texts, OutboxItem.purpose != Purpose.PAGE, sent_or_lost, wanted)
        .order_by(OutboxItem.id.desc())
        .limit(1)
    ).first()
    if last is None or last.error == conversations.FORGOTTEN:
        return None
    return last if last.state == OutboxState.FAILED or last.provider_status in UNDELIVERED else None
