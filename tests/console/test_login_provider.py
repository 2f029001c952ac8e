"""Logging in at a real OpenID Connect provider: who gets in, as what, and what is not believed."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from frontdoor.settings import Settings, SettingsError
from spa import audit
from spa.console import tickets
from spa.console.provider import KNOWN_FOR, Provider, ProviderFailed
from spa.models import AuditEntry, Staff
from tests.console.driver import Browser, text_of
from tests.console.oidc_provider import oidc_provider, say, vouch
from tests.serving import serving

ADDRESS = "http://console.test"
ROLES = {"spa-managers": "manager", "spa-clinicians": "clinician"}


@pytest.fixture(scope="module")
def issuer():
    with oidc_provider() as issuer:
        yield issuer


def settings_of(issuer, **changes):
    given = {
        "oidc_issuer": issuer,
        "oidc_client_id": "front-door",
        "oidc_client_secret": "a secret between the two",
        "oidc_roles": ROLES,
        "oidc_name": "Lambeth",
    }
    return Settings(**given | changes)


@pytest.fixture
def visitor(app, issuer):
    """Not logged in, at a console that has the provider."""
    provider = Provider.from_settings(settings_of(issuer))
    app.state.workplace = replace(app.state.workplace, provider=provider, address=ADDRESS)
    return Browser(app)


def sent_away(browser, onward="/"):
    """The provider's address that the login page leads to."""
    answer = browser.get("/login/provider", params={"next": onward})
    assert answer.status_code == 303
    return answer.headers["location"]


def logged_in(browser, sub, onward="/"):
    """The answer to what the provider sends back."""
    return browser.get("/login/provider/back", params=vouch(sent_away(browser, onward), sub))


def staff_of(database):
    with database.reading() as session:
        return {person.username: (person.name, person.role) for person in session.scalars(select(Staff))}


def test_login_page_leads_to_the_provider(visitor):
    assert "Log in with Lambeth" in visitor.text("/login")


def test_provider_is_asked_with_state_nonce_and_a_challenge(visitor):
    asked = parse_qs(urlsplit(sent_away(visitor)).query)
    assert asked["redirect_uri"] == [f"{ADDRESS}/login/provider/back"]
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)


def test_provider_lets_in_with_the_role_of_a_group_and_onto_the_record(visitor, database):
    answer = logged_in(visitor, "grace", onward="/record")
    assert (answer.status_code, answer.headers["location"]) == (303, "/record")
    assert "Grace Example" in visitor.text("/")
    assert staff_of(database)["grace"] == ("Grace Example", "clinician")
    with database.reading() as session:
        opened = session.scalars(select(AuditEntry).where(AuditEntry.action == "login.opened")).one()
    assert (opened.actor, opened.detail) == ("grace", "provider")


def test_the_first_group_of_the_setting_decides(visitor, database):
    logged_in(visitor, "sam")
    assert staff_of(database)["sam"][1] == "manager"


def test_the_same_person_has_one_account_and_the_role_of_today(app, visitor, database, issuer):
    logged_in(visitor, "sam")
    say(issuer, "sam", name="Sam Newname", preferred_username="sam.new", groups=["spa-clinicians"])
    try:
        logged_in(Browser(app), "sam")
    finally:
        say(issuer, "sam", name="Sam Example", preferred_username="sam", groups=["spa-managers"])
    assert staff_of(database)["sam"] == ("Sam Newname", "clinician")
    assert "sam.new" not in staff_of(database)


def acts_on(database, username):
    with database.reading() as session:
        return [(act.actor, act.action, act.detail) for act in audit.for_subject(session, username)]


def test_an_account_that_a_login_makes_goes_on_the_record(visitor, database):
    logged_in(visitor, "grace")
    logged_in(visitor, "grace")
    made = [act for act in acts_on(database, "grace") if act[1] == "account.made"]
    assert made == [("grace", "account.made", "clinician")]


def test_a_role_that_a_login_changes_goes_on_the_record(app, visitor, database, issuer):
    logged_in(visitor, "sam")
    say(issuer, "sam", name="Sam Example", preferred_username="sam", groups=["spa-clinicians"])
    try:
        logged_in(Browser(app), "sam")
    finally:
        say(issuer, "sam", name="Sam Example", preferred_username="sam", groups=["spa-managers"])
    changed = [act for act in acts_on(database, "sam") if act[1] == "account.role"]
    assert changed == [("sam", "account.role", "from manager to clinician")]


@pytest.mark.parametrize("blank", ["", "  "])
def test_somebody_without_a_username_there_is_called_by_their_subject(visitor, database, issuer, blank):
    say(issuer, "rowan", preferred_username=blank, groups=["spa-clinicians"])
    assert logged_in(visitor, "rowan").status_code == 303
    assert staff_of(database)["rowan"] == ("rowan", "clinician")


def test_an_account_made_here_is_never_taken_over(visitor, database):
    assert logged_in(visitor, "tom").status_code == 303
    assert staff_of(database)["tom"] == ("Tom Okafor", "manager")
    assert staff_of(database)["tom.2"] == ("Tom Example", "clinician")


def test_an_account_of_the_provider_has_no_password(visitor, database):
    logged_in(visitor, "grace")
    for password in ("", "x"):
        assert visitor.log_in("grace", password).status_code == 401


