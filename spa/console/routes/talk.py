"""Staff in a resident's conversation: join, write, hand back. While somebody is in it the assistant is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from bot.intake import attended
from spa import audit, conversations, escalations, introductions, messages, takeovers
from spa.console import answered, conversation_view, escalation_view, permissions, talk_view
from spa.console.access import FromOwnForm, Present, SignedIn
from spa.console.forms import Kept, NotFound, Refused, Trouble, permitted, written
from spa.console.known import known
from spa.console.names import names_of_staff
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Conversation

router = APIRouter(prefix="/conversations/{conversation_id}")

DONE = {
    "joined": "You are in the conversation. The resident was told, and the assistant is silent.",
    "handed_back": "You have handed the conversation back. The assistant has taken it up again.",
}
GONE = "You are not in this conversation any more: the assistant has taken it up again. Join again to write."
JOINED = "Joined the conversation. The assistant is silent."
HANDED_BACK = "Handed the conversation back to the assistant."
Text = Annotated[str, Form(max_length=20_000)]
Change = Callable[[Session, Conversation, datetime], None]


@router.get("")
def show(place: AtWork, member: SignedIn, conversation_id: str, done: str = "") -> Response:
    """The whole page; that it was read goes on the record."""
    with place.database.session() as session:
        _record(session, place, member, _found(session, conversation_id), "conversation.read")
    with place.database.reading() as session:  # the record holds up no writer while the page is made
        return _page(session, place, member, _found(session, conversation_id), done=DONE.get(done, ""))


@router.get("/fragment")
def fragment(place: AtWork, member: Present, conversation_id: str) -> Response:
    """What may change while the page is open; what the resident wrote last is read out."""
    with place.database.reading() as session:
        conversation = _found(session, conversation_id)
        context = _context(session, place, member, conversation)
    theirs = [line for line in context["lines"] if line.author == "resident"]
    announce = f"Resident: {theirs[-1].text.striptags()}" if theirs else ""
    return place.page("talk_fragment.html", member=member, announce=announce, **context)


@router.post("/join")
def join(place: AtWork, member: FromOwnForm, conversation_id: str) -> Response:
    """One person is in it; anybody later is told who. Whoever joins has its open escalation, too."""

    def change(session: Session, conversation: Conversation, now: datetime) -> None:
        permitted(member, permissions.talk, form="join")
        channel = conversation.channel
        watched = messages.is_watched(session, conversation)
        signed = attended.signature(member.role, channel=channel, watched=watched)
        says = attended.joined(signed, channel=channel)
        try:
            takeovers.join(session, conversation, staff=member.username, signed=signed, says=says, now=now)
        except takeovers.CannotJoin as e:
            raise Refused(Trouble(_why(session, e, member), "join"), status=409) from e
        _note(session, conversation, member, JOINED, now=now)
        alarm = escalations.open_of(session, conversation)
        if alarm is not None:
            escalations.take(session, alarm, actor=member.username, via="console", now=now)

    return _change(place, member, conversation_id, change, action="conversation.joined", done="joined")


@router.post("/say")
def say(place: AtWork, member: FromOwnForm, conversation_id: str, text: Text = "") -> Response:
    """To the resident, the way the assistant's replies take."""
    kept = Kept(note=text)

    def change(session: Session, conversation: Conversation, now: datetime) -> None:
        permitted(member, permissions.talk, form="say", kept=kept)
        words = written(text, form="say", field="say", kept=kept)
        try:
            takeovers.say(session, conversation, staff=member.username, text=words, now=now)
        except takeovers.NotInIt as e:
            raise Refused(Trouble(GONE, "say", "join"), kept=kept, status=409) from e
        except takeovers.CannotJoin as e:
            raise Refused(Trouble(_why(session, e, member), "say"), kept=kept, status=409) from e

    return _change(place, member, conversation_id, change, action="conversation.written", done="")


