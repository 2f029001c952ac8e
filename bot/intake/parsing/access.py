"""Access needs: language and interpreter, and what makes it easier to talk with us."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.intake.parsing.choices import resolve
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import FILLER, plain, tokens, word_set
from bot.intake.turn import Choice

LANGUAGES = {
    "ak": "akan twi", "am": "amharic", "ar": "arabic", "bg": "bulgarian", "bn": "bengali bangla", "cs": "czech", "de": "german", "el": "greek", "en": "english", "es": "spanish espanol español castellano", "et": "estonian",
    "fa": "farsi persian", "fi": "finnish", "fr": "french francais français", "gu": "gujarati", "ha": "hausa", "he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian", "id": "indonesian", "ig": "igbo", "it": "italian italiano", "ja": "japanese",
    "ka": "georgian", "ko": "korean", "kri": "krio", "ku": "kurdish sorani kurmanji", "lg": "luganda", "ln": "lingala", "lt": "lithuanian", "lv": "latvian", "mn": "mongolian", "mt": "maltese", "ne": "nepali", "nl": "dutch", "om": "oromo", "pa": "punjabi panjabi", "pl": "polish polski polskim",
    "ps": "pashto pushto", "pt": "portuguese portugues português portugese portuguse", "ro": "romanian", "ru": "russian", "rw": "kinyarwanda", "si": "sinhala sinhalese", "sk": "slovak", "sl": "slovenian", "sn": "shona", "so": "somali", "sq": "albanian shqip", "sr": "serbian", "sv": "swedish", "sw": "swahili",
    "ta": "tamil", "te": "telugu", "th": "thai", "ti": "tigrinya", "tl": "tagalog filipino", "tr": "turkish", "uk": "ukrainian", "ur": "urdu", "uz": "uzbek", "vi": "vietnamese", "yo": "yoruba", "yue": "cantonese", "zh": "mandarin chinese putonghua", "zu": "zulu",
}  # fmt: skip
"""BCP 47 tag -> the words people use for the language; the first is the one shown."""

_NEEDS = {
    "bsl": r"bsl|british sign|sign language|signing|signer",
    "easy_read": r"easy[- ]?read|easy to read|plain english|simple (?:words|english|language)|easy (?:words|english)|(?:learning|learn) (?:disabilit\w+|difficult\w+)",
    "large_print": r"large[- ]?print|big(?:ger)? (?:print|letters|writing|text|font)|large(?:r)? (?:text|font|letters|writing)",
    "braille": r"braill?e?",
    "wheelchair": r"wheel ?chairs?|step[- ]?free|no (?:stairs|steps)|cant (?:do|manage|climb|use|get up) (?:the )?(?:stairs|steps)|lift access|ramp|mobility|ground floor|walking (?:frame|stick|aid)|scooter|crutches|disabled access",
    "hearing": r"deaf\w*|hard of hearing|hearing (?:aids?|loop|impair\w*|loss|problems?|difficult\w*)|bad hearing|cant hear|dont hear|(?:help )?with hearing|lip ?read\w*|text relay|relay uk|hearing",
    "sight": r"blind|(?:partially|visually) (?:sighted|impaired)|sight (?:loss|impair\w*|problems?)|cant see|dont see well|bad (?:eyesight|eyes|sight)|poor (?:eyesight|sight|vision)|screen ?reader|low vision|(?:help )?with sight|sight",
    "speech": r"stammer\w*|stutter\w*|speech (?:problems?|difficult\w*|impedim\w*|impair\w*)|cant speak|non[- ]?verbal|mute|aphasia|(?:help )?with speech|trouble (?:speaking|talking)|hard to (?:speak|talk)|speech",
    "memory": r"memory|forget\w*|dementia|brain (?:injury|fog)|remind(?:ers?|ed|ing)?",
    "autism_adhd": r"autis\w+|adhd|add|asd|asperger\w*|aspie|neuro ?diver\w+|asc|audhd",
    "literacy": r"dyslexi\w*|cant (?:really )?(?:read|write|spell)|(?:cannot|cant|hard to|trouble|struggle (?:to|with)|difficult\w* (?:to )?(?:with )?|not good (?:at|with)|bad at|help (?:to|with)) ?(?:to )?(?:read\w*|writ\w*|spell\w*|forms)|dont (?:read|write)(?: very well| well| much)?|illiterate|read or write|literacy",
    "companion": r"(?:someone|somebody|my \w+|a friend|a family member|support worker|advocate|carer|key ?worker|mum|partner|sister|brother)(?: \w+)? (?:with me|to come|there|come with|to be there|present|on the call|to help me (?:talk|speak))|(?:bring|have) (?:someone|somebody|my \w+|a friend)|companion|chaperone|advocate",
}  # fmt: skip
_INTERPRETER = r"interp?r\w*ters?|interpreter|translat\w+|interpret(?:ing)?|interpretor|intepreter"
_NOTHING = re.compile(
    r"(?:(?:no|nah|nope) )?(?:no|none|nope|nah|nothing|not really|no thanks|no thank you|none of (?:these|those|them|that|the above)|nothing (?:really|special|else|thanks|like that|at all|needed|i can think of)|im (?:fine|ok|okay|good|all good|alright)|all good|all fine|no needs|no i dont|i dont(?: need anything| think so)?|dont need (?:anything|nothing)|i (?:dont|do not) need anything|not that i (?:know|can think) of|no im (?:fine|ok|okay|good)|n/?a|no im all good|nothing for me|nothing ta)(?: (?:thanks|thank you|mate|ta|x|cheers|please|really|for me))*"
)
_NEGATED_BEFORE = re.compile(
    r"(?:\bno|\bnot|\bdont need (?:an?|any)?|\bwithout(?: an?| any)?|\bdo not need (?:an?|any)?|\bno need for(?: an?)?|\bdont want (?:an?|any)?)\s*(?:an |a |any |in )?$"
)
_WORDS = {word: tag for tag, words in LANGUAGES.items() for word in words.split()}
_LANGUAGE = re.compile(rf"\b(?P<name>{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")
_SPEAKS = re.compile(
    r"\b(?:speak|speaks|talk|language|interp?r\w*|translat\w*|in|only|little|bit of|mother tongue|first language|better in|prefer)\b"
)
_NO_ENGLISH = re.compile(
    r"\b(?:no|not (?:good|great|much|very good|fluent|well)|(?:dont|do not|cant|cannot) speak(?: much| any| good| very good)?|little|bad|poor|broken|isnt (?:good|great|my first language)|not my first language|limited) ?(?:at |in |with )?english\b|\benglish (?:is|isnt|not) ?(?:not )?(?:so |very |my )?(?:good|great|well|bad|first language|poor)\b|\benglish not good\b"
)
_AROUND = FILLER | word_set(
    "access large print call video need needs needed an a interpreter speak only language and with help i have got would like good really bit some have also if possible use user wear he she they sign her his"
)


def parse(text: str, *, choices: Sequence[Choice] = (), choice: str | None = None) -> Parsed | None:
    """{"language": BCP 47 | None, "interpreter": bool | None, "needs": [..], "notes": own words | None}.

    "None" is an answer: everything empty. `notes` keeps the message where it says more than the needs named. Something wanted that is on no list
    is a need "other" with its words, if the message says that it is needed.
    """
    picked = resolve(text, choices, choice=choice)
    if picked:
        return _picked(picked, text)
    said = plain(text)
    if not said or (
        text.strip().endswith("?") and not re.match(r"(?:please )?(?:can|could|may|is it possible|do you have)\b", said)
    ):
        return None
    if _NOTHING.fullmatch(said):
        return Parsed(_value(), text.strip())
    needs = [need for need, pattern in _NEEDS.items() if _wanted(pattern, said)]
    interpreter, language = _interpreter(said, needs)
    if not needs and interpreter is None and language is None:
        named = [word for word in tokens(said) if word in _WORDS]
        if named and (_SPEAKS.search(said) or set(named) == {"english"}):  # a language, and English is fine
            return Parsed(
                _value(notes=None if named == ["english"] else text.strip()),
                text.strip(),
                complete=len(said.split()) <= 6,
            )
        if "?" in text:
            return None
        other = re.search(
            r"\b(?:i|we|they|he|she)(?:d| would)? (?:need|like|prefer|find it|struggle with)\b|\bplease$|\bneeds? (?:an? |to |more |some |things?|it|you|breaks)",
            said,
        )
        return (
            Parsed(_value(needs=["other"], notes=text.strip()), text.strip(), complete=False)
            if other
            and len(said) > 8
            and not re.search(r"\bneed (?:some )?help\b|\b(?:die|dying|dead|end it|kill\w*)\b", said)
            else None
        )
    known = [pattern for need, pattern in _NEEDS.items() if need in needs] + [
        _INTERPRETER,
        _LANGUAGE.pattern.replace("?P<name>", "?:"),
    ]
    rest = re.sub(rf"\b(?:{'|'.join(known)})\b", " ", said)
    complete = all(word in _AROUND for word in tokens(rest))
    return Parsed(
        _value(language=language, interpreter=interpreter, needs=needs, notes=None if complete else text.strip()),
        text.strip(),
        complete=complete,
    )


def shown(tag: str) -> str:
    """ "Portuguese" of "pt"; the tag itself where it is not known."""
    return LANGUAGES[tag].split()[0].capitalize() if tag in LANGUAGES else tag


def language_in(text: str) -> str | None:
    """The BCP 47 tag of the one language other than English that the text names, else None."""
    tags = {_WORDS[match.group("name")] for match in _LANGUAGE.finditer(plain(text))} - {"en"}
    return tags.pop() if len(tags) == 1 else None


def _picked(picked: list[str], text: str) -> Parsed:
    needs = [value for value in picked if value in _NEEDS]
    language = language_in(text)
    return Parsed(
        _value(language=language, interpreter=True if "interpreter" in picked else None, needs=needs), text.strip()
    )


def _interpreter(said: str, needs: list[str]) -> tuple[bool | None, str | None]:
    language = language_in(said)
    wants = _wanted(_INTERPRETER, said)
    refused = not wants and re.search(rf"\b(?:{_INTERPRETER})\b", said)
    alone = language is not None and all(word in _AROUND or word in _WORDS for word in tokens(said))
    if refused:
        return False, language if _SPEAKS.search(said) else None
    if wants and ("bsl" in needs and language is None):
        return True, "bfi"
    if wants or _NO_ENGLISH.search(said):
        return True, language
    if language and (alone or _SPEAKS.search(said)):
        fluent = re.search(
            r"\b(?:and|also|good|fluent|fine|ok) (?:in )?english\b|\benglish (?:is )?(?:fine|ok|okay|good|too|as well)\b",
            said,
        )
        return (None, None) if fluent else (True, language)
    return None, None


def _wanted(pattern: str, said: str) -> bool:
    return any(not _NEGATED_BEFORE.search(said[: match.start()]) for match in re.finditer(rf"\b(?:{pattern})\b", said))


def _value(
    *, language: str | None = None, interpreter: bool | None = None, needs: Sequence[str] = (), notes: str | None = None
) -> dict[str, Any]:
    return {"language": language, "interpreter": interpreter, "needs": list(needs), "notes": notes}
