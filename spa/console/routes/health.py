"""Whether the console can work: asked by the supervisor, open to everybody."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from spa.console.workplace import AtWork

router = APIRouter()


@router.get("/health")
def health(place: AtWork) -> JSONResponse:
    """200 {"status": "ok"}, or 503 {"status": "no database"}."""
    try:
        place.database.ping()
    except SQLAlchemyError:
        return JSONResponse({"status": "no database"}, status_code=503)
    return JSONResponse({"status": "ok"})
