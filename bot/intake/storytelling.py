"""The story, in as many messages as it takes, and the needs heard in it."""

from __future__ import annotations

import re
from typing import Any

from bot.intake import draft as drafts
from bot.intake import reading, speaking, summary
from bot.intake.conditions import someone_else
from bot.intake.draft import Draft
from bot.intake.parsing import detours, durations, needs, yes_no
from bot.intake.parsing.wording import plain
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

_FINISHED = re.compile(
    r"[\s.,;!-]*\b(?:that'?s|thats|dats|that is) (?:all|it|everything|(?:the|my|your) lot)(?: (?:for now|really|thanks|thank you|hun|hon|love|mate|x+))*[\W_]*$",
    re.I,
)
_HOW_LONG = re.compile(
    r"\b(?:it['’]?s|it has|this has|this is|has|things have)\s*(?:been)? (?:like this|like that|this way|going on|this bad)\b",
    re.I,
)
_ACKS = ("first", "more", "safe", "also")


def tell(draft: Draft, inbound: Inbound) -> Step:
    """One message of the story: kept whole, met with a few words, until the resident says that it is all."""
    text = inbound.text.strip()
    if inbound.choice == "done" or _says_done(draft, inbound):
        last = "" if inbound.choice is not None or only_says_done(inbound) else _FINISHED.sub("", text)
        return finish(drafts.add_story(draft, last), inbound)
    if _wants_to_go_on(inbound):
        return Step(dict(draft), (say("acks.story.go_on", inbound.channel),), ask="story", short=True)
    told = drafts.add_story(draft, text)
    return Step(told, (_acknowledgement(told, inbound),), ask="story", short=True)


def finish(draft: Draft, inbound: Inbound) -> Step:
    """The end of the story: the needs heard in it are kept to be confirmed, never assumed."""
    words = list(draft["telling"])
    if not words:
        left = drafts.answer(draft, "story", None, status=drafts.DECLINED)
        return Step(left, (say("acks.story.nothing", inbound.channel),))
    done = drafts.update(drafts.answer(draft, "story", words), telling=[])
    if not drafts.answered(done, "needs"):
        done = drafts.update(done, heard=needs.hear(words, also=done["listened"]))
    return Step(_with_duration(done, words), (say("acks.story.finished", inbound.channel),))


def _with_duration(draft: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """How long it has been like this, where the story says so in as many words, so that it is not asked again."""
    if drafts.answered(draft, "duration"):
        return draft
    clauses = [clause for text in words for clause in re.split(r"[.,;!?\n]+|\band\b|\bbut\b", text)]
    for clause in clauses:
        parsed = durations.parse(clause.strip()) if _HOW_LONG.search(clause) else None
        if parsed is not None and parsed.complete:
            return drafts.answer(draft, "duration", parsed.value, words=parsed.words)
    return draft


def confirm_needs(draft: Draft, inbound: Inbound) -> Step | None:
    """The needs after "that's right", "add money, not housing" or tapped ones; None where the message is not understood."""
    heard = summary.needs_heard(draft)
    if not heard and inbound.choice is None and _plainly_no(inbound):
        return Step(drafts.answer(draft, "needs", [], words=inbound.text), (say("acks.needs.none", inbound.channel),))
    if heard and inbound.choice is None and _plainly_no(inbound) and not draft["misses"].get("needs"):
        return Step(drafts.miss(draft, "needs"), (say("needs.what_else", inbound.channel),), ask="needs", silent=True)
    if heard and draft["misses"].get("needs") and plain(inbound.text) in ("none", "nothing", "neither"):
        return Step(drafts.answer(draft, "needs", heard), (say("acks.needs.confirmed", inbound.channel),))
    now = _tapped(heard, inbound.choice) if inbound.choice is not None else _revised(draft, heard, inbound)
    if now is None:
        return None
    done = drafts.answer(draft, "needs", now, words=inbound.text or None)
    if not now:
        return Step(done, (say("acks.needs.none", inbound.channel),))
    if _domains(now) == _domains(heard):
        return Step(done, (say("acks.needs.confirmed", inbound.channel),))
    return Step(
        done, (say("needs.now", inbound.channel, needs=summary.needs_in_words(done, now, channel=inbound.channel)),)
    )


def reopened(draft: Draft) -> dict[str, Any]:
    """The story put again: what was told stays, and more can be said."""
    if not drafts.answered(draft, "story"):
        return dict(draft)
    return drafts.update(drafts.forget(draft, "story"), telling=list(drafts.value(draft, "story") or []))


def _says_done(draft: Draft, inbound: Inbound) -> bool:
    command = detours.find(inbound.text, asked="story")
    if (command and command.intent == "thats_all") or _FINISHED.search(inbound.text.strip()):
        return True
    answer = yes_no.parse(inbound.text)
    return bool(answer and answer.complete and answer.value is False)


def only_says_done(inbound: Inbound) -> bool:
    """ "no", "nothing else", "I'm done": nothing in it belongs to the story."""
    command = detours.find(inbound.text, asked="story")
    answer = yes_no.parse(inbound.text)
    return bool((command and command.intent == "thats_all") or (answer and answer.complete))


def _wants_to_go_on(inbound: Inbound) -> bool:
    answer = yes_no.parse(inbound.text)
    return bool(answer and answer.complete and answer.value is True)


def _acknowledgement(draft: Draft, inbound: Inbound) -> str:
    """Words for what this message was about, where it is about the resident and something was heard; plain ones otherwise."""
    if inbound.level == "negated":
        return say("acks.story.safe", inbound.channel)
    heard = [] if someone_else(draft) else needs.hear([inbound.text], also=inbound.needs)
    key = (
        f"acks.heard.{heard[0]['domain']}" if heard else f"acks.story.{_ACKS[(len(draft['telling']) - 1) % len(_ACKS)]}"
    )
    text = say(key, inbound.channel)
    return say("acks.story.also", inbound.channel) if draft["told"].startswith(text) else text


def _plainly_no(inbound: Inbound) -> bool:
    """A bare no to "is that right"; "nothing to add" is a yes."""
    return plain(inbound.text) in (
        "no",
        "nope",
        "nah",
        "no its not",
        "not really",
        "no thats wrong",
        "thats wrong",
        "wrong",
    )


def _revised(draft: Draft, heard: list[dict[str, Any]], inbound: Inbound) -> list[dict[str, Any]] | None:
    offered = speaking.offered(draft, "needs", channel=inbound.channel)
    parsed = needs.revise(heard, inbound.text, choices=offered)
    if parsed is None and not heard:
        parsed = reading.parse(draft, "needs", inbound)
    return list(parsed.value) if parsed is not None else None


def _tapped(heard: list[dict[str, Any]], choice: str | None) -> list[dict[str, Any]] | None:
    """Tapped needs join those heard; taking one away is said in words, since a tap on "housing" never means "not housing"."""
    picked = [value.strip() for value in (choice or "").split(",")]
    chosen = [value for value in picked if value in needs.DOMAINS]
    if not chosen and "right" not in picked:
        return None
    known = _domains(heard)
    return [
        *heard,
        *({"domain": domain, "source": "chosen", "own_words": None} for domain in chosen if domain not in known),
    ]


def _domains(needs_now: list[dict[str, Any]]) -> list[str]:
    return [need["domain"] for need in needs_now]
