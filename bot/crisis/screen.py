"""The crisis screen: texts in, an Assessment out. Pure: no I/O once loaded, the same answer for the same input."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.crisis.answers import read_answer
from bot.crisis.assessment import Assessment, Flag, Level, Reason
from bot.crisis.context import NEAR, Surroundings
from bot.crisis.datafile import FOLDER
from bot.crisis.normalise import NEXT, Token
from bot.crisis.patterns import Span, Text
from bot.crisis.rulebook import Rule, Rulebook

RED = frozenset({Level.CRISIS_IMMINENT, Level.CRISIS_ACTIVE, Level.HARM_TO_OTHERS, Level.SELF_HARM, Level.SAFEGUARDING})
AMBER = frozenset({Level.PASSIVE_LOW, Level.THIRD_PARTY, Level.SCREEN_FAILED})
_RANK = {Flag.RED: 2, Flag.AMBER: 1, Flag.NONE: 0}
LONGEST_WORDS = 200
MOST_REASONS = 20


@dataclass(frozen=True)
class Finding:
    """One rule's hit after its context: the level it counts for, whether it is urgent, and the resident's words."""

    level: Level
    flag: Flag
    rule: str
    words: str
    discreet: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """Higher is more serious."""
        return _RANK[self.flag], self.level.urgency


class Screen:
    """Rules with context over `data/crisis`. Everything found is weighed together; the most serious decides."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Screen:
        """Read the rules. Raises bot.crisis.datafile.RuleError naming file and line."""
        return cls(Rulebook.load(folder))

    def assess(self, messages: Sequence[str], *, asked: str | None = None) -> Assessment:
        """The level of the last message, read together with the ones the same person sent just before it (oldest first).

        `asked` is the question last put to them: an ask id of the dialogue, or its words.
        """
        started = time.perf_counter()
        findings = sorted(self._findings(messages, asked=asked), key=lambda finding: finding.rank, reverse=True)
        found = dict.fromkeys(Reason(rule=finding.rule, words=finding.words) for finding in findings)
        reasons = tuple(found)[:MOST_REASONS]
        level, flag = (findings[0].level, findings[0].flag) if findings else (Level.NONE, Flag.NONE)
        return Assessment(
            level,
            flag,
            reasons,
            ms=round((time.perf_counter() - started) * 1000, 3),
            discreet=any(finding.discreet for finding in findings),
        )

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
                yield Finding(level, _flag(level), f"answer:{kind}", message[:LONGEST_WORDS])
                return

    def _hits(self, text: Text, source: str) -> Iterator[Finding]:
        around = Surroundings(text, self._rulebook.cues)
        for rule in self._rulebook.rules:
            for hit in _hits_of(rule, text, around):
                lowered = around.lowered(hit, rule)
                level, by = lowered or (rule.level, "")
                urgent = level is Level.THIRD_PARTY and (rule.urgent or rule.level is Level.CRISIS_IMMINENT)
                if level is not Level.NONE:
                    flag = Flag.RED if urgent else _flag(level)
                    name = f"{rule.id}/{by}" if by else rule.id
                    yield Finding(level, flag, name, _words(text, hit, source), discreet=rule.discreet and not by)


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


def _flag(level: Level) -> Flag:
    if level in RED:
        return Flag.RED
    return Flag.AMBER if level in AMBER else Flag.NONE
