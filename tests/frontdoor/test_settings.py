"""Settings: what is wrong is named, secrets are masked, a key is drawn once."""

import stat

import pytest

from frontdoor import settings
from frontdoor.settings import SettingsError


@pytest.fixture(autouse=True)
def private(monkeypatch, tmp_path):
    """No setting of this machine, and a folder of our own."""
    for name in ("DATABASE_URL", "FRONTDOOR_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FRONTDOOR_VAR", str(tmp_path / "var"))


def test_settings_without_any_use_embedded_sqlite_and_no_sms(tmp_path):
    loaded = settings.load()
    assert loaded.database == f"sqlite:///{tmp_path}/var/frontdoor.sqlite3"
    assert not loaded.sms_enabled


def test_settings_database_url_is_taken_as_it_is(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://front@localhost/door")
    assert settings.load().database == "postgresql+psycopg://front@localhost/door"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRONTDOOR_GATEWAY_PORT", "eighty"),
        ("FRONTDOOR_ENGINE_TIMEOUT", "-1"),
        ("FRONTDOOR_ESCALATION_MINUTES", "0"),
        ("FRONTDOOR_DRAFT_DAYS", "many"),
        ("FRONTDOOR_QUIET_HOURS", "9pm-8am"),
        ("FRONTDOOR_REMINDER_MINUTES", "-1"),
        ("FRONTDOOR_CLOSE_TEXTS_HOURS", "0.5"),
        ("FRONTDOOR_LOGIN_IDLE_MINUTES", "0"),
        ("FRONTDOOR_LOGIN_HOURS", "25"),
        ("FRONTDOOR_SECOND_FACTOR", "sometimes"),
        ("FRONTDOOR_EMBEDDING_ORIGINS", "https://example.org/page"),
        ("FRONTDOOR_EMBEDDING_ORIGINS", "https://a.example; script-src *"),
        ("FRONTDOOR_EMBEDDING_ORIGINS", "*"),
    ],
)
def test_settings_name_the_one_that_is_wrong(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        settings.load()


def test_settings_escalation_contacts_that_are_not_json_are_named(monkeypatch):
    monkeypatch.setenv("FRONTDOOR_ESCALATION_CONTACTS", "call Jo")
    with pytest.raises(SettingsError, match="FRONTDOOR_ESCALATION_CONTACTS"):
        settings.load()


def test_settings_sms_names_everything_that_is_missing(monkeypatch):
    monkeypatch.setenv("FRONTDOOR_TWILIO_ACCOUNT_SID", "AC1")
    with pytest.raises(SettingsError, match=r"AUTH_TOKEN.*PUBLIC_ADDRESS.*TWILIO_FROM"):
        settings.load()


def test_settings_provider_names_everything_that_is_missing(monkeypatch):
    monkeypatch.setenv("FRONTDOOR_OIDC_ISSUER", "https://login.example")
    with pytest.raises(SettingsError, match=r"CLIENT_ID.*CLIENT_SECRET.*ROLES.*CONSOLE_ADDRESS"):
        settings.load()


def test_settings_draw_a_secret_key_once_for_its_owner_only(tmp_path):
    first, second = settings.load(), settings.load()
    assert first.secret_key.get_secret_value() == second.secret_key.get_secret_value()
    assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600


def test_settings_show_no_secret_when_printed(monkeypatch):
    monkeypatch.setenv("FRONTDOOR_WEBHOOK_SECRET", "not for logs")
    assert "not for logs" not in repr(settings.load())
