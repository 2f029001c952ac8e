"""Answers kept in the person's own words, and what is no answer at all: a question back, nothing, a bare refusal."""

from __future__ import annotations

import re

from bot.intake.parsing import postcodes, yes_no
from bot.intake.parsing.common_words import COMMON
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain, tokens

NOBODY, NOTHING = "none", "none"

_QUESTION = re.compile(
    r"^(?:(?:but|and|so|wait|ok|hang on|sorry|um+|er+m?|hold on|excuse me|actually) )*(?:why|what|whats|who|whos|how|hows|when|where|which|do you|does|can i|can you|could i|could you|is (?:this|that|it|there)|are you|are we|will|would you|should i|may i|have you|did you|am i)\b"
)
_NO_ONE = re.compile(
    r"(?:(?:no|nope|nah|none|no ?one|nobody|not really|just me|only me|only myself|just myself|no dependants?|no dependents?|no kids|no children|i dont|i dont have any(?: ?one)?|i live alone|me myself and i|no one else|nobody else|zero|nil|none at all|n/?a|no one but me|no i dont|i dont look after anyone|dont have (?:any|kids|children)|not at the moment|no one at the moment)[ ,.]*)+(?:(?:really|thanks|mate|at the moment|i live alone|but me|tbh|sorry|x)[ ]*)*"
)
_NO_HELP = re.compile(
    r"(?:(?:no|nope|nah|none|nothing|no ?one|nobody|not really|not at the moment|no help|no support|nothing at the moment|not anymore|not any more|not currently|none at the moment|no i dont|i dont|nothing right now|zero|nil|n/?a|none at all|no one at the moment|nothing at all|no i have no one)[ ,.]*)+(?:(?:really|thanks|mate|at the moment|tbh|sorry|at all|right now|x)[ ]*)*"
)
_NO_GP = re.compile(
    r"(?:i )?(?:(?:no|none|nope|nah|no gp|no doctor|dont have (?:one|a gp|a doctor)|do not have (?:one|a gp)|havent got (?:one|a gp)|not registered(?: (?:anywhere|with one|with a gp))?|im not registered|not got one|i dont have one|without a gp|isnt one|never had one)[ ,.]*)+(?:(?:at the moment|yet|right now|thanks|here|sorry|anymore) *)*"
)
_PEOPLE = re.compile(
    r"\b(?:kids?|child(?:ren)?|sons?|daughters?|mum|mom|mother|dad|father|parents?|baby|toddler|babies|twins|nan|gran\w*|brother|sister|partner|husband|wife|dog|cat|pets?|boys?|girls?|nephew|niece|aunt|uncle|friend|year old|yo|pregnant|carer|neighbour|stepson|stepdaughter|teenagers?)\b"
)
_HELP = re.compile(
    r"\b(?:gp|doctor|dr|nurse|psychiatrist|cmht|psycholog\w+|therap\w+|counsell?\w+|key ?worker|support worker|social worker|care ?coordinator|cpn|medication|meds|medicine|tablets|pills|mg|sertraline|citalopram|fluoxetine|mirtazapine|olanzapine|quetiapine|aripiprazole|risperidone|lithium|depot|clozapine|venlafaxine|antidepressants?|probation|hostel|mosaic|crisis team|home treatment|talking therapies|iapt|methadone|mum|sister|brother|friend|family|church|mosque|partner|hospital|team|carer|outreach|charity|samaritans|methadone)\b"
)
_PLACE = re.compile(
    r"\b(?:(?:at|in|on|near|by|outside|inside|opposite|behind|next to|round|around|under|off)\s+(?:the |my |a |our |his |her |their )?[\w' -]{2,60}|home|work|hospital|a&e|hostel|station|park|street|road|rd|st|avenue|ave|lane|close|estate|court|house|flat|bus stop|bridge|hotel|library|school|tube|\d+ [a-z' ]{3,40}(?:road|street|rd|avenue|lane|way|close|court|house|walk|place|square|gardens|terrace|hill))\b"
)
_WORKPLACE = re.compile(
    r"\b(?:council|hospital|nhs|school|college|university|gp|police|prison|slam|charity|hostel|surgery|church|mosque|probation|housing|trust|centre|service|services|practice|job ?centre|care home|association|foundation|project|shelter|refuge|clinic|team|social services|agency|company|ltd)\b"
)
_FIRST_PERSON = frozenset({"i", "im", "ive", "id", "ill", "me", "my", "myself", "we"})
_PRACTICE = re.compile(r"\b(?:surgery|practice|medical|health|centre|center|clinic|dr|doctors?|gp|group)\b")


