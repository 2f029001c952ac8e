"""NHS numbers and e-mail addresses."""

import pytest

from bot.intake.parsing import emails, nhs_numbers


@pytest.mark.parametrize(
    "text",
    [
        "9434765919",
        "943 476 5919",
        "943-476-5919",
        "943.476.5919",
        "its 943 476 5919",
        "NHS number 943 476 5919 thanks",
        "my nhs no is 9434765919",
        "94 34 76 59 19",
    ],
)
def test_nhs_numbers_are_read(text: str) -> None:
    parsed = nhs_numbers.parse(text)
    assert parsed is not None and (parsed.value, parsed.complete) == ("9434765919", True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("9434765918", "check_digit"),
        ("943 476 591", "wrong_length"),
        ("07700900123", "wrong_length"),
        ("94347659190", "wrong_length"),
        ("", None),
        ("no", None),
        ("dont know it", None),
        ("why", None),
        ("3/4", None),
        ("SW9 8LF", None),
    ],
)
def test_nhs_numbers_refused_say_why(text: str, problem: str | None) -> None:
    assert nhs_numbers.parse(text) is None
    assert nhs_numbers.problem(text) == problem


def test_nhs_numbers_are_shown_in_three_groups() -> None:
    assert nhs_numbers.shown("9434765919") == "943 476 5919"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("grace@example.org", "grace@example.org"),
        ("Grace.O@Example.ORG", "Grace.O@example.org"),
        ("my email is g_o-1@mail.example.co.uk thanks", "g_o-1@mail.example.co.uk"),
        ("grace at example dot org", "grace@example.org"),
        ("grace dot okafor at example dot co dot uk", "grace.okafor@example.co.uk"),
        ("grace@example.org.", "grace@example.org"),
        ("its <grace@example.org>", "grace@example.org"),
        ("grace+spa@example.org", "grace+spa@example.org"),
        ("grace @example.org", "grace@example.org"),
        ("email: o'neill@example.org", "o'neill@example.org"),
    ],
)
def test_emails_are_read(text: str, address: str) -> None:
    parsed = emails.parse(text)
    assert parsed is not None and (parsed.value, parsed.complete) == (address, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "i dont have one",
        "grace@",
        "@example.org",
        "grace@example",
        "a@b.org or c@d.org",
        "why",
        "07700 900123",
        "meet me at home",
        "grace",
    ],
)
def test_emails_refuse_what_is_none(text: str) -> None:
    assert emails.parse(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [("grace@example", "not_an_email"), ("gracegmail.com", "not_an_email"), ("no", None), ("a@b.org", None)],
)
def test_emails_refused_say_why(text: str, problem: str | None) -> None:
    assert emails.problem(text) == problem
