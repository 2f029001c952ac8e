"""The rules of `data/crisis` over a person's texts: what they find, the most serious first. Pure: no I/O once loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.crisis.answers import read_answer
from bot.crisis.assessment import Flag, Level
from bot.crisis.context import NEAR, Surroundings
from bot.crisis.datafile import FOLDER
from bot.crisis.normalise import BREAK, COMMA, NEXT, QUESTION, Token
from bot.crisis.patterns import Span, Text
from bot.crisis.rulebook import Rule, Rulebook

RED = frozenset({Level.CRISIS_IMMINENT, Level.CRISIS_ACTIVE, Level.HARM_TO_OTHERS, Level.SELF_HARM, Level.SAFEGUARDING})
AMBER = frozenset({Level.PASSIVE_LOW, Level.THIRD_PARTY, Level.SCREEN_FAILED})
_RANK = {Flag.RED: 2, Flag.AMBER: 1, Flag.NONE: 0}
LONGEST_WORDS = 200
SHORT = 4
"""Words of an answer that its question says enough of; a longer one says more than the rules read."""
STOPS = frozenset({BREAK, COMMA, QUESTION, NEXT})


@dataclass(frozen=True)
class Finding:
    """One rule's hit after its context: the level it counts for, whether it is urgent, and the resident's words."""

    level: Level
    flag: Flag
    rule: str
    words: str
    discreet: bool = False
    firm: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Higher is more serious."""
        return _RANK[self.flag], self.level.urgency


class Rules:
    """A rulebook, applied. Keeps nothing between messages."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._by_word, self._always = _indexed(rulebook.rules)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Rules:
        """Read the rules. Raises bot.crisis.datafile.RuleError naming file and line."""
        return cls(Rulebook.load(folder))

    def findings(self, messages: Sequence[str], *, asked: str | None = None) -> tuple[Finding, ...]:
        """What is found in the texts of one person (oldest first), the most serious first.

        `asked` is the question last put to them: an ask id of the dialogue, or its words.
        """
        return tuple(sorted(self._findings(messages, asked=asked), key=lambda finding: finding.rank, reverse=True))

    def without_sayings(self, message: str) -> str:
        """The message less the sayings in it that carry no risk: "i would love to die my hair red"."""
        text = Text(self._rulebook.normaliser.tokens(message))
        spans = [span for pattern in self._rulebook.cues.patterns["sayings"] for span in pattern.spans(text)]
        for span in sorted(spans, key=lambda span: -span.start):
            tokens = [token for token in text.tokens[span.start : span.end] if token.end]
            message = message[: tokens[0].start] + message[tokens[-1].end :] if tokens else message
        return message

    def _findings(self, messages: Sequence[str], *, asked: str | None) -> Iterator[Finding]:
        tokenised = [self._rulebook.normaliser.tokens(message) for message in messages]
        source = "\n".join(messages)
        placed = list(_placed(messages, tokenised))
        apart = Text(tuple(token for tokens in placed for token in (*tokens, Token(NEXT, 0, 0))))
        yield from self._hits(apart, source)
        if len(messages) > 1:
            # One thought is often sent in pieces: "im going to kill" "myself".
            together = self._rulebook.normaliser.rejoin([token for tokens in placed for token in tokens])
            yield from self._hits(Text(together), source)
        if asked and tokenised:
            yield from self._answer(messages, tokenised, asked=asked)

    def _answer(
        self, messages: Sequence[str], tokenised: Sequence[tuple[Token, ...]], *, asked: str
    ) -> Iterator[Finding]:
        """The newest message that reads as an answer: "yes", then "sorry, took a while"."""
        book = self._rulebook
        for message, tokens in zip(reversed(messages), reversed(tokenised), strict=True):
            answer = read_answer(Text(tokens), asked=asked, kinds=book.questions, normaliser=book.normaliser)
            if answer is not None:
                level, kind = answer
                short = sum(token.norm not in STOPS for token in tokens) <= SHORT
                yield Finding(level, flag_of(level), f"answer:{kind}", message[:LONGEST_WORDS], firm=short)
                return

    def _hits(self, text: Text, source: str) -> Iterator[Finding]:
        around = Surroundings(text, self._rulebook.cues)
        for rule in self._that_may_hold(text):
            for hit in _hits_of(rule, text, around):
                lowered = around.lowered(hit, rule)
                level, by = lowered or (rule.level, "")
                urgent = level is Level.THIRD_PARTY and (rule.urgent or rule.level is Level.CRISIS_IMMINENT)
                if level is not Level.NONE:
                    flag = Flag.RED if urgent else flag_of(level)
                    name = f"{rule.id}/{by}" if by else rule.id
                    words = _words(text, hit, source)
                    yield Finding(level, flag, name, words, discreet=rule.discreet and not by, firm=rule.firm)

    def _that_may_hold(self, text: Text) -> Iterator[Rule]:
        """Rules that a word of the text calls for, in their order: nine of ten have none of their words in an everyday text."""
        places = self._always.union(*(self._by_word[word] for word in text.words if word in self._by_word))
        return (self._rulebook.rules[place] for place in sorted(places))


def _indexed(rules: Sequence[Rule]) -> tuple[Mapping[str, frozenset[int]], frozenset[int]]:
    """Places of the rules by the words one of which they need, and of those that must always be tried."""
    by_word: dict[str, set[int]] = {}
    always = set()
    for place, rule in enumerate(rules):
        for pattern in rule.patterns:
            if not pattern.anchors:
                always.add(place)
            for word in pattern.anchors:
                by_word.setdefault(word, set()).add(place)
    return {word: frozenset(places) for word, places in by_word.items()}, frozenset(always)


def _hits_of(rule: Rule, text: Text, around: Surroundings) -> list[Span]:
    """Where a rule holds: its patterns, less idioms, less what its `unless` explains; the longest of overlapping hits."""
    spans = {span for pattern in rule.patterns for span in pattern.spans(text)}
    if not spans or (rule.needs and not any(pattern.spans(text) for pattern in rule.needs)):
        return []
    excuses = [span for pattern in rule.unless for span in pattern.spans(text)]
    kept = [span for span in spans if not around.is_idiom(span) and not around.near(excuses, span, within=NEAR)]
    return sorted(kept, key=lambda span: (span.start, -span.end))


def _placed(messages: Sequence[str], tokenised: Sequence[tuple[Token, ...]]) -> Iterator[tuple[Token, ...]]:
    """Tokens with their places counted in the messages joined by line breaks."""
    offset = 0
    for message, tokens in zip(messages, tokenised, strict=True):
        yield tuple(Token(token.norm, token.start + offset, token.end + offset) for token in tokens)
        offset += len(message) + 1


def _words(text: Text, hit: Span, source: str) -> str:
    """The resident's own words behind a hit."""
    tokens = [token for token in text.tokens[hit.start : hit.end] if token.end]
    if not tokens:
        return ""
    return source[tokens[0].start : tokens[-1].end][:LONGEST_WORDS]


def flag_of(level: Level) -> Flag:
    """The flag that a level asks for."""
    if level in RED:
        return Flag.RED
    return Flag.AMBER if level in AMBER else Flag.NONE


def by_rules(findings: Sequence[Finding], *, at_least: Level = Level.NONE) -> tuple[Level, Flag]:
    """Level and flag by the most serious finding alone."""
    lowest = Finding(at_least, Flag.AMBER if at_least is Level.SCREEN_FAILED else Flag.NONE, rule="", words="")
    first = max((*findings, lowest), key=lambda finding: finding.rank)
    return first.level, first.flag
