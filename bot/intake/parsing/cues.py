"""Cue phrases kept as data in `data/needs/`, compiled once, matched clause by clause with their negations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.intake.parsing.wording import plain, same_length

FOLDER = Path(__file__).resolve().parents[3] / "data" / "needs"
LONGEST_CLAUSE = 160
"""Characters of a clause quoted as own words."""
LONGEST_TEXT = 20_000

_CLAUSE_END = re.compile(r"[.!?;,\n\r]+(?=\s|$)|\n+|\s+-\s+|\b(?:but|although|though|except|however)\b", re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:no|not|never|isnt|arent|wasnt|dont|do not|doesnt|didnt|without|nor)(?: (?:a|any|an|my|the))?"
    r"|\b(?:dont|do not|doesnt|havent|havent got|never|didnt|dont really|hasnt|not|no longer|never really) (?:have|had|got|get|need|want|been|suffer from|suffering from|struggle with|struggling with|worried about|about|because of|feel|feeling|having)(?: (?:a|any|an|my|the|help with|help for|so|really|that|too|much|very|problems with|trouble with|issues with))*"
    r"|\bno (?:\w+ )?(?:problems?|issues?|trouble|worries|concerns|history|signs?|difficult\w+) (?:with|about|of|at|around|in)(?: (?:my|the|any|our))?(?: \w+ (?:and|or))?"
    r"|\b(?:nothing|not anything) (?:to do )?with(?: my| the)?|\bfree (?:of|from))\s*$"
)
_SETTLED_AFTER = re.compile(
    r"^(?: \w+)?(?: (?:and|or) \w+)? (?:is|are|s|isnt|arent|was|were|has been|have been)(?: (?:all|totally|really|not|perfectly|pretty|quite|absolutely|mostly|now|been))? ?(?:fine|ok|okay|good|sorted|alright|great|stable|secure|a problem|an issue|the problem|the issue|a worry|no problem|not a problem|no issue)\b"
)
_STILL_BAD = re.compile(
    r"^(?: \w+)?(?: (?:and|or) \w+)? (?:is|are|s|was|were|has been|have been)(?: (?:really|quite|now|all|mostly))? ?(?:not (?:fine|ok|okay|good|great|stable|secure|alright)|a problem|an issue|the problem|the issue|a worry)\b|^(?: \w+)? (?:isnt|arent) (?:fine|ok|okay|good|great|stable|secure|alright|sorted)\b"
)


class CuesError(ValueError):
    """A cue file does not hold what it must; the message names the file and the entry."""


@dataclass(frozen=True)
class Hit:
    """A cue found: under which key, in whose clause (own words), and the matched words of its plain form."""

    key: str
    clause: str
    words: str


def read(name: str, *, keys: Iterable[str]) -> dict[str, Any]:
    """A YAML file of `data/needs/`. Raises CuesError unless its top keys are exactly these."""
    path = FOLDER / name
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict) or set(loaded) != set(keys):
        raise CuesError(f"{path.name}: keys must be {sorted(keys)}")
    return loaded


def table(entries: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
    """One pattern a key from its cues, for plain text. Raises CuesError naming a cue that does not compile."""
    return {
        key: re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_pattern(cue) for cue in cues)})(?![a-z0-9])")
        for key, cues in entries.items()
    }


def find(text: str, patterns: Mapping[str, re.Pattern[str]]) -> list[Hit]:
    """Every key heard in the text, in order of appearance, its first hit that is not denied."""
    found: dict[str, Hit] = {}
    for clause in clauses(text):
        said = plain(clause)
        hits = [
            (match.start(), key, match.group())
            for key, pattern in patterns.items()
            if key not in found
            for match in [_first(pattern, said)]
            if match
        ]
        for _, key, words in sorted(hits):
            found[key] = Hit(key, clause[:LONGEST_CLAUSE].strip(), words)
    return list(found.values())


def clauses(text: str) -> Iterator[str]:
    """Parts of the text that a negation does not reach across, as typed."""
    at = 0
    text = text[:LONGEST_TEXT]
    flat = "".join(same_length(text[start : start + 4000]) for start in range(0, len(text), 4000))
    for match in _CLAUSE_END.finditer(flat):
        if text[at : match.start()].strip():
            yield text[at : match.start()].strip()
        at = match.end()
    if text[at:].strip():
        yield text[at:].strip()


def _first(pattern: re.Pattern[str], said: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(said) if not _denied(said, match)), None)


def _denied(said: str, match: re.Match[str]) -> bool:
    before, after = said[: match.start()], said[match.end() :]
    if _DENIED_BEFORE.search(before):
        return True
    return bool(_SETTLED_AFTER.match(after)) and not _STILL_BAD.match(after)


@lru_cache(maxsize=4096)
def _pattern(cue: str) -> str:
    """A cue as a regular expression over plain text: "*" ends a word anyhow, "(a|b|)" is one of them or nothing."""
    text = plain_cue = cue.strip().lower().replace("'", "")
    text = re.sub(r"\(([^()]*)\|\) ", r"(?:(?:\1) )?", text)
    text = re.sub(r" \(([^()]*)\|\)$", r"(?: (?:\1))?", text)
    text = re.sub(r"\((?!\?)", "(?:", text).replace("*", "[a-z]*")
    try:
        re.compile(text)
    except re.error as e:
        raise CuesError(f"cue {plain_cue!r} cannot be read") from e
    return text
