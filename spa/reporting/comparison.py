"""A number beside the one of a year before, in the words of the Alliance's own reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """This period's number and that of the same days a year earlier."""

    now: int = 0
    before: int = 0

    @property
    def percent(self) -> int | None:
        """By how much it went up (or down, below 0), in whole per cent; None where there was nothing to compare with."""
        return round((self.now - self.before) * 100 / self.before) if self.before else None

    @property
    def change(self) -> str:
        """ "up 25 %", "down 3 %", "no change", "none the year before"."""
        if self.percent is None:
            return "none the year before" if self.now else "none in either year"
        if self.percent == 0:
            return "no change" if self.now == self.before else "changed by less than 1 %"
        return f"{'up' if self.percent > 0 else 'down'} {abs(self.percent):,} %"

    def __str__(self) -> str:
        """ "5,962, up 25 %"."""
        return f"{self.now:,}, {self.change}"


@dataclass(frozen=True)
class Part:
    """So many of so many."""

    number: int
    of: int

    @property
    def percent(self) -> int | None:
        """In whole per cent; None of nothing."""
        return round(self.number * 100 / self.of) if self.of else None

    def __str__(self) -> str:
        """ "12 of 40 (30 %)"."""
        return f"{self.number:,} of {self.of:,} ({self.percent} %)" if self.of else "none"
