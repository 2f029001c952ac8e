"""A resident without scripts, on the plain forms in a real browser."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

from bot.intake import questions


def begin(page: Page, address: str) -> None:
    """From the first page to the first question."""
    page.goto(f"{address}/plain")
    page.get_by_role("button", name="Start").click()


def open_question(page: Page) -> str:
    """The question that the form answers."""
    return page.locator(".forms-answer input[name=ask]").get_attribute("value") or ""


def fill(page: Page, given: Any) -> None:
    """Fill in the form and send it: words, or ("choice", value)."""
    if isinstance(given, tuple):
        page.locator(f".forms-answer input[name=choice][value^='{given[1]}=']").check()
    elif page.locator(".forms-answer input[name=part]").count():
        parts = given if isinstance(given, list) else [given]
        for field, part in zip(page.locator(".forms-answer input[name=part]").all(), parts, strict=True):
            field.fill(part)
    else:
        page.get_by_label("Your message").fill(given)
    page.get_by_role("button", name="Send").click()


def answer(page: Page, answers: Mapping[str, Any], *, until: str | None) -> None:
    """Answer each question, one a page, until this one is open (None: until there is none of these)."""
    left = {ask: list(value) if isinstance(value, list) else [value] for ask, value in answers.items()}
    while (ask := open_question(page)) != until and ask in left:
        given = left[ask].pop(0)
        if given == "skip" and questions.load()[ask].skippable:
            page.get_by_role("button", name="Skip this question").click()
        else:
            fill(page, ["3", "4", "1991"] if ask == "date_of_birth" else given)
        expect(page.locator(".forms-trouble")).to_have_count(0)
    assert until is None or open_question(page) == until
