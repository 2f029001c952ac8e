"""E-mail addresses, typed or spelled out ("grace at example dot org")."""

from __future__ import annotations

import re

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, same_length, without, word_set

_ADDRESS = re.compile(
    r"(?<![\w.+-])(?P<local>[a-z0-9](?:[a-z0-9._%+'-]{0,62}[a-z0-9_+-])?)\s?@\s?(?P<domain>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})(?![\w@-])",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?<![\w.])(?P<local>[a-z0-9][a-z0-9._+-]*(?: (?:dot|underscore) [a-z0-9]+)*) (?:at|\[at\]|\(at\)) (?P<domain>[a-z0-9-]+(?: ?(?:dot|\.) ?[a-z0-9-]+)* ?(?:dot|\.) ?(?:com|org|net|uk|co ?(?:dot|\.) ?uk))(?!\w)",
    re.IGNORECASE,
)
_AROUND = word_set("email e-mail mail me address gmail is it's contact")


def parse(text: str) -> Parsed | None:
    """One address, its domain in lower case. Two different ones: not understood."""
    flat = same_length(text)
    found = [(match.span(), _joined(match)) for pattern in (_ADDRESS, _SPELLED) for match in pattern.finditer(flat)]
    if len({address for _, address in found}) != 1:
        return None
    (start, end), address = found[0]
    return Parsed(
        address, text[start:end], complete=only_filler(without(text, *(span for span, _ in found)), also=_AROUND)
    )


def problem(text: str) -> str | None:
    """ "not_an_email" for a text with an @ or a "dot com" that is no address."""
    looks = "@" in text or re.search(r"\bdot (?:com|co)\b|\.(?:com|co\.uk)\b", text, re.IGNORECASE)
    return "not_an_email" if looks and parse(text) is None else None


def _joined(match: re.Match[str]) -> str:
    local, domain = match.group("local"), match.group("domain").lower()
    if " " in local or "@" not in match.group():
        local = re.sub(r" dot ", ".", re.sub(r" underscore ", "_", local))
        domain = re.sub(r" ?(?:\bdot\b|\.) ?", ".", domain).replace(" ", "")
    return f"{local}@{domain}"
