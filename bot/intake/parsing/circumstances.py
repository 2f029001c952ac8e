"""Who the introduction is about, where they belong, and how much it gets in the way."""

from __future__ import annotations

import re
from datetime import datetime

from bot.intake.parsing import dates, yes_no
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, plain, word_set

_KIN = "(?:step ?)?(?:son|daughter|mum|mom|mummy|mother|dad|father|parents?|brother|sister|bro|sis|wife|husband|hubby|partner|ex|girlfriend|boyfriend|gf|bf|fianc\\w+|nan|gran|granny|grandma|grandad|grandson|granddaughter|grandmother|grandfather|aunt|auntie|uncle|cousin|niece|nephew|kid|child|children|kids|missus|in law|mother in law|family member|relative|boy|girl|twin|stepson|stepdaughter|godson|goddaughter|spouse|other half|better half)"
_FRIEND = "(?:friend|mate|pal|best friend|bestie|flatmate|housemate|roommate|neighbour|neighbor|colleague|co ?worker|lodger|someone i know|somebody i know|acquaintance|buddy)"
_CLIENTS = "(?:client|patient|service user|tenant|resident|student|pupil|customer|member|young person|case|referral|learner|employee|participant|guest)"
_JOBS = "(?:social worker|support worker|key ?worker|gp|doctor|nurse|cpn|care ?coordinator|care manager|link worker|housing officer|teacher|tutor|counsellor|therapist|psychologist|psychiatrist|occupational therapist|ot|probation officer|police officer|advocate|advisor|adviser|case ?worker|outreach worker|hostel worker|youth worker|paramedic|pharmacist|receptionist|health visitor|midwife|solicitor|care worker|mental health (?:nurse|worker|practitioner)|professional|social prescriber|practitioner|manager|navigator|clinician)"
_PROFESSIONAL = re.compile(
    rf"\b(?:(?:my|our|a|the|one of (?:my|our)) (?:\w+ )?{_CLIENTS}s?|(?:im|i am|im writing as|as|its) (?:(?:a|an|the|his|her|their|your) )?(?:\w+ )?{_JOBS}|i work (?:with|for) (?:them|him|her|someone|this|a|the|people)|someone i work with|i work with|on behalf of (?:my|a|our) (?:\w+ )?{_CLIENTS}|referring (?:a|my|our)|professional(?:ly)?|for work|through work|{_CLIENTS}s? of (?:mine|ours)|(?:he|she|they) (?:is|are|s) (?:a|my|our) {_CLIENTS})\b"
)
_SOMEONE = re.compile(
    rf"\b(?:(?:my|our|his|her|their|a|for a) (?:\w+ ){{0,2}}(?:{_KIN}|{_FRIEND})s?|(?:im|i am) (?:a |his |her |their |the )?(?:\w+ )?(?:mum|mom|mother|dad|father|sister|brother|wife|husband|partner|carer|friend|daughter|son|neighbour|nan|aunt|uncle|cousin)(?: of)?|someone (?:i know|else|close)|somebody (?:i know|else)|another person|other person|not (?:for )?me|someone in my family|i care for|{_FRIEND}|{_KIN})\b"
)
_ME = re.compile(
    r"(?:(?:its|it is|this is|thats|yes|yeah|yh|just|only|hi|ok|um|well|about|for|oh|no|for) )*(?:me|myself|my self|myself really|self|i am|its for me|for me|me please|me myself|i|just me|only me|im the one|its about me|mine|me mate|about me|me and only me)(?: (?:please|thanks|mate|only|really|x|i need help|who needs help|myself|i am|yeah|yes|tbh|personally|innit))*"
)
_ME_WORDS = re.compile(
    r"\b(?:for myself|about myself|its (?:for|about) me|this is (?:for|about) me|i need (?:some )?(?:help|support)|i want (?:some )?(?:help|support)|i(?:m| am) (?:the one )?(?:struggling|not (?:well|ok|okay|coping)|depressed|asking for myself))\b|^(?:for|about) me\b"
)
_FRAMED = re.compile(
    r"\b(?:for|about|on behalf of|worried (?:about|for)|concerned (?:about|for)|referring|refer|its|it is|this is|i care for|caring for|not me) (?:a |an |the |someone |one of )?$"
)
_AFTER_SOMEONE = word_set(
    "who is behalf he she they him her i am im worried about needs help not struggling with really and for dont know what do its"
)
_ANYONE_ELSE = re.compile(rf"\b(?:my (?:{_KIN}|{_FRIEND}|{_CLIENTS})|and my|him|her|them|they|he|she)\b")
_RELATIONS = (
    ("professional", re.compile(rf"\b(?:{_JOBS}|{_CLIENTS}|professional|i work with|work with (?:them|him|her))\b")),
    (
        "carer",
        re.compile(
            r"\b(?:carer|care for (?:them|him|her)|look after (?:them|him|her)|i care for|caring for|caregiver)\b"
        ),
    ),
    ("family", re.compile(rf"\b(?:{_KIN}|family|relatives?|related|hes mine|mums|dads)\b")),
    ("friend", re.compile(rf"\b(?:{_FRIEND}|friends|mates)\b")),
    (
        "other",
        re.compile(
            r"\b(?:someone else|somebody else|other|stranger|none of (?:these|those|them)|neither|landlord|landlady|church|pastor|imam|community|volunteer|employer|boss)\b"
        ),
    ),
)
_NOT_HERE = re.compile(
    r"\b(?:neither|none(?: of (?:them|those|these|the above))?|not (?:in )?(?:lambeth|either|any of|really in)|outside (?:of )?lambeth|no ?where near|different borough|other borough|another borough|(?:live|based|am|im) in (?:croydon|southwark|wandsworth|lewisham|bromley|merton|westminster|hackney|camden|greenwich|newham|barnet|ealing|brent|kent|surrey|essex|manchester|birmingham|peckham))\b"
)
_BOTH = re.compile(
    r"\b(?:both|bit of (?:each|both)|each|all (?:of )?(?:the )?above|^(?:\w+ )?all of (?:it|them)|the two|them both|live (?:here|there|in \w+(?: \w+)?) (?:and|&|with) (?:my |a |the |have a )?(?:gp|doctors?|surgery)|(?:gp|doctors?) (?:is |are |s )?(?:here |there |in lambeth )?(?:and|&) (?:i |my )?(?:live|lives|home|house|flat)|home and (?:my )?gp|live and (?:have )?(?:my |a )?gp)\b"
)
_LIVES = re.compile(
    r"\b(?:(?:i|we|he|she|they|ive|been) (?:\w+ ){0,2}(?:liv(?:e|es|ed|ing)|stay(?:s|ing)?|resid\w+)(?: (?:here|there|in (?:lambeth|brixton|streatham|stockwell|kennington|vauxhall|tulse hill|west norwood|oval|brixton hill|loughborough junction)|locally|local|nearby))|lives? (?:here|there|in lambeth|local(?:ly)?|in (?:brixton|streatham|stockwell|kennington|vauxhall|tulse hill|west norwood))|lambeth resident|resident|my (?:home|flat|house|place|hostel) is (?:in lambeth|here|there)|homeless in (?:lambeth|brixton)|i live$|living (?:here|there|in (?:lambeth|brixton|streatham|stockwell)))\b"
)
_GP = re.compile(r"\b(?:gp|doctors?|surgery|practice|dr)\b")
_NOT_SURE = re.compile(
    r"(?:(?:um+|er+m?|well|i|im|i am|oh|honestly|hmm+|really) )*(?:not (?:really |too |quite |100 )?(?:sure|certain)|unsure|dont know|do not know|dunno|idk|no idea|no clue|think so|maybe|might be|not too sure|possibly|havent a clue|how do i know)(?: (?:really|tbh|sorry|mate|if i (?:do|am)|where (?:that|it) is|i am|what borough(?: im in)?|which borough(?: im in)?|to be honest))*"
)
_IMPACT = (
    ("cannot_manage", re.compile(r"\b(?:(?:cant|cannot|can not|cant even|not able to|unable to|couldnt|not|barely|can barely|hardly|can hardly|not really|really cant) (?:\w+ )?(?:manage|managing|cope|coping|function|functioning|do anything|get out of bed|leave (?:the|my) (?:house|bed|flat|room|home)|go out|get up|eat|work at all|do (?:it|this) any ?more)|everything|completely|totally|all of it|takes over|ruin\w*|nothing gets done|unbearable|stops me (?:doing )?(?:everything|completely|from everything)|100 ?%?|at breaking point|the worst)\b")),
    ("a_lot", re.compile(r"\b(?:(?:a ?lot|lots|loads|alot)(?! of (?!the time|my|days|things))|massively|hugely|very much|so much|really (?:bad(?:ly)?|hard|gets)|big time|huge(?:ly)?|majorly|badly|very|a great deal|most (?:of the time|days|things)|every ?day|all the time|constantly|always|extremely|severely|a (?:whole )?ton|quite a lot|too much|bare|nuff)\b")),
    ("some", re.compile(r"\b(?:some(?:times|what)?|quite a bit|a fair bit|fair amount|moderate(?:ly)?|medium|in between|on and off|some ?days|now and then|it varies|depends|kind of|kinda|sort of|so so|half|50 ?50|average|middling|middle)\b")),
    ("a_little", re.compile(r"\b(?:a (?:little|bit|tiny bit|small bit)|little|slightly|not (?:much|a lot|that much|really|too much|too bad|very much|so much|that bad|hugely)|bit|hardly(?: at all)?|barely|minor|minimal|mild(?:ly)?|not at all|it doesnt(?: really)?)\b|^(?:no|none|nah|nope)$")),
)  # fmt: skip


