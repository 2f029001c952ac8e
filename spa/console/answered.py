"""Which question a flagged message answered: “No” says nothing without it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake import questions
from spa.console import wording
from spa.models import AssessmentRow, Author, Message

_QUESTION = re.compile(r"[^.?!\n]+\?")


@dataclass(frozen=True)
class Answer:
    """What a resident wrote, the level the screen gave it, and the question that was open then, in words ("" for none)."""

    words: str
    level: str
    question: str
    at: datetime


def of_conversations(session: Session, ids: Collection[str]) -> dict[str, tuple[Answer, ...]]:
    """The answers that the screen has read, in order, of each conversation; one query for all of them."""
    columns = Message.conversation_id, Message.author, Message.text, Message.ask
    seen = AssessmentRow.asked, AssessmentRow.level, AssessmentRow.at
    query = select(*columns, *seen).outerjoin(AssessmentRow, AssessmentRow.message_seq == Message.seq)
    found: dict[str, list[Answer]] = {one: [] for one in ids}
    put: dict[tuple[str, str], str] = {}
    for conversation, author, text, ask, asked, level, at in session.execute(
        query.where(Message.conversation_id.in_(ids)).order_by(Message.seq)
    ):
        if author != Author.RESIDENT and ask:
            put[conversation, ask] = text
        elif level is not None:
            put_so = put.get((conversation, asked or ""), "")
            found[conversation].append(Answer(text, level.value, in_words(asked, put_so), at))
    return {conversation: tuple(answers) for conversation, answers in found.items()}


def question(answers: Sequence[Answer], *, words: str, level: str, at: datetime | None = None) -> str:
    """The question these words answered, where they were given this level (at this moment); "" where none was open."""
    same = [answer for answer in answers if answer.words == words]
    alike = [answer for answer in same if answer.level == level] or same
    meant = [answer for answer in alike if answer.at == at] or alike
    return meant[0].question if meant else ""


def in_words(asked: str | None, put: str) -> str:
    """A question as it was put: the last one of the message that asked it, else as our list of questions has it."""
    if not asked:
        return ""
    sentences = [sentence.strip() for sentence in _QUESTION.findall(put)]
    return sentences[-1] if sentences else _listed().get(asked, wording.plain(asked))


def _listed() -> Mapping[str, str]:
    """Each question in few words."""
    return {question.ask: question.own.short for question in questions.load().by_ask.values() if question.own.short}
