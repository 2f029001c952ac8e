"""One escalation on one screen, and what staff do with it. It may exist before any introduction does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from spa import audit, escalations, messages
from spa.console import conversation_view, escalation_view, permissions, talk_view, wording
from spa.console.access import FromOwnForm, Present, SignedIn
from spa.console.forms import Kept, NotFound, Refused, Trouble, bounded, chosen, permitted, told, written
from spa.console.names import names_of_staff
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Conversation, Escalation

router = APIRouter(prefix="/escalations/{code}")

DONE = {
    "acknowledged": "You have acknowledged this escalation. Nobody else is paged now.",
    "noted": "Your note is added.",
    "closed": "The escalation is closed.",
}
CHANGED = "Something happened on this escalation after you opened the page. Read it as it is now, then try again."
Text = Annotated[str, Form(max_length=20_000)]
Short = Annotated[str, Form(max_length=400)]
Change = Callable[[Session, Escalation, datetime], None]


@router.get("")
def show(place: AtWork, member: SignedIn, code: str, done: str = "") -> Response:
    """The whole page; that it was read goes on the record."""
    with place.database.session() as session:
        _record(session, place, member, _found(session, code), "escalation.read")
    with place.database.reading() as session:  # the record holds up no writer while the page is made
        return _page(session, place, member, _found(session, code), done=DONE.get(done, ""))


@router.get("/fragment")
def fragment(place: AtWork, member: Present, code: str) -> Response:
    """What may change while the page is open."""
    with place.database.reading() as session:
        context = _context(session, place, member, _found(session, code))
    return place.page("escalation_fragment.html", member=member, announce=context["it"].state_words, **context)


@router.post("/acknowledge")
def acknowledge(place: AtWork, member: FromOwnForm, code: str) -> Response:
    """One person has it; anybody later is told who."""

    def change(session: Session, escalation: Escalation, now: datetime) -> None:
        permitted(member, permissions.acknowledge, form="acknowledge")
        if not escalations.acknowledge(session, escalation, actor=member.username, via="console", now=now):
            names = names_of_staff(session)
            who = names.get(escalation.acknowledged_by or "", escalation.acknowledged_by)
            raise Refused(Trouble(f"{who} has already acknowledged this escalation.", "acknowledge"), status=409)

    return _change(place, member, code, change, action="escalation.acknowledged", done="acknowledged")


@router.post("/notes")
def note(place: AtWork, member: FromOwnForm, code: str, note: Text = "") -> Response:
    """A note is welcome at any time."""

    def change(session: Session, escalation: Escalation, now: datetime) -> None:
        text = written(note, form="note", field="note", kept=Kept(note=note))
        escalations.note(session, escalation, actor=member.username, text=text, now=now)

    return _change(place, member, code, change, action="escalation.noted", done="noted")


@router.post("/close")
def close(
    place: AtWork, member: FromOwnForm, code: str, outcome: Short = "", note: Text = "", seen: Short = ""
) -> Response:
    """With an outcome, by somebody who has seen everything up to now, and only after it was acknowledged."""
    kept = Kept(note=note, outcome=outcome)

    def change(session: Session, escalation: Escalation, now: datetime) -> None:
        permitted(member, permissions.end_escalation, form="close", kept=kept)
        chosen_code = chosen(outcome, wording.ESCALATION_OUTCOMES, form="close", field="outcome", kept=kept)
        explain = written if chosen_code == "other" else bounded
        text = explain(note, form="close", field="close-note", kept=kept)
        _may_close(escalation, seen, kept=kept)
        words = wording.ESCALATION_OUTCOMES[chosen_code] if chosen_code != "other" else "Another outcome"
        escalations.close(session, escalation, actor=member.username, outcome=told(words, text), now=now)

    return _change(place, member, code, change, action="escalation.closed", done="closed")


def _may_close(escalation: Escalation, seen: str, *, kept: Kept) -> None:
    """Raises Refused where it is closed, nobody has acknowledged it, or something happened since the page was made."""
    if str(escalation.state) == "closed":
        raise Refused(Trouble("This escalation is closed already.", "close"), kept=kept, status=409)
    if str(escalation.state) == "open":
        raise Refused(Trouble("Acknowledge this escalation first.", "close", "acknowledge"), kept=kept, status=409)
    if seen != str(escalation_view.version(escalation)):
        raise Refused(Trouble(CHANGED, "close"), kept=kept, status=409)


def _change(place: Workplace, member: Member, code: str, change: Change, *, action: str, done: str) -> Response:
    """Make one change with its record, all or nothing; then back to the page, which says so."""
    try:
        with place.database.session() as session:
            escalation = _found(session, code)
            session.refresh(escalation, with_for_update=True)  # two at once: the second waits, and sees the first
            change(session, escalation, place.clock())
            _record(session, place, member, escalation, action)
            there = f"/escalations/{escalation.code}?done={done}"
    except Refused as refused:
        return _refused(place, member, code, refused)
    return RedirectResponse(there, status_code=303)


def _refused(place: Workplace, member: Member, code: str, refused: Refused) -> Response:
    """The page as it is now, what was typed kept in its form, and why it was not done."""
    with place.database.reading() as session:
        escalation = _found(session, code)
        return _page(
            session, place, member, escalation, trouble=refused.trouble, kept=refused.kept, status=refused.status
        )


def _found(session: Session, code: str) -> Escalation:
    """By its code (links in pages hold that) or its id (the command line shows that)."""
    escalation = escalations.by_id(session, code) or escalations.by_code(session, code)
    if escalation is None:
        raise NotFound
    return escalation


def _record(session: Session, place: Workplace, member: Member, escalation: Escalation, action: str) -> None:
    audit.record(session, actor=member.username, action=action, subject=escalation.id, now=place.clock())


def _page(
    session: Session,
    place: Workplace,
    member: Member,
    escalation: Escalation,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    kept: Kept | None = None,
    status: int = 200,
) -> Response:
    context = _context(session, place, member, escalation)
    asked = {"done": done, "trouble": trouble or Trouble(), "kept": kept or Kept()}
    return place.page("escalation.html", status=status, member=member, may=permissions, **asked, **context)


def _context(session: Session, place: Workplace, member: Member, escalation: Escalation) -> dict[str, Any]:
    conversation, names = session.get_one(Conversation, escalation.conversation_id), names_of_staff(session)
    it = escalation_view.all_of(session, [escalation], names=names, now=place.clock())[0]
    said, seen = messages.since(session, conversation, 0), messages.assessments(session, conversation)
    return {
        "it": it,
        "rules": it.stops,
        "lines": conversation_view.lines(said, seen, conversation, names=names),
        "talk": talk_view.view(session, conversation, member=member, names=names, now=place.clock()),
    }
