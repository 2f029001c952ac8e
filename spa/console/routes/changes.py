"""Tells an open page at once that there is something new (server-sent events); what it is, the page's own fragment says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent

from spa import changes, staff
from spa.console.access import Present, login_token
from spa.console.workplace import AtWork, Workplace

router = APIRouter()
log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds between looks for what another process stored."""


@router.get("/fragments/banner")
def banner(place: AtWork, member: Present) -> Response:
    """The banner alone, for pages that refresh nothing else."""
    return place.page("banner_fragment.html", member=member, announce="")


@router.get("/fragments/changes")
async def stream(request: Request, place: AtWork, member: Present) -> EventSourceResponse:
    """`event: changed` on opening and after each change, without a word about anybody; it ends when the login does."""
    return EventSourceResponse(_changes(place, login_token(request, place)), headers={"Cache-Control": "no-store"})


async def _changes(place: Workplace, token: str) -> AsyncIterator[ServerSentEvent]:
    told = ""
    while True:
        try:
            mark = await asyncio.to_thread(_mark, place, token)
        except SQLAlchemyError as e:  # away for a while: the page is told when it is back
            log.warning("changes_not_read", kind=type(e).__name__)
            mark = told
        if mark is None:
            return
        if mark != told:
            told = mark
            yield ServerSentEvent(mark, event="changed")
        await asyncio.sleep(LOOK_EVERY)


def _mark(place: Workplace, token: str) -> str | None:
    """How things stand now; None where the login has ended. It does not count as used by this."""
    with place.database.reading() as session:
        if staff.by_token(session, token, now=place.clock(), touch=False, lengths=place.lengths) is None:
            return None
        return changes.mark(session)
