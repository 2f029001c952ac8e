"""An escalation as staff read it: how bad, whose words, how to reach them, what was done and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Level
from spa.console import answered, wording
from spa.console.answered import Answer
from spa.console.contact_rules import Rule, phone_number, stops
from spa.console.conversation_view import Reason, reasons_of
from spa.console.highlight import highlight
from spa.console.known import known
from spa.console.times import ago, long_date, near_stamp, years_old
from spa.models import Conversation, Escalation, EscalationStep, Introduction, StepAction

STEPS: Mapping[StepAction, str] = {
    StepAction.OPENED: "Opened by the crisis check",
    StepAction.RAISED: "Raised to a higher level",
    StepAction.REPEATED: "Said again",
    StepAction.PAGED: "Paged",
    StepAction.NOBODY_TO_PAGE: "NOBODY TO PAGE: no contact is set up",
    StepAction.LADDER_ENDED: "Last contact paged and nobody has answered",
    StepAction.DETAIL: "Resident said where they are or gave a number",
    StepAction.ACKNOWLEDGED: "Acknowledged",
    StepAction.NOTED: "Note",
    StepAction.CLOSED: "Closed",
}


@dataclass(frozen=True)
class Step:
    """One thing done, by whom and when."""

    at: datetime
    actor: str
    action: str
    detail: str


@dataclass(frozen=True)
class EscalationView:
    """`question` is what the words answered ("" for none); `stops`: what must not be done when reaching them; `next_step` says when the ladder climbs, or that it does not. `version` is the number of the last step."""

    id: str
    code: str
    flag: str
    flag_words: str
    level: str
    state: str
    state_words: str
    opened_at: datetime
    opened_ago: str
    channel: str
    words: Markup
    question: str
    reasons: tuple[Reason, ...]
    whereabouts: str
    phone: str
    name: str
    born: str
    reference: str
    next_step: str
    stops: tuple[Rule, ...]
    outcome: str
    steps: tuple[Step, ...]
    version: int


def view(
    escalation: Escalation,
    conversation: Conversation,
    introduction: Introduction | None,
    *,
    answers: Sequence[Answer],
    names: Mapping[str, str],
    now: datetime,
) -> EscalationView:
    """`answers`: what the screen has read in its conversation; `names` gives the name of each user name."""
    person = known(conversation, introduction)
    reasons = reasons_of(escalation.reasons)
    flag = escalation.flag.value
    return EscalationView(
        id=escalation.id,
        code=escalation.code,
        flag=flag,
        flag_words=wording.plain(flag, wording.FLAGS),
        level=wording.plain(str(escalation.level), wording.LEVELS),
        state=str(escalation.state),
        state_words=_state(escalation, names, now),
        opened_at=escalation.opened_at,
        opened_ago=ago(escalation.opened_at, now),
        channel=wording.plain(escalation.channel, wording.CHANNELS),
        words=highlight(escalation.words, [reason.words for reason in reasons]),
        question=answered.question(answers, words=escalation.words, level=str(escalation.level)),
        reasons=reasons,
        whereabouts=escalation.whereabouts or "",
        phone=phone_number(escalation.phone or person.phone),
        name=person.name,
        born=f"{long_date(person.born)} ({years_old(person.born, now)} years old)" if person.born else "",
        reference=person.reference,
        stops=stops_about(conversation, introduction, answers, now=now),
        next_step=next_step(escalation, now),
        outcome=escalation.outcome or "",
        steps=tuple(_step(step, names) for step in reversed(escalation.steps)),
        version=version(escalation),
    )


def all_of(
    session: Session, escalations: Sequence[Escalation], *, names: Mapping[str, str], now: datetime
) -> tuple[EscalationView, ...]:
    """Each with what is known of its person; three queries for all of them."""
    ids = [escalation.conversation_id for escalation in escalations]
    conversations = {one.id: one for one in session.scalars(select(Conversation).where(Conversation.id.in_(ids)))}
    of_theirs = Introduction.conversation_id.in_(ids)
    handed_over = {one.conversation_id: one for one in session.scalars(select(Introduction).where(of_theirs))}
    answers = answered.of_conversations(session, ids)
    return tuple(
        view(
            escalation,
            conversations[escalation.conversation_id],
            handed_over.get(escalation.conversation_id),
            answers=answers[escalation.conversation_id],
            names=names,
            now=now,
        )
        for escalation in escalations
    )


def version(escalation: Escalation) -> int:
    """The number of its last step: a page that shows another one is out of date."""
    return escalation.steps[-1].id if escalation.steps else 0


def stops_about(
    conversation: Conversation, introduction: Introduction | None, answers: Sequence[Answer], *, now: datetime
) -> tuple[Rule, ...]:
    """What must not be done to whom the conversation is about. `answers`: what the screen has read in it."""
    safeguarding = any(answer.level == Level.SAFEGUARDING.value for answer in answers)
    document = introduction.document if introduction is not None else None
    return stops(conversation.draft.get("answers", {}), document, safeguarding=safeguarding, now=now)


def _state(escalation: Escalation, names: Mapping[str, str], now: datetime) -> str:
    if escalation.closed_by and escalation.closed_at:
        return f"Closed by {names.get(escalation.closed_by, escalation.closed_by)}, {near_stamp(escalation.closed_at, now)}"
    if escalation.acknowledged_by and escalation.acknowledged_at:
        by = names.get(escalation.acknowledged_by, escalation.acknowledged_by)
        return f"{by} has it, since {near_stamp(escalation.acknowledged_at, now)}"
    return wording.plain(str(escalation.state), wording.ESCALATION_STATES)


def next_step(escalation: Escalation, now: datetime) -> str:
    """When the ladder climbs, or that it does not; "" once somebody has it."""
    if str(escalation.state) != "open":
        return ""
    if escalation.next_step_at is not None:
        late = escalation.next_step_at <= now
        return (
            "Next page is going out now"
            if late
            else f"Next page goes out at {near_stamp(escalation.next_step_at, now)}"
        )
    if escalation.flag.value == "amber":
        return "Nobody is paged for amber: it must be seen here today"
    return "No more pages will go out: it must be acknowledged here"


def _step(step: EscalationStep, names: Mapping[str, str]) -> Step:
    return Step(step.at, names.get(step.actor, wording.plain(step.actor)), STEPS[step.action], _detail(step.detail))


def _detail(stored: str | None) -> str:
    """A level, or what the resident gave, in plain words; a note as it was written."""
    if not stored:
        return ""
    given = {
        "whereabouts": "Where they are",
        "phone": "A phone number",
        "whereabouts, phone": "Where they are, and a phone number",
    }
    return wording.LEVELS.get(stored, given.get(stored, stored))
