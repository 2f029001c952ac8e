"""Words that steer the text service itself, when they are the whole text. Twilio acts on the same ones (its documentation, "Opt-out keywords")."""

from __future__ import annotations

from enum import Enum


class Keyword(Enum):
    """What the whole text asks of the service."""

    STOP = "stop"
    START = "start"
    HELP = "help"


_WORDS = {
    Keyword.STOP: {
        "stop",
        "stopall",
        "stop all",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "opt out",
    },
    Keyword.START: {"start", "unstop"},
    Keyword.HELP: {"help", "info"},
}
_YES = "yes"


def read(text: str, *, opted_out: bool) -> Keyword | None:
    """The keyword that the text consists of, or None. "Yes" is one only after STOP: otherwise it is an answer."""
    word = " ".join(text.split()).strip(" .!?\"'").casefold()
    if opted_out and word == _YES:
        return Keyword.START
    return next((keyword for keyword, words in _WORDS.items() if word in words), None)
