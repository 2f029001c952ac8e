"""Looking after people: administrators only, never oneself, on the record; what changes holds from the next page on."""

import pyotp
import pytest
from sqlalchemy import select

from spa import second_factor
from spa.models import AuditEntry, ProviderIdentity, Role, Staff
from tests.console.driver import fields_of, text_of


def of(session, username):
    return session.scalars(select(Staff).where(Staff.username == username)).one()


@pytest.fixture
def admin(tom, database):
    """Tom as an administrator."""
    with database.session() as session:
        of(session, "tom").role = Role.ADMINISTRATOR
    return tom


def test_people_are_listed_with_role_and_how_they_log_in(admin):
    page = admin.text("/people")
    assert "Amina Yusuf amina · Clinician · password alone" in page


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_people_are_refused_to_others_in_plain_words(amina, database, role):
    with database.session() as session:
        of(session, "amina").role = Role(role)
    answer = amina.get("/people")
    assert answer.status_code == 403
    assert "Only administrators can look after people" in text_of(answer)


def test_a_change_is_refused_to_others(admin, amina, database):
    csrf = fields_of(amina.get("/").text, "/logout")
    for act, fields in (("off", {}), ("role", {"role": "manager"}), ("role", {"role": "king"}), ("factor", {})):
        assert amina.client.post(f"/people/tom/{act}", data=csrf | fields).status_code == 403
    with database.reading() as session:
        assert of(session, "tom").active


def test_a_role_holds_from_the_next_page_on(admin, amina):
    assert amina.get("/record").status_code == 403
    assert admin.submit("/people", "/people/amina/role", role="manager").status_code == 303
    assert amina.get("/record").status_code == 200


def test_an_unknown_role_is_refused(admin, database):
    assert admin.submit("/people", "/people/amina/role", role="king").status_code == 422
    with database.reading() as session:
        assert of(session, "amina").role == "clinician"


def test_somebody_let_in_no_more_is_logged_out_at_once(admin, amina, stranger):
    admin.submit("/people", "/people/amina/off")
    assert amina.get("/").status_code == 303
    assert stranger.log_in().status_code == 401
    assert "not let in" in admin.text("/people")
    admin.submit("/people", "/people/amina/on")
    assert stranger.log_in().status_code == 303


def test_a_lost_second_factor_is_removed(app, admin, stranger, database, clock):
    sealer = app.state.workplace.sealer
    with database.session() as session:
        totp = pyotp.TOTP(second_factor.begin(session, of(session, "amina"), sealer=sealer))
        second_factor.confirm(session, of(session, "amina"), totp.at(clock()), sealer=sealer, now=clock())
    admin.submit("/people", "/people/amina/factor")
    assert stranger.log_in().headers["location"] == "/"


@pytest.mark.parametrize("act", ["off", "on", "factor", "role"])
def test_nobody_does_it_to_themselves(admin, act):
    csrf = fields_of(admin.get("/").text, "/logout")
    answer = admin.client.post(f"/people/tom/{act}", data=csrf | {"role": "clinician"})
    assert answer.status_code == 422
    assert "You cannot do that to your own account." in text_of(answer)


def test_a_role_of_the_provider_is_changed_there(admin, database):
    with database.session() as session:
        session.add(ProviderIdentity(issuer="https://login.example", subject="1", staff_id=of(session, "amina").id))
    csrf = fields_of(admin.get("/").text, "/logout")
    answer = admin.client.post("/people/amina/role", data=csrf | {"role": "manager"})
    assert "Change their groups there." in text_of(answer)


def test_nobody_of_that_name_is_not_found(admin):
    csrf = fields_of(admin.get("/").text, "/logout")
    assert admin.client.post("/people/nobody/off", data=csrf).status_code == 404


def test_changes_go_on_the_record(admin, database):
    admin.submit("/people", "/people/amina/role", role="manager")
    with database.reading() as session:
        acts = [(one.actor, one.action, one.subject, one.detail) for one in session.scalars(select(AuditEntry))]
    assert ("tom", "person.role", "amina", "manager") in acts
    assert "Tom Okafor Gave somebody a role amina manager" in admin.text("/record")
