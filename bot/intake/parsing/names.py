"""Names as people give them: "it's grace", "call me G", "mr john o'neill", "MARIA VAN DER BERG"."""

from __future__ import annotations

import re
import unicodedata

from bot.intake.parsing.common_words import ALSO_SURNAMES, COMMON, FEELINGS
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import same_length, word_set

_HELLO = r"(?:(?:hi+|hiya|hello|hey|yes|yeah|yep|yh|ok|okay|sure|so|well|um+|erm*|oh|no(?=\s*[,.!-]|\s+(?:its?|it's|my|i'?m|call|the|not)\b)|sorry|right|alright|lol)\b[\s,.!-]*)*"
_SURE_LEAD = (
    r"(?:(?:(?:you can |u can |pls |please |just |people |everyone |everybody |they |my friends |most people |mates |could you |can you |id like you to |like to be |i like to be |i'?d like to be |i prefer to be |i would like to be )*"
    r"(?:calls? (?:me|him|her|them)|called))|(?:(?:my|his|her|their|the|full|first|whole|legal|real|preferred|christian|birth|person'?s|client'?s|patient'?s|son'?s|daughter'?s|mum'?s|dad'?s|partner'?s) )+name(?:'?s| is| would be|:|) *(?:is )?|"
    r"name(?: is|'s|:|,)?|names|"
    r"(?:i|he|she|they) goe?s? by|known as|also known as|aka|i prefer|i'?d prefer|prefer|(?:i'?m|he'?s|she'?s|they'?re) called|the name'?s|first name|full name)"
)
_LOOSE_LEAD = r"(?:it'?s|its|it is|i'?m|i am|im|this is|that'?s|it would be|that would be|he'?s|she'?s|just|put|use)"
_LEAD = re.compile(rf"{_HELLO}(?:{_SURE_LEAD}|(?P<loose>{_LOOSE_LEAD}))?[\s:,\"'-]*", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,.!-]+(?:please|pls|plz|thanks|thank you|thankyou|ta|cheers|mate|innit|x+|xo|is fine|is ok|is okay|is good|will do|is my name|is the name|is what i go by|for short|here|speaking|tho|though|lol|is his name|is her name|\u263a|\u2764)[\s.!]*$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\s*(?:[,.;(]|\bbut\b|\band (?:call|people|everyone|i go|my|i'?m)\b|\baka\b|\bknown as\b|\bor (?=\S+ for short)|\s-\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_MORE_ABOUT_ME = re.compile(
    r"\d|\(|\b(?:call(?:s|ed)? me|call|known as|aka|for short|surname|first name|postcode|born)\b", re.IGNORECASE
)
_INVERTED = re.compile(r"\s*([^\s,]+(?: [^\s,]+)?)\s*,\s*([^\s,]+(?: [^\s,]+)?)\s*")
_LABELLED = re.compile(
    r"(?:my )?(?:sur|last |family )name(?: is|:)?\s+(?P<last>[^\s,;]+(?: [^\s,;]+)?)[\s,;]+(?:and )?(?:my )?(?:first|fore|given) ?name(?: is|:)?\s+(?P<first>[^\s,;]+(?: [^\s,;]+)?)",
    re.IGNORECASE,
)
"""Surname first, each under its name."""
_TITLES = {
    "mr": "Mr",
    "mrs": "Mrs",
    "ms": "Ms",
    "miss": "Miss",
    "mx": "Mx",
    "dr": "Dr",
    "prof": "Prof",
    "rev": "Rev",
    "revd": "Revd",
    "sir": "Sir",
    "master": "Master",
    "pastor": "Pastor",
    "imam": "Imam",
}
_PARTICLES = word_set(
    "van der den ten ter de la los las le du del della di da das do dos e y von zu bin ibn binti al el bint ben abu ap ab san st af av"
)
_SHORT_ANSWERS = frozenset({"k", "n", "y", "x"})
_UPPER_PAIRS = frozenset({"aj", "cj", "dj", "ej", "jj", "kj", "mj", "oj", "pj", "rj", "tj", "bj"})
_ENDS_LIKE_A_FEELING = re.compile(r".{2,}(?:ing|ed|ful|less|tion|ness)$")
_ED_NAMES = re.compile(
    r"(?:.*(?:hmed|amed|hed|red|[wy]ed|eed|aed|aled|jed)|ted|ned|king|blessing|sterling|irving|fleming|harding|browning|[a-z]{1,2}ing)$"
)


def parse(text: str, *, full: bool = False) -> Parsed | None:
    """A name, cased with care. `full`: a title before two or more names is dropped, "Okafor, Grace" is turned round.

    Refuses sentences, questions, numbers, commands and feelings: anything with a common English word that is no name.
    """
    flat = unicodedata.normalize("NFC", same_length(text)).strip()
    if not flat or "?" in flat or len(flat) > 200 or (len(flat) > 80 and "," not in flat):
        return None
    both = _LABELLED.fullmatch(flat.strip(" ."))
    if full and both:
        turned = _name(f"{both['first']} {both['last']}", full=full, told=True)
        if turned:
            return Parsed(turned, flat)
    lead = _LEAD.match(flat)
    body = flat[lead.end() :] if lead else flat
    while _TAIL.search(body):
        body = _TAIL.sub("", body)
    inverted = _INVERTED.fullmatch(body)
    if full and inverted and not (lead and lead.group("loose")):
        turned = _name(f"{inverted.group(2)} {inverted.group(1)}", full=full)
        if turned and len(turned.split()) > 1:
            return Parsed(turned, body.strip())
    if body == flat and body.lower().strip(" .!") in _SHORT_ANSWERS:
        return None
    told = bool(lead and re.search(r"\bname\b", lead.group(), re.IGNORECASE))
    name = _name(body, full=full, told=told)
    if name:
        return Parsed(name, body.strip(" .,!\"'"))
    head = _REST.sub("", body)
    if head == body or not head.strip():
        return None
    named = bool(lead and re.search(r"name|call|known", lead.group(), re.IGNORECASE))
    if len(head.split()) == 1 and not named and not _MORE_ABOUT_ME.search(body[len(head) :]):
        return None  # "honestly, work is killing me"
    name = _name(head, full=full)
    return Parsed(name, head.strip(" .,!\"'"), complete=False) if name else None


def cased(name: str) -> str:
    """Title case for names typed all small or all capital; anything else stays as typed."""
    words = name.split()
    return " ".join(
        _cased_word(word, first=index == 0, last=index == len(words) - 1) for index, word in enumerate(words)
    )


def _name(body: str, *, full: bool, told: bool = False) -> str | None:
    words = [word for word in re.split(r"\s+", body.strip(" .,!\"'-_*~()")) if word]
    titles = []
    while words and words[0].lower().rstrip(".") in _TITLES and len(words) > 1:
        titles.append(_TITLES[words.pop(0).lower().rstrip(".")])
    words = [word for word in (word.strip(',!"') for word in words) if word]
    if len(words) == 1 and words[0].lower().rstrip(".") in _TITLES:
        return None
    if not 1 <= len(words) <= 6 or not all(_is_word(word) for word in words):
        return None
    if not _plausible(words, told=told):
        return None
    name = cased(" ".join(words))
    return f"{titles[0]} {name}" if titles and (len(words) == 1 or not full) else name


def _is_word(word: str) -> bool:
    letters = [character for character in word if unicodedata.category(character)[0] in "LM"]
    return (
        bool(letters)
        and len(word) <= 30
        and all(character in "'-." or unicodedata.category(character)[0] in "LM" for character in word)
        and not re.search(r"['.-]{2}|(.)\1\1\1", word)
        and not re.fullmatch(r"[b-df-hj-np-tv-xz]{3,}", word.lower())
    )


def _plausible(words: list[str], *, told: bool) -> bool:
    small = [word.lower().rstrip(".") for word in words]
    common = [word in COMMON for word in small]
    if any(common):
        surnames = all(word in ALSO_SURNAMES for word, is_common in zip(small, common, strict=True) if is_common)
        capital = all(word[0].isupper() for word in words)
        if not (surnames and not all(common) and (capital or not common[0])) and not _all_particles(small, common):
            return False
    if len(words) > 1 and all(word in _PARTICLES for word in small):
        return False
    if len(words) >= 5 and not told and not any(word[0].isupper() for word in words):
        return False
    return len(words) > 1 or not _like_a_feeling(words[0])


def _all_particles(small: list[str], common: list[bool]) -> bool:
    """ "maria do carmo": a small joining word between names."""
    flagged = [index for index, is_common in enumerate(common) if is_common]
    return (
        all(0 < index < len(small) - 1 and small[index] in _PARTICLES for index in flagged)
        and len(small) - len(flagged) >= 2
    )


def _like_a_feeling(word: str) -> bool:
    small = word.lower()  # phones capitalise the first word of anything, so a capital proves no name
    return small in FEELINGS or bool(_ENDS_LIKE_A_FEELING.fullmatch(small) and not _ED_NAMES.fullmatch(small))


def _cased_word(word: str, *, first: bool, last: bool) -> str:
    if not (word.islower() or word.isupper()):
        return word
    small = word.lower()
    if small in _PARTICLES and not first and not last:
        return small
    if word.isupper() and len(word) <= 2 and first and last:
        return word
    if small in _UPPER_PAIRS:
        return small.upper()
    return "-".join(_cased_part(part) for part in small.split("-"))


def _cased_part(part: str) -> str:
    if re.match(r"mc[^\W\d_]{2,}", part):
        return "Mc" + part[2:].capitalize()
    head, apostrophe, rest = part.partition("'")
    if apostrophe and len(head) <= 2 and len(rest) > 1:
        return head.capitalize() + "'" + rest.capitalize()
    return ".".join(piece.capitalize() for piece in part.split("."))
