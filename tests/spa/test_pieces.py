"""Long answers are cut where a reader would, and numbered."""

import re

import pytest

from spa.pieces import MOST_SEGMENTS, cut
from spa.segments import size

LINES = "\n".join(f"{number} A line of the summary that says something about them" for number in range(1, 30))
SENTENCES = " ".join(f"This is sentence number {number} of a long answer." for number in range(1, 60))


def unnumbered(pieces):
    return [re.sub(r"^\(\d+/\d+\) ", "", piece) for piece in pieces]


def test_what_fits_is_left_alone():
    assert cut("Short.") == ["Short."]


@pytest.mark.parametrize("text", [LINES, SENTENCES, "w" * 4000, "ł" * 2000, "\U0001f600" * 900])
def test_every_piece_fits_and_nothing_is_lost(text):
    pieces = cut(text)
    assert all(size(piece).segments <= MOST_SEGMENTS for piece in pieces)
    assert "".join("".join(unnumbered(pieces)).split()) == "".join(text.split())


def test_pieces_are_numbered():
    pieces = cut(SENTENCES)
    assert [piece.split()[0] for piece in pieces] == [f"({n}/{len(pieces)})" for n in range(1, len(pieces) + 1)]


@pytest.mark.parametrize("text, end", [(LINES, "about them"), (SENTENCES, "long answer.")])
def test_it_is_cut_at_lines_and_sentences(text, end):
    assert all(piece.endswith(end) for piece in cut(text))
