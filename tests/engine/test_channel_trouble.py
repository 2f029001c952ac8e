"""The engine when its parts fail, are killed, or lose what they kept."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.processes import Actions, Engine, turn

MARKER = "zebra-7-marker"


@pytest.fixture
def actions(tmp_path: Path) -> Iterator[Actions]:
    """An action server of the test's own, not started."""
    (tmp_path / "actions").mkdir()
    actions = Actions(tmp_path / "actions")
    yield actions
    actions.stop()


@pytest.fixture
def own_engine(model: Path, actions: Actions, tmp_path: Path) -> Iterator[Engine]:
    """An engine of the test's own, running, on that action server."""
    (tmp_path / "engine").mkdir()
    engine = Engine(tmp_path / "engine", model=model, actions_url=actions.url)
    engine.start()
    yield engine
    engine.stop()


def test_engine_survives_the_loss_of_its_parts(own_engine: Engine, actions: Actions) -> None:
    """One long story, as each start of Rasa takes seconds: what fails keeps nothing, what comes back goes on."""
    body = turn("yes")
    assert own_engine.send(body).status_code == 503, "no action server yet"

    actions.start()
    first = own_engine.send(body)
    assert first.status_code == 200, "the same message, now that there is one"
    assert first.json()["ask"] == "about_whom"

    actions.kill()
    second = {**body, "message": "second", "text": "me", "ask": "about_whom", "draft": first.json()["draft"]}
    assert own_engine.send(second).status_code == 503
    assert own_engine.send(body).json() == first.json(), "the failed message left the last turn as it was"

    actions.start()
    answered = own_engine.send(second).json()
    assert answered["ask"] == "adult"

    own_engine.kill()
    own_engine.start()
    assert own_engine.send(second).json() == answered, "the turn was kept over the kill"

    own_engine.kill()
    for path in own_engine.store.parent.glob("engine.sqlite3*"):
        path.unlink()
    own_engine.start()
    third = {**second, "message": "third", "text": "yes I am", "ask": "adult", "draft": answered["draft"]}
    assert own_engine.send(third).json()["ask"] == "lambeth_link", "the draft in the request was enough"


def test_engine_does_not_wait_for_an_action_that_hangs(model: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = Engine(tmp_path, model=model, actions_url=f"http://127.0.0.1:{silent.getsockname()[1]}/webhook")
        try:
            engine.start()
            answer = engine.say("yes")
        finally:
            engine.stop()
    assert answer.status_code == 503
    assert answer.elapsed.total_seconds() < 8, "before the gateway gives up"


def test_engine_says_nothing_amiss_of_ordinary_turns(engine: Engine) -> None:
    before = len(engine.output())
    for text, ask in (("yes", "consent"), ("why do you ask?", "adult"), ("no", "consent"), ("thanks, bye", None)):
        assert engine.say(text, ask=ask).status_code == 200
    written = engine.output()[before:]
    assert "WARNING" not in written
    assert "ERROR" not in written


def test_engine_answers_503_when_an_action_raises_and_keeps_nothing(engine: Engine) -> None:
    body = turn(MARKER, draft={"answers": MARKER})
    assert engine.send(body).status_code == 503
    assert engine.send({**body, "draft": {}}).status_code == 200


def test_engine_and_actions_log_nothing_of_what_is_written(engine: Engine, shared_actions: Actions) -> None:
    for ask in ("consent", "story", "full_name", None):
        assert engine.say(f"my name is {MARKER}", ask=ask).status_code == 200
    assert engine.say(f"/{MARKER}").status_code == 200
    assert engine.say("hello", draft={"answers": MARKER}).status_code == 503
    assert engine.send({**turn(MARKER), "channel": MARKER}).status_code == 400
    output = engine.output() + shared_actions.output()
    assert MARKER not in output
    assert '"event": "action_failed"' in output
    assert '"event": "turn_failed"' in output
