"""Whether a text that nobody asked for may go to a phone now.

Every such text (a reminder; whatever staff send of their own accord) passes here before it is put into the outbox, and again before the worker
that has it in hand sends it: people say "no texts" in between. Replies to what somebody has just written, and crisis cards, do not pass here: only
the phone's own STOP holds those back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import conversations, facts, messages, outbox
from spa.models import (
    Conversation,
    ConversationState,
    Escalation,
    EscalationState,
    Introduction,
    OutboxItem,
    Purpose,
)
from spa.quiet import QuietHours

UNSAFE = ("no", "unsure")
"""Answers to "do you feel safe where you are": somebody else may read what comes."""
TEXT = "text"


class Why(StrEnum):
    """Why a text may not go, the weightiest first."""

    NO_PHONE = "no_phone"
    OPTED_OUT = "opted_out"
    OUTREACH = "outreach"
    UNSAFE = "unsafe"
    NO_TEXTS = "no_texts"
    OTHER_WAY = "other_way"
    NOT_AGREED = "not_agreed"
    QUIET = "quiet"


@dataclass(frozen=True)
class Refusal:
    """`until`: when it may go; None where it may not go at all."""

    why: Why
    until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What is known of a phone, from everything that was said on it or about it.

    `outreach`: an escalation about it is open, so a person is on it. `unsafe`: somebody else may read its texts. `ok_to_text`: False where
    anybody ever said so. `ways`: how people want to be reached who named it. `texted_us`: its holder began to text us by themselves.
    """

    address: str
    opted_out: bool = False
    outreach: bool = False
    unsafe: bool = False
    ok_to_text: bool | None = None
    ways: frozenset[str] = frozenset()
    texted_us: bool = False


def refusal(phone: Standing, *, quiet: QuietHours, now: datetime) -> Refusal | None:
    """Why an unasked text may not go to this phone at `now`, or None where it may. What is not known is never taken for a yes."""
    wanted = phone.ok_to_text is True or TEXT in phone.ways
    found = (
        (Why.NO_PHONE, not phone.address.startswith("+")),  # a short code or a name: a machine
        (Why.OPTED_OUT, phone.opted_out),
        (Why.OUTREACH, phone.outreach),
        (Why.UNSAFE, phone.unsafe),
        (Why.NO_TEXTS, phone.ok_to_text is False),
        (Why.OTHER_WAY, bool(phone.ways) and not wanted),
        (Why.NOT_AGREED, not phone.texted_us and not wanted),
    )
    why = next((why for why, holds in found if holds), None)
    if why is not None:
        return Refusal(why)
    over = quiet.over_at(now)
    return Refusal(Why.QUIET, until=over) if over is not None else None


def standing(session: Session, address: str) -> Standing:
    """What the store knows of this phone (E.164)."""
    own = list(session.scalars(select(Conversation).where(Conversation.address == address)))
    told = [*_told_in_drafts(session, address, own), *_told_in_introductions(session, address)]
    said = [one.ok_to_text for one in told if one.ok_to_text is not None]
    return Standing(
        address=address,
        opted_out=conversations.opted_out(session, address),
        outreach=_outreach(session, own),
        unsafe=any(one.unsafe for one in told) or messages.is_watched(session, *own),
        ok_to_text=all(said) if said else None,
        ways=frozenset(one.way for one in told if one.way is not None),
        texted_us=bool(own),
    )


def put(
    session: Session, conversation: Conversation, *, body: str, key: str, quiet: QuietHours, now: datetime
) -> Refusal | None:
    """Put an unasked text to the conversation's phone into the outbox, for when it may go. The refusal where it may not at all."""
    address = conversation.address or ""
    refused = refusal(standing(session, address), quiet=quiet, now=now)
    if refused is not None and refused.until is None:
        return refused
    outbox.enqueue(
        session,
        kind="sms",
        to=address,
        body=body,
        purpose=Purpose.REMINDER,
        dedupe_key=key,
        conversation_id=conversation.id,
        not_before=refused.until if refused is not None else None,
        now=now,
    )
    return None


def review(session: Session, item: OutboxItem, *, quiet: QuietHours, now: datetime) -> bool:
    """Look once more at an unasked text that is about to be sent: the hour may have come, the person may have written.

    True where it is not to be sent: it waits for its hour, is not wanted any more, or is another worker's by now.
    """
    if item.purpose != Purpose.REMINDER:
        return False
    row = outbox.in_hand(session, item)
    if row is None:
        return True
    refused = refusal(standing(session, row.recipient), quiet=quiet, now=now)
    if refused is None and not _overtaken(session, row):
        return False
    outbox.put_back(session, row, until=refused.until if refused is not None else None)
    return True


@dataclass(frozen=True)
class _Told:
    """What one draft or introduction says about reaching the phone."""

    ok_to_text: bool | None
    way: str | None
    unsafe: bool


def _told_in_drafts(session: Session, address: str, own: Sequence[Conversation]) -> Iterator[_Told]:
    given = Conversation.draft["answers"]["phone"]["value"].as_string() == address
    named = session.scalars(select(Conversation).where(Conversation.blanked_at.is_(None), given))
    for conversation in {one.id: one for one in (*own, *named)}.values():
        answers = conversation.draft.get("answers", {})
        other = _value(answers, "phone") not in (None, address)
        about_another = _value(answers, "about_whom") in ("someone_i_know", "professional")
        if other and about_another:
            continue  # what was said is about that person's phone
        yield _Told(
            ok_to_text=None if other else _value(answers, "ok_to_text"),
            way="other_phone" if other else _value(answers, "contact_method"),
            unsafe=_value(answers, "safe_at_home") in UNSAFE,
        )


def _told_in_introductions(session: Session, address: str) -> Iterator[_Told]:
    for document in session.scalars(select(Introduction.document).where(facts.having("phone", address))):
        contact = document["contact"]
        yield _Told(
            ok_to_text=contact.get("ok_to_text"),
            way=contact.get("preferred"),
            unsafe=document["safety"].get("safe_at_home") in UNSAFE,
        )


def _value(answers: Mapping[str, Any], ask: str) -> Any:
    return (answers.get(ask) or {}).get("value")


def _outreach(session: Session, own: Sequence[Conversation]) -> bool:
    about = Escalation.conversation_id.in_([one.id for one in own]), Escalation.state != EscalationState.CLOSED
    return session.scalars(select(Escalation.id).where(*about).limit(1)).first() is not None


def _overtaken(session: Session, item: OutboxItem) -> bool:
    """Whether the conversation it is about has gone on, or is over."""
    conversation = session.get(Conversation, item.conversation_id)
    return (
        conversation is None
        or conversation.state != ConversationState.OPEN
        or conversation.last_inbound_at > item.created_at
    )
