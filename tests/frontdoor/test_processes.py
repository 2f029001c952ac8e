"""What each process is given: the engine and the actions none of the front's settings."""

from frontdoor.processes import all_processes, environment_of
from frontdoor.settings import Settings


def test_engine_and_actions_get_no_database_address_and_no_secret(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://front@localhost/door")
    monkeypatch.setenv("FRONTDOOR_SECRET_KEY", "a key")
    monkeypatch.setenv("FRONTDOOR_TWILIO_AUTH_TOKEN", "a token")
    for process in all_processes(Settings()):
        environment = environment_of(process)
        indoors = process.name in ("engine", "actions")
        assert ("DATABASE_URL" in environment) is not indoors
        assert ("FRONTDOOR_SECRET_KEY" in environment) is not indoors
        assert ("FRONTDOOR_TWILIO_AUTH_TOKEN" in environment) is not indoors


def test_engine_and_actions_listen_on_loopback_only():
    by_name = {process.name: process for process in all_processes(Settings(host="0.0.0.0"))}
    assert by_name["engine"].argv[by_name["engine"].argv.index("--interface") + 1] == "127.0.0.1"
    assert all(process.ready is None or "//127.0.0.1" in process.ready for process in by_name.values())
