"""Reports from live data, for managers and administrators: tables with their charts, and the same as CSV."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from spa import audit
from spa.console import permissions
from spa.console.access import SignedIn
from spa.console.forms import NotFound, Trouble
from spa.console.reporting import sections
from spa.console.reporting.sections import SECTIONS, UnreadablePeriod
from spa.console.workplace import AtWork, Member, Workplace
from spa.reporting import counts
from spa.reporting.period import Period

router = APIRouter(prefix="/reports")

WRONG_PERIOD = "Give two dates, the earlier one first, that are at most five years apart"
Day = Annotated[str, Query(max_length=40)]


@router.get("")
def first_section(member: SignedIn) -> Response:
    """The report begins with its first section."""
    return RedirectResponse(f"/reports/{next(iter(SECTIONS))}", status_code=303)


@router.get("/{section}")
def show(place: AtWork, member: SignedIn, section: str, first: Day = "", last: Day = "") -> Response:
    """One section of it for these days; that it was looked at goes on the record."""
    if not permissions.read_reports(member):
        return _refused(place, member)
    chosen, now = SECTIONS.get(section), place.clock()
    if chosen is None:
        raise NotFound
    trouble, status = "", 200
    try:
        days = sections.asked_for(first, last, now=now)
    except UnreadablePeriod:
        days, trouble, status = sections.asked_for("", "", now=now), WRONG_PERIOD, 422
    _record(place, member, "report.read", section, days)
    with place.database.reading() as session:
        tables, total = chosen.tables(session, days, now), counts.total(session, days)
    return place.page(
        "reports.html", status=status, member=member, section=section, sections=SECTIONS, days=days, tables=tables,
        total=total, offered=sections.offered(now), trouble=trouble, query=_query(days),
    )  # fmt: skip


@router.get("/{section}/{table}.csv")
def export(place: AtWork, member: SignedIn, section: str, table: str, first: Day = "", last: Day = "") -> Response:
    """One table for a spreadsheet; that it was taken goes on the record."""
    if not permissions.read_reports(member):
        return _refused(place, member)
    chosen, now = SECTIONS.get(section), place.clock()
    if chosen is None:
        raise NotFound
    try:
        days = sections.asked_for(first, last, now=now)
    except UnreadablePeriod as e:
        raise NotFound from e
    with place.database.reading() as session:
        found = next((one for one in chosen.tables(session, days, now) if one.key == table), None)
    if found is None:
        raise NotFound
    _record(place, member, "report.taken", f"{section}/{table}", days)
    name = f"front-door-{table}-{days.first}-to-{days.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    # With a mark, so that spreadsheets read it as UTF-8.
    return Response("\ufeff" + found.csv, media_type="text/csv; charset=utf-8", headers=headers)


def _record(place: Workplace, member: Member, action: str, what: str, days: Period) -> None:
    detail = f"{what}, {days.first} to {days.last}"
    with place.database.session() as session:
        audit.record(session, actor=member.username, action=action, subject="report", detail=detail, now=place.clock())


def _refused(place: Workplace, member: Member) -> Response:
    trouble = Trouble(permissions.REFUSALS[permissions.read_reports])
    return place.page("refused.html", status=403, member=member, trouble=trouble)


def _query(days: Period) -> str:
    return f"first={days.first}&last={days.last}"
