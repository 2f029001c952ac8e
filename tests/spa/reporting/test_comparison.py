"""A number beside last year's, in words."""

import pytest

from spa.reporting.comparison import Compared, Part


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (5962, 4770, "5,962, up 25 %"),
        (90, 100, "90, down 10 %"),
        (100, 100, "100, no change"),
        (1001, 1000, "1,001, changed by less than 1 %"),
        (7, 0, "7, none the year before"),
        (0, 0, "0, none in either year"),
        (0, 4, "0, down 100 %"),
    ],
)
def test_compared_says_the_number_and_its_change(now, before, words):
    assert str(Compared(now, before)) == words


@pytest.mark.parametrize(("part", "words"), [(Part(12, 40), "12 of 40 (30 %)"), (Part(0, 0), "none")])
def test_part_says_how_many_of_how_many(part, words):
    assert str(part) == words
