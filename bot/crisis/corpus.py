"""The labelled messages of `data/crisis`: what the screen is trained on and measured with.

Tab-separated, one header line, no quoting (a `"` is part of a message). `[asked: …] ` at the start of a text is the question put
before it, ` || ` joins what one person sent within two minutes. The caveats on the labels are in `data/crisis/README.md`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.crisis.datafile import FOLDER

SHARED = ("corpus_risk", "corpus_norisk", "messages_dev")
"""Files of the first three authors; each of these holds risk or its absence only, or is for development."""
RED_LEVELS = frozenset({"crisis_imminent", "crisis_active", "harm_to_others", "self_harm", "safeguarding"})
QUIET_LEVELS = frozenset({"benign", "negated", "historical"})
HAPPENING_NOW = "P49"
"""The category of somebody else whose life is at risk now: RED, though it is `third_party`."""


@dataclass(frozen=True)
class Labelled:
    """One labelled message: its texts (oldest first), the question asked before it, its label, and who wrote it."""

    messages: tuple[str, ...]
    asked: str | None
    level: str
    category: str
    author: str

    @property
    def must_be_red(self) -> bool:
        """A level that pages, or a life at risk now."""
        return self.level in RED_LEVELS or self.category == HAPPENING_NOW

    @property
    def must_be_flagged(self) -> bool:
        """Any level that asks for a flag."""
        return self.level not in QUIET_LEVELS

    @property
    def digest(self) -> int:
        """64 bits that tell its question and its texts from any other's."""
        whole = "\n".join((self.asked or "", *self.messages))
        return int.from_bytes(hashlib.blake2b(whole.encode(), digest_size=8).digest())


def read(path: Path) -> Iterator[Labelled]:
    """The rows of one file, in order. A file without levels (everyday messages) is benign."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            messages, asked = parse(row["text"])
            category = row.get("category") or "everyday"
            yield Labelled(messages, asked, row.get("level") or "benign", category.split("_")[0], path.stem)


def parse(text: str) -> tuple[tuple[str, ...], str | None]:
    """`[asked: …]` and ` || ` taken apart."""
    asked = None
    if text.startswith("[asked: "):
        asked, _, text = text.removeprefix("[asked: ").partition("]")
    return tuple(text.strip().split(" || ")), asked


def authors(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files of the further authors, by name."""
    return tuple(sorted((folder / "authors").glob("*.tsv")))


def everything(folder: Path = FOLDER) -> list[Labelled]:
    """Every labelled message, file by file."""
    paths = (*(folder / f"{name}.tsv" for name in SHARED), *authors(folder))
    return [row for path in paths for row in read(path)]
