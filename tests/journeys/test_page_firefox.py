"""The chat page in Firefox: a whole introduction by mouse and keyboard, as it arrives in the queue; then the quick way out."""

import json

import pytest

from bot.intake import questions
from tests.firefox import ENTER, SHIFT, Firefox, firefox
from tests.journeys.answers import GRACE, GRACE_FACTS

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]

REPLIES = "document.querySelectorAll('.chat-message--assistant').length"
ELSEWHERE = "https://www.bbc.co.uk/"
TYPING = "!document.getElementById('typing').hidden"


@pytest.fixture
def page(installation):
    """The chat page, just opened in Firefox. Fails for a script error or a request to another machine."""
    with firefox() as page:
        page.goto(installation.gateway)
        page.wait_for("() => document.querySelector('#choices button')")
        yield page
        assert not page.errors
        assert not [
            address for address in page.asked if not address.startswith((installation.gateway, "data:", ELSEWHERE))
        ]


def open_question(installation) -> str:
    """The question of the newest conversation."""
    return installation.rows("SELECT ask FROM conversation ORDER BY started_at DESC LIMIT 1")[0][0]


def answer(page: Firefox, ask: str, given: str | tuple[str, str]) -> None:
    """Type it, or click the choice of this value, and wait for the reply."""
    before = page.evaluate(REPLIES)
    if isinstance(given, tuple):
        label = next(one.label for one in questions.load()[ask].own.choices["web"] if one.value == given[1])
        page.click(
            f"[...document.querySelectorAll('#choices button')].find((one) => one.textContent === {json.dumps(label)})"
        )
    else:
        page.click("document.getElementById('message')")
        page.press(given + ENTER)
    page.wait_for(f"() => {REPLIES} > {before} && !({TYPING})")


def test_page_in_firefox_takes_a_whole_introduction(page, installation):
    left = {ask: list(value) if isinstance(value, list) else [value] for ask, value in GRACE.items()}
    while (ask := open_question(installation)) in left:
        answer(page, ask, left[ask].pop(0))
    reference = page.wait_for("() => document.querySelector('.chat-reference strong')?.textContent")
    document = json.loads(installation.command("queue", "show", reference, "--json").stdout)
    assert {place: document[place[0]].get(place[1]) for place in GRACE_FACTS} == GRACE_FACTS


def test_page_in_firefox_restores_the_conversation_and_leaves_by_shift_three_times(page, installation):
    answer(page, "consent", ("choice", "yes"))
    shown = page.evaluate("document.querySelectorAll('.chat-message').length")
    page.goto(installation.gateway)
    page.wait_for(f"() => document.querySelectorAll('.chat-message').length === {shown}")
    page.press(SHIFT * 3)
    page.wait_for("() => !document.querySelector('.chat-message')")
    page.wait_asked(ELSEWHERE)
