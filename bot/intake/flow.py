"""Which question comes next, and how far along the way it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intake import conditions, questions
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.questions import Question

AT_ONCE = ("suicidal_plan", "self_harm")


def path(draft: Draft, *, channel: str) -> tuple[Question, ...]:
    """The questions this person meets on this channel as far as is known now, in order, "check" last."""
    return tuple(question for question in questions.load().phase("path") if question.holds(draft, channel=channel))


def following(draft: Draft, *, channel: str) -> str | None:
    """The next question to put: what an answer about suicide calls for, then one that is put again, then the first not answered. None at the end."""
    if draft["state"] == "open":
        if conditions.outside(draft) and not drafts.answered(draft, "pass_on_anyway"):
            return "pass_on_anyway"
        called_for = _first(_at_once(draft, channel=channel), draft)
        return called_for or draft["again"] or _first(path(draft, channel=channel), draft)
    if draft["again"]:
        return str(draft["again"])
    if draft["state"] == "submitted":
        after = [question for question in questions.load().phase("after") if question.holds(draft, channel=channel)]
        return _first(after, draft)
    return None


def progress(draft: Draft, *, channel: str) -> dict[str, int]:
    """{"done", "of"}: questions of the open path dealt with, and all of them, "check" included."""
    asks = [question.ask for question in path(draft, channel=channel)]
    return {"done": sum(drafts.answered(draft, ask) for ask in asks), "of": len(asks)}


def _at_once(draft: Draft, *, channel: str) -> list[Question]:
    """A yes about suicide is followed up before anything else is asked."""
    if drafts.value(draft, "suicidal_thoughts") not in conditions.SUICIDAL:
        return []
    return [question for question in path(draft, channel=channel) if question.ask in AT_ONCE]


def _first(among: Sequence[Question], draft: Draft) -> str | None:
    return next((question.ask for question in among if not drafts.answered(draft, question.ask)), None)
