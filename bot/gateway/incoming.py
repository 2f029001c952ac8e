"""What a resident sent, made safe to store, and the choice it stands for. Nothing is judged or shortened here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spa.models import Message

LONGEST_TEXT = 20_000
"""Characters of one message."""

_NUMBER = r"[(#]?\s*(\d{1,2})\s*[.)]?"
_ONE_NUMBER = re.compile(rf"\s*{_NUMBER}\s*")
_NUMBERS = re.compile(rf"\s*{_NUMBER}(?:\s*(?:[,;+&/ ]|and)\s*{_NUMBER})*\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Incoming:
    """One message. `key` is the client's id or the MessageSid; `choice` the value of a choice, several joined by commas."""

    key: str
    text: str
    choice: str | None = None
    media: int = 0

    @property
    def empty(self) -> bool:
        """There are no words and no choice in it."""
        return not self.text.strip() and not self.choice


def clean(text: str) -> str:
    """The text without what a database refuses: NUL and halves of surrogate pairs become U+FFFD; all else stays as it came."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")


def tapped(incoming: Incoming, asked: Message | None) -> Incoming:
    """A tapped choice with the words the resident saw on it, so that screen and staff read words and not a code."""
    if incoming.choice is None or incoming.text.strip():
        return incoming
    labels = _labels(asked)
    values = [value for value in incoming.choice.split(",") if value]
    return replace(incoming, text=", ".join(labels.get(value, value) for value in values))


def numbered(incoming: Incoming, asked: Message | None) -> Incoming:
    """A text that is the number or the very label of an offered choice stands for that choice; any other is own words."""
    choices = (asked.choices if asked is not None else None) or []
    if asked is None or not choices:
        return incoming
    places = _places(incoming.text, several=asked.multi)
    if places and all(1 <= place <= len(choices) for place in places):
        picked = [choices[place - 1] for place in dict.fromkeys(places)]
    else:
        words = _plain(incoming.text)
        picked = [choice for choice in choices if words in (_plain(choice["label"]), _plain(choice["value"]))][:1]
    if not picked:
        return incoming
    return replace(
        incoming,
        text=", ".join(choice["label"] for choice in picked),
        choice=",".join(choice["value"] for choice in picked),
    )


def with_numbers(text: str, choices: Sequence[dict[str, str]] | None) -> str:
    """The text of a question for SMS, its choices numbered under it."""
    lines = [f"{place} {choice['label']}" for place, choice in enumerate(choices or (), start=1)]
    return "\n".join([text, *lines])


def _places(text: str, *, several: bool) -> list[int]:
    matched = (_NUMBERS if several else _ONE_NUMBER).fullmatch(text)
    return [int(digits) for digits in re.findall(r"\d+", text)] if matched else []


def _labels(asked: Message | None) -> dict[str, str]:
    choices = (asked.choices if asked is not None else None) or []
    return {choice["value"]: choice["label"] for choice in choices}


def _plain(text: str) -> str:
    return text.strip().rstrip(".!").casefold()
