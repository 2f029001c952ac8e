from datetime import datetime

import pytest

from bot.intake.parsing import dates

SAME_DAY = """3/4/91|03/04/1991|3.4.91|03.04.1991|3-4-1991|3 4 91|3 4 1991|1991-04-03|1991/04/03|3rd april 91|3 april 1991|3rd of April, 1991|April 3 1991|april 3rd, 1991|3 apr 91|3apr91|03APR1991|the 3rd April '91|
03041991|030491|third of april nineteen ninety one|3rd april ninety one|born 3/4/91|my dob is 3/4/91 thanks|DOB: 03/04/1991|3 / 4 / 91|3,4,91|it's 3rd of aprl 1991|3\\4\\91|03/04/91 and I'm 35|April the 3rd 1991"""
BAD = [
    *(
        ("3/4/2030", "future"),
        ("24/11/2026", "future"),
        ("31/2/1990", "no_such_date"),
        ("30 february 1990", "no_such_date"),
        ("4/23/91", "no_such_date"),
        ("1/1/1850", "too_old"),
        ("0/4/91", "no_such_date"),
    ),
    *(
        ("3 april", "year_missing"),
        ("3/4", "year_missing"),
        ("april 3rd", "year_missing"),
        ("1991", "day_missing"),
        ("april 1991", "day_missing"),
        ("2/2/20", "year_unclear"),
    ),
    *(("34", "age_given"), ("im 34", "age_given"), ("ninety one", "age_given"), ("thirty four years old", "age_given")),
    *(
        ("why", None),
        ("", None),
        ("07700 900123", None),
        ("no", None),
        ("1/2/90 or 2/1/90", None),
        ("call me after 5", None),
        ("99999999999", None),
        ("may be", None),
    ),
]


@pytest.mark.parametrize("text", SAME_DAY.replace("\n", "").split("|"))
def test_dates_are_day_month_year(text: str, now: datetime) -> None:
    parsed = dates.parse(text, now=now)
    assert parsed is not None and (parsed.value, parsed.complete) == ("1991-04-03", True)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1/2/60", "1960-02-01"),
        ("2 feb 05", "2005-02-02"),
        ("31/12/99", "1999-12-31"),
        ("29/02/1992", "1992-02-29"),
        ("12th of Septemeber, 1985", "1985-09-12"),
        ("5 Febuary 78", "1978-02-05"),
        ("twenty first of may two thousand and three", "2003-05-21"),
        ("4th july two thousand and twelve", "2012-07-04"),
        ("1 sept 1970", "1970-09-01"),
        ("23/11/2026", "2026-11-23"),
    ],
)
def test_dates_of_other_days(text: str, iso: str, now: datetime) -> None:
    parsed = dates.parse(text, now=now)
    assert parsed is not None and parsed.value == iso


@pytest.mark.parametrize(("text", "problem"), BAD)
def test_dates_refused_say_why(text: str, problem: str | None, now: datetime) -> None:
    assert dates.parse(text, now=now) is None
    assert dates.problem(text, now=now) == problem


def test_dates_with_more_are_not_complete(now: datetime) -> None:
    parsed = dates.parse("3 april 1991 and i live in sw9", now=now)
    assert parsed is not None and not parsed.complete


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("34", 34),
        ("im 34", 34),
        ("I'm thirty four", 34),
        ("34yo", 34),
        ("aged 17", 17),
        ("18 years old", 18),
        ("just turned 18", 18),
    ],
)
def test_dates_read_an_age(text: str, age: int) -> None:
    assert dates.age_in(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "3 months",
        "call me at 5",
        "im 3 months behind",
        "07700 900123",
        "12 weeks pregnant",
        "hello",
        "2 kids",
        "3rd",
        "0",
    ],
)
def test_dates_find_no_age(text: str) -> None:
    assert dates.age_in(text) is None


@pytest.mark.parametrize(("iso", "age"), [("2008-11-23", 18), ("2008-11-24", 17), ("1991-04-03", 35)])
def test_dates_count_full_years(iso: str, age: int, now: datetime) -> None:
    assert dates.age(iso, now=now) == age


def test_dates_are_shown_in_words() -> None:
    assert dates.shown("1991-04-03") == "3 April 1991"
