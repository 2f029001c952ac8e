"""One introduction on one screen, and what staff do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from spa import audit, escalations, introductions, messages, references
from spa.console import (
    answered,
    conversation_view,
    escalation_view,
    introduction_view,
    permissions,
    related,
    talk_view,
    texts_lost,
    tries,
    wording,
)
from spa.console.access import FromOwnForm, Present, SignedIn
from spa.console.answered import Answer
from spa.console.forms import Kept, NotFound, Refused, Trouble, bounded, chosen, later_day, permitted, told, written
from spa.console.names import names_of_staff
from spa.console.times import london
from spa.console.workplace import AtWork, Member, Workplace
from spa.models import Conversation, Introduction, IntroductionStatus

router = APIRouter(prefix="/introductions/{reference}")

DONE = {
    "claimed": "You have claimed this introduction.",
    "noted": "Your note is added.",
    "contact": "The contact is recorded.",
    "routed": "The introduction is routed.",
    "closed": "The introduction is closed.",
}
CHANGED = "Somebody else changed this introduction after you opened it. This is how it is now. Look, then try again."
Text = Annotated[str, Form(max_length=20_000)]
Code = Annotated[str, Form(max_length=400)]
Change = Callable[[Session, Introduction, datetime], None]


@router.get("")
def show(place: AtWork, member: SignedIn, reference: str, done: str = "") -> Response:
    """The whole page; that it was read goes on the record."""
    with place.database.session() as session:
        _record(session, place, member, _found(session, reference), "introduction.read")
    with place.database.reading() as session:  # the record holds up no writer while the page is made
        return _page(session, place, member, _found(session, reference), done=DONE.get(done, ""))


@router.get("/fragment")
def fragment(place: AtWork, member: Present, reference: str, seen: str = "") -> Response:
    """What may change while the page is open: escalations, the conversation, whether somebody else changed it."""
    with place.database.reading() as session:
        introduction = _found(session, reference)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        return place.page(
            "introduction_fragment.html",
            member=member,
            reference=introduction.reference,
            stale=seen != seen_as(introduction),
            announce="",
            lines=_lines(session, conversation),
            alarms=[alarm for alarm in _alarms(session, place, introduction) if alarm.state != "closed"],
            talk=_talk(session, place, member, conversation),
        )


@router.post("/claim")
def claim(place: AtWork, member: FromOwnForm, reference: str, seen: Code = "") -> Response:
    """Two at once: the first has it, the second is told."""

    def change(session: Session, introduction: Introduction, now: datetime) -> None:
        permitted(member, permissions.claim, form="claim")
        _as_seen(introduction, seen, form="claim", kept=Kept())
        introductions.claim(session, introduction, actor=member.username, now=now)

    return _change(place, member, reference, change, action="introduction.claimed", done="claimed")


@router.post("/notes")
def note(place: AtWork, member: FromOwnForm, reference: str, note: Text = "") -> Response:
    """A note is welcome at any time."""

    def change(session: Session, introduction: Introduction, now: datetime) -> None:
        text = written(note, form="note", field="note", kept=Kept(note=note))
        introductions.add_note(session, introduction, actor=member.username, text=text, now=now)

    return _change(place, member, reference, change, action="introduction.noted", done="noted")


@router.post("/contact")
def contact(
    place: AtWork,
    member: FromOwnForm,
    reference: str,
    result: Code = "",
    next_on: Code = "",
    note: Text = "",
    seen: Code = "",
) -> Response:
    """A try to reach them, and the day of the next; it never takes the introduction back to an earlier status."""
    kept = Kept(note=note, result=result, next_on=next_on)

    def change(session: Session, introduction: Introduction, now: datetime) -> None:
        permitted(member, permissions.contact, form="contact", kept=kept)
        code = chosen(result, wording.CONTACT_RESULTS, form="contact", field="result", kept=kept)
        words = told(wording.CONTACT_RESULTS[code], bounded(note, form="contact", field="contact-note", kept=kept))
        today = now.astimezone(london()).date()
        again = later_day(next_on, today=today, form="contact", field="next-on", kept=kept)
        text = tries.note(words, again)
        _as_seen(introduction, seen, form="contact", kept=kept)
        status = IntroductionStatus.IN_CONTACT if code == "reached" else IntroductionStatus.CONTACT_ATTEMPTED
        if introduction_view.waiting(introduction):
            introductions.set_status(session, introduction, status, actor=member.username, now=now, note=text)
        else:
            introductions.add_note(session, introduction, actor=member.username, text=text, now=now)

    return _change(place, member, reference, change, action="introduction.contact", done="contact")


@router.post("/route")
def route(
    place: AtWork, member: FromOwnForm, reference: str, destination: Code = "", note: Text = "", seen: Code = ""
) -> Response:
    """To one of the destinations of the SPA."""
    kept = Kept(note=note, destination=destination)

    def change(session: Session, introduction: Introduction, now: datetime) -> None:
        permitted(member, permissions.route, form="route", kept=kept)
        code = chosen(destination, wording.DESTINATIONS, form="route", field="destination", kept=kept)
        text = bounded(note, form="route", field="route-note", kept=kept)
        _as_seen(introduction, seen, form="route", kept=kept)
        introductions.route(session, introduction, code, actor=member.username, now=now, note=text)

    return _change(place, member, reference, change, action="introduction.routed", done="routed")


@router.post("/close")
def close(
    place: AtWork, member: FromOwnForm, reference: str, reason: Code = "", note: Text = "", seen: Code = ""
) -> Response:
    """With a reason, and never over an escalation that is still open."""
    kept = Kept(note=note, reason=reason)

    def change(session: Session, introduction: Introduction, now: datetime) -> None:
        permitted(member, permissions.end_introduction, form="close", kept=kept)
        code = chosen(reason, wording.CLOSE_REASONS, form="close", field="reason", kept=kept)
        explain = written if code == "other" else bounded
        text = explain(note, form="close", field="close-note", kept=kept)
        _as_seen(introduction, seen, form="close", kept=kept)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        if escalations.open_of(session, conversation):
            trouble = Trouble("An escalation about this person is still open. Close that first.", "close")
            raise Refused(trouble, kept=kept, status=409)
        words = told(wording.CLOSE_REASONS[code] if code != "other" else "Another reason", text)
        introductions.close(session, introduction, actor=member.username, now=now, note=words)

    return _change(place, member, reference, change, action="introduction.closed", done="closed")


def seen_as(introduction: Introduction) -> str:
    """How the introduction stands, to find out whether it changed between a page and its form. Notes do not count."""
    parts = (introduction.status, introduction.assignee, introduction.destination, introduction.priority_code)
    return "|".join(str(part or "") for part in parts)


def _as_seen(introduction: Introduction, seen: str, *, form: str, kept: Kept) -> None:
    """Raises Refused where it is finished, or is not any more as the form's page showed it."""
    if str(introduction.status) in introduction_view.FINISHED:
        words = wording.plain(str(introduction.status), wording.STATUSES).lower()
        raise Refused(Trouble(f"This introduction is {words}: only notes can be added.", "note"), kept=kept, status=409)
    if seen != seen_as(introduction):
        raise Refused(Trouble(CHANGED, form), kept=kept, status=409)


