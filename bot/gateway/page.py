"""The chat page: our own files of `bot/web` and the packages it stands on. Facts in it are filled from the directory at start-up."""

from __future__ import annotations

import html
import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.directory import Directory, DirectoryError
from frontdoor.settings import ROOT

WEB = ROOT / "bot" / "web"
STYLES = ROOT / "node_modules" / ".frontdoor" / "chat.css"
_SLOT = re.compile(r"\{(\w+):(\w+)\}")


def filled(source: str, directory: Directory) -> str:
    """The page with each `{line:field}` replaced; `{line:tel}` is the phone number as a `tel:` link has it. Raises DirectoryError."""

    def fact(slot: re.Match[str]) -> str:
        line, name = directory.confirmed(slot[1]), slot[2]
        value = re.sub(r"\D", "", line.phone or "") if name == "tel" else getattr(line, name, None)
        if not isinstance(value, str) or not value:
            raise DirectoryError(f"entry {line.id!r} of data/directory.yml has no {name!r}")
        return html.escape(value)

    return _SLOT.sub(fact, source)


async def show(request: Request) -> Response:
    """GET /: the page, the same for everybody."""
    return HTMLResponse(request.app.state.page, headers={"Cache-Control": "no-cache"})


async def styles(request: Request) -> Response:
    """GET /static/nhsuk.css: built at set-up (scripts/stylesheets.py)."""
    return FileResponse(STYLES, media_type="text/css")


def load(directory: Directory, *, folder: Path = WEB) -> str:
    """The page's HTML, filled. Raises DirectoryError, or OSError where it is missing."""
    return filled((folder / "index.html").read_text(encoding="utf-8"), directory)


def routes() -> list[BaseRoute]:
    """`/` and `/static`: nothing under it is generated or private."""
    return [
        Route("/", show, methods=["GET"]),
        Route("/static/nhsuk.css", styles, methods=["GET"]),
        Mount("/static", StaticFiles(directory=WEB)),
    ]
