"""How and when to reach someone, said in passing: "call me after 5, don't leave a voicemail"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.intake.parsing import contact, dates, name_facts, times
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain, same_length

LONGEST = 25
"""Words; a longer clause tells something else."""

_REACH = re.compile(
    r"\b(?:(?:call|ring|phone|text|e-?mail|message|whatsapp|contact|reach|bell|txt)\s+me|write to me|(?:dont|do not|never|please|pls|just|only|rather|prefer(?:red)?|best|better)(?: to| not to)? (?:a |an |by )?(?:call(?:s|ing)?|ring|phone|text(?:s|ing)?|e-?mail|messages?|letters?)(?= (?:me|only|please|pls|and|or|on|after|before|in|at|between|instead|not|is|are|though)\b|$)|^(?:only |just |best )?by (?:phone|text|e-?mail|letter|post)|no (?:calls|texts|voice ?mails?|phone ?calls|messages)|prefer (?:a |an |to )?(?:call|text|e-?mail|letter)|voice ?mails?|leave (?:me )?(?:a |any )?(?:message|voicemail)|(?:i can|im) (?:only )?(?:talk|free|available)|text is|calls? (?:is|are) (?:fine|best|ok)|texts? (?:are|is) (?:fine|best|ok|better))\b"
)
_OTHERS_REACH = re.compile(
    r"\b(?:he|she|they|who|council|landlord|police|bailiffs?|people|jobcentre|school|hospital|surgery|office|bank|everyone|nobody|no one|neighbours?) (?:\w+ )?(?:call|ring|text|phone|email|message)(?:s|ed|ing)?\b"
)
_ASKS_FOR = re.compile(r"\b(?:me|by|prefer\w*|best|no|dont|only|just|please|pls)\b")


def find(parts: Sequence[str], *, now: datetime, near: bool) -> dict[str, Parsed]:
    """ "contact_method", "ok_to_text", "voicemail_ok" and "best_time". `near`: a contact question is open, so the plain words do."""
    found: dict[str, Parsed] = {}
    for part in parts:
        said = plain(part)
        if len(part.split()) > LONGEST or _OTHERS_REACH.search(said):
            continue
        if not near and (not _REACH.search(said) or name_facts.called_in(part)):
            continue
        method = contact.parse(part) if near or _ASKS_FOR.search(said) else None
        if method:
            found.setdefault("contact_method", method)
        for ask, parsed in (("ok_to_text", contact.ok_to_text(part)), ("voicemail_ok", contact.voicemail_ok(part))):
            if parsed:
                found[ask] = parsed
        span = times.span(part)
        if span and not dates.parse(part, now=now):
            words = same_length(part)[span[0] : span[1]].strip(" ,.")
            found.setdefault("best_time", Parsed(words, words))
    return found
