"""Cuts a long answer into texts: at lines, then at sentences, then between words, and numbers them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spa import segments

MOST_SEGMENTS = 5
"""Of one text. Old phones take longer ones apart, and some networks lose a part."""
NUMBERING = "(10/10) "

_SENTENCES = re.compile(r"(?<=[.?!])\s+")


def fits(text: str) -> bool:
    """Whether it may go as one text."""
    return segments.size(segments.plain(text)).segments <= MOST_SEGMENTS


def cut(text: str) -> list[str]:
    """The text as it is where it fits, otherwise in numbered pieces that do: "(1/3) …"."""
    if fits(text):
        return [text]
    pieces = _joined(text.split("\n"), "\n", (_SENTENCES, re.compile(r"\s+")))
    return [f"({place}/{len(pieces)}) {piece}" for place, piece in enumerate(pieces, start=1)]


def _joined(parts: Sequence[str], glue: str, finer: Sequence[re.Pattern[str]]) -> list[str]:
    """The parts in as few pieces as they fit into; a part that is too long by itself is cut more finely."""
    pieces: list[str] = []
    for part in parts:
        if pieces and _fits_numbered(f"{pieces[-1]}{glue}{part}"):
            pieces[-1] = f"{pieces[-1]}{glue}{part}"
        elif _fits_numbered(part):
            pieces.append(part)
        elif finer:
            pieces += _joined(finer[0].split(part), " ", finer[1:])
        else:
            pieces += _by_letters(part)
    return [piece.strip() for piece in pieces if piece.strip()]


def _by_letters(word: str) -> list[str]:
    """A word longer than a text: nobody reads it, but nothing of it is lost."""
    step = segments.EACH_UCS2 * (MOST_SEGMENTS - 1) // 2
    return [word[start : start + step] for start in range(0, len(word), step)]


def _fits_numbered(piece: str) -> bool:
    return fits(NUMBERING + piece)
