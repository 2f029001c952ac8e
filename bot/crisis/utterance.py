"""What the classifier reads: a person's texts as one, with pictures put into words, and the question before them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.crisis.datafile import FOLDER, RuleError, entries, read

JOINT = " . "
_ROW = re.compile(r"([^\x00-\x7f])\1{3,}")
_CODE = re.compile(r"\b(?:LW-[0-9A-Z]{4}-[0-9A-Z]{3}|[0-9A-Z]{4}-[0-9A-Z]{4})\b")
_PICTURES = frozenset({"So", "Sk"})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
_FIRST_PICTURE = 0x2100  # below are signs that people type, such as © and °


@dataclass(frozen=True)
class Utterance:
    """`question` is empty where nothing was asked."""

    question: str
    text: str


class Questions:
    """`data/crisis/asked.yml`: the words of each ask id."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    @classmethod
    def load(cls, path: Path = FOLDER / "asked.yml") -> Questions:
        """Raises RuleError where a question is not text."""
        words = entries(read(path), path=path)
        wrong = [ask for ask, question in words.items() if not isinstance(question, str)]
        if wrong:
            raise RuleError(f"{path.name}: put quotes around the question of {wrong[0]!r}")
        return cls(words)

    def __contains__(self, ask: str) -> bool:
        return ask in self._words

    def words(self, asked: str | None) -> str:
        """The question's words: of an ask id, or as they are."""
        return self._words.get(asked, asked) if asked else ""


def utterance(messages: Sequence[str], *, asked: str | None, questions: Questions) -> Utterance:
    """The texts of one person, oldest first, read with the question last put to them (an ask id, or its words)."""
    return Utterance(in_words(questions.words(asked)), JOINT.join(in_words(message) for message in messages))


def in_words(text: str) -> str:
    """Emoji by their Unicode names, a long row of the same one as three; without our own codes and without characters that show nothing."""
    return "".join(_shown(_ROW.sub(r"\1\1\1", _CODE.sub("number", text))))


def _shown(text: str) -> Iterator[str]:
    for character in text:
        yield character if character.isascii() and character.isprintable() else _word(character)


@lru_cache(maxsize=4096)
def _word(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in _PICTURES and ord(character) > _FIRST_PICTURE:
        return f" {unicodedata.name(character, 'emoji').lower()} "
    return "" if category in _INVISIBLE else character
