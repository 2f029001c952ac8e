"""Small normalisation shared by the parsers: how a message looks once case, curly quotes and stray punctuation are out of the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 4000
"""Characters looked at; a pasted wall of text holds its facts at the start, and regular expressions stay quick."""

_SAME_LENGTH = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
    }
)
_SPACES = re.compile(r"\s+")
_APART = re.compile(r"[^\w\s'+@.:/&-]+")
_SHORT_FORMS = {
    "dats": "thats",
    "dis": "this",
    "dat": "that",
    "da": "the",
    "der": "there",
    "u": "you",
    "ur": "your",
    "wiv": "with",
    "cnt": "cant",
}
"""Words as texts spell them, and the word that is meant."""
_SHORT_FORM = re.compile(
    rf"(?<![\w.:/@&-])(?:{'|'.join(_SHORT_FORMS)})(?![\w.:/@&-])|(?<![\w.:/@&-])4(?= (?:me|my|you|u|him|her|them)\b)"
)
_EMOJI_PARTS = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def word_set(text: str) -> frozenset[str]:
    """A set from words written in a row."""
    return frozenset(text.split())


FILLER = word_set("""a ah aight alright and answer at be been best btw cheers cool darling dear eh er erm err fine for from fyi guess hello hey hi hiya
    hmm hon i id im in innit is it its ive just kk love lol luv lovely mate me mm mmm my number ok okay ok oh on one please pls plz
    probably right s sir so sorry sure ta tbh thank thanks thankyou that thats the then there think this to u uh um umm ur use well
    would x xo xox xx xxx y yea yeah yep yes you""")
"""Words that may stand around an answer without changing it."""


def same_length(text: str) -> str:
    """Curly quotes and dashes made plain, nothing moved: spans found here are spans of the original."""
    return text[:LONGEST].translate(_SAME_LENGTH)


def plain(text: str) -> str:
    """Lower case, one space between words, apostrophes dropped ("don't" -> "dont"), punctuation and emoji variants gone."""
    flat = unicodedata.normalize("NFKC", same_length(text)).casefold()
    flat = _EMOJI_PARTS.sub("", flat).replace("'", "")
    flat = _SPACES.sub(" ", flat).strip(' .,!?;:-"()[]*_~\n\t')
    return _SHORT_FORM.sub(lambda match: _SHORT_FORMS.get(match.group(), "for"), flat)


def tokens(text: str) -> list[str]:
    """Words of the plain form, punctuation apart."""
    return [word.strip(".:/&-") for word in _APART.sub(" ", plain(text)).split() if word.strip(".:/&-")]


def only_filler(rest: str, *, also: Iterable[str] = ()) -> bool:
    """Whether what is left around an answer says nothing more. A question mark or a negation always says more."""
    if "?" in rest:
        return False
    allowed = FILLER.union(also)
    return all(word in allowed for word in tokens(rest))


def without(text: str, *spans: tuple[int, int]) -> str:
    """The text with these spans cut out."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    return " ".join([*kept, text[at:]])
