"""Lines and services shown to residents, read from `data/directory.yml`: the one place facts come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

PATH = Path(__file__).resolve().parent.parent / "data" / "directory.yml"
STATUSES = ("confirmed", "unconfirmed")
FIELDS = {"name", "phone", "text", "address", "hours", "open", "url", "status", "checked_on", "source", "note"}
REQUIRED = {"name", "status", "checked_on", "source"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(
    rf"(?P<first>{'|'.join(DAYS)})(?:-(?P<last>{'|'.join(DAYS)}))? (?P<opens>[0-2]\d:[0-5]\d)-(?P<closes>[0-2]\d:[0-5]\d)"
)


class DirectoryError(ValueError):
    """`data/directory.yml` does not hold what it must; the message names the entry."""


@dataclass(frozen=True)
class Line:
    """One line or service. `phone` and `hours` as they are shown; an unconfirmed line is never shown to a resident.

    `open`: the hours again for the program, in London's time: "Mon-Fri 09:00-17:00, Sat 10:00-14:00". Midnight is 24:00; a night is
    written as two spans.
    """

    id: str
    name: str
    status: str
    checked_on: date
    source: str
    phone: str | None = None
    text: str | None = None
    address: str | None = None
    hours: str | None = None
    open: str | None = None
    url: str | None = None
    note: str | None = None

    @property
    def tel(self) -> str | None:
        """`phone` as a `tel:` link wants it: digits only."""
        return "".join(filter(str.isdigit, self.phone)) if self.phone else None

    def is_open(self, now: datetime) -> bool | None:
        """Whether somebody is there at this (aware) time; None where that is not known or not confirmed."""
        if self.open is None or self.status != "confirmed":
            return None
        local = now.astimezone(ZoneInfo("Europe/London"))
        day, minute = local.weekday(), f"{local:%H:%M}"
        return any(
            first <= day <= last and opens <= minute < closes for first, last, opens, closes in _spans(self.open)
        )


@dataclass(frozen=True)
class Directory:
    """All lines by id."""

    lines: Mapping[str, Line]

    def confirmed(self, line_id: str) -> Line:
        """The line, if it may be shown. Raises DirectoryError for one that is unknown or unconfirmed."""
        line = self.lines.get(line_id)
        if line is None:
            raise DirectoryError(f"data/directory.yml has no entry {line_id!r}")
        if line.status != "confirmed":
            raise DirectoryError(f"entry {line_id!r} of data/directory.yml is unconfirmed and may not be shown")
        return line

    @property
    def unconfirmed(self) -> tuple[Line, ...]:
        """Entries to fill in before go-live; start-up prints them."""
        return tuple(line for line in self.lines.values() if line.status == "unconfirmed")

    def fill(self, text: str) -> str:
        """The text with each `{line:field}` (for example `{samaritans:phone}`) replaced. Raises DirectoryError."""
        parts = text.split("{")
        filled = [parts[0]]
        for part in parts[1:]:
            key, closed, rest = part.partition("}")
            line_id, colon, name = key.partition(":")
            if not closed or not colon:
                filled.append("{" + part)
                continue
            value = getattr(self.confirmed(line_id), name, None)
            if not isinstance(value, str):
                raise DirectoryError(f"entry {line_id!r} of data/directory.yml has no {name!r}")
            filled.append(value + rest)
        return "".join(filled)


def load(path: Path = PATH) -> Directory:
    """Read and check the file. Raises DirectoryError naming the entry and what is wrong with it."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as e:
        raise DirectoryError(f"{path.name} is not YAML: {e}") from e
    if not isinstance(entries, dict):
        raise DirectoryError(f"{path.name} must be a mapping of entries")
    return Directory({line_id: _line(line_id, entry) for line_id, entry in entries.items()})


def _spans(text: str) -> list[tuple[int, int, str, str]]:
    """(first day, last day, opens, closes) of each span. Raises DirectoryError."""
    spans = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None or match["opens"] >= match["closes"] or match["closes"] > "24:00":
            raise DirectoryError(f"open: {part.strip()!r} is not like 'Mon-Fri 09:00-17:00'")
        first = DAYS.index(match["first"])
        spans.append((first, DAYS.index(match["last"]) if match["last"] else first, match["opens"], match["closes"]))
    return spans


def _line(line_id: str, entry: object) -> Line:
    if not isinstance(entry, dict):
        raise DirectoryError(f"{line_id}: must be a mapping of fields")
    unknown = set(entry) - FIELDS
    if unknown:
        raise DirectoryError(f"{line_id}: unknown keys {sorted(unknown)}")
    missing = REQUIRED - set(entry)
    if missing:
        raise DirectoryError(f"{line_id}: {sorted(missing)} required")
    if entry["status"] not in STATUSES:
        raise DirectoryError(f"{line_id}: status must be one of {STATUSES}")
    if not isinstance(entry["checked_on"], date):
        raise DirectoryError(f"{line_id}: checked_on must be a date such as 2026-01-31")
    not_text = [key for key, value in entry.items() if key != "checked_on" and not isinstance(value, str)]
    if not_text:
        raise DirectoryError(f"{line_id}: {not_text} must be text; put numbers in quotes")
    if "open" in entry:
        if "hours" not in entry:
            raise DirectoryError(f"{line_id}: open needs hours, as they are shown")
        _spans(entry["open"])
    return Line(id=line_id, **entry)
