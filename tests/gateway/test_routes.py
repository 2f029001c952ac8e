"""Every route: who may use it, and what every answer carries."""

import pytest
from starlette.routing import Route

from bot.directory import DirectoryError
from bot.directory import load as load_directory
from bot.gateway.app import create_app
from bot.gateway.site import filled
from spa.database import Database
from tests.gateway.played_engine import PlayedEngine
from tests.gateway.town import town as make_town

OPEN_TO_ALL = {
    ("GET", "/"),
    ("GET", "/static/{path:path}"),
    ("GET", "/embed.js"),
    ("POST", "/chat/sessions"),
    ("GET", "/plain"),
    ("POST", "/plain/begin"),
    ("POST", "/plain/code"),
    ("GET", "/plain/leave"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
}


def every_route(settings, screen):
    app = create_app(settings, Database(settings.database), screen=lambda: screen)
    assert all(isinstance(route, Route) for route in app.routes)
    return {(method, route.path) for route in app.routes for method in sorted(route.methods - {"HEAD"})}


def test_every_route_but_the_public_ones_refuses_an_anonymous_request(town, bare_settings, screen):
    routes = every_route(bare_settings, screen)
    assert routes > OPEN_TO_ALL
    for method, path in sorted(routes - OPEN_TO_ALL):
        response = town.http.request(method, path, json={"id": "0b8f3c5e-0000-4000-8000-000000000001", "text": "x"})
        assert response.status_code in (401, 403), f"{method} {path} answered {response.status_code}"


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/redoc",
        "/openapi.json",
        "/static/../web.py",
        "/static/%2e%2e/gateway/web.py",
        "/static/index.html",
        "/static/page.scss",
        "/static/",
        "/static/000000000000/",
        "/static/x/chat.js",
        "/static/%00",
        "/static//etc/passwd",
    ],
)
def test_nothing_else_is_served(town, path):
    assert town.http.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/health/live", "/chat/events", "/nothing", "/static/page.css"])
def test_every_answer_carries_the_security_headers(town, path):
    headers = town.http.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" in headers
    assert "server" not in headers or "uvicorn" in headers["server"]


def test_other_sites_get_no_access(town):
    response = town.http.options(
        "/chat/sessions", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not any(name.startswith("access-control") for name in response.headers)


def test_the_page_is_served_with_its_lines_filled_in(town):
    response = town.http.get("/")
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/html")
    assert "tel:116123" in response.text and "{" not in response.text
    styles = town.http.get("/static/page.css")
    assert styles.status_code == 200
    assert ".nhsuk-skip-link" in styles.text and ".chat-message" in styles.text, (
        "ours or the design system's is missing"
    )


def test_a_page_with_an_unknown_line_stops_start_up():
    with pytest.raises(DirectoryError):
        filled("<p>{nobody:phone}</p>", load_directory())


def test_ready_names_what_is_not(town, bare_settings, screen):
    assert town.http.get("/health/ready").json() == {
        "status": "ok", "database": "ok", "screen": "ok", "engine": "ok",
    }  # fmt: skip
    with make_town(bare_settings, screen) as without_engine:
        response = without_engine.http.get("/health/ready")
        assert response.status_code == 503 and response.json()["engine"] == "not_ready"
        assert without_engine.http.get("/health/live").status_code == 200


def test_a_failure_inside_is_a_plain_problem_with_the_lines(bare_settings, screen, monkeypatch, capsys):
    def fails(*args, **kwargs):
        raise RuntimeError("select secret from somewhere")

    with make_town(bare_settings, screen, engine=PlayedEngine()) as town:
        page = town.page()
        monkeypatch.setattr("bot.gateway.visits.take", fails)
        response = page.post("I want to end my life")
    assert response.status_code == 503 and "999" in response.json()["detail"]
    assert "secret" not in response.text + "".join(capsys.readouterr())
    assert response.headers["content-security-policy"]
