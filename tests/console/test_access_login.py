"""Who gets in, for how long, and what a refusal gives away."""

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from frontdoor.settings import Settings
from spa.console.access import own_page
from spa.console.app import create_app
from spa.models import AuditEntry
from tests.console.driver import Browser, fields_of, text_of

WRONG = "Not the password at all"


def test_login_leads_to_the_front_page(stranger):
    answer = stranger.log_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Amina Yusuf" in stranger.text("/")


def test_login_is_on_the_record(stranger, database):
    stranger.log_in()
    with database.reading() as session:
        assert session.scalars(select(AuditEntry.actor).where(AuditEntry.action == "login.opened")).all() == ["amina"]


def test_login_leads_back_to_the_page_asked_for(stranger):
    refused = stranger.get("/?mine=1")
    assert (refused.status_code, refused.headers["location"]) == (303, "/login?next=%2F%3Fmine%3D1")
    assert stranger.log_in(next="/?mine=1").headers["location"] == "/?mine=1"


def test_login_never_leads_to_another_site(stranger):
    assert stranger.log_in(next="//evil.example").headers["location"] == "/"


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ("/", True),
        ("/introductions/LW-2222-222?done=noted#note", True),
        ("/find?reference=//x", True),
        ("", False),
        ("introductions", False),
        ("https://evil.example/", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("/\t/evil.example", False),
        ("/\n/evil.example", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_pages_of_the_console_are_led_to(wanted, allowed):
    assert own_page(wanted) == (wanted if allowed else "/")


def test_login_refusal_is_the_same_for_an_unknown_and_a_known_username(stranger):
    unknown = stranger.log_in("nobody", WRONG)
    known = stranger.log_in("amina", WRONG)
    assert unknown.status_code == known.status_code == 401
    assert text_of(unknown) == text_of(known)


def test_login_is_locked_after_five_wrong_passwords_and_says_the_same(stranger):
    refusals = [stranger.log_in("amina", WRONG) for _ in range(5)]
    locked = stranger.log_in("amina")
    assert locked.status_code == 401
    assert {text_of(refusal) for refusal in refusals} == {text_of(locked)}


def test_login_is_open_again_after_fifteen_minutes(stranger, clock):
    for _ in range(5):
        stranger.log_in("amina", WRONG)
    clock.forward(minutes=15)
    assert stranger.log_in("amina").status_code == 303


def test_login_form_without_its_token_is_refused(stranger):
    stranger.get("/login")
    answer = stranger.client.post("/login", data={"username": "amina", "password": WRONG})
    assert answer.status_code == 403


def test_login_form_with_another_visitors_token_is_refused(app, stranger):
    token = fields_of(Browser(app).get("/login").text, "/login")["csrf"]
    stranger.get("/login")
    answer = stranger.client.post("/login", data={"username": "amina", "password": WRONG, "csrf": token})
    assert answer.status_code == 403


def test_login_ends_after_thirty_idle_minutes_and_says_why(amina, clock):
    clock.forward(minutes=31)
    answer = amina.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?told=idle")
    assert "not used for a while" in amina.text("/login?told=idle")


def test_login_lasts_while_it_is_used(amina, clock):
    for _ in range(3):
        clock.forward(minutes=20)
        assert amina.get("/").status_code == 200


def test_login_is_not_kept_alive_by_a_page_that_refreshes_itself(amina, clock):
    for _ in range(3):
        clock.forward(minutes=12)
        answer = amina.get("/fragments/home")
    assert answer.status_code == 401


def test_login_is_kept_alive_by_somebody_at_the_page(amina, clock):
    for _ in range(3):
        clock.forward(minutes=12)
        answer = amina.get("/fragments/home", headers={"X-Somebody-There": "yes"})
    assert answer.status_code == 200


def test_logout_ends_the_login_for_a_copy_of_its_cookie_too(app, amina):
    copy = Browser(app)
    copy.client.cookies.update(amina.client.cookies)
    assert amina.submit("/", "/logout").headers["location"] == "/login?told=out"
    assert copy.get("/").status_code == 303


def test_login_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger):
    cookie = stranger.log_in().headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_login_cookie_over_https_is_secure_and_bound_to_its_host(settings, database, clock):
    secure = Settings(var=settings.var, secret_key=SecretStr("another key for tests"), cookies_secure=True)
    answer = Browser(create_app(secure, database, clock=clock)).get("/login")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert answer.headers["strict-transport-security"]
