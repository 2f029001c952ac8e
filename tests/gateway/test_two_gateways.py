"""Several gateways over one PostgreSQL: still one turn at a time per conversation, in order, each once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from spa.database import Database
from spa.models import Escalation, OutboxItem
from tests.gateway.played_engine import PlayedEngine, eventually
from tests.gateway.town import Page, Phone, settings
from tests.gateway.town import town as make_town
from tests.postgres import postgres_server

pytestmark = pytest.mark.postgres

TOWNS = ("Brixton", "Clapham", "Kennington", "Norwood", "Stockwell", "Streatham")


@pytest.fixture(scope="module")
def towns(tmp_path_factory, screen):
    """Two gateways, one database, one engine."""
    chosen = settings(tmp_path_factory.mktemp("two"))
    engine = PlayedEngine()
    with postgres_server() as server, ExitStack() as stack:
        address = server.url(server.create())
        stores = [Database(address), Database(address)]
        for store in stores:
            stack.callback(store.close)
        first = stack.enter_context(make_town(chosen, screen, engine=engine, database=stores[0]))
        second = stack.enter_context(make_town(chosen, screen, database=stores[1]))
        second.engine = engine
        yield first, second


def through_both(towns, page):
    return [page, Page(towns[1], page.id, page.token)]


def test_messages_through_both_are_answered_one_at_a_time_in_order(towns):
    town = towns[0]
    page = town.page()
    doors = through_both(towns, page)
    with ThreadPoolExecutor(8) as pool:
        posts = [pool.submit(doors[number % 2].post, f"message {number}") for number in range(12)]
        assert {post.result().status_code for post in posts} == {200}
    stored = [m.text for m in town.messages(page.id) if m.author == "resident"]
    assert [request["text"] for request in town.engine.of(page.id)] == stored
    assert town.conversation(page.id).draft["told_to_engine"] == stored
    assert town.engine.most_at_once == 1


def test_the_same_message_through_both_is_one_message_with_one_answer(towns):
    page = towns[0].page()
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        posts = [
            pool.submit(door.post, "I am going to kill myself tonight", key=key)
            for door in through_both(towns, page) * 2
        ]
        answers = [post.result().json() for post in posts]
    assert all(answer == answers[0] for answer in answers)
    assert len(towns[0].engine.of(page.id)) == 1
    assert len(towns[0].rows(Escalation, Escalation.conversation_id == page.id)) == 1
    assert len(towns[0].outbox(purpose="page", conversation=page.id)) == 1


def test_first_texts_at_once_open_one_conversation(towns):
    phones = [towns[0].phone()]
    phones.append(Phone(towns[1], phones[0].number))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: phones[number % 2].text(f"hello there from {TOWNS[number]}"), range(6)))
    (conversation,) = phones[0].conversations
    first, *later = [m.text for m in towns[0].messages(conversation.id) if m.author == "resident"]
    assert sorted([first, *later]) == sorted(f"hello there from {name}" for name in TOWNS)
    heard = towns[0].engine.of
    # Those that come while another is answered are read together.
    eventually(lambda: " ".join(request["text"] for request in heard(conversation.id)) == " ".join(later), seconds=10)


def test_a_replayed_text_through_both_is_taken_once(towns):
    phone = towns[0].phone()
    fields = phone.fields("hello there, I need help")
    doors = [phone, Phone(towns[1], phone.number)] * 3
    with ThreadPoolExecutor(6) as pool:
        assert {response.status_code for response in pool.map(lambda door: door.post(fields), doors)} == {200}
    assert len(towns[0].rows(OutboxItem, OutboxItem.recipient == phone.number)) == 1
