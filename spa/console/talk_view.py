"""A live conversation as staff see it: who is in it, whether one can join, and since when the resident waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from spa import takeovers
from spa.console import permissions, wording
from spa.console.times import ago, near_stamp
from spa.console.workplace import Member
from spa.models import Conversation
from spa.takeovers import Why

REASONS: Mapping[Why, str] = {
    Why.REMOVED: "The words of this conversation are removed, so nobody can write in it.",
    Why.PUT_AWAY: "The phone may be in other hands: they said that it was not them. Do not write to it.",
    Why.OPTED_OUT: "They texted STOP, so no text reaches them. Call them if you may.",
    Why.SILENT: "They last wrote too long ago: somebody else may have the phone or the page by now. Call them instead.",
}
"""Why nobody can write to a resident, in plain words."""


@dataclass(frozen=True)
class Talk:
    """`who`: the name of the person in it ("" for nobody), `yours` whether that is the member; `why_not`: why nobody can join
    ("" where one can); `waiting`: since when the resident waits for a word of that person."""

    conversation_id: str
    who: str
    signed: str
    joined: str
    yours: bool
    why_not: str
    waiting: str
    last_wrote: str
    channel: str
    by_text: bool


def view(
    session: Session, conversation: Conversation, *, member: Member, names: Mapping[str, str], now: datetime
) -> Talk:
    """`names` gives the name of each user name."""
    there = takeovers.current(session, conversation.id)
    why = takeovers.unreachable(session, conversation, now=now)
    since = takeovers.waiting_since(session, there) if there is not None else None
    refused = "" if permissions.talk(member) else permissions.REFUSALS[permissions.talk]
    return Talk(
        conversation_id=conversation.id,
        who=names.get(there.staff, there.staff) if there is not None else "",
        signed=there.signed if there is not None else "",
        joined=near_stamp(there.joined_at, now) if there is not None else "",
        yours=there is not None and there.staff == member.username,
        why_not=REASONS[why] if why is not None else refused,
        waiting=ago(since, now) if since is not None else "",
        last_wrote=ago(conversation.last_inbound_at, now),
        channel=wording.plain(str(conversation.channel), wording.CHANNELS),
        by_text=str(conversation.channel) == "sms",
    )
