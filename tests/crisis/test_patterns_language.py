"""The pattern language, one feature at a time."""

from __future__ import annotations

import pytest

from bot.crisis.normalise import Token
from bot.crisis.patterns import Compiler, PatternError, Text

COMPILER = Compiler({"end": ["end my life", "die"], "deep": ["{end} now"]}, spell=lambda word: (word,))


def text(words: str) -> Text:
    return Text(tuple(Token(word, 0, 0) for word in words.split()))


@pytest.mark.parametrize(
    ("pattern", "words", "found"),
    [
        ("die", "i want to die", True),
        ("die", "diet plan", False),
        ("suicid*", "feeling suicidal today", True),
        ("(a|b c) d", "b c d", True),
        ("(a|b c) d", "b d", False),
        ("{end}", "to end my life", True),
        ("{deep}", "die now", True),
        ("want to? die", "want die", True),
        ("want (to|2)? die", "want 2 die", True),
        ("want ~ die", "want to just die", True),
        ("want ~ die", "want a b c d die", False),
        ("want ~5 die", "want a b c d die", True),
        ("want ~ die", "want to not die", False),
        ("want ~ die", "want . die", False),
        ("took # pills", "took 20 pills", True),
        ("took _ pills", "took my pills", True),
        ("< die", "well , die", True),
        ("< die", "to die", False),
        ("die >", "to die . ok", True),
        ("^ die $", "die", True),
        ("^ die $", "die . please", False),
        ("want die", "want , die", True),
    ],
)
def test_patterns_match(pattern: str, words: str, found: bool) -> None:
    assert bool(COMPILER.compile(pattern).spans(text(words))) is found


def test_patterns_give_the_matched_tokens() -> None:
    [span] = COMPILER.compile("{end}").spans(text("i will end my life ok"))
    assert (span.start, span.end) == (2, 5)


def test_patterns_refuse_a_set_that_holds_itself() -> None:
    with pytest.raises(PatternError, match="holds itself"):
        Compiler({"a": ["{b}"], "b": ["{a}"]}, spell=lambda word: (word,)).compile("{a}")


@pytest.mark.parametrize("source", ["", "(a", "a)", "a|b", "{no_such}"])
def test_patterns_refuse_what_is_not_well_formed(source: str) -> None:
    with pytest.raises(PatternError):
        COMPILER.compile(source)
