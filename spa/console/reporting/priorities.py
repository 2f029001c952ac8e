"""The Alliance's six priorities, each with its measure."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from spa.console.priority import PRIORITIES
from spa.console.reporting.tables import HIDDEN, Cell, Table, named
from spa.console.reporting.waits import ACKNOWLEDGED_WITHIN
from spa.reporting import period, priorities
from spa.reporting.comparison import Part
from spa.reporting.period import Period

AT_ONCE = timedelta(hours=1)
"""What counts as at once where people are counted who were reached in time."""

PROMISED = {code: one.within or AT_ONCE for code, one in PRIORITIES.items()}
NAMES = {
    "crisis": "Fewer people reach crisis, and those in crisis get prompt support",
    "independence": "More people live independently",
    "housing": "More people in stable housing",
    "black_communities": "Better outcomes for people from Black communities",
    "physical_health": "Better physical health",
    "work": "More people in education, training, volunteering or work",
}
MEASURES = {
    "emergencies": "Introductions that are an emergency or very urgent",
    "acknowledged": "Red flags that somebody had within 5 minutes",
    "daily_living": "Told us about daily living, and short-term support, focused support or Treehouse took them on",
    "housing": "Told us about housing, and a housing or voluntary-sector partner or Treehouse took them on",
    "reached": "From Black communities, and reached within the time promised",
    "reached_everybody": "For comparison, everybody: reached within the time promised",
    "physical_health": "Told us about physical health, and their GP took it on",
    "work_learning": "Told us about work and learning, and a service took them on",
}
NOTE = (
    "These say what the Single Point of Access did, not what became of people afterwards: that is not known here. "
    "Time promised: an emergency within 1 hour, very urgent 4 hours, urgent 24 hours, routine 4 weeks. "
    "Black communities: ethnic categories D, E, M, N and P, in whole months only, and hidden where small numbers could be worked out."
)


def tables(session: Session, days: Period, *, now: datetime) -> tuple[Table, ...]:
    """One table of them all."""
    found = priorities.measures(
        session,
        days,
        months=days.whole_months(today=period.today(now)),
        acknowledged=ACKNOWLEDGED_WITHIN,
        promised=PROMISED,
    )
    rows = tuple(
        named(NAMES[one.priority], Cell(MEASURES[one.measure]), *_part(one.now), *_part(one.before)) for one in found
    )
    columns = ("Priority", "Measure", "This period", "In %", "Year before", "In %, year before")
    return (Table("priorities", "The six priorities", columns, rows, NOTE, (3, 5)),)


def _part(part: Part | None) -> tuple[Cell, Cell]:
    if part is None:
        return Cell(HIDDEN), Cell(HIDDEN)
    return Cell(str(part)), Cell("–") if part.percent is None else Cell(f"{part.percent} %", part.percent)
