"""Offered choices: the tapped value, the number, "the second one", the label, or a distinctive part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.intake.parsing.wording import FILLER, plain, tokens, word_set
from bot.intake.turn import Choice

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
)
_SHORT_ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10}
_AROUND = (
    word_set(
        "the number option no nos answer choice please and also plus one ones i think id say go for with numbers both"
    )
    | FILLER
)
_KEYCAPS = re.compile("([0-9])\ufe0f?\u20e3")
_NEGATIVE = word_set("not no dont never nor neither without isnt arent cant none")
_COUNTED = re.compile(r"\d{1,2}[.)]?")


def numbers(text: str, *, count: int) -> list[int]:
    """0-based positions of a message that is only numbers or ordinals ("2", "1 and 3", "the second one", "last"); [] otherwise.

    A number outside 1..count, or any word that says more, gives [].
    """
    words = [
        word
        for part in _KEYCAPS.sub(r"\1 ", text).replace(",", " ").replace("&", " ").split()
        for word in tokens(part.replace("/", " ")) or [part]
    ]
    positions: list[int] = []
    spelled = (
        len([word for word in words if word not in _AROUND]) == 0
    )  # "one" alone is a number, "the second one" is not two
    for word in words:
        position = _position(word, count=count)
        if position is not None:
            positions.append(position)
        elif word in _CARDINALS[:count] and (word != "one" or spelled):
            positions.append(_CARDINALS.index(word))
        elif word not in _AROUND:
            return []
    return positions if all(0 <= position < count for position in positions) else []


def resolve(text: str, choices: Sequence[Choice], *, choice: str | None = None, exact: bool = False) -> list[str]:
    """Values of the choices that the message picks, [] when it picks none. A tapped `choice` ("a,b" for several) wins over the text.

    `exact`: a part of a label does not pick it.
    """
    values = [offered.value for offered in choices]
    if choice is not None:
        return [
            value
            for value in (part.strip() for part in choice.split(","))
            if value and (value in values or not choices)
        ]
    if not choices:
        return []
    positions = numbers(text, count=len(choices))
    if positions:
        return list(dict.fromkeys(values[position] for position in positions))
    labelled = by_label(text, choices, exact=exact)
    return [labelled] if labelled else []


def by_label(text: str, choices: Sequence[Choice], *, exact: bool = False) -> str | None:
    """The one choice whose label (or value) the text is, or (unless `exact`) is a distinctive part of."""
    said = plain(text)
    for offered in choices:
        if said and said in (plain(offered.label), plain(offered.value), plain(offered.value.replace("_", " "))):
            return offered.value
    words = {word for word in tokens(text) if word not in FILLER}
    if exact or not words or "?" in text or all(len(word) < 3 and word != "gp" for word in words):
        return None
    fitting = [
        offered.value
        for offered in choices
        if words <= set(tokens(offered.label)) and not (set(tokens(offered.label)) - words) & _NEGATIVE
    ]
    return fitting[0] if len(fitting) == 1 else None


def _position(word: str, *, count: int) -> int | None:
    if _COUNTED.fullmatch(word):
        return int(word.rstrip(".)")) - 1
    if word in _SHORT_ORDINALS:
        return _SHORT_ORDINALS[word] - 1
    if word in _ORDINALS:
        return _ORDINALS.index(word)
    return count - 1 if word == "last" else None
