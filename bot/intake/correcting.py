"""Changing what was said before: "no, it's 07700 900124", "my phone is wrong", "change 3"."""

from __future__ import annotations

import re

from bot.intake import draft as drafts
from bot.intake import endings, questions, reading, safety, storytelling, summary
from bot.intake.draft import Draft
from bot.intake.parsing import choices, detours, needs
from bot.intake.parsing.parsed import Parsed
from bot.intake.step import NEXT, Step
from bot.intake.turn import CHANGES, Choice, Inbound
from bot.intake.wording import own, say

_NUMBERED = re.compile(
    r"\s*(?:(?:please|can you|can i|i want to|id like to)\s+)?(?:change|edit|fix|correct)?\s*(?:line|number|no\.?|#)?\s*(\d{1,2})\s*(?:please|is wrong|is not right)?[.!]?\s*",
    re.I,
)


def corrected(draft: Draft, inbound: Inbound, ask: str | None) -> Step | None:
    """The step for a message that corrects something said before; None where it does not."""
    found = reading.correction(draft, ask, inbound)
    if found is None:
        return None
    if found.ask is None:
        names_facts = ask is not None and (reading.others(draft, ask, inbound) or reading.changed(draft, inbound, ask))
        return Step(dict(draft), ask="change_which") if draft["order"] and not names_facts else None
    if found.ask not in questions.load() or found.ask == ask:
        return None
    if found.parsed is None:
        return reopen(draft, inbound, found.ask)
    return replace(draft, inbound, found.ask, found.parsed, ask=ask)


def replace(draft: Draft, inbound: Inbound, target: str, parsed: Parsed, *, ask: str | None) -> Step:
    """The new answer stands; the open question is put again in fewer words."""
    value = parsed.value
    if target == "needs" and isinstance(value, dict):
        value = needs.apply(summary.needs_heard(draft), value, parsed.words)
    changed = drafts.answer(draft, target, value, words=parsed.words or None)
    if target == "date_of_birth":
        changed = endings.age_settles(changed, inbound)
    said = say("acks.changed", inbound.channel, labels=labels(changed, (target,), inbound))
    outside = endings.outside(changed, inbound) if target in ("adult", "lambeth_link", "date_of_birth") else None
    full_again = ask in (None, "check", "change_which") or outside
    step = Step(changed, (said, outside or ""), ask=NEXT if full_again else ask, short=not full_again)
    step = step.doing(*safety.details(changed, target))
    return step.doing({"type": "update"}) if changed["state"] == "submitted" else step


def reopen(draft: Draft, inbound: Inbound, target: str) -> Step:
    """Puts an answered question again; what it held stands until it is answered anew."""
    again = storytelling.reopened(draft) if target == "story" else dict(draft)
    return Step(drafts.update(again, again=target), (say("detours.change", inbound.channel),))


def pick(draft: Draft, inbound: Inbound) -> str | None:
    """The ask that a tapped answer, "change 3", "3", "phone" or "the phone is wrong" names; None where it names none."""
    if inbound.choice is not None and inbound.choice.startswith(CHANGES):
        return _tapped(draft, inbound.choice.removeprefix(CHANGES))
    lines = summary.lines(draft, channel=inbound.channel)
    numbered = _NUMBERED.fullmatch(inbound.text)
    if numbered:
        number = int(numbered.group(1))
        return lines[number - 1].ask if 1 <= number <= len(lines) else None
    labelled = choices.by_label(inbound.text, tuple(Choice(line.ask, line.label) for line in lines))
    if labelled:
        return labelled
    for text in (inbound.text, f"change my {inbound.text}"):
        command = detours.find(text, asked="check")
        if command and command.intent == "change_answer" and command.target in questions.load():
            return command.target
    return None


def _tapped(draft: Draft, ask: str) -> str | None:
    """An answered question of the way, "check" apart."""
    question = questions.load().by_ask.get(ask)
    known = question is not None and question.phase == "path" and ask != "check"
    return ask if known and drafts.answered(draft, ask) else None


def labels(draft: Draft, asks: tuple[str, ...], inbound: Inbound) -> str:
    """Names of these questions' lines, to say what was noted; those without a line are left out."""
    named = [_label(draft, ask, inbound) for ask in questions.load().asks if ask in asks]
    return summary.joined([label for label in dict.fromkeys(named) if label])


def _label(draft: Draft, ask: str, inbound: Inbound) -> str:
    """The line's name within a sentence: one of its own, or that of the summary."""
    if f"lines.{ask}" in own():
        return say(f"lines.{ask}", inbound.channel)
    return _lower(questions.load()[ask].copy(draft).label or "")


def _lower(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
