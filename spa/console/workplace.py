"""What every route works with: the database, the templates, the clock, the key that signs forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from spa import staff
from spa.console import banner, times, wording
from spa.console.provider import Provider
from spa.database import Database
from spa.sealing import Sealer

TEMPLATES = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True)
class Member:
    """The person who is logged in. `csrf` belongs in every form they are shown."""

    username: str
    name: str
    role: str
    csrf: str


@dataclass(frozen=True)
class Workplace:
    """The collaborators of one console process. `clock` gives the present moment, aware and in UTC; `lengths` says when logins end;
    `address` is how staff reach it, without a slash at its end."""

    database: Database
    templates: Environment
    secret: bytes
    cookies_secure: bool
    clock: Callable[[], datetime]
    sealer: Sealer
    lengths: staff.Lengths = staff.USUAL
    second_factor_required: bool = False
    provider: Provider | None = None
    address: str = ""

    def page(self, template: str, *, status: int = 200, member: Member | None = None, **context: Any) -> HTMLResponse:
        """One template as an answer; pages about people are never kept by a browser or a proxy."""
        if member is not None:
            context["unanswered"] = self._unanswered
        text = self.templates.get_template(template).render(member=member, **context)
        return HTMLResponse(text, status_code=status, headers={"Cache-Control": "no-store"})

    def _unanswered(self) -> tuple[banner.Unanswered, ...]:
        """Looked up as a page is made, since every page of a member has the banner."""
        with self.database.reading() as session:
            return banner.unanswered(session, now=self.clock())


def wall_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def environment() -> Environment:
    """Jinja with escaping on and a missing value an error, plus the filters that templates use."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        stamp=times.stamp,
        short_stamp=times.short_stamp,
        clock=times.clock,
        plain=wording.plain,
        ago=times.ago,
        weekday=times.weekday,
        long_date=times.long_date,
    )
    made.globals["wording"] = wording
    return made


def workplace(request: Request) -> Workplace:
    """The console's own, from the application that is answering."""
    found = request.app.state.workplace
    assert isinstance(found, Workplace)  # noqa: S101 - narrows the framework's untyped state
    return found


AtWork = Annotated[Workplace, Depends(workplace)]
