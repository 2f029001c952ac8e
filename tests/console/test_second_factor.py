"""The second factor: set up in the account, asked for at the door, taken once, limited, and given back by recovery codes."""

import re
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import select

from spa import second_factor
from spa.models import AuditEntry, SecondFactor, Staff
from spa.sealing import Sealer
from tests.console.driver import Browser, fields_of, text_of

LATER = {"seconds": 30}


def amina_of(session):
    return session.scalars(select(Staff).where(Staff.username == "amina")).one()


@pytest.fixture
def phone(app, database, clock):
    """Amina's authenticator, confirmed a while ago, and her recovery codes."""
    sealer = app.state.workplace.sealer
    with database.session() as session:
        secret = second_factor.begin(session, amina_of(session), sealer=sealer)
        totp = pyotp.TOTP(secret)
        codes = second_factor.confirm(session, amina_of(session), totp.at(clock()), sealer=sealer, now=clock())
    clock.forward(**LATER)
    return totp, codes


def password_given(stranger):
    """After the first step."""
    answer = stranger.log_in()
    assert answer.headers["location"] == "/login/code"
    return stranger


def with_code(browser, code):
    return browser.submit("/login/code", "/login/code", code=code)


def test_password_alone_opens_nothing(stranger, phone):
    password_given(stranger)
    assert stranger.get("/").status_code == 303


def test_code_opens_the_page_that_was_asked_for(stranger, phone, clock):
    assert stranger.log_in(next="/record").status_code == 303
    answer = with_code(stranger, phone[0].at(clock()))
    assert answer.headers["location"] == "/record"
    assert stranger.get("/").status_code == 200


def test_code_may_be_typed_with_a_space(stranger, phone, clock):
    code = phone[0].at(clock())
    assert with_code(password_given(stranger), f"{code[:3]} {code[3:]}").status_code == 303


@pytest.mark.parametrize("code", ["", "000000x", "１２３４５６", "not a code"])
def test_wrong_code_is_refused_in_plain_words(stranger, phone, code):
    answer = with_code(password_given(stranger), code)
    assert answer.status_code == 401
    assert "That code is not right, or was used before." in text_of(answer)


def test_used_code_is_refused(app, stranger, phone, clock):
    code = phone[0].at(clock())
    assert with_code(password_given(stranger), code).status_code == 303
    assert with_code(password_given(Browser(app)), code).status_code == 401


def test_older_code_is_refused_after_a_newer_one(app, stranger, phone, clock):
    older = phone[0].at(clock())
    clock.forward(**LATER)
    assert with_code(password_given(stranger), phone[0].at(clock())).status_code == 303
    assert with_code(password_given(Browser(app)), older).status_code == 401


def test_five_wrong_codes_lock_even_the_right_one_for_a_while(stranger, phone, clock):
    password_given(stranger)
    for _ in range(5):
        assert with_code(stranger, "wrong").status_code == 401
    answer = with_code(stranger, phone[0].at(clock()))
    assert answer.status_code == 429
    assert "Wait 15 minutes" in text_of(answer)
    clock.forward(minutes=15)
    assert with_code(password_given(stranger), phone[0].at(clock())).status_code == 303


def test_recovery_code_lets_in_once(app, stranger, phone):
    code = phone[1][0].upper()
    assert with_code(password_given(stranger), code).status_code == 303
    assert with_code(password_given(Browser(app)), code).status_code == 401


def test_first_step_is_good_for_ten_minutes(stranger, phone, clock):
    fields = fields_of(password_given(stranger).get("/login/code").text, "/login/code")
    clock.forward(minutes=11)
    assert stranger.get("/login/code").headers["location"] == "/login"
    answer = stranger.client.post("/login/code", data=fields | {"code": phone[0].at(clock())})
    assert answer.status_code == 403


