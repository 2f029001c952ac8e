"""The plain words staff read for every code we store. A code without words is shown as itself, never hidden."""

from __future__ import annotations

from collections.abc import Mapping

LEVELS: Mapping[str, str] = {
    "crisis_imminent": "In danger now: act under way or about to be",
    "crisis_active": "Suicide: wish, plan or recent attempt",
    "harm_to_others": "May hurt someone else",
    "self_harm": "Hurting themselves",
    "safeguarding": "Abuse, or an adult or child at risk",
    "passive_low": "Hopeless or unclear: ask about suicide",
    "third_party": "Worried about someone else",
    "screen_failed": "The check could not run: read the messages",
    "historical": "Past risk, said to be over",
    "negated": "Said not to be the case",
    "call_back": "Asked to speak to a person",
    "none": "No flag raised",
}

FLAGS: Mapping[str, str] = {"red": "Red", "amber": "Amber", "none": "No flag raised"}

ESCALATION_STATES: Mapping[str, str] = {
    "open": "Nobody has acknowledged it",
    "acknowledged": "Acknowledged",
    "closed": "Closed",
}

STATUSES: Mapping[str, str] = {
    "new": "New",
    "in_review": "In review",
    "contact_attempted": "Contact attempted",
    "in_contact": "In contact",
    "routed": "Routed",
    "closed": "Closed",
    "withdrawn": "Withdrawn",
    "duplicate": "Duplicate",
}

NEEDS: Mapping[str, str] = {
    "mental_health": "Mental health",
    "housing": "Housing",
    "money": "Money",
    "work_learning": "Work and learning",
    "drugs_alcohol": "Drugs or alcohol",
    "physical_health": "Physical health",
    "relationships_family": "Relationships and family",
    "loneliness": "Loneliness",
    "safety_at_home": "Safety at home",
    "daily_living": "Daily living",
    "caring": "Caring for someone",
    "discrimination_identity": "Discrimination and identity",
    "legal_immigration": "Legal and immigration",
}

NEED_SOURCES: Mapping[str, str] = {
    "heard": "heard in their words",
    "chosen": "chosen by them",
    "staff": "added by staff",
}

OUTCOMES: Mapping[str, str] = {
    "recovery": "Recovery (stay well)",
    "control": "Control (own choices)",
    "can_do": "Can do (take part in daily life)",
}

DESTINATIONS: Mapping[str, str] = {
    "crisis_outreach": "Crisis outreach",
    "short_term_support": "Short-term support",
    "focused_support": "Focused support",
    "treehouse": "Treehouse (24/7 supported step-forward house)",
    "home_treatment_team": "Home treatment team",
    "talking_therapies": "Talking therapies",
    "amhp_assessment": "Approved mental health professional assessment",
    "community_mental_health_team": "Community mental health team",
    "housing_or_voluntary_sector": "Housing or voluntary-sector partner",
    "gp": "GP",
    "camhs": "CAMHS (under 18)",
    "older_adults": "Older adults’ service",
    "other_borough": "Other borough",
    "advice_only": "Advice only",
}

CLOSE_REASONS: Mapping[str, str] = {
    "support_agreed": "Support agreed and handed over",
    "advice_given": "Advice given, nothing more wanted",
    "declined": "The person does not want support now",
    "no_contact": "Could not be reached after the agreed attempts",
    "already_supported": "Already supported by another team",
    "not_for_us": "Not for this service; told where to go",
    "other": "Another reason (write it below)",
}

ESCALATION_OUTCOMES: Mapping[str, str] = {
    "safe_seen": "Seen or spoken to, and safe now",
    "emergency_services": "Emergency services are with them",
    "hospital": "In hospital or A&E",
    "crisis_outreach": "Crisis outreach has taken it on",
    "other_team": "Passed on to another team, and they have confirmed",
    "not_reached": "Not reached after all agreed attempts",
    "not_a_crisis": "Spoken to: not a crisis",
    "other": "Another outcome (write it below)",
}

CONTACT_RESULTS: Mapping[str, str] = {
    "no_answer": "Called, no answer",
    "voicemail": "Called, left a voicemail",
    "texted": "Sent a text",
    "emailed": "Sent an email",
    "letter": "Sent a letter",
    "spoke_other": "Spoke to someone else",
    "reached": "Spoke to the person",
}

