"""The front page as staff read it: open escalations, then introductions by priority and age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from spa.console import wording
from spa.console.priority import PRIORITIES, Due, Priority, due
from spa.console.queue_filter import needs_interpreter
from spa.console.times import ago, years_old
from spa.models import Introduction


@dataclass(frozen=True)
class QueueRow:
    """One introduction of the list."""

    reference: str
    name: str
    age: str
    priority: Priority
    due: Due
    status: str
    status_words: str
    submitted_ago: str
    submitted_at: datetime
    needs: tuple[str, ...]
    flag: str
    assignee: str
    assignee_name: str
    destination: str
    interpreter: bool
    has_open_escalation: bool


def rows(
    introductions: Sequence[Introduction],
    *,
    alarmed: Mapping[str, str],
    raised: Mapping[str, datetime],
    names: Mapping[str, str],
    now: datetime,
) -> tuple[QueueRow, ...]:
    """In the order given. `alarmed`: the level, in plain words, of each conversation's open escalation; `raised`: when
    the priority of a reference was last raised; `names`: of each username."""
    return tuple(
        _row(
            introduction,
            alarm=alarmed.get(introduction.conversation_id, ""),
            raised=raised.get(introduction.reference),
            names=names,
            now=now,
        )
        for introduction in introductions
    )


def _row(
    introduction: Introduction, *, alarm: str, raised: datetime | None, names: Mapping[str, str], now: datetime
) -> QueueRow:
    document, status = introduction.document, str(introduction.status)
    born = document["person"].get("date_of_birth")
    return QueueRow(
        reference=introduction.reference,
        name=document["person"]["full_name"],
        age=str(years_old(born, now)) if born else "",
        priority=PRIORITIES[introduction.priority_code],
        due=due(introduction.priority_code, since=raised or introduction.submitted_at, status=status, now=now),
        status=status,
        status_words=wording.plain(status, wording.STATUSES),
        submitted_ago=ago(introduction.submitted_at, now),
        submitted_at=introduction.submitted_at,
        needs=tuple(wording.plain(need["domain"], wording.NEEDS) for need in document["needs"]),
        flag=_flag(document["flags"], alarm),
        assignee=introduction.assignee or "",
        assignee_name=names.get(introduction.assignee or "", introduction.assignee or ""),
        destination=wording.plain(str(introduction.destination), wording.DESTINATIONS)
        if introduction.destination
        else "",
        interpreter=needs_interpreter(document["access"]),
        has_open_escalation=bool(alarm),
    )


def _flag(flags: Sequence[Mapping[str, object]], alarm: str) -> str:
    """The levels flagged, in plain words; never anything that could be read as "low risk"."""
    levels = [wording.plain(str(flag["level"]), wording.LEVELS) for flag in flags]
    found = dict.fromkeys([alarm, *levels] if alarm else levels)
    return "; ".join(found) if found else wording.FLAGS["none"]