_AROUND_IMPACT = word_set(
    "it gets in the way affects affecting me my life day days sleep work everything really cant even do does stops stop stopping quite pretty i would say of a lot bit and at all now makes so hard very much too going outside any more anymore on bad with impact has id they their them her his not"
)


def about_whom(text: str) -> Parsed | None:
    """ "me", "someone_i_know" or "professional"; None where it names both the writer and someone else."""
    said = plain(text)
    if not said or _asks(text):
        return None
    if _ME.fullmatch(said):
        return Parsed("me", text.strip())
    if _professional(said):
        return Parsed("professional", text.strip(), complete=len(said.split()) <= 8)
    someone = _SOMEONE.search(said)
    if someone and _about_both(said):
        return None
    if someone:
        last = list(_SOMEONE.finditer(said))[-1]
        framed = someone.start() == 0 or _FRAMED.search(said[: someone.start()])
        alone = only_filler(said[: someone.start()] + said[last.end() :], also=_AFTER_SOMEONE)
        return Parsed("someone_i_know", text.strip(), complete=alone) if framed and (alone or someone.start()) else None
    if _ME_WORDS.search(said) and not _ANYONE_ELSE.search(said):
        return Parsed("me", text.strip(), complete=len(said.split()) <= 5)
    return None


def _professional(said: str) -> bool:
    """Someone they work with; "my support worker" is a worker of theirs."""
    return bool(_PROFESSIONAL.search(said)) and not re.search(rf"\bmy {_JOBS}\b", said)


