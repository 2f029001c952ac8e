"""Other introductions that may be about the same person: told once, it should not be read as new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from spa.console import wording
from spa.console.introduction_view import FINISHED
from spa.models import Introduction


@dataclass(frozen=True)
class Related:
    """One of them. `why`: what is the same; `open`: whether it still waits for the SPA, so that two people may be at it."""

    reference: str
    name: str
    status: str
    with_whom: str
    submitted_at: datetime
    why: str
    open: bool


def view(introduction: Introduction, others: Sequence[Introduction], *, names: dict[str, str]) -> tuple[Related, ...]:
    """`others` as the store gives them (spa.introductions.perhaps_same_person); `names` gives the name of each user name."""
    return tuple(_related(introduction, other, names) for other in others)


def _related(introduction: Introduction, other: Introduction, names: dict[str, str]) -> Related:
    phone = introduction.document["contact"].get("phone")
    same_phone = bool(phone) and other.document["contact"].get("phone") == phone
    status, assignee = str(other.status), other.assignee or ""
    return Related(
        reference=other.reference,
        name=other.document["person"]["full_name"],
        status=wording.plain(status, wording.STATUSES),
        with_whom=names.get(assignee, assignee),
        submitted_at=other.submitted_at,
        why="same phone number" if same_phone else "same name and date of birth",
        open=status not in FINISHED | {"routed"},
    )
