"""The staff console as one application: routes, static files, and plain pages for whatever goes wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from frontdoor.settings import ROOT, Settings, SettingsError
from spa.console import access
from spa.console.forms import NotFound
from spa.console.guard import OwnHeaders, PlainFailure, SmallForms
from spa.console.provider import Provider
from spa.console.routes import (
    account,
    changes,
    closed,
    escalations,
    health,
    home,
    introductions,
    login,
    login_code,
    login_provider,
    people,
    record,
    reports,
    talk,
)
from spa.console.workplace import Workplace, environment, wall_clock
from spa.database import Database
from spa.sealing import Sealer
from spa.staff import Lengths

STATIC = Path(__file__).resolve().parent / "static"
NHSUK = ROOT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
BUILT = ROOT / "node_modules" / ".frontdoor"


def create_app(
    settings: Settings, database: Database, *, clock: Callable[[], datetime] = wall_clock, nhsuk: Path = NHSUK
) -> FastAPI:
    """The console. Raises SettingsError without a secret key, for a wrong provider, or where the front-end packages are not installed."""
    if not settings.secret_key.get_secret_value():
        raise SettingsError("FRONTDOOR_SECRET_KEY is empty: forms of the console cannot be signed")
    if not nhsuk.is_dir():
        raise SettingsError("the front-end packages are not installed: run 'make run' or 'npm ci'")
    app = FastAPI(title="Front Door: SPA console", docs_url=None, redoc_url=None, openapi_url=None)
    key = settings.secret_key.get_secret_value().encode()
    place = Workplace(
        database=database,
        templates=environment(),
        # A key of the console's own, so that nothing signed elsewhere in Front Door opens anything here.
        secret=hashlib.sha256(b"console:" + key).digest(),
        cookies_secure=settings.cookies_secure,
        clock=clock,
        sealer=Sealer(key, "second factor"),
        lengths=Lengths(timedelta(minutes=settings.login_idle_minutes), timedelta(hours=settings.login_hours)),
        second_factor_required=settings.second_factor == "required",
        provider=Provider.from_settings(settings),
        address=settings.console_address.rstrip("/"),
    )
    app.state.workplace = place
    logins = (login, login_code, login_provider, account)
    for topic in (health, *logins, home, introductions, closed, record, people, escalations, talk, changes, reports):
        app.include_router(topic.router)
    _serve_built(app)
    app.mount("/static/console", StaticFiles(directory=STATIC), name="console")
    app.mount("/static/nhsuk", StaticFiles(directory=nhsuk), name="nhsuk")
    app.mount("/assets", StaticFiles(directory=nhsuk / "assets"), name="assets")
    _answer_plainly(app, place)
    app.add_middleware(SmallForms, page=lambda status: _too_large(place, status))
    app.add_middleware(PlainFailure, page=lambda: _broken(place))
    app.add_middleware(OwnHeaders, secure=settings.cookies_secure)
    return app


def _serve_built(app: FastAPI) -> None:
    """The NHS design system's styles and the charts' script, as set-up has built them (scripts/pages.py)."""

    @app.get("/static/nhsuk.css")
    def stylesheet() -> Response:
        return FileResponse(BUILT / "console.css", media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @app.get("/static/charts.js")
    def charts() -> Response:
        return FileResponse(
            BUILT / "charts.js", media_type="text/javascript", headers={"Cache-Control": "max-age=3600"}
        )


def _answer_plainly(app: FastAPI, place: Workplace) -> None:
    """What is refused is refused in words; what a fault said is never shown."""

    async def login_needed(request: Request, exc: Exception) -> Response:
        path = request.url.path
        if request.method == "GET" and not path.startswith("/fragments/") and not path.endswith("/fragment"):
            return RedirectResponse(access.login_page_for(request, place), status_code=303)
        text = "You are not logged in, or you were logged out because the console was not used for a while."
        return _message(place, 401, "Log in again", text, onward=("/login", "Log in"))

    async def forged(request: Request, exc: Exception) -> Response:
        text = "This form is out of date, so nothing was changed. Go back, load the page again and send it once more."
        return _message(place, 403, "That did not work", text)

    async def not_found(request: Request, exc: Exception) -> Response:
        return _message(
            place, 404, "Nothing here", "There is no such page, introduction or escalation. Check the reference."
        )

    async def unreadable(request: Request, exc: Exception) -> Response:
        return _message(
            place, 422, "That did not work", "Something in the form was missing or too long. Nothing was changed."
        )

    async def refused(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)  # noqa: S101 - narrows the framework's handler type
        if exc.status_code == 404:
            return await not_found(request, exc)
        answer = _message(
            place, exc.status_code, "That did not work", "The console cannot do that. Nothing was changed."
        )
        answer.headers.update(exc.headers or {})
        return answer

    app.add_exception_handler(access.LoginNeeded, login_needed)
    app.add_exception_handler(access.ForgedForm, forged)
    app.add_exception_handler(NotFound, not_found)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, refused)


def _broken(place: Workplace) -> Response:
    text = "The console could not do that. Try again in a minute. If it goes on, tell the person who looks after Front Door."
    return _message(place, 500, "Something went wrong", text)


def _too_large(place: Workplace, status: int) -> Response:
    return _message(place, status, "That did not work", "What was sent is too large. Nothing was changed.")


def _message(
    place: Workplace, status: int, heading: str, text: str, *, onward: tuple[str, str] = ("/", "All introductions")
) -> Response:
    return place.page(
        "message.html", status=status, heading=heading, explained=[text], onward=onward[0], onward_words=onward[1]
    )
