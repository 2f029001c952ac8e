"""Answers to the direct questions about safety, as the introduction records them.

This is not the crisis screen, which runs on every message before and apart from this. It only reads an answer to the question that was put, and
where the words do not plainly say which answer they are, it gives None: the question is put again.
"""

from __future__ import annotations

import re

from bot.intake.parsing import yes_no
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain

_STRONG_NO = re.compile(
    r"(?:(?:well|um+|er+m?|oh|god|hell|honestly|tbh|so) )*(?:n|no|nope|nah|naa+h?|none|never|not at all|definitely not|absolutely not|certainly not|no way|no chance|god no|i (?:do not|dont|havent|have not|am not)|im not|i never have|never have|no never|not ever|nothing like that|not suicidal)"
    r"(?:[ ,.]+(?:no|never|not at all|nothing like that|definitely not|thank god|thank goodness|mate|bruv|i (?:dont|havent|am not|have not|do not|would never|never have)|im not|never have|im ok|im okay|im fine|i wouldnt|i never would|not at all|at all|"
    r"(?:i (?:have|am having|get) )?(?:no |having )?(?:thoughts|plans?|feelings?) (?:like that|of that|at all)|(?:have|having|had) (?:any )?thoughts like that|(?:i (?:am|m) )?(?:not )?suicidal|like that|x+|ever))*"
)
_DENIES = re.compile(
    r"(?:no |nah |nope |never )*(?:im not (?:suicidal|thinking (?:of|about) (?:that|suicide|ending my life|killing myself|it))|i (?:dont|do not|wouldnt|would never|would not|never) (?:ever )?(?:want to |think (?:about|of) |have thoughts of |want to be )?(?:die|dead|dying|kill(?:ing)? (?:myself|my self)|end(?:ing)? (?:my life|it all|it)|suicide|do that|hurt(?:ing)? myself|harm(?:ing)? myself|any of that)|no (?:suicidal )?thoughts(?: like that)?(?: (?:of (?:that|suicide)))?)"
)
_ONCE = re.compile(
    r"\b(?:used to|in the past|(?:years?|ages|long time|while|decades?) ago|when i was (?:younger|young|a (?:kid|child|teen\w*)|\d+|little|at school)|not (?:any ?more|now|recently|lately|currently|at the moment|for (?:a )?(?:years|long|while))|before but not now|previously|once|long ago|not these days|in my (?:teens|twenties|20s|youth)|years back|back in (?:19|20)\d\d|had (?:them|thoughts) before|past but not now)\b"
)
_AGAIN = re.compile(
    r"\b(?:again|come back|coming back|came back|are back|still|now and then|but (?:now|today|lately|recently)|this (?:week|morning|month)|last (?:week|night|month|few days|couple of days)|today|tonight|yesterday|recently|lately|these days(?<!not these days)|coming and going)\b"
)
_PASSIVE = re.compile(
    r"\b(?:(?:not|never|dont|wont|didnt|wouldnt|couldnt|not to|could not|rather not) (?:want to |wanna |have to |care if i )?(?:wake up|waking up|be here|be alive|exist|live)(?: any ?more)?|(?:wish|wished|wishing) (?:i |to |that i )?(?:\w+ ){0,3}(?:wake|woke|waking|dead|born|disappear\w*|gone|here|exist\w*|alive)|better off (?:without me|dead|if i)|disappear|dont care if i (?:live|die|wake|am alive)|"
    r"no point (?:in )?(?:living|going on|being here|anymore|carrying on)|whats the point|go to sleep and (?:not|never)|sleep forever|tired of (?:living|life|being alive|being here)|wouldnt (?:mind|care) if i (?:died|didnt)|not be here|cant go on|had enough of life|fed up of living|not exist)\b"
)
_ACTIVE = re.compile(
    r"\b(?:want(?:ed|ing)? to (?:die|be dead|end (?:it|my life|everything|things)|kill (?:myself|my self|me)|do it)|wanna (?:die|be dead|end it|kill myself)|kill(?:ing)? (?:myself|my self)|end(?:ing)? (?:my (?:own )?life|it all|it)|suicid\w+|take my (?:own )?life|taking my (?:own )?life|kms|top(?:ping)? myself|feel like (?:dying|ending|doing it)|(?:think|thinking|thought) (?:about|of) (?:it|dying|doing it|death|ending)|jump(?:ing)? (?:off|in front|under)|hang(?:ing)? myself)\b"
)
_PLAN = re.compile(
    r"\b(?:(?:have|got|made|making|having|with|ive|i have|theres|there is) (?:a |the |my )?(?:\w+ )?plans?|(?:ive |i )?planned (?:it|how|to)|planning (?:it|how|to|my)|know how (?:i|id|ill|im)|know (?:exactly )?(?:what|where|when) (?:i|ill|id|im)|worked out how|(?:got|have|saved|stocked|bought|collected|counted) (?:up )?(?:the |my |some |enough |all )?(?:pills|tablets|rope|knife|meds|medication)|wr(?:ote|itten|iting) (?:a |my |the )?(?:note|letter|goodbye)|going to do it|gonna do it|tonight|set a date|picked a (?:day|date))\b"
)
_ATTEMPT = re.compile(
    r"\b(?:tried (?:to )?(?:it|kill|end|die|do it|hang|overdose|take|suicide|jump)|attempt(?:ed|s)?|overdosed|took an? (?:overdose|od)|od(?:ed|d)|nearly did it|almost did it)\b"
)
_RECENT = re.compile(
    r"\b(?:today|tonight|yesterday|this (?:week|month|morning|year)|last (?:week|night|month|few (?:days|weeks|months))|recent\w*|(?:a |an |one |two |three |few |couple (?:of )?|\d+ )?(?:hours?|days?|weeks?) ago|(?:a|one|two|three|few|couple of|\d) months? ago|just (?:now|tried)|other (?:day|night)|lately|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_NOT_PLAN = re.compile(
    r"\b(?:no|not|dont|havent|without|never|havent got|dont have|havent made|not got|isnt) (?:a |any |got |have |made |got a |have a |have any |made a |made any |thought of a )?(?:plans?|planned|planning)\b"
)
_YES_TIMES = re.compile(
    r"(?:(?:yes|yeah|yea|yh|yep) )?(?:(?:i do |i am |i have )?(?:sometimes|often|a lot|all the time|every ?day|every night|most days|constantly|at times|now and then|now and again|on and off|recently|lately|most of the time|at night|daily|occasionally|from time to time|once in a while|always)(?: (?:yes|yeah|i do|tbh|mate|at night|when its bad|when im low|when im alone))*)"
)
_YES = re.compile(
    r"(?:y|ye|yes+|yeah|yea|yep|yup|yh|i do|i am|i have|definitely|absolutely|aye)(?=[ ,.!]|$)(?![ ,.]+(?:no|nah|nope|not)\b)"
)
_UNSURE = re.compile(
    r"(?:(?:well|um+|er+m?|oh|yeah|hmm+|honestly|tbh|im|i am|i) )*(?:not (?:really )?(?:sure|certain|always|completely|100|totally|fully|entirely|all the time)|unsure|dunno|i dunno|dont know|do not know|idk|no idea|sometimes|depends|it depends|maybe|kind of|kinda|sort of|sorta|mostly|so so|hard to say|on and off|it varies|half and half|yes and no|some ?days|50 50|not all the time|in a way|a bit|i guess|i suppose)(?: (?:really|tbh|to be honest|mate|on (?:him|her|the day|them)|safe|i am|i do|if im honest|sorry))*"
)
_UNSAFE = re.compile(
    r"\b(?:(?:dont|do not|not|never|cant|didnt|wont) (?:really |always |even )?(?:feel(?:ing)? )?(?:very |that |at all )?safe|unsafe|scared (?:of|to|for my|at)|frightened (?:of|to|at)|afraid (?:of|to)|terrified of|in danger|(?:hits|hit|beats|beat|hurts|hurt|threatens|threatened|threatening|abuses|abusing|attacks|attacked|controls|controlling|stalking|following|chokes|strangled|punched|rapes|raped) (?:me|us)|abusive|being abused|violent|violence|not safe|isnt safe)\b"
)
_SAFE = re.compile(
    r"\b(?:(?:i )?(?:do |am |feel |feeling |im |very |totally |completely |perfectly |quite |pretty )*safe|im (?:fine|ok|okay|alright|good)(?: here| at home)?|no (?:problems?|issues?|worries)(?: (?:there|at home|here))?|good people|nobody (?:hurts|bothers) me)\b"
)
_NOW_HARM = re.compile(
    r"\b(?:now|today|tonight|right now|currently|at the moment|yes i (?:do|am)|every ?day|most days|regularly|all the time|still (?:do|am|doing|cut)|cutting|hurting myself|i am|daily|just (?:did|now|cut)|this morning|feel like (?:it|i might)|i might|urges?|want to|going to|yes now|often)\b"
)


