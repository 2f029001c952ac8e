"""How the screen does on labelled messages: the figures that the model card and the bench print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.crisis.assessment import Assessment, Flag
from bot.crisis.corpus import HAPPENING_NOW, QUIET_LEVELS, Labelled

TOLERATED = frozenset({"P35"})
"""Categories where a flag is neither asked for nor wrong (data/crisis/README.md)."""
PAIRS = frozenset({"P62", "P63", "P64", "P65"})
BASE_RATE = 0.05
HARD = frozenset({"crisis_imminent", "crisis_active", "harm_to_others"})
SOFT = frozenset({"self_harm", "safeguarding"})


@dataclass(frozen=True)
class Judged:
    """A labelled message and what a judge said of it."""

    row: Labelled
    said: Assessment

    @property
    def red(self) -> bool:
        """It was RED."""
        return self.said.flag is Flag.RED

    @property
    def flagged(self) -> bool:
        """It was RED or AMBER."""
        return self.said.flag is not Flag.NONE

    @property
    def is_miss(self) -> bool:
        """Not what the label asks for."""
        if self.row.category in TOLERATED:
            return False
        if self.row.must_be_red:
            return not self.red
        if self.row.must_be_flagged:
            return not self.flagged
        return self.red or (self.flagged and self.row.level == "benign")

    def described(self) -> str:
        """One line: category, label, verdict, text, reasons."""
        asked = f"[asked: {self.row.asked}] " if self.row.asked else ""
        why = ", ".join(f"{reason.rule} {reason.score:.2f}" for reason in self.said.reasons[:3])
        text = " || ".join(self.row.messages)
        return f"{self.row.category} {self.row.level} → {self.said.flag.value}: {asked}{text} ({why})"


Group = Callable[[Labelled], bool]

GROUPS: tuple[tuple[str, Group, str], ...] = (
    ("imminent, active, harm to others", lambda row: row.level in HARD, "red"),
    ("self-harm, safeguarding", lambda row: row.level in SOFT, "red"),
    ("somebody else, now", lambda row: row.level == "third_party" and row.category == HAPPENING_NOW, "red"),
    ("all of those and passive", lambda row: row.level in HARD | SOFT | {"passive_low"}, "flag"),
    ("passive", lambda row: row.level == "passive_low", "flag"),
    ("third party", lambda row: row.level == "third_party", "flag"),
    ("negated, historical", lambda row: row.level in {"negated", "historical"}, "red"),
    ("negated, historical", lambda row: row.level in {"negated", "historical"}, "flag"),
    ("look-alikes", lambda row: row.level == "benign" and row.category.startswith("P"), "red"),
    ("look-alikes", lambda row: row.level == "benign" and row.category.startswith("P"), "flag"),
    ("minimal pairs", lambda row: row.level == "benign" and row.category in PAIRS, "flag"),
    ("ordinary", lambda row: row.level == "benign" and not row.category.startswith("P"), "red"),
    ("ordinary", lambda row: row.level == "benign" and not row.category.startswith("P"), "flag"),
)


def figures(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    """(name, "hits/rows = share") of every group that has rows, and the PPV of RED at a base rate of 5 %."""
    counted = [one for one in judged if one.row.category not in TOLERATED]
    for name, belongs, kind in GROUPS:
        rows = [one for one in counted if belongs(one.row)]
        hits = sum(one.red if kind == "red" else one.flagged for one in rows)
        if rows:
            yield f"{kind.upper()} on {name}", f"{hits}/{len(rows)} = {hits / len(rows):.3f}"
    must = [one for one in counted if one.row.level in HARD | SOFT]
    quiet = [one for one in counted if one.row.level in QUIET_LEVELS]
    if must and quiet:
        right = BASE_RATE * sum(one.red for one in must) / len(must)
        wrong = (1 - BASE_RATE) * sum(one.red for one in quiet) / len(quiet)
        yield f"PPV of RED at {BASE_RATE:.0%}", f"{right / (right + wrong):.2f}" if right + wrong else "-"


def table(judged: Sequence[Judged]) -> list[str]:
    """The figures as the lines of a Markdown table."""
    return ["| figure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in figures(judged))]
