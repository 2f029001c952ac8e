"""Words that steer the text service itself, when they are the whole text: as Twilio acts on them (its documentation, "Opt-out keywords"),
and as people write them. Inside a sentence they are words like any other."""

from __future__ import annotations

import re
from enum import Enum


class Keyword(Enum):
    """What the whole text asks of the service."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    NOT_ME = "not me"
    RESUME = "resume"


_WORDS = {
    Keyword.STOP: {
        "stop",
        "stopall",
        "stop all",
        "stop stop",
        "unsubscribe",
        "unsubscribe me",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "opt out",
        "opt me out",
        "stop text",
        "stop texts",
        "stop texting",
        "stop texting me",
        "stop messaging me",
        "stop messages",
        "stop sending me texts",
        "stop sending texts",
        "stop sending me messages",
        "no more texts",
        "no more messages",
        "dont text me",
        "do not text me",
        "dont text me again",
        "dont text me any more",
        "dont text me anymore",
        "text stop",
    },
    Keyword.START: {
        "start",
        "unstop",
        "start again",
        "start texts",
        "start texting me",
        "opt in",
        "optin",
        "subscribe",
    },
    Keyword.HELP: {"help", "info"},
    Keyword.NOT_ME: {
        "not me",
        "its not me",
        "this is not me",
        "this isnt me",
        "that wasnt me",
        "that was not me",
        "wasnt me",
        "wrong number",
        "you have the wrong number",
        "youve got the wrong number",
        "wrong person",
        "you have the wrong person",
        "this isnt my chat",
        "someone else used this phone",
    },
    Keyword.RESUME: {
        "resume",
        "resume chat",
        "resume my chat",
        "carry on",
        "carry on from before",
        "continue",
        "continue from before",
        "go on",
        "go on from before",
    },
}
_ASIDE = re.compile(r"^(please|pls|plz|ok|okay) | (please|pls|plz|thanks|thank you|thx|ta|now)$")
_YES = "yes"
_NOT_ME_ANSWERS = {"about_whom", "adult", "suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home", "check"}
"""Questions that "not me" may be the answer to."""


def read(text: str, *, opted_out: bool, asked: str | None = None) -> Keyword | None:
    """The keyword that the text consists of, or None. "Yes" is one only after STOP, "not me" only where it cannot answer what was `asked`,
    and "carry on" only where nothing was."""
    word = _plain(text)
    if opted_out and word == _YES:
        return Keyword.START
    bare = _ASIDE.sub("", word)
    # "please stop" alone may be said to somebody else; "please stop texting me" is said to us
    said = {word} if word.startswith(("please ", "pls ", "plz ", "ok ")) and " " not in bare else {word, bare}
    found = (keyword for keyword, words in _WORDS.items() if said & words)
    keyword = next(found, None)
    if keyword is Keyword.NOT_ME and asked in _NOT_ME_ANSWERS and "number" not in word:
        return None
    if keyword is Keyword.RESUME and asked is not None and "resume" not in word:
        return None  # "go on", "carry on": an answer
    # "help please" is somebody who asks for help, not for the service's own text about itself
    return None if keyword is Keyword.HELP and word not in _WORDS[Keyword.HELP] else keyword


def _plain(text: str) -> str:
    """Letters and single blanks: case, apostrophes, punctuation, emoji and the hyphen of "opt-out" make no difference."""
    letters = re.sub(r"['\u2019]", "", text.casefold())
    return " ".join(re.sub(r"[^a-z ]", " ", letters).split()) if _is_words(letters) else ""


def _is_words(text: str) -> bool:
    """No digits and no letters of another alphabet: those are part of a message, not decoration."""
    return not any(character.isdigit() or (character.isalpha() and not character.isascii()) for character in text)
