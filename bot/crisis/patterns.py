"""The pattern language of `data/crisis`, compiled to regular expressions over normalised tokens.

| written | matches |
|---|---|
| `die` | that token (spelled through the normaliser, so `don't` means `do not`) |
| `suicid*` | a token that starts so |
| `(a\\|b c\\|{set})` | one of several sequences |
| `{set}` | any sequence of that set of `lexicon.yml` |
| `x?` | optionally, after a word, a bracket or a set |
| `~` `~5` | up to three (five) tokens, never across a break or a negation |
| `...` | up to twelve tokens of any kind, also across breaks |
| `#` | a number |
| `_` | any one token |
| `<` `>` | a break or comma before, after |
| `^` `$` | the start, the end of the whole text |
| `+` | what follows stands right here, with no comma between |

A comma may stand between any two other parts. Patterns are searched at every place of a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.crisis.normalise import BREAK, COMMA, NEXT, QUESTION, Token, fold

NEGATIONS = ("not", "no", "never", "without", "nor", "neither", "none", "nothing", "hardly")
_STOP = "|".join(re.escape(word) for word in (BREAK, QUESTION, NEXT, *NEGATIONS))
_GAP = rf"(?:(?!(?:{_STOP}) )[^ ]+ ){{0,%d}}?"
_PARTS = re.compile(r"\{[a-z_0-9]+\}\??|\(|\|\??|\)\??|~\d*|[^\s(){}|]+")
# Too frequent to choose as the word whose presence decides whether a pattern is tried at all.
_COMMON = frozenset(
    [
        "i",
        "me",
        "my",
        "to",
        "the",
        "a",
        "an",
        "it",
        "is",
        "am",
        "are",
        "be",
        "of",
        "and",
        "or",
        "in",
        "on",
        "at",
        "do",
        "not",
        "no",
        "you",
        "he",
        "she",
        "they",
        "will",
        "have",
        "has",
        "had",
        "so",
        "this",
        "that",
        "with",
        "for",
        "what",
        "how",
    ]
)


class PatternError(ValueError):
    """A pattern is not well-formed, or names a set that does not exist."""


@dataclass(frozen=True)
class Text:
    """Normalised tokens as one string, each followed by a space, with breaks at both ends."""

    tokens: tuple[Token, ...]

    @cached_property
    def joined(self) -> str:
        """For example `. i want to die . `."""
        return f"{BREAK} " + "".join(token.norm + " " for token in self.tokens) + f"{BREAK} "

    @cached_property
    def words(self) -> frozenset[str]:
        """The distinct tokens."""
        return frozenset(token.norm for token in self.tokens)

    @cached_property
    def _starts(self) -> list[int]:
        starts, place = [], 2
        for token in self.tokens:
            starts.append(place)
            place += len(token.norm) + 1
        return starts

    def index(self, place: int) -> int:
        """The index of the token that holds this character of `joined` (-1 before the first)."""
        return bisect_right(self._starts, place) - 1


@dataclass(frozen=True)
class Span:
    """A match: tokens start to end (end not included) of a Text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether they share a token."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. `anchors`: one of these tokens must be there for it to match (empty: always try)."""

    source: str
    expression: str
    anchors: frozenset[str]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed: most are not in most conversations, and all of them would take a second."""
        return re.compile(r"(?<= )" + self.expression)

    def may_match(self, text: Text) -> bool:
        """A cheap first look."""
        return not self.anchors or not self.anchors.isdisjoint(text.words)

    def spans(self, text: Text) -> list[Span]:
        """Every place where it matches."""
        if not self.may_match(text):
            return []
        found = []
        for match in self.regex.finditer(text.joined):
            start, end = text.index(match.start()), text.index(max(match.end() - 1, match.start())) + 1
            found.append(Span(max(start, 0), max(end, start + 1, 1)))
        return found


@dataclass(frozen=True)
class _Piece:
    """A part being compiled: its expression, and the anchors it offers (None: it guarantees no token)."""

    expression: str
    anchors: frozenset[str] | None


class Compiler:
    """Compiles patterns with a lexicon of sets. `spell` turns a word of a pattern into normalised tokens."""

    def __init__(self, lexicon: Mapping[str, Sequence[str]], *, spell: Callable[[str], tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self._spell = spell
        self._sets: dict[str, _Piece] = {}
        self._open: list[str] = []

    def compile(self, source: str) -> Pattern:
        """Raises PatternError naming what is wrong."""
        parts = _PARTS.findall(source)
        piece, rest = self._sequence(parts)
        if rest:
            raise PatternError(f"{source!r}: {rest[0]!r} is not expected here")
        if not parts:
            raise PatternError("a pattern is empty")
        return Pattern(source, piece.expression, piece.anchors or frozenset())

    def compile_all(self, sources: Iterable[str]) -> tuple[Pattern, ...]:
        """Raises PatternError naming the pattern."""
        found = []
        for source in sources:
            try:
                found.append(self.compile(source))
            except PatternError as e:
                raise PatternError(f"{e} in {source!r}") from e
        return tuple(found)

    def _sequence(self, parts: list[str]) -> tuple[_Piece, list[str]]:
        pieces: list[_Piece] = []
        close = False
        while parts and parts[0][0] not in "|)":
            if parts[0] == "+":
                close, parts = True, parts[1:]
                continue
            piece, parts = self._part(parts)
            if (
                pieces
                and not close
                and not piece.expression.startswith("(?=")
                and not piece.expression.startswith("(?<=")
            ):
                piece = _Piece(f"(?:{COMMA} )?" + piece.expression, piece.anchors)
            pieces.append(piece)
            close = False
        return _Piece("".join(piece.expression for piece in pieces), _rarest(pieces)), parts

    def _part(self, parts: list[str]) -> tuple[_Piece, list[str]]:
        part, rest = parts[0], parts[1:]
        if part == "(":
            return self._bracket(rest)
        if part.startswith("{"):
            piece = self._set(part.strip("{}?"))
            return (_optional(piece) if part.endswith("?") else piece), rest
        return self._word(part), rest

    def _bracket(self, parts: list[str]) -> tuple[_Piece, list[str]]:
        alternatives: list[_Piece] = []
        while True:
            piece, parts = self._sequence(parts)
            alternatives.append(piece)
            if not parts:
                raise PatternError("a bracket is not closed")
            closing, parts = parts[0], parts[1:]
            if closing.startswith(")"):
                piece = _either(alternatives)
                return (_optional(piece) if closing.endswith("?") else piece), parts

    def _set(self, name: str) -> _Piece:
        if name not in self._sets:
            if name not in self._lexicon:
                raise PatternError(f"there is no set {{{name}}} in the lexicon")
            if name in self._open:
                raise PatternError(f"the set {{{name}}} holds itself")
            self._open.append(name)
            pieces = []
            for source in self._lexicon[name]:
                piece, rest = self._sequence(_PARTS.findall(source))
                if rest:
                    raise PatternError(f"set {{{name}}}, {source!r}: {rest[0]!r} is not expected here")
                pieces.append(piece)
            self._sets[name] = _either(pieces)
            self._open.pop()
        return self._sets[name]

    def _word(self, part: str) -> _Piece:
        fixed = {
            "<": r"(?<=[.?,‖] )",
            ">": r"(?=[.?,‖] )",
            "^": r"(?<=\A\. )",
            "$": r"(?=(?:[.?,‖] )+\Z)",
            "#": r"\d[^ ]* ",
            "...": r"(?:[^ ]+ ){0,12}?",
            "_": r"[^ ]+ ",
        }
        if part in fixed:
            return _Piece(fixed[part], None)
        if part.startswith("~"):
            return _Piece(_GAP % int(part[1:] or 3), None)
        if part.endswith("?"):
            return _optional(self._word(part[:-1]))
        if part.endswith("*"):
            return _Piece(re.escape(fold(part[:-1])) + "[^ ]* ", None)
        words = (part,) if "_" in part else self._spell(part) or (part,)
        return _Piece("".join(re.escape(word) + " " for word in words), _rarest_word(words))


def _optional(piece: _Piece) -> _Piece:
    return _Piece(f"(?:{piece.expression})?", None)


def _either(pieces: Sequence[_Piece]) -> _Piece:
    # Longer alternatives first, so that "end my own life" is not left at "end my".
    ordered = sorted(pieces, key=lambda piece: -len(piece.expression))
    expression = "(?:" + "|".join(piece.expression for piece in ordered) + ")"
    anchors: frozenset[str] = frozenset()
    for piece in pieces:
        if piece.anchors is None:
            return _Piece(expression, None)
        anchors |= piece.anchors
    return _Piece(expression, anchors)


def _rarest(pieces: Sequence[_Piece]) -> frozenset[str] | None:
    offered = [piece.anchors for piece in pieces if piece.anchors]
    return min(offered, key=_commonness, default=None)


def _rarest_word(words: Sequence[str]) -> frozenset[str]:
    return min((frozenset({word}) for word in words), key=_commonness)


def _commonness(anchors: frozenset[str]) -> int:
    return len(anchors) + 1000 * len(anchors & _COMMON)
