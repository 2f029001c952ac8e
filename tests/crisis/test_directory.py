"""`data/directory.yml` and the rules that guard what is shown from it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot import directory
from bot.directory import DirectoryError

ENTRY = "{name: A line, phone: 020 7946 0000, status: confirmed, checked_on: 2026-01-31, source: a test}"


def load(folder: Path, text: str) -> directory.Directory:
    path = folder / "directory.yml"
    path.write_text(text, encoding="utf-8")
    return directory.load(path)


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("{emergency:phone}", "999"),
        ("{nhs_111:phone}", "111"),
        ("{slam_crisis_line:phone}", "0800 731 2864"),
        ("{samaritans:phone}", "116 123"),
        ("{shout:text}", "85258"),
        ("{calm:phone}", "0800 58 58 58"),
        ("{papyrus:phone}", "0800 068 4141"),
        ("{childline:phone}", "0800 1111"),
        ("{domestic_abuse_helpline:phone}", "0808 2000 247"),
        ("{gaia_centre:phone}", "020 7733 8724"),
        ("{lambeth_safeguarding:phone}", "020 7926 5555"),
        ("{camhs:phone}", "020 3228 7370"),
        ("{evening_sanctuary:hours}", "6pm to midnight"),
    ],
)
def test_directory_holds_confirmed_fact(placeholder: str, shown: str) -> None:
    assert directory.load().fill(f"Ring {placeholder}.") == f"Ring {shown}."


def test_directory_lists_what_is_to_be_filled_in() -> None:
    assert {"spa", "crisis_outreach"} <= {line.id for line in directory.load().unconfirmed}


@pytest.mark.parametrize("placeholder", ["{spa:phone}", "{crisis_outreach:hours}", "{nowhere:phone}", "{camhs:text}"])
def test_directory_refuses_to_fill_what_may_not_be_shown(placeholder: str) -> None:
    with pytest.raises(DirectoryError):
        directory.load().fill(placeholder)


def test_directory_leaves_other_braces_alone() -> None:
    assert directory.load().fill("Hello {name}, {") == "Hello {name}, {"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("line: " + ENTRY.replace("phone", "telephone"), "telephone"),
        ("line: " + ENTRY.replace("confirmed", "sure"), "status"),
        ("line: " + ENTRY.replace("2026-01-31", "soon"), "checked_on"),
        ("line: " + ENTRY.replace("020 7946 0000", "999"), "phone"),
        ("line: " + ENTRY.replace(", source: a test", ""), "source"),
        ("line: " + ENTRY.replace("}", ", hours: 9 to 5, open: 9 to 5}"), "open"),
        ("line: " + ENTRY.replace("}", ", hours: 9 to 5, open: 'Mon-Fri 17:00-09:00'}"), "open"),
        ("line: " + ENTRY.replace("}", ", open: 'Mon-Fri 09:00-17:00'}"), "hours"),
        ("line: text only", "line"),
        ("[1, 2]", "mapping"),
        ("line: {", "YAML"),
    ],
)
def test_directory_names_the_wrong_entry(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(DirectoryError, match=named):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-11-23T09:00+00:00", True),
        ("2026-11-23T08:59+00:00", False),
        ("2026-11-23T17:00+00:00", False),
        ("2026-07-06T08:00+00:00", True),  # nine in London's summer
        ("2026-11-28T11:00+00:00", True),  # Saturday
        ("2026-11-28T15:00+00:00", False),
        ("2026-11-29T11:00+00:00", False),
    ],
)
def test_directory_knows_when_a_line_is_open(tmp_path: Path, moment: str, there: bool) -> None:
    hours = ", hours: as it says, open: 'Mon-Fri 09:00-17:00, Sat 10:00-14:00'}"
    line = load(tmp_path, "line: " + ENTRY.replace("}", hours)).lines["line"]
    assert line.is_open(datetime.fromisoformat(moment)) is there


@pytest.mark.parametrize("status", ["confirmed", "unconfirmed"])
def test_directory_does_not_guess_when_a_line_is_open(tmp_path: Path, status: str) -> None:
    hours = ", hours: as it says, open: 'Mon-Sun 00:00-24:00'}" if status == "unconfirmed" else "}"
    line = load(tmp_path, "line: " + ENTRY.replace("confirmed", status).replace("}", hours)).lines["line"]
    assert line.is_open(datetime.fromisoformat("2026-11-23T12:00+00:00")) is None
