"""The bar of the screen's first version, on the labelled development messages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.crisis.assessment import Flag
from bot.crisis.datafile import FOLDER
from bot.crisis.screen import Screen

DIRECT = {"P01", "P02", "P03", "P04", "P05", "P06", "P07", "P11", "P18", "P25", "P36", "P40", "P43", "P44", "P49"}
SILENT = {"P54", "P57", "P58", "P59"}


def rows(path: Path = FOLDER / "messages_dev.tsv") -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["id"], row["text"], row["category"][:3])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def assess(screen: Screen, text: str) -> Flag:
    asked = None
    if text.startswith("[asked: "):
        asked, _, text = text.removeprefix("[asked: ").partition("] ")
    return screen.assess(text.split(" || "), asked=asked).flag


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, category in rows() if category in DIRECT])
def test_screen_puts_direct_statement_at_red(screen: Screen, name: str, text: str) -> None:
    assert assess(screen, text) is Flag.RED


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, category in rows() if category in SILENT])
def test_screen_stays_silent(screen: Screen, name: str, text: str) -> None:
    assert assess(screen, text) is Flag.NONE


def test_screen_reads_most_of_the_development_messages_right(screen: Screen) -> None:
    risky = [text for _, text, category in rows() if category <= "P49" and category not in {"P35"}]
    missed = [text for text in risky if assess(screen, text) is Flag.NONE]
    assert len(missed) <= 0.02 * len(risky), missed
