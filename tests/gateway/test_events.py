"""Server-sent events: what a page missed, what comes next, typing, and messages that other processes stored."""

import json
import socket
import threading
from contextlib import contextmanager

import httpx
import pytest

from spa import conversations, messages
from tests.gateway.played_engine import eventually, heard


class Stream:
    """The events of one open stream, read in a thread."""

    def __init__(self, response: httpx.Response) -> None:
        self.events: list[dict[str, str]] = []
        self._reader = threading.Thread(target=self._read, args=(response,), daemon=True)
        self._reader.start()

    def _read(self, response: httpx.Response) -> None:
        event: dict[str, str] = {}
        try:
            for line in response.iter_lines():
                if not line and event:
                    self.events.append(event)
                    event = {}
                elif line and not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    event[name] = value
        except (httpx.HTTPError, httpx.StreamError):
            return

    def texts(self) -> list[str]:
        return [json.loads(event["data"])["text"] for event in self.events if event["event"] == "message"]

    def typing(self) -> list[bool]:
        return [json.loads(event["data"])["typing"] for event in self.events if event["event"] == "typing"]


@contextmanager
def listening(page, **headers):
    with (
        httpx.Client(base_url=page.town.address, timeout=10.0, trust_env=False) as client,
        client.stream("GET", "/chat/events", headers=page.headers | headers) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response)
        # Closing alone would leave the server writing to a reader that is still there.
        response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def test_a_page_gets_the_whole_conversation_then_what_comes(town, page):
    opening = [message["text"] for message in page.messages]
    with listening(page) as stream:
        eventually(lambda: stream.texts() == opening)
        page.say("I need help with my rent")
        eventually(lambda: stream.texts() == [*opening, "I need help with my rent", "Heard 1."])
    assert [int(event["id"]) for event in stream.events if "id" in event] == [m.seq for m in town.messages(page.id)]


def test_a_page_that_comes_back_gets_what_it_missed_and_no_more(town, page):
    page.say("first things")
    seen = town.messages(page.id)[-1].seq
    page.say("second things")
    with listening(page, **{"Last-Event-ID": str(seen)}) as stream:
        eventually(lambda: stream.texts() == ["second things", "Heard 2."])


@pytest.mark.parametrize("last", ["-1", "x", "9" * 40, "1; DROP"])
def test_an_odd_last_event_id_means_from_the_start(page, last):
    with listening(page, **{"Last-Event-ID": last}) as stream:
        eventually(lambda: len(stream.texts()) == len(page.messages))


def test_one_page_never_sees_another_conversation(town, page):
    other = town.page()
    with listening(page) as stream:
        other.say("something private")
        page.say("my own words")
        eventually(lambda: "my own words" in stream.texts())
    assert "something private" not in stream.texts()


def test_typing_is_shown_while_the_engine_works(town, page):
    go = threading.Event()

    def held(request):
        go.wait(5)
        return heard(request)

    town.engine.script = held
    with listening(page) as stream:
        sender = threading.Thread(target=page.say, args=("hello there",))
        sender.start()
        eventually(lambda: stream.typing() == [True])
        go.set()
        eventually(lambda: stream.typing() == [True, False])
        sender.join()
    assert all("id" not in event for event in stream.events if event["event"] == "typing")


def test_a_message_that_another_process_stored_is_pushed(town, page):
    with listening(page) as stream:
        eventually(lambda: len(stream.texts()) == len(page.messages))
        with town.database.session() as session:
            conversation = conversations.by_id(session, page.id)
            reply = {"kind": "text", "text": "This is Amina from the team."}
            messages.post(session, conversation, reply, author="staff", now=town.clock())
        eventually(lambda: stream.texts()[-1] == "This is Amina from the team.")
    assert json.loads(stream.events[-1]["data"])["from"] == "staff"


def test_a_late_answer_is_pushed_to_the_page_that_was_told_to_wait(town, page):
    town.engine.mode = "failing"
    page.say("I need help with my rent")
    with listening(page) as stream:
        town.engine.mode = "ok"
        eventually(lambda: stream.texts()[-1:] == ["Heard 1."], seconds=10)
