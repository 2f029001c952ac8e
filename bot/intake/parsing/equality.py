"""The optional questions about equality: own words to the codes that reports use."""

from __future__ import annotations

import re

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain

NOT_STATED, NOT_KNOWN = "Z", "99"

_MIXED = r"(?:mixed|dual|half|biracial|bi racial|multi ?racial)"
_CARIBBEAN = r"(?:caribbean|carribean|carib|jamaican|bajan|barbadian|trinidadian|trini|grenadian|st lucian|saint lucian|dominican|guyanese|antiguan|west indian|windrush|vincentian|montserratian)"
_AFRICAN = r"(?:african|nigerian|ghanaian|somali|eritrean|ethiopian|congolese|ugandan|kenyan|zimbabwean|sierra leone(?:an)?|ivorian|gambian|sudanese|cameroonian|angolan|rwandan|yoruba|igbo|zambian|malawian|senegalese|south african black)"
_ETHNIC = (
    (NOT_STATED, r"prefer not(?: to (?:say|answer))?|rather not(?: say)?|not (?:stated|saying|telling)|dont want to say|no comment|decline"),
    (NOT_KNOWN, r"not known|dont know|do not know|dunno|not sure|unknown|unsure|idk"),
    ("D", rf"{_MIXED}.*(?:white.*{_CARIBBEAN}|{_CARIBBEAN}.*white)|white (?:and|&|/) black {_CARIBBEAN}|(?:half|part) (?:white|english|british).*{_CARIBBEAN}|half {_CARIBBEAN}.*(?:half )?(?:white|english|british|irish)"),
    ("E", rf"{_MIXED}.*(?:white.*{_AFRICAN}|{_AFRICAN}.*white)|white (?:and|&|/) black {_AFRICAN}|half {_AFRICAN}.*(?:half )?(?:white|english|british|irish)|half (?:white|english|british).*{_AFRICAN}"),
    ("F", rf"{_MIXED}.*(?:white.*(?:asian|indian|pakistani|bangladeshi)|(?:asian|indian|pakistani|bangladeshi).*(?:white|english|british))|white (?:and|&|/) asian"),
    ("G", rf"{_MIXED}(?: race| heritage| background| ethnicity| raced)?|any other mixed.*|other mixed.*"),
    ("C", r"white (?:polish|italian|portuguese|spanish|french|german|greek|romanian|albanian|american|australian|european|latvian|lithuanian|bulgarian|ukrainian|russian|hungarian|south african|cypriot|brazilian|other|background)|(?:irish )?(?:gypsy|traveller)|roma|(?:any )?other white.*|white other.*|eastern european"),
    ("B", r"(?:white )?irish"),
    ("H", r"(?:british |asian |asian british )?indian|punjabi|gujarati"),
    ("J", r"(?:british |asian )?pakistani"),
    ("K", r"(?:british |asian )?(?:bangladeshi|bengali)"),
    ("R", r"(?:british )?chinese|hong kong\w*"),
    ("M", rf"(?:black |british |black british )*{_CARIBBEAN}(?: british| background)?"),
    ("N", rf"(?:black |british |black british )*{_AFRICAN}(?: british| background)?"),
    ("P", r"(?:any )?other black.*|black other.*"),
    ("L", r"(?:any )?other asian.*|asian other.*|(?:sri lankan|tamil|nepalese|nepali|afghan|vietnamese|filipino|filipina|thai|japanese|korean|malaysian|indonesian|burmese)"),
    ("A", r"(?:white )?(?:british|english|scottish|welsh|northern irish|cornish)|white (?:british|english|uk)|white"),
    ("S", r"(?:any )?other(?: ethnic)?(?: group| background| ethnicity)?|arab(?:ic)?|kurdish|latin(?:o|a|x| american)"),
)  # fmt: skip
"""NHS Data Dictionary, ETHNIC CATEGORY: A-H, J-N, P, R, S, Z not stated, 99 not known. A word that fits several, or only names a passport ("Black British", "Asian", "Portuguese"), is not understood."""
_GENDERS = (
    ("non_binary", r"non[- ]?binary|nb|enby|gender ?queer|gender ?fluid|agender|they them"),
    ("other", r"(?:in )?another way|other|two spirit|prefer to self describe|intersex|questioning"),
    ("woman", r"(?:cis |trans )*(?:woman|female|girl|lady|f|wombman|womxn)|she her"),
    ("man", r"(?:cis |trans )*(?:man|male|boy|guy|bloke|m|geezer|gentleman)|he him"),
)
_ORIENTATIONS = (
    ("heterosexual", r"straight|hetero(?:sexual)?"),
    ("gay_lesbian", r"gay|lesbian|homosexual|gay man|gay woman|dyke|same sex|gay or lesbian"),
    ("bisexual", r"bi|bi ?sexual|both"),
    ("other", r"(?:in )?another way|other|pan(?:sexual)?|asexual|ace|queer|demi(?:sexual)?|fluid|questioning"),
)
_RELIGIONS = (
    (
        "none",
        r"none|no|nope|nah|atheist|agnostic|not religious|no religion|nothing|non religious|humanist|no faith|dont have one|not really|secular",
    ),
    (
        "christian",
        r"christian\w*|catholic|roman catholic|church of england|c ?of ?e|anglican|methodist|baptist|pentecostal|orthodox|jehovahs witness|born again(?: christian)?|protestant|seventh day adventist|evangelical|rccg|mormon|quaker",
    ),
    ("muslim", r"muslim|islam(?:ic)?|sunni|shia|moslem"),
    ("hindu", r"hindu(?:ism)?"),
    ("jewish", r"jew(?:ish)?|judaism"),
    ("sikh", r"sikh(?:ism)?"),
    ("buddhist", r"budd?h?ist|buddhism|budhist"),
    ("rastafarian", r"rasta(?:fari(?:an)?)?"),
    (
        "other",
        r"other|another(?: one)?|spiritual|pagan|wiccan|bahai|jain|santeria|candomble|traditional african(?: religion)?|spiritualist|zoroastrian",
    ),
)
_LEAD = re.compile(
    r"^(?:(?:well|um+|hi|so|i am|im|i identify as|identify as|id say|i would say|my (?:ethnicity|background|gender|religion|faith) is|ethnicity|a|an|the|its|both my parents are|just|i follow|i believe in|yes|yeah|i was born|born|practising|a practising|raised|from a|from|am|of|my|family is|parents are)[ ,]+)+"
)
_TAIL = re.compile(
    r"(?:[ ,]+(?:please|thanks|mate|background|heritage|descent|person|ethnicity|really|i guess|i suppose|innit|tbh|x+|origin|roots|faith|religion))+$"
)


def ethnic_category(text: str) -> Parsed | None:
    """An NHS ethnic category code. A single capital letter of the code is understood as the code."""
    said = text.strip().rstrip(".")
    if re.fullmatch(r"[A-HJ-NPRSZ]|99", said):
        return Parsed(said, text.strip())
    return _match(text, _ETHNIC)


def gender_identity(text: str) -> Parsed | None:
    """ "woman", "man", "non_binary" or "other"."""
    return _match(text, _GENDERS)


def sexual_orientation(text: str) -> Parsed | None:
    """ "heterosexual", "gay_lesbian", "bisexual" or "other"."""
    return _match(text, _ORIENTATIONS)


def religion(text: str) -> Parsed | None:
    """One of the choices of the question."""
    return _match(text, _RELIGIONS)


def _match(text: str, table: tuple[tuple[str, str], ...]) -> Parsed | None:
    if "?" in text:
        return None
    said = plain(text).replace("-", " ").replace("/", " ")
    bare = _TAIL.sub("", _LEAD.sub("", said))
    for form in (said, bare):
        for value, pattern in table:
            if re.fullmatch(pattern.replace("[- ]?", " ?"), form):
                return Parsed(value, text.strip())
    return None