def suicidal_thoughts(text: str) -> Parsed | None:
    """ "none", "past", "passive", "active", "plan" or "attempt_recent". A plain yes is "active"; "not really", "a bit", "maybe": None."""
    said = plain(text)
    if not said or _only_asks(text, said):
        return None
    value = _thoughts(said)
    return Parsed(value, text.strip()) if value else None


def suicidal_plan(text: str) -> Parsed | None:
    """True, False, or the person's own words where they say what the plan is."""
    said = plain(text)
    if not said or _only_asks(text, said):
        return None
    if _STRONG_NO.fullmatch(said) or (
        _NOT_PLAN.search(said) and not re.search(r"\bbut\b|\b(?:pills|rope|knife|bridge|tonight|train)\b", said)
    ):
        return Parsed(False, text.strip())
    if re.match(r"(?:no|nah|nope|not|never)\b", said) or _UNSURE.fullmatch(said):
        return None
    plainly = yes_no.parse(text)
    if plainly and plainly.value and plainly.complete:
        return Parsed(True, text.strip())
    told = (
        plainly is not None
        or _PLAN.search(said)
        or re.search(
            r"\b(?:thought|thinking|think) (?:about|of)\b|\b(?:pills|tablets|rope|knife|bridge|train|jump\w*|overdose|hang\w*|how)\b",
            said,
        )
    )
    return Parsed(text.strip(), text.strip()) if told else None


