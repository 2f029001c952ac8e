"""A conversation as staff read it: who wrote what and when, with what the crisis screen matched marked in the resident's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from spa.console import answered, wording
from spa.console.highlight import highlight
from spa.models import AssessmentRow, Author, Conversation, Message

SEEN_LEVELS = frozenset({"historical", "negated"})
"""Levels without a flag that are still shown beside the message: somebody should know they were said."""


@dataclass(frozen=True)
class Reason:
    """Why the screen flagged it: the matched words, and in plain words what matched them."""

    words: str
    why: str


@dataclass(frozen=True)
class Line:
    """One message. `flag`: red, amber or none; `level` in plain words ("" where nothing was seen); `question`: what it answered;
    `event`: "joined" or "left" where it tells of a person's coming or going."""

    seq: int
    at: datetime
    author: str
    author_name: str
    kind: str
    text: Markup
    flag: str
    level: str
    question: str
    reasons: tuple[Reason, ...]
    note: str
    event: str


def lines(
    messages: Sequence[Message],
    assessments: Iterable[AssessmentRow],
    conversation: Conversation,
    *,
    names: Mapping[str, str],
) -> tuple[Line, ...]:
    """All messages in order; `names` gives the name of each user name."""
    found = {row.message_seq: row for row in assessments}
    labels: Mapping[str, str] = {}
    put: dict[str, str] = {}
    made = []
    for message in messages:
        if message.choices:
            labels = {str(choice["value"]): str(choice["label"]) for choice in message.choices}
        if message.ask and message.author != Author.RESIDENT:
            put[message.ask] = message.text
        seen = found.get(message.seq)
        question = answered.in_words(seen.asked, put.get(seen.asked or "", "")) if seen else ""
        removed = conversation.blanked_at is not None
        made.append(_line(message, seen, labels, names, question=question, removed=removed))
    return tuple(made)


def reasons_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Reasons as the screen stores them ({"rule", "words", "score"}), in plain words; the same one is given once."""
    made = (Reason(str(reason.get("words", "")), why(reason)) for reason in stored)
    return tuple(dict.fromkeys(made))


def why(reason: Mapping[str, Any]) -> str:
    """What matched: a rule, by its name in readable form, or the classifier, with its score out of 100."""
    rule, score = str(reason.get("rule", "")), float(reason.get("score", 1.0))
    if rule.startswith("language:"):
        tag = rule.removeprefix("language:")
        return f"written in {wording.plain(tag, wording.LANGUAGES)}"
    if "classifier" in rule or "model" in rule:
        return f"reads like crisis messages ({round(score * 100)} out of 100)"
    named = rule.replace("_", " ").replace(".", ", ").replace(":", ", ").strip()
    return f"rule “{named}”" if named else "a rule"


def _line(
    message: Message,
    seen: AssessmentRow | None,
    labels: Mapping[str, str],
    names: Mapping[str, str],
    *,
    question: str,
    removed: bool,
) -> Line:
    flag = str(seen.flag.value) if seen else "none"
    shown = seen is not None and (flag != "none" or seen.level.value in SEEN_LEVELS)
    reasons = reasons_of(seen.reasons) if seen and shown else ()
    text = message.text or _choice_words(message.choice, labels)
    author = str(message.author)
    return Line(
        seq=message.seq,
        at=message.at,
        author=author,
        author_name=_author(message, names),
        kind=str(message.kind),
        text=highlight(text, [reason.words for reason in reasons]),
        flag=flag,
        level=wording.plain(seen.level.value, wording.LEVELS) if seen and shown else "",
        question=question if shown else "",
        reasons=reasons,
        note=_note(message, blank=not text, removed=removed, unread=seen is None),
        event=str(message.event or ""),
    )


def _author(message: Message, names: Mapping[str, str]) -> str:
    """Who wrote it; a member by their name and by what the resident sees of them."""
    if message.staff is None:
        return wording.plain(str(message.author), wording.AUTHORS)
    return f"{names.get(message.staff, message.staff)}, shown as “{message.signed}”"


def _choice_words(choice: str | None, labels: Mapping[str, str]) -> str:
    """What a tapped choice said; several at once come as one text with commas."""
    if not choice:
        return ""
    values = [choice] if choice in labels else [value.strip() for value in choice.split(",")]
    return ", ".join(labels.get(value, wording.plain(value)) for value in values)


def _note(message: Message, *, blank: bool, removed: bool, unread: bool) -> str:
    """What staff must know about a message besides its words."""
    notes = []
    if blank:
        notes.append("Words removed" if removed else "No words")
    if message.media:
        notes.append(
            f"{message.media} picture{'s' if message.media > 1 else ''} or file{'s' if message.media > 1 else ''} not kept"
        )
    if message.author == Author.RESIDENT and unread:
        notes.append("Not read by the crisis check")
    return ". ".join(notes)
