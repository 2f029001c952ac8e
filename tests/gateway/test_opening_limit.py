"""How many chats one address may open: a brake that never stands before the lines, or before a chat that is open."""

import pytest

from tests.gateway.played_engine import PlayedEngine
from tests.gateway.town import settings
from tests.gateway.town import town as make_town


@pytest.fixture
def narrow(tmp_path, screen):
    """A gateway that lets one address open three chats a minute."""
    with make_town(settings(tmp_path, sessions_per_minute=3), screen, engine=PlayedEngine()) as made:
        yield made


def test_one_address_opens_so_many_chats_a_minute_and_is_told_when_to_come_back(narrow):
    page = [narrow.page() for _ in range(3)][0]
    response = narrow.http.post("/chat/sessions", json={})
    assert response.status_code == 429 and 0 < int(response.headers["retry-after"]) <= 60
    assert response.headers["content-type"] == "application/problem+json" and "999" in response.json()["detail"]
    assert narrow.http.get("/").status_code == 200
    assert page.say("I need help with my rent")[-1]["text"] == "Heard 1."
    narrow.clock.forward(minutes=1)
    assert narrow.http.post("/chat/sessions", json={}).status_code == 201


def test_a_header_does_not_make_another_address(narrow):
    answers = [
        narrow.http.post(
            "/chat/sessions", json={}, headers={"X-Forwarded-For": f"192.0.2.{n}", "Forwarded": f"for=192.0.2.{n}"}
        )
        for n in range(4)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]


def test_a_trusted_proxys_header_does(tmp_path, screen):
    chosen = settings(tmp_path, sessions_per_minute=1, trusted_proxies="127.0.0.1")
    with make_town(chosen, screen, engine=PlayedEngine()) as town:
        addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.2", "192.0.2.9, 192.0.2.1"]
        answers = [town.http.post("/chat/sessions", json={}, headers={"X-Forwarded-For": one}) for one in addresses]
        assert [answer.status_code for answer in answers] == [201, 201, 429, 429]


def test_taking_up_counts_too(narrow):
    answers = [narrow.http.post("/chat/sessions", json={"resume": "none"}).status_code for _ in range(4)]
    assert answers == [404, 404, 404, 429]
