"""What every answer carries, and what is said when something breaks."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from frontdoor.settings import Settings, SettingsError
from spa.console.app import STATIC, create_app
from spa.console.workplace import TEMPLATES, environment
from spa.database import Database
from tests.console import factories
from tests.console.driver import Browser

FORM = "application/x-www-form-urlencoded"
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", ["/login", "/", "/nowhere", "/static/console/console.css", "/health"])
def test_answers_all_carry_the_policy(amina, path):
    headers = amina.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_inline_style_or_script_and_no_other_host(template: Path):
    text = template.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not INLINE.search(text)
    assert not re.search(r"https?:|//[a-z]", text)


def test_stylesheets_ask_no_other_host_for_anything(stranger):
    for path in ("/static/nhsuk.css", "/static/console/console.css"):
        assert not re.search(r"url\([\"']?(https?:)?//", stranger.get(path).text)


def test_scripts_and_styles_are_served(stranger):
    names = [f"/static/console/{path.name}" for path in STATIC.iterdir()]
    for path in [*names, "/static/nhsuk/nhsuk-frontend.min.js", "/static/nhsuk.css"]:
        assert stranger.get(path).status_code == 200, path


def test_pages_about_people_are_not_kept(amina):
    assert amina.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere", "/introductions/LW-2222-222", "/introductions/x", "/escalations/QQQQ"])
def test_unknown_pages_say_so_plainly(amina, path):
    answer = amina.get(path)
    assert answer.status_code == 404
    assert "Nothing here" in answer.text
    assert "detail" not in answer.text


def test_wrong_method_is_refused_plainly(amina):
    answer = amina.client.delete("/")
    assert answer.status_code == 405
    assert "<h1" in answer.text


def test_overlong_fields_are_refused_plainly(amina, database):
    with database.session() as session:
        page = f"/introductions/{factories.introduction(session).reference}"
    answer = amina.submit(page, f"{page}/notes", note="x" * 20_001)
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text


@pytest.mark.parametrize("path", ["/login", "/logout", "/nowhere"])
def test_huge_request_is_refused_unread_even_from_a_stranger(stranger, path):
    answer = stranger.client.post(path, content=b"x=" + b"y" * 200_000, headers={"Content-Type": FORM})
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_request_that_hides_its_length_is_refused(stranger):
    answer = stranger.client.post("/login", content=iter([b"x=", b"y"]), headers={"Content-Type": FORM})
    assert answer.status_code == 411


def break_filter(app, name, broken):
    """Templates of this test's own, with one filter that fails."""
    templates = environment()
    templates.filters[name] = broken
    app.state.workplace = replace(app.state.workplace, templates=templates)


def test_fault_is_answered_without_its_words(app, amina, database):
    with database.session() as session:
        reference = factories.introduction(session).reference
    break_filter(app, "ago", lambda *_: 1 / 0)
    answer = amina.get(f"/introductions/{reference}")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "division" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_fault_is_logged_without_its_words(app, amina, capsys):
    def broken(*_: object) -> str:
        raise RuntimeError("Grace Mensah, 07700 900123")

    break_filter(app, "plain", broken)
    assert amina.get("/").status_code == 500
    logged = "".join(capsys.readouterr())
    assert "RuntimeError" in logged
    assert "Grace" not in logged
    assert "900123" not in logged


def test_health_is_open_and_says_ok(stranger):
    answer = stranger.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_health_says_when_there_is_no_database(settings, tmp_path):
    nowhere = Database(f"sqlite:///{tmp_path}/no/such/folder.sqlite3")
    answer = Browser(create_app(settings, nowhere)).get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "no database"})


def test_app_does_not_start_without_a_secret_key(tmp_path, database):
    with pytest.raises(SettingsError, match="FRONTDOOR_SECRET_KEY"):
        create_app(Settings(var=tmp_path, secret_key=SecretStr("")), database)


def test_app_does_not_start_without_front_end_packages(settings, database, tmp_path):
    with pytest.raises(SettingsError, match="front-end packages"):
        create_app(settings, database, nhsuk=tmp_path / "none")
