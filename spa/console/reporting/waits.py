"""Time to a first contact, and time until somebody acknowledged an escalation."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa.console import wording
from spa.console.priority import PRIORITIES
from spa.console.reporting.tables import Cell, Table, count, named, share, spread
from spa.reporting import waits
from spa.reporting.period import Period

ACKNOWLEDGED_WITHIN = timedelta(minutes=5)
PROMISED = {code: one.within for code, one in PRIORITIES.items() if one.within}
"""An emergency is to be answered at once: there is no time that it could be measured by."""

SPREAD = ("Half within", "Nine in ten within")


def tables(session: Session, period: Period) -> tuple[Table, ...]:
    """The section's tables."""
    return (
        _contact(session, period, reached=True),
        _contact(session, period, reached=False),
        _acknowledgement(session, period),
    )


def _contact(session: Session, period: Period, *, reached: bool) -> Table:
    found = waits.for_contact(session, period, promised=PROMISED, reached=reached)
    rows = []
    for code, priority in PRIORITIES.items():
        wait = found.get(code, waits.Wait(None, 0, None))
        promise = share(wait.in_time) if wait.in_time else Cell("–")
        had = count(wait.spread.count if wait.spread else 0)
        rows.append(
            named(priority.name, count(wait.number), had, *spread(wait.spread), Cell(priority.promise), promise)
        )
    act = "Reached" if reached else "Tried"
    return Table(
        "contact" if reached else "tries",
        "Time to first contact" if reached else "Time to the first try to reach them",
        ("Priority", "Introductions", act, *SPREAD, "Promise", "In time"),
        tuple(rows),
        note="From handing over. By the priority as it is now: one that was raised later had less time than it seems.",
        drawn=(6,),
    )


def _acknowledgement(session: Session, period: Period) -> Table:
    found = waits.for_acknowledgement(session, period, promised=ACKNOWLEDGED_WITHIN)
    rows = []
    for flag in (Flag.RED, Flag.AMBER):
        wait = found.get(flag, waits.Wait(None, 0, None))
        had = count(wait.spread.count if wait.spread else 0)
        promise = share(wait.in_time) if wait.in_time else Cell("–")
        rows.append(named(wording.FLAGS[flag.value], count(wait.number), had, *spread(wait.spread), promise))
    return Table(
        "acknowledgement",
        "Time to acknowledge an escalation",
        ("Flag", "Escalations", "Acknowledged", *SPREAD, "Within 5 minutes"),
        tuple(rows),
        note="From the first alarm to the first person who said that they have it, in the console or by text.",
        drawn=(5,),
    )
