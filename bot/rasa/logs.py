"""Logs of the engine and the action server that never hold what a resident wrote.

Rasa writes message text into its own log lines (at DEBUG, WARNING and ERROR, inside ready-made strings) and exceptions carry
values. So once people's messages are about, a line from any logger but ours keeps only where it was written, and an
exception keeps its type and its frames.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

OURS = ("bot", "actions")
KEEP_FRAMES = 12

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class RedactingFactory:
    """Makes the log records of the process; all handlers, present and later, see only what it lets through."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make
        self.withholding = False

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        if self.withholding:
            redact(record)
        return record


def redact(record: logging.LogRecord) -> None:
    """Take out of the record all that may hold a resident's words."""
    failure = _failure(record)
    if failure is not None:
        record.exc_text = describe(failure)
    record.exc_info = None
    if record.name.partition(".")[0] not in OURS:
        record.msg = f"withheld: {Path(record.pathname).name}:{record.lineno}"
        record.args = ()


def describe(error: BaseException) -> str:
    """Type and frames of an exception and of its causes, innermost last; no message, no values."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < KEEP_FRAMES:
        frames = traceback.format_list(traceback.extract_tb(current.__traceback__)[-KEEP_FRAMES:])
        parts.append("".join(frames) + f"{type(current).__module__}.{type(current).__qualname__}")
        current = current.__cause__ or current.__context__
    return "\ncaused by:\n".join(parts)


def _failure(record: logging.LogRecord) -> BaseException | None:
    info = record.exc_info
    return info[1] if isinstance(info, tuple) else None


def install() -> None:
    """Put the factory in place; idempotent. Lines of start-up still come through whole."""
    current = logging.getLogRecordFactory()
    if not isinstance(current, RedactingFactory):
        logging.setLogRecordFactory(RedactingFactory(current))


def withhold() -> None:
    """From now on messages of residents are about: redact. Idempotent."""
    install()
    factory = logging.getLogRecordFactory()
    if isinstance(factory, RedactingFactory):
        factory.withholding = True


def to_stdout() -> None:
    """Write INFO and above as JSON lines to standard output (Rasa's own start does this for the engine)."""
    logging.basicConfig(format="%(message)s", stream=sys.stdout, level=logging.INFO)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
