"""Takes the README's pictures: a private installation with the demonstration's residents, in headless Chromium.

The chat page in every look (widths, dark, high contrast, right to left) goes to `var/pictures/`, to be looked at.
"""

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.chromium import chromium  # noqa: E402
from tests.journeys import page_states, plain_page  # noqa: E402
from tests.journeys.answers import GRACE  # noqa: E402
from tests.journeys.installation import Installation  # noqa: E402

OUT = ROOT / "docs" / "pictures"
LOOKED_AT = ROOT / "var" / "pictures"
NARROW, MIDDLE, WIDE = ({"viewport": {"width": width, "height": 720}} for width in (320, 768, 1280))
LOOKS = {
    "320": NARROW,
    "768": MIDDLE,
    "1280": WIDE,
    "dark": NARROW | {"color_scheme": "dark"},
    "contrast": NARROW | {"forced_colors": "active"},
    "rtl": NARROW,
}
ADDRESSES = {"rtl": "/?lang=ar"}
STORY = ("Yes", "Me", "Yes", "I live in Lambeth")
TOLD = ("My rent went up and I lie awake doing sums. I hardly see anyone since my mum died.", "that's all")
DISCLOSURE = "I took all my tablets an hour ago"


def chat(browser: Browser, installation: Installation, *, name: str, last: tuple[str, ...] = ()) -> None:
    """The chat page after a few answers."""
    page = browser.new_page(viewport={"width": 375, "height": 780}, device_scale_factor=2)
    page.goto(installation.gateway)
    expect(page.locator("#choices button").first).to_be_visible()
    for label in STORY:
        answer(page, lambda label=label: page.locator("#choices").get_by_text(label, exact=True).click())
    for text in (*TOLD, *last):
        page.get_by_label("Your message").fill(text)
        answer(page, lambda: page.get_by_label("Your message").press("Enter"))
    page.screenshot(path=OUT / f"{name}.png")
    page.close()


def looks(browser: Browser, installation: Installation) -> None:
    """The chat page in its states and the plain forms, in every look."""
    tokens = page_states.standing(installation)
    LOOKED_AT.mkdir(parents=True, exist_ok=True)
    for look, options in LOOKS.items():
        for state in page_states.STATES:
            page = browser.new_context(**options).new_page()
            page.goto(installation.gateway + ADDRESSES.get(look, ""))
            page_states.bring_about(state, page, tokens)
            page.screenshot(path=LOOKED_AT / f"{state}-{look}.png")
            page.context.close()
        page = browser.new_context(java_script_enabled=False, **options).new_page()
        plain_page.begin(page, installation.gateway)
        plain_page.answer(page, GRACE, until="date_of_birth")
        plain_page.fill(page, ["31", "2", "1990"])
        page.screenshot(path=LOOKED_AT / f"plain-{look}.png")
        page.context.close()


def answer(page: Page, act) -> None:  # noqa: ANN001
    """Do it, and wait for the reply."""
    replies = page.locator(".chat-message--assistant")
    before = replies.count()
    act()
    expect(replies.nth(before)).to_be_visible()
    expect(page.locator("#typing")).to_be_hidden()


def console(browser: Browser, installation: Installation) -> None:
    """The queue, and one introduction."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    username, password = installation.login()
    page.goto(installation.console)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name=re.compile("log in", re.I)).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.screenshot(path=OUT / "console.png")
    page.get_by_role("link", name=re.compile("Petrescu")).first.click()
    page.screenshot(path=OUT / "introduction.png")
    page.close()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder)).start()
        try:
            filled = installation.command("demo")
            if filled.returncode != 0:
                sys.exit(filled.stderr)
            with chromium() as browser:
                looks(browser, installation)
                chat(browser, installation, name="chat")
                chat(browser, installation, name="crisis", last=(DISCLOSURE,))
                console(browser, installation)
        finally:
            installation.stop()


if __name__ == "__main__":
    main()