def _change(place: Workplace, member: Member, reference: str, change: Change, *, action: str, done: str) -> Response:
    """Make one change with its record, all or nothing; then back to the page, which says so."""
    try:
        with place.database.session() as session:
            introduction = _found(session, reference)
            session.refresh(introduction, with_for_update=True)  # two at once: the second waits, and sees the first
            change(session, introduction, place.clock())
            _record(session, place, member, introduction, action)
            there = f"/introductions/{introduction.reference}?done={done}"
    except Refused as refused:
        return _refused(place, member, reference, refused)
    return RedirectResponse(there, status_code=303)


def _refused(place: Workplace, member: Member, reference: str, refused: Refused) -> Response:
    """The page as it is now, what was typed kept in its form, and why it was not done."""
    with place.database.reading() as session:
        introduction = _found(session, reference)
        return _page(
            session, place, member, introduction, trouble=refused.trouble, kept=refused.kept, status=refused.status
        )


def _found(session: Session, reference: str) -> Introduction:
    normal = references.valid(reference)
    introduction = introductions.by_reference(session, normal) if normal else None
    if introduction is None:
        raise NotFound
    return introduction


def _record(session: Session, place: Workplace, member: Member, introduction: Introduction, action: str) -> None:
    audit.record(session, actor=member.username, action=action, subject=introduction.reference, now=place.clock())


def _page(
    session: Session,
    place: Workplace,
    member: Member,
    introduction: Introduction,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    kept: Kept | None = None,
    status: int = 200,
) -> Response:
    now = place.clock()
    conversation = session.get_one(Conversation, introduction.conversation_id)
    alarms = _alarms(session, place, introduction)
    return place.page(
        "introduction.html",
        status=status,
        member=member,
        may=permissions,
        it=introduction_view.view(
            introduction,
            said=_said(session, introduction),
            unreached=texts_lost.rules(session, introduction.conversation_id),
            names=names_of_staff(session),
            now=now,
        ),
        tries=tries.of(introduction.events, now=now),
        related=_related(session, introduction),
        today=now.astimezone(london()).date().isoformat(),
        lines=_lines(session, conversation),
        talk=_talk(session, place, member, conversation),
        alarms=[alarm for alarm in alarms if alarm.state != "closed"],
        past_alarms=[alarm for alarm in alarms if alarm.state == "closed"],
        reference=introduction.reference,
        seen=seen_as(introduction),
        stale=False,
        now=now,
        done=done,
        trouble=trouble or Trouble(),
        kept=kept or Kept(),
    )


def _talk(session: Session, place: Workplace, member: Member, conversation: Conversation) -> talk_view.Talk:
    """Whether somebody is in its conversation, or could be."""
    return talk_view.view(session, conversation, member=member, names=names_of_staff(session), now=place.clock())


def _related(session: Session, introduction: Introduction) -> tuple[related.Related, ...]:
    """Other introductions that may be about the same person."""
    others = introductions.perhaps_same_person(session, introduction)
    return related.view(introduction, others, names=names_of_staff(session))


def _alarms(session: Session, place: Workplace, introduction: Introduction) -> list[escalation_view.EscalationView]:
    """All escalations about this conversation."""
    found = escalations.of_conversation(session, introduction.conversation_id)
    return list(escalation_view.all_of(session, found, names=names_of_staff(session), now=place.clock()))


def _said(session: Session, introduction: Introduction) -> tuple[Answer, ...]:
    """What the screen has read in its conversation."""
    conversation_id = introduction.conversation_id
    return answered.of_conversations(session, [conversation_id])[conversation_id]


def _lines(session: Session, conversation: Conversation) -> tuple[conversation_view.Line, ...]:
    said, seen = messages.since(session, conversation, 0), messages.assessments(session, conversation)
    return conversation_view.lines(said, seen, conversation, names=names_of_staff(session))
