"""Names said in passing: "I'm Grace, …", "everyone calls me G"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.intake.parsing import names
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import same_length

_I_AM = re.compile(
    r"(?:^|[,.;!]\s*|\b(?:hi|hello|hey|yes|yeah|ok|sure|and|so|well)[\s,!]+)(?P<lead>i'?m|i am|my name(?:'?s| is)|my full name is|name:?|the name'?s)\s+(?P<name>[^\W\d_][\w'.-]*(?:\s+[^\W\d_][\w'.-]*){0,4}?)\s*(?=[,.;!\n]|$|\s+(?:and|but|from|here|i'?m|i am|aged?|born|my|\d)\b)",
    re.IGNORECASE,
)
_CALL_ME = re.compile(
    r"\b(?:(?:people|everyone|everybody|friends|they|you can|please|just|but|and)\s+)*(?:calls?\s+me|known as|i go by|call me|prefer to be called|like to be called)\s+(?P<name>[^\W\d_][\w'-]*)(?=\s*(?:[,.;!\n]|$|\s(?:and|but|please|for short|thanks)\b))",
    re.IGNORECASE,
)
_REACHING_WORD = re.compile(
    r"after|before|on|at|any|anytime|when|between|in|back|later|tomorrow|today|now|please|if|only|or|and|but|tonight|about|from|by|mornings?|evenings?|weekdays?|weekends?|asap|first|instead|to|around|not|names|stupid|crazy|mental|during|whenever|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)


def find(parts: Sequence[str], *, asked: str | None, listed: bool) -> dict[str, Parsed]:
    """ "full_name" and "preferred_name" in clauses about the writer. `listed`: the message is a list of facts, so a name may be in small letters."""
    found: dict[str, Parsed] = {}
    for part in parts:
        called = called_in(part)
        if called:
            found["preferred_name"] = called
        said = _I_AM.search(same_length(part))
        if not said or (name := names.parse(said.group("name"), full=True)) is None or not name.complete:
            continue
        named = re.match(r"my|name|the name", said.group("lead"), re.IGNORECASE)
        words = said.group("name").split()
        if not named and not all(word[0].isupper() for word in words) and not (listed and len(words) == 1):
            continue
        full = len(name.value.split()) > 1 or (named and asked == "full_name")
        found.setdefault("full_name" if full else "preferred_name", name)
    return found


def called_in(part: str) -> Parsed | None:
    """The name in "call me G"; None for "call me after 5"."""
    match = _CALL_ME.search(same_length(part))
    if match is None or _REACHING_WORD.fullmatch(match.group("name").lower()):
        return None
    return names.parse(match.group("name"))
