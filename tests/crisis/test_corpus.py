"""The labelled messages are read as they were written, and every file of them is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.crisis import corpus
from bot.crisis.classifier import CLASSES


@pytest.mark.parametrize(
    ("text", "messages", "asked"),
    [
        ("one || two", ("one", "two"), None),
        ("[asked: full_name] Grace", ("Grace",), "full_name"),
        ("[asked: How are you?] ok || ish", ("ok", "ish"), "How are you?"),
        ('she said "no"', ('she said "no"',), None),
    ],
)
def test_parse_takes_question_and_texts_apart(text: str, messages: tuple[str, ...], asked: str | None) -> None:
    assert corpus.parse(text) == (messages, asked)


@pytest.mark.parametrize("path", corpus.authors(), ids=lambda path: path.stem)
def test_author_labels_every_row_with_a_known_level(path: Path) -> None:
    levels = {row.level for row in corpus.read(path)}
    assert levels <= set(CLASSES)


def test_no_message_is_both_flagged_and_quiet() -> None:
    labels: dict[int, set[bool]] = {}
    texts: dict[int, str] = {}
    for row in corpus.everything():
        labels.setdefault(row.digest, set()).add(row.must_be_flagged)
        texts[row.digest] = " ".join(row.messages)
    assert [texts[digest] for digest, flagged in labels.items() if len(flagged) > 1] == []
