"""The chat on other sites' pages: those that are set may show it, and nobody else."""

import pytest

from tests.gateway.played_engine import PlayedEngine
from tests.gateway.town import settings
from tests.gateway.town import town as make_town

COUNCIL = "https://www.example.gov.uk"
PARTNER = "https://partner.example:8443"


@pytest.fixture
def embedded(tmp_path, screen):
    """A gateway whose chat two sites may show."""
    allowed = settings(tmp_path).model_copy(update={"embedding_origins": f"{COUNCIL}, {PARTNER}"})
    with make_town(allowed, screen, engine=PlayedEngine()) as made:
        yield made


def ancestors(response):
    return [rule for rule in response.headers["content-security-policy"].split("; ") if rule.startswith("frame-anc")]


def test_the_page_may_be_shown_by_the_sites_that_are_set_and_nothing_else_may(embedded):
    assert ancestors(embedded.http.get("/")) == [f"frame-ancestors {COUNCIL} {PARTNER}"]
    for path in ("/plain", "/chat/events", "/health/live"):
        assert ancestors(embedded.http.get(path)) == ["frame-ancestors 'none'"]


def test_the_rest_of_the_policy_stays(town, embedded):
    rules = [set(one.http.get("/").headers["content-security-policy"].split("; ")) for one in (town, embedded)]
    assert {rule.split()[0] for rule in rules[0] ^ rules[1]} == {"frame-ancestors"}


def test_without_a_setting_no_site_may_show_it(town):
    assert ancestors(town.http.get("/")) == ["frame-ancestors 'none'"]


def test_only_the_sites_that_are_set_may_read_the_script(embedded):
    read = "access-control-allow-origin"
    assert embedded.http.get("/embed.js", headers={"Origin": COUNCIL}).headers[read] == COUNCIL
    assert read not in embedded.http.get("/embed.js", headers={"Origin": "https://elsewhere.example"}).headers


def test_the_script_may_be_run_anywhere_and_is_asked_for_again_when_it_changed(town):
    response = town.http.get("/embed.js")
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["cache-control"] == "no-cache" and "Origin" in response.headers["vary"]


def test_no_other_answer_may_be_read_by_the_sites_that_are_set(embedded):
    for path in ("/", "/static/chat.js", "/chat/events", "/health/ready"):
        assert "access-control-allow-origin" not in embedded.http.get(path, headers={"Origin": COUNCIL}).headers
