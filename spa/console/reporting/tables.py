"""A table of a report: what stands behind a chart, and what is exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from spa.console.times import span
from spa.reporting.comparison import Compared, Part
from spa.reporting.elapsed import Spread

HIDDEN = "hidden"


@dataclass(frozen=True)
class Cell:
    """One cell as it is read; `number` is what a chart draws and an export holds, None where the text is all there is."""

    text: str
    number: float | None = None

    @property
    def exported(self) -> str | int | float:
        """The number where there is one, else the text."""
        if self.number is None:
            return self.text
        return int(self.number) if self.number == int(self.number) else self.number


@dataclass(frozen=True)
class Table:
    """`rows` begin with the row's name. `drawn`: the columns that a chart draws (none: no chart); `by_time`: along a line of time."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    drawn: tuple[int, ...] = ()
    by_time: bool = False

    @property
    def csv(self) -> str:
        """As a spreadsheet takes it, the title on its first line."""
        made = io.StringIO()
        writer = csv.writer(made)
        writer.writerow([self.title])
        writer.writerow(self.columns)
        writer.writerows([cell.exported for cell in row] for row in self.rows)
        return made.getvalue()


def named(name: str, *cells: Cell) -> tuple[Cell, ...]:
    """A row and its name."""
    return (Cell(name), *cells)


def count(number: int | None) -> Cell:
    """A whole number; None is one that stays hidden."""
    return Cell(HIDDEN) if number is None else Cell(f"{number:,}", number)


def compared(both: Compared) -> tuple[Cell, Cell, Cell]:
    """This period, the year before, the change."""
    return count(both.now), count(both.before), Cell(both.change)


def share(part: Part) -> Cell:
    """In per cent."""
    return Cell("–") if part.percent is None else Cell(f"{part.percent} %", part.percent)


def minutes(seconds: float | None) -> Cell:
    """A length of time in words; minutes where it is drawn or exported."""
    return Cell("–") if seconds is None else Cell(span(timedelta(seconds=seconds)), round(seconds / 60, 1))


def spread(found: Spread | None) -> tuple[Cell, Cell]:
    """The middle, and what nine in ten stay below."""
    return minutes(found.middle if found else None), minutes(found.slow if found else None)


def in_order(rows: Sequence[tuple[Cell, ...]], *, by: int = 1) -> tuple[tuple[Cell, ...], ...]:
    """The largest first."""
    return tuple(sorted(rows, key=lambda row: -(row[by].number or 0)))
