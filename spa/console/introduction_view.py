"""One introduction as staff read it: its document (introduction.schema.json) in plain words, and what was done to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from spa.console import answered, answers, glance, tries, wording
from spa.console.answered import Answer
from spa.console.contact_rules import Rule, rules
from spa.console.conversation_view import Reason, reasons_of
from spa.console.highlight import highlight
from spa.console.priority import PRIORITIES, WAITING, Due, Priority, due
from spa.console.times import long_date, moment, years_old
from spa.models import Introduction, IntroductionAction

FINISHED = frozenset({"closed", "withdrawn", "duplicate"})


@dataclass(frozen=True)
class Need:
    """One area of life, in whose words, and whether it is urgent."""

    name: str
    words: str
    source: str
    urgent: bool


@dataclass(frozen=True)
class Goal:
    """What they would like to be different, with the outcomes it is tagged with."""

    words: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Flagged:
    """One flag of the document, with the question its words answered. `retracted`: they took it back, which closes nothing."""

    level: str
    at: datetime
    marked: Markup
    question: str
    reasons: tuple[Reason, ...]
    retracted: bool


@dataclass(frozen=True)
class Event:
    """One thing done to it, by whom and when."""

    at: datetime
    actor: str
    action: str
    note: str


@dataclass(frozen=True)
class IntroductionView:
    """Everything the page shows of an introduction besides its conversation and escalations."""

    reference: str
    name: str
    preferred_name: str
    facts: str
    status: str
    status_words: str
    assignee: str
    assignee_name: str
    destination: str
    submitted_at: datetime
    channel: str
    priority: Priority
    due: Due
    why: tuple[str, ...]
    glance: tuple[answers.Row, ...]
    summary: str
    approved: bool
    rules: tuple[Rule, ...]
    contact: tuple[answers.Row, ...]
    access: tuple[answers.Row, ...]
    person: tuple[answers.Row, ...]
    by_introducer: bool
    story: tuple[str, ...]
    story_rows: tuple[answers.Row, ...]
    needs: tuple[Need, ...]
    goals: tuple[Goal, ...]
    safety: tuple[answers.Row, ...]
    flags: tuple[Flagged, ...]
    support: tuple[answers.Row, ...]
    introducer: tuple[answers.Row, ...]
    equality: tuple[answers.Row, ...]
    events: tuple[Event, ...]

    @property
    def finished(self) -> bool:
        """Whether nothing more is done with it."""
        return self.status in FINISHED


def view(
    introduction: Introduction,
    *,
    said: Sequence[Answer],
    names: Mapping[str, str],
    unreached: Sequence[Rule] = (),
    now: datetime,
) -> IntroductionView:
    """`said`: what the screen has read in its conversation; `names` gives the name of each user name; `unreached`: texts that got lost."""
    document = introduction.document
    person, priority = document["person"], PRIORITIES[introduction.priority_code]
    status = str(introduction.status)
    return IntroductionView(
        reference=introduction.reference,
        name=person["full_name"],
        preferred_name=person.get("preferred_name") or "",
        facts=_facts(person, now=now),
        status=status,
        status_words=wording.plain(status, wording.STATUSES),
        assignee=introduction.assignee or "",
        assignee_name=names.get(introduction.assignee or "", introduction.assignee or ""),
        destination=wording.plain(str(introduction.destination), wording.DESTINATIONS)
        if introduction.destination
        else "",
        submitted_at=introduction.submitted_at,
        channel=wording.plain(document["channel"], wording.CHANNELS),
        priority=priority,
        due=due(priority.code, since=raised_at(introduction) or introduction.submitted_at, status=status, now=now),
        why=tuple(document["priority"]["why"]),
        glance=glance.rows(document, now=now),
        summary=document["summary"],
        approved=bool(document.get("approved_by_resident")),
        rules=(*unreached, *rules(document, now=now)),
        contact=answers.contact(document["contact"]),
        access=answers.access(document["access"]),
        person=answers.person(person),
        by_introducer=document["introducer"]["relationship"] != "self",
        story=tuple(document["story"]["own_words"]),
        story_rows=answers.story(document["story"]),
        needs=tuple(_need(need) for need in document["needs"]),
        goals=tuple(_goal(goal) for goal in document["goals"]),
        safety=answers.safety(document["safety"]),
        flags=tuple(_flagged(flag, said) for flag in document["flags"]),
        support=answers.support(document["support"]),
        introducer=answers.introducer(document["introducer"], document["consent"]),
        equality=answers.equality(document.get("equality", {})),
        events=tuple(_event(event, names) for event in reversed(introduction.events)),
    )


def raised_at(introduction: Introduction) -> datetime | None:
    """When its priority was last raised, if it was."""
    raised = [event.at for event in introduction.events if event.action == IntroductionAction.PRIORITY_RAISED]
    return raised[-1] if raised else None


def waiting(introduction: Introduction) -> bool:
    """Whether nobody has been in contact about it yet."""
    return str(introduction.status) in WAITING


def _facts(person: Mapping[str, Any], *, now: datetime) -> str:
    born = person.get("date_of_birth")
    facts = [f"born {long_date(born)} ({years_old(born, now)} years old)" if born else "date of birth not given"]
    if person.get("pronouns"):
        facts.append(str(person["pronouns"]))
    if person.get("nhs_number"):
        facts.append(f"NHS number {nhs_number(person['nhs_number'])}")
    text = ", ".join(facts)
    return text[0].upper() + text[1:]


def nhs_number(digits: str) -> str:
    """Shown 3-3-4, as everywhere in the NHS."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _need(need: Mapping[str, Any]) -> Need:
    name, source = wording.plain(need["domain"], wording.NEEDS), wording.plain(need["source"], wording.NEED_SOURCES)
    return Need(name, need.get("own_words") or "", source, bool(need.get("urgent")))


def _goal(goal: Mapping[str, Any]) -> Goal:
    return Goal(goal["own_words"], tuple(wording.plain(outcome, wording.OUTCOMES) for outcome in goal["outcomes"]))


def _flagged(flag: Mapping[str, Any], said: Sequence[Answer]) -> Flagged:
    stored = [reason if isinstance(reason, Mapping) else {"rule": str(reason)} for reason in flag["reasons"]]
    reasons = reasons_of(stored)
    return Flagged(
        level=wording.plain(flag["level"], wording.LEVELS),
        at=moment(flag["at"]),
        marked=highlight(flag["words"], [reason.words for reason in reasons]),
        question=answered.question(said, words=flag["words"], level=flag["level"], at=moment(flag["at"])),
        reasons=reasons,
        retracted=bool(flag.get("retracted")),
    )


def _event(event: Any, names: Mapping[str, str]) -> Event:
    status = wording.plain(str(event.status), wording.STATUSES)
    destination = wording.plain(str(event.destination), wording.DESTINATIONS) if event.destination else ""
    words = {
        IntroductionAction.SUBMITTED: "Handed over to the SPA",
        IntroductionAction.UPDATED: "Changed by the resident",
        IntroductionAction.WITHDRAWN: "Withdrawn",
        IntroductionAction.PRIORITY_RAISED: "Priority raised",
        IntroductionAction.CLAIMED: "Claimed",
        IntroductionAction.STATUS: f"Status: {status}",
        IntroductionAction.ROUTED: f"Routed to {destination}",
        IntroductionAction.NOTED: "Note",
        IntroductionAction.CLOSED: "Closed",
    }
    actor = names.get(event.actor, wording.plain(event.actor))
    return Event(event.at, actor, words[event.action], tries.shown(event.note or ""))
