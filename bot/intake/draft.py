"""The draft: everything a conversation has gathered so far, as one JSON object. It travels; it is never changed in place.

{"version": 1,
 "state": "open" | "submitted" | "withdrawn" | "ended",
 "answers": {ask: {"value": ..., "status": "given"|"declined"|"unknown"|"left", "words": str | None}},
 "order": [ask, ...]                asks in the order they were answered, latest last ("go back")
 "telling": [str, ...]              the story so far, until "that's all"; dropped where consent is refused
 "listened": [need, ...]            needs that the classifier heard in what was told, {"domain", "own_words"}
 "heard": [need, ...]               needs heard in the story, until the resident has said if they are right
 "human": bool                      a person was asked for
 "flags": [level, ...]              levels the screen has put on this conversation, once each
 "misses": {ask: n}                 how often an answer to it was not understood in a row
 "open": ask | None                 the question this room left open last
 "again": ask | None                an answered question that is put again (go back, change)
 "told": str                        the last text said, so that it is not said twice in a row
 "consent_at": ISO time | None      when consent was given, and to which wording
 "consent_wording": str | None
 "address": E.164 | None            the number the texts come from
 "shown": str | None                the summary as last shown
 "approved": str | None             the summary as approved, word for word
 "ended": reason | None}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

VERSION = 1
GIVEN, DECLINED, UNKNOWN, LEFT = STATUSES = ("given", "declined", "unknown", "left")
STATES = ("open", "submitted", "withdrawn", "ended")
Draft = Mapping[str, Any]


def empty() -> dict[str, Any]:
    """A new draft, before anything was said."""
    return {
        "version": VERSION,
        "state": "open",
        "answers": {},
        "order": [],
        "telling": [],
        "listened": [],
        "heard": [],
        "human": False,
        "flags": [],
        "misses": {},
        "open": None,
        "again": None,
        "interrupted": False,
        "carded": None,
        "told": "",
        "consent_at": None,
        "consent_wording": None,
        "address": None,
        "shown": None,
        "approved": None,
        "ended": None,
    }


def whole(draft: Draft) -> dict[str, Any]:
    """The draft with every key there: `{}` and older ones become whole. Unknown keys are kept."""
    return {**empty(), **draft}


def update(draft: Draft, **changes: Any) -> dict[str, Any]:
    """A new draft with these keys changed. Raises KeyError for a key a draft does not have."""
    unknown = set(changes) - set(empty())
    if unknown:
        raise KeyError(f"a draft has no {sorted(unknown)}")
    return {**draft, **changes}


def value(draft: Draft, ask: str) -> Any:
    """The value given to an ask; None where it was not asked, or declined, not known or left."""
    answer = draft.get("answers", {}).get(ask)
    return answer["value"] if answer and answer["status"] == GIVEN else None


def status(draft: Draft, ask: str) -> str | None:
    """given, declined, unknown, left; None where it was not answered."""
    answer = draft.get("answers", {}).get(ask)
    return answer["status"] if answer else None


def answered(draft: Draft, ask: str) -> bool:
    """Whether the ask was dealt with in any way."""
    return ask in draft.get("answers", {})


def answer(draft: Draft, ask: str, value: Any, *, words: str | None = None, status: str = GIVEN) -> dict[str, Any]:
    """A new draft with this ask answered; its misses are forgotten and it becomes the latest in order."""
    if status not in STATUSES:
        raise ValueError(f"{status!r} is not one of {STATUSES}")
    answers = {**draft["answers"], ask: {"value": value, "status": status, "words": words}}
    order = [*(one for one in draft["order"] if one != ask), ask]
    misses = {one: count for one, count in draft["misses"].items() if one != ask}
    again = None if draft["again"] == ask else draft["again"]
    return update(draft, answers=answers, order=order, misses=misses, again=again)


def forget(draft: Draft, *asks: str) -> dict[str, Any]:
    """A new draft in which these asks were never answered."""
    answers = {ask: answer for ask, answer in draft["answers"].items() if ask not in asks}
    return update(draft, answers=answers, order=[ask for ask in draft["order"] if ask not in asks])


def miss(draft: Draft, ask: str) -> dict[str, Any]:
    """A new draft that counts one more answer to this ask that was not understood."""
    return update(draft, misses={**draft["misses"], ask: draft["misses"].get(ask, 0) + 1})


def flag(draft: Draft, level: str) -> dict[str, Any]:
    """A new draft that knows of this level. Flags are never taken away."""
    return update(draft, flags=[*draft["flags"], *([] if level in draft["flags"] else [level])])


def flagged(draft: Draft, levels: Iterable[str]) -> bool:
    """Whether the conversation was ever put at one of these levels."""
    return any(level in draft.get("flags", []) for level in levels)


def add_story(draft: Draft, *texts: str) -> dict[str, Any]:
    """A new draft whose story holds these texts too, whole and in order; the story stays open if it was."""
    before = draft["answers"].get("story")
    words = [text.strip() for text in texts if text.strip()]
    if before is None:
        return update(draft, telling=[*draft["telling"], *words])
    answers = {**draft["answers"], "story": {**before, "value": [*(before["value"] or []), *words], "status": GIVEN}}
    return update(draft, answers=answers) if words else dict(draft)


def listen(draft: Draft, heard: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """A new draft that knows of these needs too, each once, in the words it was first heard in."""
    known = {need["domain"] for need in draft["listened"]}
    return update(draft, listened=[*draft["listened"], *(dict(need) for need in heard if need["domain"] not in known)])
