"""Short answers, read with the question that was asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.crisis.assessment import Level
from bot.crisis.normalise import Normaliser
from bot.crisis.patterns import Pattern, Text
from bot.crisis.rulebook import QuestionKind, Reading


def read_answer(
    answer: Text, *, asked: str, kinds: Sequence[QuestionKind], normaliser: Normaliser
) -> tuple[Level, str] | None:
    """The level of an answer and the kind of question it answers; None where the question is not about safety.

    `asked` is an ask id of the dialogue or the question in words.
    """
    question = Text(normaliser.tokens(asked))
    for kind in kinds:
        if asked in kind.asks or _matches(kind.questions, question):
            return _read(answer, kind=kind, question=question, by_id=asked in kind.asks)
    return None


def _read(answer: Text, *, kind: QuestionKind, question: Text, by_id: bool) -> tuple[Level, str] | None:
    about_safety = by_id or "safe" in question.words
    for reading in kind.answers:
        if reading.when and (reading.when == "safe") != about_safety:
            continue
        if _fits(answer, reading):
            return reading.level, kind.kind
    return None


def _fits(answer: Text, reading: Reading) -> bool:
    return _matches(reading.patterns, answer) and not _matches(reading.unless, answer)


def _matches(patterns: Sequence[Pattern], text: Text) -> bool:
    return any(pattern.spans(text) for pattern in patterns)
