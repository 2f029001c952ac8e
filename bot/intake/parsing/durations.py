"""How long something has been going on: kept in own words, with the amount and unit where it is plain."""

from __future__ import annotations

import re

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import FILLER, plain, same_length, tokens, word_set

_NUMBER = r"(?:\d{1,3}(?:\.\d)?(?: ?(?:-|to|or) ?\d{1,3})?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a few|few|a couple(?: of)?|couple(?: of)?|several|many|some|half an?|loads of|so many|about \d+)"
_UNIT = r"(?:hours?|hrs?|days?|nights?|weeks?|wks?|weekends?|months?|mths?|years?|yrs?|decades?|yr|wk|mth|month|terms?)"
_AMOUNT = re.compile(rf"\b(?P<n>{_NUMBER})\s?(?:and a half )?(?P<unit>{_UNIT})\b")
_SINCE = re.compile(
    r"\b(?:since|from when|ever since|after|started (?:when|in|after|last|around|this)|began|when i was|from (?:when|the age|age|about|child|birth)|last (?:year|month|week|summer|winter|spring|autumn|christmas|night|few)|this (?:year|month|week|morning)|"
    r"(?:all|most of|whole|for) (?:my|of my|her|his|their) (?:(?:adult|whole|entire) )?life|(?:my|her|his|their) (?:whole|entire) life|forever|always|long time|a while|ages|years|months|weeks|days|recently|lately|yesterday|today|on and off|off and on|not long|childhood|"
    r"as long as i (?:can )?remember|lockdown|covid|too long|so long|few months|for long|long enough|couple|donkeys|(?:19|20)\d\d|(?:jan|feb|march|april|may|june|july|aug|sept?|oct|nov|dec)\w*)\b"
)
_FROM_WHEN = re.compile(
    r"(?:(?:its been|been like this|about|ever|probably|maybe|i think|started|it started|all|on and off|like this|going on) )*(?:since|after|from when|when|as long as)\b"
)
_AROUND = FILLER | word_set(
    "about for over nearly almost around roughly ever been like this its it has have had going on off now ago maybe more than less at least a an the of few couple past last or so now really quite long too my whole life started began feels feel like since i was got worse but mostly only years months weeks days year month week day bad im"
)
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_UNITS = {"h": "hours", "d": "days", "n": "days", "w": "weeks", "m": "months", "y": "years"}


def parse(text: str) -> Parsed | None:
    """The message as it stands, if it says how long or since when; None for anything else."""
    said = plain(text)
    if not said or text.strip().endswith("?"):
        return None
    told = _AMOUNT.search(said) or _SINCE.search(said)
    if not told:
        return None
    rest = "" if _FROM_WHEN.match(said) else _SINCE.sub(" ", _AMOUNT.sub(" ", said))
    more = [word for word in tokens(rest) if word not in _AROUND]
    if len(more) > 3:
        return None
    return Parsed(text.strip(), text.strip(), complete=not more and len(said.split()) <= 14)


def amount(text: str) -> tuple[float, str] | None:
    """(6, "months") of "about 6 months", (0.5, "years") of "half a year"; None where there is no plain number ("a few years") or two of them."""
    found = list(_AMOUNT.finditer(plain(same_length(text))))
    if len(found) != 1:
        return None
    number, unit = found[0].group("n"), _UNITS.get(found[0].group("unit")[0])
    if unit is None or found[0].group("unit").startswith("week") and "end" in found[0].group("unit"):
        return None
    if number.startswith("half"):
        return 0.5, unit
    if number in _WORDS:
        return float(_WORDS[number]), unit
    return (float(number), unit) if re.fullmatch(r"\d+(?:\.\d)?", number) else None
