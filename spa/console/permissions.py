"""Who may do what, by role. Everybody may read the queue, write a note and acknowledge: an alarm is answered by whoever sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spa.console.workplace import Member
from spa.models import Role

MANAGING = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
SPA = MANAGING | {Role.CLINICIAN, Role.SUPPORT_WORKER}
Permission = Callable[[Member], bool]


def acknowledge(member: Member) -> bool:
    """Say that one has an escalation: every role."""
    return member.role in set(Role)


def end_escalation(member: Member) -> bool:
    """Close an escalation: those who judge whether somebody is safe, and managers."""
    return member.role in MANAGING | {Role.CLINICIAN, Role.CRISIS_OUTREACH}


def claim(member: Member) -> bool:
    """Take on an introduction: the SPA. Crisis outreach has escalations instead."""
    return member.role in SPA


def talk(member: Member) -> bool:
    """Join a resident's conversation and write in it: those whose role a resident is told. Administrators look after the console."""
    return member.role in SPA - {Role.ADMINISTRATOR} | {Role.CRISIS_OUTREACH}


def contact(member: Member) -> bool:
    """Record a try to reach somebody: whoever tried."""
    return member.role in SPA | {Role.CRISIS_OUTREACH}


def route(member: Member) -> bool:
    """Send an introduction on to a service: the SPA."""
    return member.role in SPA


def end_introduction(member: Member) -> bool:
    """Close an introduction, after which nobody looks for the person: clinicians and managers."""
    return member.role in MANAGING | {Role.CLINICIAN}


def read_audit(member: Member) -> bool:
    """See who looked at what and changed it."""
    return member.role in MANAGING


def read_reports(member: Member) -> bool:
    """See the reports: numbers about everybody, which are for those who answer for the service."""
    return member.role in MANAGING


def look_after_people(member: Member) -> bool:
    """Give roles, and let people in or not: administrators."""
    return member.role == Role.ADMINISTRATOR


REFUSALS: Mapping[Permission, str] = {
    acknowledge: "Your role cannot acknowledge escalations.",
    end_escalation: "Only a clinician, crisis outreach or a manager can close an escalation. Add a note, and ask one of them.",
    claim: "Only SPA clinicians, support workers and managers can claim an introduction.",
    talk: "Only clinicians, support workers, crisis outreach and managers can join a conversation.",
    contact: "Your role cannot record contact.",
    route: "Only SPA clinicians, support workers and managers can route an introduction.",
    end_introduction: "Only a clinician or a manager can close an introduction. Add a note, and ask one of them.",
    read_reports: "Only managers and administrators can see the reports.",
    look_after_people: "Only administrators can look after people and their roles.",
    read_audit: "Only managers and administrators can see who did what.",
}
"""What somebody is told who may not."""
