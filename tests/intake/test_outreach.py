"""Out of hours the resident is told so, and only where the hours are confirmed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot import directory
from bot.intake import outreach
from bot.intake.turn import Inbound

NIGHT, DAY = "2026-11-23T02:00+00:00", "2026-11-23T11:00+00:00"


def lines(folder: Path, *, status: str = "confirmed") -> directory.Directory:
    """A directory in which crisis outreach works on weekdays."""
    path = folder / "directory.yml"
    path.write_text(
        f"crisis_outreach: {{name: Crisis outreach team, hours: 'Monday to Friday, 9am to 5pm', open: 'Mon-Fri 09:00-17:00',"
        f" status: {status}, checked_on: 2026-01-31, source: a test}}",
        encoding="utf-8",
    )
    return directory.load(path)


def at(moment: str, channel: str = "web") -> Inbound:
    """A message at this time."""
    return Inbound(text="", channel=channel, now=datetime.fromisoformat(moment))


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_out_of_hours_it_says_that_nobody_is_there_now_and_when_they_are(tmp_path: Path, channel: str) -> None:
    said = outreach.when(at(NIGHT, channel), lines(tmp_path))
    assert "not there now" in said and "Monday to Friday, 9am to 5pm" in said


def test_in_hours_it_says_that_they_are_there(tmp_path: Path) -> None:
    said = outreach.when(at(DAY), lines(tmp_path))
    assert "there now" in said and "not there" not in said


def test_unconfirmed_hours_are_not_said(tmp_path: Path) -> None:
    assert outreach.when(at(DAY), lines(tmp_path, status="unconfirmed")) == ""


def test_no_hours_of_this_project_are_confirmed_yet_so_none_are_said() -> None:
    assert outreach.when(at(NIGHT)) == ""