def test_nobody_gets_in_without_a_role(visitor, database):
    answer = logged_in(visitor, "visitor")
    assert answer.status_code == 403
    assert "has no role in Front Door" in text_of(answer)
    assert "visitor" not in staff_of(database)


def test_an_account_that_was_turned_off_stays_off(app, visitor, database):
    logged_in(visitor, "grace")
    with database.session() as session:
        session.scalars(select(Staff).where(Staff.username == "grace")).one().active = False
    assert logged_in(Browser(app), "grace").status_code == 403


def test_another_browser_cannot_use_what_came_back(app, visitor):
    given = vouch(sent_away(visitor), "grace")
    assert Browser(app).get("/login/provider/back", params=given).status_code == 400


def test_a_made_up_state_is_refused(visitor):
    given = vouch(sent_away(visitor), "grace") | {"state": "made-up"}
    assert visitor.get("/login/provider/back", params=given).status_code == 400


def test_a_refusal_there_is_told_in_plain_words(visitor):
    answer = visitor.get("/login/provider/back", params=vouch(sent_away(visitor), "grace", action="deny"))
    assert answer.status_code == 400
    assert "Logging in there did not work." in text_of(answer)


def test_an_answer_to_another_question_is_not_believed(app, visitor):
    given = vouch(sent_away(visitor), "grace")
    place = app.state.workplace
    kept = tickets.read(place, "asked", visitor.client.cookies["frontdoor-asked"])
    visitor.client.cookies.delete("frontdoor-asked")
    visitor.client.cookies.set("frontdoor-asked", tickets.made(place, "asked", kept | {"nonce": "another"}))
    assert visitor.get("/login/provider/back", params=given).status_code == 502


def test_a_code_is_good_once(app, visitor):
    given = vouch(sent_away(visitor), "grace")
    kept = visitor.client.cookies["frontdoor-asked"]
    assert visitor.get("/login/provider/back", params=given).status_code == 303
    again = Browser(app)
    again.client.cookies.set("frontdoor-asked", kept)
    assert again.get("/login/provider/back", params=given).status_code == 502


def test_what_was_asked_is_good_for_ten_minutes(visitor, clock):
    given = vouch(sent_away(visitor), "grace")
    clock.forward(minutes=11)
    assert visitor.get("/login/provider/back", params=given).status_code == 400


def test_a_provider_under_another_name_is_not_believed(app, visitor, issuer):
    other = Provider.from_settings(settings_of(f"{issuer}/"))
    app.state.workplace = replace(app.state.workplace, provider=other)
    assert visitor.get("/login/provider").status_code == 502


def test_a_provider_that_is_away_is_told_in_plain_words(app, visitor):
    away = Provider.from_settings(settings_of("http://127.0.0.1:9"))
    app.state.workplace = replace(app.state.workplace, provider=away)
    answer = visitor.get("/login/provider")
    assert answer.status_code == 502
    assert "Try again in a minute." in text_of(answer)


def test_login_never_leads_to_another_site(visitor):
    assert logged_in(visitor, "grace", onward="//elsewhere.example").headers["location"] == "/"


def test_without_a_provider_there_is_no_such_page(stranger):
    assert stranger.get("/login/provider").status_code == 404
    assert "Log in with" not in stranger.text("/login")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"oidc_issuer": "http://login.example"}, "FRONTDOOR_OIDC_ISSUER"),
        ({"oidc_roles": {"group": "king"}}, "FRONTDOOR_OIDC_ROLES"),
        ({"oidc_roles": {}}, "FRONTDOOR_OIDC_ROLES"),
    ],
)
def test_a_wrong_setting_is_named(issuer, changes, named):
    with pytest.raises(SettingsError, match=named):
        Provider.from_settings(settings_of(issuer, **changes))


class Described:
    """A provider of which nothing but its description is asked. `statuses`: of its answers, 200 once there are none left."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)
        self.asked = 0

    async def answer(self, request):
        self.asked += 1
        here = str(request.base_url).rstrip("/")
        ends = {name: f"{here}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return JSONResponse({"issuer": here} | ends, status_code=self.statuses.pop(0) if self.statuses else 200)

    def serving(self):
        return serving(Starlette(routes=[Route("/.well-known/openid-configuration", self.answer)]))


def test_description_of_the_provider_is_asked_for_again_after_five_minutes():
    described, seconds = Described(), iter([0, KNOWN_FOR - 1, KNOWN_FOR])
    with described.serving() as issuer:
        provider = Provider.from_settings(settings_of(issuer), clock=lambda: next(seconds))
        asked = []
        for _ in range(3):
            provider.ask(back=ADDRESS, onward="/")
            asked.append(described.asked)
    assert asked == [1, 1, 2]


def test_description_that_could_not_be_had_is_asked_for_again_at_once():
    described = Described(503)
    with described.serving() as issuer:
        provider = Provider.from_settings(settings_of(issuer))
        with pytest.raises(ProviderFailed):
            provider.ask(back=ADDRESS, onward="/")
        url, _ = provider.ask(back=ADDRESS, onward="/")
    assert url.startswith(f"{issuer}/authorization_endpoint")
