"""Raw text to the tokens that patterns are written in: one spelling for the many ways people write the same thing.

Handles Unicode look-alikes, zero-width and control characters, letters drawn out ("dieee"), symbols for letters
("k*ll", "su1cide"), spaced letters ("k m s"), text-speak ("wna", "dnt"), split words ("my self"), typing slips and
emoji. Every token keeps its place in the original, so that staff see the resident's own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.crisis.datafile import FOLDER, RuleError, check_keys, entries, read

BREAK = "."
QUESTION = "?"
COMMA = ","
# What stands between the messages of one person; it never comes out of text.
NEXT = "‖"
LONGEST = 20_000

_LETTER_OF = {"0": "o", "1": "[il]", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "[il]"}
_WILD = "*#_-.~^+="
# Letters written apart come first; whether they make a word is seen later.
_CHUNK = re.compile(r"(?:(?<!\S)\w[^\S\n]+){2,}\w(?!\S)|\S+|\n")
_BREAKS = {".": BREAK, "!": BREAK, ";": BREAK, ":": COMMA, "…": BREAK, "?": QUESTION, "؟": QUESTION, "。": BREAK}
_BREAKS |= {"।": BREAK, "።": BREAK, ",": COMMA, "،": COMMA, "(": COMMA, ")": COMMA, "–": COMMA, "—": COMMA, "\n": BREAK}
_QUOTES = "'`´ʼ‘’"
_LATIN_MARKS = re.compile(r"[̀-ͯ]")
_ARABIC_MARKS = re.compile(r"[ً-ٰٟـ]")
_FOLD = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}
)
# Letters that are open e and o in Twi, typed as e and o where the keyboard lacks them.
_FOLD |= {ord("ɛ"): "e", ord("ɔ"): "o"}
# Ethiopic rows that sound the same and are spelled for each other; a row is one consonant with its seven vowels.
_FOLD |= {ord(row) + i: chr(ord(same) + i) for row, same in zip("ሐኀሠዐፀ", "ሀሀሰአጸ", strict=True) for i in range(7)}
_FOLD |= {ord("ሃ"): "ሀ", ord("ሓ"): "ሀ", ord("ኃ"): "ሀ", ord("ኣ"): "አ", ord("ዓ"): "አ"}
_LOOKALIKES = str.maketrans("аеорсухіѕԁԛԝαικορυν", "aeopcyxisdqwaikopuv")
_LATIN = re.compile(r"[a-z]")
# "and" is written as a part of the word after it. Taken off patterns too, so a word that only looks so does no harm.
_ARABIC_AND = re.compile(r"^و(?=[ء-ي]{4})")
_FORMAT = {"Cf", "Cc", "Cs", "Co", "Cn"}


@dataclass(frozen=True, slots=True)
class Token:
    """One normalised word or break, and the part of the original (characters start to end) that it stands for."""

    norm: str
    start: int
    end: int


@dataclass(frozen=True)
class Spellings:
    """`data/crisis/normalise.yml`: words and phrases by what they mean, emoji names, words worth mending slips in."""

    words: Mapping[str, tuple[str, ...]]
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    emoji: Mapping[str, str]
    mend: Mapping[str, str]
    core: frozenset[str]
    joinable: frozenset[str]
    keep: frozenset[str]
    sounds: Mapping[str, re.Pattern[str]]

    @classmethod
    def load(cls, path: Path = FOLDER / "normalise.yml") -> Spellings:
        """Read and check the file. Raises RuleError with file and line."""
        known = ("words", "phrases", "emoji", "core", "joinable", "keep", "sounds")
        data = check_keys(read(path), path=path, known=known, required=known)
        phrases = {
            tuple(fold(phrase).split()): tuple(meaning.split())
            for meaning, spelled in entries(data["phrases"], path=path).items()
            for phrase in str(spelled).split("|")
        }
        core = frozenset(_texts(data["core"], path=path))
        keep = frozenset(_texts(data["keep"], path=path))
        return cls(
            words=_words(data["words"], path=path),
            phrases=phrases,
            emoji=_emoji(data["emoji"], path=path),
            mend=_neighbours(core, keep=keep),
            core=core,
            joinable=frozenset(_texts(data["joinable"], path=path)),
            keep=keep,
            sounds={word: re.compile(sound) for word, sound in entries(data["sounds"], path=path).items()},
        )


def _texts(value: object, *, path: Path) -> list[str]:
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise RuleError(f"{path.name}: expected text or a list of texts, found {value!r}")


def _words(value: object, *, path: Path) -> dict[str, tuple[str, ...]]:
    return {
        fold(word): tuple(meaning.split())
        for meaning, spelled in entries(value, path=path).items()
        for word in str(spelled).split()
    }


def _emoji(value: object, *, path: Path) -> dict[str, str]:
    return {
        character: name
        for name, characters in entries(value, path=path).items()
        for character in str(characters).split()
    }


def _neighbours(core: frozenset[str], *, keep: frozenset[str]) -> dict[str, str]:
    """Every spelling one slip away from a core word, so that mending is one look-up. Long words are recognised through
    more kinds of slip: a changed letter in a short one too often makes another word."""
    found: dict[str, str] = {}
    for word in sorted(core):
        near = _one_slip(word) if len(word) >= 6 else _losses_and_swaps(word) if len(word) == 5 else set()
        if len(word) >= 7:
            near |= {twice for once in _losses_and_swaps(word) for twice in _losses_and_swaps(once)}
        for slip in near - core - keep:
            found.setdefault(slip, word)
    return found


def _losses_and_swaps(word: str) -> set[str]:
    losses = {word[:i] + word[i + 1 :] for i in range(1, len(word))}
    swaps = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return losses | swaps


def _one_slip(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    changed = {word[:i] + letter + word[i + 1 :] for i in range(1, len(word)) for letter in letters}
    added = {word[:i] + letter + word[i:] for i in range(1, len(word) + 1) for letter in letters}
    return _losses_and_swaps(word) | changed | added


def fold(text: str) -> str:
    """Case, width, accents and Arabic letter forms taken away; used for text and for patterns alike."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", _ARABIC_MARKS.sub("", text)).translate(_FOLD)


