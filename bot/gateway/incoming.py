"""What a resident sent, made safe to store, and the choice it stands for. Nothing is judged or shortened here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.crisis.plain import CHANGES_AN_ANSWER
from bot.intake.parsing import choices
from bot.intake.turn import CHANGES
from spa.models import Channel, Message

LONGEST_TEXT = 20_000
"""Characters of one message."""
LONGEST_NUMBERS = 80
"""Characters within which a text may be nothing but numbers of choices."""


@dataclass(frozen=True)
class Incoming:
    """One message. `key` is the client's id or the MessageSid; `by` the way it came, which need not be the conversation's any more;
    `choice` the value of a choice, several joined by commas."""

    key: str
    text: str
    choice: str | None = None
    media: int = 0
    by: Channel | None = None

    @property
    def empty(self) -> bool:
        """There are no words and no choice in it."""
        return not self.text.strip() and not self.choice


def clean(text: str) -> str:
    """The text without what a database refuses: NUL and halves of surrogate pairs become U+FFFD; all else stays as it came."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")


def as_chosen(incoming: Incoming, asked: Message | None) -> Incoming:
    """The message with the words of the choice it stands for: screen and staff are to read words, not "2" or a code.

    `asked` is the open question as it was put, or None. A choice may come as its value (a tap), its number ("2", "the second one",
    several where the text is nothing else) or its very label; any other text is own words and stays as it is.
    """
    offered = (asked.choices if asked is not None else None) or []
    labels = {choice["value"]: choice["label"] for choice in offered}
    if incoming.choice is not None:
        if incoming.text.strip():
            return incoming
        tapped = [labels.get(value, value) for value in incoming.choice.split(",") if value]
        return replace(incoming, text=CHANGES_AN_ANSWER if incoming.choice.startswith(CHANGES) else ", ".join(tapped))
    picked = _picked(incoming.text, offered)
    if not picked:
        return incoming
    return replace(incoming, text=", ".join(labels[value] for value in picked), choice=",".join(picked))


def _picked(text: str, offered: Sequence[dict[str, str]]) -> list[str]:
    """Values of the choices that the text is the number or the label of."""
    places = choices.numbers(text, count=len(offered)) if offered and len(text) <= LONGEST_NUMBERS else []
    if places:
        return [offered[place]["value"] for place in dict.fromkeys(places)]
    words = _plain(text)
    same = (choice["value"] for choice in offered if words in (_plain(choice["label"]), _plain(choice["value"])))
    return list(same)[:1]


def _plain(text: str) -> str:
    return text.strip().rstrip(".!").casefold()
