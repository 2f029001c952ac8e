"""A staff member's browser without a screen: cookies, forms with their tokens, readable text."""

from __future__ import annotations

import html
import re
from typing import Any

from starlette.testclient import TestClient

from tests.console.factories import PASSWORD


class Browser:
    """Requests to the console as a browser makes them: each form is sent with the hidden fields of the page it is on."""

    def __init__(self, app: Any) -> None:
        self.client = TestClient(app, follow_redirects=False)

    def log_in(self, username: str = "amina", password: str = PASSWORD, **fields: str) -> Any:
        """The answer to the login form."""
        hidden = fields_of(self.client.get("/login").text, "/login")
        return self.client.post("/login", data=hidden | {"username": username, "password": password} | fields)

    def get(self, path: str, **options: Any) -> Any:
        """One page."""
        return self.client.get(path, **options)

    def submit(self, page: str, action: str, **fields: str) -> Any:
        """Load `page`, fill in its form that goes to `action`, send it."""
        return self.client.post(action, data=fields_of(self.get(page).text, action) | fields)

    def text(self, path: str) -> str:
        """What a page says, without its tags."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.status_code
        return text_of(answer)


def fields_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to `action`."""
    form = re.search(rf'<form action="{re.escape(action)}".*?</form>', page, flags=re.DOTALL)
    assert form, f"the page has no form to {action}"
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return {name: html.unescape(value) for name, value in hidden}


def text_of(answer: Any) -> str:
    """The text of a page, spaces joined."""
    body = re.sub(r"<title>.*?</title>", "", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
