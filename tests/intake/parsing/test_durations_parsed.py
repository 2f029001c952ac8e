"""How long it has been like this, in own words, and how much time that is where it is plain."""

import pytest

from bot.intake.parsing import durations
from bot.intake.parsing.parsed import Parsed


def value(parsed: Parsed | None) -> object:
    return None if parsed is None else parsed.value


@pytest.mark.parametrize(
    "text",
    [
        "6 months",
        "about a year",
        "since my mum died",
        "all my life",
        "half a year",
        "a few weeks",
        "2-3 years",
        "ages mate",
        "since lockdown",
        "on and off for years",
        "a long time",
        "since i was 15",
        "two weeks",
        "months",
        "last year",
        "forever",
        "since january",
        "for as long as i can remember",
        "18 months",
        "not long",
        "a couple of days",
    ],
)
def test_durations_are_kept_in_own_words(text: str) -> None:
    assert value(durations.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "why", "dunno", "im 34", "yes", "no", "SW9", "how long is the wait?", "Grace", "call me"]
)
def test_durations_refuse_what_is_none(text: str) -> None:
    assert durations.parse(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6 months", (6.0, "months")),
        ("about a year", (1.0, "years")),
        ("half a year", (0.5, "years")),
        ("two weeks now", (2.0, "weeks")),
        ("a few years", None),
        ("2-3 years", None),
        ("ages", None),
        ("10 yrs", (10.0, "years")),
    ],
)
def test_durations_amount_where_it_is_plain(text: str, amount: tuple[float, str] | None) -> None:
    assert durations.amount(text) == amount