def _about_both(said: str) -> bool:
    """ "me and my son": the writer and someone else."""
    mixed = re.search(r"\b(?:me|myself) (?:and|&)\b|\b(?:and|&) (?:me|myself)\b", said)
    return bool(mixed) or bool(
        _ME_WORDS.search(said)
        and not re.search(r"\b(?:him|her|them)\b", said)
        and not re.search(r"\bnot (?:for |about )?me\b", said)
    )


def relationship(text: str) -> Parsed | None:
    """ "family", "friend", "carer", "professional" or "other" (introduction.schema.json)."""
    said = plain(text)
    if not said or _asks(text):
        return None
    fitting = [value for value, pattern in _RELATIONS if pattern.search(said)]
    return Parsed(fitting[0], text.strip(), complete=len(said.split()) <= 10) if fitting else None


def lambeth_link(text: str) -> Parsed | None:
    """ "lives", "gp", "both", "neither" or "unsure". A plain yes does not say which: None."""
    said = plain(text)
    if not said or _asks(text):
        return None
    short = len(said.split()) <= 10
    if _NOT_SURE.fullmatch(said):
        return Parsed("unsure", text.strip())
    if re.search(r"\bnot both\b", said):
        return None
    gp, lives = _positive(_GP, said), _positive(_LIVES, said)
    plainly_so = short and not re.search(r"\d|\b(?:said|asked|told|dr|doctor \w+|says)\b", said)
    if _BOTH.search(said) or (gp and lives):
        return Parsed("both", text.strip(), complete=plainly_so)
    if lives or gp:
        return Parsed("lives" if lives else "gp", text.strip(), complete=plainly_so)
    if re.fullmatch(
        r"(?:(?:my|our|his|her|their|the|just|only|its|it is|yes) )*(?:home|house|flat|place|where i live)", said
    ):
        return Parsed("lives", text.strip())
    plainly = yes_no.parse(text)
    if (plainly and not plainly.value and plainly.complete) or (_NOT_HERE.search(said) and not _GP.search(said)):
        return Parsed("neither", text.strip(), complete=short)
    return None


