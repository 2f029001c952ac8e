"""The cards in other languages."""

from __future__ import annotations

import pytest

from bot import directory
from bot.crisis.datafile import RuleError
from bot.crisis.foreign import KINDS, ForeignCards
from bot.language.identify import TAGS

CARDS = ForeignCards.load(directory.load())
MOST_UNITS = 4 * 67
"""Four UCS-2 segments."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tag", TAGS)
def test_foreign_cards_name_emergency_crisis_line_and_samaritans(tag, kind):
    text = CARDS.texts[tag][kind]
    assert all(number in text for number in ("999", "0800 731 2864", "116 123"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tag", TAGS)
def test_foreign_cards_fit_into_four_segments(tag, kind):
    assert len(CARDS.texts[tag][kind].encode("utf-16-le")) // 2 <= MOST_UNITS


def test_foreign_cards_missing_a_language_stop_the_loading(tmp_path):
    path = tmp_path / "cards.yml"
    path.write_text("pt: {red: a, amber: b, other: c}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"cards\.yml"):
        ForeignCards.load(directory.load(), path=path)
