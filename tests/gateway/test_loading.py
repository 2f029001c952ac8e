"""Starting: the page is there at once, a message waits for the screen, and without a screen the gateway does not run."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.gateway.app import create_app
from spa.database import Database
from tests.gateway.played_engine import PlayedEngine, eventually
from tests.gateway.town import Town, settings
from tests.gateway.town import town as make_town
from tests.serving import serving

RED = "I am going to kill myself tonight"


@pytest.fixture
def slow(tmp_path, screen):
    """A gateway whose screen loads when `go` is set."""
    go = threading.Event()

    def load():
        assert go.wait(20)
        return screen

    with make_town(settings(tmp_path), load, engine=PlayedEngine()) as town:
        town.go = go
        yield town
        go.set()


def test_before_the_screen_is_there_the_page_and_a_chat_are(slow):
    assert slow.http.get("/health/live").status_code == 200
    assert slow.http.get("/").status_code == 200
    assert slow.http.get("/health/ready").json()["screen"] == "not_ready"
    assert slow.page().messages[-1]["ask"] == "consent"


def test_a_message_waits_for_the_screen_and_holds_nothing_up(slow):
    page, phone = slow.page(), slow.phone()
    with ThreadPoolExecutor(2) as pool:
        by_web, by_text = pool.submit(page.say, RED), pool.submit(phone.text, RED)
        other = slow.page()
        assert slow.messages(page.id)[-1].author == "assistant" and phone.conversations == []
        assert slow.http.delete("/chat/sessions", headers=other.headers).status_code == 204
        slow.go.set()
        assert by_web.result()[0]["kind"] == "crisis"
        assert by_text.result().status_code == 200
    assert slow.escalations(page.id)[0].flag.value == "red"
    assert slow.escalations(phone.conversations[0].id)[0].flag.value == "red"
    assert slow.http.get("/health/ready").json()["screen"] == "ok"


def test_a_resident_who_gives_up_waiting_does_not_stop_the_loading(slow):
    import httpx

    page = slow.page()
    with pytest.raises(httpx.ReadTimeout):
        slow.http.post("/chat/messages", json={"id": "impatient-1", "text": RED}, headers=page.headers, timeout=0.3)
    slow.go.set()
    assert page.say(RED)[0]["kind"] == "crisis"


def test_a_screen_that_cannot_be_loaded_ends_the_gateway_and_passes_nothing(bare_settings, capsys):
    def broken():
        raise ValueError("data/crisis/imminent.yml: unknown key")

    gave_up = threading.Event()
    database = Database(bare_settings.database)
    database.migrate()
    app = create_app(bare_settings, database, screen=broken, give_up=gave_up.set)
    with serving(app) as address:
        assert gave_up.wait(10)
        town = Town(address, database, PlayedEngine(), None, bare_settings)
        page = town.page()
        assert town.http.get("/health/ready").json()["screen"] == "not_ready"
        assert page.say("hello")[0]["kind"] == "crisis"
        (escalation,) = town.escalations(page.id)
        assert (escalation.level, escalation.flag.value) == ("screen_failed", "amber")
        town.http.close()
    database.close()
    assert "unknown key" in "".join(capsys.readouterr())


def test_the_first_introduction_does_not_wait_for_its_schema(slow):
    from spa import documents

    slow.go.set()
    eventually(lambda: documents._validator.cache_info().currsize == 1)


def test_what_takes_long_to_load_is_not_loaded_with_the_app():
    late = ("fastapi", "jsonschema", "numpy", "onnxruntime", "alembic", "lingua", "spacy", "twilio.rest", "websockets")
    code = f"import sys, bot.gateway.app, frontdoor.serve; print([name for name in {late} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert loaded.stdout.strip() == "[]"
