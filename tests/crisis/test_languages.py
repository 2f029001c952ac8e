"""Direct disclosures in the fourteen languages. `languages/*.tsv` was written before the rules, which were then tuned on it;
`languages/fresh/*.tsv` after them: only the latter says what the rules do with words they have not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.crisis.assessment import Flag
from bot.language.identify import TAGS

FOLDER = Path(__file__).parent / "languages"
RED = {"crisis_imminent", "crisis_active", "self_harm", "safeguarding", "harm_to_others"}
AMBER = {"third_party", "passive_low"}


def rows(folder: Path, tag: str, levels: set[str]) -> list[str]:
    lines = [line.split("\t") for line in (folder / f"{tag}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [text for text, level in lines if level in levels]


@pytest.mark.parametrize("tag", TAGS)
def test_languages_disclosures_are_red(screen, tag):
    found = [screen.assess([text]).flag is Flag.RED for text in rows(FOLDER, tag, RED)]
    assert sum(found) >= len(found) - 1


@pytest.mark.parametrize("tag", TAGS)
def test_languages_low_mood_and_worry_are_seen(screen, tag):
    assert [text for text in rows(FOLDER, tag, AMBER) if screen.assess([text]).flag is Flag.NONE] == []


@pytest.mark.parametrize("tag", TAGS)
def test_languages_denial_and_past_are_not_red(screen, tag):
    texts = rows(FOLDER, tag, {"negated", "historical"})
    assert [text for text in texts if screen.assess([text]).flag is Flag.RED] == []


@pytest.mark.parametrize("tag", TAGS)
def test_languages_everyday_words_are_not_flagged(screen, tag):
    texts = rows(FOLDER, tag, {"benign"}) + rows(FOLDER / "fresh", tag, {"benign"})
    assert [text for text in texts if screen.assess([text]).flag is not Flag.NONE] == []


def test_languages_no_after_a_comma_denies_nothing(screen):
    assert screen.assess(["no, quiero morir"]).flag is Flag.RED


def test_languages_unseen_disclosures_are_red_at_least_as_often_as_documented(screen):
    found = [screen.assess([text]).flag is Flag.RED for tag in TAGS for text in rows(FOLDER / "fresh", tag, RED)]
    assert sum(found) / len(found) >= 0.5