@lru_cache(maxsize=8192)
def _clean(chunk: str) -> str:
    """Folded, without invisible characters; look-alike letters only where the word also has Latin ones."""
    folded = "".join(c for c in fold(chunk) if unicodedata.category(c) not in _FORMAT)
    mixed = folded.translate(_LOOKALIKES)
    return mixed if mixed != folded and _LATIN.search(folded) else folded


class Normaliser:
    """Text to tokens, with the spellings of `data/crisis/normalise.yml`."""

    def __init__(self, spellings: Spellings) -> None:
        self._spellings = spellings
        self._longest = max((len(phrase) for phrase in spellings.phrases), default=1)
        self._starts = frozenset(phrase[0] for phrase in spellings.phrases)
        emoji = sorted(spellings.emoji, key=len, reverse=True)
        self._emoji = re.compile("|".join(map(re.escape, emoji)))
        self._masked: dict[str, str | None] = {}

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens of one message, ending with a break. Text beyond LONGEST characters keeps its head and its tail."""
        if len(text) > LONGEST:
            text = text[: LONGEST // 2] + " . " + text[-LONGEST // 2 :]
        raw = [token for match in _CHUNK.finditer(text) for token in self._chunk(match.group(), match.start())]
        return tuple(self._phrases(self._split(raw)))

    def rejoin(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """Tokens of several messages read as one: words and phrases broken between messages put together."""
        return tuple(self._phrases(self._split(tokens)))

    def words(self, text: str) -> tuple[str, ...]:
        """Only the normalised words, for patterns and small texts."""
        return tuple(token.norm for token in self.tokens(text))

    def _chunk(self, chunk: str, start: int) -> list[Token]:
        found: list[Token] = []
        if " " in chunk or "\t" in chunk:
            return self._spaced(chunk, start)
        place = 0
        for match in self._emoji.finditer(chunk):
            found += self._word(chunk[place : match.start()], start + place)
            found.append(Token(self._spellings.emoji[match.group()], start + match.start(), start + match.end()))
            place = match.end()
        return found + self._word(chunk[place:], start + place)

    def _spaced(self, chunk: str, start: int) -> list[Token]:
        """Letters written apart ("s u i c i d a l"), put together where they make a core word."""
        whole = "".join(_clean(letter) for letter in chunk.split())
        if whole in self._spellings.core:
            return [Token(whole, start, start + len(chunk))]
        return [token for at in re.finditer(r"\S+", chunk) for token in self._word(at.group(), start + at.start())]

    def _word(self, chunk: str, start: int) -> list[Token]:
        """A piece without white space or emoji: looked up whole, then read as disguised, then taken apart."""
        if not chunk:
            return []
        if chunk == "\n":
            return [Token(BREAK, start, start + 1)]
        clean = _clean(chunk)
        if clean in self._spellings.words:
            return [Token(word, start, start + len(chunk)) for word in self._spellings.words[clean]]
        core = clean.strip(".,!?;:()[]{}<>\"“”«»-–—…~*_'‘’")
        hidden = self._disguised(core) or (self._disguised(clean.rstrip(".,!?")) if clean[:1] in set("*!@") else None)
        if hidden is not None:
            return [Token(hidden, start, start + len(chunk)), *_trailing(chunk, start)]
        return self._apart(chunk, start)

    def _apart(self, chunk: str, start: int) -> list[Token]:
        found: list[Token] = []
        word = ""
        begin = start
        for i, character in enumerate(chunk):
            inside = character not in _BREAKS and (character.isalnum() or unicodedata.category(character)[0] in "MC")
            quote = character in _QUOTES and word and i + 1 < len(chunk)
            if inside or quote:
                begin = begin if word else start + i
                word += "'" if quote else character
                continue
            found += self._spelled(word, begin, start + i)
            word = ""
            if character in _BREAKS and not _inside_number(chunk, i):
                found.append(Token(_BREAKS[character], start + i, start + i + 1))
        return found + self._spelled(word, begin, start + len(chunk))

    def _spelled(self, word: str, start: int, end: int) -> list[Token]:
        """The token or tokens that one written word means."""
        clean = _clean(word)
        if not clean:
            return []
        for form in (clean, clean.replace("'", ""), clean.removesuffix("'s")):
            if form in self._spellings.words:
                return [Token(norm, start, end) for norm in self._spellings.words[form]]
        clean = _ARABIC_AND.sub("", clean.removesuffix("'s").replace("'", ""))
        if clean in self._spellings.core or clean in self._spellings.keep:
            return [Token(clean, start, end)]
        for form in _shortened(clean):
            if form in self._spellings.words:
                return [Token(norm, start, end) for norm in self._spellings.words[form]]
            if form in self._spellings.core:
                return [Token(form, start, end)]
        mended = self._spellings.mend.get(clean) or self._disguised(clean) or self._sounds(clean) or _plain(clean)
        return [Token(mended, start, end)]

    def _sounds(self, word: str) -> str | None:
        """The word that it is spelled like by ear ("sewicide")."""
        return next((meant for meant, sound in self._spellings.sounds.items() if sound.fullmatch(word)), None)

    def _disguised(self, word: str) -> str | None:
        """The core word behind digits and symbols in the place of letters; None where there is none."""
        if len(word) < 3 or len(word) > 16 or not _LATIN.search(word) or word.isalpha():
            return None
        if word not in self._masked:
            if len(self._masked) > 4096:
                self._masked.clear()
            self._masked[word] = self._unmask(word)
        return self._masked[word]

    def _unmask(self, word: str) -> str | None:
        pattern = "".join(_LETTER_OF.get(c, "[a-z]?" if c in _WILD else re.escape(c)) for c in word)
        if sum(c.isalpha() for c in word) < 2 and not word.startswith("d1"):
            return None
        compiled = re.compile(pattern)
        return next((core for core in sorted(self._spellings.core) if compiled.fullmatch(core)), None)

    def _split(self, tokens: Sequence[Token]) -> list[Token]:
        """A core word broken in two ("di e", "sui cide") put together, unless both halves are words."""
        found: list[Token] = []
        for token in tokens:
            if found and token.norm.isalpha():
                before = found[-1]
                whole = before.norm + token.norm
                if whole in self._spellings.joinable and before.norm not in self._spellings.keep:
                    found[-1] = Token(whole, before.start, token.end)
                    continue
            found.append(token)
        return found

    def _phrases(self, tokens: Sequence[Token]) -> list[Token]:
        found: list[Token] = []
        i = 0
        while i < len(tokens):
            meaning, length = self._phrase(tokens, i)
            if length:
                found += [Token(word, tokens[i].start, tokens[i + length - 1].end) for word in meaning]
                i += length
            else:
                found.append(tokens[i])
                i += 1
        return found

    def _phrase(self, tokens: Sequence[Token], i: int) -> tuple[tuple[str, ...], int]:
        if tokens[i].norm in self._starts:
            for length in range(min(self._longest, len(tokens) - i), 0, -1):
                meaning = self._spellings.phrases.get(tuple(token.norm for token in tokens[i : i + length]))
                if meaning is not None:
                    return meaning, length
        return (), 0


def _trailing(chunk: str, start: int) -> list[Token]:
    last = chunk[-1]
    return [Token(_BREAKS[last], start + len(chunk) - 1, start + len(chunk))] if last in _BREAKS else []


def _inside_number(chunk: str, i: int) -> bool:
    return 0 < i < len(chunk) - 1 and chunk[i - 1].isdigit() and chunk[i + 1].isdigit()


def _shortened(word: str) -> tuple[str, str] | tuple[()]:
    """A drawn-out word with its long runs of one letter cut to two and to one."""
    if re.search(r"(.)\1\1", word) is None:
        return ()
    return re.sub(r"(.)\1{2,}", r"\1\1", word), re.sub(r"(.)\1{2,}", r"\1", word)


def _plain(word: str) -> str:
    forms = _shortened(word)
    return forms[0] if forms else word
