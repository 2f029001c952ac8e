"""The language of a message: English, one of the languages that Front Door has a card in, or unknown. Pure once its words are read.

A wrong language is worse than none, so short, mixed and name-laden texts come out as English or unknown. A script names its
language; Latin letters are read by the words of `data/language.yml`, and lingua's letter statistics settle what these leave open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).resolve().parents[2] / "data" / "language.yml"
ENGLISH = "en"
TAGS = ("pt", "es", "fr", "pl", "it", "so", "ar", "am", "ti", "yo", "ak", "bn", "ro", "tr")
"""BCP 47 tags of the fourteen languages; Twi is written as the Akan that it belongs to."""
# What lingua's models are loaded for: those of the fourteen that it knows and that share the Latin letters.
_BY_LETTERS = ("en", "pt", "es", "fr", "pl", "it", "so", "yo", "ro", "tr")
_FOLD = str.maketrans({"ł": "l", "ı": "i", "ɛ": "e", "ɔ": "o", "œ": "oe", "’": "'"})
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_SCRIPTS = {
    "ethiopic": re.compile(r"[ሀ-፟]"),
    "arabic": re.compile(r"[ء-ي]"),
    "bengali": re.compile(r"[ঀ-৿]"),
}
_NOT_ARABIC = re.compile(r"[پچژگکیٹڈےںہھڑ]")
_TIGRINYA = re.compile(r"[ቐ-ቘኸ-ኾ]|\bኣ|\b(?:እየ|እዩ|ናይ|ሕጂ|ጥራይ|እደሊ|ክ\w+)\b|(?:ኹ|ኩም|የኒ|ዓኒ)\b")
_AMHARIC = re.compile(r"\bአ|\b(?:ነው|ነኝ|እና|ላይ|ነበር|ስለ|እኔ)\b|(?:ለሁ|ለው|ኛል|ልኝ|ኩኝ|ዬን?|ሬን|ቴን?)\b")
_LETTERS_ENOUGH = 3
_SURE = 0.9
_WORDS_FOR_LETTERS = 3


class LanguageError(ValueError):
    """`data/language.yml` does not hold what it must; the message names the file."""


@dataclass(frozen=True)
class Identifier:
    """`words`: the telling words of each tag; `english`: those of English."""

    words: Mapping[str, frozenset[str]]
    english: frozenset[str]

    @classmethod
    def load(cls, path: Path = WORDS) -> Identifier:
        """Raises LanguageError for an unknown or missing language."""
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
            raise LanguageError(f"{path.name}: expected the words of each language as text")
        known = {*TAGS, "english"}
        if data.keys() != known:
            raise LanguageError(f"{path.name}: unknown or missing {sorted(data.keys() ^ known)}")
        words = {tag: frozenset(fold(data[tag]).split()) for tag in TAGS}
        return cls(words, frozenset(data["english"].split()))

    @cached_property
    def _letters(self) -> Any:
        # Loaded for the first text that its words do not settle: lingua keeps some 40 MB, and most texts are English.
        from lingua import IsoCode639_1, LanguageDetectorBuilder

        codes = [getattr(IsoCode639_1, tag.upper()) for tag in _BY_LETTERS]
        return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def identify(self, text: str) -> str | None:
        """The tag of one of the fourteen languages, "en", or None where it cannot be told."""
        return _by_script(text) or self._by_words(text)

    def _by_words(self, text: str) -> str | None:
        words = _WORD.findall(fold(text))
        english = sum(word in self.english for word in words)
        if len(words) < 2 or english * 2 >= len(words):
            return ENGLISH if english else None
        told = {tag: sum(word in own for word in words) for tag, own in self.words.items()}
        most = max(told.values())
        if most >= 2 and most > english and most * 4 >= len(words):
            near = [tag for tag, count in told.items() if count == most]
            return near[0] if len(near) == 1 else self._likeliest(text, near)
        if english:
            return ENGLISH
        return self._by_letters(text, told) if len(words) >= _WORDS_FOR_LETTERS else None

    def _likeliest(self, text: str, near: list[str]) -> str | None:
        """Of languages that the words speak for alike, the one that the letters speak for most."""
        sure = self._confidence(text)
        return max((tag for tag in near if tag in sure), key=lambda tag: sure[tag], default=None)

    def _by_letters(self, text: str, told: Mapping[str, int]) -> str | None:
        """What the letters say for sure, where a word or an accent supports it: a row of names has neither."""
        tag, confidence = max(self._confidence(text).items(), key=lambda found: found[1])
        supported = told.get(tag, 0) > 0 or not text.replace("’", "'").isascii()
        return tag if tag != ENGLISH and confidence >= _SURE and supported else None

    def _confidence(self, text: str) -> dict[str, float]:
        values = self._letters.compute_language_confidence_values(text)
        return {value.language.iso_code_639_1.name.lower(): value.value for value in values}


def fold(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_FOLD)


def _by_script(text: str) -> str | None:
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    name = max(counts, key=lambda script: counts[script])
    latin = len(re.findall(r"[a-z]", text, re.IGNORECASE))
    if counts[name] < _LETTERS_ENOUGH or counts[name] < latin:
        return None
    if name == "arabic":
        return None if _NOT_ARABIC.search(text) else "ar"
    if name == "bengali":
        return "bn"
    return "ti" if len(_TIGRINYA.findall(text)) > len(_AMHARIC.findall(text)) else "am"
