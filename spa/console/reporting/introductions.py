"""Introductions per month, and by channel, need, priority, status and introducer."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from spa.console import wording
from spa.console.priority import PRIORITIES
from spa.console.reporting.tables import Table, compared, in_order, named
from spa.reporting import counts
from spa.reporting.comparison import Compared
from spa.reporting.period import Period

COLUMNS = ("This period", "Year before", "Change")


def tables(session: Session, period: Period) -> tuple[Table, ...]:
    """The section's tables."""
    return (
        _months(session, period),
        _by(session, period, "channel", "By channel", wording.CHANNELS),
        _by(session, period, "need", "By need", wording.NEEDS, note="One introduction may tell of several needs."),
        _priorities(session, period),
        _statuses(session, period),
        _by(session, period, "introducer", "By who introduced the person", wording.RELATIONSHIPS),
    )


def _months(session: Session, period: Period) -> Table:
    months = counts.by_month(session, period)
    rows = (named(_month_name(month.days), *compared(month.introductions)) for month in months)
    total = Compared(sum(m.introductions.now for m in months), sum(m.introductions.before for m in months))
    return Table(
        "months", "Introductions per month", ("Month", *COLUMNS), (*rows, named("All", *compared(total))),
        note="“Year before” is the same days of the year before.", drawn=(1, 2), by_time=True,
    )  # fmt: skip


def _month_name(days: Period) -> str:
    """ "March 2026"; with its days where the period holds only a part of it."""
    name = f"{days.first:%B %Y}"
    return name if days.is_whole_month else f"{name} ({days.first.day} to {days.last.day})"


def _by(session: Session, period: Period, fact: str, title: str, words: Mapping[str, str], *, note: str = "") -> Table:
    found = counts.by_fact(session, fact, period)
    rows = [named(name, *compared(found.get(code, Compared()))) for code, name in words.items()]
    rows += [named(wording.plain(code), *compared(both)) for code, both in found.items() if code not in words]
    return Table(f"by_{fact}", title, (title.removeprefix("By ").capitalize(), *COLUMNS), in_order(rows), note, (1, 2))


def _priorities(session: Session, period: Period) -> Table:
    found = counts.by_priority(session, period)
    rows = (named(one.name, *compared(found.get(code, Compared()))) for code, one in PRIORITIES.items())
    return Table("by_priority", "By priority", ("Priority", *COLUMNS), tuple(rows), "As it is now.", (1, 2))


def _statuses(session: Session, period: Period) -> Table:
    found = counts.by_status(session, period)
    rows = (named(words, *compared(found.get(code, Compared()))) for code, words in wording.STATUSES.items())
    note = "As it is now. Duplicates and withdrawn ones count in every table: each was somebody who asked."
    return Table("by_status", "By status", ("Status", *COLUMNS), tuple(rows), note)
