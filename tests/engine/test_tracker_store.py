"""The engine's store keeps the last turn of a conversation, and fails loudly."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.tracker_store import LastTurnStore, NoTurn, last_turn

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[[Any], Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LastTurnStore]:
    store = LastTurnStore(Domain.load(str(ROOT / "domain.yml")), path=str(tmp_path / "new" / "engine.sqlite3"))
    yield store
    store.close()


def answered(
    store: LastTurnStore, message: str = "m1", *, turns: int = 1, ask: str | None = "full_name"
) -> DialogueStateTracker:
    tracker = store.init_tracker("c1")
    tracker.update(UserUttered("hello", message_id=message))
    for _ in range(turns):
        tracker.update(
            BotUttered(data={"custom": {"turn": {"draft": {"n": 1}, "replies": [], "effects": [], "ask": ask}}})
        )
    return tracker


def test_tracker_store_brings_back_the_last_turn(store: LastTurnStore, run: Run) -> None:
    run(store.save(answered(store)))
    tracker = run(store.retrieve("c1"))
    assert tracker.latest_message.message_id == "m1"
    assert last_turn(tracker) == {"draft": {"n": 1}, "replies": [], "effects": [], "ask": "full_name"}


def test_tracker_store_brings_back_the_form_at_the_open_question(store: LastTurnStore, run: Run) -> None:
    run(store.save(answered(store)))
    tracker = run(store.retrieve("c1"))
    assert tracker.active_loop_name == "introduction_form"
    assert tracker.get_slot("requested_slot") == "full_name"
    assert tracker.get_slot("draft") == {"n": 1}


def test_tracker_store_keeps_one_row_however_many_messages(store: LastTurnStore, run: Run) -> None:
    for number in range(20):
        run(store.save(answered(store, f"m{number}")))
    assert run(store.keys()) == ["c1"]
    assert run(store.retrieve("c1")).latest_message.message_id == "m19"


def test_tracker_store_keeps_nothing_of_the_message_itself(store: LastTurnStore, run: Run) -> None:
    run(store.save(answered(store)))
    assert b"hello" not in store.path.read_bytes() + store.path.with_name(store.path.name + "-wal").read_bytes()


def test_tracker_store_says_none_for_a_conversation_it_has_not_met(store: LastTurnStore, run: Run) -> None:
    assert run(store.retrieve("nobody")) is None


@pytest.mark.parametrize("turns", [0, 2])
def test_tracker_store_refuses_a_message_without_exactly_one_turn(store: LastTurnStore, run: Run, turns: int) -> None:
    with pytest.raises(NoTurn):
        run(store.save(answered(store, turns=turns)))
    assert run(store.retrieve("c1")) is None


def test_tracker_store_forgets(store: LastTurnStore, run: Run) -> None:
    run(store.save(answered(store)))
    assert store.delete("c1") is True
    assert run(store.retrieve("c1")) is None
    assert store.delete("c1") is False


def test_tracker_store_leaves_no_trace_of_what_it_forgot(store: LastTurnStore, run: Run) -> None:
    tracker = answered(store, ask="full_name")
    tracker.update(UserUttered("hello", message_id="m2"))
    tracker.update(
        BotUttered(data={"custom": {"turn": {"draft": {"marker": "zebra"}, "replies": [], "effects": [], "ask": None}}})
    )
    run(store.save(tracker))
    files = [store.path, store.path.with_name(store.path.name + "-wal")]
    assert any(b"zebra" in path.read_bytes() for path in files)
    store.delete("c1")
    assert not any(b"zebra" in path.read_bytes() for path in files)


def test_tracker_store_raises_when_it_cannot_read(store: LastTurnStore, run: Run) -> None:
    store.close()
    with pytest.raises(sqlite3.Error):
        run(store.retrieve("c1"))


def test_tracker_store_does_not_start_on_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "engine.sqlite3").write_bytes(b"not a database at all, but long enough to look like one" * 20)
    with pytest.raises(sqlite3.Error):
        LastTurnStore(None, path=str(tmp_path / "engine.sqlite3"))


def test_tracker_store_file_is_readable_by_its_owner_only(store: LastTurnStore) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_tracker_store_is_what_rasa_makes_of_endpoints_yml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_ENGINE_STORE", str(tmp_path / "engine.sqlite3"))
    monkeypatch.setenv("FRONTDOOR_ACTIONS_URL", "http://127.0.0.1:1/webhook")
    from rasa.utils.endpoints import read_endpoint_config

    made = TrackerStore.create(read_endpoint_config(str(ROOT / "endpoints.yml"), "tracker_store"))
    assert isinstance(made, LastTurnStore)
    made.close()


def test_endpoints_without_their_settings_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_ACTIONS_URL", "http://127.0.0.1:1/webhook")
    monkeypatch.delenv("FRONTDOOR_ENGINE_STORE", raising=False)
    from rasa.shared.exceptions import RasaException
    from rasa.utils.endpoints import read_endpoint_config

    with pytest.raises(RasaException, match="FRONTDOOR_ENGINE_STORE"):
        read_endpoint_config(str(ROOT / "endpoints.yml"), "tracker_store")
