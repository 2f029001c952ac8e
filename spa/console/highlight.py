"""Mark the words the crisis screen matched inside what the resident wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_MARK = Markup("<mark class='fd-match'>{}</mark>")


def highlight(text: str, matched: Iterable[str]) -> Markup:
    """`text` escaped, with each matched phrase inside it in <mark>. Matching ignores case, punctuation and spacing between words.

    A phrase that the screen normalised out of recognition is simply not marked: the page lists the matched words beside the text too.
    """
    patterns = sorted({_pattern(words) for words in matched if _pattern(words)}, key=len, reverse=True)
    if not patterns:
        return escape(text)
    parts: list[Markup] = []
    end = 0
    for found in re.finditer("|".join(patterns), text, flags=re.IGNORECASE):
        parts += [escape(text[end : found.start()]), _MARK.format(found.group())]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _pattern(words: str) -> str:
    """The phrase as a pattern: its words in order, with any run of non-word characters between them; "" when it has no word."""
    pieces = [_word(piece) for piece in re.findall(r"[\w'’]+|[^\w\s]+", words) if piece]
    joined = r"[\W_]*?".join(pieces)
    if not joined:
        return ""
    start = r"(?<!\w)" if re.match(r"\w", words.strip()) else ""
    finish = r"(?!\w)" if re.search(r"\w$", words.strip()) else ""
    return start + joined + finish


def _word(piece: str) -> str:
    """One word as a pattern; the curly apostrophe of phones is the straight one of rules, or is left out."""
    return "".join("['’]?" if letter in "'’" else re.escape(letter) for letter in piece)
