"""References that can be read aloud: `LW-7K2F-9QX`, the last character a check on the others."""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""introduction.schema.json's characters: none that is taken for another (0 1 I L O U)."""

_PARTS = re.compile(r"^L?W?-?([2-9A-HJKMNP-TV-Z]{4})-?([2-9A-HJKMNP-TV-Z]{3})$")
_NOISE = re.compile(r"[\s.\u2010-\u2015_-]+")


def new() -> str:
    """A fresh reference. 30**6 (729 million) can be drawn; the database holds that none is used twice."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return _shown(body + check_character(body))


def valid(text: str) -> str | None:
    """The reference in its normal form, however it was typed ("lw 7k2f 9qx"); None if it is none or was mistyped."""
    parts = _PARTS.match(_NOISE.sub("", text).upper().removeprefix("LW"))
    if parts is None:
        return None
    characters = parts[1] + parts[2]
    return _shown(characters) if check_character(characters[:6]) == characters[6] else None


def _shown(characters: str) -> str:
    return f"LW-{characters[:4]}-{characters[4:]}"


def check_character(body: str) -> str:
    """The last character of a code with this body, all of ALPHABET. Luhn's algorithm modulo 30: any one wrong character is noticed, and nearly every swap of two neighbours."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (1 if place % 2 else 2)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]
