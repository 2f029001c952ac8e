"""How soon the SPA should look at an introduction: a clinical response priority (MHSDS: 1 emergency, 4 very urgent, 2 urgent, 3 routine).

It orders a queue that people read; it decides nothing about help. Rules, most urgent first, each adding its line to `why`:

| code | when |
|---|---|
| 1 | flag crisis_imminent; a plan, or a recent attempt, said in answer to a question; thoughts of suicide now together with hurting oneself now |
| 4 | flag crisis_active, harm_to_others or safeguarding; flag self_harm, unless the answer says it is past; thoughts of suicide now; hurting oneself now; nowhere to sleep tonight, no food, no medicine |
| 2 | flag passive_low, third_party, screen_failed; a past self_harm flag; a wish not to wake up; recent self-harm; not safe, or not sure; the question about suicide declined or left; eviction date, no money, no power |
| 3 | everything else. Never called "low risk" |

The more urgent rule always wins, and a flag counts whatever was said later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.parsing import needs

EMERGENCY, VERY_URGENT, URGENT, ROUTINE = 1, 4, 2, 3
ORDER = (EMERGENCY, VERY_URGENT, URGENT, ROUTINE)
"""Most urgent first: the codes are names, not ranks."""
BY_FLAG = {
    "crisis_imminent": EMERGENCY,
    "crisis_active": VERY_URGENT,
    "harm_to_others": VERY_URGENT,
    "safeguarding": VERY_URGENT,
    "self_harm": VERY_URGENT,
    "passive_low": URGENT,
    "third_party": URGENT,
    "screen_failed": URGENT,
}
BY_THOUGHTS = {"attempt_recent": EMERGENCY, "plan": EMERGENCY, "active": VERY_URGENT, "passive": URGENT}
BY_SELF_HARM = {"current": VERY_URGENT, "recent": URGENT}
BY_NEED = {
    "homeless_tonight": VERY_URGENT,
    "no_food": VERY_URGENT,
    "no_medication": VERY_URGENT,
    "eviction_date": URGENT,
    "no_money": URGENT,
    "no_energy": URGENT,
}
WORDS = {
    "crisis_imminent": "said something that means danger now",
    "crisis_active": "said something that means thoughts of suicide now",
    "harm_to_others": "said something about hurting others",
    "safeguarding": "said something about not being safe from others",
    "self_harm": "said something about hurting themself",
    "passive_low": "said something hopeless, or a wish not to be here",
    "third_party": "is worried about somebody else",
    "screen_failed": "a message could not be screened",
    "homeless_tonight": "nowhere to stay tonight",
    "no_food": "no food",
    "no_medication": "no medicine",
    "eviction_date": "a date to leave their home",
    "no_money": "no money",
    "no_energy": "no gas or electricity",
}

Found = list[tuple[int, str]]


def priority(draft: Draft, *, flags: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """{"code", "why"} from this conversation's flags and answers; `why` holds a line for every rule that fired, most urgent first."""
    found = [*_flags(draft, flags), *_answers(draft), *_practical(draft)]
    found.sort(key=lambda rule: ORDER.index(rule[0]))
    why = list(dict.fromkeys(line for _, line in found))
    return {"code": found[0][0] if found else ROUTINE, "why": why or ["nothing said asks for more than a routine look"]}


def _flags(draft: Draft, flags: Iterable[Mapping[str, Any]]) -> Found:
    levels = dict.fromkeys([*draft["flags"], *(flag["level"] for flag in flags)])
    return [(_of_flag(draft, level), f"Flag: {WORDS[level]}") for level in levels if level in BY_FLAG]


def _of_flag(draft: Draft, level: str) -> int:
    if level == "self_harm" and drafts.value(draft, "self_harm") in ("none", "past"):
        return URGENT
    return BY_FLAG[level]


def _answers(draft: Draft) -> Found:
    found: Found = []
    thoughts, harm, safe = (drafts.value(draft, ask) for ask in ("suicidal_thoughts", "self_harm", "safe_at_home"))
    if thoughts in BY_THOUGHTS:
        found.append((BY_THOUGHTS[thoughts], f"Answer about suicide: {thoughts.replace('_', ' ')}"))
    elif drafts.status(draft, "suicidal_thoughts") in (drafts.DECLINED, drafts.UNKNOWN, drafts.LEFT):
        found.append((URGENT, "The question about suicide was not answered"))
    if drafts.value(draft, "suicidal_plan"):
        found.append((EMERGENCY, "Answer about suicide: has a plan"))
    if harm in BY_SELF_HARM:
        found.append((BY_SELF_HARM[harm], f"Answer about hurting themself: {harm}"))
    if harm == "current" and thoughts in ("active", "plan", "attempt_recent"):
        found.append((EMERGENCY, "Thoughts of suicide now, and hurting themself now"))
    if safe in ("no", "unsure"):
        found.append((URGENT, "Does not feel safe" if safe == "no" else "Not sure to be safe"))
    return found


def _practical(draft: Draft) -> Found:
    words = [*draft["telling"], *(drafts.value(draft, "story") or [])]
    return [
        (BY_NEED[need["kind"]], f"Says: {WORDS[need['kind']]}")
        for need in needs.urgent(words)
        if need["kind"] in BY_NEED
    ]
