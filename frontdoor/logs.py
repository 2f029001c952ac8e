"""Logging of the front's processes: one JSON object a line, ids and counts, never what a resident wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Keys that could carry a person's words, name or number are dropped, wherever they come from.
WITHHELD = frozenset(
    {"text", "body", "message", "words", "name", "phone", "address", "to", "draft", "document", "params", "email"}
)


def withhold(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the event without the keys that may hold personal data."""
    return {key: value for key, value in event.items() if key not in WITHHELD}


def exception_type_only(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Exception text may quote a value; the log keeps its type and where it was raised."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if not isinstance(error, BaseException):
        return event
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {**event, "error": type(error).__name__, "at": places[-3:]}


def configure(level: int = logging.INFO) -> None:
    """Set up structlog and the standard library's logging for this process."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        withhold,
        exception_type_only,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These log addresses with query strings, or statements with their parameters, at INFO.
    for name in ("httpx", "httpcore", "sqlalchemy.engine", "twilio.http_client", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
