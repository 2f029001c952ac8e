"""Whatever is sent: a clear error or a helpful reply, nothing lost, no 500."""

import json
import uuid

import pytest


def send(page, content: bytes):
    return page.town.http.post("/chat/messages", content=content, headers=page.headers)


def body(text: str) -> bytes:
    return json.dumps({"id": str(uuid.uuid4()), "text": text}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"id": "' + b"1" * 5000,
        b"[" * 100_000,
        b'{"text": "no id"}',
        b'{"id": 7, "text": "x"}',
        b'{"id": "../../etc", "text": "x"}',
        b'{"id": "0b8f3c5e-0000-4000-8000-000000000001"}',
        b'{"id": "0b8f3c5e-0000-4000-8000-000000000001", "text": null}',
        b'{"id": "0b8f3c5e-0000-4000-8000-000000000001", "text": 7}',
        b'{"id": "0b8f3c5e-0000-4000-8000-000000000001", "choice": {"a": 1}}',
        b'{"id": "0b8f3c5e-0000-4000-8000-000000000001", "choice": [1]}',
    ],
)
def test_a_broken_body_is_a_problem_and_stores_nothing(town, page, content):
    response = send(page, content)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} == set(response.json())
    assert all(message.author == "assistant" for message in town.messages(page.id))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 20_000,
        "\U0001f614" * 20_000,
        "a\x07b\x1b[31mc\u202ed",
        "\U0001f44d\U0001f3fd \u2764\ufe0f",
        "/restart",
        '/answer{"consent": true}',
        "'; DROP TABLE message; --",
        "<script>alert(1)</script>",
        "{consent} {{7*7}} %s",
    ],
    ids=["long", "long emoji", "controls", "emoji", "restart", "intent", "sql", "html", "braces"],
)
def test_odd_text_is_stored_as_it_came_and_answered(town, page, text):
    assert send(page, body(text)).status_code == 200
    assert [m.text for m in town.messages(page.id) if m.author == "resident"] == [text]
    assert town.engine.of(page.id)[-1]["text"] == text


@pytest.mark.parametrize(
    ("text", "stored"), [("a\0b", "a\ufffdb"), ("half \ud83d pair", "half \ufffd pair"), ("\udc00", "\ufffd")]
)
def test_what_a_database_refuses_is_replaced(town, page, text, stored):
    assert send(page, body(text)).status_code == 200
    assert [m.text for m in town.messages(page.id) if m.author == "resident"] == [stored]


@pytest.mark.parametrize("text", ["x" * 20_001, "x" * 600_000])
def test_more_than_20000_characters_is_too_long(town, page, text):
    response = send(page, body(text))
    assert response.status_code == 413 and response.json()["type"] == "about:frontdoor/too_long"
    assert all(message.author == "assistant" for message in town.messages(page.id))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_message_is_stored_and_gets_the_question_again(town, page, text):
    (reply,) = page.say(text)
    assert "no words" in reply["text"]
    assert reply["ask"] == "consent" and reply["choices"] == page.messages[-1]["choices"]
    assert town.engine.of(page.id) == []
    assert town.assessments(page.id)[0].level.value == "none"


def test_an_unknown_path_or_method_is_a_problem(town):
    for response in (town.http.get("/chat/nothing"), town.http.put("/chat/messages"), town.http.get("/static/x.js")):
        assert response.status_code in (404, 405)
        assert response.headers["content-type"] == "application/problem+json"