@router.post("/hand-back")
def hand_back(place: AtWork, member: FromOwnForm, conversation_id: str) -> Response:
    """The assistant puts the open question again, in a few words."""

    def change(session: Session, conversation: Conversation, now: datetime) -> None:
        permitted(member, permissions.talk, form="hand-back")
        there = takeovers.current(session, conversation.id)
        if there is None or there.staff != member.username:
            raise Refused(Trouble(GONE, "hand-back", "join"), status=409)
        replies, turn = attended.back(
            conversation.draft, who=there.signed, ask=there.ask, quiet=False, channel=conversation.channel, now=now
        )
        takeovers.leave(
            session, conversation, staff=member.username, replies=replies, draft=turn.draft, ask=turn.ask, now=now
        )
        _note(session, conversation, member, HANDED_BACK, now=now)

    return _change(place, member, conversation_id, change, action="conversation.handed_back", done="handed_back")


def _why(session: Session, refused: takeovers.CannotJoin, member: Member) -> str:
    if refused.why is not None:
        return talk_view.REASONS[refused.why]
    if refused.by == member.username:
        return "You are in this conversation already."
    return f"{names_of_staff(session).get(refused.by, refused.by)} is in this conversation already."


def _note(session: Session, conversation: Conversation, member: Member, text: str, *, now: datetime) -> None:
    """In the history of what it is about."""
    introduction = introductions.of_conversation(session, conversation)
    if introduction is not None:
        introductions.add_note(session, introduction, actor=member.username, text=text, now=now)
    alarm = escalations.open_of(session, conversation)
    if alarm is not None:
        escalations.note(session, alarm, actor=member.username, text=text, now=now)


def _change(
    place: Workplace, member: Member, conversation_id: str, change: Change, *, action: str, done: str
) -> Response:
    """Make one change with its record, all or nothing; then back to the page, which says so."""
    try:
        with place.database.session() as session:
            conversation = conversations.locked(session, _found(session, conversation_id))
            change(session, conversation, place.clock())
            _record(session, place, member, conversation, action)
    except Refused as refused:
        return _refused(place, member, conversation_id, refused)
    there = f"/conversations/{conversation_id}" + (f"?done={done}" if done else "#say")
    return RedirectResponse(there, status_code=303)


def _refused(place: Workplace, member: Member, conversation_id: str, refused: Refused) -> Response:
    """The page as it is now, what was typed kept in its form, and why it was not done."""
    with place.database.reading() as session:
        return _page(
            session,
            place,
            member,
            _found(session, conversation_id),
            trouble=refused.trouble,
            kept=refused.kept,
            status=refused.status,
        )


def _found(session: Session, conversation_id: str) -> Conversation:
    conversation = conversations.by_id(session, conversation_id)
    if conversation is None:
        raise NotFound
    return conversation


def _record(session: Session, place: Workplace, member: Member, conversation: Conversation, action: str) -> None:
    audit.record(session, actor=member.username, action=action, subject=conversation.id, now=place.clock())


def _page(
    session: Session,
    place: Workplace,
    member: Member,
    conversation: Conversation,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    kept: Kept | None = None,
    status: int = 200,
) -> Response:
    context = _context(session, place, member, conversation)
    asked = {"done": done, "trouble": trouble or Trouble(), "kept": kept or Kept()}
    return place.page("talk.html", status=status, member=member, **asked, **context)


def _context(session: Session, place: Workplace, member: Member, conversation: Conversation) -> dict[str, Any]:
    now, names = place.clock(), names_of_staff(session)
    introduction = introductions.of_conversation(session, conversation)
    said, seen = messages.since(session, conversation, 0), messages.assessments(session, conversation)
    heard = answered.of_conversations(session, [conversation.id])[conversation.id]
    open_alarm = escalations.open_of(session, conversation)
    alarms = [open_alarm] if open_alarm is not None else []
    return {
        "talk": talk_view.view(session, conversation, member=member, names=names, now=now),
        "person": known(conversation, introduction),
        "rules": escalation_view.stops_about(conversation, introduction, heard, now=now),
        "alarms": escalation_view.all_of(session, alarms, names=names, now=now),
        "lines": conversation_view.lines(said, seen, conversation, names=names),
    }
