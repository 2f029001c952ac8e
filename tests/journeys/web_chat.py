"""A resident on the chat page, over the wire contract."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class WebChat:
    """One conversation. `messages` holds everything the resident has seen, in order."""

    gateway: str
    resume: str | None = None
    token: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One call to the gateway, on a connection of its own."""
        return httpx.request(method, self.gateway + path, timeout=30.0, trust_env=False, **options)

    def open(self) -> "WebChat":
        """Start the conversation."""
        response = self.request("POST", "/chat/sessions", json={"resume": self.resume} if self.resume else {})
        assert response.status_code == 201, response.text
        body = response.json()
        self.id, self.token = body["session"], body["token"]
        self.messages += body["messages"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        """The bearer token."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def ask(self) -> str | None:
        """The question that is open."""
        return next((m["ask"] for m in reversed(self.messages) if m.get("ask")), None)

    def post(self, text: str | None = None, *, choice: object = None, message_id: str | None = None) -> httpx.Response:
        """One POST, whatever comes back."""
        body: dict[str, object] = {"id": message_id or str(uuid.uuid4())}
        body |= {"choice": choice} if choice is not None else {"text": text}
        return self.request("POST", "/chat/messages", json=body, headers=self.headers)

    def say(self, text: str | None = None, *, choice: object = None) -> list[dict[str, Any]]:
        """Send one message and give the replies to it."""
        response = self.post(text, choice=choice)
        assert response.status_code == 200, response.text
        replies = response.json()["messages"]
        self.messages += replies
        return replies

    def answer(self, answers: dict[str, Any], *, until: str, most: int = 60) -> None:
        """Answer each open question from `answers` ({ask: text, or ("choice", value), or a list of them}) until `until` is asked."""
        left = {ask: list(value) if isinstance(value, list) else [value] for ask, value in answers.items()}
        for _ in range(most):
            ask = self.ask
            if ask == until:
                return
            assert left.get(ask), f"no answer left for {ask!r}: {self.messages[-1]}"
            given = left[ask].pop(0)
            if isinstance(given, tuple):
                self.say(choice=given[1])
            else:
                self.say(given)
        raise AssertionError(f"{until!r} was never asked")