def is_question(text: str) -> bool:
    """A question back, which no open question takes for its answer."""
    said = plain(text)
    return bool(_QUESTION.match(said)) and (text.strip().endswith("?") or len(said.split()) <= 12)


def own_words(text: str) -> Parsed | None:
    """Whatever was said, unless it is empty or a question back. Never complete: it might be a command."""
    return None if not plain(text) or is_question(text) else Parsed(text.strip(), text.strip(), complete=False)


def story(text: str) -> Parsed | None:
    """[the message]; complete once it is long enough to be nothing but an account."""
    told = own_words(text)
    return Parsed([told.value], told.words, complete=len(told.words.split()) > 12) if told else None


def dependants(text: str) -> Parsed | None:
    """ "none", or the person's own words about who."""
    return _listed(text, nothing=_NO_ONE, something=_PEOPLE)


def support_now(text: str) -> Parsed | None:
    """ "none", or the person's own words about the help there is."""
    return _listed(text, nothing=_NO_HELP, something=_HELP)


def gp_practice(text: str) -> Parsed | None:
    """ "none", or the name of the practice as given."""
    said = re.sub(r"^(?:my gp is|its|it is|the|i go to|i use|at)\s+(?=\S)", "", text.strip(), flags=re.IGNORECASE)
    listed = _listed(text, nothing=_NO_GP, something=_PRACTICE)
    if listed is None or listed.value == NOTHING:
        return listed
    named = re.search(r"\b(?:dr|doctor|surgery|practice|centre|center|clinic|group|medical)\b", plain(text))
    if not named and not _may_be_a_name(said):
        return None
    return Parsed(said, text.strip(), complete=listed.complete and len(said.split()) <= 10)


def organisation(text: str) -> Parsed | None:
    """Where someone works, as given."""
    told = own_words(text)
    if told is None or yes_no.parse(text):
        return None
    name = re.sub(
        r"^(?:i work (?:at|for|with|in)|i'?m (?:at|from|with)|it'?s|its|from|at|the name is)\s+(?=\S)",
        "",
        told.words,
        flags=re.IGNORECASE,
    )
    if not _WORKPLACE.search(plain(name)) and not _may_be_a_name(name):
        return None
    return Parsed(name, told.words, complete=name != told.words)


def whereabouts(text: str) -> Parsed | None:
    """A place in own words. None for a question or a plain yes or no; complete where it plainly is a place."""
    told = own_words(text)
    if told is None or ((plainly := yes_no.parse(text)) and plainly.complete):
        return None
    place = postcodes.spans(text) or _PLACE.search(plain(text))
    return Parsed(told.value, told.words, complete=bool(place) and len(told.words.split()) <= 25)


def disability(text: str) -> Parsed | None:
    """ "none", or what it is in own words; a plain yes is "yes"."""
    plainly = yes_no.parse(text)
    if plainly and plainly.complete:
        return Parsed("yes" if plainly.value else NOTHING, plainly.words)
    return own_words(text)


def _may_be_a_name(told: str) -> bool:
    """Whether it may be the name of a place: not a sentence in the first person, and not only everyday words."""
    said = tokens(told)
    return len(said) <= 12 and not _FIRST_PERSON.intersection(said) and not all(word in COMMON for word in said)


def _listed(text: str, *, nothing: re.Pattern[str], something: re.Pattern[str]) -> Parsed | None:
    told = own_words(text)
    if told is None:
        return None
    said = plain(text)
    if nothing.fullmatch(said):
        return Parsed(NOTHING, told.words)
    plainly = yes_no.parse(text)
    if plainly and plainly.complete and plainly.value:
        return None  # a bare yes does not say who or what
    return Parsed(told.value, told.words, complete=bool(something.search(said)) and len(said.split()) <= 30)