CHANNELS: Mapping[str, str] = {"web": "Website chat", "sms": "Text message"}

CONTACT_METHODS: Mapping[str, str] = {
    "call": "Phone call",
    "text": "Text message",
    "email": "Email",
    "letter": "Letter",
}

RELATIONSHIPS: Mapping[str, str] = {
    "self": "The person themselves",
    "family": "A family member",
    "friend": "A friend",
    "carer": "A carer",
    "professional": "A professional",
    "other": "Someone else",
}

LAMBETH_LINKS: Mapping[str, str] = {
    "lives": "Lives in Lambeth",
    "gp": "Has a GP in Lambeth",
    "both": "Lives in Lambeth and has a GP here",
    "neither": "Neither lives nor has a GP in Lambeth",
    "unsure": "Not sure",
}

ACCESS_NEEDS: Mapping[str, str] = {
    "bsl": "British Sign Language",
    "easy_read": "Easy read",
    "large_print": "Large print",
    "braille": "Braille",
    "wheelchair": "Wheelchair or step-free access",
    "hearing": "Hearing",
    "sight": "Sight",
    "speech": "Speech",
    "memory": "Memory",
    "autism_adhd": "Autism or ADHD",
    "literacy": "Help with reading or writing",
    "companion": "Someone with them",
    "other": "Something else",
}

LANGUAGES: Mapping[str, str] = {
    "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "en": "English", "es": "Spanish", "fa": "Persian (Farsi)",
    "fr": "French", "it": "Italian", "pl": "Polish", "pt": "Portuguese", "so": "Somali", "ti": "Tigrinya",
    "ro": "Romanian", "tr": "Turkish", "tw": "Twi", "ak": "Twi", "ur": "Urdu", "vi": "Vietnamese", "yo": "Yoruba", "zh": "Chinese", "bfi": "British Sign Language",
}  # fmt: skip

SUICIDAL_THOUGHTS: Mapping[str, str] = {
    "none": "Said no",
    "past": "In the past, not now",
    "passive": "Wishes not to wake up or not to be here",
    "active": "Thinks about ending their life",
    "plan": "Has a plan",
    "attempt_recent": "Tried recently",
    "declined": "Did not want to say",
}

SELF_HARM: Mapping[str, str] = {
    "none": "Said no",
    "past": "In the past",
    "recent": "Recently",
    "current": "Now",
    "declined": "Did not want to say",
}

SAFE_AT_HOME: Mapping[str, str] = {"yes": "Yes", "no": "NO", "unsure": "Not sure", "declined": "Did not want to say"}

HARM_TO_OTHERS: Mapping[str, str] = {
    "none": "Said no",
    "thoughts": "Thoughts of it",
    "intent": "Means to",
    "declined": "Did not want to say",
}

IMPACTS: Mapping[str, str] = {
    "a_little": "A little",
    "some": "Some",
    "a_lot": "A lot",
    "cannot_manage": "Cannot manage day to day",
}

ROLES: Mapping[str, str] = {
    "clinician": "Clinician",
    "support_worker": "Support worker",
    "crisis_outreach": "Crisis outreach",
    "manager": "Manager",
    "administrator": "Administrator",
}

AUTHORS: Mapping[str, str] = {"resident": "Resident", "assistant": "Front Door (automated)", "staff": "SPA staff"}


ETHNIC_CATEGORIES: Mapping[str, str] = {
    "A": "White: British",
    "B": "White: Irish",
    "C": "White: any other background",
    "D": "Mixed: White and Black Caribbean",
    "E": "Mixed: White and Black African",
    "F": "Mixed: White and Asian",
    "G": "Mixed: any other background",
    "H": "Asian or Asian British: Indian",
    "J": "Asian or Asian British: Pakistani",
    "K": "Asian or Asian British: Bangladeshi",
    "L": "Asian or Asian British: any other background",
    "M": "Black or Black British: Caribbean",
    "N": "Black or Black British: African",
    "P": "Black or Black British: any other background",
    "R": "Chinese",
    "S": "Any other ethnic group",
    "Z": "Did not want to say",
    "99": "Not known",
}
"""NHS Data Dictionary, ethnic category codes."""


def plain(code: str, words: Mapping[str, str] | None = None) -> str:
    """The words for a code; an unknown one as itself, readable ("some_code" → "Some code")."""
    if words and code in words:
        return words[code]
    text = code.replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]
