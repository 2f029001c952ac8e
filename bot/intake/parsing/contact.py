"""How to get in touch: call, text, e-mail or letter, and whether texts and voicemails are safe."""

from __future__ import annotations

import re

from bot.intake.parsing import yes_no
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import FILLER, plain, tokens, word_set

_WAYS = {
    "call": r"call(?:s|ed|ing)?|ring(?:ing)?|phone(?: ?calls?)?|phoned|telephone|phoning|bell|buzz|speak on the phone|talk on the phone|voice ?call|tele",
    "text": r"text(?:s|ed|ing)?(?: messages?)?|txts?|sms|whats ?app|messages?|msg|message me",
    "email": r"e ?-?mail(?:s|ed|ing)?",
    "letter": r"letters?|post(?:ed)?|write to me|in writing|snail mail|by mail",
}
_VOICEMAIL = r"(?:voice ?-?mails?|voice ?messages?|answer ?phone(?: messages?)?|answering machine|messages? on (?:my|the) (?:phone|machine|answerphone|voicemail)|leav(?:e|ing) (?:me )?(?:a |any )?(?:voice ?mails?|(?:voice )?messages?|msgs?|vms?)|vms?)"
_NOT = r"(?:dont|do not|never|no|not(?: by| to)?|please dont|pls dont|cant|cannot|rather you didnt|rather not|hate|dislike|avoid|without|instead of|rather than|anything but|not a|not an|isnt safe to|not safe to|unsafe to|dont want(?: any| a)?|no more|scared of|anxious about|struggle with|not keen on|not comfortable with|hate being|cant do|cant take|cant answer|worried about)"
_LINK = r"(?:(?: (?:me|to|a|an|any|by|on|the|my|leave|leaving|send|sending|do|with|use|answer|make|want|give|be|getting|receive|take|talk|talking|speak|speaking|phone|please|or|for|receiving|being))* )"
_LIST = r"(?: (?:or|and|nor) (?:a |an |by |leave |send )?)"
_ANY_WAY = re.compile(
    r"\b(?:any(?: (?:way|of them|of those|one))?|anything|either|whichever|whatever(?: (?:works|is (?:best|easier|easiest)))?|dont mind|do not mind|all of (?:them|those)|no preference|doesnt matter|not fussed|not bothered|up to you|however)\b"
)
_AROUND = FILLER | word_set(
    "prefer preferred preferably best way by on via a an or can could you send give would like id rather only either better easiest i dont mind want if possible get contact with then phone do not no bell through also both option the that'd me contacted use using reach good day time normal easier"
)
_FINE = r"(?:fine|ok|okay|good|great|alright|safe|allowed|cool|welcome)"


def parse(text: str) -> Parsed | None:
    """ "call", "text", "email" or "letter". With several wanted the first named wins; "any way" is "call", as most first talks are by phone."""
    said = _without_voicemail(plain(text))
    if not said or "?" in text:
        return None
    refused = {way for way, pattern in _WAYS.items() if _refused(pattern, said)}
    wanted = [
        (match.start(), way)
        for way, pattern in _WAYS.items()
        if way not in refused
        for match in re.finditer(rf"\b(?:{pattern})\b", said)
    ]
    named = list(dict.fromkeys(way for _, way in sorted(wanted)))
    words = tokens(said)
    known = re.compile(rf"\b(?:{'|'.join(_WAYS.values())})\b")
    complete = all(word in _AROUND for word in tokens(known.sub(" ", said))) and _without_voicemail(
        plain(text)
    ) == plain(text)
    if len(words) > 40:
        return None
    if named:
        number_after = re.search(r"\b(?:call|phone|text|ring)\b", said) or complete
        return Parsed(named[0], text.strip(), complete=bool(complete and number_after))
    if _ANY_WAY.search(said) and not refused:
        return Parsed("call", text.strip(), complete=all(word in _AROUND for word in tokens(_ANY_WAY.sub(" ", said))))
    return None


def ok_to_text(text: str, *, asked: bool = False) -> Parsed | None:
    """True or False; asked, a plain yes or no counts too."""
    said = _without_voicemail(plain(text))
    if "?" in text:
        return None
    if asked and (plainly := yes_no.parse(text)):
        return plainly
    if _refused(_WAYS["text"], said) or re.search(
        r"\btexts? (?:are|is|r)(?: not|nt) |\btexts? (?:isnt|arent|aint) ", said
    ):
        return Parsed(False, text.strip(), complete=asked)
    if re.search(
        rf"\b(?:texts?|texting)\b(?: me)?(?: (?:is|are|r|would be))?(?: \w+)? {_FINE}\b|\b(?:can|ok to|fine to|happy for you to|please|just|safe to|better to|you can|pls) (?:always )?(?:text|sms|message)\b|^(?:text|sms)(?: me)?$",
        said,
    ):
        return Parsed(True, text.strip(), complete=asked)
    method = parse(text)  # who wants to hear by text may be texted
    return (
        Parsed(True, text.strip(), complete=False)
        if method and method.value == "text" and re.search(r"\bte?xts?\b|\bsms\b", said)
        else None
    )


def voicemail_ok(text: str, *, asked: bool = False) -> Parsed | None:
    """True or False; asked, a plain yes or no counts too."""
    said = plain(text)
    if "?" in text:
        return None
    if asked and (plainly := yes_no.parse(text)):
        return plainly
    if _refused(_VOICEMAIL, said) or re.search(
        rf"\b{_VOICEMAIL} (?:is|are)?(?:nt)? ?(?:not|isnt|arent|wont|never|unsafe)\b|\bnot (?:ok|safe|okay|fine|good) (?:to|for) {_VOICEMAIL}",
        said,
    ):
        return Parsed(False, text.strip(), complete=asked)
    if re.search(
        rf"\b{_VOICEMAIL}(?: (?:is|are|would be))?(?: \w+)? {_FINE}\b|\b(?:can|ok to|okay to|fine to|happy for you to|please|just|safe to|free to|you can|pls|or|and) {_VOICEMAIL}\b|^{_VOICEMAIL}$",
        said,
    ):
        return Parsed(True, text.strip(), complete=asked)
    return None


def _refused(pattern: str, said: str) -> bool:
    ways = "|".join([*_WAYS.values(), _VOICEMAIL])
    return bool(
        re.search(rf"\b{_NOT}{_LINK}?(?:(?:{ways}){_LIST})*(?:{pattern})\b", said.replace("  ", " "))
        or re.search(rf"\b{_NOT} (?:\w+ )?(?:{pattern})\b", said)
    )


def _without_voicemail(said: str) -> str:
    """ "call me, don't leave a message": the message is no text."""
    bare = re.sub(rf"\b(?:{_NOT}{_LINK}?)?(?:want(?:s|ed)? )?{_VOICEMAIL}\b", " ", said)
    return " ".join(bare.split())
