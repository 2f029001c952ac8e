"""The stories the needs classifier learns from, and those it is measured on."""

from collections import Counter

import pytest

from bot.intake.parsing.needs import DOMAINS
from bot.needs import stories


@pytest.mark.parametrize("domain", DOMAINS)
def test_stories_are_enough_for_every_need(domain):
    assert sum(domain in story.needs for story in stories.load()) >= 60


def test_stories_hold_mixtures_and_none():
    sizes = Counter(len(story.needs) for story in stories.load())
    assert sizes[0] >= 60 and sizes[2] >= 60 and sizes[3] >= 15


def test_unseen_stories_are_none_of_the_written():
    assert not {story.text.lower() for story in stories.load(stories.UNSEEN)} & {
        story.text.lower() for story in stories.load()
    }


@pytest.mark.parametrize("line", ["housing only", "houses\tdamp", "housing\t ", "\tdamp"])
def test_stories_refuse_a_line_that_is_none(tmp_path, line):
    file = tmp_path / "told.tsv"
    file.write_text(f"none\thello\n{line}\n", encoding="utf-8")
    with pytest.raises(stories.StoriesError, match="told.tsv:2"):
        stories.load(file)
