"""Every route of the console: closed to strangers, and to forms that are not its own."""

import pytest
from starlette.routing import Mount

from tests.console import factories

OPEN = {
    ("GET", "/health"),
    ("GET", "/login"),
    ("POST", "/login"),
    # The steps of logging in, each with a signed ticket of the step before it.
    ("GET", "/login/code"),
    ("POST", "/login/code"),
    ("GET", "/login/set-up"),
    ("POST", "/login/set-up"),
    ("GET", "/login/provider"),
    ("GET", "/login/provider/back"),
    ("GET", "/static/nhsuk.css"),
    ("GET", "/static/charts.js"),
}
STATIC = {"/static/console", "/static/nhsuk", "/assets"}


def endpoints(app):
    """(method, path) of every route, however it came in."""
    found = set()
    for route in flattened(app.routes):
        if isinstance(route, Mount):
            assert route.path in STATIC, f"{route.path} is not known to be open"
            continue
        found |= {(method, route.path) for method in route.methods}
    return found


def flattened(routes):
    """FastAPI keeps an included router as one entry. Its own routes hold their whole paths."""
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from flattened(included.routes) if included else [route]


@pytest.fixture
def filled(app, database):
    """The same with real references in the paths."""
    with database.session() as session:
        reference = factories.introduction(session).reference
        alarm = factories.escalation(session)
    return {
        (method, path): path.replace("{reference}", reference)
        .replace("{code}", alarm.code)
        .replace("{conversation_id}", alarm.conversation_id)
        .replace("{username}", "tom")
        for method, path in endpoints(app)
    }


def test_routes_are_all_walked(filled):
    assert {"/", "/login", "/logout", "/find", "/fragments/home"} <= {path for _, path in filled}
    assert len(filled) >= 17


def test_routes_refuse_a_stranger(stranger, filled):
    for (method, path), address in filled.items():
        if (method, path) in OPEN:
            continue
        answer = stranger.client.request(method, address)
        is_page = method == "GET" and "fragment" not in path
        assert answer.status_code == (303 if is_page else 401), (method, path)
        assert not is_page or answer.headers["location"].startswith("/login"), (method, path)
        assert "Grace" not in answer.text, (method, path)


def test_routes_refuse_a_made_up_login(stranger, filled):
    stranger.client.cookies.set("frontdoor-login", "made-up")
    for (method, path), address in filled.items():
        if (method, path) not in OPEN:
            assert stranger.client.request(method, address).status_code in (303, 401), (method, path)


@pytest.mark.parametrize("fields", [{}, {"csrf": "made-up"}, {"csrf": "é"}, {"csrf": ""}], ids=str)
def test_routes_refuse_a_form_that_is_not_their_own(amina, filled, fields):
    for (method, path), address in filled.items():
        if method == "POST":
            answer = amina.client.post(address, data=fields)
            assert answer.status_code == 403, path
            assert "nothing was changed" in answer.text, path


def test_routes_refuse_a_form_with_a_colleagues_token(amina, tom, database, filled):
    token = amina.get("/").text.split('name="csrf" value="')[1].split('"')[0]
    for (method, path), address in filled.items():
        if method == "POST":
            assert tom.client.post(address, data={"csrf": token}).status_code == 403, path


def test_routes_change_nothing_by_looking(app):
    assert not [route for route in endpoints(app) if route[0] not in ("GET", "POST", "HEAD")]
