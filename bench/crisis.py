"""Figures of the crisis screen: `.venv/bin/python bench/crisis.py [--corpus] [--ordinary FILE]`.

Prints what the screen catches and what it wrongly flags on the labelled messages of `data/crisis`, beside a list of twenty
keywords in the same run, with every miss. The labels are the authors' and no clinician has signed them.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.crisis.assessment import Flag
from bot.crisis.screen import Screen

DATA = Path(__file__).resolve().parent.parent / "data" / "crisis"
RED_LEVELS = {"crisis_imminent", "crisis_active", "harm_to_others", "self_harm", "safeguarding"}
QUIET_LEVELS = {"benign", "negated", "historical"}
# A safety question is a right answer to these, or a flag is tolerated: data/crisis/README.md.
TOLERATED = {"P35"}
PAIRS = {"P62", "P63", "P64", "P65"}
BASE_RATE = 0.05
KEYWORDS = (
    "suicide", "suicidal", "kill myself", "end my life", "want to die", "self harm", "self-harm", "overdose", "cut myself",
    "hurt myself", "take my life", "better off dead", "kms", "hang myself", "jump off", "not safe", "goodbye", "kill him",
    "hit me", "raped",
)  # fmt: skip

Judge = Callable[[Sequence[str], str | None], Flag]


@dataclass(frozen=True)
class Message:
    """One labelled row: its messages, the question asked before it, its label."""

    messages: tuple[str, ...]
    asked: str | None
    level: str
    category: str

    @property
    def must_be_red(self) -> bool:
        """Levels of the RED recall figure, and a life at risk now (P49)."""
        return self.level in RED_LEVELS or self.category.startswith("P49")

    @property
    def must_be_flagged(self) -> bool:
        """Any level that asks for a flag."""
        return self.level not in QUIET_LEVELS


def parse(text: str) -> tuple[tuple[str, ...], str | None]:
    """`[asked: …]` and ` || ` of the labelled files taken apart."""
    asked = None
    if text.startswith("[asked: "):
        asked, _, text = text.removeprefix("[asked: ").partition("] ")
    return tuple(text.split(" || ")), asked


def read(path: Path) -> Iterator[Message]:
    """The rows of a labelled file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            messages, asked = parse(row["text"])
            yield Message(messages, asked, row.get("level", "benign"), row.get("category", "everyday"))


def by_keywords(messages: Sequence[str], asked: str | None) -> Flag:
    """The list of twenty keywords."""
    text = " ".join(messages).casefold()
    return Flag.RED if any(word in text for word in KEYWORDS) else Flag.NONE


def share(rows: Sequence[tuple[Message, Flag]], *, red_only: bool) -> str:
    """How many of the rows were flagged, as text."""
    hits = sum(flag is Flag.RED if red_only else flag is not Flag.NONE for _, flag in rows)
    return f"{hits}/{len(rows)} = {hits / len(rows):.1%}" if rows else "-"


def rate(rows: Sequence[tuple[Message, Flag]]) -> float:
    """Share of RED."""
    return sum(flag is Flag.RED for _, flag in rows) / len(rows) if rows else 0.0


def figures(judged: Sequence[tuple[Message, Flag]]) -> dict[str, str]:
    """The figures of one judge over one file."""
    red = [row for row in judged if row[0].must_be_red]
    flagged = [row for row in judged if row[0].must_be_flagged and row[0].category[:3] not in TOLERATED]
    quiet = [row for row in judged if row[0].level in QUIET_LEVELS]
    found: dict[str, str] = {"RED recall": share(red, red_only=True), "flag recall": share(flagged, red_only=False)}
    for level in ("crisis_imminent", "crisis_active", "harm_to_others", "self_harm", "safeguarding"):
        found[f"  RED on {level}"] = share([row for row in red if row[0].level == level], red_only=True)
    for level in ("passive_low", "third_party"):
        found[f"  flag on {level}"] = share([row for row in flagged if row[0].level == level], red_only=False)
    for level in sorted(QUIET_LEVELS):
        rows = [row for row in quiet if row[0].level == level]
        found[f"RED on {level}"] = share(rows, red_only=True)
        found[f"flag on {level}"] = share(rows, red_only=False)
    found["flag on minimal pairs"] = share([row for row in quiet if row[0].category[:3] in PAIRS], red_only=False)
    hit, wrong = BASE_RATE * rate(red), (1 - BASE_RATE) * rate(quiet)
    found[f"PPV at {BASE_RATE:.0%} RED"] = f"{hit / (hit + wrong):.2f}" if hit + wrong else "-"
    return found


def is_miss(message: Message, flag: Flag) -> bool:
    """Not what the label asks for."""
    if message.must_be_red:
        return flag is not Flag.RED
    if message.must_be_flagged:
        return flag is Flag.NONE and message.category[:3] not in TOLERATED
    return flag is not Flag.NONE and (flag is Flag.RED or message.level == "benign")


def compare(name: str, rows: Sequence[Message], screen: Screen) -> None:
    """Print one file's table and every miss of the screen."""
    times: list[float] = []
    judged: list[tuple[Message, Flag]] = []
    misses: list[str] = []
    for row in rows:
        started = time.perf_counter()
        result = screen.assess(row.messages, asked=row.asked)
        times.append((time.perf_counter() - started) * 1000)
        judged.append((row, result.flag))
        if is_miss(row, result.flag):
            rules = ", ".join(reason.rule for reason in result.reasons[:3])
            asked = f"[asked: {row.asked}] " if row.asked else ""
            misses.append(
                f"{row.category[:3]} {row.level} → {result.flag.value}: {asked}{' || '.join(row.messages)}  ({rules})"
            )
    ours, words = figures(judged), figures([(row, by_keywords(row.messages, row.asked)) for row in rows])
    print(f"\n{name}: {len(rows)} messages\n{'':26}{'screen':>22}{'20 keywords':>22}")
    for figure, value in ours.items():
        print(f"{figure:26}{value:>22}{words[figure]:>22}")
    print(
        f"milliseconds a message     p50 {statistics.median(times):.2f}  p99 {statistics.quantiles(times, n=100)[98]:.2f}"
    )
    print(f"misses: {len(misses)}")
    for miss in misses:
        print("  " + miss)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="store_true", help="also the training messages")
    parser.add_argument("--ordinary", type=Path, help="a file of everyday messages, for false alarms")
    options = parser.parse_args()
    started = time.perf_counter()
    screen = Screen.load()
    print(f"rules loaded in {time.perf_counter() - started:.2f} s")
    compare("messages_dev.tsv", list(read(DATA / "messages_dev.tsv")), screen)
    if options.corpus:
        corpus = [row for name in ("corpus_risk.tsv", "corpus_norisk.tsv") for row in read(DATA / name)]
        compare("corpus_risk.tsv and corpus_norisk.tsv", corpus, screen)
    if options.ordinary:
        compare(options.ordinary.name, list(read(options.ordinary)), screen)


if __name__ == "__main__":
    main()
