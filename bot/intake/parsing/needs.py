"""Needs heard in a story, and needs added or taken away by words or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.intake.parsing import cues, yes_no
from bot.intake.parsing.choices import numbers, resolve
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import FILLER, plain, tokens, word_set
from bot.intake.turn import Choice

DOMAINS = (
    "mental_health",
    "housing",
    "money",
    "work_learning",
    "drugs_alcohol",
    "physical_health",
    "relationships_family",
    "loneliness",
    "safety_at_home",
    "daily_living",
    "caring",
    "discrimination_identity",
    "legal_immigration",
)
URGENT = ("homeless_tonight", "eviction_date", "no_food", "no_money", "no_energy", "no_medication")
"""Practical needs that cannot wait."""

Need = dict[str, Any]

_RIGHT = re.compile(
    r"(?:(?:yes|yeah|yep|yh|ok|no|nope|nah)[ ,]*)*(?:thats (?:right|correct|it|all|everything|all of it|the lot|perfect|good|fine|about right|spot on|them)(?: (?:thanks|thank you|for now|mate|yes|really))*|all (?:correct|right|good|of that)|correct|right|spot on|sounds (?:right|about right|good)|looks (?:right|good)|nothing (?:else|more|to add|to change|to take away|really)|no (?:changes|more|others|nothing else)|nothing|perfect|you got it|exactly|keep (?:it|them)(?: all)?(?: as it is)?|leave it(?: as it is)?|nothing else thanks|fine as it is|good as it is|no need|yes all of (?:it|them|those|that)|all of (?:it|them|those|that)|the lot|everything you said|no just (?:that|those|them)|just (?:that|those|them)|yes (?:exactly|correct|right))(?: (?:thanks|thank you|please|mate|x|ta))*"
)
_EVERYTHING = re.compile(
    r"(?:(?:yes|yeah|all|literally|pretty much|probably|honestly|need help with|help with|i need|with|the)[ ,]*)*(?:all of (?:it|them|these|those|that|the above)|everything|all(?: the above)?|the lot|every one|every single one|all please|all 13|all thirteen)(?: (?:please|really|tbh|mate|honestly|lol|x))*"
)
_NOTHING = re.compile(
    r"(?:no |nah |nope )?(?:none(?: of (?:it|them|these|those|that|the above))?(?: really)?|nothing at all|not any of (?:it|them|these|those)|remove (?:everything|all(?: of (?:it|them))?)|take (?:it |them )?all away|take away (?:all(?: of (?:it|them))?|everything)|delete (?:all|everything)|clear (?:it|all|everything)|start (?:it |the list )?again)"
)
_TAKE = r"take away|take off|take out|taking away|take|remove|removing|delete|drop|scrap|lose|cross (?:off|out)|get rid of|without|except(?: for)?|apart from|minus|ignore|leave out|forget(?: about)?|not|no|dont (?:need|want|include|add)(?: any)?(?: help)?(?: with| for)?|isnt|arent|no need for|nothing to do with|i never said|i didnt say|less"
_PUT = r"add|adding|also|plus|include|including|as well as|put (?:in|down|on)?|yes|yeah|yep|and also|but also|too|need(?: help with)?|help with|want(?: help with)?|it is|its|more|just|only|i meant|i mean|instead|actually|mostly|mainly|rather|but"
_MARK = re.compile(rf"\b(?:(?P<take>{_TAKE})|(?P<put>{_PUT}))\b")
_FINE_AFTER = re.compile(
    r"\s*(?:and \w+ )?(?:is|are|isnt|arent|was|s)\s*(?:all |now |totally )?(?:fine|ok|okay|sorted|good|alright|wrong|not (?:a|an|the) (?:problem|issue|thing)|(?:a|an|the) (?:problem|issue)|not right|not relevant|not needed|not (?:one|it))\b"
)
_ONLY = re.compile(r"(?:no |nah |its |its really |really )*(?:just|only) (?:the |my )?\w+")
_AROUND = FILLER | word_set(
    "add also plus include take away off out remove delete drop not no need help with some too as well but both all about bit maybe please want put the a an of in on my it thats is are isnt instead rather than meant mean didnt say said just only really more second first third last number one problem problems issue issues stuff things thing list from scrap dont want actually mostly mainly trouble now worries"
)


@dataclass(frozen=True)
class _Cues:
    domains: Mapping[str, re.Pattern[str]]
    names: Mapping[str, re.Pattern[str]]
    urgent: Mapping[str, re.Pattern[str]]
    urgent_domain: Mapping[str, str]


def hear(texts: str | Iterable[str], *, also: Iterable[Mapping[str, str]] = ()) -> list[Need]:
    """[{"domain", "source": "heard", "own_words", "urgent"?: True}] in order of first mention; own_words is the clause it was heard in.

    `also`: {"domain", "own_words"} that the needs classifier heard, which come after those that were said in so many words.
    """
    told = _joined(texts)
    heard: dict[str, Need] = {hit.key: _heard(hit.key, hit.clause) for hit in cues.find(told, _cues().domains)}
    for hit in cues.find(told, _cues().urgent):
        domain = _cues().urgent_domain[hit.key]
        heard[domain] = {**heard.get(domain, _heard(domain, hit.clause)), "own_words": hit.clause, "urgent": True}
    for need in also:
        heard.setdefault(need["domain"], _heard(need["domain"], need["own_words"]))
    return list(heard.values())


def urgent(texts: str | Iterable[str]) -> list[dict[str, str]]:
    """[{"kind", "own_words"}] for practical needs that cannot wait; kinds in URGENT."""
    return [{"kind": hit.key, "own_words": hit.clause} for hit in cues.find(_joined(texts), _cues().urgent)]


def revise(
    current: Sequence[Need], text: str, *, choices: Sequence[Choice] = (), choice: str | None = None
) -> Parsed | None:
    """The list of needs after this message; None where it does not say.

    A number with "take away" counts along `current`, any other along `choices`. Tapped needs join those there are.
    """
    words = text.strip()
    if choice is not None:
        tapped = [value for value in resolve(text, (), choice=choice) if value in DOMAINS or value == "right"]
        return (
            Parsed(apply(current, {"add": [value for value in tapped if value in DOMAINS], "remove": []}, None), words)
            if tapped
            else None
        )
    said = plain(text)
    if not said or (text.strip().endswith("?") and not re.match(r"(?:can|could) you (?:add|take|remove)", said)):
        return None
    if _NOTHING.fullmatch(said):
        return Parsed([], words)
    if current and _agrees(text, said):
        return Parsed(list(current), words)
    if _EVERYTHING.fullmatch(said):
        return (
            Parsed(
                apply(
                    current,
                    {"add": [offered.value for offered in choices if offered.value in DOMAINS], "remove": []},
                    None,
                ),
                words,
            )
            if choices
            else None
        )
    picked = numbers(text, count=len(choices)) if choices else []
    if picked:
        values = [choices[position].value for position in picked]
        return (
            Parsed(apply(current, {"add": [value for value in values if value in DOMAINS], "remove": []}, None), words)
            if any(value in DOMAINS or value == "right" for value in values)
            else None
        )
    change = change_in(text, current=current)
    if change is None:
        return None
    if change["remove"] and not change["add"] and not current:
        return None
    if _ONLY.match(said) and change["add"] and not change["remove"]:
        change["remove"] = [need["domain"] for need in current if need["domain"] not in change["add"]]
    complete = all(word in _AROUND or word.isdigit() for word in tokens(_names_cut(said)))
    return Parsed(apply(current, change, words), words, complete=complete)


def apply(current: Sequence[Need], change: Mapping[str, Sequence[str]], words: str | None) -> list[Need]:
    """The list with `change["remove"]` taken out and `change["add"]` put in as chosen, `words` kept as own words where they are more than a name."""
    gone = set(change.get("remove", ())) - set(change.get("add", ()))
    kept = [need for need in current if need["domain"] not in gone]
    known = {need["domain"] for need in kept}
    own = words if words and len(words.split()) > 3 else None
    return kept + [
        {"domain": domain, "source": "chosen", "own_words": own}
        for domain in dict.fromkeys(change.get("add", ()))
        if domain not in known
    ]


def change_in(text: str, *, current: Sequence[Need] = ()) -> dict[str, list[str]] | None:
    """{"add": [domain], "remove": [domain]} of "add money, not housing", "take away the second", "council tax not rent"; None where no need is named."""
    change: dict[str, list[str]] = {"add": [], "remove": []}
    mode = "add"
    for clause in re.split(r"[,.;!\n]+|\bbut\b", text, flags=re.IGNORECASE):
        said = plain(clause)
        if not said:
            continue
        mode = "add" if re.match(r"(?:also|add|plus|yes|i (?:meant|mean|need)|its)\b", said) else mode
        mode = _read_clause(said, change, mode=mode, current=current)
        if not re.search(r"\b(?:take|remove|delete|drop|not|no|without|scrap)\b", said):
            mode = "add"
    change["add"] = [
        domain
        for domain in dict.fromkeys(change["add"])
        if domain not in change["remove"] or change["add"].count(domain) > change["remove"].count(domain)
    ]
    change["remove"] = list(dict.fromkeys(change["remove"]))
    return change if change["add"] or change["remove"] else None


def _read_clause(said: str, change: dict[str, list[str]], *, mode: str, current: Sequence[Need]) -> str:
    marks = [(match.start(), match.end(), "remove" if match.group("take") else "add") for match in _MARK.finditer(said)]
    mentions = _mentions(said)
    for start, end, domain in mentions:
        before = [
            kind for mark_start, mark_end, kind in marks if mark_end <= start and not _inside(mark_start, mentions)
        ]
        mode = before[-1] if before else mode
        change["remove" if _FINE_AFTER.match(said[end:]) else mode].append(domain)
    if not mentions and re.search(r"\b(?:take|remove|delete|drop|scrap|not|no|lose|without|cross)\b", said) and current:
        rest = re.sub(rf"\b(?:{_TAKE}|away|off)\b", " ", said)
        change["remove"] += [current[position]["domain"] for position in numbers(rest, count=len(current))]
    return mode


def _mentions(said: str) -> list[tuple[int, int, str]]:
    """Needs named in a clause: (start, end, domain), longest first where they overlap."""
    found = [
        (match.start(), match.end(), domain)
        for patterns in (_cues().names, _cues().domains)
        for domain, pattern in patterns.items()
        for match in pattern.finditer(said)
    ]
    kept: list[tuple[int, int, str]] = []
    for start, end, domain in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in kept):
            kept.append((start, end, domain))
    return sorted(kept)


def _inside(at: int, mentions: Sequence[tuple[int, int, str]]) -> bool:
    return any(start <= at < end for start, end, _ in mentions)


def _names_cut(said: str) -> str:
    for start, end, _ in reversed(_mentions(said)):
        said = said[:start] + " " + said[end:]
    return said


def _agrees(text: str, said: str) -> bool:
    """ "that's right", "nothing to add", a plain yes; and a plain no, since the question is whether there is anything to change."""
    if _RIGHT.fullmatch(said):
        return True
    plainly = yes_no.parse(text)
    return bool(plainly and plainly.complete) and said not in (
        "wrong",
        "thats wrong",
        "incorrect",
        "not right",
        "thats not right",
        "not true",
        "false",
    )


def _heard(domain: str, clause: str) -> Need:
    return {"domain": domain, "source": "heard", "own_words": clause}


def _joined(texts: str | Iterable[str]) -> str:
    return texts if isinstance(texts, str) else "\n".join(texts)


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    """The compiled `data/needs/cues.yml`. Raises CuesError where it is not as it must be."""
    loaded = cues.read("cues.yml", keys=[*DOMAINS, "urgent"])
    for domain in DOMAINS:
        if set(loaded[domain]) != {"names", "cues"}:
            raise cues.CuesError(f"cues.yml: {domain} must have names and cues")
    kinds = loaded["urgent"]
    if set(kinds) != set(URGENT) or any(
        set(entry) != {"domain", "cues"} or entry["domain"] not in DOMAINS for entry in kinds.values()
    ):
        raise cues.CuesError(f"cues.yml: urgent must hold {URGENT}, each with a domain and cues")
    return _Cues(
        domains=cues.table({domain: loaded[domain]["cues"] for domain in DOMAINS}),
        names=cues.table({domain: loaded[domain]["names"] for domain in DOMAINS}),
        urgent=cues.table({kind: kinds[kind]["cues"] for kind in URGENT}),
        urgent_domain={kind: kinds[kind]["domain"] for kind in URGENT},
    )
