"""The finished screen on an author that it was not trained on: floors set after what it reached, so that a change that costs lives shows.

They are not bars. The figures, with every miss, are in the model card and in `make bench-crisis`; how far to trust them is in
`docs/crisis-screen.md`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.crisis import corpus
from bot.crisis.corpus import Labelled
from bot.crisis.datafile import FOLDER
from bot.crisis.measure import HARD, SOFT, Judged
from bot.crisis.screen import Screen


@pytest.fixture(scope="module")
def judged(screen: Screen) -> list[Judged]:
    """Every second message of the final check."""
    rows = list(corpus.read(FOLDER / "authors" / "sycamore.tsv"))[::2]
    return [Judged(row, screen.assess(row.messages, asked=row.asked)) for row in rows]


def share(judged: list[Judged], belongs: Callable[[Labelled], bool], *, red: bool) -> float:
    rows = [one for one in judged if belongs(one.row)]
    return sum(one.red if red else one.flagged for one in rows) / len(rows)


def test_screen_pages_for_nearly_all_who_are_in_danger(judged: list[Judged]) -> None:
    assert share(judged, lambda row: row.level in HARD, red=True) >= 0.89
    assert share(judged, lambda row: row.level in SOFT, red=True) >= 0.85


def test_screen_flags_nearly_all_that_a_person_must_see(judged: list[Judged]) -> None:
    assert share(judged, lambda row: row.level in HARD | SOFT | {"passive_low"}, red=False) >= 0.9


def test_screen_seldom_pages_for_the_past_the_denied_and_the_everyday(judged: list[Judged]) -> None:
    assert share(judged, lambda row: row.level in {"negated", "historical"}, red=True) <= 0.08
    assert share(judged, lambda row: row.category == "ordinary", red=True) <= 0.05
    assert share(judged, lambda row: row.level == "benign" and row.category != "ordinary", red=True) <= 0.14
