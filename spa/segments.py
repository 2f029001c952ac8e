"""How a text travels: in GSM-7 letters where it can, and in how many segments, which is what a text costs (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Letters that take two places."""

PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": ",", "\u201b": "'", "\u2032": "'", "`": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u2022": "-", "\u00b7": "-", "\u2026": "...", "\t": " ",
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
        "\u200b": None, "\u200c": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
"""What printers like and phones pay for: one curly quote makes a text of 160 letters one of 70."""

ONE_GSM, EACH_GSM = 160, 153
ONE_UCS2, EACH_UCS2 = 70, 67


@dataclass(frozen=True)
class Size:
    """`encoding`: GSM-7 or UCS-2; `units`: septets or 16-bit units, which is what segments are filled with."""

    encoding: str
    units: int
    segments: int


def plain(text: str) -> str:
    """The text with quotes, dashes and blanks that GSM-7 has. Letters of names and other alphabets stay as they are."""
    return text.translate(PLAIN)


def size(text: str) -> Size:
    """What the text takes as it stands. A letter of two places is never cut between segments, so that is counted too."""
    if all(letter in BASIC or letter in EXTENDED for letter in text):
        places = [2 if letter in EXTENDED else 1 for letter in text]
        return Size("GSM-7", sum(places), _segments(places, one=ONE_GSM, each=EACH_GSM))
    places = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    return Size("UCS-2", sum(places), _segments(places, one=ONE_UCS2, each=EACH_UCS2))


def _segments(places: list[int], *, one: int, each: int) -> int:
    if sum(places) <= one:
        return 1
    segments, filled = 1, 0
    for place in places:
        if filled + place > each:
            segments, filled = segments + 1, 0
        filled += place
    return segments
