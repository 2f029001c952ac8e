"""Stories with the needs in them: `data/needs/*.tsv`, one a line, needs and text apart by a tab, several needs by spaces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.intake.parsing.needs import DOMAINS

FOLDER = Path(__file__).resolve().parents[2] / "data" / "needs"
WRITTEN = FOLDER / "stories.tsv"
"""What the classifier is trained on."""
UNSEEN = FOLDER / "stories_unseen.tsv"
"""What it is measured on: written apart, never trained on."""
NONE = "none"


class StoriesError(ValueError):
    """A file of stories does not hold what it must; the message names the file and the line."""


@dataclass(frozen=True)
class Story:
    """What somebody told, and the needs in it."""

    text: str
    needs: frozenset[str]


def load(path: Path = WRITTEN) -> tuple[Story, ...]:
    """Every story of a file. Raises StoriesError."""
    found: list[Story] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        labels, tab, text = line.partition("\t")
        needs = frozenset(labels.split()) - {NONE}
        if not tab or not text.strip() or not labels or needs - set(DOMAINS):
            raise StoriesError(f"{path.name}:{number}: needs (or {NONE}), a tab and a text are wanted")
        found.append(Story(text.strip(), needs))
    return tuple(found)
