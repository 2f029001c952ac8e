"""What people call the answers they gave: "my number", "dob", "the postcode" to ask ids."""

from __future__ import annotations

import re

_NAMES = {
    "date_of_birth": r"date of birth|dates? of birth|dob|d\.o\.b|birth ?day|birth ?date|birth|age|bday|year of birth",
    "introducer_organisation": r"organi[sz]ation|workplace|where i work|employer",
    "introducer_name": r"my own name|my own first name",
    "nhs_number": r"nhs (?:number|num|no)|nhs",
    "ok_to_text": r"(?:ok(?:ay)? to )?text(?:s|ing)?(?: permission| ok)?",
    "voicemail_ok": r"voice ?mails?|answer ?phone",
    "best_time": r"(?:best |good |call |contact )?times?(?: to (?:call|ring|contact|reach me))?",
    "contact_method": r"contact (?:method|preference|details?)|(?:way|how) (?:you|to) (?:contact|reach|get in touch with)(?: me)?|how you get in touch|preferred contact|get in touch(?: by)?",
    "phone": r"(?:phone|mobile|tele?phone|contact|cell|landline|tel|mob)(?: (?:number|num|no))?|number|digits",
    "email": r"e ?-?mail(?: address)?",
    "postcode": r"post ?code|address|zip(?: code)?|home address|where i live",
    "gp_practice": r"gp(?: (?:practice|surgery|name))?|doctors?|surgery",
    "preferred_name": r"(?:preferred|nick|other) ?name|what (?:you|to) call me|name you call me|likes? to be called",
    "full_name": r"(?:full |first |last |sur|second |family |middle |whole )?name|spelling(?: of my name)?|surname",
    "access_needs": r"access(?: needs)?|interpreter|language|communication needs|to make it easier",
    "needs": r"needs?|(?:list|areas?)(?: of needs)?|help with|what i need(?: help with)?|what i want help with",
    "goals": r"goals?|what i (?:want|would like)(?: to (?:change|be different))?|aims?",
    "story": r"story|what (?:i )?(?:said|wrote|happened)|what has been happening|my words|in (?:my|your) words|account",
    "duration": r"duration|how long|for how long",
    "impact": r"impact|gets in the way|how (?:much|bad)(?: it is)?",
    "suicidal_thoughts": r"suicid\w+(?: thoughts| answer| question)?|thoughts of (?:suicide|ending my life)|ending my life",
    "suicidal_plan": r"plan",
    "self_harm": r"self[- ]?harm|hurting myself",
    "safe_at_home": r"safety|safe|feel(?:ing)? safe|safe at home",
    "dependants": r"dependants?|dependents?|kids|children|who i look after|you look after",
    "support_now": r"support|help now|medication|meds|current (?:help|support)",
    "lambeth_link": r"lambeth(?: link)?|borough|link to lambeth",
    "about_whom": r"who (?:it|this) is (?:about|for)|this is about",
    "relationship": r"relationship|how i know (?:them|him|her)",
    "adult": r"18 or over|over 18",
    "ethnic_category": r"ethnicity|ethnic (?:group|category|background)|race",
    "gender_identity": r"gender(?: identity)?|sex",
    "religion": r"religion|faith",
}  # fmt: skip

ANY = "|".join(sorted((name for names in _NAMES.values() for name in [names]), key=len, reverse=True))
"""One pattern for every name, without groups that capture."""
_COMPILED = {
    ask: re.compile(rf"(?:(?:my|the|our|his|her|their|that|your|own|new|old|correct|right) )*(?:{names})")
    for ask, names in _NAMES.items()
}


def ask_named(words: str) -> str | None:
    """The ask that the plain words name ("my phone number" -> "phone"), None if they name none."""
    return next((ask for ask, pattern in _COMPILED.items() if pattern.fullmatch(words.strip())), None)
