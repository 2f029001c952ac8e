"""The chat page in each of its states, for what must hold in all of them."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

from frontdoor.settings import ROOT
from tests.journeys.answers import GRACE
from tests.journeys.chat_page import take_up
from tests.journeys.installation import Installation
from tests.journeys.web_chat import WebChat

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TARGET = 44
PRESSED = "button, input, textarea, summary, [role=button], label.chat-choice, .chat-lines a, .chat-languages a"
"""What is pressed, but for links within a sentence. A box that is ticked by its label is not seen itself."""
PIN = "4071"

STANDING = {
    "several": "access_needs",
    "date": "date_of_birth",
    "summary": "check",
    "receipt": "check",
    "copied": "check",
}
"""States that a conversation stands at, by the question that is open in it."""
_SHOWN = {
    "several": "#choices label",
    "date": ".chat-fields",
    "summary": ".chat-answers",
    "receipt": ".chat-reference",
    "copied": ".chat-keep",
}
_OPENERS = {"code": "resume", "confirm": "forget", "private": "private", "dictation": "speak"}


def standing(installation: Installation) -> dict[str, str]:
    """A handle of a conversation for each of these states."""
    tokens = {}
    for state, ask in STANDING.items():
        if state != "copied":
            web = WebChat(installation.gateway).open()
            web.answer(GRACE, until=ask)
            if state == "receipt":
                web.say(choice="yes")
            tokens[state] = web.token
    return tokens | {"copied": tokens["receipt"]}


def bring_about(state: str, page: Page, tokens: Mapping[str, str]) -> None:
    """The page, just opened, in this state."""
    expect(page.locator("#choices button").first).to_be_visible()
    if state in tokens:
        take_up(page, tokens[state])
        expect(page.locator(_SHOWN[state]).first).to_be_visible()
        expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    if state in ACTS:
        ACTS[state](page)


def dialog(state: str) -> Callable[[Page], None]:
    """Opens the dialog of this state."""

    def opened(page: Page) -> None:
        page.locator(f"#{_OPENERS[state]}").click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return opened


def crisis(page: Page) -> None:
    """A crisis card."""
    page.locator("#message").fill("I have taken an overdose")
    page.locator("#message").press("Enter")
    expect(page.locator(".chat-lines a").first).to_be_visible()


def offline(page: Page) -> None:
    """Something that is not sent."""
    page.context.set_offline(True)
    page.locator("#message").fill("are you there")
    page.locator("#message").press("Enter")
    expect(page.locator("#act")).to_be_visible()


def deleted(page: Page) -> None:
    """A chat that was deleted."""
    dialog("confirm")(page)
    page.locator("#forget-dialog .chat-send").click()
    expect(page.locator("#act")).to_be_visible()


def copied(page: Page) -> None:
    """An introduction that was copied."""
    page.locator(".chat-keep button").first.click()
    page.locator(".chat-reference button").click()


def answered(page: Page) -> None:
    """An earlier answer that can be changed."""
    page.locator("#choices button").first.click()
    expect(page.locator(".chat-edit")).to_be_visible()


def refused(page: Page) -> None:
    """A code that nobody knows."""
    dialog("code")(page)
    page.locator("#code").fill("ZZZZ 9999")
    page.locator("#resume-dialog .chat-send").click()
    expect(page.locator("#code-trouble")).not_to_be_empty()


def hidden(page: Page) -> None:
    """The cover over the chat."""
    dialog("private")(page)
    page.locator("#hide-now").click()
    expect(page.locator("#cover")).to_be_visible()


def locked(page: Page) -> None:
    """The cover, with a PIN that was wrong."""
    dialog("private")(page)
    page.locator("#pin").fill(PIN)
    page.locator("#private-dialog .chat-send[type=submit]").click()
    page.locator("#cover-pin").fill("0000")
    page.locator("#cover .chat-send").click()
    expect(page.locator("#cover-trouble")).not_to_be_empty()


def notes(page: Page) -> None:
    """The look of notes, over a conversation."""
    answered(page)
    dialog("private")(page)
    page.locator("#plain-look").click()
    page.locator("#private-dialog [data-cancel]").click()
    expect(page.locator("body.chat-page--notes")).to_be_attached()


def unheard(page: Page) -> None:
    """Dictation that this browser cannot do."""
    dialog("dictation")(page)
    page.locator("#speak-dialog .chat-send").click()
    expect(page.locator("#status")).not_to_be_empty()
    expect(page.locator("#speak")).to_have_attribute("aria-pressed", "false")


ACTS: Mapping[str, Callable[[Page], None]] = {
    "code": dialog("code"),
    "confirm": dialog("confirm"),
    "private": dialog("private"),
    "dictation": dialog("dictation"),
    "crisis": crisis,
    "offline": offline,
    "deleted": deleted,
    "copied": copied,
    "answered": answered,
    "refused": refused,
    "hidden": hidden,
    "locked": locked,
    "notes": notes,
    "unheard": unheard,
}
STATES = ("opening", *STANDING, *(state for state in ACTS if state not in STANDING))


def violations(page: Page) -> list[object]:
    """What axe finds on the page as it is. Fails where axe looked at nothing."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert found["passes"], "axe looked at nothing"
    return [
        (one["id"], [node["html"] + (node.get("failureSummary") or "") for node in one["nodes"]])
        for one in found["violations"]
    ]


def small_targets(page: Page) -> list[object]:
    """What is pressed, in sight, and too small to be hit."""
    return page.evaluate(
        """([pressed, least]) => [...document.querySelectorAll(pressed)]
            .filter((one) => one.checkVisibility() && !one.matches('.nhsuk-u-visually-hidden'))
            .map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()])
            .filter(([, box]) => box.height < least || box.width < least)
            .map(([name, box]) => [name, box.width, box.height])""",
        [PRESSED, SMALLEST_TARGET],
    )


def widest(page: Page) -> int:
    """Pixels of the widest thing that scrolls sideways, or of the page."""
    return page.evaluate(
        "Math.max(...['html', '.chat-main', 'dialog[open]', '#cover'].flatMap((one) => [...document.querySelectorAll(one)]).map((one) => one.scrollWidth))"
    )