def test_set_up_in_the_account_shows_a_picture_made_here_and_the_codes_once(amina, database, clock):
    amina.submit("/account", "/account/second-factor/begin")
    page = amina.get("/account").text
    secret = re.search(r'<code class="fd-code">([A-Z2-7]+)</code>', page)[1]
    assert 'class="fd-qr"' in page and "<img" not in page
    answer = amina.submit("/account", "/account/second-factor/confirm", code=pyotp.TOTP(secret).at(clock()))
    assert len(re.findall(r"<code", answer.text)) == 10
    assert "10 recovery codes left" in amina.text("/account")
    with database.reading() as session:
        assert secret not in session.scalars(select(SecondFactor.sealed)).one()
        assert session.scalars(select(AuditEntry.action)).all() == ["second_factor.on"]


def test_set_up_is_off_until_a_code_confirms_it(amina, stranger):
    amina.submit("/account", "/account/second-factor/begin")
    answer = amina.submit("/account", "/account/second-factor/confirm", code="000000")
    assert answer.status_code == 422
    assert stranger.log_in().headers["location"] == "/"


@pytest.mark.parametrize("act", ["off", "codes"])
def test_change_in_the_account_needs_a_code(amina, phone, clock, act):
    fields = {"csrf": re.search(r'name="csrf" value="([^"]+)"', amina.get("/account").text)[1]}
    address = f"/account/second-factor/{act}"
    assert amina.client.post(address, data=fields | {"code": "000000"}).status_code == 422
    assert "10 recovery codes left" in amina.text("/account")
    answer = amina.client.post(address, data=fields | {"code": phone[0].at(clock())})
    assert answer.status_code == (303 if act == "off" else 200)
    assert ("Off: only your password" in amina.text("/account")) is (act == "off")


@pytest.fixture
def strict(app):
    """An installation in which every account must have a second factor."""
    app.state.workplace = replace(app.state.workplace, second_factor_required=True)
    return Browser(app)


def test_required_factor_is_set_up_at_the_door(strict, clock):
    assert strict.log_in().headers["location"] == "/login/set-up"
    assert strict.get("/").status_code == 303
    secret = re.search(r'<code class="fd-code">([A-Z2-7]+)</code>', strict.get("/login/set-up").text)[1]
    answer = strict.submit("/login/set-up", "/login/set-up", code=pyotp.TOTP(secret).at(clock()))
    assert "Keep these recovery codes" in text_of(answer)
    assert strict.get("/").status_code == 200


def test_required_factor_cannot_be_turned_off(app, amina, phone, clock, strict):
    fields = {"csrf": re.search(r'name="csrf" value="([^"]+)"', amina.get("/account").text)[1]}
    answer = amina.client.post("/account/second-factor/off", data=fields | {"code": phone[0].at(clock())})
    assert answer.status_code == 403
    assert "On: a code" in amina.text("/account")


@pytest.fixture
def key_lost(app, phone, clock):
    """What the console seals with is another key from now on."""
    app.state.workplace = replace(app.state.workplace, sealer=Sealer(b"another key", "second factor"))
    return phone


def test_where_the_key_was_lost_no_code_of_the_authenticator_is_taken_but_a_recovery_code_is(stranger, key_lost, clock):
    totp, codes = key_lost
    answer = with_code(password_given(stranger), totp.at(clock()))
    assert answer.status_code == 401
    assert "That code is not right, or was used before." in text_of(answer)
    assert with_code(stranger, codes[0]).status_code == 303
    assert stranger.get("/account").status_code == 200


def test_where_the_key_was_lost_a_set_up_that_had_begun_begins_anew(app, stranger, database):
    place = app.state.workplace
    with database.session() as session:
        second_factor.begin(session, amina_of(session), sealer=place.sealer)
    sealer = Sealer(b"another key", "second factor")
    app.state.workplace = replace(place, sealer=sealer, second_factor_required=True)
    assert stranger.log_in().headers["location"] == "/login/set-up"
    assert stranger.get("/login/set-up").status_code == 200
    with database.reading() as session:
        assert second_factor.begun(session, amina_of(session), sealer=sealer)
