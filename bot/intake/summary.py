"""The introduction in plain language: numbered lines the resident checks and changes, and approves word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.intake import draft as drafts
from bot.intake import flow, questions
from bot.intake.conditions import RED_LEVELS
from bot.intake.draft import Draft
from bot.intake.parsing import access, dates, nhs_numbers, phones
from bot.intake.wording import own, say

UNSAID_BY_TEXT = ("suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home")
"""Answers that a text message never spells out: somebody else may hold the phone."""
LONGEST = {"web": 1500, "sms": 80}
"""Characters shown of one line in own words."""
OWN_WORDS = ("story", "needs", "goals")
"""Lines that a text message does not spell out either, where somebody who harms them may read it."""
NOT_LINES = ("consent", "check")


@dataclass(frozen=True)
class Line:
    """One line of the summary and the ask that changes it."""

    ask: str
    label: str
    text: str

    def numbered(self, number: int) -> str:
        """ "3. Phone: 07700 900123" """
        return f"{number}. {self.label}: {self.text}"


def lines(draft: Draft, *, channel: str) -> tuple[Line, ...]:
    """Every answered question of this person's way, in order. By text message the safety answers are one line without content."""
    found: list[Line] = []
    for question in flow.path(draft, channel="web"):
        ask = question.ask
        if ask in NOT_LINES or not drafts.answered(draft, ask):
            continue
        if channel == "sms" and ask in UNSAID_BY_TEXT:
            if not any(line.ask in UNSAID_BY_TEXT for line in found):
                found.append(Line(ask, say("check.safety", channel), say("check.answered", channel)))
            continue
        if channel == "sms" and drafts.status(draft, ask) != drafts.GIVEN:
            continue
        private = channel == "sms" and _private(draft, ask)
        told = say("check.private", channel) if private else shown(draft, ask, channel=channel)
        found.append(Line(ask, question.copy(draft).label or ask, told))
    return tuple(found)


def _private(draft: Draft, ask: str) -> bool:
    """Words about danger, or about somebody who may read the phone."""
    if ask == "story":
        return drafts.flagged(draft, RED_LEVELS)
    return ask in OWN_WORDS and drafts.flagged(draft, ("safeguarding",))


def text(draft: Draft, *, channel: str) -> str:
    """The whole summary: a title and its numbered lines."""
    numbered = [line.numbered(number) for number, line in enumerate(lines(draft, channel=channel), 1)]
    return "\n".join([say("check.title", channel), *numbered])


def shown(draft: Draft, ask: str, *, channel: str) -> str:
    """One answer as people would write it."""
    status = drafts.status(draft, ask)
    if status != drafts.GIVEN:
        return say("check.blank" if status == drafts.LEFT else "check.declined", channel)
    value = drafts.value(draft, ask)
    return shortened(_plain(draft, ask, value, channel=channel), channel)


def needs_heard(draft: Draft) -> list[dict[str, Any]]:
    """Needs as they stand: confirmed ones, otherwise those heard in the story."""
    if drafts.answered(draft, "needs"):
        return list(drafts.value(draft, "needs") or [])
    return list(draft["heard"])


def needs_in_words(draft: Draft, needs: Sequence[Mapping[str, Any]], *, channel: str) -> str:
    """ "housing, money and how you feel" """
    other = drafts.value(draft, "about_whom") in ("someone_i_know", "professional")
    labels = []
    for need in needs:
        key = f"needs.labels_other.{need['domain']}"
        labels.append(say(key if other and key in own() else f"needs.labels.{need['domain']}", channel))
    return joined(labels)


def shortened(text: str, channel: str) -> str:
    """A long text cut at a word, as the summary of this channel shows it."""
    longest = LONGEST[channel]
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "..."


def in_sentences(texts: Sequence[str]) -> str:
    """Several messages read as one: each ends like a sentence."""
    return " ".join(text if text.rstrip()[-1:] in (".", "?", "!", "") else f"{text.rstrip()}." for text in texts)


def joined(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c" """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _plain(draft: Draft, ask: str, value: Any, *, channel: str) -> str:
    labels = {choice.value: choice.label for choice in questions.load()[ask].copy(draft).choices["web"]}
    if ask == "needs":
        return needs_in_words(draft, value, channel=channel) or say("check.blank", channel)
    if ask == "goals":
        return "; ".join(goal["own_words"] for goal in value)
    if ask == "access_needs":
        return _access(value, labels)
    if isinstance(value, bool):
        return say("labels.yes" if value else "labels.no", channel)
    if isinstance(value, list):
        return in_sentences(value)
    if isinstance(value, Mapping):
        return say("labels.no_fixed_address", channel)
    written = {
        "phone": phones.shown,
        "introducer_phone": phones.shown,
        "date_of_birth": dates.shown,
        "nhs_number": nhs_numbers.shown,
    }
    if ask in written:
        return written[ask](value)
    return labels.get(value, str(value))


def _access(value: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    parts = [labels.get(need, need) for need in value.get("needs") or []]
    if value.get("interpreter"):
        parts.append(labels["interpreter"])
    if value.get("language"):
        parts.append(access.shown(value["language"]))
    if value.get("notes"):
        parts.append(str(value["notes"]))
    return ", ".join(parts) or labels["none"]
