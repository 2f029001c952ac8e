"""Postcodes, or that there is no fixed address."""

from __future__ import annotations

import re
from typing import Literal

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, plain, same_length, without, word_set

LAMBETH = word_set("SE1 SE5 SE11 SE19 SE21 SE24 SE26 SE27 SW2 SW4 SW8 SW9 SW12 SW16")
"""Outward codes wholly or partly in Lambeth. Which are wholly so is not confirmed, so none of them says "yes"."""

NO_FIXED_ADDRESS = {"no_fixed_address": True}

_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU "
    "M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_AREA = "|".join(sorted(_AREAS.split(), key=len, reverse=True))
_IN = "[ABD-HJLNP-UW-Z]{2}"
_FULL = re.compile(
    rf"(?<![^\W_])(?P<out>(?:{_AREA})[0-9][0-9OIA-HJKPSTUVWXY]?)[\s-]*(?P<in>[0-9]{_IN})(?![^\W_])", re.IGNORECASE
)
_SPACED = re.compile(
    rf"(?<![^\W_])(?P<out>(?:{_AREA})\s[0-9][0-9A-HJKPSTUVWXY]?)\s*(?P<in>[0-9]{_IN})(?![^\W_])", re.IGNORECASE
)
_LETTER_FOR_FIGURE = re.compile(rf"(?P<out>(?:{_AREA})[0-9][0-9OIA-HJKPSTUVWXY]?)\s*(?P<in>[OI]{_IN})", re.IGNORECASE)
_OUTWARD = re.compile(rf"(?<![^\W_])(?P<out>(?:{_AREA})[ ]?[0-9]{{1,2}}[A-HJKPSTUVWXY]?)(?![^\W_])", re.IGNORECASE)
_NFA = re.compile(
    r"\b(?:nfa|n f a|no (?:fixed |permanent |current |home )?(?:address|abode|fixed abode|fixed add?ress?|home|postcode)|(?:dont|do not|havent|have not|aint) (?:got|have|had|currently have) (?:a |an |any |no )?(?:(?:fixed|permanent) )?(?:address|adress|home|postcode|place to live|fixed abode|anywhere to live)|"
    r"homeless|sofa ?surf(?:ing|in|er)?|couch ?surf(?:ing|in)?|sleeping rough|rough ?sleep(?:ing|in|er)|on (?:the )?streets?|(?:in|out of) (?:my|a|the) (?:car|van|tent)|of no fixed abode|between addresses|no where to live|nowhere to live|nowhere fixed|"
    r"staying (?:with|at) (?:friends|mates|different|peoples|people)|(?:different|friends|mates) (?:sofas?|houses|places)|moving around)\b"
)
_NOT_NFA = re.compile(
    r"\b(?:not|isnt|arent|never|no longer|wasnt|was|used to be|before i was|been|avoid|scared of|worried about|might be|be made|going to be|gonna be|about to be|become|becoming|end up) (?:\w+ ){0,2}(?:homeless|nfa|on the street|on the streets|sleeping rough|sofa surfing)\b"
)
_AROUND = word_set(
    "postcode post code area live lives living london lambeth brixton streatham stockwell near address zip currently postal moved new staying home stay there area's he she they now around by somewhere half"
)
_AROUND_NFA = _AROUND | word_set(
    "nfa got no have been currently really basically kind mostly moment atm present a of few days nights week weeks months since last"
)


def parse(text: str) -> Parsed | None:
    """ "SW9 8LF", an outward code alone ("SW9"), or {"no_fixed_address": True}. Two different postcodes: not understood."""
    mistyped = _LETTER_FOR_FIGURE.fullmatch(text.strip(" .!"))
    if mistyped:
        return Parsed(_written(mistyped), text.strip())
    found = spans(text)
    if found:
        codes = {code for _, _, code in found}
        if len(codes) != 1:
            return None
        start, end, code = found[0]
        return Parsed(
            code,
            text[start:end].strip(),
            complete=only_filler(without(text, *((s, e) for s, e, _ in found)), also=_AROUND),
        )
    for start, end, code in _outward_spans(same_length(text), single_letter=True):
        if only_filler(without(text, (start, end)), also=_AROUND):
            return Parsed(code, text[start:end].strip())
    said = plain(text)
    homeless = _NFA.search(said)
    if homeless and not _NOT_NFA.search(said) and "?" not in text:
        rest = _NFA.sub(" ", said)
        return Parsed(dict(NO_FIXED_ADDRESS), text.strip(), complete=only_filler(rest, also=_AROUND_NFA))
    return None


def spans(text: str) -> list[tuple[int, int, str]]:
    """Every postcode: (start, end, as written on an envelope). Full ones win over an outward code alone."""
    flat = same_length(text)
    found = []
    for match in [*_FULL.finditer(flat), *_SPACED.finditer(flat)]:
        found.append((match.start(), match.end(), _written(match)))
    return found[:1] if len({code for *_, code in found}) == 1 else found or _outward_spans(flat)


def outward(postcode: str) -> str:
    """ "SW9" of "SW9 8LF", and of "SW9"."""
    return postcode.split(" ")[0].upper()


def lambeth(postcode: str) -> Literal["perhaps", "no"]:
    """Whether an address with this postcode may be in Lambeth; "perhaps" is to be asked, never refused."""
    return "perhaps" if outward(postcode) in LAMBETH else "no"


def problem(text: str) -> str | None:
    """ "not_a_postcode" for a short text with letters and figures that is none; None otherwise."""
    if parse(text) is not None:
        return None
    said = plain(text)
    short = len(said.split()) <= 3 and re.search(r"[a-z]", said) and re.search(r"\d", said)
    return "not_a_postcode" if short else None


def _outward_spans(flat: str, *, single_letter: bool = False) -> list[tuple[int, int, str]]:
    found = []
    for match in _OUTWARD.finditer(flat):
        code = match.group("out").replace(" ", "").upper()
        spaced_lower = " " in match.group("out") and not match.group("out")[:2].isupper()
        something_else = (
            not re.match(r"[A-Z]{2}", code) and not single_letter
        )  # "B12" and "M25" are no places in a story
        if not (spaced_lower or something_else):
            found.append((match.start(), match.end(), code))
    return found


def _written(match: re.Match[str]) -> str:
    """As on an envelope, with the letters O and I typed for figures put right ("SW1O" but not "SWO")."""
    out, inward = match.group("out").replace(" ", "").upper(), match.group("in").upper()
    tail = out[-1].replace("O", "0").replace("I", "1") if re.search(r"\d[OI]$", out) else out[-1]
    return f"{out[:-1]}{tail} {inward[0].replace('O', '0').replace('I', '1')}{inward[1:]}"
