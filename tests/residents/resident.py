"""Decides what a simulated resident writes next, from their persona alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.intake import questions
from bot.intake.safety import CARD_ASKS
from tests.residents.personas import Persona
from tests.residents.plain_answers import plainly

_ENDS = re.compile(r"\b(?:all|it|lot|everything|finished)\b")
NEEDS = {choice.value: choice.label for choice in questions.load()["needs"].own.choices["web"]}
Said = str | Mapping[str, str]


def bent(text: str, ways: tuple[str, ...]) -> str:
    """The text as this person types it."""
    if "lower" in ways:
        text = text.lower()
    if "upper" in ways:
        text = text.upper()
    if "no_apostrophes" in ways:
        text = text.replace("'", "")
    if "no_commas" in ways:
        text = text.replace(",", "")
    if "polite" in ways:
        text = f"{text} please" if len(text.split()) < 4 else text
    if "kiss" in ways:
        text = f"{text} x"
    return text


@dataclass
class Resident:
    """What was said so far. `repeated` counts the questions put again though they had been answered."""

    persona: Persona
    asked: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    said: list[tuple[str, Said]] = field(default_factory=list)

    def answer(self, ask: str, put: str) -> Said:
        """What they write while this question is open: the next of their own words, otherwise a plain answer."""
        number = self.asked[ask]
        self.asked[ask] += 1
        own = self.persona.says.get(ask, ())
        if ask in self.persona.never_asked:
            self.repeated[ask] += 1
        if number < len(own):
            words: Said = own[number]
        else:
            if number > max(len(own) - 1, 0) and not self._may_come_again(ask, number):
                self.repeated[ask] += 1
            words = self._again(ask, number, put)
        words = bent(words, self.persona.writes) if isinstance(words, str) else words
        self.said.append((ask, words))
        return words

    def _may_come_again(self, ask: str, number: int) -> bool:
        """The story is open until they say that it is all; a crisis card may ask in its own words what is asked of everyone later."""
        own = self.persona.says.get(ask, ())
        still_telling = ask == "story" and not (own and number > len(own)) and not _ENDS.search(str(own[-1]))
        return ask == "check" or still_telling or (ask in CARD_ASKS.values() and number < 2)

    def _again(self, ask: str, number: int, put: str) -> str:
        if ask == "story":
            return "that's all"
        if ask == "needs" and "I heard" not in put and not self.persona.says.get(ask):
            return ", ".join(NEEDS[need] for need in self.persona.facts.get("needs", ())) or "not sure"
        own = [said for said in self.persona.says.get(ask, ()) if isinstance(said, str)]
        return own[-1] if own and number == len(self.persona.says[ask]) else plainly(self.persona, ask)