def adult(text: str, *, now: datetime) -> Parsed | None:
    """True for 18 or over: from an age, a date of birth, "over 18", or a plain yes or no."""
    said = plain(text)
    if not said or _asks(text):
        return None
    born = dates.parse(text, now=now)
    if born:
        return Parsed(dates.age(born.value, now=now) >= 18, text.strip(), complete=born.complete)
    if re.search(
        r"\b(?:under|below|younger than|not yet|nearly|almost|not quite) (?:18|eighteen)\b|\b(?:im|i am|a|hes a|shes a) (?:minor|child|teenager under)\b|\bnot (?:an adult|18|over 18)\b",
        said,
    ):
        return Parsed(False, text.strip())
    if re.search(
        r"\b(?:over|above|older than|way over|well over|way past|past) (?:18|eighteen)\b|\b18 ?\+|\b18 (?:or|and) (?:over|above)\b|\badult\b|\bpensioner\b|\bgrown\b",
        said,
    ):
        return Parsed(True, text.strip(), complete=len(said.split()) <= 8)
    age = dates.age_in(
        re.sub(r"^(?:yes|yeah|yep|yh|no|nah|nope|y|n)\b[ ,.]*", "", text.strip(), flags=re.IGNORECASE) or text
    )
    if age is not None:
        return Parsed(age >= 18, text.strip(), complete=len(said.split()) <= 6)
    plainly = yes_no.parse(text)
    return plainly if plainly and not re.search(r"\b\d{1,2}\b", said) else None


def impact(text: str) -> Parsed | None:
    """ "a_little", "some", "a_lot" or "cannot_manage"; the worst that the words say."""
    said = plain(text)
    if not said or _asks(text) or len(said.split()) > 40:
        return None
    softened = re.sub(
        r"\bnot (?:really )?(?:a lot|alot|that much|very much|so much|too much|much|too bad|that bad|everything|always|all the time|every ?day)\b",
        "not much",
        said,
    )
    for value, pattern in _IMPACT:
        match = pattern.search(softened)
        if match:
            rest = softened[: match.start()] + " " + softened[match.end() :]
            return Parsed(value, text.strip(), complete=only_filler(rest, also=_AROUND_IMPACT))
    return None


def person_knows(text: str) -> Parsed | None:
    """Whether the person knows and agrees."""
    said = plain(text)
    if not said or _asks(text):
        return None
    if re.search(
        r"\b(?:(?:he|she|they|person) (?:\w+ )?(?:doesnt|dont|does not|do not|didnt|hasnt|havent|isnt|arent|wont|wouldnt) (?:\w+ )?(?:know|agree|want|been told|aware|happy|consent)|not (?:yet|told|aware)|havent (?:told|asked|said)|doesnt know|dont know (?:yet|about)|without (?:them|him|her) knowing|secret|refus\w+|knows? but (?:doesnt|dont|hasnt|not|didnt|isnt))\b",
        said,
    ):
        return Parsed(False, text.strip(), complete=len(said.split()) <= 10)
    if re.search(
        r"\b(?:(?:he|she|they) (?:\w+ )?(?:knows?|agree[sd]?|asked|wants?|is aware|are aware|said (?:yes|ok|okay|its fine)|consent\w*|is happy|are happy|is (?:here|sitting)|is next to)|with (?:his|her|their) (?:consent|permission|agreement)|(?:is|are|fully) aware|has agreed|have agreed|gave (?:consent|permission))\b",
        said,
    ) and not re.search(r"\bbut\b", said):
        return Parsed(True, text.strip(), complete=len(said.split()) <= 10)
    return yes_no.parse(text)


def _positive(pattern: re.Pattern[str], said: str) -> bool:
    """The pattern, in a clause that does not deny it."""
    clauses = re.split(r"\b(?:but|just|only)\b|[,.;]", said)
    return any(
        pattern.search(clause)
        and not re.search(r"\b(?:not|dont|no|isnt|never|without|nor|havent|neither|used to|aint|outside)\b", clause)
        for clause in clauses
    )


def _asks(text: str) -> bool:
    return text.strip().endswith("?")