def self_harm(text: str) -> Parsed | None:
    """ "none", "past", "recent" or "current". A plain yes does not say when: None."""
    said = plain(text)
    if not said or _only_asks(text, said):
        return None
    if _STRONG_NO.fullmatch(said) or (_DENIES.fullmatch(said)):
        return Parsed("none", text.strip())
    if re.match(r"(?:not really|maybe|dunno|kind of|sort of|a bit)\b", said):
        return None
    past, again = _ONCE.search(said), _AGAIN.search(_ONCE.sub(" ", said))
    if past and not again:
        return Parsed("past", text.strip())
    if re.search(
        r"\b(?:urges?|going to|want to|might|still|right now|every ?day|most days|all the time|regularly|daily|currently|just (?:did|now|cut))\b",
        said,
    ) and not re.match(r"(?:no|not)\b", said):
        return Parsed("current", text.strip())
    if re.search(
        r"\b(?:yesterday|last (?:night|week|month|few)|(?:days?|weeks?) ago|this (?:week|month)|recently|lately|other (?:day|night)|couple of (?:days|weeks))\b",
        said,
    ) and not re.match(r"(?:no|not)\b", said):
        return Parsed("recent", text.strip())
    return (
        Parsed("current", text.strip())
        if _NOW_HARM.search(said)
        and not re.match(r"(?:no|not|never)\b", said)
        and not re.search(r"\bnot\b|\bdont\b", said)
        else None
    )


def safe_at_home(text: str) -> Parsed | None:
    """ "yes", "no" or "unsure". "Yes, but …" and mixed words: None."""
    said = plain(text)
    if not said or _only_asks(text, said):
        return None
    if _UNSURE.fullmatch(said):
        return Parsed("unsure", text.strip())
    if _UNSAFE.search(said):
        return Parsed("no", text.strip())
    if re.search(
        r"\b(?:but|except|apart from|unless|used to|until|wrong|incorrect|not right|not true|false|not correct)\b", said
    ):
        return None
    plainly = yes_no.parse(text)
    if plainly:
        if (
            plainly.value
            and not plainly.complete
            and not (
                re.search(r"\b(?:safe|alone|home|family|flat|house|hostel)\b", said)
                and not re.search(r"\b(?:not|dont|cant|scared|sometimes|mostly)\b", said)
            )
        ):
            return None
        if not plainly.value and not plainly.complete and _SAFE.search(said):
            return None
        return Parsed(
            "yes" if plainly.value else "no",
            text.strip(),
            complete=plainly.complete or (len(said.split()) <= 12 and not re.search(r"\d", said)),
        )
    if re.search(
        r"\b(?:safe enough|fairly safe|safe as houses|i feel safe|im safe|i am safe|we are safe|very safe|totally safe|safe here|i live alone and feel safe)\b",
        said,
    ) or re.fullmatch(r"(?:yes )?(?:\w+ )?safe", said):
        return Parsed("yes", text.strip())
    return None


def _thoughts(said: str) -> str | None:
    if _STRONG_NO.fullmatch(said) or _DENIES.fullmatch(said):
        return "none"
    past, again = _ONCE.search(said), _AGAIN.search(_ONCE.sub(" ", said))
    if _ATTEMPT.search(said):
        if _RECENT.search(said):
            return "attempt_recent"
        return "past" if past and not again else None
    denied = re.match(r"(?:no|nah|nope|not|never|i dont|i do not|im not|i havent)\b", said)
    if _PLAN.search(said) and not _NOT_PLAN.search(said) and not denied:
        return "plan" if not past or again else None
    if past:
        turned = re.search(r"\b(?:but|and now|though)\b(?!\s*$)", _ONCE.sub(" ", said))
        return None if again or turned or _PASSIVE.search(said) else "past"
    if _PASSIVE.search(said):
        return (
            "active"
            if _ACTIVE.search(_PASSIVE.sub(" ", said))
            and not denied
            and "not" not in said.split()
            and "dont" not in _PASSIVE.sub(" ", said).split()
            else "passive"
        )
    if denied:
        return None
    if _ACTIVE.search(said):
        return (
            None if re.search(r"\b(?:not|dont|never|wouldnt|no)\b", said) and not _NOT_PLAN.search(said) else "active"
        )
    if _YES_TIMES.fullmatch(said):
        return "active"
    if _YES.match(said) and not re.search(r"\b(?:fine|ok|okay|alright|good)\b", said):
        return "active"  # "yes but I would not act on it" is a yes
    return None


def _only_asks(text: str, said: str) -> bool:
    """A question back ("why do you ask?"), not an answer that ends in a question mark."""
    return text.strip().endswith("?") and bool(
        re.match(r"(?:why|what|who|how|when|where|do|does|can|could|is|are|will|would|should|have|did)\b", said)
    )
