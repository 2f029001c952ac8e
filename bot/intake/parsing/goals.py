"""Goals in own words, tagged with the big three outcomes: recovery (stay well), control (own choices), can do (take part in daily life)."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.intake.parsing import cues
from bot.intake.parsing.free_text import is_question
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain

OUTCOMES = ("recovery", "control", "can_do")

_LIST_MARK = re.compile(
    r"(?:^|\n|(?<=[.;,])\s*)\s*(?:[-*•·]|\(?\d{1,2}[.):]|(?:and )?(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|lastly|finally)[,:])\s+",
    re.IGNORECASE,
)
_STRONG_END = re.compile(r"\n+|;|(?<=[.!])\s+(?=\S)")
_LEAD = re.compile(
    r"^(?:(?:well|so|um+|just|and|also|plus|basically|i guess|honestly|then|or|maybe|ok)\b[\s,]*)+", re.IGNORECASE
)
_NEVER_MIND = re.compile(
    r"(?:yes|no|yeah|nah|nope|ok|okay|idk|dunno|i dont know|dont know|not sure|nothing|none|skip|no idea|im not sure|hmm+|um+|hi|hello|thanks|thank you|dont mind)"
)
_WANT = re.compile(
    r"(?:to |i (?:want|need|would like|d like|wish|hope)|id like|get |be |have |feel |stop |find |sort |see |go |start |a |an |my |more |less |better |help |not |no )"
)


def parse(text: str) -> Parsed | None:
    """[{"own_words", "outcomes": [..]}]: one goal, or several where the message is plainly a list. None for a question back or a word that says nothing."""
    said = plain(text)
    if not said or is_question(text) or _NEVER_MIND.fullmatch(said):
        return None
    goals = [{"own_words": goal, "outcomes": outcomes(goal)} for goal in _split(text)]
    told = any(goal["outcomes"] for goal in goals)
    return Parsed(goals, text.strip(), complete=told and len(said.split()) > 2) if goals else None


def outcomes(goal: str) -> list[str]:
    """Which of the three outcomes the words point to, in their order; [] where none does, for staff to tag."""
    heard = {key for clause in cues.clauses(goal) for key, pattern in _cues().items() if pattern.search(plain(clause))}
    return [outcome for outcome in OUTCOMES if outcome in heard]


def _split(text: str) -> list[str]:
    parts = _LIST_MARK.split(text) if len(_LIST_MARK.findall(text)) > 1 else _STRONG_END.split(text)
    if len(parts) == 1:
        parts = _comma_list(text)
    tidy = [_LEAD.sub("", part.strip(" \t\r\n,.;-•*")).strip() for part in parts]
    return [part for part in tidy if re.search(r"\w", part)]


def _comma_list(text: str) -> list[str]:
    """ "get a job, sleep better and see my kids": short parts that each stand as a goal; anything else stays one."""
    parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?", text.strip()) if part]
    if len(parts) < 2:
        return [text]
    last = re.split(r"\s+and\s+", parts[-1])
    parts = [*parts[:-1], *(last if len(last) == 2 and all(_stands(part) for part in last) else [parts[-1]])]
    return parts if all(_stands(part) and len(part.split()) <= 8 for part in parts) else [text]


def _stands(part: str) -> bool:
    said = plain(_LEAD.sub("", part))
    return (
        bool(said)
        and not re.match(r"(?:because|cos|so|which|who|that|if|when|but|i cant|he|she|they|it)\b", said)
        and (bool(_WANT.match(said)) or bool(outcomes(part)))
    )


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    """The compiled `data/needs/goals.yml`. Raises CuesError where it is not as it must be."""
    loaded = cues.read("goals.yml", keys=OUTCOMES)
    return cues.table({outcome: loaded[outcome] for outcome in OUTCOMES})
